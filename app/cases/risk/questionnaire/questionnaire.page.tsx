// By which questions and from which counts on is a risk high, since when, and how does a new version come into force?
import { fresh } from '../../../access/fresh.ts'
import { Field, Form } from '../../../core/form/form.tsx'
import { KeptNow } from '../../../core/form/kept-now.tsx'
import { form, get, type PageContext } from '../../../core/page.tsx'
import { formatDate } from '../../../i18n/format.ts'
import { locales } from '../../../i18n/i18n.ts'
import { BackLink, Button, ButtonLink } from '../../../ui/buttons.tsx'
import { Checkbox } from '../../../ui/choices.tsx'
import { TextInput } from '../../../ui/fields.tsx'
import { Table } from '../../../ui/table.tsx'
import { Tag } from '../../../ui/tag.tsx'
import type { Question } from '../instrument.ts'
import { addQuestionnaire, listQuestionnaires, openQuestionnaire } from './questionnaire.server.ts'
import { fieldAt, longest, places, VersionForm } from './questionnaire.ts'

type Listed = Awaited<ReturnType<typeof listQuestionnaires.run>>
type Page = PageContext<Awaited<ReturnType<typeof openQuestionnaire.run>>>

export const questionnairesPage = get(listQuestionnaires, {
  title: 'cases.form.title',
  body: ({ t, data, can }) => (
    <>
      <BackLink href="/settings">{t('access.settings.title')}</BackLink>
      <h1>{t('cases.form.title')}</h1>
      <p class="tv-lead">{t('cases.form.lead')}</p>
      {can(addQuestionnaire) ? <ButtonLink href="/questionnaire/new">{t('cases.form.add')}</ButtonLink> : null}
      <Table<Listed['versions'][number]>
        caption={t('cases.form.versions')}
        rows={data.versions}
        empty={null}
        columns={[
          {
            name: t('cases.form.name'),
            head: true,
            cell: (one) => (
              <>
                {`${one.name} ${one.version}`} {one.id === data.now ? <Tag kind="ok">{t('cases.form.now')}</Tag> : null}
              </>
            ),
          },
          { name: t('core.setting.validFrom'), cell: (one) => formatDate(one.validFrom), nowrap: true },
          { name: t('cases.form.count'), number: true, cell: (one) => one.questions.length },
          { name: t('cases.form.mediumFrom'), number: true, cell: (one) => one.mediumFrom },
          { name: t('cases.form.highFrom'), number: true, cell: (one) => one.highFrom },
          { name: t('cases.form.escalationFrom'), number: true, cell: (one) => one.escalationFrom },
          { name: t('core.setting.source'), cell: (one) => one.note },
        ]}
      />
    </>
  ),
})

export const newQuestionnairePage = fresh(
  form(
    openQuestionnaire,
    addQuestionnaire,
    {
      title: 'cases.form.title',
      body: (page) => {
        const { t, data } = page
        const { newest } = data
        const field = { page, of: VersionForm }
        return (
          <div class="tv-narrow">
            <BackLink href="/questionnaire">{t('cases.form.title')}</BackLink>
            <h1>{t('cases.form.add')}</h1>
            <p class="tv-lead">{t('cases.form.addLead')}</p>
            <Form page={page} draft={page.path}>
              <KeptNow page={page} of={VersionForm} version={newest.id} kept={keptOf(newest)} />
              <Field {...field} name="name" value={newest.name} />
              <Field {...field} name="validFrom" value={data.today} />
              <Field {...field} name="mediumFrom" value={newest.mediumFrom} width={3} />
              <Field {...field} name="highFrom" value={newest.highFrom} width={3} />
              <Field {...field} name="escalationFrom" value={newest.escalationFrom} width={3} />
              <Field {...field} name="note" />
              <h2>{t('cases.assess.questions')}</h2>
              <p>{t('cases.form.questionsLead')}</p>
              {newest.questions.map((question, at) => (
                <Words page={page} id={question.id} nth={at + 1} before={question} />
              ))}
              <h2>{t('cases.form.more')}</h2>
              {places.map((id, at) => (
                <Words page={page} id={id} nth={newest.questions.length + at + 1} />
              ))}
              <Button>{t('cases.form.save')}</Button>
            </Form>
          </div>
        )
      },
    },
    () => ({ to: '/questionnaire', said: 'cases.form.saved' }),
  ),
)

const keptOf = ({ name, validFrom, highFrom, mediumFrom, escalationFrom, note }: Page['data']['newest']) => ({
  ...{ name, validFrom: formatDate(validFrom), highFrom, mediumFrom, escalationFrom, note },
})

/** One question in every language, and whether a "yes" to it says by itself that the risk is high. */
function Words({ page, id, nth, before }: { page: Page; id: string; nth: number; before?: Question }) {
  const { t, values, errors } = page
  const sentBack = '_csrf' in values
  const critical = fieldAt('critical', id)
  return (
    <fieldset class="govuk-fieldset">
      <legend class="govuk-fieldset__legend govuk-fieldset__legend--s">{t('cases.form.nth', { nth })}</legend>
      {locales.map((locale) => {
        const name = fieldAt(locale, id)
        return (
          <TextInput
            t={t}
            id={name}
            name={name}
            label={t(`cases.language.${locale}`)}
            error={errors[name]}
            value={String(values[name] ?? before?.[locale] ?? '')}
            maxLength={longest}
          />
        )
      })}
      <Checkbox
        t={t}
        id={critical}
        name={critical}
        label={t('cases.form.critical')}
        checked={sentBack ? values[critical] !== undefined : (before?.critical ?? false)}
      />
    </fieldset>
  )
}

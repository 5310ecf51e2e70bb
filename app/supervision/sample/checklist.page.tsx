// Which questions are asked about an entry, and how are they changed?
import { Field, Form } from '../../core/form/form.tsx'
import { form, get, type PageContext } from '../../core/page.tsx'
import { formatDate } from '../../i18n/format.ts'
import { locales } from '../../i18n/i18n.ts'
import { linesOf } from '../../recruitment/interview/interview.ts'
import { BackLink, Button, ButtonLink } from '../../ui/buttons.tsx'
import { openChecklist, writeChecklist } from './checklist.server.ts'
import { type Checklist, WriteChecklist } from './sample.ts'

type Page = PageContext<[Checklist, ...Checklist[]]>

/** Where each comes from: the coordinator from the country's rounds, a supervisor from her own. */
const backOf = ({ me }: Page) =>
  me.roles.includes('coordinator') ? '/samples' : me.roles.includes('supervisor') ? '/supervision/samples' : '/'

export const checklistPage = get(openChecklist, {
  title: 'supervision.sample.checklist',
  body: (page) => {
    const { t, data } = page
    return (
      <div class="tv-narrow">
        <BackLink href={backOf(page)}>{t('ui.back')}</BackLink>
        <h1>{t('supervision.sample.checklist')}</h1>
        <p class="tv-lead">{t('supervision.sample.checklistLead')}</p>
        {page.can(writeChecklist) ? (
          <ButtonLink href="/samples/checklist/edit">{t('recruitment.guide.edit')}</ButtonLink>
        ) : null}
        {data.map((list) => (
          <Version page={page} list={list} />
        ))}
      </div>
    )
  },
})

function Version({ page: { t, locale }, list }: { page: Page; list: Checklist }) {
  return (
    <section>
      <h2>{t('recruitment.guide.version', { version: list.version })}</h2>
      <p class="tv-quiet">{[formatDate(list.createdAt), list.by ?? t('recruitment.guide.proposal')].join(' · ')}</p>
      <ol>
        {list.questions.map((question) => (
          <li>{question[locale]}</li>
        ))}
      </ol>
    </section>
  )
}

export const editChecklistPage = form(
  openChecklist,
  writeChecklist,
  { title: 'supervision.sample.checklist', body: (page) => <Edit page={page} /> },
  () => ({ to: '/samples/checklist', said: 'supervision.sample.checklistSaved' }),
)

function Edit({ page }: { page: Page }) {
  const { t, data, values } = page
  const [newest] = data
  return (
    <div class="tv-narrow">
      <BackLink href="/samples/checklist">{t('supervision.sample.checklist')}</BackLink>
      <h1>{t('recruitment.guide.edit')}</h1>
      <p class="tv-lead">{t('supervision.sample.checklistEdit')}</p>
      <Form page={page}>
        <input type="hidden" name="version" value={String(values.version ?? newest.version)} />
        {locales.map((locale) => (
          <Field page={page} of={WriteChecklist} name={locale} rows={8} value={linesOf(newest.questions, locale)} />
        ))}
        <Button>{t('recruitment.guide.save')}</Button>
      </Form>
    </div>
  )
}

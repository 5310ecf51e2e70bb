// What does a support person see who needs help now, and how do they know that somebody knows?
import { Form } from '../../core/form/form.tsx'
import { form, get, type PageContext } from '../../core/page.tsx'
import { formatInstant } from '../../i18n/format.ts'
import { BackLink, Button } from '../../ui/buttons.tsx'
import { Select } from '../../ui/choices.tsx'
import { HelpNumbers } from '../../ui/panel.tsx'
import { Summary } from '../../ui/summary.tsx'
import { askHelp, openHelp, openOwnConcern } from './concerns.server.ts'

type HelpPage = PageContext<Awaited<ReturnType<(typeof openHelp)['run']>>>
type StatePage = PageContext<Awaited<ReturnType<(typeof openOwnConcern)['run']>>>

export const helpNowPage = form(
  openHelp,
  askHelp,
  { title: 'support.title.help', body: (page) => <HelpNow page={page} /> },
  ({ concern }) => `/support/help/${concern.id}`,
)

function HelpNow({ page }: { page: HelpPage }) {
  const { t, data } = page
  return (
    <div class="tv-narrow">
      <h1>{t('support.help.title')}</h1>
      <HelpNumbers t={t} />
      {data.supervisor ? (
        <p>
          {t(data.supervisor.standsIn ? 'support.help.deputy' : 'support.help.supervisor', {
            name: data.supervisor.name,
          })}{' '}
          <Phone number={data.supervisor.phone} />
        </p>
      ) : null}
      {data.assignments.length === 0 ? <p>{t('support.help.noAssignment')}</p> : <Ask page={page} />}
    </div>
  )
}

function Ask({ page }: { page: HelpPage }) {
  const { t, data } = page
  const [only, second] = data.assignments
  return (
    <>
      <p>{t('support.help.lead')}</p>
      <Form page={page}>
        {only && !second ? (
          <input type="hidden" name="assignment" value={only.id} />
        ) : (
          <Select
            t={t}
            id="assignment"
            name="assignment"
            label={t('support.visit.assignment')}
            error={page.errors.assignment}
            options={data.assignments.map(({ id, number }) => ({ value: id, label: number }))}
            value={String(page.values.assignment ?? '')}
          />
        )}
        <Button kind="danger">{t('support.help.ask')}</Button>
      </Form>
    </>
  )
}

function Phone({ number }: { number: string | null }) {
  if (!number) return null
  return (
    <a class="tv-nowrap" href={`tel:${number.replace(/[^\d+]/g, '')}`}>
      {number}
    </a>
  )
}

export const helpStatePage = get(openOwnConcern, {
  title: 'support.title.help',
  body: (page) => <HelpState page={page} />,
})

function HelpState({ page }: { page: StatePage }) {
  const { t, data, me } = page
  const { concern, told } = data
  const back = me.roles.includes('volunteer') ? '/support/visits' : '/supervision'
  return (
    <div class="tv-narrow">
      <BackLink href={back}>{t('ui.back')}</BackLink>
      <h1>{t('support.help.told')}</h1>
      <HelpNumbers t={t} />
      {concern.visitId ? <p>{t('support.help.visitSaved')}</p> : null}
      <h2>{t('support.help.who')}</h2>
      {told.length === 0 ? <p>{t('support.help.nobody')}</p> : null}
      <ul>
        {told.map((person) => (
          <li>
            {person.name}, {t(`support.told.${person.role}`)}
            {person.here ? '' : ` (${t('support.told.away')})`} <Phone number={person.phone} />
          </li>
        ))}
      </ul>
      <h2>{t('support.help.state')}</h2>
      <Summary
        rows={[
          { name: t('support.state.raised'), value: formatInstant(concern.raisedAt) },
          { name: t('support.state.seen'), value: moment(page, concern.seenAt, concern.seenBy) },
          { name: t('support.state.answered'), value: moment(page, concern.answeredAt, concern.answeredBy) },
        ]}
      />
    </div>
  )
}

const moment = ({ t }: StatePage, at: Date | null, by: string | null) =>
  at ? [formatInstant(at), by].filter(Boolean).join(', ') : t('support.help.notYet')

// Which worries wait, and what has been done about one?
import { recordIncident } from '../../cases/incident/incidents.server.ts'
import { Field, Form, Tokens } from '../../core/form/form.tsx'
import { action, form, get, type PageContext } from '../../core/page.tsx'
import { formatInstant } from '../../i18n/format.ts'
import type { T } from '../../i18n/i18n.ts'
import { BackLink, Button, ButtonLink } from '../../ui/buttons.tsx'
import { Callout, HelpNumbers } from '../../ui/panel.tsx'
import { Tabs } from '../../ui/record/tabs-as-links.tsx'
import { Summary } from '../../ui/summary.tsx'
import { type Column, Table } from '../../ui/table.tsx'
import { Tag, type TagKind } from '../../ui/tag.tsx'
import { AnswerConcern, type ConcernState } from './concern.ts'
import { answerConcern, type Concern, closeConcern, listConcerns, openConcern, seeConcern } from './concerns.server.ts'

type ListPage = PageContext<Awaited<ReturnType<(typeof listConcerns)['run']>>>
type OnePage = PageContext<Awaited<ReturnType<(typeof openConcern)['run']>>>

const kinds: Record<ConcernState, TagKind> = { raised: 'danger', seen: 'attention', answered: 'wait', closed: 'ok' }

function State({ t, concern }: { t: T; concern: Pick<Concern, 'state' | 'late'> }) {
  return (
    <>
      <Tag kind={kinds[concern.state]}>{t(`support.concern.is.${concern.state}`)}</Tag>
      {concern.late ? <div>{t('support.concern.late')}</div> : null}
    </>
  )
}

export const concernsPage = get(listConcerns, {
  title: 'support.title.concerns',
  body: (page) => <Concerns page={page} />,
})

function Concerns({ page }: { page: ListPage }) {
  const { t, data } = page
  const tabs = [
    { href: '/concerns', text: t('support.concern.open'), current: !data.closed },
    { href: '/concerns?closed=yes', text: t('support.concern.closed'), current: data.closed },
  ]
  return (
    <>
      <h1>{t('support.title.concerns')}</h1>
      <p class="tv-lead">{t('support.concern.lead')}</p>
      <Tabs label={t('support.title.concerns')} tabs={tabs} />
      <Table
        caption={t(data.closed ? 'support.concern.closed' : 'support.concern.open')}
        captionLook="hidden"
        columns={columns(t)}
        rows={data.concerns}
        empty={<p>{t(data.closed ? 'support.concern.noneClosed' : 'support.concern.none')}</p>}
      />
    </>
  )
}

function columns(t: T): Column<Concern>[] {
  return [
    {
      name: t('support.state.raised'),
      head: true,
      cell: (concern) => <a href={`/concerns/${concern.id}`}>{formatInstant(concern.raisedAt)}</a>,
    },
    { name: t('support.caseNumber'), nowrap: true, cell: (concern) => concern.number },
    { name: t('support.concern.kind'), cell: (concern) => t(`support.concern.kind.${concern.kind}`) },
    { name: t('support.volunteer'), cell: (concern) => concern.volunteer ?? '–' },
    { name: t('support.concern.state'), cell: (concern) => <State t={t} concern={concern} /> },
  ]
}

export const concernPage = get(openConcern, {
  title: 'support.title.concerns',
  body: (page) => <OneConcern page={page} />,
})

function OneConcern({ page }: { page: OnePage }) {
  const { t, data, path } = page
  const { concern } = data
  const answers = page.can(answerConcern) && !data.hidden
  return (
    <div class="tv-narrow">
      <BackLink href="/concerns">{t('support.title.concerns')}</BackLink>
      <h1>
        {t(`support.concern.kind.${concern.kind}`)}, {concern.number}
      </h1>
      <p>
        <State t={t} concern={concern} />
      </p>
      {concern.answeredAt ? null : <HelpNumbers t={t} />}
      <Facts page={page} />
      {answers && !concern.seenAt ? <Step page={page} to={`${path}/seen`} word="support.concern.see" /> : null}
      {answers && !concern.answeredAt ? (
        <ButtonLink href={`${path}/answer`}>{t('support.concern.write')}</ButtonLink>
      ) : null}
      {data.records && page.can(recordIncident) ? (
        <p>
          <a href={`/cases/${concern.caseId}/incident`}>{t('cases.incident.title')}</a>
        </p>
      ) : null}
      {answers && concern.state === 'answered' ? (
        <Step page={page} to={`${path}/close`} word="support.concern.close" />
      ) : null}
    </div>
  )
}

function Facts({ page }: { page: OnePage }) {
  const { t, data } = page
  const { concern, told } = data
  const named = ({ name, here }: (typeof told)[number]) => (here ? name : `${name} (${t('support.told.away')})`)
  const moment = (at: Date | null, by?: string | null) =>
    at ? [formatInstant(at), by].filter(Boolean).join(', ') : t('support.help.notYet')
  return (
    <>
      <Summary
        rows={[
          { name: t('support.volunteer'), value: concern.volunteer ?? '–' },
          { name: t('support.state.raised'), value: moment(concern.raisedAt) },
          { name: t('support.help.who'), value: told.map(named).join(', ') || '–' },
          { name: t('support.state.seen'), value: moment(concern.seenAt, concern.seenBy) },
          { name: t('support.state.answered'), value: moment(concern.answeredAt, concern.answeredBy) },
          concern.closedAt && { name: t('support.state.closed'), value: moment(concern.closedAt, concern.closedBy) },
          data.note !== null && { name: t('support.visit.note'), value: data.note },
          data.answer !== null && { name: t('support.concern.answer'), value: data.answer },
        ]}
      />
      {data.hidden ? <Callout>{t('support.concern.hidden')}</Callout> : null}
    </>
  )
}

function Step({
  page,
  to,
  word,
}: {
  page: OnePage
  to: string
  word: 'support.concern.see' | 'support.concern.close'
}) {
  return (
    <form method="post" action={to}>
      <Tokens page={page} />
      <Button kind="secondary">{page.t(word)}</Button>
    </form>
  )
}

export const answerConcernPage = form(
  openConcern,
  answerConcern,
  { title: 'support.title.concerns', body: (page) => <Answer page={page} /> },
  (_result, { id }) => ({ to: `/concerns/${id}`, said: 'support.concern.answerSaved' }),
)

function Answer({ page }: { page: OnePage }) {
  const { t, data } = page
  return (
    <div class="tv-narrow">
      <BackLink href={`/concerns/${data.concern.id}`}>{t('ui.back')}</BackLink>
      <h1>
        {t('support.concern.write')}, {data.concern.number}
      </h1>
      {data.note ? <Callout>{data.note}</Callout> : null}
      <Form page={page} draft={page.path}>
        <Field page={page} of={AnswerConcern} name="answer" />
        <Button>{t('support.concern.save')}</Button>
      </Form>
    </div>
  )
}

export const seeConcernAction = action(seeConcern, (_result, { id }) => ({
  to: `/concerns/${id}`,
  said: 'support.concern.seenSaved',
}))
export const closeConcernAction = action(closeConcern, () => ({ to: '/concerns', said: 'support.concern.closeSaved' }))

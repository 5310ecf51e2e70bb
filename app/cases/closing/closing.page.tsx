// What still stands in the way of closing this case; and once it is closed, how did it end and what was heard since?

import { addMonths } from '../../core/calendar/working-days.ts'
import { Field, Form } from '../../core/form/form.tsx'
import { form, type PageContext } from '../../core/page.tsx'
import { formatDate, isoDate } from '../../i18n/format.ts'
import { isKey, type Key, type T } from '../../i18n/i18n.ts'
import { BackLink, Button, ButtonLink } from '../../ui/buttons.tsx'
import { Callout } from '../../ui/panel.tsx'
import { SummaryCard, type SummaryRow } from '../../ui/summary.tsx'
import { Tasks } from '../../ui/tasks.tsx'
import { caseHref, RiskTag } from '../frame.tsx'
import type { Level } from '../risk/risk.ts'
import { type Closing, closeCase, openClosing } from './closing.server.ts'
import { CloseCase, type Gap } from './closing.ts'

type Page = PageContext<Closing>

export const closingPage = form(
  openClosing,
  closeCase,
  {
    title: 'cases.title.case',
    body: (page) => {
      const { t, data } = page
      const closed = data.head.status === 'closed'
      return (
        <div class="tv-narrow">
          <BackLink href={caseHref(data.head.id)}>{data.head.number}</BackLink>
          <h1>{t(closed ? 'cases.closing.closedTitle' : 'cases.closing.title')}</h1>
          {closed ? <Closed page={page} /> : <Open page={page} />}
          {data.closings.map((one) => (
            <Ended t={t} one={one} months={data.flagMonths} />
          ))}
          {data.followUps.map((one) => (
            <Heard t={t} one={one} />
          ))}
        </div>
      )
    },
  },
  (_result, params) => ({ to: `/cases/${params.id}/closing`, said: 'cases.closing.saved' }),
)

/** One line for each thing in the way, with the page on which it is resolved; below it the form, which the same things refuse. */
function Open({ page }: { page: Page }) {
  const { t, data } = page
  const { gaps, head } = data
  return (
    <>
      <p class="tv-lead">{t('cases.closing.lead', { months: data.followMonths.join(', '), flag: data.flagMonths })}</p>
      <h2>{t(gaps.length ? 'cases.closing.inTheWay' : 'cases.closing.nothingInTheWay')}</h2>
      {gaps.length ? (
        <Tasks
          tasks={gaps.map((gap) => ({
            kind: 'attention',
            text: gapWords(t, gap, data.riskDays),
            action: { href: gapHref(head.id, gap), text: t('cases.closing.resolve') },
          }))}
          empty={null}
        />
      ) : null}
      {gaps.some(({ kind }) => kind.startsWith('risk-') || kind === 'offer') ? (
        <p class="tv-quiet">{t('cases.closing.riskWaived')}</p>
      ) : null}
      {data.unapproved ? (
        <p>
          {t('cases.closing.planUnapproved')} <a href={caseHref(head.id, 'plan')}>{t('cases.tab.plan')}</a>
        </p>
      ) : null}
      {data.leads ? (
        <Form page={page}>
          <Field page={page} of={CloseCase} name="reason" />
          <Field page={page} of={CloseCase} name="outcome" />
          <Field page={page} of={CloseCase} name="words" rows={4} />
          {gaps.some(({ kind }) => kind === 'offer') ? <NotOffered page={page} /> : null}
          <Button kind="danger">{t('cases.closing.do')}</Button>
        </Form>
      ) : null}
    </>
  )
}

/** Somebody is offered, or it is said why not: here too. */
function NotOffered({ page }: { page: Page }) {
  const { t, data } = page
  return (
    <>
      <p>
        {t('cases.closing.offerLead')} <a href={`/cases/${data.head.id}/need`}>{t('cases.do.offer')}</a>
      </p>
      <Field page={page} of={CloseCase} name="notOffered" rows={3} />
    </>
  )
}

function gapWords(t: T, gap: Gap, days: number): string {
  const key = `cases.closing.gap.${gap.kind}`
  return isKey(key) ? t(key, { days }) : t('cases.closing.gap.other')
}

const gapPlaces: Record<string, string> = {
  'risk-none': 'assess',
  'risk-old': 'assess',
  'risk-draft': 'assess',
  'risk-plan': 'plan',
  'plan-people': 'plan',
  offer: 'support',
  action: 'plan',
  children: 'children',
  'task-tell-child-protection': 'children',
  'task-tell-recipients': 'sharing',
  'task-tell-victim-support': '',
  'task-assess-transferred': 'assess',
  'task-confirm-support': 'arrival',
  'task-share-actions': 'plan',
}

/** Where it is resolved; what is not known here is found from the overview. */
function gapHref(caseId: string, { kind, id }: Gap): string {
  if (kind === 'need') return `/cases/${caseId}/need/${id}/close`
  if (kind === 'support') return `/assignments/${id}/end`
  if (kind === 'asked') return `/assignments/${id}/withdraw`
  if (kind === 'concern') return `/concerns/${id}`
  if (kind === 'transfer') return `/transfers/${id}`
  return `/cases/${caseId}/${gapPlaces[kind] ?? ''}`.replace(/\/$/, '')
}

function Closed({ page: { t, data } }: { page: Page }) {
  const [now] = data.closings
  const next = data.head.tasks.find((task) => task.kind === 'follow-up')
  return (
    <>
      <p class="tv-lead">{t('cases.closing.readOnly')}</p>
      {next && data.leads ? (
        <Callout title={t('cases.next.follow-up')}>
          <p>{t('cases.follow.due', { date: formatDate(next.dueOn) })}</p>
          <ButtonLink href={`/cases/${data.head.id}/follow-up/${next.id}`}>{t('cases.do.follow-up')}</ButtonLink>
        </Callout>
      ) : null}
      {data.leads && now && !now.reopenedAt ? (
        <p>
          <ButtonLink href={`/cases/${data.head.id}/reopen`} kind="secondary">
            {t('cases.closing.reopen')}
          </ButtonLink>
        </p>
      ) : null}
    </>
  )
}

function Ended({ t, one, months }: { t: T; one: Closing['closings'][number]; months: number }) {
  const rows: (SummaryRow | null)[] = [
    { name: t('cases.closing.reason'), value: t(`cases.closing.because.${one.reason}` as Key) },
    { name: t('cases.closing.outcome'), value: t(`cases.closing.outcome.${one.outcome}` as Key) },
    one.words ? { name: t('cases.closing.words'), value: one.words } : null,
    {
      name: t('cases.closing.lastRisk'),
      value: <RiskTag t={t} level={one.level as Level | null} />,
      hint: one.assessedOn ? formatDate(one.assessedOn) : undefined,
    },
    one.reopenedAt ? null : { name: t('cases.flag.name'), value: flagWords(t, one, months) },
    one.reopenedAt
      ? {
          name: t('cases.closing.reopened'),
          value: [`${formatDate(isoDate(one.reopenedAt))}, ${one.reopenedBy ?? '–'}`, one.reopenedWhy]
            .filter(Boolean)
            .join(' – '),
        }
      : null,
  ]
  return (
    <SummaryCard
      title={t('cases.closing.endedOn', { date: formatDate(one.closedOn), who: one.closedBy ?? '–' })}
      rows={rows}
    />
  )
}

const flagWords = (t: T, one: { closedOn: string; flagLiftedOn: string | null }, months: number): string =>
  one.flagLiftedOn
    ? t('cases.flag.lifted', { date: formatDate(one.flagLiftedOn) })
    : t('cases.flag.until', { date: formatDate(addMonths(one.closedOn, months)) })

function Heard({ t, one }: { t: T; one: Closing['followUps'][number] }) {
  return (
    <SummaryCard
      title={t('cases.follow.heard', { date: formatDate(one.onDate), who: one.recordedBy ?? '–' })}
      rows={[
        { name: t('cases.follow.state'), value: one.state ? t(`cases.follow.state.${one.state}` as Key) : '–' },
        {
          name: t('cases.follow.incidents'),
          value: one.incidents ? t(`cases.follow.incidents.${one.incidents}` as Key) : '–',
        },
        { name: t('cases.follow.risk'), value: one.risk ? t(`cases.follow.risk.${one.risk}` as Key) : '–' },
        one.note ? { name: t('cases.follow.note'), value: one.note } : null,
      ]}
    />
  )
}

// What stands at the head of every page of a case, and which sides of it can be looked at?
import type { Child } from 'hono/jsx'
import type { PageContext } from '../core/page.tsx'
import { formatDate } from '../i18n/format.ts'
import type { Key, T } from '../i18n/i18n.ts'
import { BackLink } from '../ui/buttons.tsx'
import { dueWords } from '../ui/date.ts'
import { Callout } from '../ui/panel.tsx'
import { Tabs } from '../ui/record/tabs-as-links.tsx'
import { Tag, type TagKind } from '../ui/tag.tsx'
import type { NeedState } from './case.ts'
import type { CaseHead } from './case-file.server.ts'
import type { Level } from './risk/risk.ts'
import type { NextStep } from './tasks.ts'

export const tabs = ['overview', 'risk', 'plan', 'timeline', 'support', 'sharing', 'views'] as const
export type CaseTab = (typeof tabs)[number]

const riskKinds: Record<Level, TagKind> = { high: 'danger', medium: 'attention', standard: 'neutral' }

/** Word and shape together; where nobody has assessed yet, that is the word. */
export function RiskTag({ t, level }: { t: T; level: Level | null }) {
  if (!level) return <Tag kind="wait">{t('cases.risk.none')}</Tag>
  return <Tag kind={riskKinds[level]}>{t(`cases.risk.${level}`)}</Tag>
}

const needKinds: Record<NeedState, TagKind> = {
  none: 'neutral',
  open: 'attention',
  proposed: 'wait',
  covered: 'ok',
  declined: 'neutral',
  closed: 'neutral',
}

export function NeedTag({ t, state }: { t: T; state: NeedState }) {
  return <Tag kind={needKinds[state]}>{t(`cases.need.state.${state}`)}</Tag>
}

/** The next step in words, with its deadline where it has one. */
export function stepWords(t: T, next: NextStep, today: string): string {
  const step = t(`cases.next.${next.kind}`)
  return next.dueOn ? `${step} · ${formatDate(next.dueOn)}, ${dueWords(next.dueOn, today, t)}` : step
}

export const caseHref = (id: string, tab: CaseTab = 'overview') => `/cases/${id}${tab === 'overview' ? '' : `/${tab}`}`

type FrameProps = { page: Pick<PageContext<unknown>, 't' | 'me'>; head: CaseHead; tab: CaseTab; children: Child }

/** Number, network, risk and who helps; then the side that is open. */
export function CaseFrame({ page, head, tab, children }: FrameProps) {
  const { t } = page
  return (
    <>
      <BackLink href="/cases">{t('cases.list.title')}</BackLink>
      <h1>{head.number}</h1>
      <p class="tv-lead">{`${head.network} · ${t('cases.head.referred', { date: formatDate(head.referredOn) })}`}</p>
      <p>
        {mayKnowRisk(page.me) ? <RiskTag t={t} level={head.level} /> : null}
        {head.trend ? ` ${t(`cases.trend.${head.trend}`).toLowerCase()} ` : ' '}
        {head.helper || head.status === 'closed' ? null : <NeedTag t={t} state={head.needStatus ?? 'none'} />}
        {standingWords(t, head)}
      </p>
      <Moving page={page} head={head} />
      <Tabs
        label={t('cases.title.case')}
        tabs={tabsOf(page.me).map((name) => ({
          href: caseHref(head.id, name),
          text: t(`cases.tab.${name}`),
          current: name === tab,
        }))}
      />
      {children}
    </>
  )
}

const arrivals = ['assess-transferred', 'confirm-support', 'share-actions']

/** What came from another network stands on every page until it is done; what waits to go there, too. */
function Moving({ page: { t, me }, head }: Pick<FrameProps, 'page' | 'head'>) {
  const leads = head.own && me.roles.includes('lead')
  const waits = head.tasks.filter(({ kind }) => arrivals.includes(kind))
  return (
    <>
      {waits.length && mayKnowRisk(me) ? (
        <Callout kind="attention" title={t('transfer.arrived')}>
          <ul class="govuk-list govuk-list--bullet">
            {waits.map(({ kind, dueOn }) => (
              <li>{stepWords(t, { kind, dueOn }, head.today)}</li>
            ))}
          </ul>
          {leads ? <a href={`/cases/${head.id}/arrival`}>{t('transfer.arrivedOpen')}</a> : null}
        </Callout>
      ) : null}
      {head.leaving ? (
        <Callout title={t('transfer.leaving')}>
          <p>
            {t('transfer.leavingLead')} {leads ? <a href={`/transfers/${head.leaving}`}>{t('transfer.look')}</a> : null}
          </p>
        </Callout>
      ) : null}
    </>
  )
}

/** Where the next step is taken. */
export const stepHref: Partial<Record<NextStep['kind'], string>> = {
  assess: 'assess',
  'assess-again': 'assess',
  'assess-transferred': 'assess',
  'confirm-support': 'arrival',
  'share-actions': 'plan',
  'finish-draft': 'assess',
  offer: 'need',
  'tell-child-protection': 'children',
  'tell-recipients': 'sharing',
  ground: 'sharing',
  'follow-up': 'closing',
}

function standingWords(t: T, head: CaseHead): string {
  const words = [
    head.helper ? t('cases.head.helper', { code: head.helper }) : null,
    head.repeatOf ? t('cases.head.repeat') : null,
    head.legalBasis === 'none' ? t('cases.head.none') : null,
    head.status === 'closed' ? t('cases.status.closed') : null,
  ].filter((word) => word !== null)
  return words.length ? ` ${words.join(' · ')}` : ''
}

/** Whoever may not see a side is not shown the way to it. */
function tabsOf(me: PageContext<unknown>['me']): CaseTab[] {
  const mayWatch = me.roles.some((role) => role === 'lead' || role === 'member' || role === 'auditor')
  return tabs.filter((name) =>
    name === 'risk' || name === 'plan' ? mayKnowRisk(me) : name === 'views' ? mayWatch : true,
  )
}

/** Levels and grounds are for the network and, without answers, for the coordinator; the auditor sees who looked, not what. */
export const mayKnowRisk = (me: PageContext<unknown>['me']) =>
  me.roles.some((role) => role === 'lead' || role === 'member' || role === 'coordinator')

/** A page of one form within a case: the way back and the question; never the head, which would distract from it. */
export function CaseFormFrame(props: {
  t: T
  head: Pick<CaseHead, 'id' | 'number'>
  tab?: CaseTab
  title: Key
  children: Child
}) {
  const { t, head, tab, title, children } = props
  return (
    <div class="tv-narrow">
      <BackLink href={caseHref(head.id, tab)}>{head.number}</BackLink>
      <h1>{t(title)}</h1>
      {children}
    </div>
  )
}

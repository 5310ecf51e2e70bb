// What has happened in this case, the newest first?
import { get, type PageContext } from '../core/page.tsx'
import { formatDate, isoDate } from '../i18n/format.ts'
import { isKey } from '../i18n/i18n.ts'
import { dueWords } from '../ui/date.ts'
import { Timeline, type TimelineItem } from '../ui/record/timeline.tsx'
import { Tasks } from '../ui/tasks.tsx'
import { CaseFrame, caseHref } from './frame.tsx'
import { type Ahead, type CaseEvent, openTimeline } from './timeline.server.ts'

type Timed = Awaited<ReturnType<(typeof openTimeline)['run']>>

export const timelinePage = get(openTimeline, {
  title: 'cases.title.case',
  body: (page) => (
    <CaseFrame page={page} head={page.data.head} tab="timeline">
      {page.data.ahead.length > 0 ? <AheadList page={page} /> : null}
      <h2>{page.t('cases.timeline.past')}</h2>
      <Timeline items={page.data.events.map((event) => itemOf(page, event))} locale={page.locale} level={3} />
    </CaseFrame>
  ),
})

const details: Partial<Record<CaseEvent['kind'], string>> = {
  referred: 'cases.source',
  assessed: 'cases.risk',
  corrected: 'cases.risk',
  imported: 'cases.risk',
  task: 'cases.next',
  'task-done': 'cases.next',
  'task-gone': 'cases.next',
  place: 'cases.place',
  basis: 'cases.basis.word',
  identity: 'cases.person',
  'case-closed': 'cases.closing.because',
  'follow-up': 'cases.follow.state',
  incident: 'cases.incident.kind',
  heard: 'meetings.outcome',
  view: 'meetings.view.state',
  action: 'core.agency',
  'action-ended': 'meetings.plan.state',
  update: 'core.agency',
  'update-ended': 'meetings.plan.state',
  'plan-approved': 'cases.planApproved',
  'transfer-open': 'transfer.reason',
  'transfer-refused': 'transfer.refused',
  'transfer-revoked': 'transfer.revoked',
  'contact-planned': 'cases.contact.way',
  'contact-against': 'cases.contact.way',
  'contact-outside': 'support.way',
  concern: 'support.concern.kind',
}

/** Needs and assignments are told by their own verbs; everything else by its kind and one word. */
function itemOf({ t, data: { head } }: PageContext<Timed>, event: CaseEvent): TimelineItem {
  const why = head.own && event.kind === 'contact-against'
  const verb = `cases.event.${event.kind === 'need' || event.kind === 'assignment' ? event.detail : event.kind}`
  const word = `${details[event.kind]}.${event.detail}`
  const title = isKey(verb) ? t(verb) : verb
  // When it was true stands on the line; when we came to know it, below, where that was another day.
  const later = event.onDate !== null && event.onDate !== isoDate(event.at)
  return {
    at: later && event.onDate ? event.onDate : event.at,
    title: isKey(word) ? `${title}: ${t(word)}` : title,
    who: event.who ?? undefined,
    children: (
      <>
        {later ? <p>{t('cases.place.recorded', { date: formatDate(event.at) })}</p> : null}
        {why ? <a href={`/cases/${head.id}/contact`}>{t('cases.guard.why')}</a> : null}
      </>
    ),
  }
}

const aheadWords: Record<Ahead['kind'], string> = {
  meeting: 'meetings.item',
  action: 'core.agency',
  update: 'core.agency',
  task: 'cases.next',
}

/** What a colleague who opens the case for the first time has to know before anything else: what comes next, and what is late. */
function AheadList({ page: { t, data } }: { page: PageContext<Timed> }) {
  const { head, ahead } = data
  const words = (one: Ahead) => {
    const key = `${aheadWords[one.kind]}.${one.detail}`
    return `${t(`cases.ahead.${one.kind}`)}${isKey(key) ? `: ${t(key)}` : ''}`
  }
  const href = (one: Ahead) =>
    one.kind === 'meeting'
      ? `/meetings/${one.meetingId}`
      : caseHref(head.id, one.kind === 'action' || one.kind === 'update' ? 'plan' : 'overview')
  return (
    <section>
      <h2>{t('cases.timeline.ahead')}</h2>
      <Tasks
        tasks={ahead.map((one) => ({
          kind: one.onDate < head.today ? 'attention' : 'neutral',
          text: words(one),
          hint: `${formatDate(one.onDate)}, ${dueWords(one.onDate, head.today, t)}`,
          action: { href: href(one), text: t('cases.ahead.open') },
        }))}
        empty={null}
      />
    </section>
  )
}

// What has happened in this case, the newest first?
import { get } from '../core/page.tsx'
import { formatDate, isoDate } from '../i18n/format.ts'
import { isKey, type T } from '../i18n/i18n.ts'
import { Timeline, type TimelineItem } from '../ui/record/timeline.tsx'
import { CaseFrame } from './frame.tsx'
import { type CaseEvent, openTimeline } from './timeline.server.ts'

export const timelinePage = get(openTimeline, {
  title: 'cases.title.case',
  body: (page) => (
    <CaseFrame page={page} head={page.data.head} tab="timeline">
      <Timeline items={page.data.events.map((event) => itemOf(page.t, event))} locale={page.locale} />
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
  place: 'cases.place',
  basis: 'cases.basis.word',
  identity: 'cases.person',
  'case-closed': 'cases.closing.because',
  'follow-up': 'cases.follow.state',
}

/** Needs and assignments are told by their own verbs; everything else by its kind and one word. */
function itemOf(t: T, event: CaseEvent): TimelineItem {
  const verb = `cases.event.${event.kind === 'need' || event.kind === 'assignment' ? event.detail : event.kind}`
  const word = `${details[event.kind]}.${event.detail}`
  const title = isKey(verb) ? t(verb) : verb
  // When it was true stands on the line; when we came to know it, below, where that was another day.
  const later = event.onDate !== null && event.onDate !== isoDate(event.at)
  return {
    at: later && event.onDate ? event.onDate : event.at,
    title: isKey(word) ? `${title}: ${t(word)}` : title,
    who: event.who ?? undefined,
    children: later ? <p>{t('cases.place.recorded', { date: formatDate(event.at) })}</p> : undefined,
  }
}

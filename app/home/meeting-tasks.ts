// What waits before the next meeting of my network?
import type { PageContext } from '../core/page.tsx'
import { meetingHref, whenWords } from '../meetings/parts.tsx'
import { dueWords } from '../ui/date.ts'
import type { Task } from '../ui/tasks.tsx'
import type { NetworkFacts } from './network.server.ts'

/** The next meeting of each network; to its lead, that nobody has been invited yet. */
export function meetingTasks({ t, data, me }: PageContext<NetworkFacts>): Task[] {
  return data.meetings.map((meeting): Task => {
    const names = { when: whenWords(meeting), network: meeting.network }
    const invite = me.roles.includes('lead') && !meeting.invitedAt
    const left =
      meeting.phase === 'planned' ? dueWords(meeting.cutOffOn, data.today, t) : t(`meetings.phase.${meeting.phase}`)
    return {
      kind: invite ? 'attention' : 'neutral',
      text: t(invite ? 'home.meeting.invite' : 'home.meeting.next', names),
      hint: `${t('home.meeting.items', { count: meeting.items })} · ${t('meetings.column.cutOff').toLowerCase()}: ${left}`,
      action: { href: meetingHref(meeting.id), text: t('home.open') },
    }
  })
}

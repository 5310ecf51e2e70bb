// What waits before the next meeting of my network?
import type { PageContext } from '../core/page.tsx'
import { formatDate, formatInstant } from '../i18n/format.ts'
import type { T } from '../i18n/i18n.ts'
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

/** Actions of my own by their day, what my agency has not answered yet, and to the lead that something is overdue. */
export function planTasks({ t, data }: PageContext<NetworkFacts>): Task[] {
  const { today, actions, research, lateActions } = data
  const mine = actions.map(
    ({ id, caseId, number, dueOn, kind, planned }): Task => ({
      kind: dueOn < today ? 'danger' : dueOn === today ? 'attention' : 'wait',
      text: t(kind === 'update' ? 'home.action.update' : 'home.action.mine', { number }),
      hint: `${formatDate(dueOn)}, ${dueWords(dueOn, today, t)}`,
      action: {
        href: `/cases/${caseId}/plan/${id}/${kind === 'update' && !planned ? 'contact' : 'end'}`,
        text: t('home.open'),
      },
    }),
  )
  const asked = research.map(
    ({ meetingId, onDate, count }): Task => ({
      kind: 'attention',
      count,
      text: t('home.research.waits', { count }),
      hint: formatDate(onDate),
      action: { href: meetingHref(meetingId, 'research'), text: t('home.open') },
    }),
  )
  const late: Task[] =
    lateActions === 0
      ? []
      : [
          {
            kind: 'attention',
            count: lateActions,
            text: t('home.actions.late', { count: lateActions }),
            action: { href: '/meetings', text: t('home.open') },
          },
        ]
  return [
    ...mine,
    ...chairTasks(t, data),
    ...approvalTasks(t, data),
    ...viewTasks(t, data),
    ...asked,
    ...minutesTasks(t, data),
    ...late,
  ]
}

/** What nobody has answered, before whoever chairs. */
const chairTasks = (t: T, { chair, today }: NetworkFacts): Task[] =>
  chair.map(({ caseId, number, agency, owner, dueOn }) => ({
    kind: 'danger',
    text: t('home.action.chair', { number }),
    hint: `${t(`core.agency.${agency}`)}, ${owner} · ${formatDate(dueOn)}, ${dueWords(dueOn, today, t)}`,
    action: { href: `/cases/${caseId}/plan`, text: t('home.open') },
  }))

/** Plans that wait for my word, and mine that came back. */
const approvalTasks = (t: T, { plans }: NetworkFacts): Task[] =>
  plans.map(({ caseId, number, kind, at, by }) => ({
    kind: kind === 'answer' ? 'wait' : 'attention',
    text: t(`home.approval.${kind}`, { number }),
    hint: `${by} · ${formatInstant(at)}`,
    action: { href: `/cases/${caseId}/plan`, text: t('home.open') },
  }))

/** What was decided is not kept until the minutes are written and approved; they open after the promise of silence. */
const minutesTasks = (t: T, { minutes }: NetworkFacts): Task[] =>
  minutes.map(({ meetingId, onDate, step, pledged }) => ({
    kind: 'attention',
    text: t(`home.minutes.${step}`, { date: formatDate(onDate) }),
    action: { href: meetingHref(meetingId, pledged ? 'minutes' : 'pledge'), text: t('home.open') },
  }))

/** Whom nobody has asked yet what she wants herself, by meeting. */
const viewTasks = (t: T, { views, today }: NetworkFacts): Task[] =>
  views.map(({ meetingId, onDate, cutOffOn, count }) => ({
    kind: cutOffOn < today ? 'danger' : 'attention',
    count,
    text: t('home.view.waits', { count, date: formatDate(onDate) }),
    hint: `${formatDate(cutOffOn)}, ${dueWords(cutOffOn, today, t)}`,
    action: { href: meetingHref(meetingId), text: t('home.open') },
  }))

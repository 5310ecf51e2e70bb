// In which words does the coordinator – or whoever stands in – hear of each kind of thing that waits?
import { formatDate } from '../../i18n/format.ts'
import type { T } from '../../i18n/i18n.ts'
import type { WaitingReport } from '../../reports/waiting.server.ts'
import { daysBetween, dueWords } from '../../ui/date.ts'
import type { Task } from '../../ui/tasks.tsx'
import { confirmTask, erasureTasks, glassTasks, inviteTask, missingTasks, nameOf, worryTasks } from '../parts.tsx'
import { standInTasks } from '../stand-in-tasks.ts'
import type { Waiting } from './coordinator.server.ts'
import { applied, idle, lateTarget } from './recruitment-tasks.ts'

/** A line where something of the kind waits, and nothing where nothing does. */
export type Line = (t: T, waiting: Waiting) => Task | null

const needs: Line = (t, { needs: [first, ...more] }) => {
  if (!first) return null
  const count = more.length + 1
  return {
    kind: 'attention',
    count,
    text: t('home.needs', { count }),
    hint: t('home.needs.hint', { date: formatDate(first.openedOn) }),
    action: { href: '/matching', text: t('home.needs.do') },
  }
}

const told: Line = (t, { told: late }) => {
  const [first] = late
  if (!first) return null
  const count = late.length
  return {
    kind: 'danger',
    count,
    text: t('home.told', { count }),
    hint: t('home.oldest', { date: formatDate(first.dueOn) }),
    action: { href: count === 1 ? `/cases/${first.caseId}` : '/cases', text: t('home.open') },
  }
}

const reports: Line = (t, { reports: late }) => {
  const count = late.length
  if (count === 0) return null
  return {
    kind: 'attention',
    count,
    text: t('home.reports', { count }),
    hint: t('home.reports.hint', { days: Math.max(...late.map(({ days }) => days)) }),
    action: { href: '/support/overdue', text: t('home.reports.do') },
  }
}

const period =
  (t: T, today: string, key: 'home.period.overdue' | 'home.period.returned') =>
  (report: WaitingReport): Task => ({
    kind: report.overdue || key === 'home.period.returned' ? 'attention' : 'wait',
    text: t(key, { period: nameOf(t, report.period) }),
    hint: `${formatDate(report.dueOn)}, ${dueWords(report.dueOn, today, t)}`,
    action: { href: report.id ? `/reports/${report.id}` : '/reports/new', text: t('home.period.do') },
  })

// From the week before its day; until then nobody has to think of it.
const periods = (t: T, { periods: { toWrite }, today }: Waiting): Task[] =>
  toWrite.filter(({ dueOn }) => daysBetween(today, dueOn) <= 7).map(period(t, today, 'home.period.overdue'))

const unanswered: Line = (t, { proposals, settings }) => {
  const count = proposals.filter(({ late }) => late).length
  if (count === 0) return null
  return {
    kind: 'attention',
    count,
    text: t('home.asked.late', { count }),
    hint: t('home.asked.lateHint', { days: settings.answerDays }),
    action: { href: '/assignments?late=yes', text: t('home.open') },
  }
}

const asked: Line = (t, { proposals }) => {
  const count = proposals.filter(({ late }) => !late).length
  if (count === 0) return null
  const action = { href: '/assignments?status=proposed', text: t('home.open') }
  return { kind: 'neutral', count, text: t('home.asked', { count }), action }
}

// The list counts people, and so does the line that leads to it.
const people = (lapses: Waiting['lapses']) => new Set(lapses.map(({ volunteerId }) => volunteerId)).size

const lapsed: Line = (t, facts) => {
  const count = people(facts.lapses.filter(({ state }) => state !== 'soon'))
  if (count === 0) return null
  return {
    kind: 'attention',
    count,
    text: t('home.lapsed', { count }),
    hint: t('home.lapsed.hint'),
    action: { href: '/volunteers?ready=no', text: t('home.open') },
  }
}

const lapsing: Line = (t, facts) => {
  const soon = facts.lapses.filter((lapse) => lapse.state === 'soon')
  const [first] = soon
  if (!first) return null
  const count = people(soon)
  const kind = t(`volunteers.evidence.${first.kind}`).toLowerCase()
  return {
    kind: 'wait',
    count,
    text: t('home.lapsing', { count, days: facts.settings.evidenceWarnDays }),
    hint: t('home.lapsing.hint', { date: formatDate(first.until), kind }),
    action: { href: '/volunteers?lapsing=yes', text: t('home.lapsing.do') },
  }
}

const unsigned: Line = (t, { unsigned: [first, ...more] }) => {
  if (!first) return null
  const count = more.length + 1
  return {
    kind: 'wait',
    count,
    text: t('home.unsigned', { count }),
    hint: t('home.unsigned.hint', { date: formatDate(first.madeOn) }),
    action: { href: count === 1 ? `/papers/${first.id}` : '/papers', text: t('home.open') },
  }
}

const links: Line = (t, { links: found }) => {
  const count = found.length
  if (count === 0) return null
  return {
    kind: 'danger',
    count,
    text: t('home.links', { count }),
    hint: t('home.links.hint'),
    action: { href: '/matching/links', text: t('home.open') },
  }
}

const expenses: Line = (t, { expenses: count }) => {
  const action = { href: '/expenses', text: t('home.open') }
  return count === 0 ? null : { kind: 'wait', count, text: t('home.expenses', { count }), action }
}

const lateTransfers: Line = (t, { lateTransfers: count }) =>
  count === 0
    ? null
    : {
        kind: 'attention',
        count,
        text: t('home.transfer.waiting', { count }),
        action: { href: '/transfers', text: t('home.open') },
      }

const lateActions: Line = (t, { lateActions: count }) =>
  count === 0
    ? null
    : {
        kind: 'neutral',
        count,
        text: t('home.actions.late', { count }),
        action: { href: '/meetings', text: t('home.open') },
      }

const unsupervised: Line = (t, { unsupervised: count }) => {
  if (count === 0) return null
  const action = { href: '/supervision/coverage', text: t('home.open') }
  return { kind: 'attention', count, text: t('home.supervision', { count }), hint: t('home.supervision.hint'), action }
}

const covision: Line = (t, { covision: count }) => {
  const action = { href: '/supervision/coverage', text: t('home.open') }
  return count === 0 ? null : { kind: 'wait', count, text: t('home.covision.late', { count }), action }
}

const unread: Line = (t, { unread: { count, oldest }, settings }) =>
  count === 0
    ? null
    : {
        kind: 'attention',
        count,
        text: t('home.unread.long', { count, days: settings.unreadTellDays }),
        hint: t('home.unread.longHint', { date: formatDate(oldest) }),
        action: { href: '/supervision/coverage', text: t('home.open') },
      }

const left: Line = (t, { left: [first, ...more] }) => {
  if (!first) return null
  const count = more.length + 1
  const href = count === 1 ? `/volunteers/${first.id}/papers` : '/papers'
  return { kind: 'neutral', count, text: t('home.left', { count }), action: { href, text: t('home.open') } }
}

const invite: Line = (t, { toInvite }) => inviteTask(t, toInvite)[0] ?? null

const unused: Line = (t, { unused: idle, settings }) => {
  const count = idle.length
  if (count === 0) return null
  return {
    kind: 'neutral',
    count,
    text: t('home.unused', { count, months: settings.unusedMonths }),
    action: { href: '/volunteers?unused=yes', text: t('home.unused.do') },
  }
}

// One of them is answered at once; of several the list is.
const pauses: Line = (t, { pauses: [first, ...more] }) => {
  if (!first) return null
  const count = more.length + 1
  const href = count === 1 ? `/volunteers/${first.volunteerId}/status` : '/volunteers?pause=yes'
  const hint = t(`home.pauses.${first.pause}`, { code: first.code, date: formatDate(first.since) })
  return { kind: 'attention', count, text: t('home.pauses', { count }), hint, action: { href, text: t('home.open') } }
}

/** One line by one name, so that a page may leave out what it tells otherwise. */
export const lines = {
  missing: (t: T, { missing }: Waiting) => missingTasks(t, missing),
  worries: (t: T, { concerns }: Waiting) => worryTasks(t, concerns),
  standIn: (t: T, { standIn }: Waiting) => standInTasks(t, standIn),
  glass: (t: T, { glass }: Waiting) => glassTasks(t, glass),
  returned: (t: T, { periods: { returned }, today }: Waiting) => returned.map(period(t, today, 'home.period.returned')),
  periods,
  confirm: (t: T, { toConfirm }: Waiting) => confirmTask(t, toConfirm),
  erasures: (t: T, { erasures }: Waiting) => erasureTasks(t, erasures),
  told,
  links,
  lateTransfers,
  needs,
  reports,
  unanswered,
  lapsed,
  idle,
  invite,
  asked,
  applied,
  lateTarget,
  lapsing,
  unsigned,
  expenses,
  unsupervised,
  unread,
  covision,
  lateActions,
  left,
  pauses,
  unused,
} satisfies Record<string, (t: T, waiting: Waiting) => Task[] | Task | null>
export type LineName = keyof typeof lines

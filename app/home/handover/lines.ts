// In which words does the hand-over page say what is due and who waits?
import { formatDate, isoDate } from '../../i18n/format.ts'
import type { T } from '../../i18n/i18n.ts'
import type { WaitingReport } from '../../reports/waiting.server.ts'
import { dueWords } from '../../ui/date.ts'
import type { Task } from '../../ui/tasks.tsx'
import { coordinatorTasks } from '../coordinator/coordinator-tasks.ts'
import type { LineName } from '../coordinator/lines.ts'
import { nameOf } from '../parts.tsx'
import type { CoordinatorDesk, Desk, Handover } from './handover.ts'

type Of = Pick<Handover, 'today' | 'term'>

/** What is due until the last day of the term, or was already. */
export function dueLines(t: T, of: Of, desk: Desk): Task[] {
  if (desk.kind === 'manager') return desk.missing.map((report) => reportLine(t, of, report, '/reports'))
  const told = desk.told.map(
    ({ caseId, dueOn }): Task => ({
      kind: dueOn < of.today ? 'danger' : 'attention',
      text: t('home.handover.told'),
      hint: dueHint(t, of, dueOn),
      action: { href: `/cases/${caseId}`, text: t('home.open') },
    }),
  )
  const reports = desk.reports.map((report) =>
    reportLine(t, of, report, report.id ? `/reports/${report.id}` : '/reports/new'),
  )
  return [...told, ...reports, ...monthReports(t, desk), ...covision(t, desk), ...papers(t, of, desk)]
}

const dueHint = (t: T, { today }: Of, dueOn: string) => `${formatDate(dueOn)}, ${dueWords(dueOn, today, t)}`

const reportLine = (t: T, of: Of, { period, dueOn, overdue }: WaitingReport, href: string): Task => ({
  kind: overdue ? 'attention' : 'wait',
  text: t('home.period.overdue', { period: nameOf(t, period) }),
  hint: dueHint(t, of, dueOn),
  action: { href, text: t('home.open') },
})

function monthReports(t: T, { monthReports: { late, due, firstDue } }: CoordinatorDesk): Task[] {
  const action = { href: '/support/overdue', text: t('home.open') }
  const lines: Task[] = []
  if (late > 0) lines.push({ kind: 'attention', count: late, text: t('home.reports', { count: late }), action })
  if (firstDue) {
    const hint = t('home.handover.firstDue', { date: formatDate(firstDue) })
    lines.push({ kind: 'wait', count: due, text: t('home.handover.monthReports', { count: due }), hint, action })
  }
  return lines
}

function covision(t: T, { covision: { due, firstDue } }: CoordinatorDesk): Task[] {
  if (!firstDue) return []
  const hint = t('home.handover.firstDue', { date: formatDate(firstDue) })
  const action = { href: '/supervision/coverage', text: t('home.open') }
  return [{ kind: 'wait', count: due, text: t('home.handover.covision', { count: due }), hint, action }]
}

// One by one: whoever reads this on paper wants to know whose.
const papers = (t: T, of: Of, desk: CoordinatorDesk): Task[] =>
  desk.papers.map(({ volunteerId, code, kind, until }) => ({
    kind: 'wait',
    text: t('home.handover.paper', { code, kind: t(`volunteers.evidence.${kind}`).toLowerCase() }),
    hint: dueHint(t, of, until),
    action: { href: `/volunteers/${volunteerId}`, text: t('home.open') },
  }))

/** Lines of the coordinator's first page that are not said again here, and why. */
export const saidOtherwise = {
  told: 'each case of its own, with its day, until the last day of the term',
  reports: 'with those that fall due meanwhile',
  periods: 'those that fall due until the last day of the term',
  lapsing: 'each paper of its own, with its day, until the last day of the term',
  standIn: 'this page is the hand-over itself',
} as const satisfies Partial<Record<LineName, string>>

/** Who waits for an answer or a decision from this desk. */
export function waitingLines(t: T, of: Of, desk: Desk): Task[] {
  if (desk.kind === 'manager') {
    return desk.toAnswer.map(({ id, period }) => ({
      kind: 'wait',
      text: t('home.handover.toAnswer', { period: nameOf(t, period) }),
      hint: t('core.error.inPerson', { name: of.term.giver }),
      action: { href: `/reports/${id}`, text: t('home.read') },
    }))
  }
  const otherwise = Object.keys(saidOtherwise) as LineName[]
  return [...coordinatorTasks(t, desk.waiting, otherwise), ...imports(t, desk)]
}

const imports = (t: T, { imports: waiting }: CoordinatorDesk): Task[] =>
  waiting.map(({ id, madeAt }) => ({
    kind: 'wait',
    text: t('home.handover.import', { date: formatDate(isoDate(madeAt)) }),
    action: { href: `/imports/${id}`, text: t('home.open') },
  }))

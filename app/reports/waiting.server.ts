// Which reports wait for this person today?
import { today } from '../core/clock.server.ts'
import type { Db } from '../core/db.server.ts'
import { settingsOn } from '../core/settings.server.ts'
import type { Person } from '../core/user.ts'
import { nextPeriod, type Period, parsePeriod, periodOf, previousPeriod } from '../evaluation/period.ts'
import { managerReportDueOn } from './report.ts'

/** A report somebody has to do something about; `id` null where it has not even been begun. */
export type WaitingReport = { id: string | null; period: Period; dueOn: string; overdue: boolean }

/**
 * For the home page. The coordinator: `toWrite` (last month's where it is not begun; drafts of periods that have ended) and
 * `returned`; the manager: `toAnswer`. Everything is empty for everybody else.
 */
export async function reportsWaiting(
  db: Db,
  me: Pick<Person, 'id' | 'roles'>,
): Promise<{ toWrite: WaitingReport[]; returned: WaitingReport[]; toAnswer: WaitingReport[] }> {
  const writes = me.roles.includes('coordinator')
  const answers = me.roles.includes('manager')
  if (!writes && !answers) return { toWrite: [], returned: [], toAnswer: [] }
  const rows = await db
    .selectFrom('periodReport')
    .select(['id', 'period', 'dueOn', 'status', 'toOn', 'createdBy'])
    .orderBy('dueOn')
    .execute()
  const waiting = (list: typeof rows): WaitingReport[] =>
    list.map(({ id, period, dueOn }) => ({
      id,
      period: parsePeriod(period) as Period,
      dueOn,
      overdue: dueOn < today(),
    }))
  const last = previousPeriod(periodOf(today(), 'month'))
  const dueOn = managerReportDueOn(last, (await settingsOn(db)).managerReportDueDay)
  const begun = rows.some(({ period }) => period === last.key)
  const missing = begun ? [] : [{ id: null, period: last, dueOn, overdue: dueOn < today() }]
  return {
    toWrite: writes
      ? [...waiting(rows.filter(({ status, toOn }) => status === 'draft' && toOn < today())), ...missing]
      : [],
    returned: writes ? waiting(rows.filter(({ status }) => status === 'returned')) : [],
    toAnswer: answers
      ? waiting(rows.filter(({ status, createdBy }) => status === 'submitted' && createdBy !== me.id))
      : [],
  }
}

/**
 * Reports to the project manager that are to be handed in until this day, or should have been: begun ones of any period, and those
 * of months that nobody has begun yet.
 */
export async function reportsDueBy(db: Db, day: string): Promise<WaitingReport[]> {
  const rows = await db.selectFrom('periodReport').select(['id', 'period', 'dueOn', 'status']).execute()
  const { managerReportDueDay } = await settingsOn(db)
  const due = rows
    .filter(({ status, dueOn }) => (status === 'draft' || status === 'returned') && dueOn <= day)
    .map(({ id, period, dueOn }) => ({ id, period: parsePeriod(period) as Period, dueOn }))
  // From last month on: what was missed before that is history, and stands in the list of reports.
  const months = [previousPeriod(periodOf(today(), 'month'))]
  for (let next = nextPeriod(months[0] as Period); next.from <= day; next = nextPeriod(next)) months.push(next)
  const absent = months
    .filter(({ key }) => !rows.some(({ period }) => period === key))
    .map((period) => ({ id: null, period, dueOn: managerReportDueOn(period, managerReportDueDay) }))
    .filter(({ dueOn }) => dueOn <= day)
  return [...due, ...absent]
    .map((report) => ({ ...report, overdue: report.dueOn < today() }))
    .toSorted((a, b) => (a.dueOn < b.dueOn ? -1 : 1))
}

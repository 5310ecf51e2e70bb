// Which reports wait for this person today?
import { today } from '../core/clock.server.ts'
import type { Db } from '../core/db.server.ts'
import { settingsOn } from '../core/settings.server.ts'
import type { Person } from '../core/user.ts'
import { type Period, parsePeriod, periodOf, previousPeriod } from '../evaluation/period.ts'
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

// How does a report go from the coordinator to the project manager and back?
import { randomUUID } from 'node:crypto'
import { holdersOf } from '../access/holders.server.ts'
import { today } from '../core/clock.server.ts'
import type { Db } from '../core/db.server.ts'
import { Conflict, Invalid } from '../core/errors.ts'
import { command } from '../core/operation.server.ts'
import { everywhere } from '../evaluation/indicators/figures.ts'
import { type Period, parsePeriod } from '../evaluation/period.ts'
import { mailTo } from '../process/mail.server.ts'
import { databaseNow, publishedAt } from './figures.server.ts'
import { missingOf, ReportId, ReturnReport } from './report.ts'
import { aboutReport } from './reports.server.ts'

/** Hands the report in: figures, the rows behind them and the instant they were known at are kept from then on. */
export const submitReport = command(
  'report.submit',
  { roles: ['coordinator'], input: ReportId, about: aboutReport },
  async (db, { id }, me) => {
    const report = await lockReport(db, id)
    if (report.status !== 'draft' && report.status !== 'returned') throw new Conflict({ key: 'reports.error.handedIn' })
    const knownAt = await databaseNow(db)
    const { figures, stored } = await publishedAt(db, parsePeriod(report.period) as Period, knownAt)
    const all = (name: 'reportsMissing' | 'reportsPending' | 'concernsOpen') => figures.values[name][everywhere] ?? 0
    const missing = missingOf({
      toOn: report.toOn,
      ownText: report.ownText,
      today: today(),
      figures: {
        reportsMissing: all('reportsMissing'),
        reportsPending: all('reportsPending'),
        concernsOpen: all('concernsOpen'),
      },
    })
    const blocking = missing.find(({ blocks }) => blocks)
    if (blocking)
      throw new Invalid({ '': { key: `reports.missing.${blocking.code}`, args: { count: blocking.count } } })
    const eventId = randomUUID()
    await db
      .insertInto('periodReportEvent')
      .values({
        id: eventId,
        reportId: id,
        kind: 'submitted',
        ownText: report.ownText,
        figures: JSON.stringify(stored),
        recordedBy: me.id,
        recordedAt: knownAt,
      })
      .execute()
    await db
      .insertInto('periodReportSnapshot')
      .values({ eventId, reportId: id, figures: JSON.stringify(figures) })
      .execute()
    await tellManagers(db, me.id)
    return { id }
  },
)

/** Gives it back with a remark; the coordinator mends it and hands it in again. */
export const returnReport = command(
  'report.return',
  { roles: ['manager'], inPerson: true, input: ReturnReport, about: aboutReport },
  async (db, { id, remark }, me) => judge(db, { id, kind: 'returned', remark, by: me.id }),
)

/** Takes it as it is; from then on the steering group and the auditor see it too. */
export const acceptReport = command(
  'report.accept',
  { roles: ['manager'], inPerson: true, input: ReportId, about: aboutReport },
  async (db, { id }, me) => judge(db, { id, kind: 'accepted', remark: null, by: me.id }),
)

type Judgement = { id: string; kind: 'returned' | 'accepted'; remark: string | null; by: string }

async function judge(db: Db, { id, kind, remark, by }: Judgement) {
  const report = await db
    .selectFrom('periodReport')
    .select(['status', 'createdBy'])
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  if (report.status !== 'submitted') throw new Conflict({ key: 'reports.error.notWaiting' })
  const own = await db
    .selectFrom('periodReportEvent')
    .select('id')
    .where('reportId', '=', id)
    .where('kind', '=', 'submitted')
    .where('recordedBy', '=', by)
    .executeTakeFirst()
  if (own || report.createdBy === by) throw new Conflict({ key: 'reports.error.own' })
  await db
    .insertInto('periodReportEvent')
    .values({ id: randomUUID(), reportId: id, kind, remark, recordedBy: by })
    .execute()
    .catch((error: { code?: string }) => {
      // It waited a moment ago: what the policy refuses now somebody else has answered meanwhile.
      throw error.code === '42501' ? new Conflict({ key: 'reports.error.notWaiting' }) : error
    })
  await mailTo(db, report.createdBy, 'new-task')
  return { id }
}

// Two clicks at once: the second waits here and finds the report handed in. Only a report that may be written can be held.
async function lockReport(db: Db, id: string) {
  const held = await db.selectFrom('periodReport').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()
  return held ?? db.selectFrom('periodReport').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
}

async function tellManagers(db: Db, except: string): Promise<void> {
  const managers = await holdersOf(db, 'manager')
  for (const id of managers.filter((one) => one !== except)) await mailTo(db, id, 'new-task')
}

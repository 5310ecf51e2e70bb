// Whose report is late, who has been reminded, and which reports does a new month open (R18)?
import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { z } from 'zod'
import { today } from '../../core/clock.server.ts'
import { asPerson, type Db } from '../../core/db.server.ts'
import { Conflict } from '../../core/errors.ts'
import { command, query } from '../../core/operation.server.ts'
import { settingsOn } from '../../core/settings.server.ts'
import type { Person } from '../../core/user.ts'
import type { Job } from '../../process/jobs.server.ts'
import { mailTo } from '../../process/mail.server.ts'
import { daysBetween } from '../../ui/date.ts'
import { monthOf } from '../visit/visit.ts'
import { dueOf, monthEnd, nextMonth, ReportId, type ReportStatus, workingDaysLate } from './month-report.ts'

const unfinished = (db: Db) =>
  db
    .selectFrom('monthReport')
    .innerJoin('volunteer', 'volunteer.id', 'monthReport.volunteerId')
    .leftJoin('person', 'person.id', 'volunteer.personId')
    .select(['monthReport.id', 'monthReport.volunteerId', 'month', 'dueOn', 'volunteer.code', 'volunteer.name'])
    .select(['volunteer.personId', 'volunteer.supervisorId', 'person.status as account'])
    .select(sql<ReportStatus>`month_report.status`.as('status'))
    .where('monthReport.status', 'in', ['draft', 'returned'])

/** Reports that are not in although their day has passed, the latest first; of volunteers the asker may see. */
export async function overdueReports(db: Db) {
  const rows = await unfinished(db).where('dueOn', '<', today()).orderBy('dueOn').orderBy('volunteer.code').execute()
  const supervisors = new Map(
    (await db.selectFrom('person').select(['id', 'name']).execute()).map((person) => [person.id, person.name]),
  )
  return rows.map(({ account, month, supervisorId, ...row }) => ({
    ...row,
    month: monthOf(month),
    days: workingDaysLate(row.dueOn, today()),
    supervisor: supervisorId ? (supervisors.get(supervisorId) ?? null) : null,
    reachable: account === 'active',
  }))
}
export type Overdue = Awaited<ReturnType<typeof overdueReports>>[number]

/** How many reports are late already, how many more are due until this day, and when the first of those is; of volunteers the asker may see. */
export async function monthReportsDueBy(db: Db, day: string) {
  const rows = await unfinished(db).where('dueOn', '<=', day).orderBy('dueOn').execute()
  const coming = rows.filter(({ dueOn }) => dueOn >= today())
  return { late: rows.length - coming.length, due: coming.length, firstDue: coming[0]?.dueOn ?? null }
}

export const listOverdue = query(
  'support.overdue.list',
  {
    roles: ['coordinator'],
    input: z.object({}),
    about: (_: unknown, output: { reports: unknown[] }) => ({ kind: 'month-report', hits: output.reports.length }),
  },
  async (db) => ({ reports: await overdueReports(db) }),
)

/** Reminds of one late report; once a day, however often the button is pressed. */
export const remindOfReport = command(
  'support.overdue.remind',
  { roles: ['coordinator'], input: ReportId, about: (input) => ({ kind: 'month-report', id: input.id }) },
  async (db, { id }) => {
    const report = await unfinished(db).where('monthReport.id', '=', id).executeTakeFirstOrThrow()
    if (!report.personId || report.account !== 'active') throw new Conflict({ key: 'support.error.noAccount' })
    await mailTo(db, report.personId, 'reminder', `report/${id}/nudge/${today()}`)
    return { id }
  },
)

/** Every morning: opens last month's reports where they are missing, and reminds before, on and after the due day, each once. */
export const reportsDue: Job = { name: 'reports.due', cron: '20 7 * * *', run: openAndRemind }

async function openAndRemind(system: Person): Promise<number> {
  return asPerson('write', system.claim, async (db) => {
    const settings = await settingsOn(db)
    const opened = await openDrafts(db, nextMonth(monthOf(today()), -1), settings.reportDueDays)
    const waiting = await unfinished(db).where('dueOn', '>', sql<string>`${today()}::date - 31`).execute()
    let reminded = 0
    for (const report of waiting) {
      const stage = stageOf(report.dueOn, settings)
      if (!stage || !report.personId || report.account !== 'active') continue
      await mailTo(db, report.personId, 'reminder', `report/${report.id}/${stage}`)
      reminded += 1
    }
    return opened + reminded
  })
}

type Stage = 'before' | 'due' | 'after'

// A morning on which the process slept is made good on the next one, within the same stage.
function stageOf(dueOn: string, settings: { reportRemindBefore: number; reportRemindAfter: number }): Stage | null {
  const left = daysBetween(today(), dueOn)
  if (left === 0) return 'due'
  if (left > 0) return left <= settings.reportRemindBefore ? 'before' : null
  return -left >= settings.reportRemindAfter ? 'after' : null
}

async function openDrafts(db: Db, month: string, dueDays: number): Promise<number> {
  const owing = await db
    .selectFrom('assignment')
    .innerJoin('volunteer', 'volunteer.id', 'assignment.volunteerId')
    .select('assignment.volunteerId')
    .distinct()
    .where('assignment.status', 'in', ['active', 'ended'])
    .where('volunteer.personId', 'is not', null)
    .where('startOn', '<=', monthEnd(month))
    .where((row) => row.or([row('endOn', 'is', null), row('endOn', '>=', `${month}-01`)]))
    .execute()
  const dueOn = dueOf(month, dueDays)
  let opened = 0
  for (const { volunteerId } of owing) {
    const done = await db
      .insertInto('monthReport')
      .values({ id: randomUUID(), volunteerId, month: `${month}-01`, dueOn })
      .onConflict((clash) => clash.columns(['volunteerId', 'month']).doNothing())
      .executeTakeFirst()
    opened += Number(done.numInsertedOrUpdatedRows ?? 0)
  }
  return opened
}

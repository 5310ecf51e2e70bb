// How does a volunteer's month become a report: filled from the entries, completed in words, handed in (R18, R19)?
import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { z } from 'zod'
import { today } from '../../core/clock.server.ts'
import type { Db } from '../../core/db.server.ts'
import { Conflict, Invalid, NotFound } from '../../core/errors.ts'
import { command, query } from '../../core/operation.server.ts'
import { findVault, keepVault } from '../../core/seal.server.ts'
import { settingsOn } from '../../core/settings.server.ts'
import type { Person } from '../../core/user.ts'
import { mailTo } from '../../process/mail.server.ts'
import { guidesOf } from '../../volunteers/guides.server.ts'
import { openConcerns } from '../concern/concerns.server.ts'
import { loggable, ownVolunteer } from '../visit/supported.server.ts'
import { monthOf } from '../visit/visit.ts'
import { type Visit, visitsOf } from '../visit/visits-read.server.ts'
import {
  dueOf,
  linesOf,
  monthEnd,
  nextMonth,
  ReportMonth,
  type ReportStatus,
  sumOf,
  type supervisionNeeds,
  WriteReport,
} from './month-report.ts'

const columns = ['id', 'volunteerId', 'month', 'dueOn', 'version'] as const
const asStatus = sql<ReportStatus>`status`.as('status')
const asNeed = sql<(typeof supervisionNeeds)[number]>`supervision_need`.as('supervisionNeed')
const summaryPlace = (row: string) => ({ table: 'month_report', column: 'summary_sealed', row })

/** What happened to a report, the newest last. */
export async function eventsOf(db: Db, reportId: string) {
  return db
    .selectFrom('monthReportEvent')
    .leftJoin('person', 'person.id', 'monthReportEvent.recordedBy')
    .select(['monthReportEvent.id', 'remark', 'recordedAt', 'person.name as by'])
    .select(sql<'submitted' | 'returned' | 'approved'>`kind`.as('kind'))
    .where('reportId', '=', reportId)
    .orderBy('recordedAt')
    .execute()
}

/** One report by its id, with the summary where its key is for the person who asks. */
export async function reportRow(db: Db, id: string) {
  const row = await db
    .selectFrom('monthReport')
    .select([...columns, asStatus, asNeed, 'summarySealed', 'figures'])
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  const { summarySealed, ...report } = row
  const vault = summarySealed ? await findVault(db, id) : null
  return { ...report, summary: summarySealed && vault ? vault.open(summaryPlace(id), summarySealed) : null }
}

async function reportIdOf(db: Db, volunteerId: string, month: string): Promise<string | null> {
  const row = await db
    .selectFrom('monthReport')
    .select('id')
    .where('volunteerId', '=', volunteerId)
    .where('month', '=', `${month}-01`)
    .executeTakeFirst()
  return row?.id ?? null
}

type OwnLine = { month: string; dueOn: string; status: ReportStatus; late: boolean }

/** Own reports, the newest month first; a month with an assignment or entries stands there before anything is written. */
export async function ownReports(db: Db, me: Person): Promise<OwnLine[]> {
  const { id } = await ownVolunteer(db, me)
  const { reportDueDays } = await settingsOn(db)
  const made = await db
    .selectFrom('monthReport')
    .select([...columns, asStatus])
    .where('volunteerId', '=', id)
    .execute()
  const lines = new Map(made.map((row) => [monthOf(row.month), { dueOn: row.dueOn, status: row.status }]))
  const current = monthOf(today())
  for (const month of [nextMonth(current, -1), current]) {
    if (lines.has(month) || !(await hasWork(db, me, id, month))) continue
    lines.set(month, { dueOn: dueOf(month, reportDueDays), status: 'draft' })
  }
  return [...lines]
    .map(([month, line]) => ({ month, ...line, late: isOpen(line.status) && line.dueOn < today() }))
    .toSorted((a, b) => (a.month < b.month ? 1 : -1))
}

const isOpen = (status: ReportStatus) => status === 'draft' || status === 'returned'

async function hasWork(db: Db, me: Person, volunteerId: string, month: string): Promise<boolean> {
  const own = (await loggable(db, me)).filter((one) => one.mine)
  if (own.some((one) => one.startOn !== null && one.startOn <= monthEnd(month))) return true
  return (await visitsOf(db, volunteerId, month)).length > 0
}

export const listOwnReports = query(
  'support.report.list',
  {
    roles: ['volunteer'],
    input: z.object({}),
    about: (_: unknown, output: { reports: unknown[] }) => ({ kind: 'month-report', hits: output.reports.length }),
  },
  async (db, _, me) => ({ reports: await ownReports(db, me), today: today() }),
)

/** What the rows of a month say: sums, a line per case, danger flags. */
export const countedOf = (visits: Visit[]) => ({ total: sumOf(visits), lines: linesOf(visits) })

/** Own report of a month, filled from the entries; a month without work has none. */
export const openOwnReport = query(
  'support.report.open',
  {
    roles: ['volunteer'],
    input: ReportMonth,
    about: (_: unknown, { report }: { report: { id: string } | null }) => ({ kind: 'month-report', id: report?.id }),
  },
  async (db, { month }, me) => {
    const { id: volunteerId } = await ownVolunteer(db, me)
    const reportId = await reportIdOf(db, volunteerId, month)
    const visits = await visitsOf(db, volunteerId, month)
    if (!reportId && !(await hasWork(db, me, volunteerId, month))) throw new NotFound()
    const { reportDueDays } = await settingsOn(db)
    const report = reportId ? await reportRow(db, reportId) : null
    const worries = (await openConcerns(db)).filter((concern) => concern.volunteerId === volunteerId)
    return {
      ...{ month, report, visits, ...countedOf(visits), worries, today: today() },
      ...{ status: report?.status ?? 'draft', dueOn: report?.dueOn ?? dueOf(month, reportDueDays) },
      ...{ editable: isOpen(report?.status ?? 'draft'), ready: today() >= monthEnd(month) },
      events: reportId ? await eventsOf(db, reportId) : [],
    }
  },
)

/** Saves what was written; with `submit` hands the report in, with the figures that the entries give. */
export const writeReport = command(
  'support.report.write',
  {
    roles: ['volunteer'],
    input: WriteReport,
    about: (_: unknown, { id }: { id: string }) => ({ kind: 'month-report', id }),
  },
  (db, input, me) => keepReport(db, me, input),
)

/** The same from wherever it was written. */
export async function keepReport(db: Db, me: Person, input: z.output<typeof WriteReport>) {
  const volunteer = await ownVolunteer(db, me)
  const { month, step, summary, supervisionNeed } = input
  const submits = step === 'submit'
  if (submits && !summary) throw new Invalid({ summary: { key: 'support.error.summary' } })
  if (submits && today() < monthEnd(month)) throw new Invalid({ '': { key: 'support.error.monthRuns' } })
  const known = await reportIdOf(db, volunteer.id, month)
  if (!known && !(await hasWork(db, me, volunteer.id, month))) throw new NotFound()
  const id = known ?? (await insertDraft(db, volunteer.id, month))
  const vault = await keepVault(db, { kind: 'report', id })
  const done = await db
    .updateTable('monthReport')
    .set((row) => ({
      summarySealed: summary ? vault.seal(summaryPlace(id), summary) : null,
      supervisionNeed,
      version: row('version', '+', 1),
    }))
    .where('id', '=', id)
    .where('status', 'in', ['draft', 'returned'])
    .executeTakeFirst()
  if (Number(done.numUpdatedRows) === 0) throw new Conflict({ key: 'support.error.handedIn' })
  if (submits) await submit(db, me, { id, volunteerId: volunteer.id, month })
  return { id, submitted: submits }
}

/** How a month stands: its report, if there is one, and what the entries add up to. */
export async function monthOwn(db: Db, me: Person, month: string) {
  const { id: volunteerId } = await ownVolunteer(db, me)
  const reportId = await reportIdOf(db, volunteerId, month)
  const visits = await visitsOf(db, volunteerId, month)
  return { visits, figures: sumOf(visits), report: reportId ? await reportRow(db, reportId) : null }
}

async function insertDraft(db: Db, volunteerId: string, month: string): Promise<string> {
  const id = randomUUID()
  const dueOn = dueOf(month, (await settingsOn(db)).reportDueDays)
  await db
    .insertInto('monthReport')
    .values({ id, volunteerId, month: `${month}-01`, dueOn })
    .execute()
  return id
}

type Handed = { id: string; volunteerId: string; month: string }

async function submit(db: Db, me: Person, { id, volunteerId, month }: Handed): Promise<void> {
  const figures = JSON.stringify(sumOf(await visitsOf(db, volunteerId, month)))
  await db
    .insertInto('monthReportEvent')
    .values({ reportId: id, kind: 'submitted', figures, recordedBy: me.id })
    .execute()
  for (const reader of await guidesOf(db, volunteerId)) await mailTo(db, reader, 'new-task')
}

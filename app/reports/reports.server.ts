// Which reports to the project manager are there, what is in them, and how is one begun and written?
import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { today } from '../core/clock.server.ts'
import type { Db } from '../core/db.server.ts'
import { Conflict, Invalid, NotFound } from '../core/errors.ts'
import { command, query } from '../core/operation.server.ts'
import { settingsOn } from '../core/settings.server.ts'
import type { Person } from '../core/user.ts'
import { definitionsNow, redefinedSince } from '../evaluation/indicators/definitions.ts'
import type { ShownFigures } from '../evaluation/indicators/publish.ts'
import { type Period, parsePeriod } from '../evaluation/period.ts'
import { databaseNow, figuresAt, snapshotOf } from './figures.server.ts'
import { oneAtATime } from './in-line.ts'
import {
  managerReportDueOn,
  missingOf,
  NewReport,
  periodChoices,
  ReportId,
  type ReportStatus,
  ReportText,
  type StoredFigures,
} from './report.ts'

export const readers = ['coordinator', 'manager', 'steering', 'auditor'] as const
export const aboutReport = (input: { id: string }) => ({ kind: 'period_report', id: input.id })

const counted = (_: unknown, output: { reports: unknown[] }) => ({ kind: 'report', hits: output.reports.length })

export const listReports = query('report.list', { roles: readers, input: z.object({}), about: counted }, async (db) => {
  const rows = await db
    .selectFrom('periodReport')
    .select(['id', 'period', 'fromOn', 'toOn', 'dueOn', 'status'])
    .orderBy('toOn', 'desc')
    .orderBy('fromOn', 'desc')
    .execute()
  return { today: today(), reports: rows.map((row) => ({ ...row, status: row.status as ReportStatus })) }
})

export const openNewReport = query('report.choose', { roles: ['coordinator'], input: z.object({}) }, async (db) => {
  const taken = await db.selectFrom('periodReport').select('period').execute()
  const { managerReportDueDay: day } = await settingsOn(db)
  const choices = periodChoices(today(), new Set(taken.map(({ period }) => period)))
  return { choices: choices.map((period) => ({ period, dueOn: managerReportDueOn(period, day) })) }
})

/** Begins the report of a period; one period has one report. */
export const createReport = command(
  'report.create',
  {
    roles: ['coordinator'],
    input: NewReport,
    about: (_, made: { id: string }) => ({ kind: 'period_report', id: made.id }),
  },
  async (db, input, me) => {
    const period = parsePeriod(input.period) as Period
    const taken = await db.selectFrom('periodReport').select('id').where('period', '=', period.key).executeTakeFirst()
    if (taken) throw new Invalid({ period: { key: 'reports.new.taken' } })
    const { managerReportDueDay } = await settingsOn(db)
    const id = randomUUID()
    const dueOn = managerReportDueOn(period, managerReportDueDay)
    const row = { id, period: period.key, fromOn: period.from, toOn: period.to, dueOn, createdBy: me.id }
    await db.insertInto('periodReport').values(row).execute()
    return { id }
  },
)

/** A report as this person may see it: the coordinator exactly, everybody else as it was published. */
export const openReport = oneAtATime(
  query('report.open', { roles: readers, input: ReportId, about: aboutReport }, (db, input, me) =>
    reportFor(db, me, input.id),
  ),
)

/** Saves the coordinator's own words while the report is hers to write. */
export const writeReport = command(
  'report.write',
  { roles: ['coordinator'], input: ReportText, about: aboutReport },
  async (db, input) => {
    const saved = await db
      .updateTable('periodReport')
      .set((row) => ({ ownText: input.ownText, version: row('version', '+', 1) }))
      .where('id', '=', input.id)
      .returning('id')
      .executeTakeFirst()
    if (saved) return saved
    await db.selectFrom('periodReport').select('id').where('id', '=', input.id).executeTakeFirstOrThrow()
    throw new Conflict({ key: 'reports.error.handedIn' })
  },
)

export type OpenReport = Awaited<ReturnType<typeof reportFor>>

/** Everything a page or a document needs of one report. */
export async function reportFor(db: Db, me: Person, id: string) {
  const row = await db.selectFrom('periodReport').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
  const period = parsePeriod(row.period)
  if (!period) throw new NotFound()
  const events = await eventsOf(db, id)
  const exact = me.roles.includes('coordinator')
  const writable = exact && (row.status === 'draft' || row.status === 'returned')
  const knownAt = writable || !row.knownAt ? await databaseNow(db) : row.knownAt
  const stored = row.figures as unknown as StoredFigures | null
  const shown = exact ? (await exactFigures(db, { id, period, writable, knownAt })).values : stored?.shown
  if (!shown) throw new NotFound()
  // What is handed in keeps the meaning of its figures; what is still written has that of the day.
  const kept = writable ? undefined : stored?.definitions
  const handedIn = events.findLast(({ kind }) => kind === 'submitted')
  const ownText = exact ? row.ownText : (handedIn?.ownText ?? '')
  const waits = row.status === 'submitted' && me.roles.includes('manager')
  const own = row.createdBy === me.id || events.some((one) => one.kind === 'submitted' && one.recordedBy === me.id)
  return {
    ...{ id, period, status: row.status as ReportStatus, dueOn: row.dueOn, today: today() },
    ...{ knownAt, ownText, events, exact, writable, shown },
    definitions: kept ?? definitionsNow(),
    redefined: kept ? redefinedSince(kept) : [],
    counties: await countiesOf(db),
    /** True where this person may answer the report: the manager, unless it is his own; `awaits` names him to whoever stands in for him. */
    answerable: waits && !me.standsInFor && !own,
    awaits: waits && me.standsInFor ? me.standsInFor.name : null,
    threshold: stored?.threshold ?? (await settingsOn(db)).smallCount,
    missing: writable ? missingOf({ toOn: row.toOn, ownText, today: today(), figures: national(shown) }) : [],
  }
}

function eventsOf(db: Db, id: string) {
  return db
    .selectFrom('periodReportEvent')
    .leftJoin('person', 'person.id', 'recordedBy')
    .select(['periodReportEvent.id', 'kind', 'remark', 'ownText', 'recordedAt', 'recordedBy', 'person.name as who'])
    .where('reportId', '=', id)
    .orderBy('recordedAt')
    .execute()
}

function countiesOf(db: Db) {
  return db.selectFrom('county').select(['code', 'name', 'tileCol', 'tileRow']).orderBy('name').execute()
}

async function exactFigures(db: Db, of: { id: string; period: Period; writable: boolean; knownAt: Date }) {
  return of.writable ? figuresAt(db, of.period, of.knownAt) : snapshotOf(db, of.id)
}

function national(shown: ShownFigures) {
  const at = (id: 'reportsMissing' | 'reportsPending' | 'concernsOpen') => Number(shown[id].all ?? 0)
  return {
    reportsMissing: at('reportsMissing'),
    reportsPending: at('reportsPending'),
    concernsOpen: at('concernsOpen'),
  }
}

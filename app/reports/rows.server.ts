// Which rows stand behind a figure, and what would the figure be today?
import { z } from 'zod'
import type { Db } from '../core/db.server.ts'
import { NotFound } from '../core/errors.ts'
import { id as uuid } from '../core/form/fields.ts'
import { query } from '../core/operation.server.ts'
import { definitionsNow, redefinedSince } from '../evaluation/indicators/definitions.ts'
import { everywhere, type Figures, rowsOf } from '../evaluation/indicators/figures.ts'
import { figureIds, indicatorOf, isFigureId, type RowKind } from '../evaluation/indicators/indicator.ts'
import { type Period, parsePeriod } from '../evaluation/period.ts'
import { databaseNow, figuresAt, snapshotOf } from './figures.server.ts'
import { oneAtATime } from './in-line.ts'
import { ReportId, type StoredFigures } from './report.ts'
import { aboutReport } from './reports.server.ts'

/** One row behind a figure, in words that name nobody in a case. */
export type FigureRow = {
  id: string
  name: string
  href: string | null
  county: string | null
  date: string | null
  contacts?: number
  minutes?: number
  expenseCents?: number
}

const FigureOf = z.object({ id: uuid(), figure: z.string().max(40), place: z.string().max(4).optional() })

/** The rows behind a figure of a report, as they were counted; for the coordinator, to everybody else they do not exist. */
export const openFigure = oneAtATime(
  query('report.figure', { roles: ['coordinator'], input: FigureOf, about: aboutReport }, async (db, input) => {
    if (!isFigureId(input.figure)) throw new NotFound()
    const { period, figures, knownAt, definitions } = await figuresOf(db, input.id)
    const counties = await db.selectFrom('county').select(['code', 'name']).orderBy('name').execute()
    const place = counties.some(({ code }) => code === input.place) ? (input.place as string) : everywhere
    const ids = rowsOf(figures, input.figure, place)
    return {
      id: input.id,
      period,
      knownAt,
      figure: input.figure,
      definition: definitions[input.figure],
      place,
      counties,
      value: figures.values[input.figure][place] ?? null,
      rows: await readRows(db, indicatorOf(input.figure).of, ids),
    }
  }),
)

/** A report handed in beside the same figures as they would be today. */
export const compareReport = oneAtATime(
  query('report.compare', { roles: ['coordinator'], input: ReportId, about: aboutReport }, async (db, { id }) => {
    const { period, figures, knownAt, status, handedIn } = await figuresOf(db, id)
    if (status === 'draft' || !knownAt) throw new NotFound()
    const then = await snapshotOf(db, id)
    const again = await figuresAt(db, period, knownAt)
    const now = status === 'returned' ? figures : await figuresAt(db, period, await databaseNow(db))
    const at = (from: Figures, figure: (typeof figureIds)[number]) => from.values[figure][everywhere] ?? null
    return {
      id,
      period,
      knownAt,
      /** True where computing again from the rows known then gives what was handed in. */
      same: figureIds.every((figure) => at(then, figure) === at(again, figure)),
      figures: figureIds.map((figure) => ({ figure, before: at(then, figure), now: at(now, figure) })),
      /** What meant something else when the report was handed in. */
      redefined: handedIn ? redefinedSince(handedIn).map((figure) => ({ figure, before: handedIn[figure] })) : [],
    }
  }),
)

async function figuresOf(db: Db, id: string) {
  const report = await db
    .selectFrom('periodReport')
    .select(['period', 'status', 'knownAt', 'periodReport.figures as stored'])
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  const period = parsePeriod(report.period) as Period
  const live = report.status === 'draft' || report.status === 'returned'
  const knownAt = report.knownAt
  const figures = live ? await figuresAt(db, period, await databaseNow(db)) : await snapshotOf(db, id)
  const handedIn = (report.stored as unknown as StoredFigures | null)?.definitions
  const definitions = (live ? undefined : handedIn) ?? definitionsNow()
  return { period, status: report.status, knownAt, figures, definitions, handedIn }
}

async function readRows(db: Db, kind: RowKind, ids: string[]): Promise<FigureRow[]> {
  if (ids.length === 0) return []
  return rowReaders[kind](db, ids)
}

const rowReaders: Record<RowKind, (db: Db, ids: string[]) => Promise<FigureRow[]>> = {
  need: async (db, ids) => {
    const rows = await db
      .selectFrom('need')
      .select(['id', 'number', 'caseId', 'countyCode', 'fromOn'])
      .where('id', 'in', ids)
      .orderBy('number')
      .execute()
    return rows.map((row) => ({
      ...place(row.id, row.number, row.countyCode, row.fromOn),
      href: `/cases/${row.caseId}/support`,
    }))
  },
  case: async (db, ids) => {
    const rows = await db
      .selectFrom('caseFile')
      .select(['id', 'number', 'countyCode', 'referredOn'])
      .where('id', 'in', ids)
      .orderBy('number')
      .execute()
    return rows.map((row) => ({
      ...place(row.id, row.number, row.countyCode, row.referredOn),
      href: `/cases/${row.id}`,
    }))
  },
  volunteer: async (db, ids) => {
    const rows = await db
      .selectFrom('volunteer')
      .select(['id', 'code', 'name', 'countyCode'])
      .where('id', 'in', ids)
      .orderBy('code')
      .execute()
    return rows.map((row) => ({
      ...place(row.id, `${row.code} ${row.name}`, row.countyCode, null),
      href: `/volunteers/${row.id}`,
    }))
  },
  visit: async (db, ids) => {
    const rows = await db
      .selectFrom('visit')
      .innerJoin('volunteer', 'volunteer.id', 'visit.volunteerId')
      .select(['visit.id', 'number', 'caseId', 'code', 'onDate', 'contacts', 'minutes', 'expenseCents'])
      .where('visit.id', 'in', ids)
      .orderBy('onDate')
      .orderBy('number')
      .execute()
    return rows.map(({ number, caseId, code, onDate, ...row }) => ({
      ...row,
      name: `${number} · ${code}`,
      href: `/cases/${caseId}/support`,
      county: null,
      date: onDate,
    }))
  },
  report: async (db, ids) => {
    const rows = await db
      .selectFrom('monthReport')
      .innerJoin('volunteer', 'volunteer.id', 'monthReport.volunteerId')
      .select(['monthReport.id', 'code', 'name', 'volunteerId', 'countyCode', 'dueOn'])
      .where('monthReport.id', 'in', ids)
      .orderBy('dueOn')
      .orderBy('code')
      .execute()
    return rows.map((row) => ({
      ...place(row.id, `${row.code} ${row.name}`, row.countyCode, row.dueOn),
      href: `/volunteers/${row.volunteerId}`,
    }))
  },
  concern: async (db, ids) => {
    const rows = await db
      .selectFrom('concern')
      .innerJoin('caseFile', 'caseFile.id', 'concern.caseId')
      .select(['concern.id', 'concern.number', 'caseId', 'countyCode', 'raisedAt'])
      .where('concern.id', 'in', ids)
      .orderBy('raisedAt')
      .execute()
    return rows.map((row) => ({
      ...place(row.id, row.number, row.countyCode, row.raisedAt.toISOString()),
      href: `/cases/${row.caseId}/support`,
    }))
  },
}

function place(id: string, name: string, county: string, date: string | null) {
  return { id, name, county, date }
}

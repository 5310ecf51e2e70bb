// Which figures does a report have now, which had it when it was handed in, and which of them may be shown?
import { sql } from 'kysely'
import type { Db } from '../core/db.server.ts'
import { settingsOn } from '../core/settings.server.ts'
import { definitionsNow } from '../evaluation/indicators/definitions.ts'
import { loadFacts } from '../evaluation/indicators/facts.server.ts'
import { computeFigures, type Figures } from '../evaluation/indicators/figures.ts'
import { publish, type Sibling, siblingPeriods } from '../evaluation/indicators/publish.ts'
import { type Period, parsePeriod } from '../evaluation/period.ts'
import type { StoredFigures } from './report.ts'

/** The instant of the database, to the millisecond, so that a figure computed again stands on the same rows. */
export async function databaseNow(db: Db): Promise<Date> {
  const { rows } = await sql<{ now: Date }>`select date_trunc('milliseconds', clock_timestamp()) as now`.execute(db)
  return rows[0]?.now as Date
}

/** The exact figures of a period as known at an instant. */
export async function figuresAt(db: Db, period: Period, knownAt: Date): Promise<Figures> {
  return computeFigures(await loadFacts(db, period, knownAt), period)
}

/** The exact figures of a period, and those that may be shown beside the reports already handed in. */
export async function publishedAt(
  db: Db,
  period: Period,
  knownAt: Date,
): Promise<{ figures: Figures; stored: StoredFigures }> {
  const { smallCount } = await settingsOn(db)
  const handedIn = await storedReports(db, period)
  const near = siblingPeriods(period, new Set(handedIn.keys()))
  const days = [period, ...near].flatMap(({ from, to }) => [from, to]).sort()
  const facts = await loadFacts(db, { from: days[0] ?? period.from, to: days.at(-1) ?? period.to }, knownAt)
  const figures = computeFigures(facts, period)
  const siblings: Sibling[] = near.map((one) => ({
    period: one,
    figures: computeFigures(facts, one),
    shown: handedIn.get(one.key)?.shown ?? null,
  }))
  const { shown } = publish(figures, period, siblings, smallCount)
  return { figures, stored: { threshold: smallCount, shown, definitions: definitionsNow() } }
}

/** The exact figures of the last submission, with their rows; for the coordinator alone (the policy says so). */
export async function snapshotOf(db: Db, reportId: string): Promise<Figures> {
  const row = await db
    .selectFrom('periodReportSnapshot')
    .innerJoin('periodReportEvent', 'periodReportEvent.id', 'periodReportSnapshot.eventId')
    .select('periodReportSnapshot.figures')
    .where('periodReportSnapshot.reportId', '=', reportId)
    .orderBy('periodReportEvent.recordedAt', 'desc')
    .limit(1)
    .executeTakeFirstOrThrow()
  return row.figures as unknown as Figures
}

async function storedReports(db: Db, besides: Period): Promise<Map<string, StoredFigures>> {
  const rows = await db
    .selectFrom('periodReport')
    .select(['period', 'figures'])
    .where('figures', 'is not', null)
    .where('period', '!=', besides.key)
    .execute()
  return new Map(
    rows
      .filter(({ period }) => parsePeriod(period))
      .map(({ period, figures }) => [period, figures as unknown as StoredFigures]),
  )
}

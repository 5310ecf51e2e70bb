// What are the figures of a period, nationally and by county, computed from stored facts alone?
import type { Period } from '../period.ts'
import type { Facts } from './facts.ts'
import { type CountId, type FigureId, indicatorOf } from './indicator.ts'
import { needFigures } from './needs.ts'
import { concernFigures, reportFigures } from './reporting.ts'
import { contactFigures, volunteerFigures } from './work.ts'

/** A county's EHAK code, or `all` for the whole country. */
export type Place = string
export const everywhere: Place = 'all'

/**
 * `values` holds every figure at every place; null where there is nothing to compute it from (a mean of no cases).
 * `rows` holds, by county, the ids of the rows behind each count; those of the country are those of its counties.
 */
export type Figures = {
  values: Record<FigureId, Record<Place, number | null>>
  rows: Record<CountId, Record<Place, string[]>>
}

/** The figures of one part of the work, before they are put together. */
export type Part = { values: Partial<Figures['values']>; rows: Partial<Figures['rows']> }

/**
 * Every figure of `indicators` for the period. Pure: the same facts always give the same figures, and `Facts` hold only what was
 * known at their instant, so a report handed in can be computed again. Definitions: the messages `evaluation.indicator.<id>.definition`;
 * formulas: the docstrings of needs.ts, work.ts and reporting.ts. Source: domain.md R19.
 */
export function computeFigures(facts: Facts, period: Period): Figures {
  const parts = [
    needFigures(facts, period),
    volunteerFigures(facts, period),
    contactFigures(facts, period),
    reportFigures(facts, period),
    concernFigures(facts, period),
  ]
  const values = Object.assign({}, ...parts.map((part) => part.values)) as Figures['values']
  const rows = Object.assign({}, ...parts.map((part) => part.rows)) as Figures['rows']
  return { values, rows }
}

/** The ids of the rows behind a figure, in a county or everywhere. */
export function rowsOf(figures: Figures, id: FigureId, place: Place = everywhere): string[] {
  const rows = figures.rows[indicatorOf(id).rows]
  return place === everywhere ? Object.values<string[]>(rows).flat() : (rows[place] ?? [])
}

/** One value per county and one for the country, each from the things that belong there; a county without any is there too. */
export function perPlace<Thing extends { county: string }>(
  counties: readonly string[],
  things: readonly Thing[],
  value: (here: readonly Thing[]) => number | null,
): Record<Place, number | null> {
  const groups = Map.groupBy(things, ({ county }) => county)
  const entries = counties.map((county): [Place, number | null] => [county, value(groups.get(county) ?? [])])
  return Object.fromEntries([...entries, [everywhere, value(things)]])
}

/** The ids of things by county; counties without any are left out. */
export function idsByCounty(things: readonly { id: string; county: string }[]): Record<Place, string[]> {
  const groups = [...Map.groupBy(things, ({ county }) => county)]
  return Object.fromEntries(groups.map(([county, here]) => [county, here.map(({ id }) => id)]))
}

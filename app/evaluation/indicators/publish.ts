// Which of a period's figures may be shown to those who may not see their rows?
import { type DisclosureRule, defaultRule, disclose, isShown } from '../disclosure.ts'
import { cellId, joinTables, type LinkedTables, type Published, regionTables, type Sum } from '../linked-tables.ts'
import { monthsIn, type Period } from '../period.ts'
import { everywhere, type Figures, type Place } from './figures.ts'
import { type CountId, type FigureId, indicators } from './indicator.ts'

/** A figure as it is shown: its value, null where there is none, or that it is hidden. */
export type Shown = number | null | 'hidden'
export type ShownFigures = Record<FigureId, Record<Place, Shown>>

/** Another period whose figures hang together with these: what was shown of it, null where it has not been handed in. */
export type Sibling = { period: Period; figures: Figures; shown: ShownFigures | null }

/** Tables that hang together, and what was printed of them; for the hiding and for whoever checks it. */
export type Group = { tables: LinkedTables; published: Published }

type GroupRule = {
  measures: readonly CountId[]
  /** Counts of a quarter that are the sum of those of its months. */
  additive: readonly CountId[]
  splits?: readonly Sum[]
  within?: readonly { whole: string; part: string }[]
}

const needs: GroupRule = {
  measures: [
    ...(['needsOffered', 'needsAgreed', 'needsDeclined', 'needsUndecided'] as const),
    ...(['needsStanding', 'needsCovered', 'needsUncovered', 'needsStarted', 'needsRunning', 'needsEnded'] as const),
  ],
  additive: ['needsOffered', 'needsAgreed', 'needsDeclined', 'needsUndecided', 'needsStarted'],
  splits: [
    { whole: 'needsOffered', parts: ['needsAgreed', 'needsDeclined', 'needsUndecided'] },
    { whole: 'needsStanding', parts: ['needsCovered', 'needsUncovered'] },
    { whole: 'needsCovered', parts: ['needsRunning', 'needsEnded'] },
  ],
  within: [{ whole: 'needsCovered', part: 'needsStarted' }],
}
const reports = ['reportsDue', 'reportsOnTime', 'reportsLate', 'reportsMissing', 'reportsPending'] as const
const concerns = ['concernsRaised', 'concernsAnswered', 'concernsOpen'] as const
const groupRules: readonly GroupRule[] = [
  needs,
  { measures: reports, additive: reports, splits: [{ whole: 'reportsDue', parts: reports.slice(1) }] },
  { measures: concerns, additive: concerns, splits: [{ whole: 'concernsRaised', parts: concerns.slice(1) }] },
  { measures: ['volunteersActive'], additive: [] },
  { measures: ['volunteersReady'], additive: [] },
  { measures: ['casesVisited'], additive: [] },
  { measures: ['contacts'], additive: ['contacts'] },
]

/**
 * The figures with counts from 1 to under the threshold hidden, and beside them what would give those away: within a table, between
 * linked counts, and between this period and the months, quarters and years already handed in (`siblings`, recomputed from the
 * same facts). A derived figure is shown only where every count it rests on is. Contacts stay hidden where their cases are few.
 * Known limit: a sibling handed in when less was known is taken to have shown today's number. Source: domain.md R34.
 */
export function publish(
  figures: Figures,
  period: Period,
  siblings: readonly Sibling[],
  threshold: number,
): { shown: ShownFigures; groups: Group[] } {
  const rule = { ...defaultRule, threshold }
  const printed = new Map<string, number | null>()
  const groups: Group[] = []
  for (const group of groupRules) {
    const tables = linked(figures, period, siblings, group, printed)
    const { published } = disclose(tables, rule)
    groups.push({ tables, published })
    for (const [id, count] of published) if (id.startsWith('this:')) printed.set(id.slice(5), count)
  }
  return { shown: shownBy(figures, printed), groups }
}

/** The rule by which figures were hidden, for whoever checks them. */
export function ruleOf(threshold: number): DisclosureRule {
  return { ...defaultRule, threshold }
}

/** Every figure as it is, for those who may see the rows. */
export function exact(figures: Figures): ShownFigures {
  return figures.values
}

function shownBy(figures: Figures, printed: Published): ShownFigures {
  const entries = indicators.map(({ id, shownWith }) => {
    const places = Object.entries(figures.values[id]).map(([place, value]): [Place, Shown] => {
      const open = isShown(printed, ...shownWith.map((count) => cell(count, place)))
      return [place, open ? value : 'hidden']
    })
    return [id, Object.fromEntries(places)]
  })
  return Object.fromEntries(entries) as ShownFigures
}

function cell(id: CountId, place: Place): string {
  return place === everywhere ? cellId(id) : cellId(id, place)
}

function linked(
  figures: Figures,
  period: Period,
  siblings: readonly Sibling[],
  group: GroupRule,
  printed: Published,
): LinkedTables {
  const own = hideWithCases(tablesOf(figures, group), printed)
  const near = group.additive.length > 0 ? siblings : []
  const parts = near.map(({ period: other, figures: theirs, shown }) => ({
    prefix: other.key,
    tables: shown ? tablesOf(theirs, group) : unprinted(tablesOf(theirs, group)),
    already: shown ? printedOf(shown, group) : undefined,
  }))
  const wholes = [{ prefix: 'this', period }, ...near.map((one) => ({ prefix: one.period.key, period: one.period }))]
  const sums = wholes
    .filter((whole) => whole.period.kind !== 'month')
    .flatMap((whole) => additiveSums(whole, period, near, group, Object.keys(figures.values.needsOffered)))
  return joinTables([{ prefix: 'this', tables: own }, ...parts], sums)
}

function additiveSums(
  whole: { prefix: string; period: Period },
  own: Period,
  near: readonly Sibling[],
  group: GroupRule,
  places: readonly Place[],
): Sum[] {
  const months = monthsIn(whole.period).map(({ key }) => (key === own.key ? 'this' : key))
  const known = new Set(['this', ...near.map(({ period }) => period.key)])
  if (!months.every((key) => known.has(key))) return []
  return group.additive.flatMap((id) =>
    places.map((place) => ({
      whole: `${whole.prefix}:${cell(id, place)}`,
      parts: months.map((key) => `${key}:${cell(id, place)}`),
    })),
  )
}

function tablesOf(figures: Figures, group: GroupRule): LinkedTables {
  const regions = Object.keys(figures.values.needsOffered).filter((place) => place !== everywhere)
  const measures = group.measures.map((key) => ({ key, byRegion: numbers(figures.values[key]) }))
  return regionTables({ regions, measures, splits: group.splits ?? [], within: group.within ?? [] })
}

function numbers(values: Record<Place, number | null>): Record<string, number> {
  return Object.fromEntries(Object.entries(values).map(([place, value]) => [place, value ?? 0]))
}

// A period that has not been handed in is no publication: its counts only balance the sums.
function unprinted(tables: LinkedTables): LinkedTables {
  return { ...tables, cells: tables.cells.map((each) => ({ ...each, role: 'slack' as const })) }
}

function printedOf(shown: ShownFigures, group: GroupRule): Published {
  const entries = group.measures.flatMap((id) =>
    Object.entries(shown[id] ?? {}).map(([place, value]): [string, number | null] => [
      cell(id, place),
      value === 'hidden' ? null : value,
    ]),
  )
  return new Map(entries)
}

// The contacts of hidden cases are hidden too, however many they are.
function hideWithCases(tables: LinkedTables, printed: Published): LinkedTables {
  const cells = tables.cells.map((each) => {
    const cases = each.id.replace(/^contacts\//, 'casesVisited/')
    const hidden = cases !== each.id && printed.has(cases) && printed.get(cases) === null
    return hidden ? { ...each, already: 'hidden' as const } : each
  })
  return { ...tables, cells }
}

// Which of a period's figures may be shown to those who may not see their rows?
import { type DisclosureRule, defaultRule, disclose, isShown } from '../disclosure.ts'
import {
  type CountCell,
  cellId,
  joinTables,
  type LinkedTables,
  type Published,
  regionTables,
  type Sum,
} from '../linked-tables.ts'
import { monthsIn, type Period, periodOf } from '../period.ts'
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
  /** Told for the country only: by county they would be as good as always hidden, and cost others their place. */
  national?: readonly CountId[]
  /** True where those of a quarter are the sum of those of its months; by county they are told for years only. */
  additive?: boolean
  splits?: readonly Sum[]
  within?: readonly { whole: string; part: string }[]
}

const intake = ['needsOffered', 'needsAgreed', 'needsDeclined', 'needsUndecided'] as const
const covering = ['needsStanding', 'needsCovered', 'needsUncovered', 'needsRunning', 'needsEnded'] as const
const reports = ['reportsDue', 'reportsOnTime', 'reportsLate', 'reportsMissing', 'reportsPending'] as const
const concerns = ['concernsRaised', 'concernsAnswered', 'concernsOpen'] as const
const allOf = (list: readonly CountId[]): Sum => ({ whole: list[0] as string, parts: list.slice(1) })

const groupRules: readonly GroupRule[] = [
  { measures: intake, additive: true, splits: [allOf(intake)] },
  {
    measures: covering,
    national: ['needsStarted'],
    splits: [
      { whole: 'needsStanding', parts: ['needsCovered', 'needsUncovered'] },
      { whole: 'needsCovered', parts: ['needsRunning', 'needsEnded'] },
    ],
    within: [{ whole: 'needsCovered', part: 'needsStarted' }],
  },
  { measures: reports, additive: true, splits: [allOf(reports)] },
  { measures: concerns, additive: true, splits: [allOf(concerns)] },
  { measures: ['volunteersActive'] },
  { measures: ['volunteersReady'] },
  { measures: ['casesVisited'] },
  { measures: ['contacts'], additive: true },
]

/**
 * The figures with counts from 1 to under the threshold hidden, and beside them what would give those away: within a table, between
 * linked counts, and between this period and the months, quarters and years already handed in (`siblings`, recomputed from the
 * same facts). A derived figure is shown only where every count it rests on is. Contacts stay hidden where their cases are few.
 * Known limits: a sibling handed in when less was known is taken to have shown today's number; counts that do not add up over
 * time (needs standing, persons active) are guarded within each report. Source: domain.md R34.
 */
export function publish(
  figures: Figures,
  period: Period,
  siblings: readonly Sibling[],
  threshold: number,
): { shown: ShownFigures; groups: Group[] } {
  const printed = new Map<string, number | null>()
  const groups: Group[] = []
  for (const group of groupRules) {
    const own = hideWithCases(tablesOf(figures, period, group), printed)
    const tables = group.additive
      ? joined(own, period, siblings, group)
      : joinTables([{ prefix: 'this', tables: own }], [])
    const { published } = disclose(tables, ruleOf(threshold))
    groups.push({ tables, published })
    for (const [id, count] of published) if (id.startsWith('this:')) printed.set(id.slice(5), count)
  }
  return { shown: shownBy(figures, printed), groups }
}

/**
 * The periods whose figures hang together with those of this one: its quarters and months, and where a longer report is
 * already handed in, that one with its own. `handedIn` are keys of periods.
 */
export function siblingPeriods(period: Period, handedIn: ReadonlySet<string>): Period[] {
  const longer = (['quarter', 'year'] as const)
    .map((kind) => periodOf(period.from, kind))
    .filter(({ key, from, to }) => handedIn.has(key) && from <= period.from && to >= period.to)
  const found = [period, ...longer].flatMap((whole) => [
    whole,
    ...(whole.kind === 'year' ? quartersIn(whole) : []),
    ...monthsIn(whole),
  ])
  return [...new Map(found.map((one) => [one.key, one])).values()].filter(({ key }) => key !== period.key)
}

/** The rule by which figures were hidden, for whoever checks them. */
export function ruleOf(threshold: number): DisclosureRule {
  return { ...defaultRule, threshold }
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

function joined(own: LinkedTables, period: Period, siblings: readonly Sibling[], group: GroupRule): LinkedTables {
  const parts = siblings.map(({ period: other, figures, shown }) => {
    const tables = tablesOf(figures, other, group)
    const already = shown ? printedOf(shown, group) : undefined
    return { prefix: other.key, tables: shown ? tables : unprinted(tables), already }
  })
  const all = [
    { prefix: 'this', tables: own, period },
    ...parts.map((part, at) => ({ ...part, period: siblings[at]?.period ?? period })),
  ]
  const sums = all.flatMap((whole) => {
    if (whole.period.kind === 'month') return []
    const shorter = (whole.period.kind === 'year' ? quartersIn(whole.period) : monthsIn(whole.period)).map(({ key }) =>
      all.find((each) => each.period.key === key),
    )
    if (shorter.some((part) => part === undefined)) return []
    // What a shorter period tells for the country only adds up for the country only.
    const told = new Set(
      shorter
        .flatMap((part) => (part ? [part.tables.cells.map(({ id }) => id)] : []))
        .reduce((a, b) => a.filter((id) => b.includes(id))),
    )
    const wholes = group.measures.flatMap((id) =>
      whole.tables.cells.filter((each) => each.id.startsWith(`${id}/`) && told.has(each.id)),
    )
    return wholes.map(({ id }) => ({
      whole: `${whole.prefix}:${id}`,
      parts: shorter.map((part) => `${part?.prefix}:${id}`),
    }))
  })
  return joinTables([{ prefix: 'this', tables: own }, ...parts], sums)
}

function quartersIn(year: Period): Period[] {
  return [1, 2, 3, 4].map((quarter) => periodOf(`${year.key}-${String(quarter * 3).padStart(2, '0')}-01`, 'quarter'))
}

function tablesOf(figures: Figures, period: Period, group: GroupRule): LinkedTables {
  const total = (key: CountId) => figures.values[key][everywhere] ?? 0
  if (group.additive && period.kind !== 'year') return nationalTables(group.measures, total, group.splits ?? [], [])
  const regions = Object.keys(figures.values.needsOffered).filter((place) => place !== everywhere)
  const measures = group.measures.map((key) => ({ key, byRegion: numbers(figures.values[key]) }))
  const tables = regionTables({ regions, measures, splits: group.splits ?? [] })
  const more = nationalTables(group.national ?? [], total, [], group.within ?? [])
  return { cells: [...tables.cells, ...more.cells], sums: [...tables.sums, ...more.sums] }
}

function nationalTables(
  ids: readonly CountId[],
  total: (id: CountId) => number,
  splits: readonly Sum[],
  within: readonly { whole: string; part: string }[],
): LinkedTables {
  const cells: CountCell[] = ids.map((id) => ({ id: cellId(id), count: total(id) }))
  const sums = splits.map(({ whole, parts }) => ({ whole: cellId(whole), parts: parts.map((part) => cellId(part)) }))
  for (const { whole, part } of within) {
    const rest = cellId(`${whole} without ${part}`)
    cells.push({ id: rest, count: total(whole as CountId) - total(part as CountId), role: 'implied' })
    sums.push({ whole: cellId(whole), parts: [cellId(part), rest] })
  }
  return { cells, sums }
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

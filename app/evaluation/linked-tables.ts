// Which counts hang together by sums, so that hiding one must reckon with all the others?

/**
 * One count. `figure` (the default) is printed unless hidden. `implied` is never printed but is a count of people all the same,
 * such as "needs not covered" where needs and covered needs are printed: it is guarded like a figure. `slack` is never printed
 * and nobody's count (an overlap): it only balances a sum. `already` says what an earlier publication did with the same count.
 */
export type CountCell = {
  id: string
  count: number
  role?: 'figure' | 'implied' | 'slack'
  already?: 'shown' | 'hidden' | undefined
}

/** `whole` is exactly the sum of `parts`; all are ids of cells. */
export type Sum = { whole: string; parts: readonly string[] }

export type LinkedTables = { cells: readonly CountCell[]; sums: readonly Sum[] }

/** One measure over the regions. With `total` a different number than the regions' sum, the same person may count in several regions. */
export type RegionMeasure = { key: string; byRegion: Readonly<Record<string, number>>; total?: number }

export type RegionTable = {
  regions: readonly string[]
  measures: readonly RegionMeasure[]
  /** Measures that are the sum of others in every region: needs = covered + uncovered; rows of a cross table likewise. */
  splits?: readonly Sum[]
  /** Measures that are part of another in every region, the rest of it not being printed: accepted assignments of all assignments. */
  within?: readonly { whole: string; part: string }[]
}

/** What an earlier or sibling publication printed: its number, or null where hidden. */
export type Published = ReadonlyMap<string, number | null>

const everywhere = 'all'

/** The id of a measure's count in a region; without a region, of its national total. */
export function cellId(measure: string, region: string = everywhere): string {
  return `${measure}/${region}`
}

/**
 * Measures by region as linked tables: every region's count, the national total of each measure, and all sums between them.
 * A region missing from `byRegion` counts 0. Throws where a sum does not hold: hiding would be computed on wrong figures.
 */
export function regionTables(table: RegionTable): LinkedTables {
  const counts = new Map<string, CountCell>()
  const sums: Sum[] = []
  for (const measure of table.measures) addMeasure(counts, sums, table.regions, measure)
  const places = [...table.regions, everywhere]
  for (const { whole, parts } of table.splits ?? []) {
    for (const place of places) {
      sums.push({ whole: cellId(whole, place), parts: parts.map((part) => cellId(part, place)) })
    }
  }
  for (const { whole, part } of table.within ?? []) {
    const rest = `${whole} without ${part}`
    const left = (place: string) => countOf(counts, cellId(whole, place)) - countOf(counts, cellId(part, place))
    for (const place of places) {
      counts.set(cellId(rest, place), { id: cellId(rest, place), count: left(place), role: 'implied' })
      sums.push({ whole: cellId(whole, place), parts: [cellId(part, place), cellId(rest, place)] })
    }
  }
  const tables = { cells: [...counts.values()], sums }
  assertSums(tables)
  return tables
}

/**
 * Several publications as one: ids become `prefix:id`, and `sums` (in the prefixed ids) says how they hang together, such as a
 * quarter's total being the sum of its months'. `already` is what was printed before and can be neither changed nor called back.
 */
export function joinTables(
  parts: readonly { prefix: string; tables: LinkedTables; already?: Published | undefined }[],
  sums: readonly Sum[],
): LinkedTables {
  const joined = { cells: [] as CountCell[], sums: [...sums] }
  for (const { prefix, tables, already } of parts) {
    const named = (id: string) => `${prefix}:${id}`
    for (const cell of tables.cells) {
      const before = already?.get(cell.id)
      const state = before === undefined ? cell.already : before === null ? 'hidden' : 'shown'
      joined.cells.push({ ...cell, id: named(cell.id), already: state })
    }
    for (const sum of tables.sums) joined.sums.push({ whole: named(sum.whole), parts: sum.parts.map(named) })
  }
  assertSums(joined)
  return joined
}

/** Throws unless every count is a whole number from 0 up, every id is there once, and every sum holds. */
export function assertSums(tables: LinkedTables): void {
  const counts = new Map(tables.cells.map((cell) => [cell.id, cell]))
  if (counts.size !== tables.cells.length) throw new Error('a cell is there twice')
  for (const { id, count } of tables.cells) {
    if (!Number.isInteger(count) || count < 0) throw new RangeError(`not a count: ${id}`)
  }
  for (const { whole, parts } of tables.sums) {
    if (new Set([whole, ...parts]).size !== parts.length + 1) throw new Error(`a cell is twice in the sum of ${whole}`)
    const total = parts.reduce((sum, part) => sum + countOf(counts, part), 0)
    if (total !== countOf(counts, whole)) throw new Error(`the parts of ${whole} do not add up`)
  }
}

function addMeasure(
  counts: Map<string, CountCell>,
  sums: Sum[],
  regions: readonly string[],
  measure: RegionMeasure,
): void {
  const put = (place: string, count: number, role: CountCell['role'] = 'figure') =>
    counts.set(cellId(measure.key, place), { id: cellId(measure.key, place), count, role })
  for (const region of regions) put(region, measure.byRegion[region] ?? 0)
  const parts = regions.map((region) => cellId(measure.key, region))
  const added = parts.reduce((sum, part) => sum + countOf(counts, part), 0)
  const total = measure.total ?? added
  put(everywhere, total)
  if (total === added) {
    sums.push({ whole: cellId(measure.key), parts })
    return
  }
  // One person counted in several regions: the regions add up to the people plus the overlap, and no region holds more than all.
  put('added', added, 'slack')
  put('overlap', added - total, 'slack')
  sums.push({ whole: cellId(measure.key, 'added'), parts })
  sums.push({ whole: cellId(measure.key, 'added'), parts: [cellId(measure.key), cellId(measure.key, 'overlap')] })
  for (const region of regions) {
    put(`not ${region}`, total - countOf(counts, cellId(measure.key, region)), 'slack')
    sums.push({
      whole: cellId(measure.key),
      parts: [cellId(measure.key, region), cellId(measure.key, `not ${region}`)],
    })
  }
}

function countOf(counts: ReadonlyMap<string, CountCell>, id: string): number {
  const cell = counts.get(id)
  if (!cell) throw new Error(`no such cell: ${id}`)
  return cell.count
}

// What can a reader work out about each hidden count, judged from what was printed and by other means than those that hid it?
import type { DisclosureRule } from './disclosure.ts'
import type { LinkedTables, Published } from './linked-tables.ts'

/** The least and greatest number a reader must think possible, both reached by a whole table that fits everything printed. */
export type Range = { low: number; high: number }

/** `open`: a small count was printed. `exact`: only one number is left. `narrow`: fewer than the rule demands. `unproved`: not settled. */
export type Finding = { id: string; problem: 'open' | 'exact' | 'narrow' | 'unproved'; range: Range | null }

type Bounds = { low: number[]; high: number[] }
type Reader = { bounds: Bounds; sums: number[][]; sumsOf: number[][]; hints: number[]; stepsLeft: number }

// How far above its least a count that nothing printed limits is tried: far beyond any width asked for.
const headroom = 40
const stepLimit = 200_000

/**
 * Everything wrong with a publication; empty when it may be printed. Knows only the tables, what was printed and the rule: it
 * shares no code with the hiding. The reader is taken to know the rule, and that a number that is not printed is not 0 unless
 * neither the whole it is part of nor any other part is printed, save parts that an earlier publication or a whole of 0 gives.
 */
export function auditDisclosure(tables: LinkedTables, published: Published, rule: DisclosureRule): Finding[] {
  const findings: Finding[] = []
  const hiddenZeros = zerosOfSmallWholes(tables, rule)
  for (const { id, count, role, already } of tables.cells) {
    if (role === 'slack' || already === 'shown') continue
    if (count >= rule.threshold || (count === 0 && !hiddenZeros.has(id))) continue
    if (published.get(id) != null) {
      findings.push({ id, problem: 'open', range: null })
      continue
    }
    const range = feasibleRange(tables, published, rule, id)
    if (!range) findings.push({ id, problem: 'unproved', range })
    else if (range.low === range.high) findings.push({ id, problem: 'exact', range })
    else if (range.high - range.low < rule.width) findings.push({ id, problem: 'narrow', range })
  }
  return findings
}

/**
 * The range of one unprinted count, by bounds propagation and exhaustive search over whole numbers (exact, no rounding); null when
 * the search limit is reached. Where nothing printed limits the count, `high` is `low` + 40: "at least so far".
 * Throws when nothing fits what was printed: then something false was printed.
 */
export function feasibleRange(
  tables: LinkedTables,
  published: Published,
  rule: DisclosureRule,
  id: string,
): Range | null {
  const reader = readerOf(tables, published, rule)
  const cell = tables.cells.findIndex((each) => each.id === id)
  if (!propagate(reader, reader.bounds, reader.sums.keys())) throw new Error('what was printed does not add up')
  const least = reader.bounds.low[cell] ?? 0
  const most = Math.min(reader.bounds.high[cell] ?? 0, least + headroom)
  const low = firstPossible(reader, cell, least, most, 1)
  const high = low === null ? null : firstPossible(reader, cell, most, low, -1)
  return low === null || high === null ? null : { low, high }
}

function zerosOfSmallWholes(tables: LinkedTables, rule: DisclosureRule): Set<string> {
  const counts = new Map(tables.cells.map((cell) => [cell.id, cell.count]))
  const guarded = new Set(
    tables.cells.filter((cell) => cell.count === 0 && rule.zeros === 'hidden').map((cell) => cell.id),
  )
  for (let size = -1; size !== guarded.size; ) {
    size = guarded.size
    const printed = new Set(tables.cells.filter((cell) => (cell.role ?? 'figure') === 'figure').map((cell) => cell.id))
    const empty = tables.sums.filter(
      ({ whole }) => printed.has(whole) && counts.get(whole) === 0 && !guarded.has(whole),
    )
    const plain = new Set(empty.flatMap((sum) => sum.parts))
    for (const { whole, parts } of tables.sums) {
      const count = counts.get(whole) ?? 0
      if (count >= rule.threshold || (count === 0 && !guarded.has(whole))) continue
      for (const part of parts) if (counts.get(part) === 0 && !plain.has(part)) guarded.add(part)
    }
  }
  return guarded
}

function readerOf(tables: LinkedTables, published: Published, rule: DisclosureRule): Reader {
  const index = new Map(tables.cells.map((cell, at) => [cell.id, at]))
  const at = (id: string) => index.get(id) ?? -1
  const silent = (id: string) => published.get(id) == null
  const known = new Set(tables.cells.filter((cell) => cell.already === 'shown').map((cell) => cell.id))
  for (const { whole, parts } of tables.sums) if (published.get(whole) === 0) for (const part of parts) known.add(part)
  const maybeZero = new Set<string>()
  for (const { whole, parts } of tables.sums) {
    if (silent(whole) && parts.every((part) => silent(part) || known.has(part)))
      for (const part of parts) maybeZero.add(part)
  }
  const floor = (id: string) => (!published.has(id) || rule.zeros === 'hidden' || maybeZero.has(id) ? 0 : 1)
  // A ceiling for what nothing limits; without one, bounds that contradict each other would climb for ever.
  const ceiling = Math.max(0, ...tables.cells.map((cell) => cell.count)) + 10 * headroom
  const sums = tables.sums.map(({ whole, parts }) => [at(whole), ...parts.map(at)])
  const sumsOf: number[][] = tables.cells.map(() => [])
  sums.forEach((cells, sum) => {
    for (const cell of cells) sumsOf[cell]?.push(sum)
  })
  return {
    bounds: {
      low: tables.cells.map((cell) => published.get(cell.id) ?? floor(cell.id)),
      high: tables.cells.map((cell) => published.get(cell.id) ?? ceiling),
    },
    sums,
    sumsOf,
    // Only the order of trying: a table that fits is looked for near the true one first. What is possible does not depend on it.
    hints: tables.cells.map((cell) => cell.count),
    stepsLeft: stepLimit,
  }
}

function firstPossible(reader: Reader, cell: number, from: number, to: number, way: 1 | -1): number | null {
  for (let value = from; way === 1 ? value <= to : value >= to; value += way) {
    const bounds = narrowed(reader, reader.bounds, cell, value, value)
    if (bounds && complete(reader, bounds)) return value
    if (reader.stepsLeft <= 0) return null
  }
  return null
}

// Depth-first: the unsettled count with the fewest choices is given each of them, nearest to its hint first.
function complete(reader: Reader, bounds: Bounds): boolean {
  reader.stepsLeft -= 1
  if (reader.stepsLeft <= 0) return false
  const { low, high } = bounds
  let pick = -1
  for (let cell = 0; cell < low.length; cell += 1) {
    const choices = (high[cell] as number) - (low[cell] as number)
    if (choices > 0 && (pick < 0 || choices < (high[pick] as number) - (low[pick] as number))) pick = cell
  }
  if (pick < 0) return true
  const [least, most] = [
    low[pick] as number,
    Math.min(high[pick] as number, Math.max(low[pick] as number, reader.hints[pick] as number) + headroom),
  ]
  const hint = Math.min(Math.max(reader.hints[pick] as number, least), most)
  for (let away = 0; hint - away >= least || hint + away <= most; away += 1) {
    for (const value of away === 0 ? [hint] : [hint - away, hint + away]) {
      if (value < least || value > most) continue
      const next = narrowed(reader, bounds, pick, value, value)
      if (next && complete(reader, next)) return true
      if (reader.stepsLeft <= 0) return false
    }
  }
  return false
}

function narrowed(reader: Reader, bounds: Bounds, cell: number, low: number, high: number): Bounds | null {
  const next = { low: [...bounds.low], high: [...bounds.high] }
  next.low[cell] = low
  next.high[cell] = high
  return propagate(reader, next, reader.sumsOf[cell] ?? []) ? next : null
}

// Every sum bounds its whole by its parts and each part by what the others leave over, until nothing gets narrower.
function propagate(reader: Reader, bounds: Bounds, first: Iterable<number>): boolean {
  const { low, high } = bounds
  const waiting = new Set(first)
  for (const sum of waiting) {
    waiting.delete(sum)
    const [whole = -1, ...parts] = reader.sums[sum] ?? []
    const least = parts.reduce((total, part) => total + (low[part] as number), 0)
    const most = parts.reduce((total, part) => total + (high[part] as number), 0)
    const changed = tighten(bounds, whole, least, most) ? [whole] : []
    for (const part of parts) {
      // Bounds from before this pass serve all parts alike: looser than need be, never wrong; the next pass tightens them.
      const othersLeast = least - (low[part] as number)
      const othersMost = most - (high[part] as number)
      if (tighten(bounds, part, (low[whole] as number) - othersMost, (high[whole] as number) - othersLeast))
        changed.push(part)
    }
    for (const cell of changed) {
      if ((low[cell] as number) > (high[cell] as number)) return false
      for (const other of reader.sumsOf[cell] ?? []) waiting.add(other)
    }
  }
  return true
}

function tighten(bounds: Bounds, cell: number, low: number, high: number): boolean {
  const [was, most] = [bounds.low[cell] as number, bounds.high[cell] as number]
  if (low > was) bounds.low[cell] = low
  if (high < most) bounds.high[cell] = high
  return low > was || high < most
}

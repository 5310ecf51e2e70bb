// Which counts must be hidden from those who may not see the rows, so that no small one can be read or worked out?
import { cheapestMove, type Move, type MoveSystem } from './disclosure-moves.ts'
import { assertSums, type CountCell, type LinkedTables, type Published } from './linked-tables.ts'

/**
 * `threshold`: counts from 1 to below it are hidden (rule R34, a setting, default 5).
 * `zeros`: 'shown' prints 0 ("nobody" points at no one), except as part of a whole that is itself under the threshold: there it
 * would tell which few people the whole is. 'hidden' treats every 0 as a small count.
 * `width`: how far apart the least and greatest number must be that a reader has to think possible for a guarded count; the
 * default 3 is as far as 1 is from 4, so the figures tell no more than the mark "under 5" itself would.
 */
export type DisclosureRule = { threshold: number; zeros: 'shown' | 'hidden'; width: number }

export const defaultRule: DisclosureRule = { threshold: 5, zeros: 'shown', width: 3 }

/** Why a count is hidden. For those who may see the rows only: printed, it would say which of the hidden counts are small. */
export type HiddenReason = 'small' | 'zero' | 'complement' | 'already'

/**
 * `published` holds every figure: its number, or null where hidden (one mark for every reason). `exposed` lists counts that earlier
 * publications already give away; it is empty unless cells are marked `already: 'shown'`, and then nothing of them is printed.
 */
export type Disclosure = {
  published: Published
  reasons: ReadonlyMap<string, HiddenReason>
  exposed: readonly string[]
}

type Reach = { width: number; above: number[]; below: number[]; touched: Set<number> }

type Work = {
  tables: LinkedTables
  rule: DisclosureRule
  index: ReadonlyMap<string, number>
  reasons: Map<string, HiddenReason>
  links: Pick<MoveSystem, 'sums' | 'sumsOf'>
  guarded: readonly CountCell[]
}

/**
 * Hides small counts and, beside them, the cheapest others (complementary suppression), until every guarded count could by the
 * printed figures be any of at least `width` + 1 numbers. Deterministic; the cells' order decides between equals.
 * Method: Fischetti and Salazar, Solving the Cell Suppression Problem on Tabular Data with Linear Constraints, Management Science
 * 47 (2001): instead of their integer programme, each guarded count gets its own witnesses by cheapest moves, and what later turns out
 * needless is printed again. Throws where the tables' sums do not hold.
 * Known limit: a reader who replays this very order of choices may settle some counts (0.8 % of the small counts in all lists of
 * four numbers up to 12); by the printed figures and the rule alone, none.
 */
export function disclose(tables: LinkedTables, rule: DisclosureRule = defaultRule): Disclosure {
  assertSums(tables)
  const work = prepare(tables, rule)
  const exposed = work.guarded.filter((cell) => !guard(work, cell)).map((cell) => cell.id)
  if (exposed.length === 0) giveBack(work)
  const figures = tables.cells.filter(isFigure)
  const published = new Map(figures.map((cell) => [cell.id, work.reasons.has(cell.id) ? null : cell.count]))
  return { published, reasons: work.reasons, exposed }
}

/** True where every count that a derived figure (a mean, a share, hours) rests on is printed: only then may it be printed too. */
export function isShown(published: Published, ...ids: readonly string[]): boolean {
  return ids.every((id) => typeof published.get(id) === 'number')
}

function prepare(tables: LinkedTables, rule: DisclosureRule): Work {
  const index = new Map(tables.cells.map((cell, at) => [cell.id, at]))
  const reasons = smallOnes(tables, rule)
  const small = (cell: CountCell) =>
    cell.count < rule.threshold && (cell.count > 0 || reasons.has(cell.id) || rule.zeros === 'hidden')
  const guarded = tables.cells.filter((cell) => cell.role !== 'slack' && cell.already !== 'shown' && small(cell))
  for (const cell of tables.cells) if (!isFigure(cell)) reasons.delete(cell.id)
  const at = (id: string) => index.get(id) as number
  const sums = tables.sums.map(({ whole, parts }) => [
    { cell: at(whole), sign: -1 as const },
    ...parts.map((part) => ({ cell: at(part), sign: 1 as const })),
  ])
  const sumsOf: { sum: number; sign: 1 | -1 }[][] = tables.cells.map(() => [])
  sums.forEach((cells, sum) => {
    for (const { cell, sign } of cells) sumsOf[cell]?.push({ sum, sign })
  })
  return { tables, rule, index, reasons, links: { sums, sumsOf }, guarded }
}

function smallOnes(tables: LinkedTables, rule: DisclosureRule): Map<string, HiddenReason> {
  const reasons = new Map<string, HiddenReason>()
  for (const { id, count, already } of tables.cells) {
    const small = count < rule.threshold && (count > 0 || rule.zeros === 'hidden')
    if (already === 'hidden') reasons.set(id, 'already')
    else if (small && already !== 'shown') reasons.set(id, 'small')
  }
  // A zero beside a small whole tells who the few are not; a hidden zero is itself the whole of its own parts. Where a whole
  // is printed as 0, its parts are 0 for every reader, and hiding them would only pretend.
  const cells = new Map(tables.cells.map((cell) => [cell.id, cell]))
  const countOf = (id: string) => cells.get(id)?.count ?? 0
  for (let before = -1; before !== reasons.size; ) {
    before = reasons.size
    const plain = plainZeros(tables, (cell) => isFigure(cell) && !reasons.has(cell.id))
    for (const { whole, parts } of tables.sums) {
      if (!reasons.has(whole) || countOf(whole) >= rule.threshold) continue
      for (const part of parts) {
        const hideable = countOf(part) === 0 && cells.get(part)?.already !== 'shown' && !plain.has(part)
        if (hideable && !reasons.has(part)) reasons.set(part, 'zero')
      }
    }
  }
  return reasons
}

function isFigure(cell: CountCell): boolean {
  return (cell.role ?? 'figure') === 'figure'
}

function plainZeros(tables: LinkedTables, printed: (cell: CountCell) => boolean): Set<string> {
  const empty = new Set(tables.cells.filter((cell) => cell.count === 0 && printed(cell)).map((cell) => cell.id))
  return new Set(tables.sums.filter(({ whole }) => empty.has(whole)).flatMap(({ parts }) => parts))
}

function systemOf(work: Work): MoveSystem {
  const { tables, rule, reasons } = work
  const unprinted = (cell: CountCell) => !isFigure(cell) || reasons.has(cell.id)
  const wholes = new Map<string, number>()
  for (const { whole } of tables.sums) wholes.set(whole, (wholes.get(whole) ?? 0) + 1)
  const price = (cell: CountCell) => 100 + Math.min(cell.count, 99) + 400 * (wholes.get(cell.id) ?? 0)
  const fixed = (cell: CountCell) => cell.already === 'shown' || cell.count === 0
  const cost = tables.cells.map((cell) => (unprinted(cell) ? 0 : fixed(cell) ? Infinity : price(cell)))
  const floor: number[] = tables.cells.map((cell) =>
    (cell.role ?? 'figure') === 'figure' && rule.zeros === 'shown' ? 1 : 0,
  )
  // Where neither the whole nor any part is printed (but for plain zeros), the whole may be small, and then a hidden part may be 0.
  const plain = plainZeros(tables, (cell) => !unprinted(cell))
  for (const { whole, parts } of tables.sums) {
    const ids = [whole, ...parts].map((id) => work.index.get(id) as number)
    const silent = ids.every((at) => {
      const cell = tables.cells[at] as CountCell
      return cost[at] === 0 || cell.already === 'shown' || plain.has(cell.id)
    })
    if (silent && cost[ids[0] as number] === 0) for (const at of ids.slice(1)) floor[at] = 0
  }
  return { ...work.links, cost, floor }
}

// How far a count can be moved up and down with what is hidden now, the tables at both ends, and which cells that needed.
function reach(work: Work, system: MoveSystem, cell: number): Reach {
  const above = work.tables.cells.map((each) => each.count)
  const below = [...above]
  const touched = new Set<number>()
  const up = drive(system, above, cell, 1, work.rule.width, touched)
  return { width: up + drive(system, below, cell, -1, work.rule.width - up, touched), above, below, touched }
}

function drive(
  system: MoveSystem,
  at: number[],
  cell: number,
  way: 1 | -1,
  wanted: number,
  touched: Set<number>,
): number {
  let gained = 0
  while (gained < wanted) {
    const move = cheapestMove(system, at, cell, way, 0)
    if (!move) break
    for (const step of move.steps.keys()) touched.add(step)
    gained += apply(at, move, wanted - gained)
  }
  return gained
}

function apply(at: number[], move: Move, wanted: number): number {
  const times = Math.min(move.room, wanted)
  for (const [cell, way] of move.steps) at[cell] = (at[cell] ?? 0) + way * times
  return times
}

// Above the price of any cell, below Infinity: whatever may be hidden at all.
const dearest = 1e9

/** Hides what it takes to guard one count; false when even hiding all that hangs together with it is not enough. */
function guard(work: Work, cell: CountCell): boolean {
  const at = work.index.get(cell.id) as number
  for (;;) {
    const system = systemOf(work)
    const reached = reach(work, system, at)
    if (reached.width >= work.rule.width) return true
    const ways = [
      cheapestMove(system, reached.above, at, 1, dearest),
      cheapestMove(system, reached.below, at, -1, dearest),
    ]
    const move = ways.filter((way) => way !== null).sort((a, b) => a.cost - b.cost)[0]
    const fresh = (move && hide(work, [...move.steps.keys()])) || hide(work, connected(work, at))
    if (!fresh) return false
  }
}

function hide(work: Work, indexes: readonly number[]): boolean {
  const before = work.reasons.size
  for (const at of indexes) {
    const cell = work.tables.cells[at] as CountCell
    const free = isFigure(cell) && cell.already !== 'shown' && cell.count > 0
    if (free && !work.reasons.has(cell.id)) work.reasons.set(cell.id, 'complement')
  }
  return work.reasons.size > before
}

function connected(work: Work, start: number): number[] {
  const found = new Set([start])
  for (const cell of found) {
    for (const { sum } of work.links.sumsOf[cell] ?? [])
      for (const other of work.links.sums[sum] ?? []) found.add(other.cell)
  }
  return [...found]
}

/** Prints again, dearest first, each complement without which every guarded count is still guarded. */
function giveBack(work: Work): void {
  const guarded = work.guarded.map((cell) => work.index.get(cell.id) as number)
  let system = systemOf(work)
  const proofs = new Map(guarded.map((cell) => [cell, reach(work, system, cell)]))
  const { cost } = systemOf({ ...work, reasons: new Map() })
  const price = (id: string) => cost[work.index.get(id) as number] ?? 0
  const complements = [...work.reasons].filter(([, reason]) => reason === 'complement').map(([id]) => id)
  for (const id of complements.sort((a, b) => price(b) - price(a))) {
    work.reasons.delete(id)
    const next = systemOf(work)
    const sameFloors = next.floor.every((floor, cell) => floor === system.floor[cell])
    // A proof that never touched this cell stands, as long as no floor rose.
    const shaken = guarded.filter((cell) => !sameFloors || proofs.get(cell)?.touched.has(work.index.get(id) as number))
    const renewed = shaken.map((cell) => [cell, reach(work, next, cell)] as const)
    if (renewed.every(([, proof]) => proof.width >= work.rule.width)) {
      for (const [cell, proof] of renewed) proofs.set(cell, proof)
      system = next
    } else work.reasons.set(id, 'complement')
  }
}

// By which cheapest change of several counts at once could a hidden count be another, with every printed sum still right?

/**
 * Linked counts by index. `sums[s]` lists the cells of a sum with sign: the whole −1, each part +1, so that they add up to 0.
 * `cost[i]` is 0 for what is not printed, the price of hiding it for what could be hidden, Infinity for what must stay.
 * `floor[i]` is the least number a reader must think possible for an unprinted cell.
 */
export type MoveSystem = {
  sums: readonly (readonly SignedCell[])[]
  sumsOf: readonly (readonly SignedSum[])[]
  cost: readonly number[]
  floor: readonly number[]
}
export type SignedCell = { cell: number; sign: 1 | -1 }
export type SignedSum = { sum: number; sign: 1 | -1 }

/** A change that keeps every sum: each touched cell goes up or down by one, at most `room` times over. */
export type Move = { steps: ReadonlyMap<number, 1 | -1>; room: number; cost: number }

// A chain of changed cells and the sums still unbalanced, each as one number: 64 · sum + 32 + what is left over.
type State = { cost: number; order: number; cell: number; way: 1 | -1; before: State | null; open: readonly number[] }

// Enough for any change of up to about eight counts in fifteen regions; beyond it the caller hides the whole table instead.
const searchLimit = 6000

/**
 * The cheapest move that takes `cell` in `direction` from the counts `at`, touching only cells of cost ≤ `dearest`.
 * Null when there is none within the search limit. Best-first search: a change unbalances the cell's sums, the first unbalanced
 * sum is righted by every other cell of it in turn, until none is left (shortest cycle, as in cell suppression by network flow).
 */
export function cheapestMove(
  system: MoveSystem,
  at: readonly number[],
  cell: number,
  direction: 1 | -1,
  dearest: number,
): Move | null {
  if (!mayStep(system, at, cell, direction, dearest)) return null
  const heap: State[] = []
  const best = new Map<string, number>()
  const reach = (before: State | null, next: number, way: 1 | -1) => {
    const open = opened(system, before?.open ?? [], next, way)
    // One thousandth per cell touched: of equally dear moves the shortest is taken.
    const cost = (before?.cost ?? 0) + (system.cost[next] ?? 0) + 0.001
    const key = open.join()
    if ((best.get(key) ?? Infinity) <= cost) return
    best.set(key, cost)
    push(heap, { cost, order: best.size, cell: next, way, before, open })
  }
  reach(null, cell, direction)
  for (let tries = 0; tries < searchLimit; tries += 1) {
    const state = pop(heap)
    if (!state) return null
    const broken = narrowest(system, state.open)
    if (broken === undefined) return moveOf(system, at, state)
    const over = (broken % 64) - 32
    for (const { cell: other, sign } of system.sums[(broken - (broken % 64)) / 64] ?? []) {
      const way = over > 0 === sign > 0 ? -1 : 1
      if (mayStep(system, at, other, way, dearest) && !touches(state, other)) reach(state, other, way)
    }
  }
  return null
}

function mayStep(system: MoveSystem, at: readonly number[], cell: number, way: 1 | -1, dearest: number): boolean {
  if ((system.cost[cell] ?? Infinity) > dearest) return false
  return way === 1 || (at[cell] ?? 0) > (system.floor[cell] ?? 0)
}

// The unbalanced sum with the fewest ways to right it keeps the search small.
function narrowest(system: MoveSystem, open: readonly number[]): number | undefined {
  const size = (each: number) => system.sums[(each - (each % 64)) / 64]?.length ?? 0
  return open.reduce<number | undefined>((a, b) => (a === undefined || size(b) < size(a) ? b : a), undefined)
}

function touches(state: State, cell: number): boolean {
  for (let each: State | null = state; each; each = each.before) if (each.cell === cell) return true
  return false
}

function opened(system: MoveSystem, open: readonly number[], cell: number, way: 1 | -1): readonly number[] {
  const next = [...open]
  for (const { sum, sign } of system.sumsOf[cell] ?? []) {
    const at = next.findIndex((each) => each - (each % 64) === sum * 64)
    const left = (at < 0 ? 32 : (next[at] as number) % 64) + sign * way
    if (at >= 0) next.splice(at, 1)
    if (left !== 32) next.push(sum * 64 + left)
  }
  return next.sort((a, b) => a - b)
}

function moveOf(system: MoveSystem, at: readonly number[], last: State): Move {
  const steps = new Map<number, 1 | -1>()
  let room = Infinity
  for (let each: State | null = last; each; each = each.before) {
    steps.set(each.cell, each.way)
    if (each.way === -1) room = Math.min(room, (at[each.cell] ?? 0) - (system.floor[each.cell] ?? 0))
  }
  return { steps, room, cost: last.cost }
}

// A binary heap by cost, then by the order of arrival, so that the same input always gives the same answer.
function before(a: State, b: State): boolean {
  return a.cost === b.cost ? a.order < b.order : a.cost < b.cost
}

function push(heap: State[], state: State): void {
  heap.push(state)
  let at = heap.length - 1
  while (at > 0) {
    const up = (at - 1) >> 1
    const parent = heap[up] as State
    if (!before(state, parent)) break
    heap[at] = parent
    at = up
  }
  heap[at] = state
}

function pop(heap: State[]): State | undefined {
  const top = heap[0]
  const last = heap.pop()
  if (!last || heap.length === 0) return top
  let at = 0
  for (;;) {
    const left = 2 * at + 1
    const right = left + 1
    if (left >= heap.length) break
    const child = right < heap.length && before(heap[right] as State, heap[left] as State) ? right : left
    if (before(last, heap[child] as State)) break
    heap[at] = heap[child] as State
    at = child
  }
  heap[at] = last
  return top
}

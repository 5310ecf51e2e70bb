// Which volunteer takes which need, so that most needs are covered and, of all such ways, the cost is least?
import { flatten, type Problem, type Solution } from './instance.ts'

// Successive shortest augmenting paths with prices (Jonker & Volgenant 1987 for assignment; Ahuja, Magnanti & Orlin,
// Network Flows, 1993, ch. 9 for costs that grow with each further place). Costs are not one number but a row of them
// compared from the left. Rows are added and compared like numbers, so method and proof hold unchanged; nothing is
// weighted, hence nothing overflows and no lesser goal can buy a greater one. A row is `size` numbers in a flat array;
// the first counts uncovered needs, so covering most comes first.
type State = ReturnType<typeof prepare>
type Volunteers = Problem['volunteers'][number][]
type End = { volunteer: number; evicted: number }

/**
 * The best assignment: most needs covered first, then the least cost, level by level. Exact, and the same whatever the
 * order of the input (all is taken by id). Ids must be unique and known, as `readInstance` makes sure.
 */
export function solve(problem: Problem): Solution {
  const needs = problem.needs.map((need) => need.id).sort()
  const volunteers = [...problem.volunteers].sort((a, b) => (a.id < b.id ? -1 : 1))
  const state = prepare(problem, needs, volunteers)
  for (let need = 0; need < needs.length; need++) {
    const end = search(state, need)
    raisePrices(state, need)
    augment(state, need, end)
  }
  return report(state, needs, volunteers)
}

function prepare(problem: Problem, needs: string[], volunteers: Volunteers) {
  const [size, count] = [problem.levels + 1, volunteers.length]
  const places = volunteers.map((volunteer) => Float64Array.from(volunteer.places.flatMap((place) => [0, ...place])))
  const placePrice = new Float64Array(count * size)
  for (const [at, own] of places.entries()) {
    // Who has no place is priced like leaving a need uncovered, so that nobody looks there.
    if (own.length === 0) placePrice[at * size] = 1
    else placePrice.set(own.subarray(0, size), at * size)
  }
  return {
    ...flatten(problem, needs, volunteers),
    size,
    places,
    placePrice,
    needWorth: new Float64Array(needs.length * size),
    taker: new Int32Array(needs.length).fill(-1), // need → volunteer or -1
    held: volunteers.map((): number[] => []), // volunteer → needs
    distance: new Float64Array(count * size),
    reachedBy: new Int32Array(count).fill(-1), // volunteer → the need that led to it
    spot: new Int32Array(count).fill(-1), // volunteer → its place in the heap; -1 unseen, -2 done
    heap: [] as number[],
    touched: [] as number[],
    limit: new Float64Array(size), // the cheapest way found so far to settle the need being placed
    row: new Float64Array(size),
    offset: new Float64Array(size),
  }
}

/** Dijkstra from one new need to the cheapest end: a free place, or leaving some need (perhaps itself) uncovered. */
function search(state: State, need: number): End {
  const { size, heap, touched, limit, offset, distance, needWorth, held } = state
  for (const volunteer of touched) state.spot[volunteer] = -1
  heap.length = touched.length = 0
  limit.fill(0)
  limit[0] = 1
  offset.fill(0)
  relax(state, need)
  let end: End = { volunteer: -1, evicted: need }
  for (let volunteer = heap[0]; volunteer !== undefined; volunteer = heap[0]) {
    if (!less(distance, volunteer * size, limit, 0, size)) break
    takeFirst(state)
    if (freePlace(state, volunteer)) end = { volunteer, evicted: -1 }
    for (const other of held[volunteer] as number[]) {
      for (let k = 0; k < size; k++)
        offset[k] = (distance[volunteer * size + k] as number) - (needWorth[other * size + k] as number)
      if (uncovered(state)) end = { volunteer, evicted: other }
      relax(state, other)
    }
  }
  return end
}

/** True where ending at this volunteer's next free place is the cheapest end yet; then it is the new limit. */
function freePlace(state: State, volunteer: number): boolean {
  const { size, row, distance, placePrice } = state
  const own = state.places[volunteer] as Float64Array
  const at = (state.held[volunteer] as number[]).length * size
  if (at >= own.length) return false
  for (let k = 0; k < size; k++) {
    const slack = (own[at + k] as number) - (placePrice[volunteer * size + k] as number)
    row[k] = (distance[volunteer * size + k] as number) + slack
  }
  return lowered(state)
}

/** True where leaving the need behind `offset` uncovered is the cheapest end yet. */
function uncovered(state: State): boolean {
  state.row.set(state.offset)
  state.row[0] = (state.row[0] as number) + 1
  return lowered(state)
}

function lowered(state: State): boolean {
  if (!less(state.row, 0, state.limit, 0, state.size)) return false
  state.limit.set(state.row)
  return true
}

/** Looks at every pair of a need; `offset` is the distance to the need less its worth. */
function relax(state: State, need: number): void {
  const { size, start, to, pairCost, placePrice, offset, row, distance, limit, spot } = state
  const last = start[need + 1] as number
  for (let pair = start[need] as number; pair < last; pair++) {
    const volunteer = to[pair] as number
    if (spot[volunteer] === -2) continue
    for (let k = 0; k < size; k++)
      row[k] =
        (offset[k] as number) + (pairCost[pair * size + k] as number) + (placePrice[volunteer * size + k] as number)
    if (!less(row, 0, limit, 0, size)) continue
    if (spot[volunteer] !== -1 && !less(row, 0, distance, volunteer * size, size)) continue
    distance.set(row, volunteer * size)
    state.reachedBy[volunteer] = need
    lift(state, volunteer)
  }
}

/** Keeps the duals feasible and every used pair tight: whoever was passed on the way became scarcer by the rest of it. */
function raisePrices(state: State, need: number): void {
  const { size, limit, distance, placePrice, needWorth } = state
  for (const volunteer of state.touched) {
    if (state.spot[volunteer] !== -2) continue
    for (let k = 0; k < size; k++) {
      const rise = (limit[k] as number) - (distance[volunteer * size + k] as number)
      placePrice[volunteer * size + k] = (placePrice[volunteer * size + k] as number) + rise
      for (const other of state.held[volunteer] as number[])
        needWorth[other * size + k] = (needWorth[other * size + k] as number) + rise
    }
  }
  needWorth.set(limit, need * size)
}

/** Moves every need on the path found one volunteer along. */
function augment(state: State, need: number, end: End): void {
  const { taker, held, reachedBy } = state
  if (end.evicted === need) return
  let volunteer = end.volunteer
  if (end.evicted >= 0) leave(state, end.evicted)
  for (;;) {
    const mover = reachedBy[volunteer] as number
    const before = taker[mover] as number
    if (mover !== need) leave(state, mover)
    taker[mover] = volunteer
    ;(held[volunteer] as number[]).push(mover)
    if (mover === need) return
    volunteer = before
  }
}

function leave(state: State, need: number): void {
  const volunteer = state.taker[need] as number
  const own = state.held[volunteer] as number[]
  own.splice(own.indexOf(need), 1)
  state.taker[need] = -1
}

/** True where row a comes before row b. */
function less(a: Float64Array, aAt: number, b: Float64Array, bAt: number, size: number): boolean {
  for (let k = 0; k < size; k++) {
    const difference = (a[aAt + k] as number) - (b[bAt + k] as number)
    if (difference !== 0) return difference < 0
  }
  return false
}

/** Puts a volunteer, whose distance has just fallen, in her place in the heap. */
function lift(state: State, volunteer: number): void {
  const { heap, spot, distance, size } = state
  if (spot[volunteer] === -1) state.touched.push(volunteer)
  let at = spot[volunteer] === -1 ? heap.push(volunteer) - 1 : (spot[volunteer] as number)
  while (at > 0) {
    const parent = heap[(at - 1) >> 1] as number
    if (!less(distance, volunteer * size, distance, parent * size, size)) break
    heap[at] = parent
    spot[parent] = at
    at = (at - 1) >> 1
  }
  heap[at] = volunteer
  spot[volunteer] = at
}

function takeFirst(state: State): void {
  const { heap, spot, distance, size } = state
  spot[heap[0] as number] = -2
  const last = heap.pop() as number
  if (heap.length === 0) return
  let at = 0
  for (let child = 1; child < heap.length; child = 2 * at + 1) {
    const [left, right] = [heap[child] as number, heap[child + 1]]
    if (right !== undefined && less(distance, right * size, distance, left * size, size)) child++
    const nearer = heap[child] as number
    if (!less(distance, nearer * size, distance, last * size, size)) break
    heap[at] = nearer
    spot[nearer] = at
    at = child
  }
  heap[at] = last
  spot[last] = at
}

function report(state: State, needs: string[], volunteers: Volunteers): Solution {
  const { size, taker, start, to, needWorth, placePrice } = state
  const cost = new Array<number>(size).fill(0)
  const bound = new Array<number>(size).fill(0)
  const assigned: Solution['assigned'] = []
  for (const [at, need] of needs.entries()) {
    add(bound, needWorth, at * size, 1)
    const taken = volunteers[taker[at] as number]
    if (!taken) continue
    assigned.push({ need, volunteer: taken.id })
    const first = start[at] as number
    add(cost, state.pairCost, (first + to.subarray(first, start[at + 1]).indexOf(taker[at] as number)) * size, 1)
  }
  for (const [at, own] of state.places.entries()) {
    const used = (state.held[at] as number[]).length * size
    for (let place = 0; place < own.length; place += size) {
      if (place < used) add(cost, own, place, 1)
      if (!less(own, place, placePrice, at * size, size)) continue
      add(bound, own, place, 1)
      add(bound, placePrice, at * size, -1)
    }
  }
  const uncovered = needs.filter((_, at) => (taker[at] as number) < 0)
  cost[0] = uncovered.length
  const values = (all: Float64Array, at: number) => Array.from(all.subarray(at * size, at * size + size))
  const duals = {
    needs: needs.map((id, at) => ({ id, value: values(needWorth, at) })),
    volunteers: volunteers.map(({ id }, at) => ({ id, value: values(placePrice, at) })),
  }
  return { assigned, uncovered, cost, bound, duals }
}

function add(sum: number[], values: Float64Array, from: number, sign: 1 | -1): void {
  for (let k = 0; k < sum.length; k++) sum[k] = (sum[k] as number) + sign * (values[from + k] as number)
}

// Is a proposed matching really allowed and really the best, whoever computed it?
import type { Cost, Dual, Problem, Solution } from './instance.ts'

export type Violation = {
  code:
    | 'problem' // the places of a volunteer get cheaper, or a cost is no whole number ≥ 0
    | 'unknown' // a need or volunteer that the problem does not have
    | 'twice' // a need is named more than once
    | 'missing' // a need is neither assigned nor uncovered
    | 'notAPair' // the two may not be brought together
    | 'overfull' // a volunteer has more needs than places
    | 'cost' // the stated cost is not the cost of the assignment
    | 'dual' // a dual value is missing, unknown, doubled or not exact
    | 'dualUncovered' // a need is said to be worth more than leaving it uncovered costs
    | 'dualPair' // a need is said to be worth more than one of its pairs costs
    | 'bound' // the stated bound is not what the dual values give
    | 'gap' // the bound is below the cost: not proven to be the best
  at: string
}

/**
 * Checks a solution by weak duality, with no knowledge of how it was found. For worths u of needs and prices v of
 * volunteers with u ≤ (1, 0, …) and u ≤ v + cost of each pair, every assignment costs at least
 * Σ u − Σ over volunteers and their places of max(0, v − cost of the place); rows are compared from the left, for which
 * the inequality holds as for numbers. A solution that reaches this bound is the best: no other covers more needs, and
 * none that covers as many is cheaper. (Duality of the assignment problem: Kuhn 1955.) Returns every violation; none = proven.
 */
export function check(problem: Problem, solution: Solution): Violation[] {
  const bad: Violation[] = []
  wellFormed(problem, bad)
  const value = primal(problem, solution, bad)
  if (!same(value, solution.cost)) bad.push({ code: 'cost', at: solution.cost.join(' ') })
  const bound = dual(problem, solution, bad)
  if (!same(bound, solution.bound)) bad.push({ code: 'bound', at: solution.bound.join(' ') })
  if (!same(bound, value)) bad.push({ code: 'gap', at: `${value.join(' ')} > ${bound.join(' ')}` })
  return bad
}

function wellFormed(problem: Problem, bad: Violation[]): void {
  const whole = (cost: Cost) => cost.length === problem.levels && cost.every((x) => Number.isSafeInteger(x) && x >= 0)
  for (const { id, places } of problem.volunteers) {
    for (const [at, place] of places.entries()) {
      if (!whole(place) || order(places[at - 1] ?? place, place) > 0) bad.push({ code: 'problem', at: `${id} ${at}` })
    }
  }
  for (const pair of problem.pairs)
    if (!whole(pair.cost)) bad.push({ code: 'problem', at: `${pair.need} ${pair.volunteer}` })
}

function primal(problem: Problem, solution: Solution, bad: Violation[]): number[] {
  const open = new Set(problem.needs.map((need) => need.id))
  const costs = new Map(problem.pairs.map((pair) => [key(pair.need, pair.volunteer), pair.cost]))
  const used = new Map(problem.volunteers.map((volunteer) => [volunteer.id, 0]))
  const known = new Set(open)
  const settle = (need: string) => {
    if (!open.delete(need)) bad.push({ code: known.has(need) ? 'twice' : 'unknown', at: need })
  }
  const sum = zero(problem)
  for (const { need, volunteer } of solution.assigned) {
    settle(need)
    if (!used.has(volunteer)) bad.push({ code: 'unknown', at: volunteer })
    used.set(volunteer, (used.get(volunteer) ?? 0) + 1)
    const cost = costs.get(key(need, volunteer))
    if (cost) add(sum, [0, ...cost], 1)
    else bad.push({ code: 'notAPair', at: key(need, volunteer) })
  }
  for (const need of solution.uncovered) settle(need)
  add(sum, [solution.uncovered.length, ...zero(problem).slice(1)], 1)
  for (const need of open) bad.push({ code: 'missing', at: need })
  for (const { id, places } of problem.volunteers) {
    const cases = used.get(id) ?? 0
    if (cases > places.length) bad.push({ code: 'overfull', at: id })
    for (const place of places.slice(0, cases)) add(sum, [0, ...place], 1)
  }
  return sum
}

function dual(problem: Problem, solution: Solution, bad: Violation[]): number[] {
  const worth = values(problem, problem.needs, solution.duals.needs, bad)
  const price = values(problem, problem.volunteers, solution.duals.volunteers, bad)
  const none = zero(problem)
  const most = [1, ...none.slice(1)]
  const sum = zero(problem)
  for (const { id } of problem.needs) {
    const own = worth.get(id) ?? none
    if (order(own, most) > 0) bad.push({ code: 'dualUncovered', at: id })
    add(sum, own, 1)
  }
  for (const { need, volunteer, cost } of problem.pairs) {
    const most = [...(price.get(volunteer) ?? none)]
    add(most, [0, ...cost], 1)
    if (order(worth.get(need) ?? none, most) > 0) bad.push({ code: 'dualPair', at: key(need, volunteer) })
  }
  for (const { id, places } of problem.volunteers) {
    const own = price.get(id) ?? none
    for (const place of places) {
      const profit = [...own]
      add(profit, [0, ...place], -1)
      if (order(profit, none) > 0) add(sum, profit, -1)
    }
  }
  if (!sum.every(Number.isSafeInteger)) bad.push({ code: 'dual', at: sum.join(' ') })
  return sum
}

/** The dual values by id: exactly one row of exact integers for each of `rows`. */
function values(problem: Problem, rows: readonly { id: string }[], duals: readonly Dual[], bad: Violation[]) {
  const expected = new Set(rows.map((row) => row.id))
  const found = new Map<string, Cost>()
  for (const { id, value } of duals) {
    const exact = value.length === problem.levels + 1 && value.every((x) => Number.isSafeInteger(x))
    if (exact && expected.delete(id)) found.set(id, value)
    else bad.push({ code: 'dual', at: id })
  }
  for (const id of expected) bad.push({ code: 'dual', at: id })
  return found
}

function zero(problem: Problem): number[] {
  return new Array<number>(problem.levels + 1).fill(0)
}

function add(sum: number[], row: Cost, sign: 1 | -1): void {
  for (let k = 0; k < sum.length; k++) sum[k] = (sum[k] as number) + sign * (row[k] ?? 0)
}

/** Below 0 where a comes before b, 0 where they are the same, above 0 where it comes after. */
function order(a: Cost, b: Cost): number {
  for (const [k, x] of a.entries()) if (x !== b[k]) return x - (b[k] ?? 0)
  return 0
}

function same(a: Cost, b: Cost): boolean {
  return a.length === b.length && order(a, b) === 0
}

function key(need: string, volunteer: string): string {
  return JSON.stringify([need, volunteer])
}

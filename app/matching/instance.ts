// What is a matching problem in plain numbers, and is the one brought from outside well-formed?
import { z } from 'zod'
import type { Args, Key } from '../i18n/i18n.ts'

/** Integers, one per goal, compared from the left: a difference in an earlier number outweighs every later one. */
export type Cost = readonly number[]

/**
 * Needs × volunteers. `places` of a volunteer: the cost of her first, second, … further case, never falling; as many as
 * she may take. `cost` of a pair and of a place has `levels` numbers, each a whole number ≥ 0.
 */
export type Problem = {
  levels: number
  needs: readonly { id: string }[]
  volunteers: readonly { id: string; places: readonly Cost[] }[]
  pairs: readonly Pair[]
}
export type Pair = { need: string; volunteer: string; cost: Cost }

/** A dual value: what one need is worth, or what one place of a volunteer costs, once everybody competes for it. */
export type Dual = { id: string; value: Cost }

/**
 * `cost` and `bound` have `levels + 1` numbers: the number of uncovered needs, then the sum per goal over assigned pairs
 * and used places. `bound` is what no assignment can beat, computed from the duals alone; bound = cost proves the best.
 */
export type Solution = {
  assigned: { need: string; volunteer: string }[]
  uncovered: string[]
  cost: Cost
  bound: Cost
  duals: { needs: Dual[]; volunteers: Dual[] }
}

/** Half of half of the greatest exact integer: sums and differences of prices up to this stay exact. */
export const maxTotal = 2 ** 51
const maxRows = 200_000
const maxPairs = 5_000_000

const id = z.union([z.string('id').min(1, 'id').max(200, 'id'), z.int('id')], 'id')
const capacity = z.int('capacity').min(0, 'capacity')
const cost = z.int('cost').min(0, 'cost').max(maxTotal, 'cost')
const list = <T extends z.ZodType>(item: T, max: number) => z.array(item, 'list').max(max, 'tooMany')

/** The instance of the command line: ids are words or whole numbers, capacity and cost whole numbers ≥ 0. */
export const Instance = z.object(
  {
    needs: list(z.object({ id }, 'object'), maxRows),
    volunteers: list(z.object({ id, capacity }, 'object'), maxRows),
    pairs: list(z.object({ need: id, volunteer: id, cost }, 'object'), maxPairs),
  },
  'object',
)
export type Instance = z.infer<typeof Instance>

const codes = ['id', 'capacity', 'cost', 'list', 'object', 'tooMany'] as const
type Code = (typeof codes)[number]

/** What is wrong with an instance, as a sentence that can be said in any language; `at` is the place, as in `pairs[3].cost`. */
export type Fault = { key: Key; args: Args }

/** Reads an instance: either it, or every fault found (shape first; references only once the shape is right). */
export function readInstance(value: unknown): { instance: Instance } | { faults: Fault[] } {
  const read = Instance.safeParse(value)
  if (!read.success) return { faults: read.error.issues.map(shapeFault) }
  const faults = [...references(read.data), ...magnitude(read.data)]
  return faults.length > 0 ? { faults } : { instance: read.data }
}

function shapeFault(issue: { message: string; path: PropertyKey[] }): Fault {
  const code: Code = codes.find((known) => known === issue.message) ?? 'object'
  return { key: `matching.instance.${code}`, args: { at: placeOf(issue.path), max: maxTotal } }
}

function placeOf(path: PropertyKey[]): string {
  const text = path.map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`)).join('')
  return text.replace(/^\./, '') || 'JSON'
}

function references(instance: Instance): Fault[] {
  const faults: Fault[] = []
  const needs = unique(instance.needs, 'needs', faults)
  const volunteers = unique(instance.volunteers, 'volunteers', faults)
  const seen = new Set<string>()
  for (const [at, pair] of instance.pairs.entries()) {
    const need = String(pair.need)
    const volunteer = String(pair.volunteer)
    if (!needs.has(need)) faults.push(fault('unknownNeed', `pairs[${at}].need`, need))
    if (!volunteers.has(volunteer)) faults.push(fault('unknownVolunteer', `pairs[${at}].volunteer`, volunteer))
    const both = JSON.stringify([need, volunteer])
    if (seen.has(both)) faults.push(fault('duplicatePair', `pairs[${at}]`, `${need} – ${volunteer}`))
    seen.add(both)
  }
  return faults
}

function unique(rows: { id: string | number }[], name: string, faults: Fault[]): Set<string> {
  const seen = new Set<string>()
  for (const [at, row] of rows.entries()) {
    if (seen.has(String(row.id))) faults.push(fault('duplicateId', `${name}[${at}].id`, String(row.id)))
    seen.add(String(row.id))
  }
  return seen
}

/** No sum of costs that the solver can meet exceeds the sum of each need's dearest pair. */
function magnitude(instance: Instance): Fault[] {
  const dearest = new Map<string | number, number>()
  for (const pair of instance.pairs) dearest.set(pair.need, Math.max(pair.cost, dearest.get(pair.need) ?? 0))
  let total = 0
  for (const most of dearest.values()) total += most
  return total > maxTotal ? [{ key: 'matching.instance.total', args: { at: 'pairs', max: maxTotal } }] : []
}

function fault(
  code: 'unknownNeed' | 'unknownVolunteer' | 'duplicateId' | 'duplicatePair',
  at: string,
  id: string,
): Fault {
  return { key: `matching.instance.${code}`, args: { at, id: id.slice(0, 60) } }
}

/** An instance as a problem with one goal: a volunteer's every place costs nothing, a pair costs what it says. */
export function problemOf(instance: Instance): Problem {
  const free: Cost = [0]
  const degree = new Map<string, number>()
  for (const { volunteer } of instance.pairs) degree.set(String(volunteer), (degree.get(String(volunteer)) ?? 0) + 1)
  return {
    levels: 1,
    needs: instance.needs.map((need) => ({ id: String(need.id) })),
    volunteers: instance.volunteers.map((volunteer) => {
      const places = Math.min(volunteer.capacity, degree.get(String(volunteer.id)) ?? 0)
      return { id: String(volunteer.id), places: new Array<Cost>(places).fill(free) }
    }),
    pairs: instance.pairs.map((pair) => ({
      need: String(pair.need),
      volunteer: String(pair.volunteer),
      cost: [pair.cost],
    })),
  }
}

/**
 * The pairs as flat arrays, by need and within a need by volunteer, both in the order given: pairs of need i are
 * `start[i]` … `start[i + 1]`, `pairCost` has `levels + 1` numbers a pair (the first, for uncovered needs, 0). Two
 * counting sorts, so the order in which pairs were brought leaves no trace.
 */
export function flatten(problem: Problem, needs: readonly string[], volunteers: readonly { id: string }[]) {
  const { pairs } = problem
  const size = problem.levels + 1
  const needAt = new Map(needs.map((id, at) => [id, at]))
  const volunteerAt = new Map(volunteers.map((volunteer, at) => [volunteer.id, at]))
  const from = Int32Array.from(pairs, (pair) => needAt.get(pair.need) as number)
  const to = Int32Array.from(pairs, (pair) => volunteerAt.get(pair.volunteer) as number)
  const asBrought = Int32Array.from(pairs, (_, at) => at)
  const byVolunteer = countingSort(asBrought, to, volunteers.length)
  const { order, start } = countingSort(byVolunteer.order, from, needs.length)
  const pairCost = new Float64Array(pairs.length * size)
  for (const [at, pair] of order.entries()) pairCost.set((pairs[pair] as Pair).cost, at * size + 1)
  return { start, to: order.map((pair) => to[pair] as number), pairCost }
}

function countingSort(items: Int32Array, keys: Int32Array, count: number) {
  const start = new Int32Array(count + 1)
  for (const key of keys) start[key + 1] = (start[key + 1] as number) + 1
  for (let key = 0; key < count; key++) start[key + 1] = (start[key + 1] as number) + (start[key] as number)
  const next = start.slice()
  const order = new Int32Array(items.length)
  for (const item of items) {
    const key = keys[item] as number
    const at = next[key] as number
    order[at] = item
    next[key] = at + 1
  }
  return { start, order }
}

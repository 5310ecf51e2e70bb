// Who should support whom among all open needs, why, and what would every other choice cost?

import type { Args, Key } from '../i18n/i18n.ts'
import { check, type Violation } from './certificate.ts'
import {
  type Candidate,
  judge,
  type Need,
  type Reason,
  reasonsAgainst,
  type Settings,
  type Verdict,
} from './eligibility.ts'
import { solve } from './flow.ts'
import { type Goal, goals, type Penalties, pairCost, placeCosts, waited } from './goals.ts'
import type { Cost, Pair, Problem, Solution } from './instance.ts'

/** Everything matching looks at: the same world gives the same plan, in whatever order the facts were brought. */
export type World = {
  needs: readonly Need[]
  volunteers: readonly Candidate[]
  settings: Settings
  today: string
}

/** A sentence in favour of a pair, ready for `t(key, args)`. */
export type Why = { key: Key; args: Args }

/** What the plan says of one need. `load` is hers before and after the whole plan; `fitting` is how many volunteers would do. */
export type Row = {
  need: string
  volunteer: string | null
  fitting: number
  load: Verdict['load'] | null
  goals: Penalties | null
  why: Why[]
}

/** `violations` is the word of the independent checker: empty means proven to be the best. */
export type Plan = { world: World; problem: Problem; solution: Solution; violations: Violation[]; rows: Row[] }

/**
 * Another choice against the plan: per goal how much worse (above 0) or better it is – only `cover` where it covers fewer
 * needs –, which needs lose or gain a person and which get another one.
 */
export type Price = {
  difference: { goal: Goal | 'cover'; by: number }[]
  lost: string[]
  gained: string[]
  moved: { need: string; from: string; to: string }[]
}
export type Alternative = { volunteer: string | null; price: Price }
export type Answer = { kind: 'hard'; reasons: Reason[] } | { kind: 'chosen' } | { kind: 'price'; price: Price }
export type Option = { volunteer: string; verdict: Verdict; answer: Answer }

/** The best assignment of all needs together, checked, with the reasons for each pair. */
export function plan(world: World): Plan {
  const problem = problemOf(world)
  const solution = solve(problem)
  const taken = new Map<string, number>()
  for (const { volunteer } of solution.assigned) taken.set(volunteer, (taken.get(volunteer) ?? 0) + 1)
  const fitting = new Map<string, number>()
  for (const { need } of problem.pairs) fitting.set(need, (fitting.get(need) ?? 0) + 1)
  const chosen = new Map(solution.assigned.map((pair) => [pair.need, pair.volunteer]))
  const volunteers = new Map(world.volunteers.map((volunteer) => [volunteer.id, volunteer]))
  const rows = [...world.needs].sort(byId).map((need): Row => {
    const volunteer = volunteers.get(chosen.get(need.id) ?? '')
    const count = fitting.get(need.id) ?? 0
    if (!volunteer) return { need: need.id, volunteer: null, fitting: count, load: null, goals: null, why: [] }
    const verdict = judge(need, volunteer, world.settings, world.today)
    const load = { ...verdict.load, after: volunteer.active + (taken.get(volunteer.id) ?? 0) }
    const why = [...reasonsFor(need, volunteer, { ...verdict, load }, world.today)]
    if (count === 1) why.unshift({ key: 'matching.goal.only', args: {} })
    return { need: need.id, volunteer: volunteer.id, fitting: count, load, goals: verdict.goals, why }
  })
  return { world, problem, solution, violations: check(problem, solution), rows }
}

/** The fitting pairs with their costs per goal, and each volunteer's free places (see goals.ts). */
export function problemOf({ needs, volunteers, settings, today }: World): Problem {
  const places = volunteers.map((volunteer) => ({ id: volunteer.id, places: placeCosts(volunteer, settings, today) }))
  const pairs: Pair[] = []
  for (const need of needs) {
    for (const volunteer of volunteers) {
      if (reasonsAgainst(need, volunteer, settings, today).length > 0) continue
      pairs.push({ need: need.id, volunteer: volunteer.id, cost: pairCost(need, volunteer, settings) })
    }
  }
  return { levels: goals.length, needs: needs.map(({ id }) => ({ id })), volunteers: places, pairs }
}

/** What speaks for a pair, in the published order of goals. */
export function reasonsFor(need: Need, volunteer: Candidate, verdict: Verdict, today: string): Why[] {
  const { language, distance, continuity } = verdict.goals
  const said: Why[] = [
    { key: 'matching.goal.language.why', args: { language: need.language, first: language === 0 ? 'yes' : 'no' } },
    { key: 'matching.goal.distance.why', args: { steps: distance } },
    { key: 'matching.goal.load.why', args: verdict.load },
  ]
  const months = waited(volunteer, today)
  if (months > 0) said.push({ key: 'matching.goal.wait.why', args: { months } })
  if (continuity === 0) said.push({ key: 'matching.goal.continuity.why', args: {} })
  return said
}

/** The best plan in which this need is not given to the person chosen for it. Null where the need is uncovered anyway. */
export function secondBest(plan: Plan, needId: string): Alternative | null {
  const chosen = takerOf(plan.solution, needId)
  if (chosen === null) return null
  const { problem, solution } = plan
  const pairs = problem.pairs.filter((pair) => pair.need !== needId || pair.volunteer !== chosen)
  const other = solve(leaning({ ...problem, pairs }, solution))
  return { volunteer: takerOf(other, needId), price: priceOf(solution, other.assigned, other.cost) }
}

/**
 * Why not this volunteer for this need: the hard reasons, or the best plan that holds the pair fixed and what it costs.
 * Throws for a need or volunteer that the world does not have.
 */
export function whyNot(plan: Plan, needId: string, volunteerId: string): Answer {
  const { world, solution } = plan
  const need = world.needs.find(({ id }) => id === needId)
  const volunteer = world.volunteers.find(({ id }) => id === volunteerId)
  if (!need || !volunteer) throw new Error(`not in this plan: ${needId} ${volunteerId}`)
  const reasons = reasonsAgainst(need, volunteer, world.settings, world.today)
  if (reasons.length > 0) return { kind: 'hard', reasons }
  if (takerOf(solution, needId) === volunteerId) return { kind: 'chosen' }
  return { kind: 'price', price: forced(plan, needId, volunteerId) }
}

/** Holding a pair fixed takes the need out and the volunteer's first, cheapest place; both are paid for beside the rest. */
function forced({ problem, solution }: Plan, need: string, volunteer: string): Price {
  const fixed = problem.pairs.find((pair) => pair.need === need && pair.volunteer === volunteer)
  const place = problem.volunteers.find(({ id }) => id === volunteer)?.places[0]
  if (!fixed || !place) throw new Error(`not a pair: ${need} ${volunteer}`)
  const rest = {
    ...problem,
    needs: problem.needs.filter(({ id }) => id !== need),
    volunteers: problem.volunteers.map((own) => (own.id === volunteer ? { ...own, places: own.places.slice(1) } : own)),
    pairs: problem.pairs.filter((pair) => pair.need !== need),
  }
  const other = solve(leaning(rest, solution))
  const cost = other.cost.map((sum, at) => (at === 0 ? sum : sum + (fixed.cost[at - 1] ?? 0) + (place[at - 1] ?? 0)))
  return priceOf(solution, [...other.assigned, { need, volunteer }], cost)
}

/** Every volunteer for one need: those who fit by what choosing them costs the plan, then the others by number of reasons. */
export function optionsFor(plan: Plan, needId: string): Option[] {
  const { needs, volunteers, settings, today } = plan.world
  const need = needs.find(({ id }) => id === needId)
  if (!need) throw new Error(`not in this plan: ${needId}`)
  const options = volunteers.map((volunteer): Option => {
    const verdict = judge(need, volunteer, settings, today)
    return { volunteer: volunteer.id, verdict, answer: whyNot(plan, needId, volunteer.id) }
  })
  return options.sort((a, b) => {
    const first = compare(weight(a), weight(b))
    return first !== 0 ? first : a.volunteer < b.volunteer ? -1 : 1
  })
}

function weight({ answer, verdict }: Option): number[] {
  if (answer.kind === 'hard') return [2, answer.reasons.length]
  if (answer.kind === 'chosen') return [0]
  const by = new Map(answer.price.difference.map((part) => [part.goal, part.by]))
  return [1, ...(['cover', ...goals] as const).map((goal) => by.get(goal) ?? 0), verdict.goals.distance]
}

function compare(a: number[], b: number[]): number {
  const at = a.findIndex((x, k) => x !== b[k])
  return at < 0 ? 0 : (a[at] ?? 0) - (b[at] ?? 0)
}

/** A last goal below all others: leave everybody else where the plan has them, so that only what must move does. */
function leaning(problem: Problem, base: Solution): Problem {
  const kept = new Map(base.assigned.map((pair) => [pair.need, pair.volunteer]))
  return {
    levels: problem.levels + 1,
    needs: problem.needs,
    volunteers: problem.volunteers.map(({ id, places }) => ({
      id,
      places: places.map((place): Cost => [...place, 0]),
    })),
    pairs: problem.pairs.map((pair) => ({
      ...pair,
      cost: [...pair.cost, kept.get(pair.need) === pair.volunteer ? 0 : 1],
    })),
  }
}

function priceOf(base: Solution, assigned: Solution['assigned'], cost: Cost): Price {
  const difference = (['cover', ...goals] as const).map((goal, at) => ({
    goal,
    by: (cost[at] ?? 0) - (base.cost[at] ?? 0),
  }))
  const before = new Map(base.assigned.map((pair) => [pair.need, pair.volunteer]))
  const after = new Map(assigned.map((pair) => [pair.need, pair.volunteer]))
  const moved = [...after].flatMap(([need, to]) => {
    const from = before.get(need)
    return from === undefined || from === to ? [] : [{ need, from, to }]
  })
  return {
    // Sums over another number of covered needs cannot be compared; then the number itself is the whole answer.
    difference: (difference[0]?.by === 0 ? difference : difference.slice(0, 1)).filter(({ by }) => by !== 0),
    lost: [...before.keys()].filter((need) => !after.has(need)).sort(),
    gained: [...after.keys()].filter((need) => !before.has(need)).sort(),
    moved: moved.sort((a, b) => (a.need < b.need ? -1 : 1)),
  }
}

/**
 * Who has a free place, or could get one by moving others. Nobody of a shortage is among them, or the plan would have covered
 * its need; a change must join the two.
 */
export function freeable({ problem, solution }: Plan): Set<string> {
  const held = Map.groupBy(solution.assigned, (pair) => pair.volunteer)
  const taker = new Map(solution.assigned.map((pair) => [pair.need, pair.volunteer]))
  const open = problem.volunteers.filter(({ id, places }) => places.length > (held.get(id)?.length ?? 0))
  const free = new Set(open.map(({ id }) => id))
  // A set hands out what is added to it while it is being walked.
  const wanting = Map.groupBy(problem.pairs, (pair) => pair.volunteer)
  for (const volunteer of free) {
    for (const { need } of wanting.get(volunteer) ?? []) {
      const holder = taker.get(need)
      if (holder !== undefined) free.add(holder)
    }
  }
  return free
}

function takerOf(solution: Solution, need: string): string | null {
  return solution.assigned.find((pair) => pair.need === need)?.volunteer ?? null
}

function byId(a: { id: string }, b: { id: string }): number {
  return a.id < b.id ? -1 : 1
}

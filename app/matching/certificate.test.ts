// Does the checker accept what is proven, and nothing else?
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { assignments, bruteForce, costOf, problems, takenOf } from '../../test/matching.ts'
import { check } from './certificate.ts'
import { solve } from './flow.ts'
import type { Problem, Solution } from './instance.ts'

const levels = fc.integer({ min: 1, max: 3 })

test('accepts 10,000 random solutions of the solver', () => {
  fc.assert(
    fc.property(problems(8, levels), (problem) => {
      expect(check(problem, solve(problem))).toEqual([])
    }),
    { numRuns: 10_000 },
  )
})

/** Another assignment, with its true cost, that claims the duals and bound of the best one. */
function withAnother(problem: Problem, solution: Solution, pick: number): Solution {
  const all = [...assignments(problem)]
  const taken = all[pick % all.length] ?? new Map<string, string>()
  return {
    ...solution,
    assigned: [...taken].map(([need, volunteer]) => ({ need, volunteer })),
    uncovered: problem.needs.map(({ id }) => id).filter((id) => !taken.has(id)),
    cost: costOf(problem, taken),
  }
}

test('accepts another assignment with the same duals exactly where it is as good as the best', () => {
  fc.assert(
    fc.property(problems(4, levels), fc.nat(), (problem, pick) => {
      const other = withAnother(problem, solve(problem), pick)
      const best = bruteForce(problem) as number[]
      expect(check(problem, other).length === 0).toBe(best.every((sum, at) => sum === other.cost[at]))
    }),
    { numRuns: 2000 },
  )
})

test('a changed dual value is accepted only while the claim it makes is still true', () => {
  fc.assert(
    fc.property(problems(4, levels), fc.nat(), fc.nat(), fc.integer({ min: -2, max: 2 }), (problem, at, level, by) => {
      const solution = structuredClone(solve(problem))
      const duals = [...solution.duals.needs, ...solution.duals.volunteers]
      const dual = duals[at % Math.max(1, duals.length)]
      fc.pre(dual !== undefined && by !== 0)
      const value = dual?.value as number[]
      value[level % value.length] = (value[level % value.length] ?? 0) + by
      const isNeed = dual !== undefined && solution.duals.needs.includes(dual)
      const bad = check(problem, solution)
      // A need's worth enters the bound as it is: one that differs is always noticed.
      if (isNeed) expect(bad).not.toEqual([])
      if (bad.length === 0) expect(solution.bound).toEqual(bruteForce(problem))
    }),
    { numRuns: 3000 },
  )
})

const problem: Problem = {
  levels: 1,
  needs: [{ id: 'a' }, { id: 'b' }, { id: 'c' }],
  volunteers: [
    { id: 'x', places: [[0]] },
    { id: 'y', places: [[0], [2]] },
  ],
  pairs: [
    { need: 'a', volunteer: 'x', cost: [5] },
    { need: 'b', volunteer: 'x', cost: [1] },
    { need: 'b', volunteer: 'y', cost: [3] },
    { need: 'c', volunteer: 'y', cost: [1] },
  ],
}

const mutations: [string, (solution: Solution) => void][] = [
  ['overfull', (s) => Object.assign(s.assigned.find(({ need }) => need === 'b') ?? {}, { volunteer: 'x' })],
  ['notAPair', (s) => Object.assign(s.assigned.find(({ need }) => need === 'a') ?? {}, { volunteer: 'y' })],
  ['missing', (s) => s.assigned.pop()],
  ['twice', (s) => s.uncovered.push('a')],
  ['unknown', (s) => s.uncovered.push('nobody')],
  ['unknown', (s) => Object.assign(s.assigned[0] ?? {}, { volunteer: 'nobody' })],
  ['cost', (s) => Object.assign(s, { cost: [0, 1] })],
  ['bound', (s) => Object.assign(s, { bound: [0, 1] })],
  ['gap', (s) => Object.assign(s, { assigned: [], uncovered: ['a', 'b', 'c'], cost: [3, 0] })],
  ['dual', (s) => s.duals.needs.pop()],
  ['dual', (s) => s.duals.needs.push({ id: 'a', value: [0, 0] })],
  ['dual', (s) => Object.assign(s.duals.volunteers[0] ?? {}, { value: [0, 0.5] })],
  ['dual', (s) => Object.assign(s.duals.volunteers[0] ?? {}, { value: [0] })],
  ['dualUncovered', (s) => Object.assign(s.duals.needs[0] ?? {}, { value: [1, 1] })],
  ['dualPair', (s) => Object.assign(s.duals.needs[2] ?? {}, { value: [0, 9] })],
]

test.each(mutations)('names the violation %s', (code, mutate) => {
  const solution = structuredClone(solve(problem))
  expect(check(problem, solution)).toEqual([])
  mutate(solution)
  expect(check(problem, solution).map((violation) => violation.code)).toContain(code)
})

test('a problem whose places get cheaper, or with a cost that is no whole number, proves nothing', () => {
  const solution = solve(problem)
  const falling = { ...problem, volunteers: [problem.volunteers[0], { id: 'y', places: [[2], [0]] }] } as Problem
  expect(check(falling, solution).map(({ code }) => code)).toContain('problem')
  const half = { ...problem, pairs: [{ need: 'a', volunteer: 'x', cost: [0.5] }] }
  expect(check(half, solution).map(({ code }) => code)).toContain('problem')
  expect(takenOf(solution).size).toBe(3)
})

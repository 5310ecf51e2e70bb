// Is the assignment really the best one, and always the same one?
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { bruteForce, costOf, problems, takenOf } from '../../test/matching.ts'
import { check } from './certificate.ts'
import { solve } from './flow.ts'
import type { Problem } from './instance.ts'

test('covers most needs first and then costs least: brute force agrees on 3,000 problems with one goal', () => {
  fc.assert(
    fc.property(problems(5, fc.constant(1)), (problem) => {
      const solution = solve(problem)
      expect(solution.cost).toEqual(bruteForce(problem))
      expect(solution.uncovered).toHaveLength(solution.cost[0] ?? -1)
    }),
    { numRuns: 3000 },
  )
})

test('goals are lexicographic over the whole assignment: brute force agrees on 3,000 problems with up to five', () => {
  fc.assert(
    fc.property(problems(5, fc.integer({ min: 0, max: 5 })), (problem) => {
      const solution = solve(problem)
      expect(solution.cost).toEqual(bruteForce(problem))
      expect(costOf(problem, takenOf(solution))).toEqual(solution.cost)
      expect(solution.bound).toEqual(solution.cost)
    }),
    { numRuns: 3000 },
  )
})

test('the same problem in another order gives the same answer to the last dual value', () => {
  fc.assert(
    fc.property(problems(7, fc.integer({ min: 1, max: 3 })), fc.infiniteStream(fc.nat()), (problem, keys) => {
      const shuffled = <T>(rows: readonly T[]): T[] =>
        rows
          .map((row) => ({ row, key: keys.next().value as number }))
          .sort((a, b) => a.key - b.key)
          .map(({ row }) => row)
      const other = {
        levels: problem.levels,
        needs: shuffled(problem.needs),
        volunteers: shuffled(problem.volunteers),
        pairs: shuffled(problem.pairs),
      }
      expect(solve(other)).toEqual(solve(problem))
    }),
    { numRuns: 1000 },
  )
})

test('an earlier goal is never sold for a later one, however large the later sums are', () => {
  const most = 2 ** 40
  const problem: Problem = {
    levels: 2,
    needs: [{ id: 'a' }, { id: 'b' }],
    volunteers: ['x', 'y'].map((id) => ({ id, places: [[0, 0]] })),
    pairs: [
      { need: 'a', volunteer: 'x', cost: [1, 0] },
      { need: 'a', volunteer: 'y', cost: [0, most] },
      { need: 'b', volunteer: 'x', cost: [0, most] },
      { need: 'b', volunteer: 'y', cost: [0, 0] },
    ],
  }
  expect(solve(problem).cost).toEqual([0, 0, 2 * most])
})

test('places that grow dearer are shared out evenly', () => {
  const needs = ['a', 'b', 'c', 'd'].map((id) => ({ id }))
  const volunteers = ['x', 'y'].map((id) => ({ id, places: [[0], [1], [2], [3]] }))
  const pairs = needs.flatMap(({ id }) => volunteers.map((own) => ({ need: id, volunteer: own.id, cost: [0] })))
  const solution = solve({ levels: 1, needs, volunteers, pairs })
  expect(solution.assigned.filter(({ volunteer }) => volunteer === 'x')).toHaveLength(2)
  expect(solution.cost).toEqual([0, 2])
})

test('an empty problem, needs without pairs and volunteers without places are answered', () => {
  expect(solve({ levels: 1, needs: [], volunteers: [], pairs: [] })).toMatchObject({ assigned: [], cost: [0, 0] })
  const problem: Problem = {
    levels: 1,
    needs: [{ id: 'a' }, { id: 'b' }],
    volunteers: [{ id: 'x', places: [] }],
    pairs: [{ need: 'a', volunteer: 'x', cost: [0] }],
  }
  const solution = solve(problem)
  expect(solution).toMatchObject({ assigned: [], uncovered: ['a', 'b'], cost: [2, 0], bound: [2, 0] })
  expect(check(problem, solution)).toEqual([])
})

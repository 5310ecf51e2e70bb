// Does a solver that works quite differently (HiGHS, linear programming) find the same optimum on larger problems?
import { expect, test } from 'vitest'
import { asProgram, drawnProblem, loadHighs } from '../../test/matching-programs.ts'
import { check } from './certificate.ts'
import { solve } from './flow.ts'

test.each([
  [1, 60, 40, 6],
  [2, 150, 60, 8],
  [3, 200, 140, 5],
  [4, 300, 120, 10],
  [5, 80, 200, 4],
])('HiGHS agrees on problem %i: %i needs, %i volunteers, %i pairs a need', async (seed, needs, volunteers, degree) => {
  const problem = drawnProblem(seed, needs, volunteers, degree)
  const solution = solve(problem)
  const dear = 100_000
  const result = (await loadHighs()).solve(asProgram(problem, dear), { output_flag: false })
  expect(result.Status).toBe('Optimal')
  expect(Math.round(result.ObjectiveValue)).toBe((solution.cost[0] ?? 0) * dear + (solution.cost[1] ?? 0))
  expect(check(problem, solution)).toEqual([])
  // Otherwise nothing would be told apart.
  expect(solution.assigned.length).toBeGreaterThan(20)
})

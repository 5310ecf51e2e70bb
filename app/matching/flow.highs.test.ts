// Does a solver that works quite differently (HiGHS, linear programming) find the same optimum on larger problems?
import { createRequire } from 'node:module'
import type highs from 'highs'
import { expect, test } from 'vitest'
import { check } from './certificate.ts'
import { solve } from './flow.ts'
import type { Problem } from './instance.ts'

// The package's types speak of its CommonJS build; so it is loaded as one.
const loadHighs: typeof highs.default = createRequire(import.meta.url)('highs')

/** Numbers that only look drawn: the same in every run, so a failure can be looked at again. */
function drawn(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}

function random(seed: number, needs: number, volunteers: number, degree: number): Problem {
  const draw = drawn(seed)
  const ids = (prefix: string, count: number) => Array.from({ length: count }, (_, at) => ({ id: `${prefix}${at}` }))
  const pairs = ids('n', needs).flatMap(({ id }) => {
    const fitting = new Set(Array.from({ length: degree }, () => draw(volunteers)))
    return [...fitting].map((at) => ({ need: id, volunteer: `v${at}`, cost: [draw(40)] }))
  })
  const places = () =>
    Array.from({ length: draw(4) }, (_, nth) => [nth * draw(3)]).sort((a, b) => (a[0] ?? 0) - (b[0] ?? 0))
  return {
    levels: 1,
    needs: ids('n', needs),
    volunteers: ids('v', volunteers).map((own) => ({ ...own, places: places() })),
    pairs,
  }
}

/** The same problem as a linear program; leaving a need uncovered costs more than everything else together. */
function asProgram(problem: Problem, dear: number): string {
  const terms: string[] = []
  const rows = new Map<string, string[]>()
  const row = (name: string, term: string) => rows.set(name, [...(rows.get(name) ?? []), term])
  for (const { id } of problem.needs) {
    terms.push(`${dear} u_${id}`)
    row(`need_${id}`, `u_${id}`)
  }
  for (const { need, volunteer, cost } of problem.pairs) {
    terms.push(`${cost[0]} x_${need}_${volunteer}`)
    row(`need_${need}`, `x_${need}_${volunteer}`)
    row(`volunteer_${volunteer}`, `x_${need}_${volunteer}`)
  }
  const bounds: string[] = []
  for (const { id, places } of problem.volunteers) {
    for (const [nth, place] of places.entries()) {
      terms.push(`${place[0]} p_${id}_${nth}`)
      bounds.push(`0 <= p_${id}_${nth} <= 1`)
      if (rows.has(`volunteer_${id}`)) row(`volunteer_${id}`, `- p_${id}_${nth}`)
    }
  }
  const constraints = [...rows].map(([name, parts]) => {
    const sum = parts.join(' + ').replaceAll('+ -', '-')
    return `${name}: ${sum} ${name.startsWith('need') ? '= 1' : '<= 0'}`
  })
  return `Minimize\n obj: ${terms.join('\n + ')}\nSubject To\n${constraints.join('\n')}\nBounds\n${bounds.join('\n')}\nEnd`
}

test.each([
  [1, 60, 40, 6],
  [2, 150, 60, 8],
  [3, 200, 140, 5],
  [4, 300, 120, 10],
  [5, 80, 200, 4],
])('HiGHS agrees on problem %i: %i needs, %i volunteers, %i pairs a need', async (seed, needs, volunteers, degree) => {
  const problem = random(seed, needs, volunteers, degree)
  const solution = solve(problem)
  const dear = 100_000
  const result = (await loadHighs()).solve(asProgram(problem, dear), { output_flag: false })
  expect(result.Status).toBe('Optimal')
  expect(Math.round(result.ObjectiveValue)).toBe((solution.cost[0] ?? 0) * dear + (solution.cost[1] ?? 0))
  expect(check(problem, solution)).toEqual([])
  // Otherwise nothing would be told apart.
  expect(solution.assigned.length).toBeGreaterThan(20)
})

// Which larger matching problems are tried, and how does a solver for linear programs read them?
import { createRequire } from 'node:module'
import type highs from 'highs'
import type { Problem } from '../app/matching/instance.ts'

// The package's types speak of its CommonJS build; so it is loaded as one.
export const loadHighs: typeof highs.default = createRequire(import.meta.url)('highs')

/** Numbers that only look drawn: the same in every run, so a failure can be looked at again. */
function drawn(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}

/** A problem drawn from a seed: so many volunteers fit each need, and each has none to three places. */
export function drawnProblem(seed: number, needs: number, volunteers: number, degree: number): Problem {
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
export function asProgram(problem: Problem, dear: number): string {
  const terms: string[] = []
  const rows = new Map<string, string[]>()
  const row = (name: string, term: string) => {
    const terms = rows.get(name)
    if (terms) terms.push(term)
    else rows.set(name, [term])
  }
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

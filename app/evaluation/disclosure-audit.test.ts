// Is the audit's range of a hidden count the true one, as an exact solver of whole-number programmes finds it?
import fc from 'fast-check'
import loadHighs from 'highs'
import { expect, test } from 'vitest'
import { defaultRule } from './disclosure.ts'
import { feasibleRange, type Range } from './disclosure-audit.ts'
import { type LinkedTables, type Published, regionTables } from './linked-tables.ts'

// The package's types are written for CommonJS and put the loader one level too deep.
const highs = await (loadHighs as unknown as typeof loadHighs.default)()

// A random cross table with a random half of its figures hidden, however badly.
const publication = fc
  .record({
    rows: fc.array(fc.tuple(fc.nat(9), fc.nat(9), fc.nat(6)), { minLength: 2, maxLength: 4 }),
    hidden: fc.infiniteStream(fc.boolean()),
  })
  .map(({ rows, hidden }) => {
    const regions = rows.map((_, at) => `r${at}`)
    const of = (pick: (row: readonly number[]) => number) =>
      Object.fromEntries(rows.map((row, at) => [`r${at}`, pick(row) + 1]))
    const tables = regionTables({
      regions,
      measures: [
        { key: 'a', byRegion: of((row) => row[0] ?? 0) },
        { key: 'b', byRegion: of((row) => row[1] ?? 0) },
        { key: 'ab', byRegion: of((row) => (row[0] ?? 0) + (row[1] ?? 0) + 1) },
        { key: 'of a', byRegion: of((row) => Math.min(row[0] ?? 0, row[2] ?? 0)) },
      ],
      splits: [{ whole: 'ab', parts: ['a', 'b'] }],
      within: [{ whole: 'a', part: 'of a' }],
    })
    const figures = tables.cells.filter((cell) => cell.role !== 'implied')
    const published: Published = new Map(
      figures.map((cell) => [cell.id, hidden.next().value === true ? null : cell.count]),
    )
    return { tables, published }
  })

test('ranges agree with HiGHS on 150 publications', { timeout: 120_000 }, () => {
  let compared = 0
  fc.assert(
    fc.property(publication, ({ tables, published }) => {
      for (const [id, number] of published) {
        if (number !== null) continue
        const range = feasibleRange(tables, published, defaultRule, id)
        const low = solve(tables, published, id, 'Minimize')
        const high = Math.min(solve(tables, published, id, 'Maximize'), low + 40)
        expect(range).toEqual({ low, high } satisfies Range)
        compared += 1
      }
    }),
    { numRuns: 150, seed: 20261123 },
  )
  expect(compared).toBeGreaterThan(500)
})

function solve(tables: LinkedTables, published: Published, id: string, sense: 'Minimize' | 'Maximize'): number {
  const name = new Map(tables.cells.map((cell, at) => [cell.id, `x${at}`]))
  const rows = tables.sums.map(
    ({ whole, parts }) => `${parts.map((part) => name.get(part)).join(' + ')} - ${name.get(whole)} = 0`,
  )
  // No count in these tables is 0, so no whole printed as 0 makes parts plain.
  const silentParts = tables.sums
    .filter(({ whole, parts }) => [whole, ...parts].every((each) => published.get(each) == null))
    .flatMap(({ parts }) => parts)
  const bounds = tables.cells.map((cell) => {
    const number = published.get(cell.id)
    const floor = published.has(cell.id) && !silentParts.includes(cell.id) ? 1 : 0
    return number == null ? `${floor} <= ${name.get(cell.id)} <= 1000` : `${name.get(cell.id)} = ${number}`
  })
  const problem = `${sense}\n obj: ${name.get(id)}\nSubject To\n ${rows.join('\n ')}\nBounds\n ${bounds.join('\n ')}\nGeneral\n ${[...name.values()].join(' ')}\nEnd`
  const solution = highs.solve(problem)
  expect(solution.Status).toBe('Optimal')
  return Math.round(solution.ObjectiveValue)
}

// Does hiding keep its promise on many thousand tables nobody thought of, and does the audit notice when it would not?
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { defaultRule, disclose } from './disclosure.ts'
import { auditDisclosure } from './disclosure-audit.ts'
import { type LinkedTables, type Published, type RegionTable, regionTables } from './linked-tables.ts'

const regionNames = ['harju', 'hiiu', 'ida-viru', 'jõgeva', 'järva', 'lääne', 'põlva', 'tartu']

// Mostly small numbers and zeros, as life has them, with some large ones between.
const count = fc.oneof({ weight: 5, arbitrary: fc.nat(4) }, { weight: 3, arbitrary: fc.nat(12) }, fc.nat(60))

const columns = (keys: readonly string[]) =>
  fc.integer({ min: 2, max: 8 }).chain((size) =>
    fc
      .array(fc.array(count, { minLength: keys.length, maxLength: keys.length }), { minLength: size, maxLength: size })
      .map((rows) => {
        const regions = regionNames.slice(0, size)
        const of = (pick: (row: number[]) => number) =>
          Object.fromEntries(regions.map((region, at) => [region, pick(rows[at] ?? [])]))
        return { regions, of }
      }),
  )
const at = (index: number) => (row: number[]) => row[index] ?? 0
const sum = (upTo: number) => (row: number[]) => row.slice(0, upTo).reduce((a, b) => a + b, 0)

const oneList: fc.Arbitrary<RegionTable> = columns(['a']).map(({ regions, of }) => ({
  regions,
  measures: [{ key: 'a', byRegion: of(at(0)) }],
}))
const crossTable: fc.Arbitrary<RegionTable> = columns(['a', 'b', 'c']).map(({ regions, of }) => ({
  regions,
  measures: [
    { key: 'a', byRegion: of(at(0)) },
    { key: 'b', byRegion: of(at(1)) },
    { key: 'c', byRegion: of(at(2)) },
    { key: 'sum', byRegion: of(sum(3)) },
  ],
  splits: [{ whole: 'sum', parts: ['a', 'b', 'c'] }],
}))
const linked: fc.Arbitrary<RegionTable> = columns(['a', 'b', 'c']).map(({ regions, of }) => ({
  regions,
  measures: [
    { key: 'covered', byRegion: of(at(0)) },
    { key: 'open', byRegion: of(at(1)) },
    { key: 'offered', byRegion: of(sum(2)) },
    { key: 'declined', byRegion: of(at(2)) },
    { key: 'needs', byRegion: of(sum(3)) },
  ],
  splits: [
    { whole: 'needs', parts: ['offered', 'declined'] },
    { whole: 'offered', parts: ['covered', 'open'] },
  ],
}))
// The same person may count in several regions: the total lies between the largest region and all of them together.
const overlapping: fc.Arbitrary<RegionTable> = fc
  .tuple(columns(['a', 'b']), fc.nat(100))
  .map(([{ regions, of }, percent]) => {
    const total = (counts: Record<string, number>) => {
      const numbers = Object.values(counts)
      const least = Math.max(...numbers)
      return least + Math.floor(((numbers.reduce((a, b) => a + b, 0) - least) * percent) / 100)
    }
    const [people, trained] = [of(sum(2)), of(at(0))]
    return {
      regions,
      measures: [
        { key: 'people', byRegion: people, total: total(people) },
        { key: 'trained', byRegion: trained, total: total(trained) },
      ],
    }
  })
const partly: fc.Arbitrary<RegionTable> = columns(['a', 'b']).map(({ regions, of }) => ({
  regions,
  measures: [
    { key: 'whole', byRegion: of(sum(2)) },
    { key: 'part', byRegion: of(at(0)) },
  ],
  within: [{ whole: 'whole', part: 'part' }],
}))

function prove(table: RegionTable, zeros: 'shown' | 'hidden'): void {
  const tables = regionTables(table)
  const rule = { ...defaultRule, zeros }
  const { published, exposed } = disclose(tables, rule)
  expect(exposed).toEqual([])
  expect(auditDisclosure(tables, published, rule)).toEqual([])
}

test('12 000 random tables: every hidden count from 1 to 4 could be at least four numbers', {
  timeout: 240_000,
}, () => {
  const runs = { lists: oneList, crosses: crossTable, linked, overlapping, partly }
  const sizes = { lists: 3500, crosses: 2500, linked: 2000, overlapping: 2000, partly: 2000 }
  let tables = 0
  for (const [kind, arbitrary] of Object.entries(runs)) {
    fc.assert(
      fc.property(arbitrary, (table) => {
        tables += 1
        prove(table, 'shown')
      }),
      { numRuns: sizes[kind as keyof typeof sizes], seed: 20261123 },
    )
  }
  expect(tables).toBe(12_000)
})

test('1 000 random tables under the rule that hides zeros', { timeout: 120_000 }, () => {
  fc.assert(
    fc.property(fc.oneof(oneList, crossTable, linked, partly), (table) => prove(table, 'hidden')),
    { numRuns: 1000, seed: 20261123 },
  )
})

test('the audit notices hiding the small counts alone', { timeout: 120_000 }, () => {
  let caught = 0
  fc.assert(
    fc.property(oneList, (table) => {
      const tables = regionTables(table)
      const findings = auditDisclosure(tables, smallOnly(tables), defaultRule)
      if (findings.some((finding) => finding.problem === 'exact')) caught += 1
    }),
    { numRuns: 500, seed: 20261123 },
  )
  expect(caught).toBeGreaterThan(50)
})

test('the audit notices a small count left open, and a lie', () => {
  const tables = regionTables({ regions: ['harju', 'hiiu'], measures: [{ key: 'a', byRegion: { harju: 9, hiiu: 2 } }] })
  const open = new Map([
    ['a/harju', 9],
    ['a/hiiu', 2],
    ['a/all', 11],
  ])
  expect(auditDisclosure(tables, open, defaultRule)).toMatchObject([{ id: 'a/hiiu', problem: 'open' }])
  const lie = new Map<string, number | null>([...open, ['a/hiiu', null], ['a/all', 8]])
  expect(() => auditDisclosure(tables, lie, defaultRule)).toThrow('does not add up')
})

function smallOnly(tables: LinkedTables): Published {
  return new Map(tables.cells.map(({ id, count: value }) => [id, value > 0 && value < 5 ? null : value]))
}

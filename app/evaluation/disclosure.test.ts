// Which counts does hiding hide, and does it leave the rest to be read?
import { expect, test } from 'vitest'
import { defaultRule, disclose, isShown } from './disclosure.ts'
import { auditDisclosure } from './disclosure-audit.ts'
import { cellId, joinTables, regionTables } from './linked-tables.ts'

const list = (byRegion: Record<string, number>, total?: number) =>
  regionTables({ regions: Object.keys(byRegion), measures: [{ key: 'needs', byRegion, ...(total ? { total } : {}) }] })
const shown = (byRegion: Record<string, number>, total?: number) =>
  Object.fromEntries(disclose(list(byRegion, total)).published)

test('counts of five and more stay as they are', () => {
  expect(shown({ harju: 12, tartu: 5 })).toEqual({ 'needs/harju': 12, 'needs/tartu': 5, 'needs/all': 17 })
})

test('a lone small count takes the smallest other with it, so that the total gives nothing away', () => {
  const { published, reasons, exposed } = disclose(list({ harju: 30, tartu: 9, hiiu: 2 }))
  expect(Object.fromEntries(published)).toEqual({
    'needs/harju': 30,
    'needs/tartu': null,
    'needs/hiiu': null,
    'needs/all': 41,
  })
  expect(Object.fromEntries(reasons)).toEqual({ 'needs/hiiu': 'small', 'needs/tartu': 'complement' })
  expect(exposed).toEqual([])
})

test('two small counts that add up to two guard each other too little: neither may be 0, so both would be 1', () => {
  expect(shown({ harju: 30, hiiu: 1, saare: 1 })['needs/harju']).toBeNull()
  expect(shown({ harju: 30, hiiu: 4, saare: 4 })['needs/harju']).toBe(30)
})

test('zero is shown in a large whole and hidden in a small one', () => {
  expect(shown({ harju: 30, hiiu: 0, saare: 6 })['needs/hiiu']).toBe(0)
  expect(shown({ harju: 3, hiiu: 0, saare: 0 })).toEqual({
    'needs/harju': null,
    'needs/hiiu': null,
    'needs/saare': null,
    'needs/all': null,
  })
})

test('where the setting says so, every zero is hidden and guarded like a small count', () => {
  const tables = list({ harju: 30, tartu: 12, hiiu: 0 })
  const rule = { ...defaultRule, zeros: 'hidden' as const }
  const { published } = disclose(tables, rule)
  expect(published.get('needs/hiiu')).toBeNull()
  expect(published.get('needs/tartu')).toBeNull()
  expect(auditDisclosure(tables, published, rule)).toEqual([])
})

test('needs = covered + uncovered: what is hidden in one measure cannot be had from the other two', () => {
  const tables = regionTables({
    regions: ['harju', 'tartu', 'hiiu'],
    measures: [
      { key: 'needs', byRegion: { harju: 30, tartu: 20, hiiu: 12 } },
      { key: 'covered', byRegion: { harju: 24, tartu: 13, hiiu: 10 } },
      { key: 'open', byRegion: { harju: 6, tartu: 7, hiiu: 2 } },
    ],
    splits: [{ whole: 'needs', parts: ['covered', 'open'] }],
  })
  const { published, reasons } = disclose(tables)
  expect(published.get('open/hiiu')).toBeNull()
  expect(published.get('needs/all')).toBe(62)
  // The cheapest guard is a rectangle: two measures in two counties.
  expect([...reasons.keys()].sort()).toEqual(['covered/hiiu', 'covered/tartu', 'open/hiiu', 'open/tartu'])
  expect(auditDisclosure(tables, published, defaultRule)).toEqual([])
})

test('a part and its whole do not give away a rest under five that nobody prints', () => {
  const tables = regionTables({
    regions: ['harju', 'tartu'],
    measures: [
      { key: 'offered', byRegion: { harju: 30, tartu: 20 } },
      { key: 'accepted', byRegion: { harju: 28, tartu: 10 } },
    ],
    within: [{ whole: 'offered', part: 'accepted' }],
  })
  const { published } = disclose(tables)
  expect(published.get(cellId('offered', 'harju')) == null || published.get(cellId('accepted', 'harju')) == null).toBe(
    true,
  )
  expect([...published.keys()].some((id) => id.includes('without'))).toBe(false)
  expect(auditDisclosure(tables, published, defaultRule)).toEqual([])
})

test('people who count in several counties: the total is no sum, and still limits what is possible', () => {
  const tables = list({ harju: 12, tartu: 9, hiiu: 2 }, 15)
  const { published } = disclose(tables)
  expect(Object.fromEntries(published)).toEqual({
    'needs/harju': 12,
    'needs/tartu': 9,
    'needs/hiiu': null,
    'needs/all': 15,
  })
  expect(auditDisclosure(tables, published, defaultRule)).toEqual([])
})

test('a quarter does not give away the month that was hidden in the months’ own reports', () => {
  const months = [
    { prefix: '2026-10', tables: list({ harju: 30, tartu: 14 }) },
    { prefix: '2026-11', tables: list({ harju: 20, tartu: 3 }) },
    { prefix: '2026-12', tables: list({ harju: 21, tartu: 11 }) },
  ].map((month) => ({ ...month, already: disclose(month.tables).published }))
  const quarter = { prefix: '2026-Q4', tables: list({ harju: 71, tartu: 28 }) }
  const sums = ['needs/harju', 'needs/tartu', 'needs/all'].map((id) => ({
    whole: `2026-Q4:${id}`,
    parts: months.map(({ prefix }) => `${prefix}:${id}`),
  }))
  const tables = joinTables([...months, quarter], sums)
  const { published, exposed } = disclose(tables)
  expect(exposed).toEqual([])
  expect(published.get('2026-10:needs/tartu')).toBe(14)
  expect(published.get('2026-Q4:needs/tartu')).toBeNull()
  expect(auditDisclosure(tables, published, defaultRule)).toEqual([])
  expect(auditDisclosure(tables, new Map(published).set('2026-Q4:needs/tartu', 28), defaultRule)).toMatchObject([
    { id: '2026-11:needs/tartu', problem: 'exact', range: { low: 3, high: 3 } },
  ])
})

test('what earlier publications already give away is said, and nothing more of it is printed', () => {
  const tables = {
    cells: [
      { id: 'all', count: 12, already: 'shown' as const },
      { id: 'harju', count: 10, already: 'shown' as const },
      { id: 'hiiu', count: 2 },
    ],
    sums: [{ whole: 'all', parts: ['harju', 'hiiu'] }],
  }
  const { published, exposed } = disclose(tables)
  expect(exposed).toEqual(['hiiu'])
  expect(published.get('hiiu')).toBeNull()
})

test('a mean or a share is shown only where every count it rests on is', () => {
  const { published } = disclose(list({ harju: 30, tartu: 9, hiiu: 2 }))
  expect(isShown(published, 'needs/harju', 'needs/all')).toBe(true)
  expect(isShown(published, 'needs/harju', 'needs/hiiu')).toBe(false)
  expect(isShown(published, 'nothing')).toBe(false)
})

test('the same tables always give the same answer, and wrong sums are refused', () => {
  const tables = list({ harju: 30, tartu: 9, viru: 9, hiiu: 2 })
  expect(disclose(tables)).toEqual(disclose(tables))
  const wrong = { cells: tables.cells.map((cell) => ({ ...cell, count: cell.count + 1 })), sums: tables.sums }
  expect(() => disclose(wrong)).toThrow('do not add up')
  expect(() => disclose({ cells: [{ id: 'a', count: 1.5 }], sums: [] })).toThrow('not a count')
  expect(() => joinTables([{ prefix: 'a', tables }], [{ whole: 'a:needs/all', parts: ['b'] }])).toThrow('no such cell')
})

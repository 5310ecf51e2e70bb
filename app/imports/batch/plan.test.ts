// Does each row get the one fate that the coordinator would give it?
import { expect, test } from 'vitest'
import { previewOf } from '../preview.ts'
import { addressOf, fingerprint } from './batch.ts'
import { type Fate, planOf, type Standing, takenOf } from './plan.ts'

const sheets = [
  {
    name: 'Vabatahtlikud',
    rows: [
      ['Ees- ja perenimi', 'E-post', 'Maakond', 'Keeled', 'Staatus'],
      ['Mari Näidis-Mets', 'mari@example.ee', 'Harju maakond', 'eesti', 'aktiivne'],
      ['Jüri Näidis-Jõgi', 'juri@example.ee', 'Tartu maakond', 'eesti', 'aktiivne'],
      ['Mari Näidis-Mets', 'mari@example.ee', 'Harju maakond', 'eesti', 'aktiivne'],
      ['Olev', 'olev@example.ee', 'Atlantis', 'eesti', 'aktiivne'],
    ],
  },
  {
    name: 'Vajadused',
    rows: [
      ['Juhtumi nr', 'Maakond', 'Keel', 'Vajadus alates', 'Eeldatav kestus (kuud)'],
      ['M-2022-001', 'Harju maakond', 'eesti', '01.01.2022', 6],
      ['M-2022-002', 'Tartu maakond', 'eesti', '01.01.2022', 6],
    ],
  },
  {
    name: 'Tunnid',
    rows: [
      ['Kuu', 'Vabatahtlik', 'Juhtum', 'Tunde'],
      ['01.2022', 'Mari Näidis-Mets', 'M-2022-001', 2],
      ['01.2022', 'Jüri Näidis-Jõgi', 'M-2022-002', 3],
      ['02.2022', 'Mari Näidis-Mets', 'M-2022-002', 4],
    ],
  },
].map(({ name, rows }) => ({ name, rows: rows.map((cells, place) => ({ row: place + 1, cells })) }))

const nobody = { volunteers: new Set<string>(), cases: new Set<string>() }
const fatesOf = (standings: [string, Standing][] = [], left: string[] = []): Fate[][] =>
  planOf(previewOf(sheets), new Map(standings), { left: new Set(left), keepNotes: new Set() }, nobody).sheets.map(
    ({ rows }) => rows.map(({ fate }) => fate),
  )

test('what was understood is taken, what repeats or cannot be read is not', () => {
  expect(fatesOf()).toEqual([
    ['take', 'take', 'same', 'refused'],
    ['take', 'take'],
    ['take', 'take', 'take'],
  ])
})

test('whoever is in the register already is left as they are, and their hours still come', () => {
  const known = { known: { href: '/volunteers/1', number: 'TI-001', differs: [] } }
  expect(fatesOf([['0.2', known]])).toEqual([
    ['known', 'take', 'same', 'refused'],
    ['take', 'take'],
    ['take', 'take', 'take'],
  ])
})

test('hours wait for the person or the case that was left out', () => {
  expect(fatesOf([], ['0.2'])[2]).toEqual(['waits', 'take', 'waits'])
  expect(fatesOf([['1.3', { stopped: 'noNetwork' }]])).toEqual([
    ['take', 'take', 'same', 'refused'],
    ['take', 'stopped'],
    ['take', 'waits', 'waits'],
  ])
})

test('what is taken is told apart by what it is', () => {
  const taken = takenOf(planOf(previewOf(sheets), new Map(), { left: new Set(), keepNotes: new Set() }, nobody))
  expect([taken.volunteers.length, taken.needs.length, taken.hours.length]).toEqual([2, 2, 3])
  expect(taken.hours[2]?.values).toMatchObject({ month: '2022-02', minutes: 240, caseNumber: 'M-2022-002' })
})

test('a note that tells where somebody is, or how to reach them, never comes along', () => {
  const [head = [], body = []] = (sheets[1]?.rows ?? []).map(({ cells }) => cells)
  const noteOf = (note: string) => {
    const rows = [
      [...head, 'Märkused'],
      [...body, note],
    ].map((cells, place) => ({ row: place + 1, cells }))
    const plan = planOf(
      previewOf([{ name: 'Vajadused', rows }]),
      new Map(),
      { left: new Set(), keepNotes: new Set() },
      nobody,
    )
    return takenOf(plan).needs[0]?.values.note
  }
  expect(noteOf('kolis, uus aadress Kase 1')).toBeNull()
  expect(noteOf('helista 5123 4567')).toBeNull()
  expect(noteOf('Vajab saatmist kohtusse')).toBe('Vajab saatmist kohtusse')
})

test('a filter has an address, and a fingerprint can be compared by eye', () => {
  expect(addressOf('x', { sheet: 1, show: 'refused', page: 2 })).toBe('/imports/x?sheet=1&show=refused&page=2')
  expect(addressOf('x')).toBe('/imports/x')
  expect(fingerprint('0123456789abcdef0123')).toBe('0123 4567 89ab cdef')
})

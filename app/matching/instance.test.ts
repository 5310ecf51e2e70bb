// Is a malformed instance refused at the right place, and a good one read as it was meant?
import { expect, test } from 'vitest'
import { translator } from '../i18n/i18n.ts'
import { type Fault, maxTotal, problemOf, readInstance } from './instance.ts'

const good = {
  needs: [{ id: 'a' }, { id: 2 }],
  volunteers: [
    { id: 'x', capacity: 3 },
    { id: 'y', capacity: 0 },
  ],
  pairs: [
    { need: 'a', volunteer: 'x', cost: 5 },
    { need: 2, volunteer: 'y', cost: 0 },
  ],
}

/** The faults of the good instance after one change, as `code at`. */
function faults(change: object): string[] {
  const read = readInstance({ ...structuredClone(good), ...change })
  return 'faults' in read ? read.faults.map(({ key, args }) => `${key.split('.').pop()} ${String(args.at)}`) : []
}
const pair = (change: object) => ({ pairs: [good.pairs[0], { ...good.pairs[1], ...change }] })

test('reads a good instance', () => {
  expect(readInstance(good)).toEqual({ instance: good })
  expect(readInstance({ needs: [], volunteers: [], pairs: [] })).toHaveProperty('instance')
})

test.each([
  [null, 'object JSON'],
  ['text', 'object JSON'],
  [[], 'object JSON'],
])('refuses what is no object: %j', (value, fault) => {
  const read = readInstance(value)
  expect('faults' in read && read.faults.map(({ key, args }) => `${key.split('.').pop()} ${String(args.at)}`)).toEqual([
    fault,
  ])
})

test.each<[string, object, string]>([
  ['no list', { needs: undefined }, 'list needs'],
  ['not a list', { pairs: {} }, 'list pairs'],
  ['not an object in a list', { volunteers: [7] }, 'object volunteers[0]'],
  ['an empty id', { needs: [{ id: '' }] }, 'id needs[0].id'],
  ['an id of a wrong type', { needs: [{ id: null }] }, 'id needs[0].id'],
  ['a very long id', { needs: [{ id: 'a'.repeat(201) }] }, 'id needs[0].id'],
  ['no capacity', { volunteers: [{ id: 'x' }] }, 'capacity volunteers[0].capacity'],
  ['a negative capacity', { volunteers: [{ id: 'x', capacity: -1 }] }, 'capacity volunteers[0].capacity'],
  ['a broken capacity', { volunteers: [{ id: 'x', capacity: 1.5 }] }, 'capacity volunteers[0].capacity'],
  ['a capacity in words', { volunteers: [{ id: 'x', capacity: '2' }] }, 'capacity volunteers[0].capacity'],
  ['a negative cost', pair({ cost: -1 }), 'cost pairs[1].cost'],
  ['a broken cost', pair({ cost: 0.1 }), 'cost pairs[1].cost'],
  ['an endless cost', pair({ cost: Number.POSITIVE_INFINITY }), 'cost pairs[1].cost'],
  ['no number', pair({ cost: Number.NaN }), 'cost pairs[1].cost'],
  ['an unsafe cost', pair({ cost: 2 ** 53 }), 'cost pairs[1].cost'],
  ['an unknown need', pair({ need: 'b' }), 'unknownNeed pairs[1].need'],
  ['an unknown volunteer', pair({ volunteer: 'z' }), 'unknownVolunteer pairs[1].volunteer'],
  ['a doubled need', { needs: [...good.needs, { id: 'a' }] }, 'duplicateId needs[2].id'],
  ['a number and its text', { needs: [...good.needs, { id: '2' }] }, 'duplicateId needs[2].id'],
  ['a doubled volunteer', { volunteers: [...good.volunteers, good.volunteers[0]] }, 'duplicateId volunteers[2].id'],
  ['a doubled pair', { pairs: [...good.pairs, good.pairs[0]] }, 'duplicatePair pairs[2]'],
  ['costs too large together', { pairs: good.pairs.map((own) => ({ ...own, cost: maxTotal })) }, 'total pairs'],
  ['too long a list', { needs: new Array(200_001).fill({ id: 'a' }) }, 'tooMany needs'],
])('refuses %s', (_, change, fault) => {
  expect(faults(change)).toContain(fault)
})

test('every fault is a sentence in every language', () => {
  const bad = { needs: [{ id: '' }], volunteers: [{ id: 'x', capacity: -1 }], pairs: [7] }
  const read = readInstance(bad) as { faults: Fault[] }
  expect(read.faults).toHaveLength(3)
  for (const { key, args } of read.faults)
    for (const locale of ['et', 'en', 'ru'] as const) expect(translator(locale)(key, args)).toContain(String(args.at))
})

test('as a problem, nobody has more places than pairs, and a huge capacity costs nothing', () => {
  const read = readInstance({
    ...good,
    volunteers: [{ id: 'x', capacity: Number.MAX_SAFE_INTEGER }, good.volunteers[1]],
  })
  if (!('instance' in read)) throw new Error('refused')
  expect(problemOf(read.instance)).toEqual({
    levels: 1,
    needs: [{ id: 'a' }, { id: '2' }],
    volunteers: [
      { id: 'x', places: [[0]] },
      { id: 'y', places: [] },
    ],
    pairs: [
      { need: 'a', volunteer: 'x', cost: [5] },
      { need: '2', volunteer: 'y', cost: [0] },
    ],
  })
})

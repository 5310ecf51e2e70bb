// Is every code that is tried counted, however many pages of one browser try at once, and does nothing come back of what was wiped?
import { beforeEach, expect, test } from 'vitest'
import { storeInMemory } from '../../../test/field.ts'
import { contacted, makeKeep, type Plain, readPlain, seen, tryPin } from './keep.ts'
import type { Store } from './store.ts'

const [right, tries] = ['246810', 3]
const made = { id: 'x', token: 't', rules: { keepDays: 14, tries, lockMinutes: 5, pinDigits: 6 } }
let store: Store
beforeEach(async () => {
  store = storeInMemory()
  await makeKeep(store, made, { pin: right }, 1_000)
})

test('of many at once only so many are made, the right one behind them does not open any more, and everything is gone', async () => {
  const pins = ['000000', '111111', '222222', '333333', '444444', right]
  const told = await Promise.all(pins.map((pin) => tryPin(store, pin)))
  expect(told.filter((one) => typeof one === 'number').length).toBeLessThan(tries)
  expect(told.slice(tries)).toEqual(['wiped', 'wiped', 'wiped'])
  expect(await store.names()).toEqual([])
}, 60_000)

test('one after the other they are counted down; the right one counts anew', async () => {
  expect([await tryPin(store, '000000'), await tryPin(store, '111111')]).toEqual([2, 1])
  expect(await tryPin(store, right)).toMatchObject({ plain: { tries: 0 } })
  expect(await tryPin(store, '000000')).toBe(2)
}, 60_000)

test('what else is noted meanwhile gives no try back, and nothing is noted on what was wiped', async () => {
  // As when another page writes down what time it is, or that the server has answered, while a code is tried.
  const [left] = await Promise.all([tryPin(store, '000000'), seen(store, 2_000), contacted(store, ['support'], 3_000)])
  expect(left).toBe(2)
  expect(await readPlain(store)).toMatchObject({ tries: 1, contactedAt: 3_000, held: true } satisfies Partial<Plain>)
  await store.wipe()
  await Promise.all([seen(store, 4_000), contacted(store, [], 4_000)])
  expect([await tryPin(store, right), await store.names()]).toEqual(['wiped', []])
}, 60_000)

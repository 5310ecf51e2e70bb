// Does a seal count for exactly this row of exactly this person, and for nothing that only looks like it?
import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { useKeys } from './ring.server.ts'
import { cookieMark, isSealed, rowSeal } from './row-seal.server.ts'

const keys = () => ({ master: randomBytes(32), masterId: 'test', index: randomBytes(32), pepper: randomBytes(32) })
useKeys(keys())
const [a, b, ab, empty] = ['a', 'b', 'ab', ''].map((text) => Buffer.from(text)) as [Buffer, Buffer, Buffer, Buffer]
const row = { personId: 'lou', parts: [a, b], seal: rowSeal('passkey', 'lou', [a, b]) }

test('a row bears the seal of its kind, its person and its parts in their order', () => {
  expect(isSealed('passkey', row)).toBe(true)
  expect(isSealed('card', row)).toBe(false)
  expect(isSealed('passkey', { ...row, personId: 'kim' })).toBe(false)
  for (const parts of [[a], [b, a], [a, b, empty], [ab], [ab, empty], [empty, ab]])
    expect(isSealed('passkey', { ...row, parts }), parts.join('|')).toBe(false)
  // What is a name here and a part there is not the same.
  expect(rowSeal('card', 'loua', [b])).not.toEqual(rowSeal('card', 'lou', [a, b]))
})

test('no seal, a short one and one under another key are none', () => {
  for (const seal of [null, empty, row.seal.subarray(1), Buffer.concat([row.seal, a])])
    expect(isSealed('passkey', { ...row, seal })).toBe(false)
  const mark = cookieMark('lou', a)
  expect(mark).toHaveLength(16)
  expect(cookieMark('lou', a)).toEqual(mark)
  expect(cookieMark('lou', b)).not.toEqual(mark)
  expect(cookieMark('kim', a)).not.toEqual(mark)
  expect(cookieMark('lo', Buffer.from('ua'))).not.toEqual(mark)
  useKeys(keys())
  expect(isSealed('passkey', row)).toBe(false)
  expect(cookieMark('lou', a)).not.toEqual(mark)
})

// Does somebody who knocks get in soon, however many another place sends – and is the line never longer than it may be?
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Unavailable } from '../errors.ts'
import { fairLine } from './fair-line.ts'

const limits = { atOnce: 2, inLine: 6, eachPlace: 4 }

/** A line whose work ends when it is told to; who was served in which order, and who was sent away. */
function watched() {
  const line = fairLine(limits)
  const [served, away, going]: [string[], string[], (() => void)[]] = [[], [], []]
  let [running, most] = [0, 0]
  const knock = (place: string) =>
    line(place, async () => {
      served.push(place)
      most = Math.max(most, ++running)
      await new Promise<void>((done) => going.push(done))
      running--
    }).catch((error: unknown) => {
      expect(error).toBeInstanceOf(Unavailable)
      away.push(place)
    })
  const settle = () => new Promise<void>((done) => setImmediate(done))
  const finish = async () => {
    going.shift()?.()
    await settle()
  }
  return { knock, served, away, finish, settle, going, most: () => most }
}

test('places take turns: whoever knocks once is next, however many another has sent', async () => {
  const { knock, served, finish, settle } = watched()
  for (let n = 0; n < 6; n++) void knock('flood')
  await settle()
  void knock('home')
  void knock('office')
  await settle()
  for (let n = 0; n < 8; n++) await finish()
  expect(served).toEqual(['flood', 'flood', 'flood', 'home', 'office', 'flood', 'flood', 'flood'])
})

test('one place may wait with so many and no more; the others still find room', async () => {
  const { knock, away, settle, going, finish, served } = watched()
  for (let n = 0; n < 30; n++) void knock('flood')
  await settle()
  expect(away).toHaveLength(24)
  void knock('home')
  await settle()
  expect(away).toHaveLength(24)
  while (going.length > 0) await finish()
  expect(served.filter((place) => place === 'home')).toHaveLength(1)
})

test('where the line is full, the last of whoever has most makes room; among equals nobody does', async () => {
  const { knock, away, settle, going, finish } = watched()
  for (const place of ['a', 'a', 'a', 'a', 'a', 'b', 'b', 'c']) void knock(place)
  await settle()
  void knock('d')
  await settle()
  expect(away).toEqual(['a'])
  for (const place of ['d', 'e', 'f', 'g']) void knock(place)
  await settle()
  while (going.length > 0) await finish()
  expect(away.slice(1).toSorted()).toEqual(['a', 'b', 'd', 'g'])
})

test('whatever comes in whatever order: everybody is served or sent away, never more at once, and the line empties', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.constantFrom('a', 'b', 'c', 'd', 'done'), { maxLength: 60 }), async (steps) => {
      const { knock, served, away, finish, settle, going, most } = watched()
      for (const step of steps) {
        if (step === 'done') await finish()
        else void knock(step)
      }
      await settle()
      while (going.length > 0) await finish()
      const knocked = steps.filter((step) => step !== 'done').toSorted()
      expect([...served, ...away].toSorted()).toEqual(knocked)
      expect(most()).toBeLessThanOrEqual(limits.atOnce)
    }),
    { numRuns: 200 },
  )
})

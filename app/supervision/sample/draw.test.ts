// Does the lot favour nobody, leave nobody out, and come out the same for whoever draws again?
import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { seed } from '../../../test/draws.ts'
import { drawAgain, type Entry, ticketOf } from './draw.ts'

const entriesOf = (sizes: readonly number[]): Entry[] =>
  sizes.flatMap((size, writer) =>
    Array.from({ length: size }, (_, at) => ({ id: `${writer}-${at}`, writer, flagged: at === 3 })),
  )
const numberOf = (at: number) => createHash('sha256').update(`${seed}/${at}`).digest('hex')

type Draw = (entries: readonly Entry[], number: string, size: number) => string[]
const byLot: Draw = (entries, number, size) =>
  [...drawAgain(entries, number, size, 0)].filter(([, why]) => why === 'random').map(([id]) => id)

const sizes = [2, 5, 8, 25]
const entries = entriesOf(sizes)
const rounds = 4000

/** How far the draws of each entry are from what they should be, and of each two entries of one writer together: chi-square over its mean. */
function unevenness(draw: Draw, size = 10): { each: number; pairs: number } {
  const times = new Map(entries.map(({ id }) => [id, 0]))
  let together = 0
  for (let at = 0; at < rounds; at++) {
    const drawn = draw(entries, numberOf(at), size)
    for (const id of drawn) times.set(id, (times.get(id) ?? 0) + 1)
    if (drawn.includes('3-0') && drawn.includes('3-1')) together++
  }
  const [share, both] = [size / entries.length, (size * (size - 1)) / (entries.length * (entries.length - 1))]
  const far = [...times.values()].map((found) => (found - rounds * share) ** 2 / (rounds * share * (1 - share)))
  const each = far.reduce((sum, one) => sum + one, 0) / entries.length
  return { each, pairs: Math.abs(together - rounds * both) / Math.sqrt(rounds * both * (1 - both)) }
}

test('each entry is drawn as often as every other, within each who wrote and among all, and none goes with another', () => {
  const { each, pairs } = unevenness(byLot)
  // Forty entries: the mean of the squares is 1, and is beyond 1.8 once in ten thousand.
  expect(each).toBeLessThan(1.8)
  expect(pairs).toBeLessThan(4)
})

test('a lot that favours is found out', () => {
  // Those that come first win where two are alike; a shuffle that swaps each with any; a step through the list from a chance beginning.
  const shortTicket: Draw = (list, number, size) =>
    list
      .toSorted((a, b) => (ticketOf(number, a.id)[0] ?? '').localeCompare(ticketOf(number, b.id)[0] ?? ''))
      .slice(0, size)
      .map(({ id }) => id)
  const everyFourth: Draw = (list, number, size) =>
    list
      .filter((_, at) => at % Math.floor(list.length / size) === Number.parseInt(number.slice(0, 8), 16) % 4)
      .map(({ id }) => id)
  expect(unevenness(shortTicket).each).toBeGreaterThan(1.8)
  expect(unevenness(everyFourth).pairs).toBeGreaterThan(4)
})

const anyList = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 8 }).map(entriesOf)

test('whoever draws again from the same list, in whatever order it comes, draws the same', () => {
  fc.assert(
    fc.property(anyList, fc.nat(), fc.integer({ min: 1, max: 30 }), (list, at, size) => {
      const number = numberOf(at)
      const told = [...drawAgain(list, number, size, 2)].toSorted()
      expect([...drawAgain(list.toReversed(), number, size, 2)].toSorted()).toEqual(told)
    }),
    { seed, numRuns: 200 },
  )
})

test('so many as were asked for are drawn by lot, flagged ones are added, and nobody is left out', () => {
  fc.assert(
    fc.property(
      anyList,
      fc.nat(),
      fc.integer({ min: 1, max: 30 }),
      fc.integer({ min: 0, max: 4 }),
      (list, at, size, extra) => {
        const drawn = drawAgain(list, numberOf(at), size, extra)
        const as = (why: string) => list.filter(({ id }) => drawn.get(id) === why)
        expect(as('random').length).toBe(Math.min(size, list.length))
        const missed = list.filter(({ id, flagged }) => flagged && drawn.get(id) !== 'random')
        expect(as('flagged').length).toBe(Math.min(extra, missed.length))
        expect(as('flagged').every(({ flagged }) => flagged)).toBe(true)
        const writers = new Set(list.map(({ writer }) => writer))
        expect(new Set(list.filter(({ id }) => drawn.has(id)).map(({ writer }) => writer))).toEqual(writers)
        // One of each whom the lot had missed, and no more.
        expect(new Set(as('everyone').map(({ writer }) => writer)).size).toBe(as('everyone').length)
      },
    ),
    { seed, numRuns: 200 },
  )
})

// Does what is said of all entries hold as often as it is promised, whatever the truth is?
import { expect, test } from 'vitest'
import { record } from '../../../test/proof/record.ts'
import { boundsOf, sampleSize, ways, waysWithAtMost } from './exact.ts'

const confidences = [80, 90, 95, 99]
const upTo = (last: number, first = 0) => Array.from({ length: last - first + 1 }, (_, at) => first + at)

/** Every way to draw, one by one: which of the entries 0 … of-1, of which the first ones are wanting, are met? */
function drawnOneByOne(of: number, drawn: number, wanting: number): number[] {
  const met = Array<number>(drawn + 1).fill(0)
  const go = (next: number, left: number, found: number): void => {
    if (left === 0) {
      met[found] = (met[found] ?? 0) + 1
      return
    }
    for (let at = next; at <= of - left; at++) go(at + 1, left - 1, found + (at < wanting ? 1 : 0))
  }
  go(0, drawn, 0)
  return met
}

test('ways to draw are counted as they are when they are drawn one by one', () => {
  for (const of of upTo(9, 1))
    for (const drawn of upTo(of))
      for (const wanting of upTo(of)) {
        const met = drawnOneByOne(of, drawn, wanting)
        let sum = 0
        for (const found of upTo(drawn)) {
          sum += met[found] ?? 0
          expect(Number(waysWithAtMost(found, { of, drawn, wanting })), `${of} ${drawn} ${wanting} ${found}`).toBe(sum)
        }
        expect(Number(ways(of, drawn))).toBe(sum)
      }
})

/** Out of how many lots the bounds miss the truth: upwards where one says `most`, and in either direction. */
function missed(of: number, drawn: number, wanting: number, confidence: number): { most: bigint; both: bigint } {
  let [most, both] = [0n, 0n]
  for (const found of upTo(Math.min(drawn, wanting), Math.max(0, drawn - (of - wanting)))) {
    const lots = ways(wanting, found) * ways(of - wanting, drawn - found)
    const said = known(of, drawn, found, confidence)
    if (wanting > said.most) most += lots
    if (wanting < said.low || wanting > said.high) both += lots
  }
  return { most, both }
}
const kept = new Map<string, ReturnType<typeof boundsOf>>()
function known(of: number, drawn: number, found: number, confidence: number) {
  const key = `${of}/${drawn}/${found}/${confidence}`
  const said = kept.get(key) ?? boundsOf({ of, drawn, looked: drawn, found }, confidence)
  kept.set(key, said)
  return said
}

test('for up to 40 entries, however many are wanting and drawn, the truth is missed no more often than is promised', () => {
  const begun = performance.now()
  let [count, tight] = [0, 0]
  const wrong: string[] = []
  for (const confidence of confidences)
    for (const of of upTo(40, 1))
      for (const drawn of upTo(of, 1))
        for (const wanting of upTo(of)) {
          count++
          const all = ways(of, drawn) * BigInt(100 - confidence)
          const { most, both } = missed(of, drawn, wanting, confidence)
          if (most * 100n > all || both * 100n > all) wrong.push(`${confidence} %: ${of} ${drawn} ${wanting}`)
          if (most * 200n > all) tight++
        }
  record({ promise: 'sampling', what: 'truths a lot speaks of', count, failed: wrong.length }, begun)
  expect(wrong).toEqual([])
  // A bound that said "all of them" would never miss: these miss as often as they may, where they may.
  expect(tight / count).toBeGreaterThan(0.2)
})

test('one entry less in any bound would break the promise', () => {
  for (const of of upTo(14, 2))
    for (const drawn of upTo(of - 1, 1))
      for (const found of upTo(drawn)) {
        const { most } = boundsOf({ of, drawn, looked: drawn, found }, 95)
        if (most === found) continue
        // As many as `most` still meet so few of them in more than 5 of 100 lots.
        const lots = waysWithAtMost(found, { of, drawn, wanting: most })
        expect(lots * 100n > 5n * ways(of, drawn), `${of} ${drawn} ${found}`).toBe(true)
      }
})

test('the plan is the smallest that keeps its promise', () => {
  for (const confidence of confidences)
    for (const percent of [1, 5, 10, 25, 50])
      for (const of of upTo(60, 1)) {
        const size = sampleSize(of, percent, confidence)
        const most = (drawn: number) => boundsOf({ of, drawn, looked: drawn, found: 0 }, confidence).most
        expect(most(size) * 100, `${of} ${percent} ${confidence}`).toBeLessThanOrEqual(of * percent)
        if (size > 1) expect(most(size - 1) * 100).toBeGreaterThan(of * percent)
      }
  // Of 180 entries 28 looked at, and nothing wanting: at most 16 of all, that is 9 %; a 29th does not change that.
  const told = [28, 29].map((drawn) => boundsOf({ of: 180, drawn, looked: drawn, found: 0 }, 95).most)
  expect([sampleSize(180, 9, 95), ...told]).toEqual([28, 16, 16])
})

test('what was drawn and could not be looked at is reckoned as what is worse', () => {
  const seen = { of: 40, drawn: 12, looked: 10, found: 2 }
  const [open, best, worst] = [
    boundsOf(seen, 95),
    boundsOf({ ...seen, looked: 12 }, 95),
    boundsOf({ ...seen, looked: 12, found: 4 }, 95),
  ]
  expect(open).toEqual({ most: worst.most, low: best.low, high: worst.high })
  expect(() => boundsOf({ ...seen, found: 11 }, 95)).toThrow(RangeError)
})

test('whoever looks at everything knows it', () => {
  for (const found of upTo(9)) {
    const all = { most: found, low: found, high: found }
    expect(boundsOf({ of: 9, drawn: 9, looked: 9, found }, 99)).toEqual(all)
  }
})

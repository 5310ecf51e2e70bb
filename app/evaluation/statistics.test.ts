// Are means, medians, shares and waiting times right, and null instead of nonsense where there is nothing to count?
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { mean, median, share, waitingTimes, wilson } from './statistics.ts'

test('mean and median', () => {
  expect(mean([1, 2, 6])).toBe(3)
  expect(median([9, 1, 2])).toBe(2)
  expect(median([9, 1, 2, 4])).toBe(3)
  expect([mean([]), median([])]).toEqual([null, null])
  expect(() => mean([Number.NaN])).toThrow('finite')
})

test('a share of nothing is null, and a part larger than its whole is an error', () => {
  expect(share(3, 4)).toBe(0.75)
  expect(share(0, 0)).toBeNull()
  expect(() => share(5, 4)).toThrow('within')
  expect(() => share(-1, 4)).toThrow('within')
})

test('the Wilson interval agrees with worked values', () => {
  expect(wilson(5, 10)?.low).toBeCloseTo(0.2366, 4)
  expect(wilson(5, 10)?.high).toBeCloseTo(0.7634, 4)
  expect(wilson(0, 10)?.high).toBeCloseTo(0.2775, 4)
  expect(wilson(0, 10)?.low).toBe(0)
  expect(wilson(10, 10)?.high).toBe(1)
  expect(wilson(0, 0)).toBeNull()
})

test('the Wilson interval always holds the share and stays between 0 and 1', () => {
  fc.assert(
    fc.property(fc.nat(400), fc.nat(400), (a, b) => {
      const range = wilson(Math.min(a, b), Math.max(a, b))
      if (!range) return
      expect(range.low).toBeGreaterThanOrEqual(0)
      expect(range.low).toBeLessThanOrEqual(range.share)
      expect(range.high).toBeGreaterThanOrEqual(range.share)
      expect(range.high).toBeLessThanOrEqual(1)
    }),
    { seed: 20261123 },
  )
})

test('waiting times', () => {
  expect(waitingTimes([4, 0, 11])).toEqual({ count: 3, mean: 5, median: 4, shortest: 0, longest: 11 })
  expect(waitingTimes([])).toEqual({ count: 0, mean: null, median: null, shortest: null, longest: null })
  expect(() => waitingTimes([-1])).toThrow('whole number of days')
})

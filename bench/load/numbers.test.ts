// Do the few numbers stand for the many, and is the processor time read from the right fields?
import { expect, test } from 'vitest'
import { memoryOf, parseStat, ticksOf } from './cpu.ts'
import { geometricMean, growth, median, percentile } from './numbers.ts'

test('a percentile is a value that was seen', () => {
  const hundred = Array.from({ length: 100 }, (_, at) => at + 1)
  expect([1, 50, 95, 99, 100].map((share) => percentile(hundred, share))).toEqual([1, 50, 95, 99, 100])
  expect(percentile([7], 95)).toBe(7)
  expect(percentile([1, 2, 3], 50)).toBe(2)
  expect(percentile([], 95)).toBeNaN()
})

test('twice and half make one', () => {
  expect(geometricMean([2, 0.5])).toBeCloseTo(1)
  expect(median([9, 1, 5])).toBe(5)
})

test('growth is the power', () => {
  const squares = [10, 100, 1000].map((size) => ({ size, time: 3 * size ** 2 }))
  expect(growth(squares)).toBeCloseTo(2)
  expect(growth(squares.map(({ size }) => ({ size, time: size * 7 })))).toBeCloseTo(1)
})

test('the name of a program may hold brackets and blanks', () => {
  const line = '42 (tu) gi (x) S 7 42 42 0 -1 4194560 1 0 0 0 11 22 33 44 20 0 1 0 5 0 0'
  expect(parseStat(line)).toEqual({ parent: 7, own: 33, buried: 77 })
})

test('a tree is its root, its living and its buried, and nobody else', () => {
  const one = (pid: number, parent: number, own: number, buried = 0) => ({ pid, parent, own, buried })
  expect(ticksOf(1, [one(1, 0, 5, 2), one(2, 1, 10), one(3, 2, 100), one(4, 9, 1000)])).toBe(117)
  expect(ticksOf(8, [one(1, 0, 5)])).toBe(0)
})

test('what is a process’s own is some, and less than all it has ever held', () => {
  const { now, peak } = memoryOf(process.pid)
  expect(now).toBeGreaterThan(10)
  expect(now).toBeLessThan(peak)
})

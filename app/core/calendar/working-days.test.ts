// Are months and weekdays counted the same for everybody?
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { addDays, addMonths, mondayOf, weekdayOf } from './working-days.ts'

test('months are counted to the same day, or to the last of a shorter month', () => {
  expect(addMonths('2026-01-31', 1)).toBe('2026-02-28')
  expect(addMonths('2027-01-31', 13)).toBe('2028-02-29')
  expect(addMonths('2024-02-29', 12)).toBe('2025-02-28')
  expect(addMonths('2025-11-02', 12)).toBe('2026-11-02')
  expect(addMonths('2026-12-15', 1)).toBe('2027-01-15')
  expect(addMonths('2026-11-23', 0)).toBe('2026-11-23')
  expect(addMonths('2026-11-23', -6)).toBe('2026-05-23')
})

test('a week begins on Monday', () => {
  expect([weekdayOf('2026-11-23'), weekdayOf('2026-11-29')]).toEqual([0, 6])
  expect(() => weekdayOf('2026-02-31')).toThrow('not a date')
  const day = fc.integer({ min: 0, max: 4000 }).map((days) => addDays('2020-01-01', days))
  fc.assert(
    fc.property(day, (one) => {
      const monday = mondayOf(one)
      expect(weekdayOf(monday)).toBe(0)
      expect(addDays(monday, weekdayOf(one))).toBe(one)
    }),
  )
})

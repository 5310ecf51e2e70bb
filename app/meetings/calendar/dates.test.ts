// Does a rhythm give the days that a calendar on the wall gives?
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isWorkingDay } from '../../core/calendar/working-days.ts'
import { cutOffOf, dayIn, daysAhead } from './dates.ts'

test('the second Tuesday, the last Friday, and a holiday that moves it', () => {
  expect(dayIn('2026-11-26', { week: 2, weekday: 2 })).toBe('2026-11-10')
  expect(dayIn('2026-11-01', { week: 5, weekday: 5 })).toBe('2026-11-27')
  expect(dayIn('2026-10-01', { week: 5, weekday: 5 })).toBe('2026-10-30')
  // The 24th of February 2026 is the fourth Tuesday and a public holiday.
  expect(dayIn('2026-02-01', { week: 4, weekday: 2 })).toBe('2026-02-25')
})

test('days ahead begin today or later, one a rhythm, and end where asked', () => {
  const rhythm = { everyMonths: 1, week: 2, weekday: 2 }
  expect(daysAhead('2026-11-26', rhythm, 3)).toEqual(['2026-12-08', '2027-01-12', '2027-02-09'])
  expect(daysAhead('2026-11-10', rhythm, 1)).toEqual(['2026-11-10'])
  expect(daysAhead('2026-11-26', { ...rhythm, everyMonths: 3 }, 2)).toEqual(['2026-12-08', '2027-03-09'])
  expect(cutOffOf('2026-12-08', 7)).toBe('2026-12-01')
})

test('every day of every rhythm is a working day, and they only go forward', () => {
  const rhythms = fc.record({
    everyMonths: fc.integer({ min: 1, max: 6 }),
    week: fc.integer({ min: 1, max: 5 }),
    weekday: fc.integer({ min: 1, max: 5 }),
  })
  const days = fc.date({ min: new Date('2020-01-01'), max: new Date('2035-12-31'), noInvalidDate: true })
  fc.assert(
    fc.property(rhythms, days, (rhythm, day) => {
      const from = day.toISOString().slice(0, 10)
      const ahead = daysAhead(from, rhythm, 6)
      expect(ahead.every(isWorkingDay)).toBe(true)
      expect(ahead).toEqual([...new Set(ahead)].toSorted())
      expect((ahead[0] ?? '') >= from).toBe(true)
    }),
  )
})

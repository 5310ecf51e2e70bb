// Does the calendar show the right days, and do its keys lead where people expect?
import { expect, test } from 'vitest'
import { addMonths, moveBy, readDay, weeksOf, writeDay } from './calendar.ts'

const day = (iso: string) => new Date(`${iso}T00:00:00Z`)

test('a date is read as people write it, and only if it exists', () => {
  expect(readDay(' 8.2.2026 ')).toEqual(day('2026-02-08'))
  expect(readDay('31.02.2026')).toBeNull()
  expect(readDay('29.02.2028')).toEqual(day('2028-02-29'))
  expect(readDay('2026-02-08')).toBeNull()
  expect(writeDay(day('2026-02-08'))).toBe('08.02.2026')
})

test('weeks begin on Monday and hold every day of the month once', () => {
  const weeks = weeksOf(day('2026-11-23'))
  expect(weeks[0]?.map((date) => date?.getUTCDate() ?? 0)).toEqual([0, 0, 0, 0, 0, 0, 1])
  for (let month = 0; month < 240; month += 1) {
    const days = weeksOf(new Date(Date.UTC(2020, month, 1)))
      .flat()
      .flatMap((date) => (date ? [date.getUTCDate()] : []))
    expect(days).toEqual(Array.from({ length: new Date(Date.UTC(2020, month + 1, 0)).getUTCDate() }, (_, n) => n + 1))
  }
})

test('a month further keeps the date where it can', () => {
  expect(addMonths(day('2026-01-31'), 1)).toEqual(day('2026-02-28'))
  expect(addMonths(day('2026-01-15'), -1)).toEqual(day('2025-12-15'))
})

test('keys move by day, week, to the ends of the week, by month and year', () => {
  const from = day('2026-11-25')
  const to = (key: string, shift = false) => moveBy(from, key, shift)?.toISOString().slice(0, 10)
  expect(to('ArrowLeft')).toBe('2026-11-24')
  expect(to('ArrowDown')).toBe('2026-12-02')
  expect(to('Home')).toBe('2026-11-23')
  expect(to('End')).toBe('2026-11-29')
  expect(to('PageUp')).toBe('2026-10-25')
  expect(to('PageDown', true)).toBe('2027-11-25')
  expect(to('a')).toBeUndefined()
})

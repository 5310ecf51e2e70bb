// Is a time of the day understood the same way wherever it is typed?
import { expect, test } from 'vitest'
import { z } from 'zod'
import { clock, invalid, optional } from './fields.ts'
import { clockWords, minuteOf, readClock } from './read-clock.ts'

test('an hour may be typed alone, with a dot or a colon, with or without a zero before it', () => {
  for (const typed of ['9', '09', '9.00', '9:00', '09.00']) expect(readClock(typed), typed).toBe('09:00')
  for (const typed of ['9.30', '9:30', '09.30', '09:30']) expect(readClock(typed), typed).toBe('09:30')
  expect([readClock('0'), readClock('23.59')]).toEqual(['00:00', '23:59'])
  for (const typed of ['24', '25.00', '9.60', '9.5', '930', 'kell 9', '']) expect(readClock(typed), typed).toBeNull()
})

test('every minute of the day is read as it is written', () => {
  for (let minute = 0; minute < 24 * 60; minute += 1) expect(minuteOf(readClock(clockWords(minute)) ?? '')).toBe(minute)
  expect([clockWords(545), clockWords(540)]).toEqual(['9.05', '9.00'])
})

test('the field says its own sentence where it is no time, and may be left empty', () => {
  const form = z.object({ at: optional(clock({ label: 'cases.guard.atTime', wrong: 'cases.guard.wrongTime' })) })
  expect(form.parse({ at: ' 9 ' })).toEqual({ at: '09:00' })
  expect(form.parse({ at: ' ' }).at).toBeUndefined()
  const read = form.safeParse({ at: 'hommikul pool kümme' })
  expect(read.error && invalid(read.error).fields).toMatchObject({ at: { key: 'cases.guard.wrongTime' } })
})

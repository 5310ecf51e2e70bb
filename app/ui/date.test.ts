// Are days told from today as a person would say them, in each language?
import { expect, test } from 'vitest'
import { translator } from '../i18n/i18n.ts'
import { daysBetween, dueWords, relativeDay } from './date.ts'

test('days are counted over a change to winter or summer time and over a leap day', () => {
  expect(daysBetween('2026-03-28', '2026-03-30')).toBe(2)
  expect(daysBetween('2026-10-24', '2026-10-26')).toBe(2)
  expect(daysBetween('2028-02-28', '2028-03-01')).toBe(2)
})

test('a near day has a word of its own', () => {
  expect(relativeDay('2026-11-24', '2026-11-23', 'et')).toBe('homme')
  expect(relativeDay('2026-11-23', '2026-11-23', 'et')).toBe('täna')
  expect(relativeDay('2026-11-18', '2026-11-23', 'et')).toBe('5 päeva eest')
  expect(relativeDay('2026-11-22', '2026-11-23', 'ru')).toBe('вчера')
})

test('a deadline says how late it is or how much time is left', () => {
  const t = translator('et')
  expect(dueWords('2026-11-20', '2026-11-23', t)).toBe('3 päeva hiljaks jäänud')
  expect(dueWords('2026-11-22', '2026-11-23', t)).toBe('1 päev hiljaks jäänud')
  expect(dueWords('2026-11-23', '2026-11-23', t)).toBe('tähtaeg täna')
  expect(dueWords('2026-11-24', '2026-11-23', t)).toBe('tähtaeg homme')
  expect(dueWords('2026-11-28', '2026-11-23', t)).toBe('aega 5 päeva')
  expect(dueWords('2026-11-25', '2026-11-23', translator('ru'))).toBe('осталось 2 дня')
})

// Are periods, public holidays and due dates right?
import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  addDays,
  addWorkingDays,
  easterSunday,
  isDate,
  isWorkingDay,
  publicHolidays,
} from '../core/calendar/working-days.ts'
import { translator } from '../i18n/i18n.ts'
import { daysBetween } from '../ui/date.ts'
import {
  isIn,
  monthsIn,
  nextPeriod,
  type Period,
  parsePeriod,
  periodLabel,
  periodOf,
  previousPeriod,
  reportDueOn,
  shortMonth,
} from './period.ts'

const period = (text: string) => parsePeriod(text) as Period

test('a month, a quarter and a year are read with their first and last date', () => {
  expect(parsePeriod('2026-11')).toEqual({ kind: 'month', key: '2026-11', from: '2026-11-01', to: '2026-11-30' })
  expect(parsePeriod('2028-02')?.to).toBe('2028-02-29')
  expect(parsePeriod('2026-Q4')).toEqual({ kind: 'quarter', key: '2026-Q4', from: '2026-10-01', to: '2026-12-31' })
  expect(parsePeriod('2026')).toEqual({ kind: 'year', key: '2026', from: '2026-01-01', to: '2026-12-31' })
})

test.each(['2026-13', '2026-00', '2026-Q5', '2026-q4', '26-11', '2026-1', '1026', '2026-11-01', '', ' 2026'])(
  '%j is no period',
  (text) => {
    expect(parsePeriod(text)).toBeNull()
  },
)

test('next and previous undo each other and leave no day out', () => {
  const date = fc.date({ min: new Date('2001-01-01'), max: new Date('2098-12-31'), noInvalidDate: true })
  fc.assert(
    fc.property(date, fc.constantFrom('month' as const, 'quarter' as const, 'year' as const), (day, kind) => {
      const here = periodOf(day.toISOString().slice(0, 10), kind)
      expect(isIn(here, day.toISOString().slice(0, 10))).toBe(true)
      expect(parsePeriod(here.key)).toEqual(here)
      expect(previousPeriod(nextPeriod(here))).toEqual(here)
      expect(daysBetween(here.to, nextPeriod(here).from)).toBe(1)
    }),
    { seed: 20261123 },
  )
})

test('a period knows its months', () => {
  expect(monthsIn(period('2026-Q4')).map((month) => month.key)).toEqual(['2026-10', '2026-11', '2026-12'])
  expect(monthsIn(period('2026'))).toHaveLength(12)
  expect(monthsIn(period('2026-11'))).toEqual([period('2026-11')])
  expect(isIn(period('2026-11'), '2026-12-01')).toBe(false)
})

test('a period has a name in each language', () => {
  const say = (text: string, locale: 'et' | 'en' | 'ru') => {
    const { key, args } = periodLabel(period(text))
    return translator(locale)(key, args)
  }
  expect(['2026-11', '2026-Q4', '2026'].map((text) => say(text, 'et'))).toEqual([
    'november 2026',
    '2026. aasta IV kvartal',
    '2026. aasta',
  ])
  expect(['2026-03', '2026-Q1', '2026'].map((text) => say(text, 'en'))).toEqual([
    'March 2026',
    'first quarter of 2026',
    'year 2026',
  ])
  expect(['2026-05', '2026-Q2', '2026'].map((text) => say(text, 'ru'))).toEqual([
    'май 2026',
    'II квартал 2026 года',
    '2026 год',
  ])
  expect(translator('et')(shortMonth(period('2026-11')).key, shortMonth(period('2026-11')).args)).toBe('nov')
})

test('Easter Sunday', () => {
  const known = [
    '2024-03-31',
    '2025-04-20',
    '2026-04-05',
    '2027-03-28',
    '2028-04-16',
    '2029-04-01',
    '2030-04-21',
    '2038-04-25',
  ]
  for (const date of known) expect(easterSunday(Number(date.slice(0, 4)))).toBe(date)
})

test('the public holidays of 2026', () => {
  expect(publicHolidays(2026)).toEqual([
    '2026-01-01',
    '2026-02-24',
    '2026-04-03',
    '2026-04-05',
    '2026-05-01',
    '2026-05-24',
    '2026-06-23',
    '2026-06-24',
    '2026-08-20',
    '2026-12-24',
    '2026-12-25',
    '2026-12-26',
  ])
})

test('working days leave out weekends and public holidays', () => {
  expect(isWorkingDay('2026-11-23')).toBe(true)
  expect(isWorkingDay('2026-11-22')).toBe(false)
  expect(isWorkingDay('2026-06-23')).toBe(false)
  expect(addWorkingDays('2026-12-23', 1)).toBe('2026-12-28')
  expect(addWorkingDays('2026-04-02', 1)).toBe('2026-04-06')
  expect(addWorkingDays('2026-12-28', -1)).toBe('2026-12-23')
  expect(addWorkingDays('2026-11-22', 0)).toBe('2026-11-22')
})

test('a report is due five working days after its period ends', () => {
  expect(reportDueOn(period('2026-11'))).toBe('2026-12-07')
  expect(reportDueOn(period('2026-12'))).toBe('2027-01-08')
  expect(reportDueOn(period('2026-Q2'), 3)).toBe('2026-07-03')
})

test('a date that does not exist is refused', () => {
  expect(isDate('2026-02-31')).toBe(false)
  expect(isDate('31.02.2026')).toBe(false)
  expect(() => addDays('2026-02-31', 1)).toThrow('not a date')
  expect(() => addWorkingDays('2026-11-23', 1.5)).toThrow('whole')
  expect(() => periodOf('2026-13-01', 'month')).toThrow('not a date')
})

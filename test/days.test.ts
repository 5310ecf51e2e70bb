// Are program and database on the same day at every instant, and is a limit as long in the nights in which the clock is changed?
import { afterAll, beforeAll, expect, test } from 'vitest'
import { addDays, addWorkingDays, isWorkingDay } from '../app/core/calendar/working-days.ts'
import { formatTime, isoDate } from '../app/i18n/format.ts'
import { type Cast, openCast } from './cast.ts'

let cast: Cast
beforeAll(async () => {
  cast = await openCast()
})
afterAll(() => cast.close())

// Nights in which the clock is changed, the turn of a year, a leap day, and the hours in which Tallinn is a day ahead of Greenwich.
const edges = [
  ...['2027-03-28T00:59:59Z', '2027-03-28T01:00:00Z', '2027-03-27T21:59:59Z', '2027-03-27T22:00:00Z'],
  ...['2027-10-31T00:59:59Z', '2027-10-31T01:00:00Z', '2027-10-30T20:59:59Z', '2027-10-30T21:00:00Z'],
  ...['2026-12-31T21:59:59Z', '2026-12-31T22:00:00Z', '2028-02-28T22:00:00Z', '2028-02-29T21:59:59Z'],
]

test('the program and the database are on the same day at every instant, also in the nights in which the clock is changed', async () => {
  const quarter = Array.from({ length: 4 * 24 * 4 }, (_, n) =>
    new Date(Date.UTC(2027, 2, 26) + n * 15 * 60_000).toISOString(),
  )
  const autumn = quarter.map((at) => new Date(Date.parse(at) + 217 * 86_400_000).toISOString())
  const { rows } = await cast.admin.query<{ at: string; day: string }>(
    `select instant as at, (instant::timestamptz at time zone 'Europe/Tallinn')::date::text as day from unnest($1::text[]) as instant`,
    [[...edges, ...quarter, ...autumn]],
  )
  expect(rows.length).toBeGreaterThan(700)
  expect(rows.filter(({ at, day }) => isoDate(new Date(at)) !== day)).toEqual([])
})

test('the hour is that of Tallinn, the first time and again, to the minute and after thousands of others', () => {
  const told = new Intl.DateTimeFormat('et', { timeStyle: 'short', hourCycle: 'h23', timeZone: 'Europe/Tallinn' })
  const many = Array.from({ length: 6000 }, (_, n) => Date.UTC(2027, 2, 27, 22, 0, n * 59))
  const instants = [...edges.map(Date.parse), ...many, ...many.slice(0, 50), ...edges.map(Date.parse)]
  const wrong = instants.filter((at) => formatTime(new Date(at)) !== told.format(at).replace(':', '.'))
  expect(wrong).toEqual([])
  expect(() => formatTime(new Date(Number.NaN))).toThrow(RangeError)
})

test('days are counted alike in the program and in the database, over changed clocks, new years and leap days', async () => {
  const { rows } = await cast.admin.query<{ n: number; day: string }>(
    `select n, ('2026-11-01'::date + n)::text as day from generate_series(0, 900) n`,
  )
  expect(rows.filter(({ n, day }) => addDays('2026-11-01', n) !== day)).toEqual([])
})

test('a working day is one and the same in the program and in the database, on every day of a hundred years', async () => {
  const { rows } = await cast.admin.query<{ day: string; works: boolean; next: string }>(
    `select d::date::text as day, is_working_day(d::date) as works, next_working_day(d::date)::text as next
     from generate_series(date '2000-01-01', date '2100-12-31', interval '1 day') d`,
  )
  expect(rows.length).toBeGreaterThan(36_000)
  const wrong = rows.filter(({ day, works, next }) => isWorkingDay(day) !== works || addWorkingDays(day, 1) !== next)
  expect(wrong).toEqual([])
})

test('so many working days later is the same day in both, over fifteen years', async () => {
  const counts = [0, 2, 3, 5, 10, 20]
  const { rows } = await cast.admin.query<{ day: string; count: number; due: string }>(
    `select d::date::text as day, n as count, working_days_after(d::date, n)::text as due
     from generate_series(date '2024-01-01', date '2038-12-31', interval '1 day') d, unnest($1::int[]) n`,
    [counts],
  )
  expect(rows.length).toBeGreaterThan(15 * 365 * counts.length)
  expect(rows.filter(({ day, count, due }) => addWorkingDays(day, count) !== due)).toEqual([])
})

test('nothing in the database finds out by itself which day is a working day', async () => {
  const { rows } = await cast.admin.query(
    `select proname as name from pg_proc where pronamespace = 'public'::regnamespace and (prosrc ~* '\\m(iso)?dow\\M|easter_sunday' or prosrc ~ '''I?D''')
       and proname <> 'easter_sunday'
     union all select tablename || '.' || policyname from pg_policies where coalesce(qual, '') || coalesce(with_check, '') ~* '\\m(iso)?dow\\M'`,
  )
  expect(rows).toEqual([{ name: 'is_working_day' }])
})

test('a limit in minutes is as long in the nights in which the clock is changed, and no rule asks what day the server thinks it is', async () => {
  await cast.admin.query(`set time zone 'Europe/Tallinn'`)
  for (const begun of ['2027-03-28 00:30', '2027-10-31 00:30', '2028-02-28 23:30']) {
    const { rows } = await cast.admin.query(
      `select extract(epoch from ($1::timestamptz + interval '480 minutes') - $1::timestamptz)::int as long,
         extract(epoch from ($1::timestamptz + make_interval(mins => 60)) - $1::timestamptz)::int as hour`,
      [begun],
    )
    expect(rows, begun).toEqual([{ long: 28_800, hour: 3600 }])
  }
  await cast.admin.query('reset time zone')
  // `current_date` and `now()::date` are those of the zone a server happens to be set to.
  const { rows } = await cast.admin.query(
    `select proname as name from pg_proc where pronamespace = 'public'::regnamespace and prosrc ~* 'current_date|now\\(\\)\\)?::date|localtimestamp'
     union all select tablename || '.' || policyname from pg_policies where coalesce(qual, '') || coalesce(with_check, '') ~* 'current_date|now\\(\\)\\)?::date|localtimestamp'`,
  )
  expect(rows).toEqual([])
})

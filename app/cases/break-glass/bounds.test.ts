// Can anybody widen emergency access, by a setting or by a row?
import { afterAll, beforeAll, expect, test } from 'vitest'
import { referCase } from '../../../test/cases.ts'
import { type Cast, openCast } from '../../../test/cast.ts'
import { brokenGlass } from '../../../test/glass.ts'
import { setSetting } from '../../access/settings/set.server.ts'
import { addDays, addWorkingDays } from '../../core/calendar/working-days.ts'
import { today } from '../../core/clock.server.ts'
import { Conflict, Invalid } from '../../core/errors.ts'
import { askGlass, endGlass } from './ask.server.ts'

let cast: Cast
let id: string
let number: string
beforeAll(async () => {
  cast = await openCast()
  id = await referCase(cast.lea)
  number = (await cast.admin.query('select number from case_file where id = $1', [id])).rows[0].number
})
afterAll(() => cast.close())

const asking = () => ({ number, ground: 'police', words: 'Näidis: politsei küsib, kus inimene praegu on.' })

test('the bounds are the database’s, whoever writes the setting or the row', async () => {
  const put = (name: string, value: number) =>
    cast.admin
      .query(`insert into setting (name, valid_from, value, note) values ($1, current_date, $2, 'Näidis')`, [
        name,
        `${value}`,
      ])
      .then(
        () => 'set',
        (error: { code: string }) => error.code,
      )
  const bounds = {
    glassMinutes: [5, 60],
    glassUses: [1, 3],
    glassDays: [30, 90],
    glassReviewDays: [0, 1],
    glassGuidedDays: [0, 90],
  } as const
  for (const [name, [least, most]] of Object.entries(bounds)) {
    expect([name, await put(name, least - 1), await put(name, most + 1)]).toEqual([name, '23514', '23514'])
    for (const value of [least, most]) {
      expect([name, value, await put(name, value)]).toEqual([name, value, 'set'])
      await cast.admin.query('delete from setting where name = $1', [name])
    }
  }
  const asked = { name: 'glassUses', value: '4', validFrom: today(), note: 'Näidis' }
  await expect(setSetting.run(cast.ott, asked)).rejects.toBeInstanceOf(Invalid)
  // Fewer holds as it is set.
  await put('glassUses', 1)
  await endGlass.run(cast.max, { id: await brokenGlass(cast, id) })
  await expect(askGlass.run(cast.max, asking())).rejects.toBeInstanceOf(Conflict)
  await cast.admin.query(`delete from setting where name = 'glassUses'; delete from break_glass`)
  const opened = (daysAgo: number, due: string) =>
    cast.admin
      .query(
        `insert into break_glass (person_id, number, network_id, case_id, reason, words_sealed, needs_second, second_by, second_at, asked_at, opened_at, until, ended_at, review_due_on)
         select $1, number, network_id, id, 'danger', '\\x01', true, $2, at, at, at, at + interval '1 hour', at, $5::date
         from case_file, lateral (select now() - make_interval(days => $4) as at) t where id = $3`,
        [cast.max.id, cast.kim.id, id, daysAgo, due],
      )
      .then(
        () => 'opened',
        (error: { message: string }) => error.message,
      )
  const due = addWorkingDays(today(), 1)
  for (const daysAgo of [41, 29, 20, 10]) expect(await opened(daysAgo, '2020-01-01')).toBe('opened')
  expect(await opened(0, due)).toBe('three emergencies in thirty days')
  await cast.admin.query(`delete from break_glass where opened_at > now() - interval '15 days'`)
  expect(await opened(0, addDays(due, 1))).toBe('an emergency is judged within a working day')
  expect(await opened(0, due)).toBe('opened')
})

test('the database counts working days as the program does, holidays and Easter included', async () => {
  const { rows } = await cast.admin.query<{ day: string; next: string }>(
    `select d::date::text as day, next_working_day(d::date)::text as next from generate_series(date '2024-01-01', date '2050-12-31', interval '1 day') d`,
  )
  expect(rows.length).toBeGreaterThan(9_000)
  expect(rows.filter(({ day, next }) => addWorkingDays(day, 1) !== next)).toEqual([])
})

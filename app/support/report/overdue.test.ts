// Is a late report counted in working days, reminded of once at each time, and told to the coordinator alone?
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Cast, openCast } from '../../../test/cast.ts'
import { givenSupport } from '../../../test/support.ts'
import { standAt } from '../../core/clock.server.ts'
import { Conflict, NotFound, Refused } from '../../core/errors.ts'
import { listOverdue, remindOfReport, reportsDue } from './overdue.server.ts'

let cast: Cast
beforeAll(async () => {
  cast = await openCast()
  await givenSupport(cast, '2026-11-03')
  await givenSupport(cast, '2026-09-01', { endOn: '2026-10-31' })
})
afterAll(async () => {
  standAt(null)
  await cast.close()
})

const on = async (day: string) => {
  standAt(new Date(`${day}T06:00:00Z`))
  await reportsDue.run(cast.sys)
}
const letters = async () =>
  (
    await cast.admin.query(`select unique_key from mail_outbox where kind = 'reminder' and person_id = $1`, [
      cast.lou.id,
    ])
  ).rows.map((row) => String(row.unique_key).split('/').slice(2).join('/'))
const reports = async () => (await cast.admin.query('select * from month_report')).rows

test('the first of a month opens the reports of those who had a case in the month before', async () => {
  await on('2026-12-01')
  await on('2026-12-01')
  expect(await reports()).toMatchObject([{ month: '2026-11-01', due_on: '2026-12-07', status: 'draft' }])
  expect(await letters()).toEqual([])
})

test('reminders go three days before, on the day, and two days after – each once, saying nothing', async () => {
  for (const day of ['2026-12-03', '2026-12-04', '2026-12-05', '2026-12-07', '2026-12-07', '2026-12-08']) await on(day)
  expect(await letters()).toEqual(['before', 'due'])
  for (const day of ['2026-12-09', '2026-12-10', '2026-12-11']) await on(day)
  expect(await letters()).toEqual(['before', 'due', 'after'])
})

test('the coordinator sees who is late and by how many working days', async () => {
  standAt(new Date('2026-12-14T10:00:00Z'))
  const { reports } = await listOverdue.run(cast.kim, {})
  // Monday the 7th was the day; Tuesday to Monday are five working days.
  expect(reports).toMatchObject([{ volunteerId: cast.volunteer, month: '2026-11', days: 5, reachable: true }])
  expect(reports[0]?.supervisor).toBe(cast.sirje.name)
})

test('a reminder by hand goes once a day, and not to somebody without an account', async () => {
  const id = (await reports())[0].id
  await remindOfReport.run(cast.kim, { id })
  await remindOfReport.run(cast.kim, { id })
  expect((await letters()).filter((key) => key.startsWith('nudge'))).toEqual(['nudge/2026-12-14'])
  await cast.admin.query('update volunteer set person_id = null where id = $1', [cast.volunteer])
  await expect(remindOfReport.run(cast.kim, { id })).rejects.toBeInstanceOf(Conflict)
  expect((await listOverdue.run(cast.kim, {})).reports).toMatchObject([{ reachable: false }])
  await expect(remindOfReport.run(cast.kim, { id: crypto.randomUUID() })).rejects.toBeInstanceOf(NotFound)
})

test('nobody else asks or reminds', async () => {
  for (const who of [cast.max, cast.lou, cast.sirje]) {
    await expect(listOverdue.run(who, {})).rejects.toBeInstanceOf(Refused)
    await expect(remindOfReport.run(who, { id: crypto.randomUUID() })).rejects.toBeInstanceOf(Refused)
  }
})

// Does an entry that nobody has read stay where it waits, and does the coordinator hear that it does – as a number, and with whom?
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Cast, openCast } from '../../test/cast.ts'
import { dayFromNow } from '../../test/substitution.ts'
import { givenSupport, type Support, usualVisit } from '../../test/support.ts'
import { today } from '../core/clock.server.ts'
import { Refused } from '../core/errors.ts'
import { openCoordinatorHome } from '../home/coordinator/coordinator.server.ts'
import { openSupervisorHome } from '../home/support.server.ts'
import { listEntries, readEntry } from '../support/feedback/readings.server.ts'
import { logVisit } from '../support/visit/visits.server.ts'
import { openCoverage } from './coverage.server.ts'

let cast: Cast
let [long, other] = [{} as Support, {} as Support]
let ids: string[] = []
beforeAll(async () => {
  cast = await openCast()
  ;[long, other] = [await givenSupport(cast, dayFromNow(-300)), await givenSupport(cast, dayFromNow(-300))]
  ids = [await log(long), await log(long), await log(other), await log(other)]
  // Three were written long ago, one of them on the last day on which nobody has to hear of it yet.
  for (const [at, days] of [200, 61, 60].entries())
    await cast.admin.query(`update visit set recorded_at = recorded_at - make_interval(days => $2) where id = $1`, [
      ids[at],
      days,
    ])
})
afterAll(() => cast.close())

const log = async (of: Support) =>
  (await logVisit.run(cast.lou, { ...usualVisit, assignment: of.assignment, day: today() })).id
const told = async () => (await openCoordinatorHome.run(cast.kim, {})).unread
const setting = (days: string) =>
  cast.admin.query(
    `insert into setting (name, valid_from, value, note, set_by) values ('unreadTellDays', '2026-01-01', $1, 'x', $2)`,
    [days, cast.kim.id],
  )

test('however old, it stays on the supervisor’s pages until it is read', async () => {
  expect((await listEntries.run(cast.sirje, {})).entries.map(({ id, days }) => [id, days])).toEqual([
    [ids[0], 200],
    [ids[1], 61],
    [ids[2], 60],
    [ids[3], 0],
  ])
  expect((await openSupervisorHome.run(cast.sirje, {})).unread).toHaveLength(4)
})

test('after the days of the rule the coordinator hears how many there are, since when, and with whom – and no more', async () => {
  expect(await told()).toEqual({ count: 2, oldest: dayFromNow(-200) })
  const { unread, unreadTellDays } = await openCoverage.run(cast.kim, {})
  expect([unread, unreadTellDays]).toEqual([
    [{ supervisorId: cast.sirje.id, entries: 2, oldest: dayFromNow(-200) }],
    60,
  ])
  await setting('59')
  expect((await told()).count).toBe(3)
  await cast.admin.query(`delete from setting where name = 'unreadTellDays'`)
  await setting('199')
  expect((await told()).count).toBe(1)
  await cast.admin.query(`delete from setting where name = 'unreadTellDays'`)
  for (const who of [cast.lou, cast.lea, cast.sirje, cast.aino])
    await expect(openCoverage.run(who, {})).rejects.toBeInstanceOf(Refused)
})

test('where nobody guides her they are counted all the same; behind a wall of the coordinator’s they are not', async () => {
  await cast.admin.query('update volunteer set supervisor_id = null where id = $1', [cast.volunteer])
  expect((await openCoverage.run(cast.kim, {})).unread).toMatchObject([{ supervisorId: null, entries: 2 }])
  await cast.admin.query('update volunteer set supervisor_id = $2 where id = $1', [cast.volunteer, cast.sirje.id])
  await cast.admin.query(
    `insert into wall (person_id, network_id, case_id, number, source, fact, set_at) values ($1, $2, $3, $4, 'declared', gen_random_uuid(), now() - interval '1 minute')`,
    [cast.kim.id, cast.networks.ida, long.caseId, long.number],
  )
  expect((await told()).count).toBe(0)
  await cast.admin.query('delete from wall')
})

test('what was read, or of a support whose last month was approved, is not counted any more', async () => {
  await readEntry.run(cast.sirje, { id: ids[0] })
  expect(await told()).toEqual({ count: 1, oldest: dayFromNow(-61) })
  await cast.admin.query(`update assignment set status = 'ended', end_on = $2 where id = $1`, [
    long.assignment,
    dayFromNow(-1),
  ])
  expect((await told()).count).toBe(1)
  await cast.admin.query(
    `insert into month_report (volunteer_id, month, due_on, status) values ($1, date_trunc('month', $2::date)::date, $2, 'approved')`,
    [cast.volunteer, dayFromNow(-1)],
  )
  expect((await told()).count).toBe(0)
})

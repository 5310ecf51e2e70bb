// Is a round planned with what there is, drawn once and for good, and the same for whoever draws again?
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type Cast, openCast } from '../../../test/cast.ts'
import { drawnBy, lastDays, onlyEntries, writtenBy } from '../../../test/sample.ts'
import { dayFromNow } from '../../../test/substitution.ts'
import { givenSupport, type Support, usualVisit } from '../../../test/support.ts'
import { today } from '../../core/clock.server.ts'
import { Conflict, Invalid, NotFound, Refused } from '../../core/errors.ts'
import { logVisit } from '../../support/visit/visits.server.ts'
import { drawAgain, ticketOf } from './draw.ts'
import { sampleSize } from './exact.ts'
import { listRounds } from './list.server.ts'
import { drawRound, openLot, planRound } from './rounds.server.ts'

let cast: Cast
let support: Support
beforeAll(async () => {
  cast = await openCast()
})
beforeEach(async () => {
  support = await onlyEntries(cast, 24)
})
afterAll(() => cast.close())

const own = () => drawnBy(cast, cast.sirje, 'own', lastDays(30))

test('the plan says how many there are and how many are looked at; the lot draws as many, once for the same days', async () => {
  const asked = await planRound.run(cast.sirje, { scope: 'own', ...lastDays(30) })
  expect(asked.plan).toMatchObject({
    entries: 24,
    closed: 0,
    volunteers: 1,
    taken: false,
    size: sampleSize(24, 10, 95),
  })
  const { round, entries, drawn } = await own()
  expect(entries.length).toBe(24)
  expect(drawn.filter(({ drawnAs }) => drawnAs === 'random').length).toBe(sampleSize(24, 10, 95))
  for (const days of [lastDays(30), lastDays(30, { toOn: dayFromNow(-30) }), lastDays(0)])
    await expect(drawRound.run(cast.sirje, { scope: 'own', ...days })).rejects.toBeInstanceOf(Conflict)
  expect((await planRound.run(cast.sirje, { scope: 'own', ...lastDays(5) })).plan?.taken).toBe(true)
  expect((await listRounds.run(cast.sirje, {})).rounds).toMatchObject([{ id: round, given: drawn.length, looked: 0 }])
})

test('whoever draws again from the number that was kept draws the same, and a lot that was touched is found out', async () => {
  const { round } = await own()
  const told = await openLot.run(cast.sirje, { round })
  expect(told.holds).toBe(true)
  // By hand, as somebody else would.
  expect(told.lot.every(({ visitId, ticket }) => ticket === ticketOf(told.round.seed, visitId))).toBe(true)
  const again = drawAgain(
    told.lot.map(({ visitId, writer, flagged }) => ({ id: visitId, writer, flagged })),
    told.round.seed,
    told.round.sample,
    told.round.flagged,
  )
  expect(
    told.lot
      .filter(({ drawnAs }) => drawnAs)
      .map(({ visitId }) => visitId)
      .toSorted(),
  ).toEqual([...again.keys()].toSorted())
  for (const [order, why] of [
    ['asc', null],
    ['desc', 'random'],
  ])
    await cast.admin.query(
      `update sample_entry set drawn_as = $2 where id = (select id from sample_entry where round_id = $1 order by ticket ${order} limit 1)`,
      [round, why],
    )
  expect((await openLot.run(cast.sirje, { round })).holds).toBe(false)
})

test('an entry with a danger mark is looked at beside the lot, and nobody whom the lot missed is left out', async () => {
  await cast.admin.query('delete from visit')
  await secondVolunteer()
  await writtenBy(cast.lou, support.assignment, 60)
  await cast.admin.query(`update visit set danger = true where volunteer_id = $1 and on_date < $2`, [
    cast.volunteer,
    dayFromNow(-40),
  ])
  const { drawn, entries } = await drawnBy(cast, cast.sirje, 'own', lastDays(70))
  const flagged = (
    await cast.admin.query<{ id: string }>(`select id from visit where danger or outside <> '{}'`)
  ).rows.map(({ id }) => id)
  const as = (why: string) => drawn.filter(({ drawnAs }) => drawnAs === why)
  expect(as('flagged').length).toBe(3)
  expect(as('flagged').every(({ visitId }) => flagged.includes(visitId))).toBe(true)
  const met = await cast.admin.query<{ volunteer_id: string }>(
    `select distinct volunteer_id from sample_entry where drawn_as is not null and round_id = (select id from sample_round)`,
  )
  expect(met.rowCount).toBe(2)
  expect(entries.length).toBe(61)
})

/** Somebody else whom Sirje guides, with one entry long ago. */
async function secondVolunteer(): Promise<void> {
  const { rows } = await cast.admin.query<{ id: string }>(
    `insert into volunteer (name, search_name, county_code, languages, status, supervisor_id, created_by)
     values ('Teine Näidis', 'teine naidis', '0045', '{et}', 'active', $1, $2) returning id`,
    [cast.sirje.id, cast.kim.id],
  )
  const { assignment } = await givenSupport(cast, dayFromNow(-80), { volunteer: rows[0]?.id ?? '' })
  await cast.admin.query(
    `insert into visit (network_id, case_id, assignment_id, volunteer_id, number, on_date, way, minutes, recorded_by)
     select network_id, case_id, id, volunteer_id, number, $2, 'phone', 30, $3 from assignment where id = $1`,
    [assignment, dayFromNow(-61), cast.kim.id],
  )
}

test('what cannot be read, was put right, or was written by whoever guides is not drawn from', async () => {
  const ended = await givenSupport(cast, dayFromNow(-80))
  await writtenBy(cast.lou, ended.assignment, 3, 30)
  await logVisit.run(cast.sirje, { ...usualVisit, assignment: support.assignment, day: today() })
  const month = `${dayFromNow(-20).slice(0, 7)}-01`
  await cast.admin.query(`update assignment set status = 'ended', end_on = $2 where id = $1`, [
    ended.assignment,
    dayFromNow(-20),
  ])
  await cast.admin.query(
    `insert into month_report (volunteer_id, month, due_on, status) values ($1, $2::date, $2::date, 'approved') on conflict do nothing`,
    [cast.volunteer, month],
  )
  await cast.admin.query(
    `update visit set superseded_at = now(), superseded_reason = 'x' where id = (select id from visit where case_id = $1 and recorded_by = $2 limit 1)`,
    [support.caseId, cast.lou.id],
  )
  const { plan } = await planRound.run(cast.sirje, { scope: 'own', ...lastDays(60) })
  expect(plan).toMatchObject({ entries: 23, closed: 3 })
  await cast.admin.query('delete from month_report')
})

test('days and figures that do not fit are said at their fields, and nothing is drawn from nothing', async () => {
  const wrong = { fromOn: dayFromNow(3), toOn: dayFromNow(4), percent: '0', confidence: '101' }
  expect(Object.keys((await planRound.run(cast.sirje, { scope: 'own', ...wrong })).wrong).toSorted()).toEqual([
    'confidence',
    'percent',
  ])
  for (const days of [{ toOn: dayFromNow(1) }, { fromOn: dayFromNow(0), toOn: dayFromNow(-1) }]) {
    expect(Object.keys((await planRound.run(cast.sirje, { scope: 'own', ...lastDays(9), ...days })).wrong)).toEqual([
      'toOn',
    ])
    await expect(drawRound.run(cast.sirje, { scope: 'own', ...lastDays(9), ...days })).rejects.toBeInstanceOf(Invalid)
  }
  const long = { fromOn: dayFromNow(-900), toOn: dayFromNow(-800) }
  await expect(drawRound.run(cast.sirje, { scope: 'own', ...lastDays(9), ...long })).rejects.toBeInstanceOf(Invalid)
  await expect(drawRound.run(cast.sirje, { scope: 'country', ...lastDays(9) })).rejects.toBeInstanceOf(NotFound)
  await expect(drawRound.run(cast.lou, { scope: 'own', ...lastDays(9) })).rejects.toBeInstanceOf(Refused)
  // Without being asked, the last three months that are over.
  const { days, plan } = await planRound.run(cast.sirje, {})
  expect([days.percent, days.confidence, plan !== null]).toEqual([10, 95, true])
})

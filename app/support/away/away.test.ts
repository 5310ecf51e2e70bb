// Is nobody asked while she is away, do those who have her case meanwhile know it, and is she told what to renew before she is back?
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type Cast, openCast } from '../../../test/cast.ts'
import { today as day, need, settings, volunteer } from '../../../test/matching.ts'
import { givenSupport } from '../../../test/support.ts'
import { addDays } from '../../core/calendar/working-days.ts'
import { today } from '../../core/clock.server.ts'
import { asPerson } from '../../core/db.server.ts'
import { Conflict, NotFound, Refused } from '../../core/errors.ts'
import { judge } from '../../matching/eligibility.ts'
import { factsNow } from '../../matching/facts.server.ts'
import { endAway, listAways, openAway, openOwnAway, supportsAway, tellAway } from './away.server.ts'

let cast: Cast
beforeAll(async () => {
  cast = await openCast()
  await givenSupport(cast, '2026-05-01')
})
afterAll(() => cast.close())
beforeEach(() => cast.admin.query('truncate volunteer_away, mail_outbox'))

const inDays = (days: number) => addDays(today(), days)
const days = (from: number, to: number) => ({ id: cast.volunteer, fromOn: inDays(from), toOn: inDays(to) })
const seen = (who: 'lea' | 'sirje' | 'max' | 'kim') => asPerson('read', cast[who].claim, supportsAway)

test('she says it herself; her supervisor, the lead of her case and the coordinator hear of it, and nobody else', async () => {
  await tellAway.run(cast.lou, days(2, 9))
  const { rows } = await cast.admin.query('select person_id from mail_outbox')
  expect(rows.map((row) => row.person_id).toSorted()).toEqual([cast.kim.id, cast.lea.id, cast.sirje.id].toSorted())
  const own = await openOwnAway.run(cast.lou, {})
  expect(own).toMatchObject({ guide: cast.sirje.name, aways: [{ fromOn: inDays(2), toOn: inDays(9) }] })
  for (const who of ['lea', 'sirje'] as const)
    expect(await seen(who)).toMatchObject([{ fromOn: inDays(2), toOn: inDays(9), cover: cast.sirje.name }])
  expect(await seen('max')).toEqual([])
})

test('what lies further ahead than two weeks is told then, and what is over no more', async () => {
  await tellAway.run(cast.lou, days(15, 20))
  expect(await seen('lea')).toEqual([])
  await cast.admin.query('update volunteer_away set from_on = from_on - 30, to_on = to_on - 30')
  expect([await seen('lea'), (await openOwnAway.run(cast.lou, {})).aways]).toEqual([[], []])
})

test('the coordinator says it for her, and either that she is back', async () => {
  await tellAway.run(cast.kim, days(0, 5))
  const [away] = (await openAway.run(cast.kim, { id: cast.volunteer })).aways
  await expect(endAway.run(cast.max, { away: away?.id })).rejects.toBeInstanceOf(Refused)
  await endAway.run(cast.lou, { away: away?.id })
  expect((await openOwnAway.run(cast.lou, {})).aways).toEqual([])
  await expect(endAway.run(cast.kim, { away: away?.id })).rejects.toBeInstanceOf(Conflict)
  await expect(tellAway.run(cast.max, days(0, 5))).rejects.toBeInstanceOf(Refused)
})

test('the coordinator sees who is away when, with how many supports and who keeps in touch; nobody else sees the list', async () => {
  await tellAway.run(cast.lou, days(20, 29))
  await tellAway.run(cast.kim, days(0, 5))
  const { aways } = await listAways.run(cast.kim, {})
  expect(aways.map(({ fromOn, toOn }) => [fromOn, toOn])).toEqual([
    [inDays(0), inDays(5)],
    [inDays(20), inDays(29)],
  ])
  expect(aways[0]).toMatchObject({ volunteerId: cast.volunteer, supports: 1, cover: cast.sirje.name })
  await cast.admin.query('update volunteer_away set from_on = from_on - 30, to_on = to_on - 30 where from_on = $1', [
    inDays(0),
  ])
  expect((await listAways.run(cast.kim, {})).aways).toHaveLength(1)
  for (const who of [cast.lou, cast.sirje, cast.lea, cast.peep])
    await expect(listAways.run(who, {})).rejects.toBeInstanceOf(Refused)
})

test('of another support person she says nothing', async () => {
  const { rows } = await cast.admin.query<{ id: string }>(
    `insert into volunteer (name, search_name, county_code, languages, created_by) values ('Näidis-Teine', 'teine', '0045', '{et}', $1) returning id`,
    [cast.kim.id],
  )
  await expect(tellAway.run(cast.lou, { ...days(0, 5), id: rows[0]?.id })).rejects.toBeInstanceOf(NotFound)
})

test.each([
  ['days that are past', { fromOn: inDays(-1), toOn: inDays(3) }, 'fromOn'],
  ['an end before the beginning', { fromOn: inDays(3), toOn: inDays(2) }, 'toOn'],
  ['what would be a pause', { fromOn: inDays(0), toOn: inDays(92) }, 'toOn'],
  ['days told already', { fromOn: inDays(31), toOn: inDays(40) }, 'fromOn'],
])('%s: said at the field', async (_, input, field) => {
  await tellAway.run(cast.lou, days(30, 35))
  const error = await tellAway.run(cast.lou, { id: cast.volunteer, ...input }).catch((thrown: unknown) => thrown)
  expect(error).toMatchObject({ status: 422, fields: { [field]: expect.anything() } })
})

test('a paper that lapses meanwhile is named, with its day', async () => {
  await cast.admin.query('delete from volunteer_evidence where volunteer_id = $1', [cast.volunteer])
  await cast.admin.query(
    `insert into volunteer_evidence (volunteer_id, kind, valid_from, valid_to, passed, recorded_by) values ($1, 'contract', '2026-01-01', $2, true, $3)`,
    [cast.volunteer, inDays(6), cast.kim.id],
  )
  await tellAway.run(cast.lou, days(2, 5))
  expect((await openOwnAway.run(cast.lou, {})).renew).toEqual([])
  await tellAway.run(cast.lou, days(6, 9))
  expect((await openOwnAway.run(cast.lou, {})).renew).toMatchObject([{ kind: 'contract', until: inDays(6) }])
})

test('matching knows the days, and says until when', async () => {
  await tellAway.run(cast.lou, days(1, 4))
  const { world } = await asPerson('read', cast.kim.claim, factsNow)
  const told = world.volunteers.map(({ away }) => away).filter((own) => own?.length)
  expect(told).toEqual([[{ volunteerId: cast.volunteer, from: inDays(1), to: inDays(4) }]])
})

const away = (from: string, to: string) => volunteer({ away: [{ from, to }] })
const verdict = (of: ReturnType<typeof volunteer>) => judge(need(), of, settings, day)

test('who is away on the first day of a support is not asked; who goes away later is named', () => {
  expect(verdict(away('2026-11-20', '2026-12-01')).reasons).toEqual([
    { code: 'away', hard: true, args: { until: '01.12.2026' } },
  ])
  expect(verdict(away('2026-11-20', '2026-11-30')).reasons).toEqual([])
  expect(verdict(away('2027-01-04', '2027-01-10'))).toMatchObject({
    reasons: [],
    warnings: [{ code: 'awayLater', args: { from: '04.01.2027', until: '10.01.2027' } }],
  })
  expect(verdict(away('2028-01-04', '2028-01-10')).warnings).toEqual([])
})

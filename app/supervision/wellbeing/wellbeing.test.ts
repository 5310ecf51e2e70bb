// Is what a support person says of herself for whoever guides her alone, and load counted from facts that anybody can recount?
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Cast, openCast } from '../../../test/cast.ts'
import { dayFromNow } from '../../../test/substitution.ts'
import { away, deputyOfSirje } from '../../../test/supervision.ts'
import { givenSupport, usualVisit } from '../../../test/support.ts'
import { givenAssignment, givenVolunteer } from '../../../test/volunteers.ts'
import { today } from '../../core/clock.server.ts'
import { asPerson } from '../../core/db.server.ts'
import { Conflict, NotFound, Refused } from '../../core/errors.ts'
import type { Person } from '../../core/user.ts'
import { openSupervisorHome, openVolunteerHome } from '../../home/support.server.ts'
import { logVisit } from '../../support/visit/visits.server.ts'
import { openCoverage } from '../coverage.server.ts'
import { endAbsence } from '../duty.server.ts'
import { listCheckins, openCheckin, seeCheckin, writeCheckin } from './checkins.server.ts'
import { listLoads, loadsNear } from './load.server.ts'
import { type Load, levelOf, partsOf, whereCovision } from './wellbeing.ts'

let cast: Cast
let endel: Person
beforeAll(async () => {
  cast = await openCast()
  endel = await deputyOfSirje(cast)
})
afterAll(() => cast.close())

const said = { level: 'hard', carries: 'often', talk: 'soon', words: 'Kanaar-väsimus' }

test('she writes, her supervisor reads and says that she has; a deputy only on duty; nobody else in any way', async () => {
  expect((await openCheckin.run(cast.lou, {})).supervisor).toBe(cast.sirje.name)
  const { id } = await writeCheckin.run(cast.lou, said)
  expect((await openSupervisorHome.run(cast.sirje, {})).checkins).toEqual([{ name: 'Lou Näidis-Lepik' }])
  expect((await listCheckins.run(cast.sirje, {})).checkins).toMatchObject([{ id, answers: said, seenAt: null }])
  expect((await listCheckins.run(endel, {})).checkins).toEqual([])
  await expect(seeCheckin.run(endel, { id })).rejects.toBeInstanceOf(NotFound)
  const absence = await away(cast)
  expect((await listCheckins.run(endel, {})).checkins).toMatchObject([{ id, answers: said }])
  await endAbsence.run(cast.sirje, { id: absence })
  expect((await listCheckins.run(endel, {})).checkins).toEqual([])
  await seeCheckin.run(cast.sirje, { id })
  await expect(seeCheckin.run(cast.sirje, { id })).rejects.toBeInstanceOf(Conflict)
  for (const who of [cast.kim, cast.lea, cast.aino, cast.peep])
    await expect(listCheckins.run(who, {})).rejects.toBeInstanceOf(Refused)
})

test('the coordinator has no query path to it: no row, no count, no key, through no table and no function', async () => {
  await writeCheckin.run(cast.lou, said)
  for (const who of [cast.kim, cast.peep, cast.aino, cast.lea, cast.ott, cast.sys]) {
    await asPerson('write', who.claim, async (db) => {
      const found = await db.selectFrom('wellbeingCheckin').select('id').execute()
      expect([who.name, found]).toEqual([who.name, []])
      const keys = await db.selectFrom('sealedKey').select('id').where('kind', '=', 'checkin').execute()
      expect([who.name, keys]).toEqual([who.name, []])
    })
  }
  // Of functions two erase, one knows whether there is something to erase, and one tells the log in whose place a deputy acts: nobody may ask any.
  const { rows } = await cast.admin.query<{ name: string; asked: boolean }>(
    `select proname as name, has_function_privilege('tugivork_read', oid, 'execute') or has_function_privilege('tugivork_write', oid, 'execute') as asked
     from pg_proc where pronamespace = 'public'::regnamespace and prosrc ilike '%wellbeing_checkin%' order by 1`,
  )
  expect(rows.map((row) => row.name)).toEqual(['duty_behalf', 'erase_talks', 'erase_volunteer', 'talks_left'])
  expect(rows.filter(({ asked }) => asked)).toEqual([])
  const { rows: views } = await cast.admin.query(
    `select 1 from pg_views where schemaname = 'public' and definition ilike '%wellbeing%'`,
  )
  expect(views).toEqual([])
})

test('a load has a level and is told by its parts', () => {
  const points = { hours: 0, supports: 0, concerns: 0, children: 0, talk: 0 }
  const light: Load = { minutes: 60, supports: 1, concerns: 0, children: true, talkDays: 3, points }
  expect([levelOf(light), partsOf(light)]).toEqual(['light', ['hours', 'supports', 'talk']])
  const heavy = { ...light, concerns: 1, points: { hours: 2, supports: 0, concerns: 2, children: 1, talk: 0 } }
  expect([levelOf(heavy), partsOf(heavy)]).toEqual(['much', ['hours', 'supports', 'concerns', 'children', 'talk']])
  expect(levelOf({ points: { ...points, hours: 3 } })).toBe('steady')
  expect(partsOf({ minutes: 0, supports: 0, concerns: 0, children: true, talkDays: null, points })).toEqual([])
})

test('covision is offered where a third or more carry much, never for the country as a whole', () => {
  const of = (county: string | null, share: 'few' | 'third' | 'half') => ({ county, people: 9, share })
  expect(whereCovision([of('A', 'third'), of('B', 'few'), of('C', 'half'), of(null, 'half')])).toEqual(['A', 'C'])
})

const near = (who: Person) => asPerson('read', who.claim, loadsNear)

test('load is counted from what is written anyway, for whoever guides her and for herself: no row of it for anybody else', async () => {
  const support = await givenSupport(cast, dayFromNow(-30))
  for (let visit = 0; visit < 5; visit++)
    await logVisit.run(cast.lou, { ...usualVisit, minutes: '120', assignment: support.assignment, day: today() })
  const own = (await near(cast.sirje)).get(cast.volunteer)
  expect(own).toEqual({
    ...{ minutes: 600, supports: 1, concerns: 0, children: true, talkDays: 30 },
    points: { hours: 2, supports: 0, concerns: 0, children: 1, talk: 1 },
  })
  expect((await openVolunteerHome.run(cast.lou, {})).load).toEqual(own)
  expect((await listLoads.run(cast.sirje, {})).people).toMatchObject([{ id: cast.volunteer, load: own }])
  expect((await listLoads.run(endel, {})).people).toEqual([])
  for (const who of [cast.kim, cast.lea, cast.max, cast.aino, cast.peep, cast.ott, cast.sys, endel])
    expect([who.name, [...(await near(who))]]).toEqual([who.name, []])
  for (const who of [cast.kim, cast.lea, cast.lou]) await expect(listLoads.run(who, {})).rejects.toBeInstanceOf(Refused)
  const absence = await away(cast)
  expect((await near(endel)).get(cast.volunteer)).toEqual(own)
  await endAbsence.run(cast.sirje, { id: absence })
})

test('work with children is told by the rule by which a check is needed: agreed with her, or a child in a case of hers', async () => {
  const children = async () => {
    const load = (await near(cast.sirje)).get(cast.volunteer)
    return [load?.children, load?.points.children]
  }
  const change = (agreed: boolean, count: number) =>
    cast.admin.query(`update volunteer set child_contact = ${agreed}; update case_file set child_count = ${count}`)
  for (const [agreed, count, said] of [
    [false, 0, false],
    [false, 2, true],
    [true, 0, true],
  ] as const) {
    await change(agreed, count)
    expect(await children()).toEqual([said, Number(said)])
  }
  // Of a case behind a wall of hers nobody who guides her hears that there are children in it.
  await change(false, 2)
  await cast.admin.query(
    `insert into wall (person_id, network_id, case_id, number, source, fact, set_at)
     select $1, network_id, id, number, 'own-code', gen_random_uuid(), now() - interval '1 day' from case_file`,
    [cast.sirje.id],
  )
  expect((await children())[0]).toBe(false)
  await cast.admin.query('delete from wall')
  await change(true, 0)
})

test('through no function but the two is anybody’s load counted, and the coordinator’s tells of nobody', async () => {
  const { rows } = await cast.admin.query<{ name: string; asked: boolean }>(
    `select proname as name, has_function_privilege('tugivork_read', oid, 'execute') or has_function_privilege('tugivork_write', oid, 'execute') as asked
     from pg_proc where pronamespace = 'public'::regnamespace and (prosrc ilike '%load_parts%' or proname = 'load_parts') order by 1`,
  )
  expect(rows).toEqual([
    { name: 'load_by_county', asked: true },
    { name: 'load_near', asked: true },
    { name: 'load_parts', asked: false },
  ])
  // A support person who carries two supports beside the first has two points; six supports are five, which is much.
  const people = []
  for (let at = 0; at < 5; at++)
    people.push(await givenVolunteer(cast, { name: `Näidis-Koormatu ${at}`, county: '0071' }))
  for (const heavy of people.slice(0, 2)) for (let at = 0; at < 6; at++) await givenAssignment(cast, heavy, 'active')
  const seen = async () => (await openCoverage.run(cast.kim, {})).loads
  const { rows: all } = await cast.admin.query(`select count(*)::int as people from volunteer where status = 'active'`)
  expect(await seen()).toEqual([
    { county: 'Rapla maakond', people: 5, share: 'third' },
    { county: null, people: all[0].people, share: 'third' },
  ])
  // Four are so few that their county is not spoken of.
  await cast.admin.query(`update volunteer set status = 'paused' where id = $1`, [people[4]])
  expect((await seen()).map(({ county }) => county)).toEqual([null])
  for (const who of [cast.sirje, cast.aino, cast.lea, cast.lou]) {
    const found = await asPerson('read', who.claim, (db) => sql`select * from load_by_county()`.execute(db))
    expect(found.rows).toEqual([])
  }
  await cast.admin.query(`update volunteer set status = 'paused' where id = any ($1)`, [people])
})

test('her own page tells who guides her, when they speak next, her year and her papers', async () => {
  const home = await openVolunteerHome.run(cast.lou, {})
  expect(home.guide).toMatchObject({ name: cast.sirje.name, standsIn: false, nextOn: null })
  expect(home.year).toMatchObject({ contacts: 5, minutes: 600, meetings: 5, calls: 0 })
  expect(home.papers.map((paper) => paper.kind)).toContain('training')
  const absence = await away(cast)
  expect((await openVolunteerHome.run(cast.lou, {})).guide).toMatchObject({ name: endel.name, standsIn: true })
  await endAbsence.run(cast.kim, { id: absence })
})

// Is what a support person says of herself for whoever guides her alone, and load counted from facts that anybody can recount?
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Cast, openCast } from '../../../test/cast.ts'
import { dayFromNow } from '../../../test/substitution.ts'
import { away, deputyOfSirje } from '../../../test/supervision.ts'
import { givenSupport, usualVisit } from '../../../test/support.ts'
import { today } from '../../core/clock.server.ts'
import { asPerson } from '../../core/db.server.ts'
import { Conflict, NotFound, Refused } from '../../core/errors.ts'
import type { Person } from '../../core/user.ts'
import { openSupervisorHome, openVolunteerHome } from '../../home/support.server.ts'
import { logVisit } from '../../support/visit/visits.server.ts'
import { openCoverage } from '../coverage.server.ts'
import { endAbsence } from '../duty.server.ts'
import { listCheckins, openCheckin, seeCheckin, writeCheckin } from './checkins.server.ts'
import { loads } from './load.server.ts'
import { loadOf, whereCovision } from './wellbeing.ts'

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
  // Of functions one erases, and one tells the log alone in whose place a deputy acts; nobody may ask that one.
  const { rows } = await cast.admin.query<{ name: string; asked: boolean }>(
    `select proname as name, has_function_privilege('tugivork_read', oid, 'execute') or has_function_privilege('tugivork_write', oid, 'execute') as asked
     from pg_proc where pronamespace = 'public'::regnamespace and prosrc ilike '%wellbeing_checkin%' order by 1`,
  )
  expect(rows.map((row) => row.name)).toEqual(['duty_behalf', 'erase_volunteer'])
  expect(rows[0]?.asked).toBe(false)
  const { rows: views } = await cast.admin.query(
    `select 1 from pg_views where schemaname = 'public' and definition ilike '%wellbeing%'`,
  )
  expect(views).toEqual([])
})

test('load is points, each with its reason', () => {
  const light = { minutes: 299, supports: 1, concerns: 0, children: false, daysSinceTalk: 27 }
  expect(loadOf(light).points).toBe(0)
  const heavy = { minutes: 600, supports: 2, concerns: 1, children: true, daysSinceTalk: 56 }
  expect(loadOf(heavy)).toEqual({ points: 8, parts: { hours: 2, supports: 1, concerns: 2, children: 1, talk: 2 } })
  expect(loadOf({ ...light, supports: 0, children: true, daysSinceTalk: null }).points).toBe(0)
})

test('covision is offered where many carry much, and small groups are never spoken of', () => {
  const people = (county: string, ...points: number[]) => points.map((one) => ({ county, points: one }))
  expect(
    whereCovision([...people('A', 9, 9, 0, 0, 0), ...people('B', 9, 9, 9, 9), ...people('C', 9, 0, 0, 0, 0, 0)], 5),
  ).toEqual(['A'])
})

test('load is counted from what is written anyway; the coordinator hears of counties at most', async () => {
  const support = await givenSupport(cast, dayFromNow(-30))
  for (let visit = 0; visit < 5; visit++)
    await logVisit.run(cast.lou, { ...usualVisit, minutes: '120', assignment: support.assignment, day: today() })
  const own = (await asPerson('read', cast.kim.claim, loads)).find((one) => one.id === cast.volunteer)
  expect(own).toMatchObject({ points: 4, parts: { hours: 2, supports: 0, concerns: 0, children: 1, talk: 1 } })
  expect((await openCoverage.run(cast.kim, {})).covision).toEqual([])
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

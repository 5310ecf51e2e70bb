// Does a drill go up the whole ladder, is it marked as one wherever it is seen, and does it count as nothing?
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type Cast, openCast } from '../../../test/cast.ts'
import { pass } from '../../../test/outing.ts'
import { anotherSupervisor } from '../../../test/supervision.ts'
import { givenSupport } from '../../../test/support.ts'
import { Conflict, Invalid, NotFound, Refused } from '../../core/errors.ts'
import { openCoordinatorHome } from '../../home/coordinator/coordinator.server.ts'
import { coordinatorTasks } from '../../home/coordinator/coordinator-tasks.ts'
import { openSupervisorHome, openVolunteerHome } from '../../home/support.server.ts'
import { translator } from '../../i18n/i18n.ts'
import { openWork } from '../work/work.server.ts'
import { beginDrill, listDrills, stopDrill } from './drills.server.ts'
import { answerOuting, climb } from './ladder.server.ts'
import { openOuting, pressOuting } from './outings.server.ts'

let cast: Cast
beforeAll(async () => {
  cast = await openCast()
  await givenSupport(cast, '2026-05-01')
})
afterAll(() => cast.close())
beforeEach(() => cast.admin.query('delete from outing_step; delete from outing; delete from mail_outbox'))

const minutes = (count: number) => pass(cast.admin, count * 60)
const letters = async () =>
  (await cast.admin.query(`select person_id, kind from mail_outbox order by created_at`)).rows.map(
    ({ person_id, kind }) => [person_id, kind],
  )

test('each is told in turn and answers for themselves; at the end it says how long each took', async () => {
  const work = await openWork.run(cast.kim, {})
  const { id } = await beginDrill.run(cast.kim, { volunteer: cast.volunteer })
  expect((await openVolunteerHome.run(cast.lou, {})).outings).toEqual([])
  await climb(cast.sys)
  expect((await openVolunteerHome.run(cast.lou, {})).outings).toMatchObject([{ id, caseId: null, number: null }])
  await minutes(2)
  await climb(cast.sys)
  // Her answer is hers alone: whoever guides her is tried all the same.
  await pressOuting.run(cast.lou, { id, what: 'out' })
  await minutes(2)
  await climb(cast.sys)
  expect(await letters()).toEqual([cast.lou, cast.sirje, cast.kim].map((who) => [who.id, 'drill']))
  const t = translator('et')
  const [first] = coordinatorTasks(t, await openCoordinatorHome.run(cast.kim, {}))
  expect(first?.text).toMatch(/^Õppus: /)
  expect((await openSupervisorHome.run(cast.sirje, {})).missing).toMatchObject([{ id }])
  await minutes(3)
  await answerOuting.run(cast.kim, { id, how: 'safe' })
  expect((await openCoordinatorHome.run(cast.kim, {})).missing).toEqual([])
  await expect(answerOuting.run(cast.kim, { id, how: 'safe' })).rejects.toBeInstanceOf(Conflict)
  expect((await listDrills.run(cast.kim, {})).drills).toMatchObject([{ id, ending: null, mayStop: true }])
  await answerOuting.run(cast.sirje, { id, how: 'safe' })
  const { drills } = await listDrills.run(cast.kim, {})
  expect(drills).toMatchObject([{ volunteer: cast.lou.name, begunBy: cast.kim.name, ending: 'drilled' }])
  const took = drills[0]?.steps.map((step) => [
    step.answeredBy,
    Math.round((Number(step.answeredAt) - Number(step.takenAt)) / 60_000),
  ])
  const [seen] = (await listDrills.run(cast.sirje, {})).drills
  expect(seen?.steps.map((step) => step.answeredBy)).toEqual([cast.lou.name, cast.sirje.name, cast.kim.name])
  expect(took).toEqual([
    [cast.lou.name, 2],
    [cast.sirje.name, 5],
    [cast.kim.name, 3],
  ])
  expect(await openWork.run(cast.kim, {})).toEqual(work)
  expect((await openVolunteerHome.run(cast.lou, {})).figures).toMatchObject({ contacts: 0, minutes: 0 })
})

test('a supervisor tries her own, nobody themselves, one at a time', async () => {
  const { id } = await beginDrill.run(cast.sirje, { volunteer: cast.volunteer })
  await expect(beginDrill.run(cast.kim, { volunteer: cast.volunteer })).rejects.toBeInstanceOf(Conflict)
  const other = await anotherSupervisor(cast, 'Siim Näidis-Saar')
  await expect(beginDrill.run(other, { volunteer: cast.volunteer })).rejects.toBeInstanceOf(Invalid)
  await expect(stopDrill.run(other, { id })).rejects.toBeInstanceOf(NotFound)
  await expect(openOuting.run(other, { id })).rejects.toBeInstanceOf(NotFound)
  expect((await listDrills.run(other, {})).drills).toEqual([])
  for (const who of [cast.lou, cast.lea, cast.max, cast.aino])
    await expect(beginDrill.run(who, { volunteer: cast.volunteer })).rejects.toBeInstanceOf(Refused)
  await stopDrill.run(cast.sirje, { id })
  await minutes(10)
  expect(await climb(cast.sys)).toBe(0)
  await expect(stopDrill.run(cast.kim, { id })).rejects.toBeInstanceOf(Conflict)
  expect((await listDrills.run(cast.sirje, {})).drills).toMatchObject([{ ending: 'stopped', steps: [] }])
})

test('one that nobody answers is over by itself', async () => {
  const { id } = await beginDrill.run(cast.kim, { volunteer: cast.volunteer })
  await climb(cast.sys)
  await minutes(10)
  await climb(cast.sys)
  await minutes(24 * 60)
  expect(await climb(cast.sys)).toBe(0)
  expect((await listDrills.run(cast.kim, {})).drills).toMatchObject([{ id, ending: 'stopped' }])
  await expect(pressOuting.run(cast.lou, { id, what: 'out' })).rejects.toBeInstanceOf(Conflict)
})

test('what is no drill is not stopped like one, and a drill takes no more time', async () => {
  const { id } = await beginDrill.run(cast.kim, { volunteer: cast.volunteer })
  await climb(cast.sys)
  for (const what of ['in', 'longer', 'otherwise'])
    await expect(pressOuting.run(cast.lou, { id, what })).rejects.toBeInstanceOf(NotFound)
})

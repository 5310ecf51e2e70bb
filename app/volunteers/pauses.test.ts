// Does everybody who is back from a pause stand in the lists again, and does a pause without an end wait for a word?
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Cast, openCast } from '../../test/cast.ts'
import { givenAssignment, givenVolunteer, paper } from '../../test/volunteers.ts'
import { addDays } from '../core/calendar/working-days.ts'
import { today } from '../core/clock.server.ts'
import { asPerson } from '../core/db.server.ts'
import { openCoordinatorHome } from '../home/coordinator/coordinator.server.ts'
import { coverage } from '../supervision/coverage.server.ts'
import { loadsNear } from '../supervision/wellbeing/load.server.ts'
import { listDrills } from '../support/outing/drills.server.ts'
import { pausesWaiting } from './care.server.ts'
import { changeStatus, openStatus } from './papers/papers.server.ts'
import { ListVolunteers, listVolunteers } from './volunteers.server.ts'

let cast: Cast
const ids = { back: '', away: '', carries: '', open: '', fresh: '' }
const evidence = [paper('training', '2026-01-02'), paper('pledge', '2026-01-03'), paper('contract', '2026-01-03')]
const paused = (fromOn: string, untilOn: string | null) =>
  ({ status: 'paused', fromOn, untilOn, reason: 'Näidis' }) as const

beforeAll(async () => {
  cast = await openCast()
  const given = (name: string, days: number, untilOn: string | null) =>
    givenVolunteer(cast, {
      ...{ name, evidence, supervisorId: cast.sirje.id },
      status: paused(addDays(today(), days), untilOn),
    })
  ids.back = await given('Tagasi Näidis', -40, today())
  ids.away = await given('Eemal Näidis', -90, addDays(today(), 1))
  ids.carries = await given('Kandev Näidis', -10, addDays(today(), 9))
  ids.open = await given('Lõputa Näidis', -60, null)
  ids.fresh = await given('Värske Näidis', -59, null)
  await givenAssignment(cast, ids.carries, 'active')
  await cast.admin.query(`update volunteer set person_id = $2 where id = $1`, [ids.back, cast.max.id])
})
afterAll(() => cast.close())

const among = (all: readonly { id: string }[]) =>
  Object.entries(ids).flatMap(([name, id]) => (all.some((one) => one.id === id) ? [name] : []))

test('supervision is looked at of whoever is back, and of whoever carries something though on a pause', async () => {
  expect(among(await asPerson('read', cast.kim.claim, coverage))).toEqual(['back', 'carries'])
})

test('the load is weighed of the same people', async () => {
  const loads = await asPerson('read', cast.sirje.claim, loadsNear)
  expect(among([...loads.keys()].map((id) => ({ id })))).toEqual(['back', 'carries'])
})

test('behind a wall nobody is in the list because of what she carries', async () => {
  await cast.admin.query(
    `insert into wall (person_id, network_id, case_id, number, source, fact, set_at)
     select $1, network_id, case_id, number, 'own-code', gen_random_uuid(), now() - interval '1 minute' from assignment where volunteer_id = $2`,
    [cast.kim.id, ids.carries],
  )
  expect(among(await asPerson('read', cast.kim.claim, coverage))).toEqual(['back'])
})

test('who is back can be tried, and is found among those who work', async () => {
  expect(among((await listDrills.run(cast.sirje, {})).volunteers)).toEqual(['back'])
  const { rows } = await listVolunteers.run(cast.kim, ListVolunteers.parse({ status: 'active' }))
  expect(among(rows)).toEqual(['back'])
})

test('a pause that is over and one without an end wait on the first page until somebody says how it is', async () => {
  const waiting = async () => {
    const found = await asPerson('read', cast.kim.claim, pausesWaiting)
    return among(found.map(({ volunteerId: id }) => ({ id })))
  }
  expect(await waiting()).toEqual(['back', 'open'])
  expect((await openCoordinatorHome.run(cast.kim, {})).pauses.map(({ pause }) => pause)).toEqual(['open', 'over'])
  expect(among((await listVolunteers.run(cast.kim, ListVolunteers.parse({ pause: 'yes' }))).rows)).toEqual([
    'back',
    'open',
  ])
  for (const id of [ids.back, ids.open])
    expect((await openStatus.run(cast.kim, { id })).next).toEqual(['active', 'paused', 'ended'])
  await changeStatus.run(cast.kim, { id: ids.back, status: 'active', fromOn: today() })
  await changeStatus.run(cast.kim, { id: ids.open, status: 'paused', fromOn: today() })
  expect(await waiting()).toEqual([])
})

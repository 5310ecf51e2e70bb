// Does a support person say what she takes on, does matching go by it, and does nobody else say it for her?
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type Attacker, openAttacker, openWorld, type World } from '../../../test/attack.ts'
import { type Cast, openCast } from '../../../test/cast.ts'
import { asPerson } from '../../core/db.server.ts'
import { Conflict, type Invalid, NotFound, Refused } from '../../core/errors.ts'
import { factsNow } from '../../matching/facts.server.ts'
import { editVolunteer } from '../keeping.server.ts'
import { openVolunteer } from '../profile/profile.server.ts'
import { openLimits, openOwnLimits, tellLimits } from './limits.server.ts'
import { refusedBy } from './limits.ts'

let cast: Cast
let attacker: Attacker
let world: World
beforeAll(async () => {
  cast = await openCast()
  world = await openWorld(cast)
  attacker = await openAttacker(cast, world)
})
afterAll(async () => {
  await attacker.close()
  await cast.close()
})
beforeEach(() => cast.admin.query('truncate volunteer_limit, volunteer_area'))

const told = (more: object = {}) => ({
  id: cast.volunteer,
  reach: 'near',
  hours: 'evening',
  refuses: ['court'],
  ...more,
})
const candidate = async () => {
  const { world } = await asPerson('read', cast.kim.claim, factsNow)
  return world.volunteers.find(({ id }) => id === code)
}
let code = ''
beforeAll(async () => {
  code = (await openVolunteer.run(cast.kim, { id: cast.volunteer })).code
})

test('she says it herself, matching goes by the last word, and whoever works beside her reads it', async () => {
  expect((await candidate())?.near).toBe(false)
  await tellLimits.run(cast.lou, told({ areaCounties: ['0060'], areaMunicipalities: ['0511'] }))
  expect(await candidate()).toMatchObject({ near: true, hours: ['evening'], refuses: ['court'] })
  const own = await openOwnLimits.run(cast.lou, {})
  expect(own.limits).toEqual({ reach: 'near', hours: ['evening'], refuses: ['court'] })
  expect(own.areas).toEqual([
    { county: '0045', municipality: '0511' },
    { county: '0060', municipality: null },
  ])
  for (const who of ['kim', 'sirje', 'lea'] as const)
    expect((await openVolunteer.run(cast[who], { id: cast.volunteer })).limits.reach).toBe('near')
  await tellLimits.run(cast.kim, told({ reach: 'county', hours: [], refuses: [] }))
  expect(await candidate()).toMatchObject({ near: false, hours: [], refuses: [] })
  expect((await openLimits.run(cast.kim, { id: cast.volunteer })).areas).toEqual([])
  const { rows } = await cast.admin.query('select told_by from volunteer_limit order by told_at')
  expect(rows.map((row) => row.told_by)).toEqual([cast.lou.id, cast.kim.id])
})

test('who meets nobody goes nowhere, and who has no car drives nobody', () => {
  const ways = { remoteOnly: false, hasCar: null }
  expect(refusedBy({ ...ways, refuses: [] })).toEqual([])
  expect(refusedBy({ ...ways, refuses: ['children', 'meeting'] }).toSorted()).toEqual([
    'children',
    'court',
    'drive',
    'meeting',
    'office',
  ])
  expect(refusedBy({ ...ways, refuses: [], remoteOnly: true })).toContain('court')
  expect(refusedBy({ ...ways, refuses: [], hasCar: false })).toEqual(['drive'])
})

test('who supports by telephone only is matched so, whoever said it', async () => {
  await tellLimits.run(cast.lou, told({ refuses: ['meeting'] }))
  expect((await candidate())?.remoteOnly).toBe(true)
})

test('a profile that was open meanwhile is not saved over her word', async () => {
  const { version } = await openVolunteer.run(cast.kim, { id: cast.volunteer })
  await tellLimits.run(cast.lou, told())
  const edited = { id: cast.volunteer, version, name: 'Näidis-Lou', county: '0045', firstLanguage: 'et', remote: 'no' }
  const late = editVolunteer.run(cast.kim, { ...edited, car: 'unknown', children: 'undecided' })
  await expect(late).rejects.toBeInstanceOf(Conflict)
})

test('what is no place and no choice of ours is said at the field', async () => {
  const wrong = async (more: object) =>
    Object.keys(((await tellLimits.run(cast.lou, told(more)).catch((error: unknown) => error)) as Invalid).fields ?? {})
  expect(await wrong({ areaCounties: ['0099'] })).toEqual(['areaCounties'])
  expect(await wrong({ areaMunicipalities: ['0999'] })).toEqual(['areaMunicipalities'])
  expect(await wrong({ reach: 'moon' })).toEqual(['reach'])
  expect(await wrong({ hours: ['noon'] })).toEqual(['hours'])
  expect(await wrong({ refuses: ['tea'] })).toEqual(['refuses'])
})

test('of another she says nothing, and nobody of a network says it for her', async () => {
  await expect(tellLimits.run(cast.lou, told({ id: world.other }))).rejects.toBeInstanceOf(NotFound)
  for (const who of ['lea', 'sirje', 'max'] as const)
    await expect(tellLimits.run(cast[who], told())).rejects.toBeInstanceOf(Refused)
  const limit = `insert into volunteer_limit (volunteer_id, reach, hours, refuses, told_by) values (':VOLUNTEER', 'near', '{}', '{}', ':SIGNED')`
  const signed = (volunteer: string, by: string) => limit.replace('VOLUNTEER', volunteer).replace('SIGNED', by)
  for (const [who, statement] of [
    ['lea', signed('lou', 'lea')],
    ['lou', signed('other', 'louPerson')],
    ['lou', signed('lou', 'kim')],
    ['kim', signed('lou', 'louPerson')],
    ['lea', `insert into volunteer_area (volunteer_id, county_code) values (':lou', '0060')`],
    ['lou', `insert into volunteer_area (volunteer_id, county_code) values (':other', '0060')`],
    ['lou', `update volunteer_limit set reach = 'county'`],
    ['lou', `delete from volunteer_limit`],
  ] as const)
    expect(await attacker.attempt(who, statement), statement).toBe('42501')
  expect(await attacker.attempt('lea', 'delete from volunteer_area')).toBe(0)
})

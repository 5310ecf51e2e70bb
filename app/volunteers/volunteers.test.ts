// Does each see the volunteers they should, and is one found however one looks?
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Cast, openCast } from '../../test/cast.ts'
import { givenAssignment, givenVolunteer, paper } from '../../test/volunteers.ts'
import { standAt } from '../core/clock.server.ts'
import { NotFound, Refused } from '../core/errors.ts'
import { openVolunteer } from './profile/profile.server.ts'
import type { NewVolunteer } from './records.server.ts'
import { listVolunteers, perPage } from './volunteers.server.ts'

let cast: Cast
const today = '2026-11-23'
const ready = [paper('training', '2026-01-02'), paper('contract', '2026-01-03'), paper('pledge', '2026-01-03')]
const active = { status: 'active', fromOn: '2026-01-05', untilOn: null, reason: null } as const
const add = (more: Partial<NewVolunteer>) => givenVolunteer(cast, more)

beforeAll(async () => {
  cast = await openCast()
  standAt(new Date(`${today}T10:00:00Z`))
  await cast.admin.query(`update volunteer_evidence set valid_from = '2026-06-01', valid_to = '2028-01-01'`)
  await add({ name: 'Мария Näidis-Жукова', evidence: ready, areas: [{ county: '0087', municipality: null }] })
  await add({ name: 'Õie Näidis-Õunapuu', evidence: ready.slice(1), languages: ['et', 'uk'], childContact: null })
  await add({ name: 'Zoja Näidis-Tamm', status: { ...active, status: 'ended' } })
  await add({ name: 'Šarlotte Näidis-Sepp', status: { ...active, status: 'paused', untilOn: '2026-11-01' } })
  await add({
    name: 'Ants Näidis-Kask',
    supervisorId: cast.sirje.id,
    childContact: true,
    evidence: [...ready, paper('background', '2025-12-10')],
  })
})
afterAll(async () => {
  standAt(null)
  await cast.close()
})

const found = async (wanted: object, who = cast.kim) =>
  (await listVolunteers.run(who, wanted)).rows.map((row) => row.name.replace(/ .*/, ''))

test('the list is in Estonian order and leaves out who has left', async () => {
  expect(await found({})).toEqual(['Ants', 'Lou', 'Šarlotte', 'Õie', 'Мария'])
  expect(await found({ status: 'all' })).toContain('Zoja')
  expect(await found({ status: 'ended' })).toEqual(['Zoja'])
})

test('a name is found in any alphabet, without its marks, while being typed, and with a slip of the pen', async () => {
  for (const q of ['Maria', 'marija', 'ЖУКОВА', 'Zhukova', 'zukova', 'Žuk', 'maria naidis']) {
    expect(await found({ q }), q).toEqual(['Мария'])
  }
  for (const q of ['ounapuu', 'Õuna', 'õie', 'Ounapu', 'Öunapuu', 'Õunapuv'])
    expect(await found({ q }), q).toEqual(['Õie'])
  for (const q of ['Kaks', 'Maria Kask', '!!', "'; drop table volunteer", '%'])
    expect(await found({ q }), q).toEqual([])
})

test('who has left is found by name, and anybody by number', async () => {
  expect(await found({ q: 'zoya' })).toEqual(['Zoja'])
  const { code } = await openVolunteer.run(cast.kim, { id: cast.volunteer })
  expect(await found({ q: code.toLowerCase().replace('-0', '') })).toEqual(['Lou'])
})

test('each filter keeps those whom it names', async () => {
  expect(await found({ county: '0087' })).toEqual(['Мария'])
  expect(await found({ language: 'uk' })).toEqual(['Õie'])
  expect(await found({ children: 'undecided' })).toEqual(['Õie'])
  expect(await found({ children: 'yes' })).toEqual(['Ants', 'Lou'])
  expect(await found({ supervisor: cast.sirje.id })).toEqual(['Ants', 'Lou'])
  expect(await found({ supervisor: 'none', county: '0079' })).toEqual(['Šarlotte', 'Õie', 'Мария'])
  expect(await found({ lapsing: 'yes' })).toEqual(['Ants'])
  expect(await found({ unused: 'yes' })).toEqual(['Ants', 'Lou', 'Õie', 'Мария'])
  expect(await found({ ready: 'yes' })).toEqual(['Ants', 'Lou', 'Мария'])
  expect(await found({ ready: 'no' })).toEqual(['Šarlotte', 'Õie'])
  // Whose pause has run out is active again, without anybody's hand.
  expect(await found({ status: 'active' })).toContain('Šarlotte')
  expect(await found({ status: 'paused' })).toEqual([])
})

test('a filter that means nothing is left out, not refused', async () => {
  const odd = { county: 'x', language: 'xx', status: 'gone', ready: '', supervisor: '1', lapsing: '', page: 'zero' }
  expect(await found(odd)).toEqual(await found({}))
})

test('each row says whether, until when, what is missing, and with how many cases', async () => {
  const { rows } = await listVolunteers.run(cast.kim, {})
  const ants = rows.find((row) => row.name.startsWith('Ants'))?.standing
  expect(ants).toMatchObject({ readiness: { mayBeAssigned: true, until: '2026-12-10' }, max: 2, hasRoom: true })
  const oie = rows.find((row) => row.name.startsWith('Õie'))?.standing
  expect(oie?.readiness.missing).toMatchObject([{ code: 'training.missing' }])
})

test('the load is told to all who see a volunteer, also to those who see no case', async () => {
  await givenAssignment(cast, cast.volunteer, 'ended', '2026-08-01')
  expect(await found({ unused: 'yes' })).not.toContain('Lou')
  await givenAssignment(cast, cast.volunteer, 'active')
  await givenAssignment(cast, cast.volunteer, 'proposed')
  for (const who of [cast.kim, cast.peep, cast.sirje, cast.lea, cast.aino]) {
    const { standing } = await openVolunteer.run(who, { id: cast.volunteer })
    expect(standing.load, who.name).toMatchObject({ active: 1, proposed: 1, lastUsed: '2026-08-01' })
    expect(standing.hasRoom).toBe(false)
  }
  // All places taken: may be assigned by every rule, but not today.
  expect(await found({ ready: 'yes' })).not.toContain('Lou')
})

test('a supervisor sees those she guides, a network those who help in it, and no reasons or notes', async () => {
  expect(await found({}, cast.sirje)).toEqual(['Ants', 'Lou'])
  expect(await found({}, cast.lea)).toEqual(['Lou'])
  expect(await found({}, cast.max)).toEqual([])
  expect(await found({}, cast.peep)).toEqual(await found({}))
  await cast.admin.query(`update volunteer set notes = 'Märkus', child_contact_reason = 'Põhjus' where id = $1`, [
    cast.volunteer,
  ])
  expect(await openVolunteer.run(cast.lea, { id: cast.volunteer })).toMatchObject({
    ...{ notes: null, childContactReason: null, papers: [], history: [], ties: [], email: 'lou@naidis.example' },
  })
  expect((await openVolunteer.run(cast.sirje, { id: cast.volunteer })).notes).toBe('Märkus')
  await expect(openVolunteer.run(cast.max, { id: cast.volunteer })).rejects.toBeInstanceOf(NotFound)
  for (const who of [cast.lou, cast.mall, cast.ott, cast.tiia, cast.jaan])
    await expect(listVolunteers.run(who, {})).rejects.toBeInstanceOf(Refused)
})

test('a long list is read page by page, each volunteer once', async () => {
  for (let index = 0; index < perPage; index++) await add({ name: `Näidis-Lehekülg ${index}` })
  const first = await listVolunteers.run(cast.kim, { status: 'all' })
  const second = await listVolunteers.run(cast.kim, { status: 'all', page: '2' })
  expect(first.rows).toHaveLength(perPage)
  expect(first.total).toBe(first.rows.length + second.rows.length)
  expect(new Set([...first.rows, ...second.rows].map((row) => row.id)).size).toBe(first.total)
})

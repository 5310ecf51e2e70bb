// Is a volunteer's record kept by the coordinator alone, whole, without doubles, and never over somebody else's change?
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Cast, openCast } from '../../test/cast.ts'
import { agree } from '../../test/two-people.ts'
import { asPerson } from '../core/db.server.ts'
import { Conflict, type Invalid, NotFound, Refused } from '../core/errors.ts'
import { addTie, addVolunteer, editVolunteer, makeAccount, revealCode, setSupervisor } from './keeping.server.ts'
import { openNewVolunteer, openOwnProfile, openVolunteer } from './profile/profile.server.ts'
import { openTie, withdrawTie } from './profile/ties.server.ts'
import { findSameVolunteer, insertVolunteer, type NewVolunteer } from './records.server.ts'

let cast: Cast
beforeAll(async () => {
  cast = await openCast()
})
afterAll(() => cast.close())

const typed = {
  name: 'Maria  Näidis-Žukova',
  email: 'Maria@Naidis.example',
  phone: '5550 1234',
  personalCode: '48503150210',
  county: '0045',
  municipality: '0511',
  areaCounties: ['0060', '0045'],
  areaMunicipalities: ['0245', '0661'],
  firstLanguage: 'ru',
  languages: ['et', 'ru'],
  maxCases: '1',
  remote: 'no',
  car: 'yes',
  children: 'yes',
  childrenReason: 'Kohtub peredega, kus on lapsed',
}
const refusedAt = (field: string) => (error: unknown) => field in ((error as Invalid).fields ?? {})
let maria = ''

test('a new volunteer is a candidate with everything that was typed, tidied', async () => {
  const { id, code } = await addVolunteer.run(cast.kim, typed)
  maria = id
  const profile = await openVolunteer.run(cast.kim, { id })
  expect(code).toMatch(/^TI-\d{3}$/)
  expect(profile).toMatchObject({
    name: 'Maria Näidis-Žukova',
    email: 'maria@naidis.example',
    phone: '+37255501234',
    birthYear: 1985,
    sex: 'F',
    languages: ['ru', 'et'],
    childContact: true,
    hasPersonalCode: true,
    hasAccount: false,
  })
  // The home county is served anyway, and a county named whole needs none of its parts.
  expect(profile.areas).toEqual([
    { county: '0037', municipality: '0245' },
    { county: '0060', municipality: null },
  ])
  expect(profile.standing.now.status).toBe('candidate')
  expect(profile.standing.readiness.mayBeAssigned).toBe(false)
})

test('the personal code lies sealed, and neither the profile nor the audit holds it', async () => {
  const { rows } = await cast.admin.query(
    'select personal_code_sealed, personal_code_index, search_name from volunteer where id = $1',
    [maria],
  )
  expect(rows[0].personal_code_sealed.toString('latin1')).not.toContain('48503150210')
  expect(rows[0].search_name).toBe('maria naidis zukova')
  expect(JSON.stringify(await openVolunteer.run(cast.kim, { id: maria }))).not.toContain('48503150210')
  const audit = await cast.admin.query(`select row_to_json(audit_event)::text as line from audit_event`)
  for (const { line } of audit.rows) expect(line).not.toContain('48503150210')
})

test('the code is shown for a purpose, and the purpose is logged, sealed', async () => {
  expect((await revealCode.run(cast.kim, { id: maria, purpose: 'background' })).personalCode).toBe('48503150210')
  const { rows } = await cast.admin.query(
    `select object_id, reason_sealed from audit_event where action = 'volunteer.reveal-code' and result = 'done'`,
  )
  expect(rows).toHaveLength(1)
  expect(rows[0].object_id).toBe(maria)
  expect(rows[0].reason_sealed.toString('latin1')).not.toContain('background')
  await expect(revealCode.run(cast.kim, { id: maria, purpose: 'curiosity' })).rejects.toSatisfy(refusedAt('purpose'))
  await expect(revealCode.run(cast.kim, { id: cast.volunteer, purpose: 'contract' })).rejects.toBeInstanceOf(NotFound)
  for (const who of [cast.max, cast.lou, cast.sirje, cast.peep])
    await expect(revealCode.run(who, { id: maria, purpose: 'background' })).rejects.toBeInstanceOf(Refused)
})

test('the same person is not added twice, in whatever alphabet', async () => {
  await expect(addVolunteer.run(cast.kim, { ...typed, name: 'Keegi Teine' })).rejects.toSatisfy(
    refusedAt('personalCode'),
  )
  const again = { ...typed, personalCode: '', name: 'Мария Näidis-Жукова', email: '', phone: '+372 55 50 12 34' }
  await expect(addVolunteer.run(cast.kim, again)).rejects.toSatisfy(refusedAt('name'))
  await expect(addVolunteer.run(cast.kim, { ...again, phone: '5550 9999' })).resolves.toHaveProperty('id')
})

test('what does not fit is said at its field', async () => {
  const add = (more: object) => addVolunteer.run(cast.kim, { ...typed, personalCode: '', name: 'Näidis Uus', ...more })
  const wrong: [string, object][] = [
    ['name', { name: ' ' }],
    ['phone', { phone: '12' }],
    ['personalCode', { personalCode: '48503150219' }],
    ['birthYear', { personalCode: '38001085718', birthYear: '1981' }],
    ['sex', { personalCode: '38001085718', sex: 'F' }],
    ['municipality', { county: '0037' }],
    ['county', { county: '0099' }],
    ['areaMunicipalities', { areaMunicipalities: ['0999'] }],
    ['areaCounties', { areaCounties: ['0099'] }],
    ['childrenReason', { childrenReason: '' }],
    ['firstLanguage', { firstLanguage: 'xx' }],
    ['maxCases', { maxCases: '11' }],
  ]
  for (const [field, more] of wrong) await expect(add(more), field).rejects.toSatisfy(refusedAt(field))
})

test('of two who change one record at once, the second is told and nothing is lost', async () => {
  const { version } = await openVolunteer.run(cast.kim, { id: maria })
  const change = { ...typed, id: maria, version, personalCode: '' }
  await editVolunteer.run(cast.kim, { ...change, phone: '5550 7777', areaMunicipalities: [] })
  await expect(editVolunteer.run(cast.kim, { ...change, phone: '5550 8888' })).rejects.toBeInstanceOf(Conflict)
  const kept = await openVolunteer.run(cast.kim, { id: maria })
  expect(kept).toMatchObject({ phone: '+37255507777', hasPersonalCode: true, version: version + 1 })
  expect(kept.areas).toEqual([{ county: '0060', municipality: null }])
  // A new code takes the place of the old one, unless it is somebody else's.
  await editVolunteer.run(cast.kim, { ...change, version: version + 1, personalCode: '48503150221' })
  expect((await revealCode.run(cast.kim, { id: maria, purpose: 'mistake' })).personalCode).toBe('48503150221')
  const { version: louVersion } = await openVolunteer.run(cast.kim, { id: cast.volunteer })
  const lou = { ...typed, name: 'Lou Näidis-Lepik', id: cast.volunteer, version: louVersion }
  await expect(editVolunteer.run(cast.kim, { ...lou, personalCode: '48503150221' })).rejects.toSatisfy(
    refusedAt('personalCode'),
  )
})

test('a supervisor is somebody who guides volunteers today', async () => {
  await setSupervisor.run(cast.kim, { id: maria, supervisor: cast.sirje.id })
  expect((await openVolunteer.run(cast.sirje, { id: maria })).supervisor).toBe('Sirje Näidis-Saar')
  await expect(setSupervisor.run(cast.kim, { id: maria, supervisor: cast.max.id })).rejects.toSatisfy(
    refusedAt('supervisor'),
  )
})

test('an account lets the volunteer in as a volunteer; a stranger’s address lets nobody in', async () => {
  const make = (email: string) => makeAccount.run(cast.kim, { id: maria, email, locale: 'ru' })
  await expect(make('max@naidis.example')).rejects.toSatisfy(refusedAt('email'))
  await make('maria@naidis.example')
  expect(await openVolunteer.run(cast.kim, { id: maria })).toMatchObject({ hasAccount: false, account: 'waits' })
  await expect(make('maria@naidis.example')).rejects.toBeInstanceOf(Conflict)
  expect(await agree(cast.peep)).toBe(1)
  const { rows } = await cast.admin.query(
    `select p.name, p.locale, r.role, r.valid_to::text from person p join person_role r on r.person_id = p.id where p.email = 'maria@naidis.example'`,
  )
  expect(rows).toEqual([{ name: 'Maria Näidis-Žukova', locale: 'ru', role: 'volunteer', valid_to: '2999-12-31' }])
  expect(await openVolunteer.run(cast.kim, { id: maria })).toMatchObject({ hasAccount: true, account: 'none' })
  await expect(make('maria@naidis.example')).rejects.toSatisfy(refusedAt('email'))
})

test('a volunteer tells where they know people, of themselves only; it is told once', async () => {
  const tie = { municipality: '0511', reason: 'Töötab seal koolis' }
  await addTie.run(cast.lou, { id: cast.volunteer, ...tie })
  await expect(addTie.run(cast.lou, { id: cast.volunteer, ...tie })).rejects.toSatisfy(refusedAt('municipality'))
  await expect(addTie.run(cast.lou, { id: maria, ...tie })).rejects.toBeInstanceOf(NotFound)
  await addTie.run(cast.kim, { id: maria, ...tie })
  await expect(addTie.run(cast.kim, { id: cast.kim.id, ...tie })).rejects.toBeInstanceOf(NotFound)
  expect((await openOwnProfile.run(cast.lou, {})).ties).toMatchObject([{ municipality: 'Narva linn' }])
  expect((await openVolunteer.run(cast.kim, { id: maria })).ties).toHaveLength(1)
  // Whom a volunteer knows is nobody else's business.
  expect((await openVolunteer.run(cast.peep, { id: maria })).ties).toEqual([])
})

test('a tie is taken back with a reason, by the volunteer who told of it or the coordinator, once', async () => {
  const tie = { municipality: '0321', reason: 'Õpetas seal koolis' }
  await addTie.run(cast.lou, { id: cast.volunteer, ...tie })
  const { rows } = await cast.admin.query<{ id: string }>(
    `select id from volunteer_tie where volunteer_id = $1 and municipality_code = '0321'`,
    [cast.volunteer],
  )
  const it = { tie: rows[0]?.id, why: 'Kool on kinni.' }
  for (const who of [cast.sirje, cast.max]) await expect(withdrawTie.run(who, it)).rejects.toBeInstanceOf(Refused)
  await expect(withdrawTie.run(cast.lou, { ...it, why: '' })).rejects.toSatisfy(refusedAt('why'))
  expect(await openTie.run(cast.lou, it)).toMatchObject({ reason: 'Õpetas seal koolis' })
  await withdrawTie.run(cast.lou, it)
  await expect(withdrawTie.run(cast.kim, it)).rejects.toBeInstanceOf(Conflict)
  await addTie.run(cast.kim, { id: cast.volunteer, ...tie })
  const kept = await cast.admin.query(`select withdrawn_reason from volunteer_tie where id = $1`, [it.tie])
  expect(kept.rows).toEqual([{ withdrawn_reason: 'Kool on kinni.' }])
})

test('nobody but the coordinator keeps volunteers', async () => {
  for (const who of [cast.max, cast.lou, cast.sirje, cast.peep, cast.ott]) {
    await expect(addVolunteer.run(who, typed)).rejects.toBeInstanceOf(Refused)
    await expect(editVolunteer.run(who, { ...typed, id: maria, version: 1 })).rejects.toBeInstanceOf(Refused)
    await expect(setSupervisor.run(who, { id: maria, supervisor: cast.sirje.id })).rejects.toBeInstanceOf(Refused)
    await expect(makeAccount.run(who, { id: maria, email: 'a@b.ee', locale: 'et' })).rejects.toBeInstanceOf(Refused)
    await expect(openNewVolunteer.run(who, {})).rejects.toBeInstanceOf(Refused)
  }
  await expect(addTie.run(cast.max, { id: maria, municipality: '0511', reason: 'x' })).rejects.toBeInstanceOf(Refused)
  await expect(openVolunteer.run(cast.lou, { id: maria })).rejects.toBeInstanceOf(Refused)
  await expect(openVolunteer.run(cast.max, { id: maria })).rejects.toBeInstanceOf(NotFound)
  await expect(openOwnProfile.run(cast.max, {})).rejects.toBeInstanceOf(Refused)
})

const imported: NewVolunteer = {
  ...{ name: 'Näidis-Import Õun', email: null, phone: '+37255500001', birthYear: 1970, sex: 'F', occupation: null },
  ...{ county: '0079', municipality: null, languages: ['et'], hasCar: null, remoteOnly: false, childContact: null },
  ...{ childContactReason: null, maxCases: null, availability: null, notes: null, supervisorId: null, areas: [] },
  personalCode: '47001010248',
  importKey: 'volunteer/1',
  status: { status: 'active', fromOn: '2024-01-01', untilOn: null, reason: null },
  evidence: [{ kind: 'training', validFrom: '2023-12-01', validTo: null, passed: true, checkedBy: null }],
}

test('an import finds the same person by key, by code, or by name with contact or year of birth – and nobody else', async () => {
  const made = await asPerson('write', cast.kim.claim, (db) => insertVolunteer(db, cast.kim, imported))
  const find = (facts: Parameters<typeof findSameVolunteer>[1]) =>
    asPerson('read', cast.kim.claim, (db) => findSameVolunteer(db, facts))
  const name = 'naidis-import oun'
  expect(await find({ name: 'x', importKey: 'volunteer/1' })).toMatchObject({ id: made.id, by: 'importKey' })
  expect(await find({ name: 'x', personalCode: '47001010248' })).toMatchObject({ id: made.id, by: 'personalCode' })
  expect(await find({ name, phone: '+37255500001', birthYear: 1980 })).toMatchObject({ id: made.id, by: 'name' })
  expect(await find({ name, email: 'oun@naidis.example', birthYear: 1970 })).toMatchObject({ id: made.id, by: 'name' })
  expect(await find({ name, phone: '+37255500002', birthYear: 1970 })).toBeNull()
  expect(await find({ name, phone: '+37255500001', personalCode: '38001085718' })).toBeNull()
  expect(await find({ name: 'Näidis-Teine', phone: '+37255500001' })).toBeNull()
  expect(await find({ name })).toBeNull()
  const profile = await openVolunteer.run(cast.kim, { id: made.id })
  expect(profile.standing.now).toMatchObject({ status: 'active', fromOn: '2024-01-01' })
  expect(profile.papers).toMatchObject([{ kind: 'training', recordedBy: 'Kim Näidis-Koort' }])
})

test('the thousandth volunteer has a number like everybody else', async () => {
  await cast.admin.query(`select setval('volunteer_code', 999)`)
  const more = { ...typed, personalCode: '', email: '', phone: '' }
  expect((await addVolunteer.run(cast.kim, { ...more, name: 'Näidis Tuhandes' })).code).toBe('TI-1000')
  expect((await addVolunteer.run(cast.kim, { ...more, name: 'Näidis Järgmine' })).code).toBe('TI-1001')
})

// What can somebody who gets a statement of their own past the program do with the applications: read, plant, decide, forget?
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { today } from '../app/core/clock.server.ts'
import { type Attacker, type Login, openAttacker, refusedOr } from './attack.ts'
import { type Cast, type CastName, openCast } from './cast.ts'
import { clientOf } from './database.ts'
import { recordTests } from './proof/record.ts'
import { givenApplication, givenCandidate } from './recruitment.ts'

recordTests('bypass', 'attempts on applications, each past the program', /gets nowhere$/)
let cast: Cast
let waiting = ''
let taken = ''
let attacker: Attacker
beforeAll(async () => {
  cast = await openCast()
  waiting = await givenApplication(cast)
  const other = { name: 'Näidis-Teine', email: 'teine@naidis.example', phone: '5550 4001' }
  taken = await givenCandidate(cast, other, today())
  attacker = await openAttacker(cast, {})
})
afterAll(async () => {
  await attacker.close()
  await cast.close()
})

// A function that finds no row says so.
const attempt = (login: Login, who: CastName | null, text: string) =>
  refusedOr(attacker.attempt(who, text, login), 'P0002')

const tables = [
  'application',
  'application_try',
  'campaign',
  'campaign_was',
  'recruiting_target',
  'recruitment_step',
  'volunteer',
  'sealed_key',
  'mail_outbox',
]

test.each(tables)('the door of the public page reading %s gets nowhere', async (table) => {
  expect(await attempt('door', null, `select * from ${table}`)).toBe('refused')
  const columns: Record<string, string> = { application_try: 'address_key', campaign_was: 'version' }
  const column = columns[table] ?? 'id'
  expect(await attempt('door', null, `update ${table} set ${column} = ${column}`)).toBe('refused')
  expect(await attempt('door', null, `delete from ${table}`)).toBe('refused')
})

test.each(['application', 'campaign', 'campaign_was', 'recruiting_target', 'recruitment_step', 'sealed_key'])(
  'the door planting a row of its own in %s gets nowhere',
  async (table) => expect(await attempt('door', null, `insert into ${table} default values`)).toBe('refused'),
)

test('what the door answers is the same for who is known and who is not', async () => {
  const call = (email: string) =>
    `select door_apply('${randomUUID()}', '${randomUUID()}', 'test', '\\x01', '\\x01', '${email}', '0045', '{et}', 'et', 'web', null, '\\x02', '\\x01')`
  const { rows } = await cast.admin.query<{ mark: string }>(
    `select email_index::text as mark from application where id = $1`,
    [waiting],
  )
  const door = clientOf(cast.urls.doorUrl)
  await door.connect()
  const ask = async (email: string) => {
    await door.query('begin')
    const answer = await door.query(call(email))
    await door.query('rollback')
    return answer.rows
  }
  expect(await ask(rows[0]?.mark ?? '')).toEqual(await ask('\\x00'))
  await door.end()
})

const strangers: CastName[] = ['lou', 'max', 'lea', 'mall', 'sirje', 'aino', 'ott', 'tiia', 'jaan']

test.each(strangers)('%s reading applications, steps and calls gets nowhere', async (who) => {
  for (const login of ['read', 'write'] as const)
    for (const table of ['application', 'campaign', 'campaign_was', 'recruiting_target', 'recruitment_step'])
      expect(await attempt(login, who, `select 1 from ${table}`)).toBe(0)
  expect(await attempt('read', who, `select 1 from sealed_key where owner_id = '${waiting}'`)).toBe(0)
})

test('the manager opening an application gets nowhere', async () => {
  expect(await attempt('read', 'peep', `select 1 from application where id = '${waiting}'`)).toBe(1)
  expect(await attempt('read', 'peep', `select 1 from sealed_key where owner_id = '${waiting}'`)).toBe(0)
})

test('from where applications came is read by nobody: it gets nowhere', async () => {
  for (const who of ['kim', 'peep', 'aino', 'sys'] as const)
    for (const login of ['read', 'write', 'jobs'] as const)
      expect(await attempt(login, who, 'select 1 from application_try')).toBe('refused')
})

const no = `outcome = 'refused', no_reason = 'other', decided_at = now()`
const step = (by: string) =>
  `insert into recruitment_step (volunteer_id, step, due_on, owner_id, recorded_by) values ('${taken}', 'call', '2027-01-01', '${by}', '${by}')`

test('deciding without being the coordinator, in another’s name, or a second time gets nowhere', async () => {
  for (const who of [...strangers, 'peep'] as const) {
    const me = cast[who].id
    expect([0, 'refused']).toContain(
      await attempt('write', who, `update application set ${no}, decided_by = '${me}' where id = '${waiting}'`),
    )
    expect(await attempt('write', who, step(me))).toBe('refused')
  }
  const decide = (id: string, by: string) => `update application set ${no}, decided_by = '${by}' where id = '${id}'`
  expect(await attempt('write', 'kim', decide(waiting, cast.peep.id))).toBe('refused')
  expect([0, 'refused']).toContain(await attempt('write', 'kim', decide(taken, cast.kim.id)))
  expect(await attempt('write', 'kim', step(cast.peep.id))).toBe('refused')
  expect(await attempt('write', 'kim', decide(waiting, cast.kim.id))).toBe(1)
  expect(await attempt('write', 'kim', step(cast.kim.id))).toBe(1)
})

test('changing what was written, taking a decision back, or handing in from within gets nowhere', async () => {
  for (const set of [`facts_sealed = '\\x01'`, `email_index = null`, `erased_at = now()`, `outcome = null`])
    expect([0, 'refused']).toContain(
      await attempt('write', 'kim', `update application set ${set} where id = '${taken}'`),
    )
  expect(await attempt('write', 'kim', 'delete from application')).toBe('refused')
  expect(
    await attempt(
      'write',
      'kim',
      `insert into application (id, once_key, facts_sealed, county_code, languages, locale, source) values ('${randomUUID()}', '${randomUUID()}', '\\x01', '0045', '{et}', 'et', 'web')`,
    ),
  ).toBe('refused')
})

test('writing to strangers is for the coordinator: others get nowhere', async () => {
  const letter = `insert into mail_outbox (kind, to_sealed, locale) values ('application-no', '\\x01', 'et')`
  for (const who of [...strangers, 'peep'] as const) expect(await attempt('write', who, letter)).toBe('refused')
  expect(await attempt('write', 'kim', letter)).toBe(1)
})

test('forgetting ahead of time gets nowhere', async () => {
  for (const who of [...strangers, 'kim', 'peep'] as const)
    for (const login of ['read', 'write'] as const)
      expect(await attempt(login, who, 'select * from erase_applicants()')).toBe('refused')
  for (const login of ['read', 'write', 'door'] as const)
    expect(await attempt(login, login === 'door' ? null : 'kim', `select erase_volunteer('${taken}')`)).toBe('refused')
})

test('setting a target without being the coordinator or in another’s name, or ending it twice, gets nowhere', async () => {
  const set = (by: string) =>
    `insert into recruiting_target (kind, county_codes, languages, people, by_on, set_by) values ('recruit', '{0045}', '{ru}', 2, '2027-03-01', '${by}')`
  for (const who of [...strangers, 'peep'] as const)
    expect(await attempt('write', who, set(cast[who].id))).toBe('refused')
  expect(await attempt('write', 'kim', set(cast.peep.id))).toBe('refused')
  expect(await attempt('write', 'kim', set(cast.kim.id))).toBe(1)
  await cast.admin.query(set(cast.kim.id))
  const end = (by: string) => `update recruiting_target set ended_by = '${by}', ended_at = now(), ended_why = 'reached'`
  for (const who of strangers) expect([0, 'refused']).toContain(await attempt('write', who, end(cast[who].id)))
  expect([0, 'refused']).toContain(await attempt('write', 'peep', end(cast.peep.id)))
  expect(await attempt('write', 'kim', end(cast.peep.id))).toBe('refused')
  expect(await attempt('write', 'kim', 'update recruiting_target set people = 1')).toBe('refused')
  expect(await attempt('write', 'kim', 'delete from recruiting_target')).toBe('refused')
  expect(await attempt('write', 'kim', end(cast.kim.id))).toBe(1)
  await cast.admin.query(end(cast.kim.id))
  expect([0, 'refused']).toContain(await attempt('write', 'kim', end(cast.kim.id)))
})

test('changing a call without being the coordinator, its link, or what it was before gets nowhere; so does ending it twice', async () => {
  const call = `insert into campaign (name, code, source, from_on, until_on, created_by) values ('Näidis', 'naidis-x', 'web', '2026-01-01', '2027-01-01', '${cast.kim.id}')`
  await cast.admin.query(call)
  const set = (what: string) => `update campaign set ${what}`
  const end = (by: string) => set(`ended_by = '${by}', ended_at = now()`)
  for (const who of [...strangers, 'peep'] as const)
    for (const text of [set(`name = 'Muu'`), end(cast[who].id)])
      expect([0, 'refused']).toContain(await attempt('write', who, text))
  for (const what of [`code = 'muu'`, 'version = 9', `created_by = '${cast.peep.id}'`])
    expect(await attempt('write', 'kim', set(what))).toBe('refused')
  expect(await attempt('write', 'kim', end(cast.peep.id))).toBe('refused')
  expect(await attempt('write', 'kim', set(`ended_by = '${cast.kim.id}', ended_at = now() - interval '1 day'`))).toBe(
    'refused',
  )
  const was = `insert into campaign_was (campaign_id, version, name, source, from_on, until_on, changed_by)
    select id, 1, 'Võlts', 'web', from_on, until_on, '${cast.kim.id}' from campaign`
  expect(await attempt('write', 'kim', was)).toBe('refused')
  for (const text of [`update campaign_was set name = 'Võlts'`, 'delete from campaign_was', 'delete from campaign'])
    expect(await attempt('write', 'kim', text)).toBe('refused')
  expect(await attempt('write', 'kim', set(`name = 'Muu'`))).toBe(1)
  expect(await attempt('write', 'kim', end(cast.kim.id))).toBe(1)
  await cast.admin.query(end(cast.kim.id))
  for (const text of [set(`name = 'Muu'`), end(cast.kim.id), set('ended_by = null, ended_at = null')])
    expect([0, 'refused']).toContain(await attempt('write', 'kim', text))
})

// Does what the program keeps from somebody come about after all where she says it to the database herself, in her own name?
import type { Client } from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openAccount } from '../app/access/account/accounts.server.ts'
import { type Attacker, openAttacker, openWorld, type World } from './attack.ts'
import { type Cast, type CastName, openCast } from './cast.ts'
import { clientOf } from './database.ts'
import { recordTests } from './proof/record.ts'
import { dayFromNow } from './substitution.ts'

recordTests('bypass', 'attempts to write what only the database writes by itself', /nothing comes of it$/)

let cast: Cast
let world: World
let attacker: Attacker
beforeAll(async () => {
  cast = await openCast()
  world = { ...(await openWorld(cast)), asKim: cast.kim.claim, asOtt: cast.ott.claim }
  attacker = await openAttacker(cast, world)
})
afterAll(async () => {
  await attacker.close()
  await cast.close()
})

/** Two connections of the login that writes, each within a transaction in somebody's name; nothing of it stays. */
async function withTwo(who: CastName, other: CastName, work: (one: Client, two: Client) => Promise<void>) {
  const two = [who, other].map(() => clientOf(cast.urls.writeUrl))
  for (const client of two) await client.connect()
  const [one, second] = two as [Client, Client]
  await one.query(`begin; set local app.claim = '${cast[who].claim}'`)
  await second.query(`begin; set local app.claim = '${cast[other].claim}'`)
  await work(one, second).finally(() => Promise.all(two.map((client) => client.end())))
}
const codeOf = (asked: Promise<unknown>) =>
  asked.then(
    () => null,
    (error: { code?: string }) => error.code,
  )

test('whoever comes to a thing by its id in capitals waits for whoever came to it as it is written', async () => {
  await withTwo('kim', 'lea', async (one, two) => {
    const key = 'case/0a1b2c3d-0000-4000-8000-00000000abcd'
    await one.query('select one_by_one($1)', [key])
    await two.query(`set local lock_timeout = '150ms'; savepoint before`)
    for (const same of [key, key.toUpperCase()]) {
      expect(await codeOf(two.query('select one_by_one($1)', [same])), same).toBe('55P03')
      await two.query('rollback to before')
    }
    expect(await codeOf(two.query('select one_by_one($1)', [`${key}e`]))).toBeNull()
  })
})

// An event.

const event = (action: string, fields = `'{}'`, how = 'audit_append', of = ':louPerson') =>
  `select ${how}('${action}', 'person', '${of}', null, null, 'done', ${fields}, null, null)`
/** The same, and it stays: by whoever owns the database, in somebody's name. */
const told = (who: CastName, statement: string) =>
  cast.admin.query(`begin; set local app.claim = '${cast[who].claim}'; ${statement}; commit`)

test('what is written of somebody by her id in capitals stands on her own page', async () => {
  const ways = [cast.lea.id.toUpperCase(), `{${cast.lea.id}}`, cast.lea.id.replaceAll('-', '')]
  for (const id of ways) await told('ott', event('people.unlinkIdentity', `'{}'`, 'audit_append', id))
  await told('ott', event('people.unlinkIdentity', `'{}'`, 'audit_append', `x${cast.lea.id.toUpperCase()}`))
  // What is no id stays as it was written.
  const { rows } = await cast.admin.query('select object_id from audit_event order by seq desc limit 1')
  expect(rows).toEqual([{ object_id: `x${cast.lea.id.toUpperCase()}` }])
  const { doors } = await openAccount.run(cast.lea, {})
  expect(doors.map(({ action, who }) => [action, who])).toEqual(
    ways.map(() => ['people.unlinkIdentity', 'Ott Näidis-Orav']),
  )
})

const claimed: [string, CastName, string][] = [
  ['Lou writes that two helped her back in', 'lou', event('access.recovered', `array['by::stranger0', 'by::ott']`)],
  ['Lou names somebody beside what she did', 'lou', event('account.changePassword', `array['password', 'by::ott']`)],
  ['Kim writes that an address was changed', 'kim', event('access.emailChanged')],
  ['Kim writes that a name was changed', 'kim', event('access.nameChanged')],
  ['Kim writes it past what everybody may write', 'kim', event('access.nameChanged', `'{}'`, 'audit_write')],
]
test.each(claimed)('%s: nothing comes of it', async (_, who, statement) => {
  expect(await attacker.attempt(who, event('account.changePassword', `array['password']`))).toBe(1)
  expect(await attacker.attempt(who, statement)).toBe('42501')
})

test('an attempt that is refused is written down whatever its fields are called, and names nobody', async () => {
  await told('lou', `select audit_denied('case.open', '{}', array['id', 'by:${cast.ott.id}'])`)
  const { rows } = await cast.admin.query('select result, fields from audit_event order by seq desc limit 1')
  expect(rows).toEqual([{ result: 'denied', fields: ['id'] }])
})

test('her own page names those who decided about her, and nobody else whom an event may name', async () => {
  // Of what Kim agreed to with Ott about Max the world knows; of Tiia it knows nothing of the kind.
  const both = `array['by:${cast.ott.id}', 'by:${cast.kim.id}', 'by:${cast.tiia.id}']`
  for (const who of ['max', 'lou'] as const) {
    await told(who, event('access.recovered', both, 'audit_write', cast[who].id))
    const { doors } = await openAccount.run(cast[who], {})
    const names = who === 'max' ? ['Kim Näidis-Koort', 'Ott Näidis-Orav'] : []
    expect(doors[0]).toMatchObject({ action: 'access.recovered', helpers: names })
  }
})

// A letter.

const letters = (key: string): [string, string][] => [
  ['a row', `insert into mail_outbox (person_id, kind, unique_key) values (auth_person(), 'new-task', '${key}')`],
  ['of a case', `select mail_about(':caseA', auth_person(), 'new-task', '${key}')`],
  ['an urgent one', `select mail_urgent(':caseA', ':ida', ':lou', 'urgent', '${key}')`],
]
const ofDatabase = ['way/:louPerson/1', 'seal/passkey/1/0/:aino', 'bait/:kim/:caseA/0/:ott', 'outing/1/1/2/:sirje']
const ofProcess = [
  ...['wall/1/:kim', `watch/${dayFromNow(0)}/:kim`, 'glass/1/opened/:kim', 'concern/1/:sirje', 'report/:report/late'],
  ...['transfer:1:1:lea', 'x', '', 'paper/1', 'report/:report/nudge/later', ' paper/:report', 'PAPER/:report'],
]
const ofCoordinator = ['paper/:report', `report/:report/nudge/${dayFromNow(0)}`]
test.each([...ofDatabase, ...ofProcess])(
  'a letter by the key %s, so that no other comes: nothing comes of it',
  async (key) => {
    for (const [how, statement] of letters(key)) {
      for (const who of ['kim', 'lou', 'ott', 'lea'] as const)
        expect(await attacker.attempt(who, statement), `${who}: ${how}`).toBe('42501')
      expect(await attacker.attempt('sys', statement), how).toBe(ofProcess.includes(key) ? 1 : '42501')
    }
  },
)

test.each(ofCoordinator)('by the key %s it is the coordinator who writes, and nobody else', async (key) => {
  for (const [how, statement] of letters(key)) {
    for (const who of ['lou', 'ott', 'lea'] as const)
      expect(await attacker.attempt(who, statement), `${who}: ${how}`).toBe('42501')
    expect(await attacker.attempt('kim', statement), how).toBe(1)
  }
})

test('whoever asks for a change tries to keep its letter away: it comes all the same', async () => {
  await withTwo('kim', 'lou', async (one) => {
    const key = `'way/${cast.lou.id}/' || pg_current_xact_id()`
    await one.query('savepoint before')
    const silence = `insert into mail_outbox (person_id, kind, unique_key) values ('${cast.kim.id}', 'new-task', ${key})`
    expect(await codeOf(one.query(silence))).toBe('42501')
    await one.query('rollback to before')
    await one.query(
      `insert into confirmation (kind, person_id, way, reason, new_name, new_search, proposed_by, expires_at)
       values ('name', $1, 'video', 'x', 'Lou Näidis-Uus', 'lou naidis uus', $2, now() + interval '7 days')`,
      [cast.lou.id, cast.kim.id],
    )
    await one.query('commit')
  })
  const { rows } = await cast.admin.query(
    `select kind from mail_outbox where unique_key like 'way/%' and person_id = $1`,
    [cast.lou.id],
  )
  expect(rows).toEqual([{ kind: 'name-asked' }])
})

// A link, a register and a desk.

test('whoever could no longer be one of the two sends no link, nor takes back the one that was sent', async () => {
  const sent = `select 1 where invitation_make(gen_random_uuid(), ':max', '\\x01', '\\x01', 7) = 'recovery'`
  const voided = `select 1 where invitation_void(':max') is not null`
  for (const [who, role] of [
    ['ott', 'admin'],
    ['kim', 'coordinator'],
  ] as const) {
    for (const statement of [sent, voided]) expect(await attacker.attempt(who, statement)).toBe(1)
    // Something else she still is, so that she is not refused for being nothing.
    const ended = (on: string) =>
      cast.admin.query('update person_role set valid_to = $3 where person_id = $1 and role = $2', [
        cast[who].id,
        role,
        on,
      ])
    await cast.admin.query(
      `insert into person_role (person_id, role, valid_from, valid_to) values ($1, 'trainer', '2020-01-01', '2999-12-31')`,
      [cast[who].id],
    )
    await ended(dayFromNow(-1))
    for (const statement of [sent, voided]) expect(await attacker.attempt(who, statement), who).toBe('42501')
    await ended('2999-12-31')
  }
})

test('a coordinator who writes the code of somebody for her name, so that she stands as erased: nothing comes of it', async () => {
  const written = `update volunteer set name = code, email = 'a@naidis.example' where id = ':lou'`
  const account = (of: string) => `select 1 from volunteer v join person p on p.id = v.person_id
    where p.id = '${of}' and v.name = p.name and v.email = p.email`
  expect(await attacker.attempt('kim', `${written}; ${account(':louPerson')}`)).toBe(1)
  expect(
    await attacker.attempt('kim', `update volunteer set name = code where id = ':lou'; ${account(':louPerson')}`),
  ).toBe(1)
  const made = `insert into volunteer (person_id, code, name, search_name, email, county_code, languages, created_by)
    values (':tiia', 'TI-000', 'TI-000', 'x', 'a@naidis.example', '0045', '{et}', ':kim')`
  expect(await attacker.attempt('kim', `${made}; ${account(':tiia')}`)).toBe(1)
})

test('an erasure takes name and address, and nobody writes them anew; her account stays where she does something else', async () => {
  const erased = `select erase_volunteer(':lou'); set local role tugivork_write; set local app.claim = ':asKim'`
  const written = `update volunteer set name = code, email = 'a@naidis.example' where id = ':lou'`
  const nobody = `select 1 from volunteer where id = ':lou' and name = code and email is null`
  const more = `insert into person_role (person_id, role, valid_from, valid_to) values (':louPerson', 'trainer', '2020-01-01', '2999-12-31')`
  for (const before of ['select 1', more]) {
    expect(await attacker.asOwner(`${before}; ${erased}; ${nobody}`)).toBe(1)
    expect(await attacker.asOwner(`${before}; ${erased}; ${written}; ${nobody}`)).toBe(1)
  }
  const account = `reset role; select 1 from person where id = ':louPerson' and name = 'Lou Näidis-Lepik'`
  expect(await attacker.asOwner(`${erased}; ${account}`)).toBe(0)
  expect(await attacker.asOwner(`${more}; ${erased}; ${account}`)).toBe(1)
})

test('an administrator who asked to stand in and says yes to it, by the right to end it: nothing comes of it', async () => {
  const asked = `insert into person_role (person_id, role, valid_from, valid_to) values (':ott', 'manager', '2020-01-01', '2999-12-31');
    insert into substitution (giver_id, taker_id, role, valid_from, valid_to, created_by)
      values (':kim', ':ott', 'coordinator', '${dayFromNow(0)}', '${dayFromNow(5)}', ':ott');
    alter table substitution drop constraint substitution_check4;
    set local role tugivork_write; set local app.claim = ':asOtt'`
  const ended = `update substitution set ended_by = ':ott', ended_at = now() where taker_id = ':ott'`
  const confirmed = `update substitution set confirmed_by = ':ott', confirmed_at = now() where taker_id = ':ott'`
  // The table says it too (substitution_check4); here nothing but the policy does.
  expect(await attacker.asOwner(`${asked}; ${ended}`)).toBe(1)
  expect(await attacker.asOwner(`${asked}; ${confirmed}`)).toBe('42501')
})

// What can somebody who gets a statement of their own past the program do with references: read, answer, ask in another's name?
import { afterAll, beforeAll, expect, test } from 'vitest'
import { today } from '../app/core/clock.server.ts'
import { type Attacker, type Login, openAttacker, refusedOr } from './attack.ts'
import { type Cast, type CastName, openCast } from './cast.ts'
import { clientOf } from './database.ts'
import { recordTests } from './proof/record.ts'
import { givenCandidate } from './recruitment.ts'
import { askedReferee } from './reference.ts'

recordTests('bypass', 'attempts on references, each past the program', /gets nowhere$/)
let cast: Cast
let id = ''
let attacker: Attacker
beforeAll(async () => {
  cast = await openCast()
  id = await givenCandidate(cast, {}, today())
  await askedReferee(cast, id)
  attacker = await openAttacker(cast, {})
})
afterAll(async () => {
  await attacker.close()
  await cast.close()
})

const attempt = (login: Login, who: CastName | null, text: string) => refusedOr(attacker.attempt(who, text, login))

const strangers: CastName[] = ['lou', 'max', 'lea', 'mall', 'sirje', 'aino', 'ott', 'tiia', 'jaan']

test('the door reading, asking or answering by itself gets nowhere', async () => {
  for (const text of [
    'select * from reference_request',
    'select * from application_try',
    'insert into reference_request default values',
    `update reference_request set answered_at = now(), form = 1`,
    `select reference_behind('\\x01')`,
    `select reference_wait('\\x01')`,
  ])
    expect(await attempt('door', null, text)).toBe('refused')
})

test.each(strangers)('%s reading or changing a request gets nowhere', async (who) => {
  for (const login of ['read', 'write'] as const)
    expect(await attempt(login, who, 'select 1 from reference_request')).toBe(0)
  expect(await attempt('write', who, 'update reference_request set revoked_at = now()')).toBe(0)
})

const ask = (by: string) =>
  `insert into reference_request (volunteer_id, referee_sealed, locale, token_hash, expires_at, asked_by)
   values ('${id}', '\\x01', 'et', decode(repeat('ab', 32), 'hex'), now() + interval '3 days', '${by}')`

test('asking without being the coordinator, in another’s name, or for years gets nowhere', async () => {
  for (const who of [...strangers, 'peep'] as const)
    expect(await attempt('write', who, ask(cast[who].id))).toBe('refused')
  expect(await attempt('write', 'kim', ask(cast.peep.id))).toBe('refused')
  expect(await attempt('write', 'kim', ask(cast.kim.id).replace('3 days', '3 years'))).toBe('refused')
  expect(await attempt('write', 'kim', ask(cast.kim.id))).toBe(1)
})

test('answering from within, or changing whose and to whom it was, gets nowhere', async () => {
  for (const set of [
    `answers_sealed = '\\x01'`,
    'answered_at = now(), form = 1',
    `referee_sealed = null`,
    `volunteer_id = volunteer_id`,
  ])
    expect(await attempt('write', 'kim', `update reference_request set ${set}`)).toBe('refused')
  expect(await attempt('write', 'kim', 'delete from reference_request')).toBe('refused')
  for (const login of ['read', 'write'] as const)
    for (const call of [
      ...[`reference_behind('\\x01')`, `reference_wait('\\x01')`],
      ...[`door_reference('\\x01', '\\x01')`, `door_reference_name('\\x01')`],
    ])
      expect(await attempt(login, 'kim', `select ${call}`)).toBe('refused')
})

test('opening an answer without being the coordinator gets nowhere', async () => {
  const one = await cast.admin.query<{ id: string }>('select id from reference_request')
  const owner = one.rows[0]?.id
  await cast.admin.query(
    `insert into sealed_key (kind, owner_id, master_id, wrapped) values ('reference', $1, 'test', '\\x01')`,
    [owner],
  )
  const key = `select 1 from sealed_key where owner_id = '${owner}'`
  for (const who of [...strangers, 'peep'] as const) expect(await attempt('read', who, key)).toBe(0)
  expect(await attempt('read', 'kim', key)).toBe(1)
})

test('while the rules are gone through over the log, an answer at the door waits for nothing', async () => {
  const round = clientOf(cast.urls.writeUrl)
  await round.connect()
  await round.query(`begin; set local app.claim = '${cast.sys.claim}'`)
  try {
    await round.query(`select count(*) from watch_look('{case.open}', '{}', '{}', '{}', '[]')`)
    const answer = `door_reference_answer('\\x01', '\\x01', gen_random_uuid(), 'test', '\\x01', '\\x01', 1)`
    // No such link: the answer is there at once, and it is no. One that waits for the round is an error after two seconds.
    expect(
      await attempt(
        'door',
        null,
        `set local lock_timeout = '2s'; select 1 from (select ${answer} as told) a where told = -1`,
      ),
    ).toBe(1)
  } finally {
    await round.query('rollback')
    await round.end()
  }
})

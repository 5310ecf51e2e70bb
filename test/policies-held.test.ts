// Is what the policies keep of somebody for one transaction theirs alone, and of that transaction alone?
import pg from 'pg'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type Cast, openCast } from './cast.ts'
import { recordTests } from './proof/record.ts'

recordTests('bypass', 'attempts on what is kept of somebody', /gives nothing$/)

let cast: Cast
let client: pg.Client
beforeAll(async () => {
  cast = await openCast()
})
beforeEach(async () => {
  await client?.end()
  client = await fresh()
})
afterAll(async () => {
  await client.end()
  await cast.close()
})

const fresh = async () => {
  const made = new pg.Client({ connectionString: cast.urls.readUrl })
  await made.connect()
  return made
}
const one = async (text: string, at = client) =>
  Object.values(((await at.query(text)).rows[0] ?? {}) as Record<string, unknown>)[0]
const begin = (claim: string) => client.query(`begin; set local app.claim = '${claim}'`)
const networks = `select auth_networks()`
const kept = `select current_setting('app.held', true)`
const word = (text: unknown) => `'${String(text).replaceAll("'", "''")}'`

test('what was found is kept, and says the same the second time', async () => {
  await begin(cast.lea.claim)
  const first = await one(networks)
  expect(first).toEqual([cast.networks.ida])
  expect(String(await one(kept))).toContain(cast.networks.ida)
  expect(await one(networks)).toEqual(first)
})

test('words made up, before and after anything was kept: gives nothing', async () => {
  const mine = `(${cast.lea.id},,,{coordinator},{${cast.networks.harju}},{${cast.networks.harju}},{})`
  const forged = `set local app.held = ${word('0'.repeat(64) + mine)}`
  await begin(cast.lea.claim)
  await client.query(forged)
  // Nothing was drawn in this connection yet: whoever forges is refused.
  await expect(client.query(networks)).rejects.toThrow('held_nonce')
  await client.query('rollback')
  await begin(cast.lea.claim)
  await one(networks)
  await client.query(forged)
  expect(await one(networks)).toEqual([cast.networks.ida])
  expect(await one(`select has_role('coordinator')`)).toBe(false)
})

test('one letter changed in what was kept: gives nothing', async () => {
  await begin(cast.lea.claim)
  await one(networks)
  const own = String(await one(kept))
  await client.query(
    `set local app.held = ${word(own.replaceAll(cast.networks.ida ?? '', cast.networks.harju ?? '').replace('lead', 'coordinator'))}`,
  )
  expect(await one(networks)).toEqual([cast.networks.ida])
  expect(await one(`select has_role('coordinator')`)).toBe(false)
})

test('kept past the end of the transaction, and past the end of the role: gives nothing', async () => {
  await begin(cast.max.claim)
  await one(networks)
  const own = String(await one(kept))
  await client.query('commit')
  const { rows } = await cast.admin.query<{ id: string }>(
    `update person_role set valid_from = '2000-01-01', valid_to = '2001-01-01' where person_id = $1 returning id`,
    [cast.max.id],
  )
  expect(rows.length).toBeGreaterThan(0)
  await client.query(`set app.held = ${word(own)}`)
  await begin(cast.max.claim)
  expect(await one(networks)).toEqual([])
  await client.query('rollback')
  await cast.admin.query(`update person_role set valid_to = '2999-12-31' where person_id = $1`, [cast.max.id])
})

test('what was kept of one, under the name of another: gives nothing', async () => {
  await begin(cast.kim.claim)
  expect(await one(`select has_role('coordinator')`)).toBe(true)
  const hers = String(await one(kept))
  await client.query(`set local app.claim = '${cast.lou.claim}'; set local app.held = ${word(hers)}`)
  expect(await one(`select has_role('coordinator')`)).toBe(false)
  expect(await one('select auth_person()')).toBe(cast.lou.id)
})

test('the same instant is the same instant, however it is written down', async () => {
  await begin(cast.lea.claim)
  await one(networks)
  const first = await one(kept)
  await client.query(`set local datestyle = 'sql'; set local timezone = '<NAIDIS>-3:07'`)
  expect(await one(networks)).toEqual([cast.networks.ida])
  expect(await one(kept)).toBe(first)
})

test.each([
  ['the number of this connection', `select currval('held_nonce')`],
  ['the number of the sequence', 'select last_value from held_nonce'],
  ['a number of one’s own choice', `select setval('held_nonce', 1)`],
  ['the next number', `select nextval('held_nonce')`],
  ['the last number', 'select lastval()'],
  ['what the tables say now', 'select held_now()'],
  ['what is kept', 'select auth_held()'],
  ['a number drawn once more', 'select held_drawn()'],
  ['a setting by an expression', `select set_config('app.held', 'x', true)`],
])('%s: gives nothing', async (_, statement) => {
  await begin(cast.lea.claim)
  await one(networks)
  await expect(client.query(statement)).rejects.toThrow(/permission denied|not yet defined/)
})

test('the list of sequences does not tell the number: gives nothing', async () => {
  await begin(cast.lea.claim)
  await one(networks)
  expect(await one(`select last_value from pg_sequences where sequencename = 'held_nonce'`)).toBeNull()
})

const change = async (statement: string, values: unknown[], question: string) => {
  await cast.admin.query('begin')
  try {
    await cast.admin.query(`set local app.claim = '${cast.max.claim}'`)
    const before = await one(question, cast.admin)
    await cast.admin.query(statement, values)
    return [before, await one(question, cast.admin)]
  } finally {
    await cast.admin.query('rollback')
  }
}

test('within one transaction too, what somebody holds ends when the role, the session or the account does', async () => {
  const role = `update person_role set valid_from = '2000-01-01', valid_to = '2001-01-01' where person_id = $1`
  const ask = `select cardinality(auth_networks())`
  expect(await change(role, [cast.max.id], ask)).toEqual([1, 0])
  const session = `update session set ended_at = now() - interval '1 second' where person_id = $1`
  expect(await change(session, [cast.max.id], ask)).toEqual([1, 0])
  expect(await change(`update person set status = 'disabled' where id = $1`, [cast.max.id], ask)).toEqual([1, 0])
})

test('words put aside before the role ended, and put back after it in the same transaction: gives nothing', async () => {
  await cast.admin.query('begin')
  try {
    await cast.admin.query(`set local app.claim = '${cast.max.claim}'`)
    expect(await one(networks, cast.admin)).toEqual([cast.networks.harju])
    const own = await one(kept, cast.admin)
    await cast.admin.query(
      `update person_role set valid_from = '2000-01-01', valid_to = '2001-01-01' where person_id = '${cast.max.id}'`,
    )
    await cast.admin.query(`set local app.held = ${word(own)}`)
    expect(await one(networks, cast.admin)).toEqual([])
  } finally {
    await cast.admin.query('rollback')
  }
})

test('what was found in a part of a transaction that was taken back goes with it', async () => {
  await cast.admin.query('begin')
  try {
    await cast.admin.query(`set local app.claim = '${cast.max.claim}'`)
    expect(await one(networks, cast.admin)).toEqual([cast.networks.harju])
    await cast.admin.query('savepoint part')
    await cast.admin.query(
      `update person_role set valid_from = '2000-01-01', valid_to = '2001-01-01' where person_id = '${cast.max.id}'`,
    )
    expect(await one(networks, cast.admin)).toEqual([])
    await cast.admin.query('rollback to part')
    expect(await one(networks, cast.admin)).toEqual([cast.networks.harju])
  } finally {
    await cast.admin.query('rollback')
  }
})

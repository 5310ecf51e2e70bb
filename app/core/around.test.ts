// What does an operation do around its work: whom does it refuse, how often may it be done, and what is written down of it?
import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { type Cast, openCast } from '../../test/cast.ts'
import { asPerson } from './db.server.ts'
import { Conflict, Invalid, NotFound, Refused, StandsStill, TooMany, Unavailable, Unopenable } from './errors.ts'
import { logTo } from './log.server.ts'
import { type About, allOperations, command, onceOf, query } from './operation.server.ts'
import { mustGoOn } from './turn/turns.server.ts'

const lines: string[] = []
let cast: Cast
beforeAll(async () => {
  cast = await openCast()
  logTo((line) => lines.push(line))
})
afterAll(() => cast.close())

const written = async (action: string) =>
  (await cast.admin.query('select * from audit_event where action = $1 order by seq', [action])).rows
const resultsOf = async (action: string) => (await written(action)).map((event) => event.result)
const failure = (run: Promise<unknown>) =>
  run.then(
    () => null,
    (error: unknown) => error,
  )
const [id, caseId, networkId] = [randomUUID(), randomUUID(), randomUUID()]

const roles = ['coordinator'] as const
const Sent = z.object({ id: z.unknown(), note: z.string().optional() })
const all: About = { kind: 'thing', id: 'x', caseId, networkId, hits: 7, reason: Buffer.from('miks') }
const told = query('test.told', { roles, input: Sent, about: () => all }, async () => [1, 2])
const plain = query('test.plain', { roles, input: Sent }, async (_db, { id }) => (id === 5 ? { length: 3 } : [1, 2]))

test('what was done is written down with what it was about; of what was sent the names alone', async () => {
  await told.run(cast.kim, { id, note: 'Näidis-sõnad' })
  const reason = { reason_sealed: Buffer.from('miks') }
  expect(await written('test.told')).toMatchObject([
    {
      object_kind: 'thing',
      object_id: 'x',
      case_id: caseId,
      network_id: networkId,
      result: 'done',
      hits: 7,
      ...reason,
    },
  ])
  await plain.run(cast.kim, { id, note: undefined })
  await plain.run(cast.kim, { id: 5, note: 'x' })
  const none = { object_kind: null, case_id: null, network_id: null, reason_sealed: null, result: 'done' }
  expect(await written('test.plain')).toMatchObject([
    { ...none, object_id: id, fields: ['id'], hits: 2 },
    { ...none, object_id: null, fields: ['id', 'note'], hits: null },
  ])
})

const forAdmins = command('test.admins', { roles: ['admin'], input: z.object({}) }, async () => 'done')
const toKeys = command('test.keys', { roles: ['admin'], input: z.object({}), beforeKeys: true }, async () => 'done')
const own = command('test.own', { roles, input: z.object({}), inPerson: true }, async () => 'done')

test('an administrator who owes keys does what leads to them, and nothing else', async () => {
  for (const owes of ['register', 'prove'] as const) {
    const refused = await failure(forAdmins.run({ ...cast.ott, owes }, {}))
    expect(refused).toBeInstanceOf(Refused)
    expect(refused).toMatchObject({ said: { key: 'access.keys.first' } })
    expect(await toKeys.run({ ...cast.ott, owes }, {})).toBe('done')
  }
  expect(await forAdmins.run(cast.ott, {})).toBe('done')
  expect(await resultsOf('test.admins')).toEqual(['refused', 'refused', 'done'])
  // Whoever has not the role has it with keys no more than without.
  expect(await failure(toKeys.run({ ...cast.kim, owes: 'register' }, {}))).toBeInstanceOf(Refused)
})

test('whoever stands in hears whose own it is; whoever has not the role hears nothing', async () => {
  const standsInFor = { id, name: 'Näidis', until: '2030-01-01', substitutionId: id }
  const said = { key: 'core.error.inPerson', args: { name: 'Näidis' } }
  expect(await failure(own.run({ ...cast.kim, standsInFor }, {}))).toMatchObject({ said })
  expect(await failure(own.run({ ...cast.lou, standsInFor }, {}))).toMatchObject({ said: undefined })
  expect(await own.run(cast.kim, {})).toBe('done')
  // Where it is not said that it is somebody's own, whoever stands in does it.
  const rule = { roles, input: z.object({}) }
  const lent = [query('test.lent.look', rule, async () => 1), command('test.lent.do', rule, async () => 1)]
  for (const { run } of lent) expect(await run({ ...cast.kim, standsInFor }, {})).toBe(1)
  expect(await told.run({ ...cast.kim, standsInFor }, { id })).toEqual([1, 2])
  expect(await resultsOf('test.own')).toEqual(['refused', 'refused', 'done'])
})

const readAhead: unknown[] = []
const ahead = command(
  'test.ahead',
  { roles, input: z.object({ n: z.number() }), ahead: async (me, raw) => readAhead.push([me.id, raw]) },
  async () => 'done',
)

test('what is done ahead is done for whoever may, before anything is read', async () => {
  expect(await failure(ahead.run(cast.lou, { n: 1 }))).toBeInstanceOf(Refused)
  expect(await failure(ahead.run(cast.kim, { n: 'one' }))).toBeInstanceOf(Invalid)
  expect(readAhead).toEqual([[cast.kim.id, { n: 'one' }]])
})

const Counts = z.object({ counts: z.boolean() })
const some = command(
  'test.some',
  { roles, input: Counts, turn: 'keys', turnWhen: ({ counts }) => counts },
  async () => 1,
)
const carried = query('test.carried', { roles, input: z.object({}), turn: 'export' }, async () => 1)
const allow = (name: string, value: number) =>
  cast.admin.query(
    `insert into setting (name, value, valid_from, note, set_by) values ($1, $2, '2020-01-01', 'Näidis', $3)`,
    [name, JSON.stringify(value), cast.kim.id],
  )

test('what may be done so often is counted where it says so, and one too many is written down', async () => {
  await allow('keyChangesPerDay', 2)
  await allow('invitationsPerDay', 1)
  for (const counts of [false, true]) await some.run(cast.kim, { counts })
  const enough = await failure(some.run(cast.kim, { counts: true }))
  expect(enough).toBeInstanceOf(TooMany)
  // The day ends at midnight.
  expect(enough).toMatchObject({ said: { key: 'core.turn.keys', args: { time: '00.00' } } })
  expect((enough as TooMany).seconds).toBeGreaterThan(0)
  expect((enough as TooMany).seconds).toBeLessThanOrEqual(86_400)
  await some.run(cast.kim, { counts: false })
  expect(await resultsOf('test.some')).toEqual(['done', 'done', 'refused', 'done'])
  // What counts as the same is counted together.
  const counted = (name: string) => command(name, { roles, input: z.object({}), turn: 'invitation' }, async () => 1)
  const [each, other] = [counted('test.each'), counted('test.other')]
  await each.run(cast.kim, {})
  for (const more of [each, other]) expect(await failure(more.run(cast.kim, {}))).toBeInstanceOf(TooMany)
})

test('what stands still is no fault of whoever asks', async () => {
  await cast.admin.query(
    `insert into watch_finding (rule, person_id, key, count, first_seq, last_seq, from_at, to_at, stops_until)
     values ('bait', $1, 'x', 1, 1, 1, now(), now(), now() + interval '1 hour')`,
    [cast.kim.id],
  )
  const still = { said: { key: 'core.turn.stopped' }, seconds: 3600 }
  const stopped = await failure(carried.run(cast.kim, {}))
  expect(stopped).toBeInstanceOf(StandsStill)
  expect(stopped).toMatchObject(still)
  expect(await resultsOf('test.carried')).toEqual([])
  expect(await failure(asPerson('read', cast.kim.claim, mustGoOn))).toMatchObject(still)
  expect(await failure(asPerson('read', cast.peep.claim, mustGoOn))).toBeNull()
})

const Asked = z.record(z.string(), z.unknown())
const hidden = query('test.hidden', { roles, input: Asked }, async (_db, { none }) => {
  throw none === 'busy' ? new Conflict() : new NotFound()
})

test('who asks for what is not there for them is written down with what was asked for', async () => {
  expect(await failure(hidden.run(cast.kim, { id, other: 'x', none: undefined }))).toBeInstanceOf(NotFound)
  const denied = { object_id: id, fields: ['id', 'other'], result: 'denied', actor: cast.kim.id }
  expect(await written('test.hidden')).toMatchObject([denied])
  for (const odd of [`x${id}`, `${id}x`, [id], 7, undefined])
    expect(await failure(hidden.run(cast.kim, { other: odd })), String(odd)).toBeInstanceOf(NotFound)
  expect(await failure(hidden.run(cast.kim, { id, none: 'busy' }))).toBeInstanceOf(Conflict)
  expect(await resultsOf('test.hidden')).toEqual(['denied'])
})

let runs = 0
const standing = command(
  'test.standing',
  {
    roles,
    input: z.object({ there: z.boolean() }),
    stands: ({ there }) => sql<{ n: number }>`select 5 as n where ${there}`,
  },
  async (_db, _input, _me, stand) => {
    runs++
    return stand === null ? 'nothing' : stand.n
  },
)

test('the work hears what it stands on, or that there is nothing; with a key of the form as without', async () => {
  expect(await standing.run(cast.kim, { there: true })).toBe(5)
  expect(await standing.run(cast.kim, { there: false })).toBe('nothing')
  const [once, other] = [randomUUID(), randomUUID()]
  expect(await standing.run(cast.kim, { there: true }, once)).toBe(5)
  expect(await standing.run(cast.kim, { there: false }, other)).toBe('nothing')
  expect(runs).toBe(4)
  expect(await standing.run(cast.kim, { there: false }, once)).toBe(5)
  expect(await standing.run(cast.kim, { there: true }, other)).toBe('nothing')
  expect(runs).toBe(4)
  const alone = command('test.alone', { roles, input: z.object({}) }, async (_db, _input, _me, stand) => [stand])
  expect(await alone.run(cast.kim, {})).toEqual([null])
  // What one form was answered opens for no other.
  await cast.admin.query(
    `update once o set result_sealed = (select result_sealed from once b where b.key <> o.key and b.key = any ($1)) where key = any ($1)`,
    [[once, other]],
  )
  expect(await failure(standing.run(cast.kim, { there: true }, once))).toBeInstanceOf(Unopenable)
})

test('the key of a form is a number of 36 characters, or none', () => {
  expect(onceOf({ _once: id })).toBe(id)
  for (const odd of [`x${id}`, `${id}x`, [id], 'x', undefined])
    expect(onceOf({ _once: odd }), String(odd)).toBe(undefined)
})

test('each operation is there once, in the order of its name', () => {
  const names = allOperations().map(({ name }) => name)
  expect(names).toContain('test.told')
  expect(names).toEqual(names.toSorted())
  expect(() => query('test.told', { roles, input: Sent }, async () => 1)).toThrow('two operations are called test.told')
})

test('what cannot be written down does not happen', async () => {
  const lost = command('test.lost', { roles, input: Asked }, async (db, { none }, me) => {
    if (none) throw new NotFound()
    await db.insertInto('mailOutbox').values({ personId: me.id, kind: 'lost' }).execute()
  })
  const name = async (from: string, to: string) => {
    const { rows } = await cast.admin.query(`select oid::regprocedure as it from pg_proc where proname = $1`, [from])
    await cast.admin.query(`alter function ${rows[0].it} rename to ${to}`)
  }
  await name('audit_append', 'audit_gone')
  try {
    expect(await failure(lost.run(cast.kim, {}))).toBeInstanceOf(Unavailable)
    expect(await failure(lost.run(cast.kim, { id, none: true }))).toBeInstanceOf(Unavailable)
    expect(await failure(lost.run(cast.lou, {}))).toBeInstanceOf(Unavailable)
  } finally {
    await name('audit_gone', 'audit_append')
  }
  expect((await cast.admin.query(`select 1 from mail_outbox where kind = 'lost'`)).rowCount).toBe(0)
  expect(lines.filter((line) => /audit-failed.*"error":/.test(line))).toHaveLength(3)
})

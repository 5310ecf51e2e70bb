// Does anything get round row-level security? At least one attempt of every kind, by every login of the process.
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { asPerson, connect, oneRequest, recognise } from '../app/core/db.server.ts'
import { type Attacker, type Login, openAttacker, openWorld, type World } from './attack.ts'
import { silent, telling } from './bypass-tries.ts'
import { type Cast, openCast } from './cast.ts'
import { record, recordTests } from './proof/record.ts'

recordTests('bypass', 'attempts across transactions', /^(?:nothing that would|a plan|what was worked)/)

let cast: Cast
let world: World
let attacker: Attacker
beforeAll(async () => {
  cast = await openCast()
  world = { ...(await openWorld(cast)), asLea: cast.lea.claim }
  attacker = await openAttacker(cast, world)
  await cast.admin.query('analyze')
})
afterAll(() => attacker.close().then(() => cast.close()))

const logins: Login[] = ['read', 'write', 'door', 'jobs']
/** The kinds that the plan names; those that take more than one statement have tests of their own, here and in test/proof/authorization/keys. */
const own = ['WITH HOLD cursor', 'prepared-plan reuse', 'keys and references']
const kinds = [...new Set([...Object.keys(telling), ...Object.keys(silent)]), ...own]
const tries = [telling, silent].flatMap((all) =>
  Object.entries(all).flatMap(([kind, those]) =>
    Object.entries(those).map(([sentence, text]) => ({ kind, sentence, text })),
  ),
)

// No right, no such thing by that right, not while policies are asked, not in such a transaction; and what is read in as a table is refused as a table.
const refusals = ['42501', '0A000', '42P10', '25006', '42P01']

/** The queue of jobs wakes itself by a word. */
const rightful = ['jobs, others’ work: sends word to others']

test('whoever can say anything to the database is shown no row by any kind of attempt, by any login', async () => {
  const begun = performance.now()
  const shown: string[] = []
  for (const { kind, sentence, text } of tries)
    for (const login of logins) {
      // Jaan steers the service: he is signed in and sees no case.
      const told = await attacker.attempt('jaan', text, login)
      const name = `${login}, ${kind}: ${sentence}`
      if (told !== 0 && !refusals.includes(String(told)) && !rightful.includes(name)) shown.push(`${name}: ${told}`)
    }
  record(
    {
      promise: 'bypass',
      what: `attempts by every login, of ${kinds.length} kinds together with those below`,
      count: tries.length * logins.length,
      failed: shown.length,
    },
    begun,
  )
  expect(shown).toEqual([])
  expect(kinds.length).toBeGreaterThanOrEqual(18)
})

test('the attempts mean what they say: whoever owns the database is told something by them', async () => {
  const nothing: string[] = []
  for (const [sentence, text] of Object.values(telling).flatMap((those) => Object.entries(those))) {
    const told = await attacker.asOwner(text)
    if (typeof told === 'string' || told === 0) nothing.push(`${sentence}: ${told}`)
  }
  expect(nothing).toEqual([])
})

test('nothing that would outlive a transaction on its connection, and no second statement, comes from a page', async () => {
  const asLea = (text: string) => asPerson('write', cast.lea.claim, (db) => sql.raw(text).execute(db))
  for (const text of [
    'declare kept cursor with hold for select id from case_file',
    'prepare kept as select id from case_file',
    'set row_security = off',
    `set session app.claim = 'x'`,
    'reset role',
    'listen x',
    'do $$ begin end $$',
    'copy county to stdout',
    'discard all',
  ])
    await expect(asLea(text), text).rejects.toThrow('not a statement of a page')
  await expect(asLea('select 1; declare kept cursor with hold for select id from case_file')).rejects.toThrow(
    'multiple commands',
  )
})

test('a plan that was made for one person shows the next only what is theirs, on the connection of the pool', async () => {
  connect(cast.urls, 1)
  const found = (claim: string) =>
    asPerson('write', claim, async (db) => {
      const cases = await db.selectFrom('caseFile').select('id').execute()
      const keys = await sql<{ id: string }>`select owner_id as id from sealed_key where kind = ${'case'}`.execute(db)
      return [...cases, ...keys.rows].map(({ id }) => id).toSorted()
    })
  // After five times the database keeps one plan for all.
  const alone = new Map<string, string[]>()
  const people = ['lea', 'max', 'lou', 'jaan', 'kim'] as const
  for (const who of people) alone.set(who, await found(cast[who].claim))
  for (let round = 0; round < 8; round++)
    for (const who of people) expect(await found(cast[who].claim), who).toEqual(alone.get(who))
  expect(alone.get('jaan')).toEqual([])
  expect(alone.get('lea')).toContain(world.caseA)
  expect(alone.get('max')).not.toContain(world.caseA)
  expect(alone.get('max')).toContain(world.caseB)
})

test('what was worked out for one person’s transaction is worth nothing in another’s', async () => {
  const held = await oneRequest(async () => {
    await recognise('read', cast.lea.claim)
    return asPerson('read', cast.lea.claim, async (db) => {
      await db.selectFrom('caseFile').select('id').execute()
      const { rows } = await sql<{ held: string }>`select current_setting('app.held', true) as held`.execute(db)
      return rows[0]?.held ?? ''
    })
  })
  expect(held.length).toBeGreaterThan(64)
  for (const login of ['read', 'write'] as const)
    for (const replayed of [held, `${held.slice(0, 64)}${held.slice(64).replaceAll(cast.lea.id, cast.jaan.id)}`])
      expect(
        await attacker.attempt(
          'jaan',
          `set local app.held = '${replayed.replaceAll("'", "''")}'; select 1 from case_file`,
          login,
        ),
      ).toBe(0)
})

// Can somebody learn by a collision that a row is there which they are not shown: because a key is taken, or because one may be pointed at?
import { Client } from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { randomFrom } from '../../../../db/seed/random.ts'
import { seed } from '../../../draws.ts'
import { record, scale } from '../../record.ts'
import { begin } from '../reading.ts'
import { mayRead } from '../rules/reading.ts'
import { type Facts, factsOf, rightsOf } from '../rules/rights.ts'
import type { Claim } from '../world/sessions.ts'
import { openWorld, type Row, type World } from '../world/world.ts'
import { type Drawn, drawn, draws, once } from '../writing/trying.ts'
import { beside, changed, guessed, type Key, keysOf } from './keys.ts'
import { known } from './known.ts'

let world: World
let writer: Client
beforeAll(async () => {
  world = await openWorld(seed, { people: 2, volunteers: 8, casesEach: 5 })
  writer = new Client({ connectionString: world.database.writeUrl, pipeline: true })
  await writer.connect()
})
afterAll(async () => {
  await writer.end()
  await world.close()
})

type Adding = { claim: Claim; one: Drawn }

/** Of each table some rows that somebody may add, by different people. */
function allowedRows(facts: Facts): Map<string, Adding[]> {
  const random = randomFrom(seed)
  const found = new Map<string, Adding[]>()
  for (const draw of draws)
    for (const claim of world.claims) {
      const [one] = drawn(facts, claim, random, 1, [draw])
      if (one && !one.name.endsWith(' insert')) break
      if (!one?.allowed) continue
      const those = [...(found.get(one.table) ?? []), { claim, one }]
      found.set(one.table, those)
      if (those.length % scale(2, 12) === 0) break
    }
  return found
}

/** What of a table somebody is not shown, looked up once. */
function unseenBy(facts: Facts) {
  const known = new Map<string, Row[]>()
  return (claim: Claim, table: string): Row[] => {
    const name = `${claim.name} ${table}`
    const rows = world.tables.get(table)?.rows ?? []
    const before = known.get(name)
    if (before) return before
    const rights = rightsOf(facts, claim)
    const unseen = rows.filter((row) => !mayRead(rights, table, row, 'tugivork_write'))
    known.set(name, unseen)
    return unseen
  }
}

/** Adds the row once with the values of one that is not shown, once with values of none: `1` where it was added, otherwise why not. */
async function collide(key: Key, { claim, one }: Adding, row: Row): Promise<[there: string, nowhere: string] | null> {
  const values = beside(key, row)
  const [there, nowhere] = [values && changed(one, values.there), values && changed(one, values.nowhere)]
  if (!there || !nowhere) return null
  await writer.query(begin(claim))
  const told = [await once(writer, { text: there }), await once(writer, { text: nowhere })] as const
  await writer.query('rollback')
  return [...told]
}

test('a key tells nobody of a row that is not theirs to see, and nobody points at one', {
  timeout: 1_800_000,
}, async () => {
  const begun = performance.now()
  const facts = factsOf(world)
  const random = randomFrom(seed)
  const [rows, hidden] = [allowedRows(facts), unseenBy(facts)]
  const found = new Map<string, string>()
  let tried = 0
  for (const key of await keysOf(world.owner)) {
    const name = `${key.table} (${key.columns.join(', ')})`
    // An id is drawn by lot: nobody meets one that she was not told. It must not be pointed at either, from a case that is not its own.
    const byLot = guessed(key)?.type === 'uuid'
    for (const adding of rows.get(key.table) ?? []) {
      const unseen = hidden(adding.claim, key.of)
      if (unseen.length === 0) continue
      const told = await collide(key, adding, random.pick(unseen))
      if (!told) continue
      tried++
      const points =
        told[0] === '1' && key.kind === 'reference' && key.of !== 'person' && !key.columns.includes('case_id')
      if (byLot ? points : told[0] !== told[1])
        found.set(name, `${adding.claim.name}: ${told[0]} where it is there, ${told[1]} where not`)
    }
  }
  const strangers = [...found].filter(([name]) => !(name in known))
  record(
    {
      promise: 'bypass',
      what: 'keys and references tried for what they tell',
      count: tried,
      failed: strangers.length,
      seed,
    },
    begun,
  )
  expect(strangers, `seed ${seed}`).toEqual([])
  expect(tried).toBeGreaterThan(scale(100, 600))
})

test('an id is drawn by lot wherever a row can be added', async () => {
  const { rows } = await world.owner.query<{ name: string }>(
    `select attrelid::regclass || '.' || attname as name from pg_attribute join pg_index on indrelid = attrelid and indisunique and attnum = any (indkey::int2[])
       left join pg_attrdef on adrelid = attrelid and adnum = attnum
     where attname = 'id' and atttypid = 'uuid'::regtype and attrelid in (select oid from pg_class where relnamespace = 'public'::regnamespace)
       and pg_get_expr(adbin, adrelid) is distinct from 'gen_random_uuid()' group by 1 order by 1`,
  )
  // What is closed under its own id, or was written before anybody could be asked for one, has it from the program by the same lot (randomUUID).
  const fromProgram = ['application', 'case_link_fact', 'conflict_word', 'field_entry', 'volunteer_circle']
  expect(rows.map(({ name }) => name)).toEqual(fromProgram.map((table) => `${table}.id`))
})

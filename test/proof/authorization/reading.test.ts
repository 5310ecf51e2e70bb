// Does everybody see the rows that the written rules give them, and no others – in invented worlds, through the process's own logins?
import { Client } from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { seed } from '../../draws.ts'
import { record, scale } from '../record.ts'
import { seldomest, seldomTables } from './branches/seldom.ts'
import { type TakenBy, together } from './branches/taken.ts'
import { actorsOf, compare, newTally, readableOf, type Tally } from './reading.ts'
import type { Login } from './rules/cases.ts'
import { readingRules } from './rules/reading.ts'
import { openWorld, type Size, type World } from './world/world.ts'
import { strayRights } from './writing/forbidden.ts'

// Two worlds, one for each login; in the second a single auditor is in office. In `npm run proof` both logins see larger ones.
const size: Size = { people: scale(2, 8), volunteers: scale(8, 14), casesEach: scale(5, 9) }
const worlds: World[] = []

beforeAll(async () => {
  worlds.push(await openWorld(seed, size), await openWorld(seed + 1, { ...size, oneAuditor: true }))
})
afterAll(async () => {
  for (const world of worlds) await world.close()
})

test('the oracle knows every table, and each has rows in the invented worlds', () => {
  const empty = worlds.map(({ tables }) => {
    expect(Object.keys(readingRules).toSorted()).toEqual([...tables.keys()].toSorted())
    return [...tables.values()].filter(({ rows }) => rows.length === 0).map(({ name }) => name)
  })
  expect(empty.reduce((all, one) => all.filter((name) => one.includes(name)))).toEqual([])
})

test('each login has the rights that the written rules name, column by column, and no other', async () => {
  expect(await strayRights((worlds[0] as World).owner)).toEqual([])
})

/** What is asked of the log of a flag, of how a talk stands, of whom to ask and of who chairs is asked where something is written. */
const rulesOfReading = /^rules\/(?!meetings\.ts (?:flagPassed|tallinn|chairOf))/

// Whose kind there is only one of.
const key = new Set(['system', 'admin1', 'admin2', 'auditor1', 'coordinator1', 'coordinator2', 'manager1', 'steering'])

type Looked = { tally: Tally; taken: TakenBy }

async function lookThrough(world: World, login: Login, { tally, taken }: Looked, only?: string[]): Promise<void> {
  const tables = readableOf(world).filter(({ name }) => only?.includes(name) ?? true)
  const { readUrl, writeUrl } = world.database
  const client = new Client({ connectionString: login === 'tugivork_read' ? readUrl : writeUrl, pipeline: true })
  await client.connect()
  // Everybody's own session in the first world, and some of the others'.
  const every = (name: string) => scale(key.has(name) || (login === 'tugivork_read' && !name.includes(',')) ? 1 : 4, 1)
  const claims = world.claims.filter(({ name }, index) => (index + seed) % every(name) === 0)
  for (const actor of actorsOf(world, login, tables, claims, taken)) await compare(client, login, actor, tables, tally)
  await client.end()
}

test('cell by cell the database shows what the oracle says', { timeout: 3_600_000 }, async () => {
  const begun = performance.now()
  const tally = newTally()
  const taken: TakenBy = new Map()
  const [first, second] = worlds as [World, World]
  await lookThrough(first, 'tugivork_read', { tally, taken })
  await lookThrough(second, 'tugivork_write', { tally, taken })
  if (scale(0, 1)) {
    await lookThrough(first, 'tugivork_write', { tally, taken })
    await lookThrough(second, 'tugivork_read', { tally, taken })
  }
  // What comes up seldom is asked about in further worlds, where it does come up: small ones, for it is seldom whatever their size.
  for (let more = 2; more < scale(0, 120); more++) {
    const only = seldomTables(taken, rulesOfReading, 500)
    if (only.length === 0) break
    const sort = { oneAuditor: more % 2 === 1, seldom: true }
    const world = await openWorld(seed + more, { people: 2, volunteers: 8, casesEach: 5, ...sort })
    for (const login of ['tugivork_read', 'tugivork_write'] as const)
      await lookThrough(world, login, { tally, taken }, only)
    await world.close()
  }
  const share = `${Math.round((100 * tally.yes) / tally.cells)} % of them rows to be shown`
  record(
    {
      promise: 'authorization',
      what: `cells read, ${share}`,
      count: tally.cells,
      failed: tally.differing.length,
      seed,
    },
    begun,
  )
  // Each condition of the rules decided so many cells, and each the one way and the other; in a small world some come up for nobody.
  const { ways, least, short } = seldomest(together(taken), rulesOfReading, scale(1, 500))
  record(
    {
      promise: 'authorization',
      what: `cells by the seldomest of ${ways} ways through the oracle`,
      count: least,
      failed: short.length,
      seed,
    },
    begun,
  )
  expect(tally.differing.slice(0, 20), `seed ${seed}`).toEqual([])
  expect(short.length, `seed ${seed}: ${short.join('\n')}`).toBeLessThanOrEqual(scale(ways / 10, 0))
  expect(tally.cells).toBeGreaterThanOrEqual(scale(120_000, 1_000_000))
  // What the database asks only for itself is nobody's.
  const nobodys = ['master_retired', 'case_name_key', 'case_surname']
  const lopsided = [...tally.tables].filter(([name, { yes, no }]) => (yes < 5 && !nobodys.includes(name)) || no < 10)
  expect(lopsided).toEqual([])
})

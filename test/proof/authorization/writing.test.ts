// Does each single attempt to write come out as the written rules say – in invented worlds, through the process's own logins?
import { Client } from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { randomFrom } from '../../../db/seed/random.ts'
import { seed } from '../../draws.ts'
import { record, scale } from '../record.ts'
import { seldomest } from './branches/seldom.ts'
import { noneTaken } from './branches/taken.ts'
import { begin } from './reading.ts'
import { factsOf } from './rules/rights.ts'
import { openWorld, type Size, type World } from './world/world.ts'
import { forbidden, forbiddenToReader, writing } from './writing/forbidden.ts'
import { keep, type Reached, reach, rulesOfWriting } from './writing/reach.ts'
import { differs, once, type Tried, tryAll } from './writing/trying.ts'

const small: Size = { people: 2, volunteers: 8, casesEach: 5 }
let world: World
let writer: Client
let reader: Client
const logIn = async (connectionString: string) => {
  const client = new Client({ connectionString, pipeline: true })
  await client.connect()
  return client
}

beforeAll(async () => {
  world = await openWorld(seed, small)
  writer = await logIn(world.database.writeUrl)
  reader = await logIn(world.database.readUrl)
})
afterAll(async () => {
  await writer.end()
  await reader.end()
  await world.close()
})

function sums(tried: Tried[]): Map<string, { allowed: number; denied: number }> {
  const of = new Map<string, { allowed: number; denied: number }>()
  for (const { name, allowed } of tried) {
    const counts = of.get(name) ?? { allowed: 0, denied: 0 }
    of.set(name, counts)
    counts[allowed ? 'allowed' : 'denied']++
  }
  return of
}

test('every attempt is allowed or refused as the oracle says', { timeout: 3_600_000 }, async () => {
  const begun = performance.now()
  // Everybody's own session; of the others – over, at another's desk, in an emergency – every second one.
  const claims = world.claims.filter(({ name }, index) => !name.includes(',') || (index + seed) % scale(2, 1) === 0)
  const [facts, random] = [factsOf(world), randomFrom(seed)]
  const tried = await tryAll(writer, facts, claims, random, scale(1, 5), [...writing])
  const reached: Reached = { taken: noneTaken(), asked: new Map() }
  for (const one of tried) keep(reached, one)
  // Each condition of the rules was asked by so many attempts, and each went the one way and the other; what this world has not is in others.
  const least = scale(1, 500)
  const reaching = { random, reached, least, most: scale(1, 200) }
  const isShort = () => seldomest(reached.taken, rulesOfWriting, least).short.length > 0
  // One by one: there are more of them than a call takes arguments.
  for (const one of await reach(writer, { facts, claims, ...reaching })) tried.push(one)
  for (let more = 1; more <= scale(0, 40) && isShort(); more++)
    for (const one of await reachIn(seed + more, reaching)) tried.push(one)
  const seldom = seldomest(reached.taken, rulesOfWriting, least)
  const wrong = tried.filter(differs).map(({ who, text, allowed, told }) => ({ who, text, allowed, told }))
  const share = `${Math.round((100 * tried.filter(({ allowed }) => allowed).length) / tried.length)} % of them allowed`
  record(
    { promise: 'changes', what: `attempts to write, ${share}`, count: tried.length, failed: wrong.length, seed },
    begun,
  )
  record(
    {
      ...{ promise: 'changes', what: `attempts by the seldomest of ${seldom.ways} ways through the oracle` },
      ...{ count: seldom.least, failed: seldom.short.length, seed },
    },
    begun,
  )
  expect(wrong.slice(0, 10), `seed ${seed}`).toEqual([])
  expect(seldom.short.length, `seed ${seed}: ${seldom.short.join('\n')}`).toBeLessThanOrEqual(
    scale(seldom.ways / 10, 0),
  )
  expect(tried.length).toBeGreaterThanOrEqual(scale(10_000, 100_000))
  const counts = sums(tried)
  // Whatever the writing login has a right to is tried, and on both sides of the line; in a small world a seldom thing may be nobody's to do.
  expect([...counts.keys()].toSorted()).toEqual([...writing].toSorted())
  expect([...counts].filter(([, { denied }]) => denied < 10)).toEqual([])
  const neverAllowed = [...counts].filter(([, { allowed }]) => allowed < 1).map(([name]) => name)
  expect(neverAllowed).toEqual([])
})

type Reaching = Omit<Parameters<typeof reach>[1], 'facts' | 'claims'>

/** In another world, one of those in which seldom things are. */
async function reachIn(number: number, reaching: Reaching): Promise<Tried[]> {
  const other = await openWorld(number, { ...small, oneAuditor: number % 2 === 1, seldom: true })
  const client = await logIn(other.database.writeUrl)
  const found = await reach(client, { facts: factsOf(other), claims: other.claims, ...reaching })
  await client.end()
  await other.close()
  return found
}

test('what no login has a right to is refused to everybody', { timeout: 600_000 }, async () => {
  const begun = performance.now()
  const strong = ['coordinator1', 'lead0', 'admin2', 'system', 'auditor1', 'volunteer1'].slice(0, scale(4, 6))
  const claims = world.claims.filter(({ name }) => strong.includes(name))
  const done: string[] = []
  let tried = 0
  for (const claim of claims)
    for (const [client, statements] of [
      [writer, forbidden(world)],
      [reader, forbiddenToReader(world)],
    ] as const) {
      await client.query(begin(claim))
      for (const text of statements) {
        tried++
        const told = await once(client, { text })
        if (told !== '42501') done.push(`${claim.name}: ${text}: ${told}`)
      }
      await client.query('rollback')
    }
  record({ promise: 'changes', what: 'statements that no right covers', count: tried, failed: done.length }, begun)
  expect(done).toEqual([])
  expect(tried).toBeGreaterThan(scale(5_000, 10_000))
})

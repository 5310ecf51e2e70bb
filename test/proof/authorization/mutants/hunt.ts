// Does the oracle notice what was made weaker: is there a row or an attempt about which the two differ then, and only then?
import type { Client } from 'pg'
import { randomFrom } from '../../../../db/seed/random.ts'
import { type Actor, actorsOf, begin, compare, newTally, readableOf, within } from '../reading.ts'
import type { Login } from '../rules/cases.ts'
import { factsOf } from '../rules/rights.ts'
import type { Claim } from '../world/sessions.ts'
import type { Table, World } from '../world/world.ts'
import { strayRights } from '../writing/forbidden.ts'
import { type Drawn, differs, drawn, once } from '../writing/trying.ts'
import type { Mutant } from './mutant.ts'

/** The first thing by which it shows, in words; and the same asked once more. */
type Sign = { told: string; again: () => Promise<string | null> }

export type Hunt = {
  /** Makes the database so, compares until the oracle differs, and puts everything back; nothing where nobody notices. */
  noticed: (mutant: Mutant) => Promise<string | null>
}

type Given = { owner: Client; looking: Map<Login, Actor[]>; tables: Table[]; attempts: Attempts; first: Order }

/** Everything is tried within one transaction of the owner, in which people come and go by the logins of the process. */
export function openHunt(world: World, seed: number, rounds: number): Hunt {
  const { owner } = world
  const tables = readableOf(world)
  const logins: Login[] = ['tugivork_read', 'tugivork_write']
  const looking = new Map(logins.map((login) => [login, actorsOf(world, login, tables)]))
  const given = { owner, looking, tables, attempts: drawAll(world, seed, rounds), first: newOrder() }
  const noticed = async (mutant: Mutant) => {
    const sign = await inside(owner, mutant.sql, () => firstSign(given, mutant))
    if (!sign) return null
    const still = await inside(owner, 'select', sign.again)
    if (still) throw new Error(`${mutant.name} – but it is so without that too: ${still}`)
    return sign.told
  }
  return { noticed }
}

async function inside<Told>(owner: Client, sql: string, ask: () => Promise<Told>): Promise<Told> {
  try {
    await owner.query(`begin; ${sql}`)
    return await ask()
  } finally {
    await owner.query('rollback')
  }
}

async function firstSign(given: Given, { tables: [near = '', ...far], shows }: Mutant): Promise<Sign | null> {
  if (shows.includes('rights')) return rights(given)
  const [looks, writes] = [shows.includes('looks'), shows.includes('writes')]
  return (
    (looks ? await seen(given, [near]) : null) ??
    (writes ? await written(given, [near]) : null) ??
    (looks ? await seen(given, far) : null) ??
    (writes ? await written(given, far) : null)
  )
}

async function rights({ owner }: Given): Promise<Sign | null> {
  const again = async () => (await strayRights(owner))[0] ?? null
  const told = await again()
  return told === null ? null : { told: `a right that no rule names: ${told}`, again }
}

/** Whoever noticed most so far goes first: most of what is weaker shows to few. */
function newOrder() {
  const hits = new Map<string, number>()
  const sorted = <One extends { name: string }>(all: One[]) =>
    all.toSorted((a, b) => (hits.get(b.name) ?? 0) - (hits.get(a.name) ?? 0))
  const hit = (name: string) => hits.set(name, (hits.get(name) ?? 0) + 1)
  return { sorted, hit }
}
type Order = ReturnType<typeof newOrder>

async function seen({ owner, looking, tables, first }: Given, names: string[]): Promise<Sign | null> {
  const those = tables.filter(({ name }) => names.includes(name))
  if (those.length === 0) return null
  for (const [login, actors] of looking)
    for (const actor of first.sorted(actors)) {
      const again = () => lookedAt(owner, login, actor, those)
      const told = await again()
      if (!told) continue
      first.hit(actor.name)
      return { told, again }
    }
  return null
}

async function lookedAt(owner: Client, login: Login, actor: Actor, tables: Table[]): Promise<string | null> {
  const tally = newTally()
  try {
    await compare(owner, login, actor, tables, tally, within(login))
  } catch (error) {
    await owner.query(within(login).leave)
    return `${actor.name} by ${login} is told: ${(error as Error).message}`
  }
  const [cell] = tally.differing
  return cell ? `${cell.who} by ${login} ${cell.shown ? 'sees' : 'misses'} ${cell.table} ${cell.key}` : null
}

type Attempts = Map<string, { name: string; claim: Claim; theirs: Drawn[] }[]>

/** Everybody's attempts by table, drawn once for all mutants. */
function drawAll(world: World, seed: number, rounds: number): Attempts {
  const [facts, random] = [factsOf(world), randomFrom(seed)]
  const attempts: Attempts = new Map()
  for (const claim of world.claims)
    for (const [table, theirs] of Map.groupBy(drawn(facts, claim, random, rounds), (attempt) => attempt.table))
      attempts.set(table, [...(attempts.get(table) ?? []), { name: claim.name, claim, theirs }])
  return attempts
}

async function written({ owner, attempts, first }: Given, names: string[]): Promise<Sign | null> {
  for (const table of names)
    for (const { name, claim, theirs } of first.sorted(attempts.get(table) ?? [])) {
      const wrong = await firstWrong(owner, claim, theirs)
      if (!wrong) continue
      first.hit(name)
      return { told: told(name, wrong), again: () => triedAgain(owner, claim, wrong) }
    }
  return null
}

const told = (name: string, { allowed, text, told: by }: Drawn & { told: string }) =>
  `${name} ${allowed ? 'may no longer' : 'may'}: ${text} (${by})`

async function firstWrong(owner: Client, claim: Claim, attempts: Drawn[]): Promise<(Drawn & { told: string }) | null> {
  const frame = within('tugivork_write')
  await owner.query(begin(claim, frame))
  let wrong: (Drawn & { told: string }) | null = null
  for (const attempt of attempts) {
    const by = await once(owner, attempt)
    if (!differs({ ...attempt, told: by })) continue
    wrong = { ...attempt, told: by }
    break
  }
  await owner.query(frame.leave)
  return wrong
}

async function triedAgain(owner: Client, claim: Claim, attempt: Drawn): Promise<string | null> {
  const wrong = await firstWrong(owner, claim, [attempt])
  return wrong && told(claim.name, wrong)
}

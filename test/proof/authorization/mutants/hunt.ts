// Does the oracle notice what was made weaker: is there a row or an attempt about which the two differ then, and only then?
import type { Client } from 'pg'
import { randomFrom } from '../../../../db/seed/random.ts'
import { type Actor, actorsOf, begin, compare, newTally, readableOf, within } from '../reading.ts'
import type { Login } from '../rules/cases.ts'
import { factsOf } from '../rules/rights.ts'
import type { Claim } from '../world/sessions.ts'
import type { Table, World } from '../world/world.ts'
import { strayRights } from '../writing/forbidden.ts'
import { type Drawn, differs, drawn, once, refusals } from '../writing/trying.ts'
import type { Mutant } from './mutant.ts'

/** By what it shows: what somebody sees, or what they are told that nobody meant to tell them, because the statement itself fails. */
export type Noticed = { told: string; fails: boolean }
/** The first thing by which it shows, in words; and the same asked once more. */
type Sign = Noticed & { again: () => Promise<string | null> }

export type Hunt = {
  /** Makes the database so, compares until the oracle differs, and puts everything back; nothing where nobody notices. */
  noticed: (mutant: Mutant) => Promise<Noticed | null>
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
    return { told: sign.told, fails: sign.fails }
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
  return surest(
    [[near], far].flatMap((names) => [
      looks ? () => seen(given, names) : null,
      writes ? () => written(given, names) : null,
    ]),
  )
}

/** The first sign that is one; where there are but failures, the first of these. */
export async function surest<One extends Noticed>(asked: ((() => Promise<One | null>) | null)[]): Promise<One | null> {
  let failure: One | null = null
  for (const ask of asked) {
    const sign = (await ask?.()) ?? null
    if (sign && !sign.fails) return sign
    failure ??= sign
  }
  return failure
}

async function rights({ owner }: Given): Promise<Sign | null> {
  const again = async () => (await strayRights(owner))[0] ?? null
  const told = await again()
  return told === null ? null : { told: `a right that no rule names: ${told}`, fails: false, again }
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
  const look = (login: Login, actor: Actor) => async (): Promise<Sign | null> => {
    const noticed = await lookedAt(owner, login, actor, those)
    if (!noticed) return null
    if (!noticed.fails) first.hit(actor.name)
    const again = async () => (await lookedAt(owner, login, actor, those))?.told ?? null
    return { ...noticed, again }
  }
  return surest([...looking].flatMap(([login, actors]) => first.sorted(actors).map((actor) => look(login, actor))))
}

async function lookedAt(owner: Client, login: Login, actor: Actor, tables: Table[]): Promise<Noticed | null> {
  const tally = newTally()
  try {
    await compare(owner, login, actor, tables, tally, within(login))
  } catch (error) {
    await owner.query(within(login).leave)
    return { told: `${actor.name} by ${login} is told: ${(error as Error).message}`, fails: true }
  }
  const [cell] = tally.differing
  if (!cell) return null
  const told = `${cell.who} by ${login} ${cell.shown ? 'sees' : 'misses'} ${cell.table} ${cell.key}`
  return { told, fails: false }
}

type Theirs = { name: string; claim: Claim; theirs: Drawn[] }
type Attempts = Map<string, Theirs[]>

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
  const trying =
    ({ name, claim, theirs }: Theirs) =>
    async (): Promise<Sign | null> => {
      const wrong = await firstWrong(owner, claim, theirs)
      if (!wrong) return null
      const fails = isFailure(wrong.told)
      if (!fails) first.hit(name)
      return { told: told(name, wrong), fails, again: () => triedAgain(owner, claim, wrong) }
    }
  return surest(names.flatMap((table) => first.sorted(attempts.get(table) ?? []).map(trying)))
}

/** Neither done nor refused: the statement itself does not stand any more, by a reference that leads nowhere or in other ways. */
const isFailure = (told: string) => told !== '0' && told !== '1' && !refusals.has(told)

const told = (name: string, { allowed, text, told: by }: Drawn & { told: string }) =>
  `${name} ${allowed ? 'may no longer' : 'may'}: ${text} (${by})`

async function firstWrong(owner: Client, claim: Claim, attempts: Drawn[]): Promise<(Drawn & { told: string }) | null> {
  const frame = within('tugivork_write')
  await owner.query(begin(claim, frame))
  let wrong: (Drawn & { told: string }) | null = null
  for (const attempt of attempts) {
    const by = await once(owner, attempt)
    if (!differs({ ...attempt, told: by })) continue
    // What fails stands for nothing while something else might show it.
    wrong = wrong && isFailure(by) ? wrong : { ...attempt, told: by }
    if (!isFailure(by)) break
  }
  await owner.query(frame.leave)
  return wrong
}

async function triedAgain(owner: Client, claim: Claim, attempt: Drawn): Promise<string | null> {
  const wrong = await firstWrong(owner, claim, [attempt])
  return wrong && told(claim.name, wrong)
}

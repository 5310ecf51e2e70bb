// Promise: no answer leaves with anything in it before its read event is committed – and none at all where that cannot be done.
import type { Hono } from 'hono'
import type { Client } from 'pg'
import type { Env } from '../../app/core/page.tsx'
import { type Random, randomFrom } from '../../db/seed/random.ts'
import type { Actor } from './matrix/actors.ts'
import { bodyOf } from './matrix/bodies.ts'
import { type Cell, expectedOf } from './matrix/expectations.ts'
import { origin, type Target, targetsOf } from './matrix/matrix.ts'
import { placesOf } from './matrix/places.ts'
import { isTelling } from './matrix/undone.ts'
import type { MatrixWorld } from './matrix/world/world.ts'

type Event = {
  action: string
  case_id: string | null
  network_id: string | null
  hits: number | null
  fields: string[]
}
export type Answers = {
  requests: number
  /** Answers that told something, those to a form that was sent among them, and at how many addresses. */
  shown: number
  revealed: number
  addresses: Set<string>
  faults: string[]
}
type Scene = { world: MatrixWorld; app: Hono<Env> }
/** Whatever shows something: pages, and forms whose answer is what was asked for. */
type Looks = { addresses: string[]; theirs: Map<string, Cell[]>; others: Cell[] }

/** Every look there is in this world, by those whose it is and by others. */
export function looksOf({ world, app }: Scene): Looks {
  const asking = world.actors.filter(({ standing }) => standing === 'live')
  const looks = targetsOf(app).filter(({ method, open, address, page }) => {
    // How a key answers is a matter of the device's.
    if (open || page.operations.length === 0 || address.endsWith('/options')) return false
    return method === 'GET' || (method === 'POST' && isTelling(address))
  })
  const cells = looks.flatMap((target) => asking.flatMap((who) => cellsFor(target, who, world)))
  const theirs = cells.filter((cell) => expectedOf(cell) === 'may')
  return {
    addresses: looks.map(nameOf),
    theirs: Map.groupBy(theirs, nameOf),
    others: cells.filter((cell) => expectedOf(cell) !== 'may' && cell.method === 'GET'),
  }
}

const nameOf = ({ method, address }: Pick<Target, 'method' | 'address'>) => `${method} ${address}`
const cellsFor = (target: Target, who: Actor, { things }: MatrixWorld): Cell[] =>
  placesOf(target.address, target.method, things).map((place) => ({ ...target, who, place }))

/** Looks until `wanted` answers told something – at every address first, then by chance, some of them by others – and asks of each answer for its event. */
export async function proveAnswers(scene: Scene, { wanted, seed }: { wanted: number; seed: number }): Promise<Answers> {
  const random = randomFrom(seed)
  const looks = looksOf(scene)
  const reader = wordsOf(scene.world)
  const told: Answers = { requests: 0, shown: 0, revealed: 0, addresses: new Set(), faults: [] }
  for (; told.shown < wanted && told.requests < wanted * 3; told.requests++) {
    const cell = chosen(looks, random, told.requests)
    const method = cell.method === 'GET' && random.chance(0.03) ? 'HEAD' : cell.method
    const { status, body, events } = await ask(scene, { ...cell, method })
    const bears = status === 200 || reader(body, cell.who).length > 0
    if (!bears || (events.length === 0 && isBlank(scene.world, cell, body))) continue
    const fault = faultOf(cell, events)
    if (fault) told.faults.push(`${cell.who.name} ${method} ${cell.address}: ${status} ${fault}`)
    if (status !== 200 || method === 'HEAD') continue
    told.shown++
    if (method === 'POST') told.revealed++
    told.addresses.add(nameOf(cell))
  }
  return told
}

function chosen({ addresses, theirs, others }: Looks, random: Random, nth: number): Cell {
  if (nth >= addresses.length && random.chance(0.1)) return random.pick(others)
  const of = theirs.get(addresses[nth] ?? random.pick(addresses))
  return of && of.length > 0 ? random.pick(of) : random.pick(others)
}

type Heard = { status: number; body: string; events: Event[] }

async function ask({ world, app }: Scene, { method, page, who, place }: Cell): Promise<Heard> {
  const { admin } = world.cast
  if (method === 'POST') await admin.query(`update reveal set at = at - interval '1 day'`)
  const before = await lastSeq(admin)
  const headers = { cookie: `sid=${who.cookie}`, origin, 'sec-fetch-site': 'same-origin' }
  const body = method === 'POST' ? bodyOf(page, who, world.things) : undefined
  const answer = await app.request(`${origin}${place.path}`, { method, headers, body })
  // What is committed by now was so before a single byte of the body could be read.
  const events = await eventsSince(admin, before, who.person?.id ?? '')
  return { status: answer.status, body: await answer.text(), events }
}

/** An answer with something in it needs an event of its page, with the case it is about and the names of what was asked. */
function faultOf({ address, page, place }: Cell, events: Event[]): string | null {
  const own = events.filter((event) => page.operations.some((operation) => operation.name === event.action))
  const [event] = own
  if (!event) return `no event of ${page.operations.map((operation) => operation.name).join(', ')}`
  if (event.case_id !== null && event.network_id === null) return `${event.action}: a case without its network`
  if (isOfCase(address) && !event.case_id) return `${event.action}: no case`
  if (address.startsWith('/cases/:id') && event.case_id !== place.ids.id) return `${event.action}: another case`
  if (/\.list$/.test(event.action) && event.hits === null) return `${event.action}: not how many`
  const asked = [...address.matchAll(/:(\w+)/g)].map((match) => match[1] ?? '')
  const known = page.operations.find((operation) => operation.name === event.action)
  const named = asked.filter((name) => name in ((known?.input as { shape?: object })?.shape ?? {}))
  const silent = named.filter((name) => !event.fields.includes(name))
  return silent.length > 0 ? `${event.action}: says nothing of ${silent.join(', ')}` : null
}

const isOfCase = (address: string) =>
  /^\/(cases\/:id|assignments\/:id|proposals\/:id|matching\/:need|concerns\/:id|support\/visits\/:id|support\/help\/:id)/.test(
    address,
  )

async function lastSeq(admin: Client): Promise<number> {
  const { rows } = await admin.query('select coalesce(max(seq), 0)::int as seq from audit_event')
  return rows[0].seq
}

async function eventsSince(admin: Client, seq: number, who: string): Promise<Event[]> {
  const { rows } = await admin.query<Event>(
    `select action, case_id, network_id, hits, fields from audit_event where seq > $1 and actor = $2 and result = 'done'`,
    [seq, who],
  )
  return rows
}

/** Which words of the world stand in an answer; a number that somebody typed to be let in stands above every page of theirs. */
function wordsOf({ canaries }: MatrixWorld): (body: string, who: Actor) => string[] {
  const told = canaries.filter(({ never }) => !never)
  return (body, who) => told.filter(({ word, number }) => !number?.(who) && body.includes(word)).map(({ word }) => word)
}

/** A form about oneself that tells nothing: nothing of the world, and nobody but the one who asks and whom she stands in for, as every page of hers says. */
function isBlank(world: MatrixWorld, { who, address }: Cell, body: string): boolean {
  const known = [who.person?.name, who.person?.standsInFor?.name]
  const people = world.actors.flatMap(({ person }) => (person?.name && !known.includes(person.name) ? [person] : []))
  const others = people.filter(({ name }) => body.includes(name))
  return address.startsWith('/account/') && wordsOf(world)(body, who).length === 0 && others.length === 0
}

/** Where something is shown while all is well: at each address somebody to whom it is, and what they read there. */
export type Seen = { cell: Cell; words: string[] }

export async function seeEverything(scene: Scene): Promise<Seen[]> {
  const reader = wordsOf(scene.world)
  const seen: Seen[] = []
  for (const cells of looksOf(scene).theirs.values()) {
    const found: Seen[] = []
    for (const cell of cells.slice(0, 12)) {
      const { status, body, events } = await ask(scene, cell)
      if (status === 200 && events.length > 0) found.push({ cell, words: reader(body, cell.who) })
      if (found.length > 3 || found.some(({ words }) => words.length > 0)) break
    }
    const best = found.toSorted((a, b) => b.words.length - a.words.length)[0]
    if (best) seen.push(best)
  }
  return seen
}

/** The same requests while no event can be written; returns what came all the same. */
export async function proveSilence(scene: Scene, seen: readonly Seen[]): Promise<string[]> {
  const reader = wordsOf(scene.world)
  const faults: string[] = []
  for (const { cell } of seen) {
    const { status, body } = await ask(scene, cell)
    if (status !== 503 || reader(body, cell.who).length > 0)
      faults.push(`${cell.who.name} ${nameOf(cell)}: ${status} ${reader(body, cell.who).join()}`)
  }
  return faults
}

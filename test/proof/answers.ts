// Promise: no answer leaves with anything in it before its read event is committed – and none at all where that cannot be done.
import { randomUUID } from 'node:crypto'
import type { Hono } from 'hono'
import type { Env, Route } from '../../app/core/page.tsx'
import { csrfToken } from '../../app/core/session.server.ts'
import { routes } from '../../app/routes.ts'
import { type Random, randomFrom } from '../../db/seed/random.ts'
import type { Cast, CastName } from '../cast.ts'
import { type Ids, idsOf, pathOf } from './paths.ts'

export const origin = 'http://localhost:3000'
const actors: CastName[] = ['kim', 'lou', 'max', 'lea', 'mall', 'sirje', 'peep', 'aino', 'ott', 'tiia', 'jaan']
const pages = routes.filter(([, page]) => page.get)

type Event = {
  action: string
  case_id: string | null
  network_id: string | null
  hits: number | null
  fields: string[]
}
export type Answers = {
  seed: number
  requests: number
  /** Answers that showed something, and for how many addresses there was one. */
  shown: number
  addresses: number
  all: number
  faults: string[]
}

/** Sends `requests` looks – where that is enough every address by everybody first, then at random, some HEAD – and asks of each answer for its event. */
export async function proveAnswers(cast: Cast, app: Hono<Env>, { requests, seed }: { requests: number; seed: number }) {
  const random = randomFrom(seed)
  const ids = await idsOf(cast)
  const told: Answers = { seed, requests, shown: 0, addresses: 0, all: pages.length, faults: [] }
  const opened = new Set<string>()
  const sweep = pages.length * actors.length <= requests ? pages.length * actors.length : 0
  for (let sent = 0; sent < requests; sent++) {
    const route = pages[sent % pages.length] as Route
    const who = actors[Math.floor(sent / pages.length) % actors.length] ?? 'kim'
    const chosen = sent < sweep ? who : likely(random, route)
    const path = pathOf(route[0], ids, random)
    const before = await lastSeq(cast)
    const method = random.chance(0.05) ? 'HEAD' : 'GET'
    const answer = await app.request(`${origin}${path}`, { method, headers: { cookie: `sid=${cast.cookies[chosen]}` } })
    // What is committed by now was so before a single byte of the body could be read.
    const events = await eventsSince(cast, before, chosen)
    const fault = faultOf(route, path, answer.status, events)
    const body = await answer.text()
    if (answer.status === 200 && events.length === 0 && isBlank(cast, chosen, route[0], body, ids)) continue
    const spoken = answer.status === 200 ? null : numbersIn(body, ids)
    if (fault ?? spoken) told.faults.push(`${chosen} ${method} ${route[0]}: ${answer.status} ${fault ?? spoken}`)
    if (answer.status === 200) {
      told.shown++
      opened.add(route[0])
    }
  }
  return { ...told, addresses: opened.size }
}

// Somebody whose role may open it, most of the time; a stranger otherwise.
function likely(random: Random, [, page]: Route): CastName {
  const roleOf: Record<string, CastName> = {
    ...{ coordinator: 'kim', volunteer: 'lou', lead: 'lea', member: 'mall', supervisor: 'sirje', manager: 'peep' },
    ...{ auditor: 'aino', admin: 'ott', trainer: 'tiia', steering: 'jaan' },
  }
  const may = page.operations.flatMap((operation) => operation.roles.flatMap((role) => roleOf[role] ?? []))
  return may.length > 0 && random.chance(0.8) ? random.pick(may) : random.pick(actors)
}

/** An answer with something in it needs an event of its page, with the case it is about and the names of what was asked. */
function faultOf([address, page]: Route, path: string, status: number, events: Event[]): string | null {
  if (status !== 200) return null
  const own = events.filter((event) => page.operations.some((operation) => operation.name === event.action))
  const [event] = own
  if (!event) return `no event of ${page.operations.map((operation) => operation.name).join(', ')}`
  if (event.case_id !== null && event.network_id === null) return `${event.action}: a case without its network`
  if (isOfCase(address) && !event.case_id) return `${event.action}: no case`
  if (address.startsWith('/cases/:id') && event.case_id !== path.split('/')[2]) return `${event.action}: another case`
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

async function lastSeq(cast: Cast): Promise<number> {
  const { rows } = await cast.admin.query('select coalesce(max(seq), 0)::int as seq from audit_event')
  return rows[0].seq
}

async function eventsSince(cast: Cast, seq: number, who: CastName): Promise<Event[]> {
  const { rows } = await cast.admin.query<Event>(
    `select action, case_id, network_id, hits, fields from audit_event where seq > $1 and actor = $2 and result = 'done'`,
    [seq, cast[who].id],
  )
  return rows
}

function numbersIn(body: string, ids: Ids): string | null {
  const found = ids.numbers.filter((number) => body.includes(number))
  return found.length > 0 ? `tells of ${found.join(', ')}` : null
}

/** A form about oneself that tells nothing: no case, and nobody but the one who asks. */
function isBlank(cast: Cast, who: CastName, address: string, body: string, ids: Ids): boolean {
  const others = actors.filter((name) => name !== who && body.includes(cast[name].name))
  return address.startsWith('/account/') && !numbersIn(body, ids) && others.length === 0
}

/** Asks for every page by somebody who may see it, while no event can be written; returns what came all the same. */
export async function proveSilence(cast: Cast, app: Hono<Env>, seed: number) {
  const random = randomFrom(seed)
  const ids = await idsOf(cast)
  const faults: string[] = []
  let tried = 0
  for (const [address, page] of pages) {
    for (const who of new Set([likely(random, [address, page]), random.pick(actors)])) {
      const answer = await app.request(`${origin}${pathOf(address, ids, random)}`, {
        headers: { cookie: `sid=${cast.cookies[who]}` },
      })
      const body = await answer.text()
      tried++
      const shown = answer.status < 300 && !isBlank(cast, who, address, body, ids)
      if (shown || numbersIn(body, ids)) faults.push(`${who} ${address}: ${answer.status}`)
    }
  }
  return { tried, faults }
}

/** A form or a program's own request; the answer's status and body. */
export async function post(cast: Cast, app: Hono<Env>, who: CastName, path: string, values: Record<string, string>) {
  const body = new URLSearchParams({ _csrf: csrfToken(cast[who]), _once: randomUUID(), ...values })
  const headers = { cookie: `sid=${cast.cookies[who]}`, origin }
  const answer = await app.request(`${origin}${path}`, { method: 'POST', headers, body })
  return { status: answer.status, text: await answer.text() }
}

// Promise: every address answers everybody as the rules say, and what it says holds nothing that is not for them.
import type { Hono } from 'hono'
import { openRoutes } from '../../../app/access-routes.ts'
import { saveDraft } from '../../../app/core/drafts.server.ts'
import type { Operation } from '../../../app/core/operation.server.ts'
import type { Env, Page } from '../../../app/core/page.tsx'
import { routes } from '../../../app/routes.ts'
import type { Cast } from '../../cast.ts'
import type { Actor } from './actors.ts'
import { bodyOf } from './bodies.ts'
import { type Canary, readerOf } from './canaries.ts'
import { type Cell, expectedOf, faultOf } from './expectations.ts'
import { placesOf } from './places.ts'
import { rehearse } from './rehearse.ts'
import type { Things } from './world/thing.ts'

export const origin = 'http://localhost:3000'

// What the application answers beside its pages; a new one has to be said here.
const beside: Record<string, Page> = {
  '/health': { operations: [] },
  '/robots.txt': { operations: [] },
  '/assets/:name': { operations: [] },
  '/drafts': { operations: [saveDraft as unknown as Operation] },
}

export type Target = { address: string; method: string; page: Page; open: boolean }

/** Every address and method from the router's own list. */
export function targetsOf(app: Hono<Env>): Target[] {
  const pages = new Map<string, Page>([...openRoutes, ...routes])
  const open = new Set<string>([...openRoutes.map(([address]) => address), '/health', '/robots.txt', '/assets/:name'])
  return app.routes
    .filter(({ method }) => method !== 'ALL')
    .map(({ path, method }) => {
      const page = pages.get(path) ?? beside[path]
      if (!page)
        throw new Error(`${path} is no page: say in \`beside\` of test/proof/matrix/matrix.ts who may ask for it`)
      return { address: path, method, page, open: open.has(path) }
    })
}

/**
 * All cells of one address and method; not `whole` is enough of them for every run: of everybody the first place and the first that is
 * theirs, every look at what is sealed, and of the others, always the same ones, some where the role fits and few where not.
 */
export function cellsOf(target: Target, actors: Actor[], things: Things, whole: boolean): Cell[] {
  return actors.flatMap((who) => {
    const cells = cellsFor(target, who, things)
    const expected = cells.map(expectedOf)
    const theirs = expected.indexOf('may')
    const sealed = target.method === 'POST' && target.address.includes('/reveal/')
    return cells.filter((cell, nth) => {
      // In `npm test` a form is sent somewhere by every second of them, by others at the next address.
      const first = nth === 0 && (target.method === 'GET' || hash(`${target.address} ${who.name}`) % 2 === 0)
      if (whole || first || nth === theirs || (sealed && expected[nth] === 'may')) return true
      const share = expected[nth] === 'may' ? 4 : expected[nth] === 'missing' ? 8 : 40
      return hash(`${target.address} ${who.name} ${cell.place.relation}`) % share === 0
    })
  })
}

const cellsFor = (target: Target, who: Actor, things: Things): Cell[] =>
  placesOf(target.address, target.method, things).map((place) => ({ ...target, who, place }))

/** Everywhere somebody may, whoever it is. */
export const theirsOf = (target: Target, actors: Actor[], things: Things): Cell[] =>
  actors.flatMap((who) => cellsFor(target, who, things)).filter((cell) => expectedOf(cell) === 'may')

const hash = (text: string): number =>
  [...text].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 1_000_003, 7)

export type Told = {
  cells: number
  faults: string[]
  /** Which pages were shown to somebody, which forms took effect – or showed at once what was asked for –, which words were read by those they are for. */
  shown: Set<string>
  done: Set<string>
  telling: Set<string>
  seen: Set<string>
}
export const nothingYet = (): Told => ({
  ...{ cells: 0, faults: [], shown: new Set(), done: new Set(), telling: new Set(), seen: new Set() },
})

export type Matrix = { cast: Cast; app: Hono<Env>; things: Things; canaries: Canary[]; told: Told }

/** Sends all cells of one address: first what must change nothing, then – in rehearsal – what may. */
export async function tryCells({ cast, app, things, canaries, told }: Matrix, cells: Cell[]): Promise<void> {
  const reader = readerOf(canaries)
  const one = async (cell: Cell) => {
    const expected = expectedOf(cell)
    // A busy machine asks people to come again; so does this.
    let answer = await ask(app, cell, things)
    for (let again = 0; answer.status === 503 && again < 3; again++) answer = await ask(app, cell, things)
    const text = cell.method === 'HEAD' ? '' : await answer.text()
    const to = answer.headers.get('location') ?? ''
    const name = `${cell.method} ${cell.address} × ${cell.who.name} × ${cell.place.relation}`
    const around = `${/<title>.*?<\/title>/s.exec(text)?.[0]} ${JSON.stringify([...answer.headers])}`
    const bare = !['may', 'open'].includes(expected)
    told.cells++
    const fault = faultOf(cell, expected, answer.status, to)
    if (fault) told.faults.push(`${name}: ${fault}`)
    for (const leak of reader(cell, text, around, bare, told.seen)) told.faults.push(`${name}: shows ${leak}`)
    if (answer.status === 200 && cell.method === 'GET') told.shown.add(cell.address)
    if (cell.method === 'POST' && (answer.status === 303 || answer.status === 200) && expected === 'may')
      (answer.status === 200 ? told.telling : told.done).add(cell.address)
  }
  const takes = (cell: Cell) => ['may', 'open', 'keys'].includes(expectedOf(cell))
  const asks = cells.filter((cell) => !takes(cell))
  const posts = cells[0]?.method === 'POST' && !cells[0].open
  const watched = posts && asks.length > 0
  const before = watched ? await everything(cast) : []
  await inTurn(asks, one, 4)
  // What takes effect waits for nobody else's effect on the same thing.
  await rehearse(() => inTurn(cells.filter(takes), one, posts ? 1 : 4))
  const after = watched ? await everything(cast) : []
  const changed = after.filter((line) => !before.includes(line)).map((line) => line.replace(/ .*/, ''))
  if (changed.length > 0) told.faults.push(`POST ${cells[0]?.address}: those who may not changed ${changed.join(', ')}`)
}

/** Sends a form that took no effect yet where somebody else may, until it does. */
export async function tryUntilDone(matrix: Matrix, target: Target, cells: Cell[]): Promise<void> {
  for (const cell of cells) {
    if (matrix.told.done.has(target.address) || matrix.told.telling.has(target.address)) return
    await tryCells(matrix, [cell])
  }
}

async function inTurn(cells: Cell[], one: (cell: Cell) => Promise<void>, atOnce: number): Promise<void> {
  const waiting = [...cells]
  const line = async () => {
    for (let cell = waiting.shift(); cell; cell = waiting.shift()) await one(cell)
  }
  await Promise.all(Array.from({ length: atOnce }, line))
}

async function ask(app: Hono<Env>, { method, page, who, place }: Cell, things: Things): Promise<Response> {
  const headers: Record<string, string> = who.cookie ? { cookie: `sid=${who.cookie}` } : {}
  if (method === 'GET' || method === 'HEAD') return app.request(`${origin}${place.path}`, { method, headers })
  const more = { ...headers, origin, 'sec-fetch-site': 'same-origin' }
  return app.request(`${origin}${place.path}`, { method, headers: more, body: bodyOf(page, who, things) })
}

/** Every other method at every address, by somebody and by nobody: there is nothing there, and never a fault of ours. */
export async function otherMethods(app: Hono<Env>, targets: Target[], actors: Actor[], things: Things) {
  const found: string[] = []
  let tried = 0
  const asking = actors.filter(({ name }) => ['kim', 'nobody'].includes(name))
  for (const address of new Set(targets.map((target) => target.address))) {
    const has = targets.filter((target) => target.address === address).map(({ method }) => method)
    for (const method of ['POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'HEAD'].filter((one) => !has.includes(one)))
      for (const who of asking) {
        const [place] = placesOf(address, method, things)
        const page = targets.find((target) => target.address === address)?.page ?? { operations: [] }
        const cell = { address, method, page, open: false, who, place: place as Cell['place'] }
        // Leaving in a hurry ends the session that the next one needs.
        const answer = await rehearse(() => ask(app, cell, things))
        tried++
        const good =
          method === 'HEAD' && has.includes('GET') ? answer.status < 500 : [303, 403, 404, 405].includes(answer.status)
        if (!good || (method === 'HEAD' && (await answer.text()) !== ''))
          found.push(`${method} ${address} × ${who.name}: ${answer.status}`)
      }
  }
  return { tried, found }
}

// Every row of every table but the log and what waits for its owner; that a session was awake is no change.
const aside = ['audit_event', 'draft', 'sealed_key', 'sign_in_attempt']
let statement = ''
async function everything(cast: Cast): Promise<string[]> {
  if (!statement) {
    const { rows } = await cast.admin.query<{ name: string }>(
      `select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r' and relname <> all ($1) order by 1`,
      [aside],
    )
    const parts = rows.map(({ name }) => {
      const row = name === 'session' ? `(to_jsonb(t) - '{seen_at,idle_until}'::text[])::text` : `t::text`
      return `select '${name} ' || coalesce(md5(string_agg(${row}, '|' order by ${row})), '') as line from ${name} t`
    })
    statement = parts.join(' union all ')
  }
  const { rows } = await cast.admin.query<{ line: string }>(statement)
  return rows.map((row) => row.line)
}

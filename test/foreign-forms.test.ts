// Does any form of ours take effect when somebody else's page sends it?
import { randomUUID } from 'node:crypto'
import type { Hono } from 'hono'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openRoutes } from '../app/access-routes.ts'
import { createApp } from '../app/app.tsx'
import { logTo } from '../app/core/log.server.ts'
import type { Env } from '../app/core/page.tsx'
import { csrfToken, ownerMark } from '../app/core/session.server.ts'
import { routes } from '../app/routes.ts'
import { type Cast, type CastName, openCast } from './cast.ts'
import { record } from './proof/record.ts'

const origin = 'http://localhost:3000'
let cast: Cast
beforeAll(async () => {
  cast = await openCast()
  logTo(() => undefined)
})
afterAll(() => cast.close())

/** Every row of every table, in one line. That a session was awake is no effect of a form. */
async function everything(): Promise<string> {
  const { rows } = await cast.admin.query<{ name: string }>(
    `select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r' order by 1`,
  )
  const parts = rows.map(
    ({ name }) =>
      `select '${name}' || coalesce(md5(string_agg(r, '|' order by r)), '') as line from (select (to_jsonb(t) - '{seen_at,idle_until}'::text[])::text as r from ${name} t) every_row`,
  )
  const { rows: lines } = await cast.admin.query<{ line: string }>(parts.join(' union all '))
  return lines.map((row) => row.line).join('\n')
}

const posts = () => [...openRoutes, ...routes, ['/drafts', { post: true }] as const].filter(([, page]) => page.post)

const filled = (address: string) =>
  address.replaceAll(/:(\w+)/g, (_, name: string) => (name === 'name' ? 'maxActiveCases' : randomUUID()))

type Sent = { values: Record<string, string>; who: CastName | null }
type Forgery = {
  what: string
  headers: Record<string, string>
  /** What else is wrong with it; the tokens are right unless it says so. */
  change?: (sent: Sent) => Record<string, string>
  type?: 'multipart' | 'json' | 'text'
  /** A form without its own token is nobody's where somebody has yet to sign in: there is no session to forge for. */
  needsSession?: true
}

const without = ({ values: { _csrf: _, ...rest } }: Sent) => rest
const ours = { origin, 'sec-fetch-site': 'same-origin' }

const forgeries: Forgery[] = [
  { what: 'a foreign page', headers: { origin: 'https://evil.example' } },
  { what: 'a page that hides where it is', headers: { origin: 'null' } },
  { what: 'a sub-domain', headers: { origin: 'http://evil.localhost:3000' } },
  { what: 'another port of the same name', headers: { origin: 'http://localhost:3001' } },
  { what: 'the same name by another protocol', headers: { origin: 'https://localhost:3000' } },
  { what: 'a request that says nothing', headers: {} },
  { what: 'a browser that knows better', headers: { origin, 'sec-fetch-site': 'cross-site' } },
  { what: 'a browser that calls it a neighbour', headers: { origin, 'sec-fetch-site': 'same-site' } },
  { what: 'nobody’s click', headers: { origin, 'sec-fetch-site': 'none' } },
  { what: 'a foreign page as multipart', headers: { origin: 'https://evil.example' }, type: 'multipart' },
  { what: 'a foreign page as JSON', headers: { origin: 'https://evil.example' }, type: 'json' },
  { what: 'our page without a token', headers: ours, change: without, needsSession: true },
  {
    what: 'our page with an empty token',
    headers: ours,
    change: (s) => ({ ...s.values, _csrf: '' }),
    needsSession: true,
  },
  {
    what: 'our page with another’s token',
    headers: ours,
    change: (s) => ({ ...s.values, _csrf: csrfToken(cast[s.who === 'kim' ? 'lou' : 'kim']) }),
    needsSession: true,
  },
  { what: 'our page in a type that forms do not have', headers: ours, type: 'text', needsSession: true },
]

async function forge(app: Hono<Env>, address: string, who: CastName | null, forgery: Forgery): Promise<Response> {
  const tokens = who ? { _csrf: csrfToken(cast[who]), _owner: ownerMark(cast[who]), _once: randomUUID() } : {}
  const typed = { email: 'kim@naidis.example', password: 'x', value: '3', person: cast.kim.id, locale: 'ru' }
  const sent = { values: { ...tokens, ...typed } as Record<string, string>, who }
  const values = forgery.change?.(sent) ?? sent.values
  const cookie: Record<string, string> = who ? { cookie: `sid=${cast.cookies[who]}` } : {}
  return app.request(`${origin}${filled(address)}`, {
    method: 'POST',
    headers: { ...forgery.headers, ...cookie, ...typeOf(forgery) },
    body: bodyOf(forgery, values),
  })
}

function typeOf({ type }: Forgery): Record<string, string> {
  if (type === 'json') return { 'content-type': 'application/json' }
  return type === 'text' ? { 'content-type': 'text/plain' } : {}
}

function bodyOf({ type }: Forgery, values: Record<string, string>) {
  if (type === 'json' || type === 'text') return JSON.stringify(values)
  if (type !== 'multipart') return new URLSearchParams(values)
  const form = new FormData()
  for (const [name, value] of Object.entries(values)) form.set(name, value)
  return form
}

test('forms sent by anybody but our own page are refused at every address, and change nothing', async () => {
  const begun = performance.now()
  const app = createApp({ origin, secure: false, demo: true })
  const before = await everything()
  const wrong: string[] = []
  let tried = 0
  for (const [address] of posts()) {
    const open = openRoutes.some(([known]) => known === address)
    for (const forgery of forgeries) {
      for (const who of [null, 'kim', 'ott', 'lea', 'lou'] as (CastName | null)[]) {
        if (forgery.needsSession && (who === null || open)) continue
        const answer = await forge(app, address, who, forgery)
        const set = answer.headers.getSetCookie().filter((cookie) => /^(sid|__Host-sid)=\w/.test(cookie))
        tried++
        if (answer.status !== 403 || set.length > 0)
          wrong.push(`${forgery.what}: ${address} × ${who}: ${answer.status} ${set}`)
      }
    }
  }
  expect(forgeries.length).toBeGreaterThanOrEqual(12)
  expect(posts().length).toBeGreaterThan(50)
  expect(wrong).toEqual([])
  expect(await everything()).toBe(before)
  record(
    { promise: 'forged', what: `forged requests at ${posts().length} routes`, count: tried, failed: wrong.length },
    begun,
  )
}, 300_000)

test('every address that takes a form refuses every other method that would change something', async () => {
  const app = createApp({ origin, secure: false, demo: true })
  for (const [address] of posts()) {
    for (const method of ['PUT', 'PATCH', 'DELETE']) {
      const headers = { origin, cookie: `sid=${cast.cookies.kim}`, 'x-csrf-token': csrfToken(cast.kim) }
      const answer = await app.request(`${origin}${filled(address)}`, { method, headers })
      expect(answer.status, `${method} ${address}`).toBe(404)
    }
  }
})

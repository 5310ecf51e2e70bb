// Does any form of ours take effect when somebody else's page sends it?
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openRoutes } from '../app/access-routes.ts'
import { createApp } from '../app/app.tsx'
import { logTo } from '../app/core/log.server.ts'
import { csrfToken, ownerMark } from '../app/core/session.server.ts'
import { routes } from '../app/routes.ts'
import { type Cast, type CastName, openCast } from './cast.ts'

const origin = 'http://localhost:3000'
let cast: Cast
beforeAll(async () => {
  cast = await openCast()
  logTo(() => undefined)
})
afterAll(() => cast.close())

/** Every row of every table, in one line. */
async function everything(): Promise<string> {
  const { rows } = await cast.admin.query<{ name: string }>(
    `select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r' order by 1`,
  )
  const parts = rows.map(
    ({ name }) =>
      `select '${name}' || coalesce(md5(string_agg(t::text, '|' order by t::text)), '') as line from ${name} t`,
  )
  const { rows: lines } = await cast.admin.query<{ line: string }>(parts.join(' union all '))
  return lines.map((row) => row.line).join('\n')
}

const posts = () => [...openRoutes, ...routes, ['/drafts', { post: true }] as const].filter(([, page]) => page.post)

const filled = (address: string) =>
  address.replaceAll(/:(\w+)/g, (_, name: string) => (name === 'name' ? 'maxActiveCases' : randomUUID()))

const forgeries: [what: string, headers: Record<string, string>][] = [
  ['a foreign page', { origin: 'https://evil.example' }],
  ['a page that hides where it is', { origin: 'null' }],
  ['a sub-domain', { origin: 'http://evil.localhost:3000' }],
  ['a request that says nothing', {}],
  ['a browser that knows better', { origin, 'sec-fetch-site': 'cross-site' }],
]

test.each(forgeries)('a form sent by %s is refused at every address, and changes nothing', async (_, headers) => {
  const app = createApp({ origin, secure: false, demo: true })
  const before = await everything()
  const wrong: string[] = []
  for (const [address] of posts()) {
    for (const who of [null, 'kim', 'ott', 'lea', 'lou'] as (CastName | null)[]) {
      const tokens: Record<string, string> = who
        ? { _csrf: csrfToken(cast[who]), _owner: ownerMark(cast[who]), _once: randomUUID() }
        : {}
      const values = {
        ...tokens,
        email: 'kim@naidis.example',
        password: 'x',
        value: '3',
        person: cast.kim.id,
        locale: 'ru',
      }
      const answer = await app.request(`${origin}${filled(address)}`, {
        method: 'POST',
        headers: { ...headers, ...(who ? { cookie: `sid=${cast.cookies[who]}` } : {}) },
        body: new URLSearchParams(values),
      })
      const set = answer.headers.getSetCookie().filter((cookie) => /^(sid|__Host-sid)=\w/.test(cookie))
      if (answer.status !== 403 || set.length > 0) wrong.push(`${address} × ${who}: ${answer.status} ${set}`)
    }
  }
  expect(posts().length).toBeGreaterThan(50)
  expect(wrong).toEqual([])
  expect(await everything()).toBe(before)
})

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

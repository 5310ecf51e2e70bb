// How often does a page ask the database – and does it ask more often where there is more to show?
import { randomUUID } from 'node:crypto'
import type { Hono } from 'hono'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createApp } from '../app/app.tsx'
import { today } from '../app/core/clock.server.ts'
import { logTo } from '../app/core/log.server.ts'
import type { Env } from '../app/core/page.tsx'
import { csrfToken } from '../app/core/session.server.ts'
import { referCase } from './cases.ts'
import { type Cast, type CastName, openCast } from './cast.ts'
import { givenSupport, usualVisit } from './support.ts'

const origin = 'http://localhost:3000'
let cast: Cast
let app: Hono<Env>
let sent: string[] = []
const query = pg.Client.prototype.query

beforeAll(async () => {
  cast = await openCast()
  logTo(() => undefined)
  app = createApp({ origin, secure: false, demo: true })
  // Everything goes on as before; we only listen.
  pg.Client.prototype.query = function (this: pg.Client, ...given: unknown[]) {
    const [asked] = given as [string | { text: string }]
    sent.push(typeof asked === 'string' ? asked : asked.text)
    return (query as (...all: unknown[]) => unknown).apply(this, given)
  } as typeof query
})
afterAll(async () => {
  pg.Client.prototype.query = query
  await cast.close()
})

/** How many statements this page takes, those of the transaction and of the claim among them. */
async function statementsOf(who: CastName, path: string): Promise<number> {
  const ask = () => app.request(`${origin}${path}`, { headers: { cookie: `sid=${cast.cookies[who]}` } })
  // What is constant is read once in a process.
  await ask()
  sent = []
  const answer = await ask()
  expect(answer.status, path).toBe(200)
  return counted()
}

const counted = () => sent.flatMap((text) => text.split(/;\s/)).length

test('a list, a case, its log and the form of a visit take six statements at most', async () => {
  const { caseId } = await givenSupport(cast, '2026-05-01')
  for (const [who, path] of [
    ['lea', '/cases'],
    ['kim', '/cases'],
    ['lea', `/cases/${caseId}`],
    ['kim', `/cases/${caseId}`],
    ['lea', `/cases/${caseId}/timeline`],
    ['kim', `/cases/${caseId}/timeline`],
    ['lou', '/support/visits/new'],
  ] as const) {
    expect(await statementsOf(who, path), `${who} ${path}: ${sent.join('\n')}`).toBeLessThanOrEqual(6)
  }
})

test('a visit is written down in six statements, with its note, its form and its audit event', async () => {
  const { assignment } = await givenSupport(cast, '2026-05-01')
  const write = () => {
    const form = { _csrf: csrfToken(cast.lou), _once: randomUUID(), assignment, day: today(), ...usualVisit }
    const headers = { cookie: `sid=${cast.cookies.lou}`, origin, 'sec-fetch-site': 'same-origin' }
    return app.request(`${origin}/support/visits/new`, { method: 'POST', headers, body: new URLSearchParams(form) })
  }
  await write()
  sent = []
  expect((await write()).status).toBe(303)
  expect(counted(), sent.join('\n')).toBeLessThanOrEqual(6)
})

const pages: [CastName, string][] = [
  ['lea', '/'],
  ['lea', '/cases'],
  ['kim', '/cases'],
  ['kim', '/'],
  ['kim', '/matching'],
  ['kim', '/assignments'],
  ['lea', '/assignments'],
  ['kim', '/volunteers'],
  ['lea', '/concerns'],
  ['kim', '/audit'],
  ['aino', '/audit'],
  ['ott', '/people'],
  ['lou', '/'],
  ['lou', '/support/visits'],
  ['sirje', '/'],
  ['sirje', '/supervision'],
]

test('ten times as many cases and supports cost no more statements', async () => {
  const few = await counts()
  for (let more = 0; more < 20; more++) await referCase(cast.lea)
  for (const month of ['01', '02', '03', '04']) await givenSupport(cast, `2026-${month}-01`, { endOn: '2026-06-01' })
  expect(await counts()).toEqual(few)
}, 120_000)

async function counts(): Promise<Record<string, number>> {
  const found: Record<string, number> = {}
  for (const [who, path] of pages) found[`${who} ${path}`] = await statementsOf(who, path)
  return found
}

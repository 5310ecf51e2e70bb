// Does anything get past the guards: forged forms, missing headers, another's session, a lost text?
import { randomUUID } from 'node:crypto'
import type { Hono } from 'hono'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { type Cast, type CastName, openCast } from '../../test/cast.ts'
import { createApp } from '../app.tsx'
import { findDraft } from './drafts.server.ts'
import { logTo } from './log.server.ts'
import { query } from './operation.server.ts'
import { type Env, get } from './page.tsx'
import { csrfToken, ownerMark } from './session.server.ts'

const origin = 'http://localhost:3000'
const lines: string[] = []
let cast: Cast
let app: Hono<Env>

const bug = query('test.bug', { roles: ['coordinator'], input: z.object({}) }, async () => {
  throw new Error('Näidis-Saladus 38001085718')
})

beforeAll(async () => {
  cast = await openCast()
  logTo((line) => lines.push(line))
  app = createApp({ origin, secure: false, demo: true })
  app.get('/bug', get(bug, { title: 'core.error.title', body: () => '' }).get as never)
})
afterAll(() => cast.close())

type Change = { headers?: Record<string, string | null>; body?: Record<string, string>; method?: string }

function ask(who: CastName | null, path: string, change: Change = {}) {
  const { method = 'GET', body } = change
  const headers = new Headers(who ? { cookie: `sid=${cast.cookies[who]}` } : {})
  if (method !== 'GET') headers.set('origin', origin)
  for (const [name, value] of Object.entries(change.headers ?? {}))
    value === null ? headers.delete(name) : headers.set(name, value)
  return app.request(`${origin}${path}`, { method, headers, body: body ? new URLSearchParams(body) : undefined })
}

const tokens = (who: CastName) => ({ _csrf: csrfToken(cast[who]), _owner: ownerMark(cast[who]), _once: randomUUID() })

test('every answer, of every kind, carries the same guards', async () => {
  for (const [who, path] of [
    [null, '/sign-in'],
    [null, '/'],
    [null, '/robots.txt'],
    ['kim', '/settings'],
    ['lou', '/settings'],
    ['kim', '/there-is-no-such-place'],
    ['kim', '/bug'],
  ] as const) {
    const { headers } = await ask(who, path)
    expect(headers.get('content-security-policy'), path).toMatch(
      /default-src 'none'; script-src 'nonce-[^']+' 'strict-dynamic'/,
    )
    expect(headers.get('x-content-type-options'), path).toBe('nosniff')
    expect(headers.get('x-robots-tag'), path).toBe('noindex, noarchive')
    expect(headers.get('cross-origin-opener-policy'), path).toBe('same-origin')
    expect(headers.get('cache-control'), path).toBe('no-store')
  }
})

test('two answers never share a nonce', async () => {
  const policyOf = async () => (await ask(null, '/sign-in')).headers.get('content-security-policy')
  const policies = await Promise.all(Array.from({ length: 20 }, policyOf))
  expect(new Set(policies).size).toBe(20)
})

const forgeries: [string, Change][] = [
  ['no origin', { headers: { origin: null } }],
  ['foreign origin', { headers: { origin: 'https://evil.example' } }],
  ['null origin', { headers: { origin: 'null' } }],
  ['a sub-domain', { headers: { origin: 'http://evil.localhost:3000' } }],
  ['another port', { headers: { origin: 'http://localhost:3001' } }],
  ['cross-site by the browser', { headers: { 'sec-fetch-site': 'cross-site' } }],
  ['same-site by the browser', { headers: { 'sec-fetch-site': 'same-site' } }],
  ['no token', { body: { _csrf: '' } }],
  ['a wrong token', { body: { _csrf: 'x'.repeat(43) } }],
]

test('a forged form has no effect', async () => {
  for (const [name, change] of forgeries) {
    const body = { lang: 'ru', value: '3', validFrom: '01.01.2031', note: 'võlts', ...tokens('kim'), ...change.body }
    const answer = await ask('kim', '/settings/maxActiveCases', { ...change, method: 'POST', body })
    expect(answer.status, name).toBe(403)
  }
  const change = { headers: { 'content-type': 'text/plain' }, body: { ...tokens('kim'), value: '3' } }
  expect((await ask('kim', '/settings/maxActiveCases', { ...change, method: 'POST' })).status).toBe(415)
  const other = await ask('kim', '/settings/maxActiveCases', { method: 'POST', body: { ...tokens('ott'), value: '3' } })
  expect(other.status).toBe(403)
  expect((await cast.admin.query(`select 1 from setting where name = 'maxActiveCases'`)).rowCount).toBe(0)
})

test('what you may not see and what does not exist are the same answer', async () => {
  const { rows } = await cast.admin.query(
    `insert into case_file (network_id, number, county_code, language, source, referred_on, legal_basis, consent_on, consent_way, created_by)
     values ($1, 'M-2026-900', '0045', 'et', 'police', '2026-01-01', 'consent', '2026-01-01', 'written', $2) returning id`,
    [cast.networks.ida, cast.lea.id],
  )
  const plain = async (id: string) => {
    const answer = await ask('max', `/cases/${id}`)
    return {
      status: answer.status,
      text: (await answer.text()).replaceAll(/(?:nonce|csrf|_csrf" value)="[^"]*"|\/cases\/[0-9a-f-]{36}/g, ''),
    }
  }
  const hidden = await plain(rows[0].id)
  expect(hidden.status).toBe(404)
  expect(await plain(randomUUID())).toEqual(hidden)
})

test('a bug says its number and nothing else; the log knows no names', async () => {
  const answer = await ask('kim', '/bug')
  expect(answer.status).toBe(500)
  const text = await answer.text()
  expect(text).not.toContain('Saladus')
  const told = lines
    .map((line) => JSON.parse(line) as { event: string; incident?: string })
    .findLast((line) => line.event === 'bug')
  expect(text).toContain(told?.incident ?? 'no incident')
  expect(lines.join('\n')).not.toMatch(/Saladus|38001085718|Kim/)
})

test('what was sent after the session had ended waits for its owner', async () => {
  await cast.admin.query(`update session set idle_until = now() - interval '1 minute' where person_id = $1`, [
    cast.ott.id,
  ])
  const body = { ...tokens('ott'), value: '3', note: 'Pikk põhjendus', validFrom: '01.01.2031' }
  const answer = await ask('ott', '/settings/maxActiveCases', { method: 'POST', body })
  expect(answer.status).toBe(303)
  expect(answer.headers.get('location')).toBe('/sign-in?to=%2Fsettings%2FmaxActiveCases&kept=1')
  await cast.admin.query(`update session set idle_until = now() + interval '1 hour' where person_id = $1`, [
    cast.ott.id,
  ])
  expect(await findDraft(cast.ott, '/settings/maxActiveCases')).toEqual({
    value: '3',
    note: 'Pikk põhjendus',
    validFrom: '01.01.2031',
  })
})

test('too much is refused before it is read', async () => {
  const answer = await app.request(`${origin}/drafts`, {
    method: 'POST',
    headers: {
      origin,
      cookie: `sid=${cast.cookies.kim}`,
      'content-length': String(20 * 1024 * 1024),
      'content-type': 'application/json',
    },
    body: 'x',
  })
  expect(answer.status).toBe(413)
})

test('with more waiting than can be served, some are told so at once with the help there is, and all is well afterwards', async () => {
  const answers = await Promise.all(Array.from({ length: 400 }, () => ask('kim', '/settings')))
  const shed = answers.filter((answer) => answer.status === 503)
  expect(new Set(answers.map((answer) => answer.status))).toEqual(new Set([200, 503]))
  expect(shed.length).toBeGreaterThan(50)
  for (const answer of shed.slice(0, 5)) {
    expect(answer.headers.get('retry-after')).toBe('30')
    expect(await answer.text()).toMatch(/112/)
  }
  expect((await ask('kim', '/settings')).status).toBe(200)
})

test('a disabled person is out at the next request', async () => {
  expect((await ask('jaan', '/account')).status).toBe(200)
  await cast.admin.query(`update person set status = 'disabled' where id = $1`, [cast.jaan.id])
  expect((await ask('jaan', '/account')).status).toBe(303)
})

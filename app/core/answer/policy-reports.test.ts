// Does the program hear what a browser refused on a page of ours – which rule, and on which page, and nothing else?
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { type Cast, openCast } from '../../../test/cast.ts'
import { openSite, type Site } from '../../../test/site.ts'
import { createApp } from '../../app.tsx'
import { logTo } from '../log.server.ts'
import { reportsTo } from './policy-reports.server.ts'

vi.setConfig({ testTimeout: 60_000 })

const origin = 'http://localhost:3000'
let cast: Cast
let site: Site
let lines: string[] = []
let app: ReturnType<typeof createApp>
beforeAll(async () => {
  cast = await openCast()
  site = await openSite(cast)
})
afterAll(async () => {
  await site.close()
  await cast.close()
})
beforeEach(() => {
  lines = []
  logTo((line) => lines.push(line))
  app = createApp({ origin, secure: true, demo: false })
})

type Logged = { event: string; directive: string; route: string }
const told = () =>
  lines
    .map((line) => JSON.parse(line) as Logged)
    .filter(({ event }) => event === 'policy')
    .map(({ directive, route }) => `${directive} ${route}`)

const id = '5d4f8a52-0000-4000-8000-00000000beef'
const old = (page: string, directive = 'img-src') => ({
  'csp-report': {
    ...{ 'document-uri': page, 'effective-directive': directive, 'blocked-uri': 'https://kuri.example/näidis' },
    'script-sample': 'Näidis-Saladus',
  },
})
const newer = (page: string, directive = 'script-src-elem') => ({
  ...{ type: 'csp-violation', url: page, age: 1 },
  body: { documentURL: page, effectiveDirective: directive, sample: 'Näidis-Saladus', blockedURL: 'inline' },
})
const send = async (body: unknown, headers: Record<string, string> = {}) => {
  const all = { 'content-type': 'application/csp-report', ...headers }
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  const answer = await app.request(`${origin}${reportsTo}`, { method: 'POST', headers: all, body: text })
  return [answer.status, await answer.text()]
}
const nothing = [204, '']

test('the rule and the pattern of our page are kept, without a session, and nothing else of it', async () => {
  expect(await send(old(`${origin}/cases/${id}?nimi=Näidis`))).toEqual(nothing)
  const list = [newer(`${origin}/sign-in?to=/x`), newer(`${origin}/ei-ole/${id}`, 'Näidis'), { type: 'deprecation' }]
  expect(await send(list, { 'content-type': 'application/reports+json' })).toEqual(nothing)
  expect(told()).toEqual(['img-src /cases/:id', 'script-src-elem /sign-in', 'other none'])
  expect(lines.join()).not.toMatch(/beef|Näidis|Saladus|kuri|nimi/)
})

test('what is no report of a page of ours is heard as well, and not kept', async () => {
  expect(await send(old('https://kuri.example/cases'))).toEqual(nothing)
  expect(await send(old(`${origin}/sign-in`), { 'sec-fetch-site': 'cross-site' })).toEqual(nothing)
  for (const odd of ['', '{', 'null', '[null]', '{"csp-report":1}', '[[]]'])
    expect(await send(odd), odd).toEqual(nothing)
  expect(await send(old(`${origin}/sign-in`), { 'content-type': 'text/plain' })).toEqual(nothing)
  expect(await send({ ...old(`${origin}/sign-in`), more: 'x'.repeat(16 * 1024) })).toEqual(nothing)
  expect(told()).toEqual([])
  expect((await app.request(`${origin}${reportsTo}`)).status).toBe(303)
})

test('so many are kept in a minute, however they come', async () => {
  for (let at = 0; at < 20; at++) await send(old(`${origin}/sign-in`))
  await send(Array(40).fill(newer(`${origin}/sign-in`)), { 'content-type': 'application/reports+json' })
  expect(told().length).toBe(30)
})

test('every answer says where to tell it; by a safe line in the newer way too', async () => {
  const { headers } = await app.request(`${origin}/sign-in`)
  expect(headers.get('content-security-policy')).toMatch(/; report-uri \/policy-report; report-to policy$/)
  expect(headers.get('reporting-endpoints')).toBe('policy="/policy-report"')
})

test('a browser tells it', async () => {
  const page = await site.as(null)
  page.removeAllListeners('console')
  await page.goto('/sign-in?to=/account')
  await page.evaluate(`document.body.append(Object.assign(new Image(), { src: 'https://kuri.example/x.png' }))`)
  await vi.waitFor(() => expect(told()).toEqual(['img-src /sign-in']), { timeout: 10_000 })
})

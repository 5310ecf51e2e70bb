// What happens when somebody comes back with an answer that a test has made up?
import type { ServerResponse } from 'node:http'
import { expect } from 'vitest'
import { backPath, useProvider } from '../app/access/oidc/provider.server.ts'
import { createApp } from '../app/app.tsx'
import { logTo } from '../app/core/log.server.ts'
import type { Cast } from './cast.ts'
import { type Claims, goodClaims, type Hostile, openHostile, sendJson } from './hostile-provider.ts'
import { client, linkCard, testCode } from './tara.ts'

/** The card of Lea: the one that is linked. */
export const code = testCode(1)
export const origin = 'http://localhost:3000'

type Answer = { status: number; body: string; headers: Headers }
type Trip = { state: string; nonce: string; cookie: string }
type Make = (trip: Trip) => Promise<(response: ServerResponse) => void>
export type Trips = {
  hostile: Hostile
  /** What the process told its log. */
  lines: string[]
  setOut: (to?: string) => Promise<Trip>
  comeBack: (query: string, cookie?: string) => Promise<Answer>
  /** A whole trip, of which the provider's answer is made here. */
  tripWith: (make: Make) => Promise<Answer>
  /** A whole trip with a token that was in order until it was changed. */
  signed: (change: (claims: Claims) => Claims, header?: Claims, key?: Parameters<Hostile['sign']>[2]) => Promise<Answer>
  /** Refused: no session, one event with this word, a page that holds nothing of the answer. */
  expectRefused: (why: string, ask: () => Promise<Answer>) => Promise<string>
  sessions: () => Promise<number>
  link: (who: string) => Promise<unknown>
  close: () => Promise<void>
}

export const token =
  (idToken: string, more: Claims = {}) =>
  (response: ServerResponse) =>
    sendJson(response, { access_token: 'a', token_type: 'bearer', id_token: idToken, ...more })

/** The claims as they are; others in place of them; without one. */
export const same = (claims: Claims) => claims
export const changed = (more: Claims) => (claims: Claims) => ({ ...claims, ...more })
export const without = (name: string) => (claims: Claims) => ({ ...claims, [name]: undefined })

export async function openTrips(cast: Cast): Promise<Trips> {
  const hostile = await openHostile()
  useProvider({ issuer: hostile.issuer, clientId: client.id, clientSecret: client.secret, origin })
  const app = createApp({ origin, secure: false, demo: false })
  const lines: string[] = []
  logTo((line) => lines.push(line))
  const setOut = async (to = '') => {
    const answer = await app.request(`${origin}/sign-in/oidc${to}`)
    const asked = new URL(answer.headers.get('location') ?? '').searchParams
    const cookie = /oidc=[^;]+/.exec(answer.headers.get('set-cookie') ?? '')?.[0] ?? ''
    return { state: asked.get('state') ?? '', nonce: asked.get('nonce') ?? '', cookie }
  }
  const comeBack = async (query: string, cookie = '') => {
    const answer = await app.request(`${origin}${backPath}?${query}`, { headers: { cookie } })
    return { status: answer.status, body: await answer.text(), headers: answer.headers }
  }
  const tripWith = async (make: Make) => {
    const trip = await setOut()
    hostile.answer(await make(trip))
    return comeBack(`code=x&state=${trip.state}`, trip.cookie)
  }
  const show = async (path: string) => (await app.request(`${origin}${path}`)).text()
  const link = (who: string) => linkCard(cast.admin, who, code)
  await link(cast.lea.id)
  return {
    ...{ hostile, lines, setOut, comeBack, tripWith, link },
    signed: (change, header, key) =>
      tripWith(async (trip) => token(await hostile.sign(change(goodClaims(hostile.issuer, trip, code)), header, key))),
    expectRefused: (why, ask) => expectRefused(cast, show, why, ask),
    sessions: () => sessionsOf(cast),
    close: async () => {
      useProvider(null)
      await hostile.close()
    },
  }
}

async function sessionsOf(cast: Cast): Promise<number> {
  const { rows } = await cast.admin.query<{ n: number }>('select count(*)::int as n from session')
  return rows[0]?.n ?? 0
}

async function eventsOf(cast: Cast) {
  const { rows } = await cast.admin.query<{ fields: string[]; result: string; object_id: string | null }>(
    `select fields, result, object_id from audit_event where action = 'access.oidcFailed' order by seq`,
  )
  return rows
}

type Show = (path: string) => Promise<string>

async function expectRefused(cast: Cast, show: Show, why: string, ask: () => Promise<Answer>): Promise<string> {
  const before = { sessions: await sessionsOf(cast), events: (await eventsOf(cast)).length }
  const answer = await ask()
  expect((await eventsOf(cast)).slice(before.events)).toEqual([{ fields: [why], result: 'refused', object_id: null }])
  expect(await sessionsOf(cast)).toBe(before.sessions)
  expect(answer.status).toBe(303)
  expect(answer.headers.getSetCookie().filter((cookie) => /^(__Host-)?sid=\w/.test(cookie))).toEqual([])
  expect(answer.headers.get('refresh')).toBeNull()
  await cast.admin.query('delete from sign_in_attempt')
  const page = await show(answer.headers.get('location') ?? '')
  expect(page).toMatch(/<h1>(Vastust ei saanud|Tuvastamine jäi|See katse|Sellest tuvastamise|Riigi autent|Sa ei saa)/)
  expect(page).toContain('Muud võimalused')
  expect(page).not.toContain(code)
  return page
}

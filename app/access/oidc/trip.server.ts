// Between leaving for the provider and coming back: which trip is this browser on, and is it the first to come back from it?
import { createHash, timingSafeEqual } from 'node:crypto'
import type { Context } from 'hono'
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import { randomNonce, randomPKCECodeVerifier, randomState } from 'openid-client'
import { z } from 'zod'
import { now } from '../../core/clock.server.ts'
import { knock } from '../../core/db.server.ts'
import type { Env } from '../../core/page.tsx'
import { openForProcess, sealForProcess } from '../../core/seal.server.ts'
import { Settings } from '../../core/setting.ts'
import type { Person } from '../../core/user.ts'
import { locales } from '../../i18n/i18n.ts'

const minutes = 10

export const purposes = ['sign-in', 'prove', 'link', 'first'] as const

/**
 * `sign-in`: somebody wants in · `prove`: somebody who is in shows again who she is · `link`: somebody who is in adds her card · `first`: somebody
 * who holds an invitation makes her card her first way in, and `session` is that invitation. The
 * session's own cookie is Strict and does not come back from another site, so the trip itself says who set out (`who`, `session`).
 */
const Trip = z.object({
  purpose: z.enum(purposes),
  state: z.string().min(43),
  nonce: z.string().min(43),
  verifier: z.string().min(43),
  acr: z.enum(['substantial', 'high']),
  to: z.string(),
  locale: z.enum(locales),
  who: z.uuid().nullable(),
  session: z.uuid().nullable(),
  at: z.number(),
})
export type Trip = z.output<typeof Trip>

const nameOf = (c: Context<Env>) => (c.get('frame').secure ? '__Host-oidc' : 'oidc')

type Who = Pick<Person, 'id' | 'sessionId'>

/** Begins a trip; the browser keeps it sealed for ten minutes in a cookie of its own, which is Lax: it must come back with its owner. */
export async function setOut(c: Context<Env>, purpose: Trip['purpose'], to: string, me: Who | null): Promise<Trip> {
  const secrets = { state: randomState(), nonce: randomNonce(), verifier: randomPKCECodeVerifier() }
  const from = { who: me?.id ?? null, session: me?.sessionId ?? null }
  const trip = { purpose, ...secrets, ...from, acr: await demanded(), to, locale: c.get('locale'), at: now().getTime() }
  const secure = c.get('frame').secure
  const rules = { path: '/', httpOnly: true, secure, sameSite: 'Lax', maxAge: minutes * 60 } as const
  setCookie(c, nameOf(c), sealForProcess('oidc', JSON.stringify(trip)).toString('base64url'), rules)
  return trip
}

/** The trip of this browser, or null where there is none, it took too long, or somebody has touched it. */
export function tripOf(c: Context<Env>): Trip | null {
  const sealed = getCookie(c, nameOf(c))
  if (!sealed || sealed.length > 4000) return null
  try {
    const trip = Trip.parse(JSON.parse(openForProcess('oidc', Buffer.from(sealed, 'base64url'))))
    return now().getTime() - trip.at < minutes * 60_000 ? trip : null
  } catch {
    return null
  }
}

/** Is this the answer to this trip? Asked before anything is spent: a stranger's answer must not end somebody's trip. */
export function answersTo(trip: Trip, query: URLSearchParams): boolean {
  const given = query.getAll('state')
  const [one, other] = [hashOf(given[0] ?? ''), hashOf(trip.state)]
  return given.length === 1 && timingSafeEqual(one, other)
}

/** Ends the trip: its cookie goes, and it is written down that it is over. False where it was over already. */
export async function comeBack(c: Context<Env>, trip: Trip): Promise<boolean> {
  deleteCookie(c, nameOf(c), { path: '/', secure: c.get('frame').secure })
  const [spent] = await knock<{ door_trip_spend: boolean }>('door_trip_spend', [hashOf(trip.nonce)])
  return spent?.door_trip_spend === true
}

const hashOf = (text: string) => createHash('sha256').update(text).digest()

async function demanded(): Promise<Trip['acr']> {
  const [row] = await knock<{ acr: string }>('door_acr', [])
  return Settings.parse({ oidcAcr: row?.acr }).oidcAcr
}

// Somebody who is signed in has shown her card: whose is it, until she says that it is to be linked?
import type { Context } from 'hono'
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import { z } from 'zod'
import { now } from '../../core/clock.server.ts'
import type { Env } from '../../core/page.tsx'
import { openForProcess, sealForProcess } from '../../core/seal.server.ts'
import type { Person } from '../../core/user.ts'
import type { Identity } from './token.ts'
import type { Trip } from './trip.server.ts'

export const confirmPath = '/account/identity/confirm'
export const firstConfirmPath = '/sign-in/ways/card'
const minutes = 10

const Found = z.object({
  who: z.uuid(),
  session: z.uuid(),
  code: z.string(),
  name: z.string(),
  to: z.string(),
  at: z.number(),
})
export type Found = z.output<typeof Found>

const nameOf = (c: Context<Env>) => (c.get('frame').secure ? '__Host-found' : 'found')

/** Keeps it, sealed, in the browser that made the trip; it counts for the session – or the invitation – that set out and for no other. */
export function keepFound(c: Context<Env>, trip: Trip, identity: Identity): void {
  const found = { who: trip.who, session: trip.session, to: trip.to, ...identity, at: now().getTime() }
  const secure = c.get('frame').secure
  const rules = { path: '/', httpOnly: true, secure, sameSite: 'Strict', maxAge: minutes * 60 } as const
  setCookie(c, nameOf(c), sealForProcess('oidc-found', JSON.stringify(found)).toString('base64url'), rules)
}

/** What this session, or this invitation, has found, or null. */
export function foundBy(c: Context<Env>, me: Pick<Person, 'id' | 'sessionId'>): Found | null {
  const sealed = getCookie(c, nameOf(c))
  if (!sealed || sealed.length > 4000) return null
  try {
    const found = Found.parse(JSON.parse(openForProcess('oidc-found', Buffer.from(sealed, 'base64url'))))
    const mine = found.who === me.id && found.session === me.sessionId
    return mine && now().getTime() - found.at < minutes * 60_000 ? found : null
  } catch {
    return null
  }
}

export function dropFound(c: Context<Env>): void {
  deleteCookie(c, nameOf(c), { path: '/', secure: c.get('frame').secure })
}

// How does somebody leave for the state's sign-in, and what happens when she comes back?
import type { Context } from 'hono'
import { knock } from '../../core/db.server.ts'
import { NotFound } from '../../core/errors.ts'
import { type Env, type Page, signedIn } from '../../core/page.tsx'
import { addressOf } from '../../core/turn/address.ts'
import { deviceOf, safePath } from '../access.ts'
import { attemptBy, enter } from '../browser.server.ts'
import { attemptOf, noteFailure, openSession, tryDoor } from '../door.server.ts'
import { fresh } from '../fresh.ts'
import { stepAt } from '../sign-in/step.server.ts'
import { showWait, showWelcome } from './arrival.tsx'
import { confirmPath, firstConfirmPath, keepFound } from './found.server.ts'
import { personBehind } from './identities.server.ts'
import { identityOf, isOffered, leaveFor } from './provider.server.ts'
import type { Identity, Refusal } from './token.ts'
import { answersTo, comeBack, setOut, type Trip, tripOf } from './trip.server.ts'
import { toTrouble } from './trouble.ts'

/** A page that sets out; it is a link, so that no form of ours leads to another site and `form-action` stays our own. */
function leaving(purpose: Trip['purpose']): Page {
  return {
    operations: [],
    get: async (c) => {
      if (!isOffered()) throw new NotFound()
      return depart(c, purpose, purpose === 'sign-in' ? null : signedIn(c))
    },
  }
}

async function depart(c: Context<Env>, purpose: Trip['purpose'], who: Parameters<typeof setOut>[3]) {
  const trip = await setOut(c, purpose, safePath(c.req.query('to')), who)
  const there = await leaveFor(trip)
  return there ? c.redirect(there.href, 303) : toTrouble(c, 'away', trip)
}

export const oidcPage = leaving('sign-in')
export const oidcProvePage = leaving('prove')
/** Only whoever has just shown the keys she has may add one. */
export const oidcLinkPage = fresh(leaving('link'))
/** Whoever holds an invitation makes her card her first way in: it counts for that very invitation. */
export const oidcFirstPage: Page = {
  operations: [],
  get: async (c) => {
    if (!isOffered()) throw new NotFound()
    const step = stepAt(c, 'ways')
    if (!step?.invitation) return c.redirect('/sign-in?late=1', 303)
    return depart(c, 'first', { id: step.id, sessionId: step.invitation })
  },
}

/**
 * The way back. It is a GET that opens a session, because the standard makes it one; it is safe because it counts only in the browser
 * that set out, only for the answer to its own trip, and only once. What the provider signed cannot be guessed, and its code lives for half
 * a minute, so it is looked at first: a good answer waits for nothing that others did.
 */
export const oidcBackPage: Page = {
  operations: [],
  get: async (c) => {
    if (!isOffered()) throw new NotFound()
    const query = new URL(c.req.url).searchParams
    const trip = tripOf(c)
    if (trip) c.set('locale', trip.locale)
    const stray = await strayed(c, trip, query)
    if (!trip || stray) return refuseStray(c, stray ?? 'trip', trip)
    const identity = await identityOf(query, trip)
    const done = 'refused' in identity ? identity.refused : await arrive(c, trip, identity)
    return typeof done === 'string' ? refuse(c, done, trip) : done
  },
}

/** What comes without a trip, with the answer to another, or once more; the provider is asked nothing for it. */
async function strayed(c: Context<Env>, trip: Trip | null, query: URLSearchParams): Promise<Refusal | null> {
  if (!trip) return 'trip'
  if (!answersTo(trip, query)) return 'state'
  return (await comeBack(c, trip)) ? null : 'spent'
}

/** What the verified identity is for. Unknown, closed and without a role today are one and the same answer. */
async function arrive(
  c: Context<Env>,
  trip: Trip,
  identity: Identity,
): Promise<Response | 'unknown' | 'other' | 'again'> {
  if (trip.purpose === 'link' || trip.purpose === 'first') {
    keepFound(c, trip, identity)
    return showWelcome(c, trip.purpose === 'link' ? confirmPath : firstConfirmPath)
  }
  const person = await personBehind(identity.code)
  const again = trip.purpose === 'prove'
  if (person === 'again') return 'again'
  if (!person) return again ? 'other' : 'unknown'
  if (again && person.id !== trip.who) return 'other'
  const way = { method: 'oidc', device: deviceOf(c.req.header('user-agent')), again } as const
  const cookie = await openSession(person, way, c.get('me'))
  // The session that set out did not come along: its cookie is Strict. It ends all the same.
  if (trip.session) await knock('door_replace', [person.id, trip.session])
  await enter(c, cookie)
  return showWelcome(c, trip.to)
}

/** A bad answer counts, and is written down while it need not wait. */
async function refuse(c: Context<Env>, why: Refusal, trip: Trip): Promise<Response> {
  const wait = await tryDoor(await attemptBy(c, 'oidc', { state: trip.state }))
  if (wait > 0) return showWait(c, wait)
  await noteFailure('access.oidcFailed', trip.who, why)
  return toTrouble(c, why, trip)
}

/**
 * Anybody can send one, and it proves nothing: it takes nothing from the count of the network, where others try passwords. It has a count of
 * its own, so that nobody fills the audit with it; the answer is always the same.
 */
async function refuseStray(c: Context<Env>, why: Refusal, trip: Trip | null): Promise<Response> {
  const { account } = attemptOf('oidc', `stray ${addressOf(c)}`, '')
  if ((await tryDoor({ account, address: account })) === 0)
    await noteFailure('access.oidcFailed', trip?.who ?? null, why)
  return toTrouble(c, why, trip)
}

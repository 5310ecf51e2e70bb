// How does somebody leave for the state's sign-in, and what happens when she comes back?
import type { Context } from 'hono'
import { knock } from '../../core/db.server.ts'
import { NotFound } from '../../core/errors.ts'
import { type Env, type Page, signedIn } from '../../core/page.tsx'
import { deviceOf, safePath } from '../access.ts'
import { attemptBy, enter } from '../browser.server.ts'
import { noteFailure, openSession, passed, tryDoor } from '../door.server.ts'
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
 * that set out, only for the answer to its own trip, and only once.
 */
export const oidcBackPage: Page = {
  operations: [],
  get: async (c) => {
    if (!isOffered()) throw new NotFound()
    const query = new URL(c.req.url).searchParams
    const trip = tripOf(c)
    if (trip) c.set('locale', trip.locale)
    const attempt = await attemptBy(c, 'oidc', { state: query.get('state') ?? '' })
    const wait = await tryDoor(attempt)
    if (wait > 0) return showWait(c, wait)
    const told = await answerOf(c, trip, query)
    if ('refused' in told) return refuse(c, told.refused, trip)
    const done = await arrive(c, told.trip, told.identity)
    if (typeof done === 'string') return refuse(c, done, trip)
    await passed(attempt)
    return done
  },
}

type Answer = { trip: Trip; identity: Identity } | { refused: Refusal }

async function answerOf(c: Context<Env>, trip: Trip | null, query: URLSearchParams): Promise<Answer> {
  if (!trip) return { refused: 'trip' }
  if (!answersTo(trip, query)) return { refused: 'state' }
  if (!(await comeBack(c, trip))) return { refused: 'spent' }
  const identity = await identityOf(query, trip)
  return 'refused' in identity ? identity : { trip, identity }
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

async function refuse(c: Context<Env>, why: Refusal, trip: Trip | null): Promise<Response> {
  await noteFailure('access.oidcFailed', trip?.who ?? null, why)
  return toTrouble(c, why, trip)
}

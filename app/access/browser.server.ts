// Has somebody come in by this browser before, so that what others try elsewhere does not make her wait here?
import { createHash, randomBytes } from 'node:crypto'
import type { Context } from 'hono'
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import { knock } from '../core/db.server.ts'
import type { Env } from '../core/page.tsx'
import { claimHashOf, setSessionCookie } from '../core/session.server.ts'
import { addressOf } from '../core/turn/address.ts'
import { type Attempt, attemptOf } from './door.server.ts'

const days = 180

const nameOf = (c: Context<Env>) => (c.get('frame').secure ? '__Host-browser' : 'browser')
const letterNameOf = (c: Context<Env>) => (c.get('frame').secure ? '__Host-letter' : 'letter')
const newValue = () => randomBytes(32).toString('base64url')
const hashOf = (value: string) => createHash('sha256').update(`browser${value}`).digest()

function tokenOf(c: Context<Env>, name = nameOf(c)): string | null {
  const value = getCookie(c, name)
  return value && /^[\w-]{43}$/.test(value) ? value : null
}

/**
 * Begins the session in this browser, by which its person is known from now on. Its value is a new one unless she has come in by it before: what
 * somebody else put there is known to them as well. It says nothing and opens nothing; it is Lax, because it must come along on the way back
 * from the state's sign-in.
 */
export async function enter(c: Context<Env>, session: string): Promise<void> {
  const fresh = newValue()
  const held = tokenOf(c) ?? fresh
  const claim = claimHashOf(session)
  const [row] = await knock<{ door_remember: boolean }>('door_remember', [claim, hashOf(held), hashOf(fresh)])
  keep(c, nameOf(c), row?.door_remember ? held : fresh, days)
  setSessionCookie(c, session, c.get('frame').secure)
}

function keep(c: Context<Env>, name: string, value: string, forDays: number): void {
  const secure = c.get('frame').secure
  setCookie(c, name, value, { path: '/', httpOnly: true, secure, sameSite: 'Lax', maxAge: forDays * 86_400 })
}

/**
 * Whoever holds the link of a letter (`token`, as the database keeps it) may try passwords in this browser at once. A value of its own, so that nobody
 * loses by somebody else's link the browser by which she is known. Who it is, or null where it opens nothing.
 */
export async function allowByLetter(c: Context<Env>, token: Buffer): Promise<string | null> {
  const fresh = newValue()
  const [row] = await knock<{ door_browser_take: string | null }>('door_browser_take', [token, hashOf(fresh)])
  const who = row?.door_browser_take ?? null
  if (who) keep(c, letterNameOf(c), fresh, 1)
  return who
}

/** As after leaving in a hurry: nothing of ours stays. */
export function dropBrowser(c: Context<Env>): void {
  for (const name of [nameOf(c), letterNameOf(c)]) deleteCookie(c, name, { path: '/', secure: c.get('frame').secure })
}

type Heard = { known: boolean; by_letter: boolean }
type Whose = { id: string } | { email: string } | { state: string }

/**
 * Under which names this attempt is counted. A browser by which the person has come in before has a count of its own, for itself alone: nobody else
 * can fill it. Of passwords all browsers that a letter to her opened have one together, which nobody fills who does not read her letters: a code has
 * no second count, or whoever knows the password and reads them could try as many as letters come. All others share the count of the account and of
 * the network they come from. All cost the same question.
 */
export async function attemptBy(c: Context<Env>, what: 'password' | 'code' | 'oidc', whose: Whose): Promise<Attempt> {
  const { id = null, email = null } = whose as { id?: string; email?: string }
  const [value, letter] = [tokenOf(c) ?? newValue(), tokenOf(c, letterNameOf(c)) ?? newValue()]
  const [row] = await knock<Heard>('door_browser', [id, email, hashOf(value), hashOf(letter)])
  const account = id ?? email ?? ''
  const ownOf = (place: string): Attempt => {
    const own = attemptOf(what, `${account}/${place}`, '').account
    return { account: own, address: own }
  }
  if (row?.known) return ownOf(value)
  if (row?.by_letter && what === 'password') return ownOf('letter')
  // At the state's sign-in nobody says beforehand who comes.
  return attemptOf(what, 'state' in whose ? whose.state : account, addressOf(c))
}

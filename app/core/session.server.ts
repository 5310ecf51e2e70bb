// Who is asking, by which cookie, and is the request really from our own page?
import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import type { Context } from 'hono'
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import { sql } from 'kysely'
import { isLocale, type Locale } from '../i18n/i18n.ts'
import { type Access, asPerson, knock, recognise } from './db.server.ts'
import { heldKeys } from './keys/ring.server.ts'
import { cookieMark } from './keys/row-seal.server.ts'
import { openForProcess, sealForProcess } from './seal.server.ts'
import { type Person, type Role, roles } from './user.ts'

type Whoami = {
  person_id: string
  session_id: string
  name: string
  locale: string
  roles: string[]
  method: string
  networks: string[]
  proved_at: Date
  drafts: string[]
  stale: boolean
  wait: number | null
  owes: Person['owes']
  substitution_id: string | null
  giver_id: string | null
  giver_name: string | null
  stand_in_until: string | null
  stands_in: boolean
  glass: { id: string; number: string; until: string } | null
}

const shape = /^[A-Za-z0-9_-]{43}$/
const cookieName = (secure: boolean) => (secure ? '__Host-sid' : 'sid')

/**
 * A new cookie value (256 bits) with the claim and the hash that the session table keeps. Half of it is drawn by lot, the other half says, under
 * a key of ours, whose it is (`null`: nobody's, and no cookie): a row of the table that is moved to somebody else opens nothing of theirs.
 */
export function newSecret(personId: string | null): { cookie: string; claimHash: Buffer; claim: string } {
  const lot = randomBytes(16)
  const cookie = Buffer.concat([lot, cookieMark(personId ?? '', lot)]).toString('base64url')
  return { cookie, claim: claimOf(cookie), claimHash: claimHashOf(cookie) }
}

function isOf(personId: string, cookie: string): boolean {
  const bytes = Buffer.from(cookie, 'base64url')
  return bytes.length === 32 && timingSafeEqual(bytes.subarray(16), cookieMark(personId, bytes.subarray(0, 16)))
}

/** What the session table keeps of a cookie. */
export const claimHashOf = (cookie: string): Buffer => createHash('sha256').update(claimOf(cookie)).digest()

// The database never sees the cookie, and its own row does not give the claim: neither a dump nor a log is a key. Nor does whoever can write a row
// there come in by it: the key that makes a claim of a cookie lies outside.
function claimOf(cookie: string): string {
  return createHmac('sha256', heldKeys().pepper).update(`session/${cookie}`).digest('base64url')
}

export function setSessionCookie(c: Context, cookie: string, secure: boolean): void {
  setCookie(c, cookieName(secure), cookie, { path: '/', httpOnly: true, secure, sameSite: 'Strict' })
}

export function clearSessionCookie(c: Context, secure: boolean): void {
  deleteCookie(c, cookieName(secure), { path: '/', secure })
}

export function cookieOf(c: Context, secure: boolean): string | undefined {
  const cookie = getCookie(c, cookieName(secure))
  return cookie && shape.test(cookie) ? cookie : undefined
}

/** The person behind a cookie, or nobody; keeps the session awake. `access` is how the request is going to work. */
export async function whoIs(cookie: string | undefined, access: Access = 'write'): Promise<Person | null> {
  const me = cookie ? await whoBears(claimOf(cookie), access) : null
  if (!cookie || !me || isOf(me.id, cookie)) return me
  // Somebody has written another name on the row. It ends, whoever answers for the log hears of it, and nobody is signed in.
  await asPerson('write', me.claim, (db) => sql`select auth_end('replaced', false)`.execute(db))
  await knock('door_unsealed', ['session', me.sessionId, me.id])
  return null
}

/** The person behind a claim, or nobody. */
export async function whoBears(claim: string, access: Access = 'write'): Promise<Person | null> {
  const [row] = await recognise<Whoami>(access, claim)
  if (!row) return null
  if (row.stale) await asPerson('write', claim, (db) => sql`select auth_touch()`.execute(db))
  return {
    id: row.person_id,
    sessionId: row.session_id,
    name: row.name,
    locale: isLocale(row.locale) ? row.locale : 'et',
    roles: row.roles.filter((role): role is Role => (roles as readonly string[]).includes(role)),
    networks: row.networks,
    method: row.method,
    provedAt: row.proved_at,
    drafts: row.drafts,
    ...(row.wait !== null && { waits: row.wait }),
    owes: row.owes,
    glass: row.glass && { ...row.glass, until: new Date(row.glass.until) },
    claim,
    ...standing(row),
  }
}

// The term may end between two requests: then the person is back at her own desk, and is told so.
function standing(row: Whoami): Pick<Person, 'standsInFor' | 'stoodInFor'> {
  const { substitution_id: substitutionId, giver_id: id, giver_name: name, stand_in_until: until } = row
  if (!substitutionId || !id || !name || !until) return { standsInFor: null, stoodInFor: null }
  return row.stands_in
    ? { standsInFor: { id, name, until, substitutionId }, stoodInFor: null }
    : { standsInFor: null, stoodInFor: name }
}

const formSecret = (me: Pick<Person, 'claim'>) => createHmac('sha256', me.claim).update('csrf').digest()

/**
 * The token that every form of this session carries: the session's own, under a mask that is another each time. Pages are packed, and what stays
 * the same could be guessed from how well it packs beside words that somebody else has chosen.
 */
export function csrfToken(me: Pick<Person, 'claim'>): string {
  const mask = randomBytes(32)
  return Buffer.concat([mask, masked(formSecret(me), mask)]).toString('base64url')
}

const masked = (text: Buffer, mask: Buffer) => text.map((byte, at) => byte ^ (mask[at] ?? 0))

/** True where the request comes from a page of ours: same origin by every sign the browser gives. */
export function fromOurPage(c: Context, origin: string): boolean {
  const site = c.req.header('sec-fetch-site')
  if (site !== undefined && site !== 'same-origin') return false
  return c.req.header('origin') === origin
}

export function csrfMatches(me: Person, token: unknown): boolean {
  const given = typeof token === 'string' ? Buffer.from(token, 'base64url') : Buffer.alloc(0)
  return given.length === 64 && timingSafeEqual(masked(given.subarray(32), given.subarray(0, 32)), formSecret(me))
}

/** Whose form it is, closed so that only we can read it: when the session ends, what was typed finds its owner again. */
export function ownerMark(me: Pick<Person, 'id'>): string {
  return sealForProcess('owner', me.id).toString('base64url')
}

export function ownerOfMark(mark: unknown): string | null {
  if (typeof mark !== 'string' || mark.length > 400) return null
  try {
    return openForProcess('owner', Buffer.from(mark, 'base64url'))
  } catch {
    return null
  }
}

/** The language of somebody who has not signed in: a cookie of theirs, otherwise Estonian. */
export function localeOf(c: Context): Locale {
  const chosen = getCookie(c, 'lang')
  return isLocale(chosen) ? chosen : 'et'
}

// Who may come in, how often may they try, and how does a session begin and end?
import { sql } from 'kysely'
import { z } from 'zod'
import { now } from '../core/clock.server.ts'
import { asPerson, type Db, knock } from '../core/db.server.ts'
import { Refused } from '../core/errors.ts'
import { id } from '../core/form/fields.ts'
import type { Sealed } from '../core/keys/row-seal.server.ts'
import { command } from '../core/operation.server.ts'
import { blindIndex } from '../core/seal.server.ts'
import { newSecret, whoBears } from '../core/session.server.ts'
import type { Person, Role, StandIn } from '../core/user.ts'
import { accountWaits, addressWaits, everybody, everywhereWaits, type Limits, limitsOf } from './access.ts'
import { passwordMatches } from './passwords.server.ts'

/** Under which names failures are counted: whose account is tried, from where, and by all together. Kept as keyed hashes. */
export type Attempt = { account: Buffer; address: Buffer; everywhere?: Buffer }

/**
 * `what` keeps the counts of passwords, codes and keys apart: a right password must not forgive wrong codes. Whoever tries passwords waits for
 * what was wrong where they are: anybody can try, and in one count for all a single one of them would keep the owner out of every new browser.
 * To a code nobody comes who has not the password, so all share its count.
 */
export function attemptOf(what: 'password' | 'code' | 'passkey' | 'oidc', account: string, address: string): Attempt {
  const whose = account.toLowerCase()
  const hour = Math.floor(now().getTime() / 3_600_000)
  return {
    account: blindIndex(`attempt/${what}`, what === 'password' ? `${whose} ${address}` : whose),
    address: blindIndex('attempt/address', address),
    ...(what === 'password' && { everywhere: blindIndex('attempt/everywhere', `${whose} ${hour}`) }),
  }
}

/** Seconds to wait before this attempt, 0 where it may be made now; it then counts as failed until `passed`. */
export async function tryDoor({ account, address, everywhere }: Attempt): Promise<number> {
  const [row] = await knock<{ door_try: number }>('door_try', [account, accountWaits, address, addressWaits])
  if (!row || row.door_try > 0 || !everywhere) return row?.door_try ?? 0
  const together = [everywhere, everywhereWaits, everywhere, everywhereWaits]
  const [all] = await knock<{ door_try: number }>('door_try', together)
  return all?.door_try ?? 0
}

export async function passed({ account, address }: Attempt): Promise<void> {
  await knock('door_passed', [account, address])
}

type Credential = { person_id: string; password_hash: string; roles: string[] }

/** The person whose address and password these are, or null; an unknown address costs the same time. `place`: the network it comes from. */
export async function knownBy(email: string, password: string, place: string): Promise<string | null> {
  const [row] = await knock<Credential>('door_credential', [email])
  const right = await passwordMatches(row?.password_hash ?? null, password, place)
  if (row && right && row.roles.length > 0) return row.person_id
  await noteFailure('access.passwordFailed', row?.person_id ?? null)
  return null
}

export type Second = {
  name: string
  email: string
  locale: string
  totp_sealed: Buffer | null
  totp_confirmed: boolean
  password_once: boolean
  roles: Role[]
  /** Only helps; and of those with whom a password does not count. */
  helps: boolean
  barred: boolean
}

/** What is known of the second factor of somebody whose password was right. */
export async function secondOf(personId: string): Promise<Second | null> {
  const [row] = await knock<Second>('door_second', [personId])
  return row ?? null
}

type Failure =
  | 'access.passwordFailed'
  | 'access.codeFailed'
  | 'access.passkeyFailed'
  | 'access.passkeyCloned'
  | 'access.oidcFailed'

export const noteFailure = (action: Failure, personId: string | null, why?: string): Promise<void> =>
  noteAtDoor(action, personId, why)

type Passed = 'access.invited' | 'access.browserKnown'

/** Nobody is signed in yet, so the event has no actor; whose account it was is its object, what was wrong (a word of ours) its field. */
export async function noteAtDoor(action: Failure | Passed, personId: string | null, why?: string): Promise<void> {
  const result = action === 'access.invited' || action === 'access.browserKnown' ? 'done' : 'refused'
  await asPerson('write', newSecret(null).claim, (db) => append(db, action, result, personId, why ? [why] : []))
}

type KeptInvitation = { id: string; token: Buffer; code: Buffer }

/** Gives an installation without an administrator its first one, invited; null where there is one already. */
export async function makeFirstAdmin(email: string, name: string, kept: KeptInvitation): Promise<string | null> {
  const args = [email, name, kept.id, kept.token, kept.code]
  const [row] = await knock<{ door_first_admin: string | null }>('door_first_admin', args)
  const made = row?.door_first_admin ?? null
  if (made) await asPerson('write', newSecret(null).claim, (db) => append(db, 'access.firstAdmin', 'done', made))
  return made
}

/** A row that should have opened the door was not written by the program: whoever answers for the log hears of it. */
export async function noteUnsealed(what: Sealed | 'password', rowId: string, personId: string): Promise<void> {
  await knock('door_unsealed', [what, rowId, personId])
}

const append = (db: Db, action: string, result: string, personId: string | null, fields: string[] = []) =>
  sql`select audit_append(${action}, 'person', ${personId}, null, null, ${result}, ${fields}::text[], null, null)`.execute(
    db,
  )

const beginning = {
  roles: everybody,
  input: z.object({ id: id() }),
  about: () => ({ kind: 'session' }),
  beforeKeys: true,
}
const beginSession = command('access.signIn', beginning, async () => undefined)
const renewSession = command('access.prove', beginning, async () => undefined)

/** How somebody came in; `key` is the passkey that it was. */
export type Way = { device: string; limits?: Limits; again?: boolean } & (
  | { method: 'password' | 'oidc' | 'demo'; key?: undefined }
  | { method: 'passkey'; key: string }
)

/**
 * Opens a session and writes that it began; returns the value of its cookie. `before` is the session that the same browser had: it
 * ends. Older sessions give way where the role allows no more at once. Throws Refused where the person has no role today.
 */
export async function openSession(
  who: { id: string; roles: Role[] },
  way: Way,
  before: Person | null,
): Promise<string> {
  const { cookie, claim, claimHash } = newSecret(who.id)
  const { idleMinutes, absoluteMinutes, atOnce } = way.limits ?? limitsOf(who.roles)
  if (before) await endSession(before, 'replaced')
  const length = `${absoluteMinutes} minutes`
  const limits = [idleMinutes, length, atOnce, way.device]
  // A key that asks for finger, face or PIN is two factors in one; in a demonstration there is one, and nothing to guard.
  if (way.key) await knock('door_open_key', [way.key, claimHash, ...limits])
  else await knock('door_open', [who.id, claimHash, way.method, way.method === 'demo' ? 1 : 2, ...limits])
  // Who proves in the middle of somebody else's work goes on with it.
  const opened =
    way.again && before?.standsInFor ? await backAtDesk(who.id, claim, before.standsInFor) : { cookie, claim }
  const me = await whoBears(opened.claim)
  if (!me) throw new Refused()
  // A role was given or ended between the first step and this: it begins anew, with what her roles allow now.
  if (!way.limits && !me.standsInFor && !sameLimits(me.roles, who.roles))
    return openSession({ id: who.id, roles: me.roles }, way, me)
  await (way.again ? renewSession : beginSession).run(me, { id: me.sessionId })
  return opened.cookie
}

const sameLimits = (some: readonly Role[], others: readonly Role[]) =>
  JSON.stringify(limitsOf(some)) === JSON.stringify(limitsOf(others))

async function backAtDesk(personId: string, claim: string, { substitutionId }: StandIn) {
  const opened = newSecret(personId)
  await asPerson('write', claim, (db) => moveTo(db, substitutionId, opened.claimHash))
  return opened
}

/** To somebody else's desk, or back to one's own (null): a new session takes the place of this one. */
export const moveTo = (db: Db, substitutionId: string | null, claimHash: Buffer) =>
  sql`select auth_stand_in(${substitutionId}, ${claimHash})`.execute(db)

/** Ends the session of this browser; what role the person still has does not matter for going. */
export async function endSession(me: Person, why: 'sign-out' | 'exit' | 'replaced'): Promise<void> {
  await asPerson('write', me.claim, async (db) => {
    await sql`select auth_end(${why}, false)`.execute(db)
    if (why !== 'replaced') await append(db, why === 'exit' ? 'access.exit' : 'access.signOut', 'done', me.id)
  })
}

// What can a person do with her own account?
import { sql } from 'kysely'
import { z } from 'zod'
import { Conflict, NotFound } from '../../core/errors.ts'
import { id } from '../../core/form/fields.ts'
import { command, query } from '../../core/operation.server.ts'
import { locales } from '../../i18n/i18n.ts'
import { everybody } from '../access.ts'
import { newCodes, sealFactor } from '../factor.server.ts'
import { mustBeFresh } from '../fresh.ts'
import { linkedOf } from '../oidc/identities.server.ts'
import { ownPasskeys } from '../passkey/passkeys.server.ts'
import { hashPassword } from '../passwords.server.ts'
import { changesOfMine } from '../two-people/changes.server.ts'
import { recoveryOfMine } from '../two-people/recovery.server.ts'
import { type Account, type Credential, type DoorChange, UpdateAccount } from './account.ts'

export const openAccount = query(
  'account.open',
  { roles: everybody, input: z.object({}) },
  async (db, _input, me): Promise<Account> => {
    const person = await db
      .selectFrom('person')
      .select(['name', 'email', 'phone', 'locale', 'weekLetter'])
      .where('id', '=', me.id)
      .executeTakeFirstOrThrow()
    const sessions = await db
      .selectFrom('session')
      .select(['id', 'device', 'createdAt', 'seenAt'])
      .where('endedAt', 'is', null)
      .where('idleUntil', '>', sql<Date>`now()`)
      .where('absoluteUntil', '>', sql<Date>`now()`)
      .orderBy('seenAt', 'desc')
      .execute()
    const credential = await sql<Credential>`select * from auth_credential()`.execute(db)
    return {
      person,
      sessions: sessions.map((session) => ({ ...session, mine: session.id === me.sessionId })),
      credential: credential.rows[0] ?? null,
      linked: await linkedOf(db, me.id),
      passkeys: await ownPasskeys(db),
      recoverySince: await recoveryOfMine(db),
      changes: await changesOfMine(db, me),
      doors: (await sql<DoorChange>`select * from auth_doors()`.execute(db)).rows,
    }
  },
)

export const updateAccount = command(
  'account.update',
  { roles: everybody, input: UpdateAccount },
  async (db, input, me) => {
    const { phone = null, locale, weekLetter } = input
    const row = { phone, locale, ...(me.roles.includes('supervisor') ? { weekLetter } : {}) }
    await db.updateTable('person').set(row).where('id', '=', me.id).execute()
  },
)

export const setLanguage = command(
  'account.setLanguage',
  { roles: everybody, input: z.object({ locale: z.enum(locales) }), beforeKeys: true },
  async (db, { locale }, me) => {
    await db.updateTable('person').set({ locale }).where('id', '=', me.id).execute()
  },
)

export const endOneSession = command(
  'account.endSession',
  { roles: everybody, input: z.object({ id: id() }), about: () => ({ kind: 'session' }) },
  async (db, input) => {
    const done = await sql<{ ended: boolean }>`select auth_end_one(${input.id}) as ended`.execute(db)
    if (done.rows[0]?.ended) return
    const own = await db.selectFrom('session').select('id').where('id', '=', input.id).executeTakeFirst()
    // Of mine, somebody was faster, or it had run out by itself: either way it is over.
    throw own ? new Conflict({ key: 'access.account.endedAlready' }) : new NotFound()
  },
)

export const endAllSessions = command('account.endAll', { roles: everybody, input: z.object({}) }, async (db) => {
  const done = await sql<{ ended: number }>`select auth_end('sign-out-everywhere', true) as ended`.execute(db)
  return { ended: done.rows[0]?.ended ?? 0 }
})

// Closed while the input is read, before there is a transaction: it takes half a second and may have to wait for others.
const Password = z.object({
  password: z
    .string()
    .min(15)
    .max(200)
    .transform((typed) => hashPassword(typed)),
})

/** The page has read the password and found it good; here it is only kept. */
export const changePassword = command(
  'account.changePassword',
  { roles: everybody, input: Password, turn: 'keys' },
  async (db, input, me) => {
    mustBeFresh(me)
    await sql`select auth_set_password(${input.password})`.execute(db)
  },
)

export const renewCodes = command(
  'account.renewCodes',
  { roles: everybody, input: z.object({}), turn: 'keys' },
  async (db, _input, me) => {
    mustBeFresh(me)
    const codes = newCodes(me.id)
    await sql`select auth_set_codes(${codes.kept}::bytea[])`.execute(db)
    return codes.shown
  },
)

/** A new authenticator takes the place of the old one; the page has seen a code of each. `step` is that of the new one's code. */
export const changeFactor = command(
  'account.changeFactor',
  {
    roles: everybody,
    input: z.object({ secret: z.string().min(16).max(64), step: z.number().int().positive() }),
    turn: 'keys',
  },
  async (db, input, me) => {
    mustBeFresh(me)
    await sql`select auth_set_totp(${sealFactor(me.id, input.secret)}, ${input.step})`.execute(db)
  },
)

// Whose account does a personal code open, and who may say so?
import { sql } from 'kysely'
import { z } from 'zod'
import { asPerson, type Db, knock } from '../../core/db.server.ts'
import { Conflict, NotFound, Refused } from '../../core/errors.ts'
import { id } from '../../core/form/fields.ts'
import { readPersonalCode } from '../../core/form/personal-code.ts'
import { isSealed, rowSeal } from '../../core/keys/row-seal.server.ts'
import { command, query } from '../../core/operation.server.ts'
import { blindIndex } from '../../core/seal.server.ts'
import type { Person, Role } from '../../core/user.ts'
import { everybody } from '../access.ts'
import { noteUnsealed } from '../door.server.ts'
import { mustBeFresh } from '../fresh.ts'
import { helperOwes } from '../passkey/passkey.ts'
import { setOwnCode } from '../walls/own-codes.server.ts'
import type { Linked } from './identity.ts'
import { isOffered } from './provider.server.ts'

const indexOf = (code: string) => blindIndex('person', code)

type Behind = { person_id: string; roles: Role[]; seal: Buffer | null; again: boolean }

/**
 * Who may come in today under this personal code, or nobody: unknown, closed and without a role are one answer. `again`: the card has to be linked
 * anew by its owner, because others had linked it – or because somebody has touched the row.
 */
export async function personBehind(code: string): Promise<{ id: string; roles: Role[] } | 'again' | null> {
  const subject = indexOf(code)
  const [row] = await knock<Behind>('door_identity', [subject])
  if (!row) return null
  const { person_id: personId, roles, seal, again } = row
  if (again) return 'again'
  if (isSealed('card', { personId, parts: [subject], seal })) return { id: personId, roles }
  await noteUnsealed('card', personId, personId)
  return 'again'
}

export async function linkedOf(db: Db, personId: string): Promise<Linked> {
  const row = await db
    .selectFrom('personIdentity')
    .select(['linkedAt', 'againAt'])
    .where('personId', '=', personId)
    .executeTakeFirst()
  return row ?? null
}

/** True where this person can show a card to prove again who she is. */
export async function isLinked(me: Person): Promise<boolean> {
  if (!isOffered()) return false
  const linked = await asPerson('read', me.claim, (db) => linkedOf(db, me.id))
  return linked !== null && linked.againAt === null
}

const nothing = z.object({})
const aboutPerson = (input: { id: string }) => ({ kind: 'person', id: input.id })

export const openIdentity = query(
  'account.identity',
  { roles: everybody, input: nothing, beforeKeys: helperOwes },
  async (db, _input, me) => ({ linked: await linkedOf(db, me.id) }),
)

/**
 * Nobody links a card for somebody else: whoever could, would come in as they please. The code comes from a verified token of one's own
 * trip, never from a form. A code opens one account, and an account is opened by one code. Whose code it is becomes known here, so that no
 * case with it is shown to them; and the database tells them by a letter, in case it was not they who sat there.
 */
export const linkIdentity = command(
  'account.linkIdentity',
  { roles: everybody, input: z.object({ code: z.string() }), beforeKeys: helperOwes },
  async (db, { code }, me) => {
    mustBeFresh(me)
    if ('fault' in readPersonalCode(code)) throw new Refused()
    const subject = indexOf(code)
    const seal = rowSeal('card', me.id, [subject])
    const made = await db
      .insertInto('personIdentity')
      .values({ personId: me.id, subjectIndex: subject, linkedBy: me.id, seal })
      .onConflict((clash) => clash.doNothing())
      .returning('personId')
      .executeTakeFirst()
    if (!made) throw new Conflict({ key: 'access.identity.taken' })
    await setOwnCode(db, me.id, code)
  },
)

export const unlinkIdentity = command(
  'account.unlinkIdentity',
  { roles: everybody, input: nothing },
  async (db, _input, me) => {
    mustBeFresh(me)
    await unlink(db, me.id)
  },
)

export const openPersonIdentity = query(
  'people.identity',
  { roles: ['admin'], input: z.object({ id: id() }), about: aboutPerson },
  async (db, input) => {
    const person = await db
      .selectFrom('person')
      .select(['id', 'name'])
      .where('id', '=', input.id)
      .executeTakeFirstOrThrow()
    return { ...person, linked: await linkedOf(db, input.id) }
  },
)

/** Shuts a wrong or lost card out, at once; the way back in for its owner, who may have no other, takes two. */
export const unlinkPerson = command(
  'people.unlinkIdentity',
  { roles: ['admin'], input: z.object({ id: id() }), about: aboutPerson },
  async (db, input, me) => {
    mustBeFresh(me)
    if (me.id === input.id) throw new Refused({ key: 'access.people.self' })
    await unlink(db, input.id)
  },
)

async function unlink(db: Db, personId: string): Promise<void> {
  const done = await sql<{ done: string }>`select identity_unlink(${personId}) as done`.execute(db)
  if (done.rows[0]?.done === 'last') throw new Conflict({ key: 'access.identity.last' })
  if (done.rows[0]?.done !== 'done') throw new NotFound()
}

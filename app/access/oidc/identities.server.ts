// Whose account does a personal code open, and who may say so?
import { sql } from 'kysely'
import { z } from 'zod'
import { asPerson, type Db, knock } from '../../core/db.server.ts'
import { Conflict, Invalid, NotFound, Refused } from '../../core/errors.ts'
import { id } from '../../core/form/fields.ts'
import { readPersonalCode } from '../../core/form/personal-code.ts'
import { command, query } from '../../core/operation.server.ts'
import { blindIndex } from '../../core/seal.server.ts'
import type { Person, Role } from '../../core/user.ts'
import { mailTo } from '../../process/mail.server.ts'
import { everybody } from '../access.ts'
import { mustBeFresh } from '../fresh.ts'
import { setOwnCode } from '../walls/own-codes.server.ts'
import type { Linked } from './identity.ts'
import { isOffered } from './provider.server.ts'

const indexOf = (code: string) => blindIndex('person', code)

/** Who may come in today under this personal code, or nobody: unknown, closed and without a role are one answer. */
export async function personBehind(code: string): Promise<{ id: string; roles: Role[] } | null> {
  const [row] = await knock<{ person_id: string; roles: Role[] }>('door_identity', [indexOf(code)])
  return row ? { id: row.person_id, roles: row.roles } : null
}

export async function linkedOf(db: Db, personId: string): Promise<Linked> {
  const row = await db
    .selectFrom('personIdentity')
    .select('linkedAt')
    .where('personId', '=', personId)
    .executeTakeFirst()
  return row ?? null
}

/** True where this person can show a card to prove again who she is. */
export async function isLinked(me: Person): Promise<boolean> {
  return isOffered() && (await asPerson('read', me.claim, (db) => linkedOf(db, me.id))) !== null
}

const nothing = z.object({})
const aboutPerson = (input: { id: string }) => ({ kind: 'person', id: input.id })

export const openIdentity = query('account.identity', { roles: everybody, input: nothing }, async (db, _input, me) => ({
  linked: await linkedOf(db, me.id),
}))

/**
 * Nobody links a card for somebody else: whoever could, would come in as they please. The code comes from a verified token of one's own
 * trip, never from a form. A code opens one account, and an account is opened by one code. Whose code it is becomes known here, so that no
 * case with it is shown to them; and they are told, in case it was not they who sat there.
 */
export const linkIdentity = command(
  'account.linkIdentity',
  { roles: everybody, input: z.object({ code: z.string() }) },
  async (db, { code }, me) => {
    mustBeFresh(me)
    if ('fault' in readPersonalCode(code)) throw new Refused()
    const made = await db
      .insertInto('personIdentity')
      .values({ personId: me.id, subjectIndex: indexOf(code), linkedBy: me.id })
      .onConflict((clash) => clash.doNothing())
      .returning('personId')
      .executeTakeFirst()
    if (!made) throw new Conflict({ key: 'access.identity.taken' })
    await setOwnCode(db, me.id, code)
    await mailTo(db, me.id, 'new-way-in')
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
  if (done.rows[0]?.done === 'last') throw new Invalid({ '': { key: 'access.identity.last' } })
  if (done.rows[0]?.done !== 'done') throw new NotFound()
}

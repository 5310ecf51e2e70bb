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
import { type Linked, LinkPerson } from './identity.ts'
import { isOffered } from './provider.server.ts'

const indexOf = (code: string) => blindIndex('person', code)

/** Who may come in today under this personal code, or nobody: unknown, closed and without a role are one answer. */
export async function personBehind(code: string): Promise<{ id: string; roles: Role[] } | null> {
  const [row] = await knock<{ person_id: string; roles: Role[] }>('door_identity', [indexOf(code)])
  return row ? { id: row.person_id, roles: row.roles } : null
}

/**
 * Links an account with a personal code; a code opens one account, and an account is opened by one code. Whose code it is becomes known
 * here, so that no case with it is shown to them.
 */
export async function linkCode(db: Db, me: Person, personId: string, code: string): Promise<void> {
  if (!(await insertLink(db, personId, code))) throw new Conflict({ key: 'access.identity.taken' })
  await setOwnCode(db, personId, code)
  if (personId !== me.id) await mailTo(db, personId, 'new-way-in')
}

/**
 * The code that the coordinator has written down for a volunteer opens the volunteer's account too. Not where a card opens it already, and
 * not where the person is more than a volunteer: that is for the administrator.
 */
export async function linkVolunteer(db: Db, personId: string, code: string): Promise<void> {
  await setOwnCode(db, personId, code)
  const roles = await db.selectFrom('personRole').select('role').where('personId', '=', personId).execute()
  if (roles.length === 0 || roles.some(({ role }) => role !== 'volunteer')) return
  if (await insertLink(db, personId, code)) await mailTo(db, personId, 'new-way-in')
}

async function insertLink(db: Db, personId: string, code: string): Promise<boolean> {
  const made = await db
    .insertInto('personIdentity')
    .values({ personId, subjectIndex: indexOf(code), linkedBy: sql<string>`auth_person()` })
    .onConflict((clash) => clash.doNothing())
    .returning('personId')
    .executeTakeFirst()
  return made !== undefined
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

/** The code comes from a verified token, never from a form. */
export const linkIdentity = command(
  'account.linkIdentity',
  { roles: everybody, input: z.object({ code: z.string() }) },
  async (db, { code }, me) => {
    mustBeFresh(me)
    if ('fault' in readPersonalCode(code)) throw new Refused()
    await linkCode(db, me, me.id, code)
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

export const linkPerson = command(
  'people.linkIdentity',
  { roles: ['admin'], input: LinkPerson, about: aboutPerson, turn: 'code' },
  async (db, input, me) => {
    other(me, input.id)
    await db.selectFrom('person').select('id').where('id', '=', input.id).executeTakeFirstOrThrow()
    await linkCode(db, me, input.id, input.personalCode.code)
  },
)

export const unlinkPerson = command(
  'people.unlinkIdentity',
  { roles: ['admin'], input: z.object({ id: id() }), about: aboutPerson },
  async (db, input, me) => {
    other(me, input.id)
    await unlink(db, input.id)
  },
)

function other(me: Person, personId: string) {
  mustBeFresh(me)
  if (me.id === personId) throw new Refused({ key: 'access.people.self' })
}

async function unlink(db: Db, personId: string): Promise<void> {
  const done = await sql<{ done: string }>`select identity_unlink(${personId}) as done`.execute(db)
  if (done.rows[0]?.done === 'last') throw new Invalid({ '': { key: 'access.identity.last' } })
  if (done.rows[0]?.done !== 'done') throw new NotFound()
}

// How is a first key sent – a link by e-mail, a code by word of mouth – and who comes with both?
import { createHash, randomBytes, randomInt, randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { z } from 'zod'
import { type Db, knock } from '../../core/db.server.ts'
import { Conflict, NotFound } from '../../core/errors.ts'
import { id } from '../../core/form/fields.ts'
import { command, query } from '../../core/operation.server.ts'
import { blindIndex } from '../../core/seal.server.ts'
import { settingsOn } from '../../core/settings.server.ts'
import { mailTo } from '../../process/mail.server.ts'
import { noteAtDoor } from '../door.server.ts'
import { mustBeFresh } from '../fresh.ts'
import { noPassword } from '../passwords.server.ts'
import { deciders } from '../two-people/confirmations.server.ts'
import { type AccountState, codeLength, codeLetters, codeShown, type Ended } from './invitation.ts'

const aboutPerson = (input: { id: string }) => ({ kind: 'person', id: input.id })
const tokenHash = (token: string): Buffer => createHash('sha256').update(token).digest()
// `whose`: for whom it was made, so that an invitation that is moved to another opens nothing.
const keptCode = (invitation: string, whose: string, code: string): Buffer =>
  blindIndex(`invitation/${invitation}${whose}`, code)

/** A new link (256 bits) and code (38 bits), as they are told and as they are kept; `null`: of the first person of a house, whom there is not yet. */
export function newInvitation(personId: string | null) {
  const made = randomUUID()
  const token = randomBytes(32).toString('base64url')
  const code = Array.from({ length: codeLength }, () => codeLetters[randomInt(codeLetters.length)]).join('')
  return {
    path: `/invitation/${token}`,
    code: codeShown(code),
    kept: { id: made, token: tokenHash(token), code: keptCode(made, personId ? `/${personId}` : '', code) },
  }
}

/** Whom I may send a link, what it is for, and until when the last one holds. */
export const openInvite = query(
  'people.openInvite',
  { roles: deciders, inPerson: true, input: z.object({ id: id() }), about: aboutPerson },
  async (db, input) => {
    const { rows } = await sql<{ recovery: boolean; may: boolean; until: Date | null }>`
      select invitation_recovery(${input.id}) is not null as recovery, may_invite(${input.id}) as may,
        invitation_until(${input.id}) as until`.execute(db)
    const [found] = rows
    if (!found?.recovery && !found?.may) throw new NotFound()
    return { id: input.id, recovery: found.recovery, until: found.until, name: await nameOf(db, input.id) }
  },
)

/**
 * Sends the link and answers with the code, this once. It is a first key for somebody who never had one, or the way back in on which
 * two people have agreed; the database knows which, and who of us may send it. The older link is void.
 */
export const invite = command(
  'people.invite',
  { roles: deciders, inPerson: true, input: z.object({ id: id() }), about: aboutPerson, turn: 'invitation' },
  async (db, input, me) => {
    mustBeFresh(me)
    const { path, code, kept } = newInvitation(input.id)
    const { invitationDays } = await settingsOn(db)
    const made = await sql<{ kind: 'invitation' | 'recovery' }>`
      select invitation_make(${kept.id}, ${input.id}, ${kept.token}, ${kept.code}, ${invitationDays}) as kind`.execute(
      db,
    )
    const kind = made.rows[0]?.kind
    if (!kind) throw new NotFound()
    await mailTo(db, input.id, kind, undefined, path)
    return { id: input.id, code, days: invitationDays, kind, name: await nameOf(db, input.id) }
  },
)

async function nameOf(db: Db, personId: string): Promise<string> {
  const { rows } = await sql<{ name: string }>`
    select name from person where id = ${personId} union all select name from volunteer where person_id = ${personId} limit 1`.execute(
    db,
  )
  return rows[0]?.name ?? ''
}

/** The link sent last leads nowhere any more. */
export const voidInvitation = command(
  'people.voidInvitation',
  { roles: deciders, inPerson: true, input: z.object({ id: id() }), about: aboutPerson },
  async (db, input, me) => {
    mustBeFresh(me)
    const done = await sql<{ done: boolean }>`select invitation_void(${input.id}) as done`.execute(db)
    if (!done.rows[0]?.done) throw new Conflict({ key: 'access.invite.nothing' })
  },
)

export type OnTheWay = { personId: string; state: AccountState; until: Date | null }

/** How far everybody is, as far as the one who asks may know. */
export async function accountStates(db: Db): Promise<Map<string, OnTheWay>> {
  const { rows } = await sql<OnTheWay>`select * from account_states()`.execute(db)
  return new Map(rows.map((row) => [row.personId, row]))
}

/** How many have a role by the word of two people and have been sent no link, or one that ran out – and are mine to invite. */
export async function waitingForInvitation(db: Db): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(distinct c.person_id)::int as count from confirmation c
    where c.kind = 'role' and c.decision in ('confirmed', 'first') and may_invite(c.person_id) and invitation_until(c.person_id) is null`.execute(
    db,
  )
  return rows[0]?.count ?? 0
}

/** Has this person keys of their own? */
export async function accountStands(db: Db, personId: string): Promise<boolean> {
  const { rows } = await sql<{ stands: boolean }>`select account_stands(${personId}) as stands`.execute(db)
  return rows[0]?.stands === true
}

/** The open invitation of a link, or null: unknown, spent, void and run out are one and the same. */
export async function invitationOf(token: string): Promise<{ id: string; recovery: boolean } | null> {
  if (!/^[A-Za-z0-9_-]{43}$/.test(token)) return null
  const [row] = await knock<{ id: string; recovery: boolean }>('door_invitation', [tokenHash(token)])
  return row ?? null
}

/** Whose invitation it is, and what ended with it. */
type Taken = { id: string; ended: Ended }

/** Whose invitation it is, where the code is right: the old keys are void, and new ones may be made. */
export async function takeInvitation(invitation: string, code: string): Promise<Taken | null> {
  const [bound] = await knock<{ whose: string }>('door_invitation_for', [invitation])
  const kept = keptCode(invitation, bound?.whose ?? '', code)
  const [row] = await knock<{ person_id: string; ended: Ended }>('door_invited', [invitation, kept, noPassword()])
  await noteAtDoor(row ? 'access.invited' : 'access.codeFailed', row?.person_id ?? null)
  return row ? { id: row.person_id, ended: row.ended } : null
}

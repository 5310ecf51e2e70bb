// How is the address to which somebody's letters go changed by two, and how does she say that she did not ask for it?
import { sql } from 'kysely'
import { z } from 'zod'
import type { Db } from '../../core/db.server.ts'
import { Invalid, NotFound } from '../../core/errors.ts'
import { id } from '../../core/form/fields.ts'
import { command, query } from '../../core/operation.server.ts'
import { everybody } from '../access.ts'
import { mustBeFresh } from '../fresh.ts'
import { AskEmail } from './confirmation.ts'
import { deciders, isTaken, propose } from './confirmations.server.ts'
import { changeOfMine, keep } from './kept.server.ts'

const aboutPerson = (input: { id: string }) => ({ kind: 'person', id: input.id })

/** Whose address I may ask to be changed, and what it is today; of everybody else this page does not exist. */
export const openEmail = query(
  'people.openEmail',
  { roles: deciders, input: z.object({ id: id() }), about: aboutPerson },
  async (db, input) => ({ id: input.id, ...(await nowOf(db, input.id)) }),
)

// Of whom this person may ask it; of nobody who was never here.
async function nowOf(db: Db, whose: string): Promise<{ name: string; email: string }> {
  const { rows } = await sql<{ name: string; email: string }>`
    select coalesce(p.name, v.name) as name, coalesce(p.email, v.email) as email from (select ${whose}::uuid as id) asked
      left join person p on p.id = asked.id left join volunteer v on v.person_id = asked.id
    where coalesce(p.name, v.name) is not null and coalesce(p.status, 'active') = 'active'
      and auth_person() = any (confirmation_deciders('email', null, asked.id, asked.id))`.execute(db)
  if (!rows[0]) throw new NotFound()
  return rows[0]
}

/** The first of two has seen who it is and where her letters shall go. She hears of it at once, at both addresses. */
export const askEmail = command(
  'people.askEmail',
  { roles: deciders, inPerson: true, input: AskEmail, about: aboutPerson },
  async (db, { id, email, way, reason }, me) => {
    mustBeFresh(me)
    await nowOf(db, id)
    // Whose it is, is told to nobody.
    const made = await propose(db, me, { kind: 'email', personId: id, newEmail: email, way, reason }).catch((error) => {
      throw isTaken(error) ? new Invalid({ email: { key: 'access.email.taken' } }) : error
    })
    return { id: made.id }
  },
)

export const openOwnEmail = query(
  'account.openEmail',
  { roles: everybody, input: z.object({}) },
  async (db, _, me) => ({
    waiting: await changeOfMine(db, me, 'email'),
  }),
)

export const keepOwnEmail = command(
  'account.keepEmail',
  { roles: everybody, input: z.object({ id: id() }), about: ({ id }) => ({ kind: 'confirmation', id }) },
  (db, input, me) => keep(db, me, 'email', input.id),
)

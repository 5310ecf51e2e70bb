// How is a way back in begun for somebody who lost the keys, and how does its owner stop one that is not theirs?
import { sql } from 'kysely'
import { z } from 'zod'
import type { Db } from '../../core/db.server.ts'
import { Conflict, NotFound } from '../../core/errors.ts'
import { id } from '../../core/form/fields.ts'
import { command, query } from '../../core/operation.server.ts'
import { mailTo } from '../../process/mail.server.ts'
import { everybody } from '../access.ts'
import { mustBeFresh } from '../fresh.ts'
import { Begin } from './confirmation.ts'
import { aboutPerson, deciders, propose } from './confirmations.server.ts'

/** Whom I may help back in; of everybody else this page does not exist. */
export const openRecovery = query(
  'people.openRecovery',
  { roles: deciders, input: z.object({ id: id() }), about: aboutPerson },
  async (db, input) => {
    const { rows } = await sql<{ name: string }>`
      select coalesce(p.name, v.name) as name from (select ${input.id}::uuid as id) asked
        left join person p on p.id = asked.id left join volunteer v on v.person_id = asked.id
      where coalesce(p.name, v.name) is not null and account_stands(asked.id)
        and auth_person() = any (confirmation_deciders('recover', null, asked.id, asked.id))`.execute(db)
    if (!rows[0]) throw new NotFound()
    return { id: input.id, name: rows[0].name }
  },
)

/** The first of two has seen who it is. The owner hears at once that something has begun. */
export const beginRecovery = command(
  'people.beginRecovery',
  { roles: deciders, inPerson: true, input: Begin, about: aboutPerson },
  async (db, input, me) => {
    mustBeFresh(me)
    const made = await propose(db, me, { kind: 'recover', personId: input.id, way: input.way, reason: input.reason })
    await mailTo(db, input.id, 'recovery-begun')
    return { id: made.id }
  },
)

/** Since when somebody is opening my account anew, or null. */
export async function recoveryOfMine(db: Db): Promise<Date | null> {
  const { rows } = await sql<{ since: Date | null }>`select auth_recovery() as since`.execute(db)
  return rows[0]?.since ?? null
}

/** Whoever has only her session cannot: what is asked first is what a thief of it has not got. */
export const stopRecovery = command(
  'account.stopRecovery',
  { roles: everybody, input: z.object({}) },
  async (db, _input, me) => {
    mustBeFresh(me)
    const done = await sql<{ stopped: number }>`select confirmation_stop() as stopped`.execute(db)
    if (!done.rows[0]?.stopped) throw new Conflict({ key: 'access.recover.nothing' })
    return { stopped: done.rows[0].stopped }
  },
)

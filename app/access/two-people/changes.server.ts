// Whose address or name may I ask to be changed, what of my own waits for a second person, and how do I say that it stays as it is?
import { sql } from 'kysely'
import { asPerson, type Db } from '../../core/db.server.ts'
import { Conflict, NotFound } from '../../core/errors.ts'
import type { Person } from '../../core/user.ts'
import type { Job } from '../../process/jobs.server.ts'
import { mustBeFresh } from '../fresh.ts'
import type { Change, Confirmation } from './confirmation.ts'
import { confirmations, isOpen } from './confirmations.server.ts'

/** What she is called and where her letters go today, where I may ask that it is changed; of everybody else this is not there. */
export async function whose(db: Db, kind: Change, id: string): Promise<{ name: string; email: string }> {
  const { rows } = await sql<{ name: string; email: string }>`
    select coalesce(p.name, v.name) as name, coalesce(p.email, v.email) as email from (select ${id}::uuid as id) asked
      left join person p on p.id = asked.id left join volunteer v on v.person_id = asked.id
    where coalesce(p.name, v.name) is not null and coalesce(p.status, 'active') = 'active'
      and auth_person() = any (confirmation_deciders(${kind}, null, asked.id, asked.id))`.execute(db)
  if (!rows[0]) throw new NotFound()
  return rows[0]
}

/** A new address and a new name that wait for my account. */
export const changesOfMine = (db: Db, me: Person): Promise<Confirmation[]> =>
  confirmations(db, sql<boolean>`${isOpen} and c.kind in ('email', 'name') and c.person_id = ${me.id}`)

/** One of the two, or null. */
export async function changeOfMine(db: Db, me: Person, wanted: Change): Promise<Confirmation | null> {
  return (await changesOfMine(db, me)).find(({ kind }) => kind === wanted) ?? null
}

/** It stays as it is: whatever was asked for, by whomever. */
export async function keep(db: Db, me: Person, kind: Change, the: string): Promise<void> {
  mustBeFresh(me)
  const own = await confirmations(db, sql<boolean>`c.id = ${the} and c.kind = ${kind} and c.person_id = ${me.id}`)
  if (own.length === 0) throw new NotFound()
  const done = await sql<{ done: boolean }>`select confirmation_keep(${the}) as done`.execute(db)
  if (!done.rows[0]?.done) throw new Conflict({ key: 'access.two.notOpen' })
}

/** What was asked for is forgotten when its time is over. */
export const askedForgotten: Job = {
  name: 'asked-forgotten',
  cron: '40 3 * * *',
  run: (system) =>
    asPerson('write', system.claim, async (db) => {
      const { rows } = await sql<{ count: number }>`select asked_forget() as count`.execute(db)
      return rows[0]?.count ?? 0
    }),
}

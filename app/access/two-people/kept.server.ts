// What of my own account waits for a second person, and how do I say that it stays as it is?
import { sql } from 'kysely'
import { asPerson, type Db } from '../../core/db.server.ts'
import { Conflict, NotFound } from '../../core/errors.ts'
import type { Person } from '../../core/user.ts'
import type { Job } from '../../process/jobs.server.ts'
import { mustBeFresh } from '../fresh.ts'
import type { Change, Confirmation } from './confirmation.ts'
import { confirmations, isOpen } from './confirmations.server.ts'

/** The new address or name that waits for my account, or null. */
export async function changeOfMine(db: Db, me: Person, kind: Change): Promise<Confirmation | null> {
  const [waiting] = await confirmations(db, sql<boolean>`${isOpen} and c.kind = ${kind} and c.person_id = ${me.id}`)
  return waiting ?? null
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

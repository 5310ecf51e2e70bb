// How long is it remembered which buttons were pressed?
import { sql } from 'kysely'
import { asPerson } from '../core/db.server.ts'
import type { Person } from '../core/user.ts'
import type { Job } from './jobs.server.ts'

/** The keys of forms and what they were answered, two days old: nobody presses the same button again. */
export async function forgetPressed(system: Person): Promise<number> {
  return asPerson('write', system.claim, async (db) => {
    const { rows } = await sql<{ gone: number }>`select once_forget() as gone`.execute(db)
    return rows[0]?.gone ?? 0
  })
}

export const pressedForgotten: Job = { name: 'forms.forget', cron: '40 3 * * *', run: forgetPressed }

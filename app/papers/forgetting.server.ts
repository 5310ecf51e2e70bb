// When are papers of contract and of money forgotten?
import { sql } from 'kysely'
import { asPerson } from '../core/db.server.ts'
import type { Person } from '../core/user.ts'
import type { Job } from '../process/jobs.server.ts'

/** By the rule that the coordinator sets (R27). A restored backup brings back what was forgotten until this has run again, the same night. */
export const papersForgotten: Job = { name: 'papers.forgotten', cron: '50 3 * * *', run: forget }

async function forget(system: Person): Promise<number> {
  return asPerson('write', system.claim, async (db) => {
    const { rows } = await sql<{ done: number }>`select papers_forget() as done`.execute(db)
    return rows[0]?.done ?? 0
  })
}

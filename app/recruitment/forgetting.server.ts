// When are those forgotten who did not go on?
import { sql } from 'kysely'
import { asPerson } from '../core/db.server.ts'
import type { Person } from '../core/user.ts'
import type { Job } from '../process/jobs.server.ts'
import { writeErasure } from '../process/ledger.server.ts'

/** Erased by the rule that the coordinator sets (R27); the ledger keeps a restored backup from bringing them back. */
export const applicantsForgotten: Job = { name: 'applicants.forgotten', cron: '40 3 * * *', run: forget }

async function forget(system: Person): Promise<number> {
  return asPerson('write', system.claim, async (db) => {
    const { rows } = await sql<{ owner: string }>`select owner from erase_applicants()`.execute(db)
    // Before the commit: an erasure that nobody remembers would be undone by the next restore.
    for (const { owner } of rows) writeErasure('volunteer', owner)
    return rows.length
  })
}

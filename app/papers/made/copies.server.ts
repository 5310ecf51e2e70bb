// Which signed copy of a paper counts, and how does it stop counting?
import { sql } from 'kysely'
import type { Db } from '../../core/db.server.ts'

/** Sets aside the copy that counts, and with it what it proved; nothing where there is none. */
export async function supersedeSigned(db: Db, paper: string, reason: string): Promise<void> {
  const gone = { supersededAt: sql<Date>`now()`, supersededReason: reason }
  const copy = await db
    .updateTable('paperSigned')
    .set(gone)
    .where('paperId', '=', paper)
    .where('supersededAt', 'is', null)
    .returning('evidenceId')
    .executeTakeFirst()
  if (!copy?.evidenceId) return
  await db
    .updateTable('volunteerEvidence')
    .set(gone)
    .where('id', '=', copy.evidenceId)
    .where('supersededAt', 'is', null)
    .execute()
}

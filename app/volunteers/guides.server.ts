// Who guides a volunteer today, and is to hear of what concerns her?
import { sql } from 'kysely'
import type { Db } from '../core/db.server.ts'

/** Her supervisor, and whoever has the duty in the supervisor's place; nobody where there is no supervisor, or she is not for the person who asks. */
export async function guidesOf(db: Db, volunteerId: string): Promise<string[]> {
  const row = await db
    .selectFrom('volunteer')
    .select(['supervisorId', sql<string | null>`supervision_duty(id)`.as('deputyId')])
    .where('id', '=', volunteerId)
    .executeTakeFirst()
  return [row?.supervisorId, row?.deputyId].flatMap((person) => person ?? [])
}

// What is written down when a sealed value does not open?
import { sql } from 'kysely'
import { asPerson } from '../db.server.ts'
import { Unopenable } from '../errors.ts'
import type { Person } from '../user.ts'

/** The action under which the log keeps it. */
export const alarmAction = 'seal.alarm'

/**
 * Writes the alarm in a transaction of its own – the one in which the value was met has been rolled back – and throws the error on.
 * The log learns the place, the incident's number and the case; nothing of the value.
 */
export async function raiseAlarm(me: Person, error: unknown): Promise<never> {
  if (error instanceof Unopenable) {
    const { table, column, row, owner } = error.place
    const caseId = owner?.kind === 'case' ? owner.id : null
    const fields = [`${table}.${column}`, error.incident]
    await asPerson('write', me.claim, (db) =>
      sql`select audit_append(${alarmAction}, 'sealed', ${row}, ${caseId}::uuid, null, 'alarm', ${fields}::text[], null, null)`.execute(
        db,
      ),
    )
  }
  throw error
}

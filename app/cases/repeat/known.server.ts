// Which earlier cases of the network may be the same person's?
import { sql } from 'kysely'
import type { Db } from '../../core/db.server.ts'

export type Known = {
  id: string
  number: string
  referredOn: string
  status: string
  /** `was-beside`: the victim was an adult in danger there; `is-beside`: an adult in danger was the victim there. */
  how: 'code' | 'name' | 'was-beside' | 'is-beside'
  pair: boolean
}

/** Earlier cases of the network whose victim has the same code or a name that sounds alike, or where one of the two was in danger beside another; nothing for anybody but its lead. */
export async function knownBefore(db: Db, caseId: string): Promise<Known[]> {
  return (await sql<Known>`select * from known_before(${caseId}::uuid)`.execute(db)).rows
}

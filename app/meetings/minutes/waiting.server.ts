// Which meetings that are over still wait for me: for their minutes to be written, or to be approved?
import { sql } from 'kysely'
import type { Db } from '../../core/db.server.ts'

export type MinutesWaiting = { meetingId: string; onDate: string; step: 'write' | 'approve'; pledged: boolean }

/** For the first page; to whoever leads or chaired. */
export async function minutesWaiting(db: Db): Promise<MinutesWaiting[]> {
  return (await sql<MinutesWaiting>`select * from minutes_waiting()`.execute(db)).rows
}

// Is every way in one that the program wrote down, also those by which nobody has come yet?
import { sql } from 'kysely'
import { asPerson } from '../../core/db.server.ts'
import { isSealed, type Sealed } from '../../core/keys/row-seal.server.ts'
import type { Person } from '../../core/user.ts'
import type { Job } from '../../process/jobs.server.ts'

type Way = { what: Sealed; rowId: string; personId: string; bytes: Buffer[]; seal: Buffer | null }

/** Goes through all of them; what bears no seal of ours opens nothing anyway, and whoever answers for the log hears of it once. Returns how many. */
export async function lookAtWays(system: Person): Promise<number> {
  return asPerson('write', system.claim, async (db) => {
    const { rows } = await sql<Way>`select * from ways_sealed()`.execute(db)
    let found = 0
    for (const { what, rowId, personId, bytes, seal } of rows) {
      if (isSealed(what, { personId, parts: bytes, seal })) continue
      const told = await sql<{ told: boolean }>`select way_found(${what}, ${rowId}, ${personId}::uuid) as told`.execute(
        db,
      )
      if (told.rows[0]?.told) found++
    }
    return found
  })
}

export const waysIn: Job = { name: 'ways-in', cron: '25 * * * *', run: lookAtWays }

// Whose personal code is this, so that no case may be shown to somebody who is in it?
import { sql } from 'kysely'
import { asPerson, type Db } from '../../core/db.server.ts'
import { blindIndex, openForProcess, sealForProcess } from '../../core/seal.server.ts'
import type { Person } from '../../core/user.ts'
import type { Job } from '../../process/jobs.server.ts'

const sealedFor = (personId: string) => `own-code/${personId}`

/** The code as these networks would index it, for the functions that compare it with the people of their cases. */
export function indexesOf(networks: readonly string[], code: string): string {
  return JSON.stringify(Object.fromEntries(networks.map((id) => [id, blindIndex(id, code).toString('hex')])))
}

/** Every network there is or was: cases of one that has ended are still read. */
export async function networkIds(db: Db): Promise<string[]> {
  const rows = await db.selectFrom('network').select('id').execute()
  return rows.map((row) => row.id)
}

/** What is kept of somebody's own code: its indexes, and the code itself, closed. */
export const keptCodeOf = (personId: string, networks: readonly string[], code: string) => ({
  codes: indexesOf(networks, code),
  kept: sealForProcess(sealedFor(personId), code),
})

/**
 * Writes down whose code this is: from now on no case with it exists for that person. The database says who may: the person
 * herself, the coordinator for a volunteer, the administrator. Nobody hears whether there was such a case.
 */
export async function setOwnCode(db: Db, personId: string, code: string): Promise<void> {
  const { codes, kept } = keptCodeOf(personId, await networkIds(db), code)
  await sql`select own_code_set(${personId}::uuid, ${codes}::jsonb, ${kept}::bytea)`.execute(db)
}

type Missing = { personId: string; codeSealed: Buffer; networks: string[] }

/** Networks founded after a code became known index it too; returns how many people that was about. */
export async function indexNewNetworks(system: Person): Promise<number> {
  return asPerson('write', system.claim, async (db) => {
    const { rows } = await sql<Missing>`select * from own_codes_missing()`.execute(db)
    for (const { personId, codeSealed, networks } of rows) {
      const codes = indexesOf(networks, openForProcess(sealedFor(personId), codeSealed))
      await sql`select own_code_set(${personId}::uuid, ${codes}::jsonb)`.execute(db)
    }
    return rows.length
  })
}

export const ownCodes: Job = { name: 'own-codes', cron: '* * * * *', run: indexNewNetworks }

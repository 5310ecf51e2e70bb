// How does the name of somebody in a case become findable without being kept in the open?
import { randomUUID } from 'node:crypto'
import type { Db } from '../../core/db.server.ts'
import { blindIndex } from '../../core/seal.server.ts'
import { nameKeys } from './name-key.ts'

type Of = { networkId: string; caseId: string; person: string }

/** Equal names of one network become equal bytes, which nobody without the key of the process can make. */
export async function keepNameKeys(db: Db, { networkId, caseId, person }: Of, named: Parameters<typeof nameKeys>[0]) {
  const keys = nameKeys(named)
  if (keys.length === 0) return
  await db
    .insertInto('caseNameKey')
    .values(
      keys.map((key) => ({
        ...{ networkId, caseId, id: randomUUID(), personRow: person },
        keyIndex: blindIndex(`${networkId}/name`, key),
      })),
    )
    .execute()
}

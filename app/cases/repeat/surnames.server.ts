// By what is the family name of somebody in a case compared with the name of whoever looks, without being kept in the open?
import type { Db } from '../../core/db.server.ts'
import { blindIndex } from '../../core/seal.server.ts'
import { familiesOf, familySounds } from './name-key.ts'

type Of = { networkId: string; caseId: string; person: string }

/** Closed with the case: the same name in another case is other bytes, so that nobody joins two cases by it. */
const indexOf = (caseId: string, sound: string): Buffer => blindIndex(`${caseId}/surname`, sound)

export async function keepSurnames(
  db: Db,
  { networkId, caseId, person }: Of,
  named: Parameters<typeof familiesOf>[0],
): Promise<void> {
  const sounds = [...new Set(familiesOf(named))].slice(0, 12)
  if (sounds.length === 0) return
  await db
    .insertInto('caseSurname')
    .values(sounds.map((sound) => ({ networkId, caseId, personRow: person, nameIndex: indexOf(caseId, sound) })))
    .execute()
}

/** The family name of somebody who looks, as that case would have it: the last of their names. */
export const surnamesIn = (caseId: string, name: string): string[] =>
  familySounds(name.trim().split(/\s+/).at(-1) ?? '').map((sound) => indexOf(caseId, sound).toString('hex'))

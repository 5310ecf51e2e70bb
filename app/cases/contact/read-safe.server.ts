// What was said of how to reach her safely, and how does a new word take the place of an old one?
import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import type { Db } from '../../core/db.server.ts'
import { findVault, type Vault } from '../../core/seal.server.ts'
import type { Person } from '../../core/user.ts'
import type { Safe } from './judge-contact.ts'
import type { People, Rules, SafeContact } from './safe-contact.ts'

type Of = { networkId: string; caseId: string }
const parts = ['rules', 'people'] as const
const place = (row: string) => ({ table: 'safe_contact', column: 'words_sealed', row })

/** The rules of a row that came with another question. */
export const openRules = (vault: Vault, id: string, sealed: Buffer): Rules => JSON.parse(vault.open(place(id), sealed))

/** What holds now, as far as the one who asks may know it. */
export async function readSafe(db: Db, caseId: string, key?: Vault | null): Promise<Safe> {
  const rows = await db
    .selectFrom('safeContact')
    .select(['id', 'part', 'wordsSealed'])
    .where('caseId', '=', caseId)
    .where('part', 'in', parts)
    .where('supersededAt', 'is', null)
    .execute()
  const vault = rows.length ? (key ?? (await findVault(db, caseId))) : null
  const open = <Words>(part: 'rules' | 'people'): Words | null => {
    const row = rows.find((one) => one.part === part)
    return row && vault ? (JSON.parse(vault.open(place(row.id), row.wordsSealed)) as Words) : null
  }
  return { rules: open<Rules>('rules'), people: open<People>('people') }
}

/** A new word takes the place of the old one. */
export async function writeSafe(db: Db, me: Person, of: Of, safe: SafeContact, vault: Vault): Promise<void> {
  await db
    .updateTable('safeContact')
    .set({ supersededAt: sql<Date>`now()` })
    .where('caseId', '=', of.caseId)
    .where('part', 'in', parts)
    .where('supersededAt', 'is', null)
    .execute()
  const rows = parts.map((part) => {
    const id = randomUUID()
    const wordsSealed = vault.seal(place(id), JSON.stringify(safe[part]))
    return { ...of, id, part, wordsSealed, recordedBy: me.id }
  })
  await db.insertInto('safeContact').values(rows).execute()
}

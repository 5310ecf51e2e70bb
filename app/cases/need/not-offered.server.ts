// Why has nobody been offered to her?
import { sql } from 'kysely'
import type { z } from 'zod'
import type { Db } from '../../core/db.server.ts'
import { Conflict } from '../../core/errors.ts'
import { mustHaveRead } from '../../core/form/seen.ts'
import { command, query } from '../../core/operation.server.ts'
import { findVault, openVault } from '../../core/seal.server.ts'
import { CaseId } from '../case.ts'
import { aboutCase, caseHead, oneCase, openHead } from '../case-file.server.ts'
import { keepers } from '../cases.server.ts'
import { NotOffered } from './need.ts'

const keeps = { roles: keepers, about: aboutCase }
const column = 'not_offered_sealed'

/** The reason that was last given, for the network whose case it is; nothing where none was. */
export async function notOfferedOf(db: Db, caseId: string): Promise<{ at: Date; why: string } | null> {
  const row = await db
    .selectFrom('caseFile')
    .select(['notOfferedAt', 'notOfferedSealed'])
    .where('id', '=', caseId)
    .executeTakeFirst()
  const vault = row?.notOfferedSealed ? await findVault(db, caseId) : null
  if (!row?.notOfferedAt || !row.notOfferedSealed || !vault) return null
  return { at: row.notOfferedAt, why: vault.open({ table: 'case_file', column, row: caseId }, row.notOfferedSealed) }
}

export const versionOf = (of: { at: Date } | null): string | null => of?.at.toISOString() ?? null

export const openNotOffered = query('case.need.not.open', { ...keeps, input: CaseId }, async (db, { id }, me) => {
  const head = await caseHead(db, me, id)
  return { head, before: await notOfferedOf(db, head.id) }
})

/** Until somebody is offered after all: the reason is no end of it. */
export const explainNotOffered = command(
  'case.need.not',
  { ...keeps, input: NotOffered, oneByOne: oneCase },
  async (db, { id, seen, why }: z.output<typeof NotOffered>, me) => {
    const head = await openHead(db, me, id)
    if (head.needStatus) throw new Conflict({ key: 'cases.need.wasOffered' })
    mustHaveRead(seen, versionOf(await notOfferedOf(db, head.id)))
    await writeNotOffered(db, head.id, why)
    return { head: { id: head.id, networkId: head.networkId } }
  },
)

/** Here, or with the words of a closing. */
export async function writeNotOffered(db: Db, caseId: string, why: string): Promise<void> {
  const vault = await openVault(db, caseId)
  await db
    .updateTable('caseFile')
    .set((row) => ({
      notOfferedAt: sql<Date>`now()`,
      notOfferedSealed: vault.seal({ table: 'case_file', column, row: caseId }, why),
      version: row('version', '+', 1),
    }))
    .where('id', '=', caseId)
    .execute()
}

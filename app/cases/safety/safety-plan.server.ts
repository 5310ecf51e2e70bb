// What does she want to do when it gets dangerous, as it was last gone through with her, and how is it written anew?
import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import type { z } from 'zod'
import { today } from '../../core/clock.server.ts'
import type { Db } from '../../core/db.server.ts'
import { Invalid } from '../../core/errors.ts'
import { mustHaveRead } from '../../core/form/seen.ts'
import { command, query } from '../../core/operation.server.ts'
import { findVault, openVault, type Vault } from '../../core/seal.server.ts'
import type { Person } from '../../core/user.ts'
import { CaseId } from '../case.ts'
import { aboutCase, caseHead, oneCase, openHead } from '../case-file.server.ts'
import { keepers } from '../cases.server.ts'
import { isEmpty, SafetyPlan, SaveSafetyPlan } from './safety-plan.ts'

const place = (row: string) => ({ table: 'safe_contact', column: 'words_sealed', row })
const parts = ['plan', 'told'] as const

/** The plan of a row that came with another question. */
export const openPlanRow = (vault: Vault, id: string, sealed: Buffer): SafetyPlan =>
  SafetyPlan.parse(JSON.parse(vault.open(place(id), sealed)))

/** What stands now; `told`: whoever helps her sees it; `changed`: something has happened since it was gone through. */
async function planOf(db: Db, caseId: string) {
  const rows = await db
    .selectFrom('safeContact')
    .leftJoin('person', 'person.id', 'safeContact.recordedBy')
    .select(['safeContact.id', 'part', 'wordsSealed', 'recordedAt', 'person.name as who'])
    .select(
      sql<boolean>`exists (select from case_incident i where i.case_id = safe_contact.case_id and i.kind is not null
        and i.recorded_at > safe_contact.recorded_at)`.as('changed'),
    )
    .where('caseId', '=', caseId)
    .where('part', 'in', parts)
    .where('supersededAt', 'is', null)
    .execute()
  const row = rows.find(({ part }) => part === 'plan')
  const vault = row ? await findVault(db, caseId) : null
  if (!row || !vault) return null
  const { id, recordedAt, who, changed } = row
  const told = rows.some(({ part }) => part === 'told')
  return { id, recordedAt, who, changed, told, words: openPlanRow(vault, id, row.wordsSealed) }
}

const keeps = { roles: keepers, about: aboutCase }

export const openSafetyPlan = query('case.safety', { ...keeps, input: CaseId }, async (db, { id }, me) => {
  const head = await caseHead(db, me, id)
  return { head, plan: await planOf(db, head.id) }
})

export const openWriteSafetyPlan = query('case.safety.open', { ...keeps, input: CaseId }, async (db, { id }, me) => {
  const head = await caseHead(db, me, id)
  return { head, plan: await planOf(db, head.id) }
})

/** A new plan takes the place of the old one, for the network and, where she agrees, for whoever helps her. */
export const saveSafetyPlan = command(
  'case.safety.save',
  { ...keeps, input: SaveSafetyPlan, oneByOne: oneCase },
  async (db, { id, seen, tellSupport, ...plan }: z.output<typeof SaveSafetyPlan>, me) => {
    const head = await openHead(db, me, id)
    if (plan.reviewedOn > today()) throw new Invalid({ reviewedOn: { key: 'cases.error.future' } })
    if (isEmpty(plan)) throw new Invalid({ danger: { key: 'cases.safety.empty' } })
    mustHaveRead(seen, (await planOf(db, head.id))?.id ?? null)
    await write(db, me, { networkId: head.networkId, caseId: head.id }, plan, tellSupport)
    return { head: { id: head.id, networkId: head.networkId } }
  },
)

type Of = { networkId: string; caseId: string }

async function write(db: Db, me: Person, of: Of, plan: SafetyPlan, told: boolean): Promise<void> {
  await db
    .updateTable('safeContact')
    .set({ supersededAt: sql<Date>`now()` })
    .where('caseId', '=', of.caseId)
    .where('part', 'in', parts)
    .where('supersededAt', 'is', null)
    .execute()
  const vault = await openVault(db, of.caseId)
  const rows = parts
    .filter((part) => part === 'plan' || told)
    .map((part) => {
      const id = randomUUID()
      return { ...of, id, part, wordsSealed: vault.seal(place(id), JSON.stringify(plan)), recordedBy: me.id }
    })
  await db.insertInto('safeContact').values(rows).execute()
}

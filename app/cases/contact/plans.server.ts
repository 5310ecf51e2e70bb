// Which contacts are planned in a case, and do they still keep to what she said?
import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import type { Db } from '../../core/db.server.ts'
import { NotFound } from '../../core/errors.ts'
import { findVault, type Vault } from '../../core/seal.server.ts'
import type { Person } from '../../core/user.ts'
import { type Broken, judgeContact, type Plan, type Safe } from './judge-contact.ts'
import type { Channel } from './safe-contact.ts'

type Of = { networkId: string; caseId: string; assignmentId?: string | null; actionId?: string | null }
const place = (row: string, column: 'why_sealed' | 'person_sealed') => ({ table: 'contact_plan', column, row })

/** Writes a contact down that was judged before; `because` is kept where it goes against a rule. */
export async function insertPlan(
  db: Db,
  me: Person,
  of: Of,
  { plan, broken, because }: { plan: Plan; broken: readonly Broken[]; because?: string | undefined },
  vault: Vault | null,
): Promise<string> {
  const id = randomUUID()
  const seal = (column: 'why_sealed' | 'person_sealed', words: string | null | undefined) => {
    if (words && !vault) throw new NotFound()
    return words && vault ? vault.seal(place(id, column), words) : null
  }
  await db
    .insertInto('contactPlan')
    .values({
      ...of,
      ...{
        id,
        channel: plan.channel,
        onDate: plan.onDate,
        atMinute: plan.minute,
        untilMinute: plan.until ?? null,
        broken: [...broken],
      },
      personSealed: seal('person_sealed', plan.person),
      whySealed: seal('why_sealed', broken.length > 0 ? because : null),
      recordedBy: me.id,
    })
    .execute()
  return id
}

/** The contacts of a case that stand, the latest first; `now`: rules that a plan goes against today. */
export async function plansOf(db: Db, caseId: string, safe: Safe) {
  const rows = await db
    .selectFrom('contactPlan')
    .leftJoin('person', 'person.id', 'contactPlan.recordedBy')
    .select(['contactPlan.id', 'assignmentId', 'actionId', 'onDate', 'atMinute as minute', 'untilMinute as until'])
    .select(['broken', 'recordedBy'])
    .select(['personSealed', 'whySealed', 'person.name as who', sql<Channel>`channel`.as('channel')])
    .where('caseId', '=', caseId)
    .where('withdrawnAt', 'is', null)
    .orderBy(sql`on_date desc nulls first`)
    .orderBy('atMinute', 'desc')
    .limit(100)
    .execute()
  const closed = rows.some((row) => row.personSealed ?? row.whySealed)
  const vault = closed ? await findVault(db, caseId) : null
  return rows.map(({ personSealed, whySealed, ...row }) => {
    const open = (column: 'why_sealed' | 'person_sealed', sealed: Buffer | null) =>
      sealed && vault ? vault.open(place(row.id, column), sealed) : null
    const known = { ...row, broken: row.broken as Broken[], person: open('person_sealed', personSealed) }
    return { ...known, why: open('why_sealed', whySealed), now: judgeContact(known, safe) }
  })
}
export type PlannedContact = Awaited<ReturnType<typeof plansOf>>[number]

/** Takes a plan back; NotFound where it is not there or not theirs to take back. */
export async function takeBack(db: Db, me: Person, caseId: string, plan: string): Promise<void> {
  const done = await db
    .updateTable('contactPlan')
    .set({ withdrawnAt: sql<Date>`now()`, withdrawnBy: me.id })
    .where('caseId', '=', caseId)
    .where('id', '=', plan)
    .where('withdrawnAt', 'is', null)
    .executeTakeFirst()
  if (Number(done.numUpdatedRows) === 0) throw new NotFound()
}

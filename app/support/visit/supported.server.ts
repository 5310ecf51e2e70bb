// Whom does the person who asks support or guide, and whose record is their own?
import { type RawBuilder, sql } from 'kysely'
import { openRules } from '../../cases/contact/read-safe.server.ts'
import type { Rules } from '../../cases/contact/safe-contact.ts'
import type { Db } from '../../core/db.server.ts'
import { Invalid } from '../../core/errors.ts'
import { type FoundKey, vaultBehind } from '../../core/seal.server.ts'
import type { Person } from '../../core/user.ts'

/** The volunteer record of the person who asks; NotFound where there is none. */
export async function ownVolunteer(db: Db, me: Person): Promise<{ id: string; supervisorId: string | null }> {
  return db
    .selectFrom('volunteer')
    .select(['id', 'supervisorId'])
    .where('personId', '=', me.id)
    .executeTakeFirstOrThrow()
}

/** The volunteers whom the person who asks guides today, in somebody's place too. */
export const guidedByMe = sql<string>`any ((select auth_supervisees())::uuid[])`

export type Loggable = {
  id: string
  networkId: string
  caseId: string
  number: string
  volunteerId: string
  startOn: string | null
  endOn: string | null
  status: 'active' | 'ended'
  name: string
  mine: boolean
}

const loggableTo = (me: Person, more: RawBuilder<unknown> = sql``) => sql`
  select a.id, a.network_id, a.case_id, a.number, a.volunteer_id, a.start_on, a.end_on, a.status, v.name, v.person_id is not distinct from ${me.id} as mine${more}
  from assignment a join volunteer v on v.id = a.volunteer_id
  where ((v.person_id = ${me.id} and a.status = 'active')
    or (v.id = any ((select auth_supervisees())::uuid[]) and v.person_id is distinct from ${me.id} and a.status in ('active', 'ended')))`

/** Assignments under which this person may log a visit: their own running ones and those of whom they guide. */
export async function loggable(db: Db, me: Person): Promise<Loggable[]> {
  return (await sql<Loggable>`${loggableTo(me)} order by a.status, a.number`.execute(db)).rows
}

/** One of them, with the months whose report is closed, the key of its case and how she may be reached. */
export type Logging = Loggable &
  FoundKey & { closedMonths: string[]; rulesId: string | null; rulesSealed: Buffer | null }
export const loggingUnder = (id: string, me: Person): RawBuilder<Logging> => sql`
  select one.*, key.kind, key.master_id, key.wrapped, key.wrapped_other, safe.id as rules_id, safe.words_sealed as rules_sealed from (${loggableTo(
    me,
    sql`, array(select to_char(r.month, 'YYYY-MM') from month_report r where r.volunteer_id = a.volunteer_id and r.status in ('submitted', 'approved')) as closed_months`,
  )} and a.id = ${id}) one left join sealed_key key on key.owner_id = one.case_id
  left join safe_contact safe on safe.case_id = one.case_id and safe.part = 'rules' and safe.superseded_at is null`

/** What she asked for; nothing where nothing was said, or its key was destroyed. */
export const rulesUnder = (of: Logging): Rules | null =>
  of.rulesId && of.rulesSealed && of.wrapped ? openRules(vaultBehind(of, of.caseId), of.rulesId, of.rulesSealed) : null

/** A month whose report is with the supervisor or approved is refused: its figures must stay those of its rows. */
export const monthClosed = (field: string) => new Invalid({ [field]: { key: 'support.error.monthClosed' } })

/** True where the report of that day's month has been handed in and not sent back. */
export async function isReported(db: Db, volunteerId: string, day: string): Promise<boolean> {
  const report = await db
    .selectFrom('monthReport')
    .select('id')
    .where('volunteerId', '=', volunteerId)
    .where('month', '=', `${day.slice(0, 7)}-01`)
    .where('status', 'in', ['submitted', 'approved'])
    .executeTakeFirst()
  return report !== undefined
}

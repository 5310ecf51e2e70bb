// Who has received something of this case, what and when, and whose eyes are on it now?
import { sql } from 'kysely'
import type { Db } from '../../core/db.server.ts'
import { type Eye, type Recipient, sights } from './basis.ts'

/**
 * Everybody whom the log knows to have seen something of the case, with the sides they saw; the latest first. The log is what the policies
 * show to the one who asks.
 */
export async function recipientsOf(db: Db, caseId: string): Promise<Recipient[]> {
  const { rows } = await sql<Recipient>`
    select e.actor as id, p.name, v.code,
      array(select distinct r.role from person_role r where r.person_id = e.actor and e.seen_from < (r.valid_to + 1)::timestamptz order by r.role) as roles,
      (select r.agency from person_role r where r.person_id = e.actor and r.agency is not null order by r.valid_to desc limit 1) as agency,
      e.seen_from as "from", e.seen_to as "to", e.actions, e.opened
    from (select actor, min(at) as seen_from, max(at) as seen_to, array_agg(distinct action order by action) as actions,
        (count(*) filter (where action in ('case.reveal', 'assignment.look', 'glass.reveal')))::int as opened
      from audit_event where case_id = ${caseId} and result = 'done' and actor is not null group by actor) e
    left join person p on p.id = e.actor
    left join lateral (select volunteer.code from volunteer join assignment a on a.volunteer_id = volunteer.id
      where volunteer.person_id = e.actor and a.case_id = ${caseId} limit 1) v on true
    where not exists (select 1 from person_role s where s.person_id = e.actor and s.role = 'system')
    order by e.seen_to desc`.execute(db)
  return rows
}

/** Everybody of the core group with that by which they see the case today; those who do not yet come last. */
export async function eyesOn(db: Db, caseId: string): Promise<Eye[]> {
  const { rows } = await sql<Eye>`
    select e.person_id as id, p.name, e.agency, e.why from case_eyes(${caseId}::uuid) e join person p on p.id = e.person_id
    order by array_position(${[...sights]}::text[], e.why), p.name`.execute(db)
  return rows
}

/** What is shared at this moment: the support persons who help or are asked, the search for one, the brief. */
export async function sharesNow(db: Db, caseId: string) {
  const supports = await db
    .selectFrom('assignment')
    .innerJoin('volunteer', 'volunteer.id', 'assignment.volunteerId')
    .select(['assignment.id', 'volunteer.code', 'assignment.status', 'assignment.startOn'])
    .where('assignment.caseId', '=', caseId)
    .where('assignment.status', 'in', ['proposed', 'active'])
    .orderBy('volunteer.code')
    .execute()
  const needs = await db
    .selectFrom('need')
    .select(['id', 'number'])
    .where('caseId', '=', caseId)
    .where('status', '=', 'open')
    .execute()
  return { supports, needs }
}

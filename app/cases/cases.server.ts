// Which cases may this person see, and how does each of them stand?
import { type RawBuilder, sql } from 'kysely'
import type { Db } from '../core/db.server.ts'
import { query } from '../core/operation.server.ts'
import type { Person, Role } from '../core/user.ts'
import { CaseFilter, type CaseRow, perPage } from './case.ts'

/** Who may look at cases; which ones, the policies say. */
export const readers: readonly Role[] = ['lead', 'member', 'coordinator', 'auditor']
/** Who keeps the cases of a network. */
export const keepers: readonly Role[] = ['lead', 'member']

// What was superseded is history; a draft is not yet a word.
const standing = sql`
  select c.id, c.network_id, c.number, network.name as network, c.county_code, county.name as county, c.referred_on, c.status,
    c.repeat_of, risk.level, draft.assessor_id as draft_for, need.status as need_status, helper.code as helper,
    coalesce((select json_agg(json_build_object('id', t.id, 'kind', t.kind, 'due_on', t.due_on) order by t.due_on, t.kind)
      from case_task t where t.case_id = c.id and t.done_at is null), '[]') as tasks
  from case_file c join county on county.code = c.county_code join network on network.id = c.network_id
  left join lateral (select a.level from assessment a where a.case_id = c.id and a.state <> 'draft' and a.superseded_at is null
    order by a.made_on desc, a.recorded_at desc limit 1) risk on true
  left join assessment draft on draft.case_id = c.id and draft.state = 'draft' and draft.superseded_at is null
  left join lateral (select n.status from need n where n.case_id = c.id order by n.created_at desc limit 1) need on true
  left join lateral (select v.code from assignment s join volunteer v on v.id = s.volunteer_id
    where s.case_id = c.id and s.status = 'active' order by s.start_on desc limit 1) helper on true`

/** One case as a line of the list; nothing where there is none for the person who asks. */
export async function findCaseRow(db: Db, caseId: string): Promise<CaseRow | null> {
  const { rows } = await sql<CaseRow>`select * from (${standing}) one where id = ${caseId}`.execute(db)
  return rows[0] ?? null
}

function conditions(filter: CaseFilter): RawBuilder<unknown> {
  const parts = [
    filter.status === 'all' ? null : sql`status = ${filter.status}`,
    filter.county ? sql`county_code = ${filter.county}` : null,
    filter.risk ? sql`coalesce(level, 'none') = ${filter.risk}` : null,
    filter.need ? sql`coalesce(need_status, 'none') = ${filter.need}` : null,
    filter.number ? sql`position(upper(${filter.number}) in number) > 0` : null,
  ].filter((part) => part !== null)
  return parts.length ? sql`where ${sql.join(parts, sql` and `)}` : sql``
}

/** Drafts of risk assessments that wait for this person as the trained assessor. */
export async function draftsForMe(db: Db, me: Person) {
  return db
    .selectFrom('assessment')
    .innerJoin('caseFile', 'caseFile.id', 'assessment.caseId')
    .select(['assessment.caseId', 'caseFile.number', 'assessment.madeOn'])
    .where('assessment.state', '=', 'draft')
    .where('assessment.supersededAt', 'is', null)
    .where('assessment.assessorId', '=', me.id)
    .orderBy('assessment.madeOn')
    .execute()
}

/** Of one's own network, or of the whole country without a name; the newest first. */
export const listCases = query(
  'case.list',
  {
    roles: readers,
    input: CaseFilter,
    about: (_input: CaseFilter, output: { total: number }) => ({ kind: 'case', hits: output.total }),
  },
  async (db, filter, me) => {
    const { rows } = await sql<CaseRow & { total: number }>`
      select *, count(*) over ()::int as total from (${standing}) every_case ${conditions(filter)}
      order by referred_on desc, number desc limit ${perPage} offset ${(filter.page - 1) * perPage}`.execute(db)
    const counties = await db.selectFrom('county').select(['code', 'name']).orderBy('name').execute()
    return { filter, rows, total: rows[0]?.total ?? 0, counties, waiting: await draftsForMe(db, me) }
  },
)

// Which cases may this person see, and how does each of them stand?
import { type RawBuilder, sql } from 'kysely'
import { today } from '../core/clock.server.ts'
import type { Db } from '../core/db.server.ts'
import { casesShown, query } from '../core/operation.server.ts'
import { savedFilters } from '../core/saved/saved-filters.server.ts'
import { mustGoOn } from '../core/turn/turns.server.ts'
import type { Person, Role } from '../core/user.ts'
import { placesIn } from '../partners/places.server.ts'
import { CaseFilter, type CaseRow, mostCounted, perPage } from './case.ts'

/** Who may look at cases; which ones, the policies say. */
export const readers: readonly Role[] = ['lead', 'member', 'coordinator', 'auditor']
/** Who keeps the cases of a network. */
export const keepers: readonly Role[] = ['lead', 'member']

// What was superseded is history; a draft is not yet a word. `past` are the two latest words on the risk, the newest first.
const lines = sql`
  select c.id, c.network_id, c.number, network.name as network, c.county_code, county.name as county, c.referred_on, c.status,
    c.repeat_of, c.legal_basis, c.consent_on, risk.past -> 0 ->> 'level' as level, risk.past, draft.assessor_id as draft_for, need.status as need_status, helper.code as helper, leaving.id as leaving,
    coalesce((select json_agg(json_build_object('id', t.id, 'kind', t.kind, 'due_on', t.due_on) order by t.due_on, t.kind)
      from case_task t where t.case_id = c.id and t.done_at is null), '[]') as tasks
  from case_file c join county on county.code = c.county_code join network on network.id = c.network_id
  left join lateral (select coalesce(json_agg(json_build_object('level', p.level, 'yes_count', p.yes_count)), '[]') as past
    from (select a.level, a.yes_count from assessment a where a.case_id = c.id and a.state <> 'draft' and a.superseded_at is null
      order by a.made_on desc, a.recorded_at desc limit 2) p) risk on true
  left join case_transfer leaving on leaving.case_id = c.id and leaving.state = 'open'
  left join assessment draft on draft.case_id = c.id and draft.state = 'draft' and draft.superseded_at is null
  left join lateral (select n.status from need n where n.case_id = c.id order by n.created_at desc limit 1) need on true
  left join lateral (select v.code from assignment s join volunteer v on v.id = s.volunteer_id
    where s.case_id = c.id and s.status = 'active' order by s.start_on desc limit 1) helper on true`

/** One case as a line of the list, with what else `more` asks of it; nothing where there is none for the person who asks. */
export async function findCaseRow<More = object>(
  db: Db,
  caseId: string,
  more: RawBuilder<unknown> = sql``,
): Promise<(CaseRow & More) | null> {
  const { rows } = await sql<CaseRow & More>`select line.*${more} from (${lines} where c.id = ${caseId}) line`.execute(
    db,
  )
  return rows[0] ?? null
}

// The same as the policies say; said again so that the index of one's own network is used.
function ownCases(me: Person): RawBuilder<unknown> | null {
  if (me.roles.includes('coordinator') || me.roles.includes('auditor')) return null
  return me.networks.length === 1
    ? sql`c.network_id = ${me.networks[0]}::uuid`
    : sql`c.network_id = any(${me.networks}::uuid[])`
}

function conditions(filter: CaseFilter, me: Person): RawBuilder<unknown> {
  const level = sql`(select a.level from assessment a where a.case_id = c.id and a.state <> 'draft' and a.superseded_at is null
    order by a.made_on desc, a.recorded_at desc limit 1)`
  const need = sql`(select n.status from need n where n.case_id = c.id order by n.created_at desc limit 1)`
  const parts = [
    ownCases(me),
    filter.status === 'all' ? null : sql`c.status = ${filter.status}`,
    filter.county ? sql`c.county_code = ${filter.county}` : null,
    filter.risk ? sql`coalesce(${level}, 'none') = ${filter.risk}` : null,
    // Of a closed case the list tells nothing of the support: nobody looks for it there, and what came out of the old workbook differs in it.
    filter.need ? sql`(c.status = 'open' and coalesce(${need}, 'none') = ${filter.need})` : null,
    filter.due ? dueIn(filter.due) : null,
    filter.moved ? movedBy(filter.moved) : null,
    filter.number ? sql`position(upper(${filter.number}) in c.number) > 0` : null,
  ].filter((part) => part !== null)
  return parts.length ? sql`where ${sql.join(parts, sql` and `)}` : sql``
}

// What has to be done in the case and what somebody has promised, late or within seven days.
function dueIn(due: NonNullable<CaseFilter['due']>): RawBuilder<unknown> {
  const by = due === 'late' ? sql`${today()}::date - 1` : sql`${today()}::date + 7`
  return sql`(exists (select from case_task t where t.case_id = c.id and t.done_at is null and t.due_on <= ${by})
    or exists (select from case_action a where a.case_id = c.id and a.state = 'open' and a.due_on <= ${by}))`
}

const movedBy = (moved: NonNullable<CaseFilter['moved']>): RawBuilder<unknown> =>
  moved === 'came'
    ? sql`exists (select from case_transfer t where t.case_id = c.id and t.state = 'accepted' and t.to_network_id = c.network_id)`
    : sql`exists (select from case_transfer t where t.case_id = c.id and t.state = 'open')`

const draftsFor = (me: Person) => sql`
  select a.case_id, f.number, a.made_on from assessment a join case_file f on f.id = a.case_id
  where a.state = 'draft' and a.superseded_at is null and a.assessor_id = ${me.id} order by a.made_on`

type WaitingDraft = { caseId: string; number: string; madeOn: string }

/** Drafts of risk assessments that wait for this person as the trained assessor. */
export async function draftsForMe(db: Db, me: Person): Promise<WaitingDraft[]> {
  return (await sql<WaitingDraft>`${draftsFor(me)}`.execute(db)).rows
}

type Listed = { total: number; rows: CaseRow[]; waiting: WaitingDraft[] }

// The lines of a page are chosen first, so that what a line tells is looked up for these alone; counting stops where nobody turns pages any more, and goes
// in their order, or it would read through cases of others until it has enough.
function listOf(filter: CaseFilter, me: Person): RawBuilder<Listed> {
  const which = sql`${conditions(filter, me)} order by c.referred_on desc, c.number desc`
  return sql`
    with chosen as materialized (select c.id from case_file c ${which} limit ${perPage} offset ${(filter.page - 1) * perPage})
    select (select count(*)::int from (select from case_file c ${which} limit ${mostCounted + 1}) counted) as total,
      (select coalesce(json_agg(line order by line.referred_on desc, line.number desc), '[]')
        from (${lines} where c.id = any(array(select id from chosen))) line) as rows,
      (select coalesce(json_agg(draft), '[]') from (${draftsFor(me)}) draft) as waiting`
}

/** Of one's own network, or of the whole country without a name; the newest first. */
export const listCases = query(
  'case.list',
  {
    roles: readers,
    input: CaseFilter,
    about: (_input: CaseFilter, { total, rows, waiting }: Listed) => ({
      ...{ kind: 'case', hits: total },
      ...casesShown([...rows.map(({ id }) => id), ...waiting.map(({ caseId }) => caseId)]),
    }),
  },
  async (db, filter, me) => {
    if (filter.number) await mustGoOn(db)
    const { rows } = await listOf(filter, me).execute(db)
    const { counties } = await placesIn(db)
    return {
      filter,
      counties,
      saved: await savedFilters(db, me, 'cases'),
      ...(rows[0] ?? { total: 0, rows: [], waiting: [] }),
    }
  },
)

// How does a test write into the log what somebody would have to have done at night, or ninety times?
import { referCase } from './cases.ts'
import type { Cast, CastName } from './cast.ts'

type Told = {
  action?: string
  result?: string
  /** Minutes ago. */
  ago?: number
  at?: Date
  behalf?: string
}

/** One event, as the database would have written it; answers its number. */
export async function logged(cast: Cast, who: CastName, caseId: string | null, told: Told = {}): Promise<number> {
  const { action = 'case.open', result = 'done', ago = 1, behalf = null } = told
  const at = told.at ?? new Date(Date.now() - ago * 60_000)
  const { rows } = await cast.admin.query<{ seq: string }>(
    `insert into audit_event (seq, at, actor, on_behalf_of, action, case_id, network_id, result, fields, prev, hash)
     select (select coalesce(max(seq), 0) + 1 from audit_event), $1, $2, $3, $4, $5::uuid, (select network_id from case_file where id = $5::uuid), $6, '{}', '\\x00', '\\x00'
     returning seq`,
    [at, cast[who].id, behalf, action, caseId, result],
  )
  return Number(rows[0]?.seq)
}

type Found = {
  id: string
  rule: string
  person_id: string
  case_id: string | null
  count: number
  usual: number | null
}

/** What has been found so far about somebody. */
export async function foundAbout(cast: Cast, who: CastName): Promise<Found[]> {
  const { rows } = await cast.admin.query<Found>(
    'select id, rule, person_id, case_id, count, usual from watch_finding where person_id = $1 order by found_at, rule',
    [cast[who].id],
  )
  return rows
}

/** Something was found about somebody, in no case. */
export async function givenFinding(cast: Cast, who: CastName): Promise<string> {
  const { rows } = await cast.admin.query<{ id: string }>(
    `insert into watch_finding (rule, person_id, key, count, first_seq, last_seq, from_at, to_at)
     values ('hours', $1, gen_random_uuid(), 5, 1, 9, now(), now()) returning id`,
    [cast[who].id],
  )
  return rows[0]?.id ?? ''
}

/** So many cases of Lea's. */
export async function givenCases(cast: Cast, count: number): Promise<string[]> {
  const ids: string[] = []
  for (let nth = 0; nth < count; nth++) ids.push(await referCase(cast.lea))
  return ids
}

/** Nothing has happened and nothing was found. */
export async function quiet(cast: Cast): Promise<void> {
  await cast.admin.query(
    `set session_replication_role = replica; delete from watch_finding; delete from watch_round; delete from audit_event; delete from mail_outbox; set session_replication_role = origin`,
  )
}

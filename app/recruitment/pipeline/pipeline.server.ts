// Who is on the way to becoming a volunteer today, how far, and whose turn is it?
import { sql } from 'kysely'
import { today } from '../../core/clock.server.ts'
import type { Db } from '../../core/db.server.ts'
import { query } from '../../core/operation.server.ts'
import { type FoundKey, vaultBehind } from '../../core/seal.server.ts'
import { settingsOn } from '../../core/settings.server.ts'
import { placesIn } from '../../partners/places.server.ts'
import { stages } from '../../volunteers/volunteer.ts'
import { factsPlace } from '../apply/apply.server.ts'
import { Facts } from '../apply/apply.ts'
import { fallsThrough, idleSince, type OnTheWay, type Place, type Step } from '../recruitment.ts'
import type { ReferenceCount } from '../reference/reference.ts'
import { lateTargets } from '../target/standing.server.ts'
import { ListPipeline, type Wanted } from './pipeline-input.ts'

/** Who sees the pipeline; the coordinator alone opens what was written and decides. */
export const readers = ['coordinator', 'manager'] as const

type Handed = FoundKey & { id: string; code: string; countyCode: string; since: string; factsSealed: Buffer | null }

/** Applications that nobody has decided about. */
async function handedIn(db: Db): Promise<OnTheWay[]> {
  const { rows } = await sql<Handed>`
    select a.id, a.code, a.county_code, (a.arrived_at at time zone 'Europe/Tallinn')::date as since, a.facts_sealed,
      k.kind, k.master_id, k.wrapped, k.wrapped_other
    from application a left join sealed_key k on k.owner_id = a.id where a.outcome is null and a.erased_at is null`.execute(
    db,
  )
  return rows.map((row) => ({
    ...{ id: row.id, code: row.code, place: 'new', since: row.since, county: row.countyCode, next: null },
    references: null,
    name: factsOf(row)?.name ?? null,
  }))
}

/** What was written, for whoever holds the key. */
export function factsOf(row: FoundKey & { id: string; factsSealed: Buffer | null }): Facts | null {
  if (!row.factsSealed || !row.wrapped) return null
  return Facts.parse(JSON.parse(vaultBehind(row, row.id).open(factsPlace(row.id), row.factsSealed)))
}

type InStage = Omit<OnTheWay, 'next' | 'place' | 'references'> &
  ReferenceCount & { place: Place } & (
    | { step: Step; dueOn: string; owner: string; note: string | null }
    | { step: null }
  )

/** Volunteers before their first case, each with the step that was agreed last. */
async function inStages(db: Db, only?: string): Promise<OnTheWay[]> {
  const { rows } = await sql<InStage>`
    select v.id, v.code, v.name, v.county_code as county, v.status as place,
      coalesce((select max(s.from_on) from volunteer_status s where s.volunteer_id = v.id), (v.created_at at time zone 'Europe/Tallinn')::date) as since,
      n.step, n.due_on, n.owner_id as owner, n.note, q.asked, q.answered, q.expired
    from volunteer v left join lateral (
      select r.step, r.due_on, r.owner_id, r.note from recruitment_step r where r.volunteer_id = v.id order by r.recorded_at desc limit 1) n on true
      cross join lateral (select count(*)::int as asked, count(r.answered_at)::int as answered,
        (count(*) filter (where r.answered_at is null and r.expires_at <= now()))::int as expired
        from reference_request r where r.volunteer_id = v.id and r.revoked_at is null) q
    where v.status = any (${[...stages]}::text[]) and (${only ?? null}::uuid is null or v.id = ${only ?? null})`.execute(
    db,
  )
  return rows.map(({ id, code, name, county, place, since, asked, answered, expired, ...step }) => ({
    ...{ id, code, name, county, place, since },
    references: asked > 0 ? { asked, answered, expired } : null,
    next: step.step ? { step: step.step, dueOn: step.dueOn, owner: step.owner, note: step.note } : null,
  }))
}

/** Everybody on the way, whoever waits longest without a step first. */
export async function onTheWay(db: Db): Promise<OnTheWay[]> {
  const all = [...(await handedIn(db)), ...(await inStages(db))]
  const key = (one: OnTheWay) => `${idleSince(one, today()) ?? '9'} ${one.since} ${one.code}`
  return all.toSorted((a, b) => (key(a) < key(b) ? -1 : 1))
}

export const wayOf = async (db: Db, id: string): Promise<OnTheWay | null> => (await inStages(db, id))[0] ?? null

/** Who may have a candidate in hand: the coordinators in office. */
export async function ownersIn(db: Db): Promise<{ id: string; name: string }[]> {
  const { rows } = await sql<{ id: string; name: string }>`
    select distinct p.id, p.name from person p join person_role r on r.person_id = p.id
    where r.role = 'coordinator' and p.status = 'active' and ${today()}::date between r.valid_from and r.valid_to order by p.name`.execute(
    db,
  )
  return rows
}

async function list(db: Db, wanted: Wanted) {
  const { applicantStepDays: days } = await settingsOn(db)
  const all = await onTheWay(db)
  const mine = (one: OnTheWay) => !wanted.owner || one.next?.owner === wanted.owner
  const rows = all.filter((one) => mine(one) && (!wanted.idle || fallsThrough(one, today(), days)))
  const after = await db
    .selectFrom('volunteer')
    .select(sql<string>`status_on(status, paused_until, ${today()}::date)`.as('status'))
    .select((e) => e.fn.countAll<number>().as('count'))
    .where('status', 'in', ['active', 'paused', 'ended'])
    .groupBy(sql`1`)
    .execute()
  const { counties } = await placesIn(db)
  return { wanted, days, today: today(), rows, after, owners: await ownersIn(db), counties }
}
export type Found = Awaited<ReturnType<typeof list>>

export const listPipeline = query(
  'recruitment.list',
  {
    roles: readers,
    input: ListPipeline,
    about: (_, found: Found) => ({ kind: 'application', hits: found.rows.length }),
  },
  list,
)

/** For the coordinator's first page: what nobody has looked at, with whom nothing is agreed for too long, and which target is late. */
export async function recruitmentWaiting(db: Db) {
  const { applicantStepDays: days } = await settingsOn(db)
  const all = await onTheWay(db)
  const idle = all.filter((one) => fallsThrough(one, today(), days))
  const fresh = all.filter((one) => one.place === 'new' && !idle.includes(one))
  return { days, fresh, idle, late: await lateTargets(db) }
}

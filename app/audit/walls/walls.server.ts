// Between whom and which case does a wall stand, what was seen before it, and who lifts it?
import { sql } from 'kysely'
import { z } from 'zod'
import { mustBeFresh } from '../../access/fresh.ts'
import { holdersOf } from '../../access/holders.server.ts'
import { asPerson, type Db } from '../../core/db.server.ts'
import { Conflict, Invalid, NotFound } from '../../core/errors.ts'
import { command, query } from '../../core/operation.server.ts'
import { openKept, sealForProcess } from '../../core/seal.server.ts'
import type { Person, Role } from '../../core/user.ts'
import type { Job } from '../../process/jobs.server.ts'
import { mailAbout } from '../../process/mail.server.ts'
import type { AuditEvent } from '../audit.ts'
import { AskLift, WallId, type WallRow } from './wall.ts'

const watchers: readonly Role[] = ['auditor', 'admin']

// What somebody asked who is no auditor any more is not asked.
const asked = sql`w.lift_asked_by is not null and holds(w.lift_asked_by, 'auditor')`

const listed = sql`
  select w.id, p.name as person, name_then(w.person_id, w.set_at) as person_then, w.number, n.name as network, w.source, wall_outlived(w.id) as outlived, w.set_at, w.person_id, w.case_id, w.lift_asked_by,
    case when w.lifted_at is not null then 'lifted' when ${asked} then 'asked' else 'stands' end as state,
    (select count(*)::int from audit_event e where e.actor = w.person_id and e.case_id = w.case_id and e.at < w.set_at and e.result = 'done') as seen,
    w.lifted_at is null and ${asked} and wall_decider(w.lift_asked_by, w.person_id) as may_decide
  from wall w join person p on p.id = w.person_id join network n on n.id = w.network_id`

/** The newest first; those that wait for a decision before all. */
export const listWalls = query(
  'wall.list',
  { roles: watchers, input: z.object({}), about: () => ({ kind: 'wall' }) },
  async (db) => {
    const { rows } = await sql<WallRow>`
      select * from (${listed}) l order by may_decide desc, state = 'asked' desc, outlived and state = 'stands' desc, set_at desc, number limit 300`.execute(
      db,
    )
    return rows
  },
)

type Opened = WallRow & { personId: string; caseId: string; liftReasonSealed: Buffer | null }

/** One wall: who stands before it, why somebody wants it lifted, and what was done in the case before it stood. */
export const openWall = query(
  'wall.open',
  { roles: watchers, input: WallId, about: (input: { id: string }) => ({ kind: 'wall', id: input.id }) },
  async (db, { id }) => {
    const { rows } = await sql<
      Opened & { askedBy: string | null; askedThen: string | null; liftedBy: string | null; liftedThen: string | null }
    >`
      select l.*, w.lift_reason_sealed, asked.name as asked_by, name_then(w.lift_asked_by, w.lift_asked_at) as asked_then,
        lifted.name as lifted_by, name_then(w.lifted_by, w.lifted_at) as lifted_then
      from (${listed}) l join wall w on w.id = l.id left join person asked on asked.id = w.lift_asked_by
        left join person lifted on lifted.id = w.lifted_by where l.id = ${id}`.execute(db)
    const [wall] = rows
    if (!wall) throw new NotFound()
    const reason = openKept(`wall/${id}`, wall.liftReasonSealed)
    return { wall, reason, events: await seenBefore(db, wall) }
  },
)
export type WallFacts = Awaited<ReturnType<typeof openWall.run>>

async function seenBefore(db: Db, wall: Opened): Promise<AuditEvent[]> {
  const { rows } = await sql<AuditEvent>`
    select e.seq, e.at, e.action, e.result, e.hits, e.case_id, e.network_id, e.actor as actor_id, ${wall.person} as actor,
      name_then(e.actor, e.at) as actor_then, ${wall.number} as case_number, '{}'::text[] as actor_roles
    from audit_event e where e.actor = ${wall.personId} and e.case_id = ${wall.caseId} and e.at < ${wall.setAt}
    order by e.seq desc limit 200`.execute(db)
  return rows
}

const reasonFrom = 20
const aboutWall = (input: { id: string }) => ({ kind: 'wall', id: input.id })

/** An auditor asks, saying why; somebody else decides (security.md §3.3: lifting needs two people). */
export const askToLift = command(
  'wall.ask',
  {
    roles: ['auditor'],
    input: AskLift,
    about: (input: z.output<typeof AskLift>) => ({
      ...aboutWall(input),
      reason: sealForProcess('reason', input.reason),
    }),
  },
  async (db, { id, reason }, me) => {
    mustBeFresh(me)
    if (reason.length < reasonFrom)
      throw new Invalid({ reason: { key: 'audit.wall.reasonShort', args: { min: reasonFrom } } })
    const sealed = sealForProcess(`wall/${id}`, reason)
    const { rows } = await sql<{ done: boolean }>`select wall_ask(${id}::uuid, ${sealed}::bytea) as done`.execute(db)
    if (!rows[0]?.done) await notDone(db, id)
    await tellDeciders(db, id, me)
  },
)

async function decide(db: Db, id: string, lifts: boolean, me: Person): Promise<void> {
  mustBeFresh(me)
  const { rows } = await sql<{ done: boolean }>`select wall_decide(${id}::uuid, ${lifts}) as done`.execute(db)
  if (!rows[0]?.done) await notDone(db, id)
}

export const liftWall = command('wall.lift', { roles: watchers, input: WallId, about: aboutWall }, (db, { id }, me) =>
  decide(db, id, true, me),
)
export const keepWall = command('wall.keep', { roles: watchers, input: WallId, about: aboutWall }, (db, { id }, me) =>
  decide(db, id, false, me),
)

// A wall that one may see but that is no longer in this state; otherwise there is none.
async function notDone(db: Db, id: string): Promise<never> {
  const there = await db.selectFrom('wall').select('id').where('id', '=', id).executeTakeFirst()
  throw there ? new Conflict({ key: 'audit.wall.notNow' }) : new NotFound()
}

async function tellDeciders(db: Db, id: string, me: Person): Promise<void> {
  const { personId, caseId } = await db
    .selectFrom('wall')
    .select(['personId', 'caseId'])
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  for (const person of await watchersBut(db, [me.id, personId])) await mailAbout(db, caseId, person, 'new-task')
}

/** The auditors other than these; where there is none, the administrators. */
export async function watchersBut(db: Db, these: readonly string[]): Promise<string[]> {
  const others = async (role: Role) => (await holdersOf(db, role)).filter((one) => !these.includes(one))
  const auditors = await others('auditor')
  return auditors.length ? auditors : others('admin')
}

type Waiting = { raised: number; toDecide: number; outlived: number }

/** For the home of whoever decides: walls raised in the last week, requests that wait for them, and walls whose reason may be gone. */
export async function wallsWaiting(db: Db): Promise<Waiting> {
  const { rows } = await sql<Waiting>`
    select (count(*) filter (where set_at > now() - interval '7 days' and state = 'stands'))::int as raised,
      (count(*) filter (where may_decide))::int as to_decide,
      (count(*) filter (where outlived and state = 'stands'))::int as outlived from (${listed}) l`.execute(db)
  return rows[0] ?? { raised: 0, toDecide: 0, outlived: 0 }
}

/**
 * The auditors are told by the process and not by the command that raised the wall: that one takes no longer and writes
 * nothing that its author could read. The event of the audit names the process, no case and no network.
 */
export async function tellOfWalls(system: Person): Promise<number> {
  return asPerson('write', system.claim, async (db) => {
    const raised = await db
      .selectFrom('wall')
      .select(['id', 'personId', 'caseId'])
      .where('toldAt', 'is', null)
      .execute()
    for (const { id, personId, caseId } of raised) {
      for (const watcher of await watchersBut(db, [personId]))
        await mailAbout(db, caseId, watcher, 'new-task', `wall/${id}/${watcher}`)
      await db.updateTable('wall').set({ toldAt: sql<Date>`now()` }).where('id', '=', id).execute()
      await sql`select audit_append('wall.raised', 'wall', ${id}, null, null, 'done', '{}', null, null)`.execute(db)
    }
    return raised.length
  })
}

export const wallAlarms: Job = { name: 'wall-alarms', cron: '* * * * *', run: tellOfWalls }

/** A case that is without its wall, however that came about, gets it within the hour; the triggers leave none out. */
const raiseMissing = (system: Person): Promise<number> =>
  asPerson('write', system.claim, async (db) => {
    const { rows } = await sql<{ count: number }>`select walls_sweep() as count`.execute(db)
    return rows[0]?.count ?? 0
  })

export const wallsMissing: Job = { name: 'walls-missing', cron: '17 * * * *', run: raiseMissing }

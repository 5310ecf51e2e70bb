// How is it practised that somebody does not come back, and how long did each step of it take?
import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { z } from 'zod'
import { today } from '../../core/clock.server.ts'
import type { Db } from '../../core/db.server.ts'
import { Conflict, Invalid, NotFound } from '../../core/errors.ts'
import { command, query } from '../../core/operation.server.ts'
import { settingsOn } from '../../core/settings.server.ts'
import type { Person } from '../../core/user.ts'
import { BeginDrill, OutingId, type Taken } from './outing.ts'

const roles = ['coordinator', 'supervisor'] as const
const about = (_: unknown, { id }: { id: string }) => ({ kind: 'outing', id })

export type Drill = {
  id: string
  volunteer: string
  begunBy: string | null
  begunAt: Date
  endedAt: Date | null
  ending: 'drilled' | 'stopped' | null
  mayStop: boolean
  steps: Taken[]
}

/** Who can be tried: whoever works and has an account, of those whom one guides or of all; nobody tries herself. */
async function triable(db: Db, me: Person): Promise<{ id: string; name: string }[]> {
  const { rows } = await sql<{ id: string; name: string }>`
    select v.id, v.name from volunteer v
    where status_on(v.status, v.paused_until, ${today()}::date) = 'active' and v.person_id is not null and v.person_id <> ${me.id}
      and (${me.roles.includes('coordinator')} or v.id = any ((select auth_supervisees())::uuid[]))
    order by v.name collate "et-x-icu"`.execute(db)
  return rows
}

async function drillsOf(db: Db, me: Person): Promise<Drill[]> {
  const { rows } = await sql<Omit<Drill, 'steps'>>`
    select o.id, v.name as volunteer, p.name as begun_by, o.recorded_at as begun_at, o.ended_at, o.ending,
      o.ended_at is null and (${me.roles.includes('coordinator')} or o.recorded_by = ${me.id}) as may_stop
    from outing o join volunteer v on v.id = o.volunteer_id left join person p on p.id = o.recorded_by
    where o.case_id is null and v.person_id is distinct from ${me.id} order by o.recorded_at desc limit 100`.execute(db)
  // The first step is answered by herself alone, whose account not everybody sees who sees the drill.
  const { rows: steps } = await sql<Taken & { outingId: string }>`
    select s.outing_id, s.step, s.due_at, s.taken_at, s.told, s.answered_at,
      case when s.answered_at is null then null when s.step = 1 then v.name else p.name end as answered_by
    from outing_step s join outing o on o.id = s.outing_id join volunteer v on v.id = o.volunteer_id left join person p on p.id = s.answered_by
    where s.outing_id = any (${rows.map(({ id }) => id)}::uuid[]) order by s.step`.execute(db)
  return rows.map((row) => ({ ...row, steps: steps.filter(({ outingId }) => outingId === row.id) }))
}

export const listDrills = query(
  'support.outing.drill.list',
  {
    roles,
    input: z.object({}),
    about: (_: unknown, { drills }: { drills: unknown[] }) => ({ kind: 'outing', hits: drills.length }),
  },
  async (db, _, me) => {
    const { outingDrillMinutes } = await settingsOn(db)
    return { drills: await drillsOf(db, me), volunteers: await triable(db, me), minutes: outingDrillMinutes }
  },
)

/** A made-up meeting that is over already: with the next minute the ladder begins. */
export const beginDrill = command(
  'support.outing.drill.begin',
  { roles, input: BeginDrill, about, oneByOne: ({ volunteer }) => `drill/${volunteer}` },
  async (db, { volunteer }, me) => {
    const known = (await triable(db, me)).some((one) => one.id === volunteer)
    if (!known) throw new Invalid({ volunteer: { key: 'core.error.choose' } })
    const { rows: running } =
      await sql`select 1 from outing where case_id is null and volunteer_id = ${volunteer}::uuid and ended_at is null`.execute(
        db,
      )
    if (running.length > 0) throw new Conflict({ key: 'support.drill.runs' })
    const id = randomUUID()
    await sql`insert into outing (id, volunteer_id, begins_at, until_at, recorded_by)
      values (${id}, ${volunteer}, now() - interval '1 minute', now(), ${me.id})`.execute(db)
    return { id }
  },
)

export const stopDrill = command('support.outing.drill.stop', { roles, input: OutingId, about }, async (db, { id }) => {
  const { rows } = await sql<{ told: string }>`select outing_stop(${id}::uuid) as told`.execute(db)
  if (rows[0]?.told === 'over') throw new Conflict({ key: 'support.outing.isOver' })
  if (rows[0]?.told !== 'done') throw new NotFound()
  return { id }
})

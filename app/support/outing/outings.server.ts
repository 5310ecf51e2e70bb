// For whom is somebody waiting, and what has she said of it herself?
import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { now } from '../../core/clock.server.ts'
import type { Db } from '../../core/db.server.ts'
import { Conflict, Invalid, NotFound } from '../../core/errors.ts'
import { command, query } from '../../core/operation.server.ts'
import { openForProcess, sealForProcess } from '../../core/seal.server.ts'
import { settingsOn } from '../../core/settings.server.ts'
import type { Person } from '../../core/user.ts'
import { isoDate } from '../../i18n/format.ts'
import type { Loggable } from '../visit/supported.server.ts'
import type { VisitFacts } from '../visit/visit.ts'
import { type Outing, OutingId, type Press, PressOuting, type Span, type Taken } from './outing.ts'
import { tookOf } from './took.ts'

type Words = 'reach' | 'note'
const useOf = (id: string, what: Words) => `outing/${id}/${what}`
/** Closed by the process: for those who may not hold the key of the case as well. */
export const sealWords = (id: string, what: Words, words: string): Buffer => sealForProcess(useOf(id, what), words)

/** Waits for her with a contact that was just planned; Invalid where it is over already. */
export async function waitFor(
  db: Db,
  me: Person,
  of: Pick<Loggable, 'id' | 'networkId' | 'caseId' | 'number' | 'volunteerId'> & { planId: string },
  { onDate, from, minutes, reach }: Span & { reach: string | undefined },
): Promise<void> {
  const id = randomUUID()
  const { rows } = await sql`
    insert into outing (id, network_id, case_id, assignment_id, plan_id, number, volunteer_id, begins_at, until_at, reach_sealed, recorded_by)
    select ${id}::uuid, ${of.networkId}::uuid, ${of.caseId}::uuid, ${of.id}::uuid, ${of.planId}::uuid, ${of.number}, ${of.volunteerId}::uuid, t.begins_at,
      t.begins_at + make_interval(mins => ${minutes}), ${reach ? sealWords(id, 'reach', reach) : null}::bytea, ${me.id}::uuid
    from (select (${onDate}::date + make_interval(mins => ${from})) at time zone 'Europe/Tallinn' as begins_at) t
    where t.begins_at + make_interval(mins => ${minutes}) > now() returning id`.execute(db)
  if (rows.length === 0) throw new Invalid({ until: { key: 'support.outing.past' } })
}

/** `near`: what is written of the case is (still) for the person who asks, as whoever guides her who helps there. */
type Sealed = { reachSealed: Buffer | null; noteSealed: Buffer | null; near: boolean }

const columns = (
  me: Person,
) => sql`o.id, o.network_id, o.case_id, o.assignment_id, o.number, v.name as volunteer, v.phone,
  v.person_id is not distinct from ${me.id} as mine, p.channel, o.begins_at, o.until_at, o.in_at, o.rung, o.ending, o.ended_at, o.heard_at,
  (select name from person where id = o.ended_by) as ended_by`
const among = sql`outing o join volunteer v on v.id = o.volunteer_id left join contact_plan p on p.id = o.plan_id`

const todays = sql`o.ended_at is null and (o.begins_at at time zone 'Europe/Tallinn')::date <= (now() at time zone 'Europe/Tallinn')::date`

/** Her own that are not over and begin today or have begun, the earliest first. */
export async function ownOutings(db: Db, me: Person): Promise<Outing[]> {
  const { rows } = await sql<Outing>`select ${columns(me)} from ${among}
    where v.person_id = ${me.id} and ${todays}
      -- Of a drill she hears when she is reminded, and no more once she has answered.
      and (o.case_id is not null or exists (select from outing_step s where s.outing_id = o.id and s.step = 1 and s.answered_at is null))
    order by o.begins_at`.execute(db)
  return rows
}

/** The same of somebody whom one guides, drills left out: whoever is called by her can say that she is back. */
export async function outingsOf(db: Db, me: Person, volunteerId: string): Promise<Outing[]> {
  const { rows } = await sql<Outing>`select ${columns(me)} from ${among}
    where o.volunteer_id = ${volunteerId}::uuid and o.case_id is not null and ${todays} order by o.begins_at`.execute(
    db,
  )
  return rows
}

// Which steps of a ladder are for this person to answer.
const stepsOf = ({ roles }: Person) => [
  ...(roles.includes('supervisor') ? [2] : []),
  ...(roles.includes('coordinator') ? [3] : []),
]

/** Those that somebody else than she herself has to see to now: of whom one guides, and the coordinator's, whoever waits longest first. */
export async function overdueOutings(db: Db, me: Person): Promise<Outing[]> {
  const { rows } = await sql<Outing>`select ${columns(me)} from ${among}
    where o.ended_at is null and o.rung >= 2 and v.person_id is distinct from ${me.id} and exists (select from outing_step s
      where s.outing_id = o.id and s.until_at = o.until_at and s.step = any (${stepsOf(me)}::int[]) and s.answered_at is null)
    order by o.until_at`.execute(db)
  return rows
}

async function seekOuting(db: Db, me: Person, id: string): Promise<(Outing & Sealed) | undefined> {
  const { rows } = await sql<Outing & Sealed>`select ${columns(me)}, o.reach_sealed, o.note_sealed,
      coalesce(o.case_id = any ((select auth_supervised())::uuid[]), false) as near from ${among} where o.id = ${id}::uuid`.execute(
    db,
  )
  return rows[0]
}

/** One of them, with what was written for those who look for her; NotFound where it is not theirs. */
export async function findOuting(db: Db, me: Person, id: string): Promise<Outing & Sealed> {
  const found = await seekOuting(db, me, id)
  if (!found) throw new NotFound()
  return found
}

export const aboutOuting = (_: unknown, { of }: { of: Pick<Outing, 'id' | 'caseId' | 'networkId'> }) => ({
  ...{ kind: 'outing', id: of.id, caseId: of.caseId ?? undefined, networkId: of.networkId ?? undefined },
})
export const keyOf = ({ id, caseId, networkId }: Outing) => ({ id, caseId, networkId })

export const openOuting = query(
  'support.outing.open',
  { roles: ['volunteer', 'supervisor', 'coordinator'], input: OutingId, about: aboutOuting },
  async (db, { id }, me) => {
    const { reachSealed, noteSealed, near, ...of } = await findOuting(db, me, id)
    const { rows: taken } = await sql<Taken>`select step, due_at, taken_at, told, answered_at, p.name as answered_by
      from outing_step s left join person p on p.id = s.answered_by where outing_id = ${id}::uuid order by taken_at, step`.execute(
      db,
    )
    const open = (what: Words, sealed: Buffer | null) => (sealed ? openForProcess(useOf(id, what), sealed) : null)
    // How to reach her is for those who look for her now.
    const reach = of.mine || of.rung >= 2 ? open('reach', reachSealed) : null
    const { outingLongerMinutes } = await settingsOn(db)
    const asks = taken.some(({ step, answeredAt }) => stepsOf(me).includes(step) && answeredAt === null)
    // What was agreed closes with the case to whoever guides, like every other word of it: the process's key knows no end by itself.
    const note = of.mine || near || me.roles.includes('coordinator') ? open('note', noteSealed) : null
    return { of, taken, asks, reach, note, longer: outingLongerMinutes }
  },
)
export type OpenedOuting = Awaited<ReturnType<typeof openOuting.run>>

/** Says it to the ladder; `pressed`: when, where it was pressed without network. What is over already is nothing to be refused to a device. */
export async function press(db: Db, id: string, what: Press, pressed: Date | null): Promise<'done' | 'over' | 'full'> {
  const { rows } = await sql<{ told: 'done' | 'over' | 'full' | 'missing' }>`
    select outing_press(${id}::uuid, ${what}, ${pressed}::timestamptz) as told`.execute(db)
  const told = rows[0]?.told ?? 'missing'
  if (told === 'missing') throw new NotFound()
  return told
}

export const pressOuting = command(
  'support.outing.press',
  { roles: ['volunteer'], input: PressOuting, about: aboutOuting },
  async (db, { id, what }, me) => {
    const of = keyOf(await findOuting(db, me, id))
    const told = await press(db, id, what, null)
    if (told === 'over') throw new Conflict({ key: 'support.outing.isOver' })
    if (told === 'full') throw new Conflict({ key: 'support.outing.full' })
    return { of }
  },
)

/** A contact that was taken back is no longer waited for, unless she is there already. */
export async function callOff(db: Db, planId: string): Promise<void> {
  await sql`select outing_press(id, 'otherwise') from outing where plan_id = ${planId}::uuid and ended_at is null and in_at is null`.execute(
    db,
  )
}

/** Of which planned contacts of a support the end is waited for. */
export async function waitedFor(
  db: Db,
  assignmentId: string,
): Promise<{ id: string; planId: string; untilAt: Date }[]> {
  const { rows } = await sql<{ id: string; planId: string; untilAt: Date }>`
    select id, plan_id, until_at from outing where assignment_id = ${assignmentId}::uuid and ended_at is null`.execute(
    db,
  )
  return rows
}

export type KnownVisit = VisitFacts & { assignment: string; version: string }

/**
 * What is known of the entry that she is about to write: of a meeting that is over, or so far. `version` changes with what is known. Nothing where
 * it is not hers, or there was none.
 */
export async function knownVisit(db: Db, me: Person, id: string): Promise<KnownVisit | null> {
  const of = await seekOuting(db, me, id)
  if (!of?.mine || !of.assignmentId || (of.endedAt && of.ending !== 'out')) return null
  const { minutes, way } = tookOf({ ...of, endedAt: of.endedAt ?? now() })
  const rest = { note: null, expenseCents: 0, expenseNote: null, danger: false }
  const version = of.endedAt?.toISOString() ?? ''
  return { assignment: of.assignmentId, version, onDate: isoDate(of.inAt ?? of.beginsAt), minutes, way, ...rest }
}

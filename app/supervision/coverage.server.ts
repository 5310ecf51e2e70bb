// Has everybody somebody who guides them, when was the last talk, and who steps in for whom?
import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { z } from 'zod'
import { mustBeFresh } from '../access/fresh.ts'
import { addMonths } from '../core/calendar/working-days.ts'
import { today } from '../core/clock.server.ts'
import type { Db } from '../core/db.server.ts'
import { Invalid } from '../core/errors.ts'
import { command, query } from '../core/operation.server.ts'
import { readSittings } from '../core/setting.ts'
import { settingsOn } from '../core/settings.server.ts'
import { mailTo } from '../process/mail.server.ts'
import { supervisorsIn } from '../volunteers/volunteers.server.ts'
import { absences, standings } from './duty.server.ts'
import { covisionState, NameDeputy, type State, stateOf } from './supervision.ts'
import { loadByCounty } from './wellbeing/load.server.ts'

const order: State[] = ['unguided', 'moved', 'overdue', 'soon', 'forgotten', 'fine']

/** Everybody who works today or has a support in hand though on a pause, with how their supervision stands; what needs a hand first. */
export async function coverage(db: Db) {
  const { supervisionQuietMonths } = await settingsOn(db)
  const quietFrom = addMonths(today(), -supervisionQuietMonths)
  const known = await standings(db)
  const { rows } = await sql<{
    id: string
    code: string
    name: string
    supervisorSince: string | null
    supervisor: string | null
  }>`
    select v.id, v.code, v.name, v.supervisor_since, p.name as supervisor from volunteer v left join person p on p.id = v.supervisor_id
    where status_on(v.status, v.paused_until, ${today()}::date) = 'active'
      or (v.status = 'paused' and v.id = any (array(select volunteer_id from assignment where status = 'active'))) order by v.name collate "et-x-icu"`.execute(
    db,
  )
  const people = rows.flatMap(({ supervisorSince, ...row }) => {
    const standing = known.get(row.id)
    return standing ? [{ ...row, standing, state: stateOf(standing, today(), quietFrom, supervisorSince) }] : []
  })
  return people.toSorted((a, b) => order.indexOf(a.state) - order.indexOf(b.state))
}
export type Covered = Awaited<ReturnType<typeof coverage>>[number]

const late: State[] = ['unguided', 'moved', 'overdue', 'forgotten']

/** How many have a supervision that does not stand as it should. */
export const uncovered = (people: readonly Pick<Covered, 'state'>[]): number =>
  people.filter(({ state }) => late.includes(state)).length

export type Unread = { supervisorId: string | null; entries: number; oldest: string }

/** How many entries nobody has read for longer than the rule allows, by who guides; which they are is hers to know. */
export const unreadLong = async (db: Db): Promise<Unread[]> =>
  (await sql<Unread>`select supervisor_id, entries, oldest from unread_long() order by oldest`.execute(db)).rows

/** How many have had no covision in time, and none is planned. */
export const withoutCovision = (people: readonly Pick<Covered, 'standing'>[]): number =>
  people.filter(({ standing }) => covisionState(standing, today()) === 'overdue').length

/** How many are due for a covision from today until that day while none is planned, and on which day the first of them is. */
export async function covisionDueBy(db: Db, to: string): Promise<{ due: number; firstDue: string | null }> {
  const days = (await coverage(db)).flatMap(({ standing: { covisionDue, covisionNext } }) =>
    covisionDue !== null && covisionNext === null && today() <= covisionDue && covisionDue <= to ? [covisionDue] : [],
  )
  return { due: days.length, firstDue: days.toSorted()[0] ?? null }
}

/** Every supervisor in office with her deputy. */
export async function deputies(db: Db) {
  const supervisors = await supervisorsIn(db)
  const named = await db
    .selectFrom('supervisionDeputy')
    .select(['supervisorId', 'deputyId'])
    .where('endedAt', 'is', null)
    .execute()
  const nameOf = new Map(supervisors.map(({ id, name }) => [id, name]))
  return supervisors.map((one) => {
    const deputyId = named.find(({ supervisorId }) => supervisorId === one.id)?.deputyId ?? null
    return { ...one, deputyId, deputy: deputyId ? (nameOf.get(deputyId) ?? null) : null }
  })
}

export const openCoverage = query(
  'supervision.coverage',
  {
    roles: ['coordinator'],
    input: z.object({}),
    about: (_: unknown, { people }: { people: unknown[] }) => ({ kind: 'volunteer', hits: people.length }),
  },
  async (db) => {
    const { supervisionWeeks, supervisionGraceDays, covisionWeeks, supervisionKinds, smallCount, unreadTellDays } =
      await settingsOn(db)
    return {
      ...{ today: today(), supervisionWeeks, supervisionGraceDays, covisionWeeks, smallCount, unreadTellDays },
      unread: await unreadLong(db),
      kinds: readSittings(supervisionKinds) ?? [],
      people: await coverage(db),
      deputies: await deputies(db),
      absences: await absences(db),
      loads: await loadByCounty(db),
    }
  },
)

export const openDeputies = query(
  'supervision.deputy.form',
  { roles: ['coordinator'], input: z.object({}) },
  async (db) => ({
    deputies: await deputies(db),
  }),
)

/** One deputy at a time; whoever was it before is so no more. */
export const nameDeputy = command(
  'supervision.deputy.name',
  {
    roles: ['coordinator'],
    input: NameDeputy,
    about: (_: unknown, { id }: { id: string }) => ({ kind: 'deputy', id }),
  },
  async (db, { supervisor, deputy }, me) => {
    mustBeFresh(me)
    // Two people are needed for what is said in confidence.
    if (deputy === me.id) throw new Invalid({ deputy: { key: 'supervision.error.own' } })
    const known = new Set((await supervisorsIn(db)).map(({ id }) => id))
    if (!known.has(supervisor)) throw new Invalid({ supervisor: { key: 'core.error.choose' } })
    if (!known.has(deputy)) throw new Invalid({ deputy: { key: 'core.error.choose' } })
    if (supervisor === deputy) throw new Invalid({ deputy: { key: 'supervision.error.self' } })
    await db
      .updateTable('supervisionDeputy')
      .set({ endedBy: me.id, endedAt: sql<Date>`now()` })
      .where('supervisorId', '=', supervisor)
      .where('endedAt', 'is', null)
      .execute()
    const id = randomUUID()
    await db
      .insertInto('supervisionDeputy')
      .values({ id, supervisorId: supervisor, deputyId: deputy, setBy: me.id })
      .execute()
    for (const person of [supervisor, deputy]) await mailTo(db, person, 'new-task')
    return { id }
  },
)

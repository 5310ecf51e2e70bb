// Whom does a supervisor guide, and who of them needs something today?
import { sql } from 'kysely'
import { z } from 'zod'
import { addDays } from '../../core/calendar/working-days.ts'
import { today } from '../../core/clock.server.ts'
import type { Db } from '../../core/db.server.ts'
import { id } from '../../core/form/fields.ts'
import { query } from '../../core/operation.server.ts'
import { settingsOn } from '../../core/settings.server.ts'
import { openConcerns } from '../concern/concerns.server.ts'
import { runningSupports } from '../feedback/rhythm.server.ts'
import { outingsOf } from '../outing/outings.server.ts'
import { guidedByMe } from '../visit/supported.server.ts'
import { monthOf, type Way } from '../visit/visit.ts'
import type { ReportStatus } from './month-report.ts'

type Report = { id: string; volunteerId: string; month: string; dueOn: string; status: ReportStatus; need: string }

async function reportsOf(db: Db, volunteers: string[]): Promise<Report[]> {
  if (volunteers.length === 0) return []
  return db
    .selectFrom('monthReport')
    .select(['id', 'volunteerId', 'month', 'dueOn', 'supervisionNeed as need'])
    .select(sql<ReportStatus>`status`.as('status'))
    .where('volunteerId', 'in', volunteers)
    .orderBy('month', 'desc')
    .execute()
}

const guided = (db: Db) =>
  db
    .selectFrom('volunteer')
    .select(['id', 'code', 'name', 'phone', 'supervisorId'])
    .where('id', '=', guidedByMe)
    .where('status', '<>', 'ended')
    .orderBy('name')
    .execute()

async function lastContacts(db: Db, volunteers: string[]): Promise<Map<string, string | null>> {
  if (volunteers.length === 0) return new Map()
  const last = await db
    .selectFrom('visit')
    .select((row) => ['volunteerId', row.fn.max('onDate').as('last')])
    .where('volunteerId', 'in', volunteers)
    .where('supersededAt', 'is', null)
    .groupBy('volunteerId')
    .execute()
  return new Map(last.map((row) => [row.volunteerId, row.last]))
}

/** Visits of the last three months that went against what was asked for, the latest first. */
async function outsideVisits(db: Db, volunteers: string[]) {
  if (volunteers.length === 0) return []
  return db
    .selectFrom('visit')
    .select(['id', 'volunteerId', 'number', 'onDate', 'outside'])
    .select(sql<Way>`way`.as('way'))
    .where('volunteerId', 'in', volunteers)
    .where('supersededAt', 'is', null)
    .where(sql<boolean>`outside <> '{}'`)
    .where('onDate', '>=', addDays(today(), -92))
    .orderBy('onDate', 'desc')
    .execute()
}

/** Everybody whom the person who asks guides; `quiet`: a support without contact for longer than was agreed. */
export async function supervisees(db: Db) {
  const people = await guided(db)
  const ids = people.map((person) => person.id)
  const [running, reports, worries] = [await runningSupports(db), await reportsOf(db, ids), await openConcerns(db)]
  const last = await lastContacts(db, ids)
  const outside = await outsideVisits(db, ids)
  return people.map((person) => {
    const supports = running.filter((one) => one.volunteerId === person.id)
    const own = reports.filter((report) => report.volunteerId === person.id)
    return {
      ...{ ...person, supports, active: supports.length, last: last.get(person.id) ?? null },
      quiet: supports.some(({ quiet }) => quiet > 0),
      waiting: own.filter((report) => report.status === 'submitted'),
      late: own.filter((report) => isOpen(report.status) && report.dueOn < today()),
      concerns: worries.filter((concern) => concern.volunteerId === person.id).length,
      outside: outside.filter((visit) => visit.volunteerId === person.id).length,
    }
  })
}
export type Supervisee = Awaited<ReturnType<typeof supervisees>>[number]

const isOpen = (status: ReportStatus) => status === 'draft' || status === 'returned'

export const listSupervisees = query(
  'support.supervision.list',
  {
    roles: ['supervisor'],
    input: z.object({}),
    about: (_: unknown, output: { people: unknown[] }) => ({ kind: 'volunteer', hits: output.people.length }),
  },
  async (db) => {
    const people = await supervisees(db)
    return { people, today: today() }
  },
)

/** One supervisee with every report there is. */
export const openSupervisee = query(
  'support.supervision.open',
  {
    roles: ['supervisor'],
    input: z.object({ id: id() }),
    about: (input) => ({ kind: 'volunteer', id: input.id }),
  },
  async (db, { id }, me) => {
    const person = await db
      .selectFrom('volunteer')
      .select(['id', 'code', 'name', 'phone'])
      .where('id', '=', id)
      .where('id', '=', guidedByMe)
      .executeTakeFirstOrThrow()
    const [reports, outside] = [await reportsOf(db, [id]), await outsideVisits(db, [id])]
    const supports = (await runningSupports(db)).filter((one) => one.volunteerId === id)
    const { quietDays } = await settingsOn(db)
    return {
      ...{ person, supports, quietDays, outside, outings: await outingsOf(db, me, id) },
      reports: reports.map((row) => ({ ...row, month: monthOf(row.month) })),
      today: today(),
    }
  },
)

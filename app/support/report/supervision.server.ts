// Whom does a supervisor guide, and who of them needs something today?
import { sql } from 'kysely'
import { z } from 'zod'
import { addDays } from '../../core/calendar/working-days.ts'
import { today } from '../../core/clock.server.ts'
import type { Db } from '../../core/db.server.ts'
import { query } from '../../core/operation.server.ts'
import { settingsOn } from '../../core/settings.server.ts'
import type { Person } from '../../core/user.ts'
import { daysBetween } from '../../ui/date.ts'
import { openConcerns } from '../concern/concerns.server.ts'
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

const guided = (db: Db, me: Person) =>
  db
    .selectFrom('volunteer')
    .select(['id', 'code', 'name', 'phone'])
    .where('supervisorId', '=', me.id)
    .where('status', '<>', 'ended')
    .orderBy('name')
    .execute()

/** Running cases, since when the earliest of them has run, and the last contact, per volunteer. */
async function contactsOf(db: Db, volunteers: string[]) {
  if (volunteers.length === 0) return new Map<string, { active: number; since: string | null; last: string | null }>()
  const running = await db
    .selectFrom('assignment')
    .select((row) => ['volunteerId', row.fn.countAll<number>().as('active'), row.fn.min('startOn').as('since')])
    .where('volunteerId', 'in', volunteers)
    .where('status', '=', 'active')
    .groupBy('volunteerId')
    .execute()
  const last = await db
    .selectFrom('visit')
    .select((row) => ['volunteerId', row.fn.max('onDate').as('last')])
    .where('volunteerId', 'in', volunteers)
    .where('supersededAt', 'is', null)
    .groupBy('volunteerId')
    .execute()
  const days = new Map(last.map((row) => [row.volunteerId, row.last]))
  return new Map(
    volunteers.map((id) => {
      const own = running.find((row) => row.volunteerId === id)
      return [id, { active: own?.active ?? 0, since: own?.since ?? null, last: days.get(id) ?? null }]
    }),
  )
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

/** Everybody whom the person who asks guides; `quiet`: a running case and no contact for the days of the setting. */
export async function supervisees(db: Db, me: Person) {
  const people = await guided(db, me)
  const ids = people.map((person) => person.id)
  const { quietDays } = await settingsOn(db)
  const [contacts, reports, worries] = [await contactsOf(db, ids), await reportsOf(db, ids), await openConcerns(db)]
  const outside = await outsideVisits(db, ids)
  return people.map((person) => {
    const { active = 0, since = null, last = null } = contacts.get(person.id) ?? {}
    const from = last && since && last > since ? last : since
    const own = reports.filter((report) => report.volunteerId === person.id)
    return {
      ...{ ...person, active, last },
      quiet: active > 0 && from !== null && daysBetween(from, today()) > quietDays,
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
  async (db, _, me) => {
    const people = await supervisees(db, me)
    return { people, quietDays: (await settingsOn(db)).quietDays, today: today() }
  },
)

/** One supervisee with every report there is. */
export const openSupervisee = query(
  'support.supervision.open',
  {
    roles: ['supervisor'],
    input: z.object({ id: z.uuid() }),
    about: (input) => ({ kind: 'volunteer', id: input.id }),
  },
  async (db, { id }, me) => {
    const person = await db
      .selectFrom('volunteer')
      .select(['id', 'code', 'name', 'phone'])
      .where('id', '=', id)
      .where('supervisorId', '=', me.id)
      .executeTakeFirstOrThrow()
    const [reports, outside] = [await reportsOf(db, [id]), await outsideVisits(db, [id])]
    return { person, outside, reports: reports.map((row) => ({ ...row, month: monthOf(row.month) })), today: today() }
  },
)

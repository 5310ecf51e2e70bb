// Whom does the person who asks support or guide, and whose record is their own?
import type { Db } from '../../core/db.server.ts'
import { Invalid } from '../../core/errors.ts'
import type { Person } from '../../core/user.ts'

/** The volunteer record of the person who asks; NotFound where there is none. */
export async function ownVolunteer(db: Db, me: Person): Promise<{ id: string; supervisorId: string | null }> {
  return db
    .selectFrom('volunteer')
    .select(['id', 'supervisorId'])
    .where('personId', '=', me.id)
    .executeTakeFirstOrThrow()
}

/** Assignments under which this person may log a visit: their own running ones and those of whom they guide. */
export async function loggable(db: Db, me: Person) {
  const rows = await db
    .selectFrom('assignment')
    .innerJoin('volunteer', 'volunteer.id', 'assignment.volunteerId')
    .select(['assignment.id', 'assignment.networkId', 'assignment.caseId', 'assignment.number', 'volunteerId'])
    .select(['startOn', 'endOn', 'assignment.status', 'volunteer.name', 'volunteer.personId', 'volunteer.supervisorId'])
    .where('assignment.status', 'in', ['active', 'ended'])
    .orderBy('assignment.status')
    .orderBy('assignment.number')
    .execute()
  return rows
    .map(({ personId, ...row }) => ({ ...row, mine: personId === me.id }))
    .filter((row) => (row.mine ? row.status === 'active' : row.supervisorId === me.id))
}

/** Refuses a month whose report is with the supervisor or approved: its figures must stay those of its rows. */
export async function refuseReported(db: Db, volunteerId: string, day: string, field: string): Promise<void> {
  if (await isReported(db, volunteerId, day)) throw new Invalid({ [field]: { key: 'support.error.monthClosed' } })
}

/** True where the report of that day's month has been handed in and not sent back. */
export async function isReported(db: Db, volunteerId: string, day: string): Promise<boolean> {
  const report = await db
    .selectFrom('monthReport')
    .select('id')
    .where('volunteerId', '=', volunteerId)
    .where('month', '=', `${day.slice(0, 7)}-01`)
    .where('status', 'in', ['submitted', 'approved'])
    .executeTakeFirst()
  return report !== undefined
}

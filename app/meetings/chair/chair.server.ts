// Which action is so late that the chair has to know, and who hears of it?
import { sql } from 'kysely'
import { addDays } from '../../core/calendar/working-days.ts'
import { today } from '../../core/clock.server.ts'
import { asPerson, type Db } from '../../core/db.server.ts'
import type { Agency } from '../../core/setting.ts'
import { settingsOn } from '../../core/settings.server.ts'
import type { Person } from '../../core/user.ts'
import type { Job } from '../../process/jobs.server.ts'
import { mailAbout } from '../../process/mail.server.ts'
import { type Seat, seatsOf } from '../core-group/seats.server.ts'

/** What was due before this day and has no answer is the chair's matter. */
export async function chairsDay(db: Db): Promise<string> {
  return addDays(today(), -(await settingsOn(db)).escalateDays)
}

export type LateAction = { id: string; caseId: string; number: string; agency: Agency; owner: string; dueOn: string }

// What came with a case from another network is first given to its new owners.
const unanswered = (day: string) => sql`a.state = 'open' and a.due_on < ${day}::date
  and not exists (select from case_task t where t.case_id = a.case_id and t.kind = 'share-actions' and t.done_at is null)`

/** Late actions of others in the networks that I chair; where nobody was named to chair, or the case was on no agenda, that I lead. */
export async function lateForChair(db: Db, me: Person): Promise<LateAction[]> {
  const { rows } = await sql<LateAction>`
    select a.id, a.case_id, c.number, a.agency, coalesce(p.name, '') as owner, a.due_on from case_action a join case_file c on c.id = a.case_id
      left join person p on p.id = a.owner_id
    where ${unanswered(await chairsDay(db))} and a.owner_id <> ${me.id}::uuid and a.network_id = any (auth_networks())
      and coalesce(case_chair(a.case_id) = ${me.id}::uuid, a.network_id = any (auth_led()))
    order by a.due_on, c.number limit 50`.execute(db)
  return rows
}

type Late = { id: string; caseId: string; networkId: string; ownerId: string; chair: string | null }

/** The chair; where nobody chairs, or it is about the chair, or the case does not exist for them, whoever leads. */
export function whoHears(
  { ownerId, chair }: Pick<Late, 'ownerId' | 'chair'>,
  seats: readonly Seat[],
  walled: Set<string>,
) {
  const may = (personId: string) => personId !== ownerId && !walled.has(personId)
  const named = seats.find(({ personId }) => personId === chair && may(personId))
  if (named) return [named.personId]
  return seats.filter(({ role, personId }) => role === 'lead' && may(personId)).map(({ personId }) => personId)
}

async function walledFrom(db: Db, caseId: string): Promise<Set<string>> {
  const rows = await db
    .selectFrom('wall')
    .select('personId')
    .where('caseId', '=', caseId)
    .where('liftedAt', 'is', null)
    .execute()
  return new Set(rows.map(({ personId }) => personId))
}

/** Of each such action one letter goes out, once, and it says no more than that something waits. */
export async function tellChairs(system: Person): Promise<number> {
  return asPerson('write', system.claim, async (db) => {
    const { rows } = await sql<Late>`select a.id, a.case_id, a.network_id, a.owner_id, case_chair(a.case_id) as chair
      from case_action a where ${unanswered(await chairsDay(db))}`.execute(db)
    const seats = new Map<string, Seat[]>()
    for (const late of rows) {
      const here = seats.get(late.networkId) ?? (await seatsOf(db, late.networkId))
      seats.set(late.networkId, here)
      for (const personId of whoHears(late, here, await walledFrom(db, late.caseId))) {
        // Whoever chairs later is not told again; in another network it is another matter.
        const whose = personId === late.chair ? 'chair' : personId
        await mailAbout(db, late.caseId, personId, 'reminder', `late-action:${late.id}:${late.networkId}:${whose}`)
      }
    }
    return rows.length
  })
}

export const chairReminders: Job = { name: 'chair-reminders', cron: '35 8 * * 1-5', run: tellChairs }

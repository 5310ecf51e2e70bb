// What does a volunteer's own page know besides her cases: who guides her, her papers, her hours and what was read?
import { sql } from 'kysely'
import { today } from '../core/clock.server.ts'
import type { Db } from '../core/db.server.ts'
import { settingsOn } from '../core/settings.server.ts'
import type { Person } from '../core/user.ts'
import { standingOf } from '../volunteers/standing.server.ts'
import { standings } from './duty.server.ts'
import { loadsNear } from './wellbeing/load.server.ts'

type Guide = { name: string; phone: string | null }
type Year = { contacts: number; minutes: number; meetings: number; calls: number; accompanied: number }

/** Who is there for her today – in an absence whoever steps in – and when they speak next. */
async function guideOf(db: Db, volunteerId: string) {
  const own = (await standings(db)).get(volunteerId)
  const id = own?.onDuty ?? own?.supervisorId
  if (!own || !id) return null
  const person: Guide | undefined = await db
    .selectFrom('person')
    .select(['name', 'phone'])
    .where('id', '=', id)
    .executeTakeFirst()
  if (!person) return null
  return { ...person, standsIn: own.onDuty !== null, nextOn: own.nextOn, nextAt: own.nextAt, nextKind: own.nextKind }
}

async function yearOf(db: Db, volunteerId: string): Promise<Year> {
  const { rows } = await sql<Year>`
    select coalesce(sum(contacts), 0)::int as contacts, coalesce(sum(minutes), 0)::int as minutes,
      coalesce(sum(contacts) filter (where way = 'meeting'), 0)::int as meetings, coalesce(sum(contacts) filter (where way = 'phone'), 0)::int as calls,
      coalesce(sum(contacts) filter (where way = 'accompanying'), 0)::int as accompanied
    from visit where volunteer_id = ${volunteerId} and superseded_at is null and on_date >= date_trunc('year', ${today()}::date)::date`.execute(
    db,
  )
  return rows[0] ?? { contacts: 0, minutes: 0, meetings: 0, calls: 0, accompanied: 0 }
}

/** The last entry that was read within two weeks: news for as long as it is new. */
async function lastRead(db: Db, volunteerId: string) {
  const row = await db
    .selectFrom('visitReading')
    .leftJoin('person', 'person.id', 'readBy')
    .select(['visitId', 'readAt', 'person.name as by'])
    .select(sql<boolean>`reply_sealed is not null`.as('replied'))
    .where('volunteerId', '=', volunteerId)
    .where('readAt', '>', sql<Date>`now() - interval '14 days'`)
    .orderBy('readAt', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row ?? null
}

export async function volunteerSelf(db: Db, me: Person) {
  const row = await db
    .selectFrom('volunteer')
    .select(['id', 'childContact', 'maxCases'])
    .where('personId', '=', me.id)
    .executeTakeFirstOrThrow()
  const { needed, papers } = await standingOf(db, row, await settingsOn(db))
  return {
    guide: await guideOf(db, row.id),
    papers: needed.map((kind) => papers[kind]),
    year: await yearOf(db, row.id),
    read: await lastRead(db, row.id),
    load: (await loadsNear(db)).get(row.id) ?? null,
  }
}

// Who is told at once when somebody may be in danger, who when nobody answers, and how does the worry begin its life (R16)?

import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { dueBeforeHolidays } from '../../cases/tasks.ts'
import { today } from '../../core/clock.server.ts'
import type { Db } from '../../core/db.server.ts'
import { settingsOn } from '../../core/settings.server.ts'
import type { Person } from '../../core/user.ts'
import { mailUrgent } from '../../process/mail.server.ts'
import type { ConcernKind } from './concern.ts'

export type Worried = { networkId: string; caseId: string; number: string; volunteerId: string }
export type Told = { id: string; name: string; phone: string | null; role: (typeof posts)[number]; here: boolean }

const posts = ['supervisor', 'supervisor', 'lead', 'coordinator'] as const

/**
 * Who is told: her supervisor, a deputy who has the duty and is there, the victim support workers of the network who are there; where of either
 * side nobody is there, the coordinators too. Whoever is there today comes first.
 */
export async function toldOf(db: Db, of: { networkId: string | null; volunteerId: string }): Promise<Told[]> {
  const { rows } = await sql<Omit<Told, 'role'> & { post: number }>`
    select p.id, p.name, p.phone, u.post, u.here from urgent_shown(${of.volunteerId}::uuid, ${of.networkId}::uuid) u join person p on p.id = u.person_id
    order by not u.here, p.name`.execute(db)
  return rows.map(({ post, ...person }) => ({ ...person, role: posts[post - 1] ?? 'coordinator' }))
}

/** Writes the worry down and sends the e-mails that say nothing; a danger brings the next look at the risk near. Answers its id. */
export async function raiseConcern(
  db: Db,
  me: Person,
  of: Worried,
  why: { kind: ConcernKind; visitId: string | null },
): Promise<string> {
  const id = randomUUID()
  const { networkId, caseId, number, volunteerId } = of
  await db
    .insertInto('concern')
    .values({ id, networkId, caseId, number, volunteerId, ...why, raisedBy: me.id })
    .execute()
  if (why.kind === 'danger') await bringNear(db, id)
  await mailUrgent(db, of, 'urgent')
  return id
}

// Whoever tells it may not write a task of the case; the database does, for the one who tells.
async function bringNear(db: Db, concern: string): Promise<void> {
  const { reassessEventDays } = await settingsOn(db)
  await sql`select danger_near(${concern}::uuid, ${dueBeforeHolidays(today(), reassessEventDays)}::date)`.execute(db)
}

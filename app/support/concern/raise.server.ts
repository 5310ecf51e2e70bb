// Who is told at once when somebody may be in danger, who when nobody answers, and how does the worry begin its life (R16)?

import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { holdersOf } from '../../access/holders.server.ts'
import { leadsOf } from '../../cases/tasks.server.ts'
import { dueAfter } from '../../cases/tasks.ts'
import { today } from '../../core/clock.server.ts'
import type { Db } from '../../core/db.server.ts'
import { settingsOn } from '../../core/settings.server.ts'
import type { Person } from '../../core/user.ts'
import { mailAbout } from '../../process/mail.server.ts'
import { guidesOf } from '../../volunteers/guides.server.ts'
import type { ConcernKind } from './concern.ts'

export type Worried = { networkId: string; caseId: string; number: string; volunteerId: string }
export type Told = { id: string; name: string; phone: string | null; role: 'supervisor' | 'lead' | 'coordinator' }

/** The supervisor, whoever has her duty today, and the victim support workers of the network; where either side is missing, the coordinators too. */
export async function toldOf(db: Db, of: Pick<Worried, 'networkId' | 'volunteerId'>): Promise<Told[]> {
  const guides = await guidesOf(db, of.volunteerId)
  const leads = await leadsOf(db, of.networkId)
  const roles = new Map<string, Told['role']>(leads.map((lead) => [lead, 'lead']))
  for (const guide of guides) roles.set(guide, 'supervisor')
  if (guides.length === 0 || leads.length === 0)
    for (const one of await holdersOf(db, 'coordinator')) if (!roles.has(one)) roles.set(one, 'coordinator')
  if (roles.size === 0) return []
  const people = await db
    .selectFrom('person')
    .select(['id', 'name', 'phone'])
    .where('id', 'in', [...roles.keys()])
    .where('status', '=', 'active')
    .orderBy('name')
    .execute()
  return people.map((person) => ({ ...person, role: roles.get(person.id) ?? 'coordinator' }))
}

/** Whoever was told, and the coordinators as well: once the hours of the setting are over, it is not for the same people alone. */
export async function lateOf(db: Db, of: Pick<Worried, 'networkId' | 'volunteerId'>): Promise<Set<string>> {
  const told = await toldOf(db, of)
  return new Set([...told.map(({ id }) => id), ...(await holdersOf(db, 'coordinator'))])
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
  for (const person of await toldOf(db, of)) if (person.id !== me.id) await mailAbout(db, caseId, person.id, 'urgent')
  return id
}

// Whoever tells it may not write a task of the case; the database does, for the one who tells.
async function bringNear(db: Db, concern: string): Promise<void> {
  const { reassessEventDays } = await settingsOn(db)
  await sql`select danger_near(${concern}::uuid, ${dueAfter(today(), reassessEventDays)}::date)`.execute(db)
}

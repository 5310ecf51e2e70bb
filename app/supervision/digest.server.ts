// What of the supervision should a supervisor know this week: talks to hold, to write down, overdue, entries to look at, and duties that have moved?
import { today } from '../core/clock.server.ts'
import type { Db } from '../core/db.server.ts'
import type { Person } from '../core/user.ts'
import { daysBetween } from '../ui/date.ts'
import { supervisorsIn } from '../volunteers/volunteers.server.ts'
import { standings } from './duty.server.ts'
import { samplesWaiting } from './sample/waiting.server.ts'
import { guidedPeople, plannedSessions } from './sessions.server.ts'
import { covisionState } from './supervision.ts'

const wanted = ['soon', 'overdue']

/** For the first page of a supervisor; names of those whom she guides, never what was spoken of. */
export async function supervisionDigest(db: Db, me: Person) {
  const [people, known, planned] = [await guidedPeople(db, me), await standings(db), await plannedSessions(db)]
  const names = new Map((await supervisorsIn(db)).map(({ id, name }) => [id, name]))
  const others = Map.groupBy(
    people.filter(({ supervisorId }) => supervisorId !== me.id),
    ({ supervisorId }) => supervisorId ?? '',
  )
  const of = people.map(({ id, name, supervisorId }) => ({
    id,
    name,
    own: supervisorId === me.id,
    standing: known.get(id),
  }))
  return {
    week: planned.filter(({ plannedOn }) => plannedOn >= today() && daysBetween(today(), plannedOn) < 7),
    // A covision of several supervisors is written down by whoever led it.
    unwritten: planned.filter(
      ({ plannedOn, shared, leaderId }) => plannedOn < today() && (!shared || leaderId === me.id),
    ),
    covision: of.filter(({ standing }) => standing && wanted.includes(covisionState(standing, today()))).length,
    overdue: of.flatMap(({ id, name, standing, own }) =>
      standing?.dueOn && standing.dueOn < today() && !(own && standing.onDuty)
        ? [{ id, name, dueOn: standing.dueOn }]
        : [],
    ),
    moved: of.flatMap(({ id, name, own, standing }) => (own && standing?.why === 'lapse' ? [{ id, name }] : [])),
    samples: await samplesWaiting(db, me),
    duties: [...others].map(([id, own]) => ({ name: names.get(id) ?? '', count: own.length })),
  }
}

// Who steps in for Sirje in the tests, and how is she away?
import { randomUUID } from 'node:crypto'
import type { Person } from '../app/core/user.ts'
import { nameDeputy } from '../app/supervision/coverage.server.ts'
import { holdSession, planSession } from '../app/supervision/sessions.server.ts'
import { type Cast, signIn } from './cast.ts'
import { dayFromNow } from './substitution.ts'

/** Another supervisor, signed in; nobody's deputy yet. */
export async function anotherSupervisor(cast: Cast, name = 'Endel Näidis-Eller'): Promise<Person> {
  const id = randomUUID()
  await cast.admin.query('insert into person (id, email, name) values ($1, $2, $3)', [id, `${id}@naidis.example`, name])
  await cast.admin.query(
    `insert into person_role (person_id, role, valid_from, valid_to) values ($1, 'supervisor', '2020-01-01', '2999-12-31')`,
    [id],
  )
  return (await signIn(cast.admin, id)).person
}

/** The same, and Kim has named them the deputy of Sirje. */
export async function deputyOfSirje(cast: Cast): Promise<Person> {
  const deputy = await anotherSupervisor(cast)
  await nameDeputy.run(cast.kim, { supervisor: cast.sirje.id, deputy: deputy.id })
  return deputy
}

/** Sirje is away since yesterday, for so many days from today; past the operation, which begins no absence in the past. */
export async function away(cast: Cast, days = 7): Promise<string> {
  const { rows } = await cast.admin.query<{ id: string }>(
    `insert into supervision_absence (supervisor_id, from_on, to_on, told_by) values ($1, $2, $3, $1) returning id`,
    [cast.sirje.id, dayFromNow(-1), dayFromNow(days)],
  )
  return rows[0]?.id ?? ''
}

/** The last talk with Lou was so many days ago, Sirje has guided her and had her deputy for longer. */
export async function lastTalk(cast: Cast, daysAgo: number): Promise<void> {
  const long = dayFromNow(-400)
  await cast.admin.query('update volunteer set supervisor_since = $2 where id = $1', [cast.volunteer, long])
  await cast.admin.query('update supervision_deputy set from_on = $1', [long])
  await cast.admin.query(
    `with one as (insert into supervision_session (kind, planned_on, held_on, led_by) values ('individual', $2, $2, $3) returning id)
     insert into supervision_participant (session_id, volunteer_id, led_by, attended) select id, $1, $3, true from one`,
    [cast.volunteer, dayFromNow(-daysAgo), cast.sirje.id],
  )
}

/** Sirje has sat with Lou today, and written down these words. */
export async function heldTalk(cast: Cast, words: string): Promise<string> {
  const [day, volunteers] = [dayFromNow(0), cast.volunteer]
  const { id } = await planSession.run(cast.sirje, { kind: 'individual', volunteers, day })
  await holdSession.run(cast.sirje, { id, heldOn: day, came: volunteers, topics: ['wellbeing'], words })
  return id
}

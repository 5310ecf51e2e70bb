// How does the life of somebody who is expected back go by the rules, in minutes from the beginning of a test?
import { randomUUID } from 'node:crypto'
import type { Person } from '../app/core/user.ts'
import type { Press } from '../app/support/outing/outing.ts'
import type { Random } from '../db/seed/random.ts'
import { type Cast, signIn } from './cast.ts'
import { dayFromNow } from './substitution.ts'
import { givenSupport } from './support.ts'

// Clocks go by fives, ends and presses fall between, so that the seconds which a test takes decide nothing.
export const tick = 5
export const before = 1.25
const after = [10, 30, 60]
const day = 24 * 60

/** Somebody who helps, and how she is guided: by whom, and whether a wall stands before that one. */
export type Helper = { volunteer: string; person: Person; place: string; guide: Person | null; walled: boolean }
export type Taken = { until: number; step: number; told: number }
/** A life as it should be, in minutes from the beginning of the test. */
export type Life = {
  id: string
  helper: Helper
  begins: number
  until: number
  inAt: number | null
  rung: number
  ended: { at: number; how: string } | null
  taken: Taken[]
  /** Pressed without network: what, when, and when it arrives. */
  queue: { what: Press; at: number; arrives: number }[]
}
/** Who is away just now. */
type Absent = { sirje: boolean; deputy: boolean }

/** As the rules say it: whom there is to tell of whoever is guided so. */
function tells({ guide, walled }: Helper, step: number, absent: Absent): number {
  if (step !== 2) return 1
  if (!guide || walled) return 0
  return absent.sirje ? (absent.deputy ? 0 : 1) : 1
}

/** The ladder of one life, climbed at this minute. */
export function climbed(life: Life, now: number, absent: Absent): void {
  if (life.ended || life.until > now) return
  let due = 0
  for (let step = life.rung + 1; step <= 3; step++) {
    const alone = life.taken.at(-1)
    // Where nobody was there to be told, the next one comes with it.
    const at =
      alone?.told === 0 && alone.step === step - 1 && alone.until === life.until
        ? due
        : life.until + (after[step - 1] ?? 0)
    if (at > now) return
    due = at
    life.taken.push({ until: life.until, step, told: tells(life.helper, step, absent) })
    life.rung = step
  }
}

/** What a press comes to: it counts from when it was pressed, between what is known before and now. */
export function pressed(life: Life, what: Press, at: number, now: number): void {
  if (life.ended) return
  const when = Math.min(Math.max(at, life.inAt ?? -60), now)
  if (what === 'in') life.inAt ??= when
  else if (what === 'longer') {
    const later = Math.min(Math.max(life.until, when) + 30, life.begins + day)
    if (later > life.until) Object.assign(life, { until: later, rung: 0 })
  } else life.ended = { at: when, how: what }
}

/** Lives that begin at different times, each with a plan of its own; written down past the form, as if long ago. */
export async function begin(cast: Cast, random: Random, helpers: Helper[], count: number): Promise<Life[]> {
  const lives = Array.from({ length: count }, (): Life => {
    const begins = 2.5 + tick * random.whole(0, 12)
    const until = begins + tick * random.whole(1, 18)
    return {
      id: randomUUID(),
      helper: random.pick(helpers),
      begins,
      until,
      inAt: null,
      rung: 0,
      ended: null,
      taken: [],
      queue: [],
    }
  })
  await cast.admin.query(
    `with life as (select * from jsonb_to_recordset($1) as l(id uuid, plan uuid, place uuid, begins float, until float)),
       planned as (insert into contact_plan (network_id, case_id, id, assignment_id, channel, on_date, recorded_by)
         select a.network_id, a.case_id, l.plan, a.id, 'in_person', $2::date, v.person_id from life l join assignment a on a.id = l.place join volunteer v on v.id = a.volunteer_id)
     insert into outing (id, network_id, case_id, assignment_id, plan_id, number, volunteer_id, begins_at, until_at, recorded_by, recorded_at)
     select l.id, a.network_id, a.case_id, a.id, l.plan, a.number, a.volunteer_id, now() + make_interval(secs => l.begins * 60), now() + make_interval(secs => l.until * 60), v.person_id, now() - interval '1 hour'
     from life l join assignment a on a.id = l.place join volunteer v on v.id = a.volunteer_id`,
    [
      JSON.stringify(
        lives.map(({ id, helper, begins, until }) => ({ id, plan: randomUUID(), place: helper.place, begins, until })),
      ),
      dayFromNow(0),
    ],
  )
  return lives
}

/** Guided, guided behind a wall, by nobody, and by somebody who has left: each with a support of her own. */
export async function helpersOf(cast: Cast): Promise<Helper[]> {
  const helpers: Helper[] = []
  for (const [nth, how] of ['guided', 'guided', 'walled', 'alone', 'left'].entries()) {
    const { rows } = await cast.admin.query<{ id: string }>(
      `with person as (insert into person (email, name) values ($1, $2) returning id),
         role as (insert into person_role (person_id, role, valid_from, valid_to) select id, 'volunteer', '2020-01-01', '2999-12-31' from person)
       insert into volunteer (person_id, name, search_name, county_code, languages, supervisor_id, status, created_by)
         select id, $2, lower($2), '0045', '{et}', $3, 'active', $4 from person returning id`,
      [
        `elu${nth}@naidis.example`,
        `Elu Näidis-${nth}`,
        how === 'alone' ? null : how === 'left' ? cast.tiia.id : cast.sirje.id,
        cast.kim.id,
      ],
    )
    const volunteer = rows[0]?.id ?? ''
    const person = (await cast.admin.query('select person_id from volunteer where id = $1', [volunteer])).rows[0]
      .person_id
    const { assignment, caseId } = await givenSupport(cast, dayFromNow(-30), { volunteer })
    if (how === 'walled')
      await cast.admin.query(
        `insert into wall (person_id, network_id, case_id, number, source, fact, set_at) values ($1, $2, $3, 'x', 'own-code', gen_random_uuid(), now() - interval '1 day')`,
        [cast.sirje.id, cast.networks.ida, caseId],
      )
    const guide = how === 'guided' || how === 'walled' ? cast.sirje : null
    helpers.push({
      volunteer,
      person: (await signIn(cast.admin, person)).person,
      place: assignment,
      guide,
      walled: how === 'walled',
    })
  }
  return helpers
}

// Does what is urgent reach somebody who is there – whoever of them is away, named or behind a wall – and never nobody?
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type Cast, openCast, signIn } from '../../test/cast.ts'
import { expectedBack } from '../../test/outing.ts'
import { dayFromNow } from '../../test/substitution.ts'
import { away, deputyOfSirje } from '../../test/supervision.ts'
import { givenSupport, type Support } from '../../test/support.ts'
import { remindOfTasks } from '../cases/tasks.server.ts'
import { today } from '../core/clock.server.ts'
import { NotFound, Refused } from '../core/errors.ts'
import type { Person } from '../core/user.ts'
import { askHelp, concernReminders, openHelp, openOwnConcern } from '../support/concern/concerns.server.ts'
import { climb } from '../support/outing/ladder.server.ts'
import { endAbsence, openAway, tellAbsence } from './duty.server.ts'

let cast: Cast
let of: Support
let endel: Person
let leida: Person
let karl: Person
beforeAll(async () => {
  cast = await openCast()
  of = await givenSupport(cast, dayFromNow(-20))
  endel = await deputyOfSirje(cast)
  leida = await another('Leida Näidis-Laas', 'lead', cast.networks.ida)
  karl = await another('Karl Näidis-Kask', 'coordinator', null)
})
beforeEach(() =>
  cast.admin.query(
    'delete from mail_outbox; delete from supervision_absence; delete from wall; delete from outing_step; delete from outing; delete from contact_plan; delete from case_task',
  ),
)
afterAll(() => cast.close())

async function another(name: string, role: string, network: string | null): Promise<Person> {
  const { rows } = await cast.admin.query<{ id: string }>(
    `with p as (insert into person (email, name) values (gen_random_uuid() || '@naidis.example', $1) returning id)
     insert into person_role (person_id, role, network_id, valid_from, valid_to) select id, $2, $3, '2020-01-01', '2999-12-31' from p returning person_id as id`,
    [name, role, network],
  )
  return (await signIn(cast.admin, rows[0]?.id ?? '')).person
}

const leave = (person: Person, days = 3) =>
  cast.admin.query('insert into supervision_absence (supervisor_id, from_on, to_on, told_by) values ($1, $2, $3, $1)', [
    person.id,
    dayFromNow(-1),
    dayFromNow(days),
  ])
const wallOff = (person: Person) =>
  cast.admin.query(
    `insert into wall (person_id, network_id, case_id, number, source, fact, set_at) values ($1, $2, $3, 'x', 'own-code', gen_random_uuid(), now() - interval '1 minute')`,
    [person.id, cast.networks.ida, of.caseId],
  )
const names = (...people: Person[]) => [...new Set(people.map(({ name }) => name))].toSorted()
async function written(): Promise<string[]> {
  const { rows } = await cast.admin.query<{ name: string }>(
    'select distinct p.name from mail_outbox m join person p on p.id = m.person_id order by 1',
  )
  await cast.admin.query('delete from mail_outbox')
  return rows.map(({ name }) => name)
}
const help = async () => (await askHelp.run(cast.lou, { assignment: of.assignment })).concern.id

// The rule once more, in words of its own: who is told, from who is away and before whom the case is walled off.
function toTell(gone: Set<Person>, walled: Set<Person>): Person[] {
  const there = (people: Person[]) => people.filter((person) => !gone.has(person) && !walled.has(person))
  const left = (people: Person[]) => people.filter((person) => !walled.has(person))
  // Behind the wall of whom she stands in for a deputy does not hear either.
  const deputies = gone.has(cast.sirje) && !walled.has(cast.sirje) ? [endel] : []
  const [guides, leads, steer] = [
    [cast.sirje, ...deputies],
    [cast.lea, leida],
    [cast.kim, karl],
  ]
  const orAll = (people: Person[]) => (there(people).length > 0 ? there(people) : left(people))
  const covered = there(guides).length > 0 && there(leads).length > 0
  const anybody = there([...guides, ...leads, ...steer]).length > 0
  const told = [...left([cast.sirje]), ...(anybody ? there(deputies) : left(deputies)), ...orAll(leads)]
  return covered ? told : [...told, ...orAll(steer)]
}

test('a call for help goes to whoever is there, in every one of 729 ways to be away or behind a wall, and never to nobody while anybody is left', async () => {
  const people = [cast.sirje, endel, cast.lea, leida, cast.kim, karl]
  let said = 0
  for (let way = 0; way < 3 ** people.length; way++) {
    const state = people.map((_, nth) => Math.floor(way / 3 ** nth) % 3)
    const [gone, walled] = [1, 2].map((wanted) => new Set(people.filter((__, nth) => state[nth] === wanted)))
    if (!gone || !walled) continue
    await cast.admin.query('delete from supervision_absence; delete from wall')
    for (const person of gone) await leave(person)
    for (const person of walled) await wallOff(person)
    const { rows } = await cast.admin.query<{ names: string[] }>(
      `select coalesce(array_agg(distinct p.name::text order by p.name::text), '{}') as names from urgent_people($1, $2, $3) u join person p on p.id = u.person_id`,
      [cast.volunteer, cast.networks.ida, of.caseId],
    )
    const told = rows[0]?.names.toSorted()
    expect({ state, told }).toEqual({ state, told: names(...toTell(gone, walled)) })
    // Somebody who is there hears wherever there is one to hear, and somebody wherever one is left.
    const asked = gone.has(cast.sirje) && !walled.has(cast.sirje) ? people : people.filter((person) => person !== endel)
    const left = asked.filter((person) => !walled.has(person))
    const there = left.filter((person) => !gone.has(person))
    const heard = (some: Person[]) => some.some(({ name }) => told?.includes(name))
    expect({ state, there: heard(there), left: heard(left) }).toEqual({
      state,
      there: there.length > 0,
      left: left.length > 0,
    })
    said += heard(left) ? 1 : 0
  }
  expect(said).toBeGreaterThan(600)
}, 60_000)

test('a deputy who is away herself is passed over: the coordinators hear instead, and the page says who is there and who is not', async () => {
  await away(cast)
  await help()
  expect(await written()).toEqual(names(cast.sirje, endel, cast.lea, leida))
  await leave(endel)
  const id = await help()
  expect(await written()).toEqual(names(cast.sirje, cast.lea, leida, cast.kim, karl))
  const { told } = await openOwnConcern.run(cast.lou, { id })
  expect(told.map(({ name, here }) => [name, here])).toEqual([
    ...names(cast.lea, leida, cast.kim, karl).map((name) => [name, true]),
    [cast.sirje.name, false],
  ])
  expect((await openHelp.run(cast.lou, {})).supervisor).toMatchObject({ name: cast.sirje.name, standsIn: false })
  await cast.admin.query('delete from supervision_absence where supervisor_id = $1', [endel.id])
  expect((await openHelp.run(cast.lou, {})).supervisor).toMatchObject({ name: endel.name, standsIn: true })
})

test('before whom there is a wall is not counted as there, and nobody learns it from the page', async () => {
  await wallOff(cast.sirje)
  const id = await help()
  expect(await written()).toEqual(names(cast.lea, leida, cast.kim, karl))
  expect((await openOwnConcern.run(cast.lou, { id })).told.map(({ name }) => name)).toEqual(
    names(cast.sirje, cast.lea, leida),
  )
})

test('an unanswered worry goes to the coordinators as well, each of them once', async () => {
  await leave(leida)
  await cast.admin.query(`update concern set raised_at = now() - interval '26 hours' where closed_at is null`)
  await concernReminders.run(cast.sys)
  expect(await written()).toEqual(names(cast.sirje, cast.lea, cast.kim, karl))
  await cast.admin
    .query('update concern set seen_at = now(), answered_at = now(), closed_at = now() where closed_at is null')
    .catch(() => null)
})

test('the clock of a high risk waits for nobody who is away: the other worker is reminded, and without one the coordinators on the very day', async () => {
  const due = async (day: string) => {
    await cast.admin.query('delete from case_task')
    await cast.admin.query(
      `insert into case_task (network_id, case_id, kind, due_on) values ($1, $2, 'tell-victim-support', $3)`,
      [cast.networks.ida, of.caseId, day],
    )
  }
  await due(today())
  await leave(cast.lea)
  await remindOfTasks(cast.sys)
  expect(await written()).toEqual(names(leida))
  await leave(leida)
  await due(today())
  await remindOfTasks(cast.sys)
  expect(await written()).toEqual(names(cast.lea, leida, cast.kim, karl))
})

test('nobody comes back and the deputy is away too: the coordinators hear at once, those who are there; where none is, whoever guides her', async () => {
  await away(cast)
  await leave(endel)
  await leave(karl)
  const id = await expectedBack(cast, of.assignment, { late: 31 })
  await climb(cast.sys)
  expect(await written()).toEqual(names(cast.lou, cast.kim))
  const { rows } = await cast.admin.query('select step, told from outing_step where outing_id = $1 order by step', [id])
  expect(rows).toEqual([1, 2, 3].map((step) => ({ step, told: step === 2 ? 0 : 1 })))
  await cast.admin.query('delete from outing_step; delete from outing')
  await leave(cast.kim)
  await expectedBack(cast, of.assignment, { late: 31 })
  await climb(cast.sys)
  expect(await written()).toEqual(names(cast.lou, cast.sirje, endel, cast.kim, karl))
})

test('a victim support worker says herself that she is away, or the coordinator for her; the others of her network hear, and nobody else’s days are hers to know', async () => {
  const days = { fromOn: dayFromNow(0), toOn: dayFromNow(4) }
  const { id, by } = await tellAbsence.run(cast.lea, days)
  expect(by).toBe('others')
  expect(await written()).toEqual(names(leida))
  await tellAbsence.run(cast.sirje, days)
  expect((await openAway.run(cast.lea, {})).absences).toMatchObject([{ name: cast.lea.name, leads: true }])
  await expect(endAbsence.run(leida, { id })).rejects.toBeInstanceOf(NotFound)
  await expect(tellAbsence.run(cast.mall, days)).rejects.toBeInstanceOf(Refused)
  await written()
  // Max is alone in Harju.
  expect((await tellAbsence.run(cast.kim, { ...days, supervisor: cast.max.id })).by).toBe(null)
  expect(await written()).toEqual(names(karl))
  await endAbsence.run(cast.lea, { id })
  expect((await openAway.run(cast.lea, {})).absences).toEqual([])
})

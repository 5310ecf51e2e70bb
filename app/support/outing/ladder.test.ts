// When no sign comes, is each told in turn and once, nobody who is away waited for, and does it end with somebody's word?
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type Cast, openCast } from '../../../test/cast.ts'
import { expectedBack, pass } from '../../../test/outing.ts'
import { lend, standIn } from '../../../test/substitution.ts'
import { away, deputyOfSirje } from '../../../test/supervision.ts'
import { givenSupport, type Support } from '../../../test/support.ts'
import { Conflict, NotFound, Refused } from '../../core/errors.ts'
import type { Person } from '../../core/user.ts'
import { openCoordinatorHome } from '../../home/coordinator/coordinator.server.ts'
import { coordinatorTasks } from '../../home/coordinator/coordinator-tasks.ts'
import { openSupervisorHome } from '../../home/support.server.ts'
import { translator } from '../../i18n/i18n.ts'
import { openSupervisee } from '../report/supervision.server.ts'
import { answerOuting, climb } from './ladder.server.ts'
import { openOuting, pressOuting } from './outings.server.ts'

let cast: Cast
let of: Support
let deputy: Person
beforeAll(async () => {
  cast = await openCast()
  of = await givenSupport(cast, '2026-05-01')
  deputy = await deputyOfSirje(cast)
})
afterAll(() => cast.close())
beforeEach(() =>
  cast.admin.query(
    'delete from outing_step; delete from outing; delete from contact_plan; delete from mail_outbox; delete from supervision_absence; delete from wall; delete from setting',
  ),
)

const minutes = (count: number) => pass(cast.admin, count * 60)
const letters = async () =>
  (
    await cast.admin.query(
      'select person_id, kind from mail_outbox where unique_key is not null order by created_at, kind',
    )
  ).rows.map(({ person_id, kind }) => [person_id, kind])
const steps = async (id: string) =>
  (
    await cast.admin.query('select step, told from outing_step where outing_id = $1 order by taken_at, step', [id])
  ).rows.map(({ step, told }) => [step, told])
const told = (kind: string, ...who: Person[]) => who.map(({ id }) => [id, kind])

test('first herself, then whoever guides her, then the coordinator; each once, however often it is climbed', async () => {
  const id = await expectedBack(cast, of.assignment, { reach: 'Õe telefon 5551 2345' })
  expect(await climb(cast.sys)).toBe(0)
  await minutes(10.1)
  await Promise.all([climb(cast.sys), climb(cast.sys), climb(cast.sys)])
  expect(await letters()).toEqual(told('reminder', cast.lou))
  expect((await openSupervisorHome.run(cast.sirje, {})).missing).toEqual([])
  await minutes(20)
  for (let time = 0; time < 3; time++) await climb(cast.sys)
  expect(await letters()).toEqual([...told('reminder', cast.lou), ...told('urgent', cast.sirje)])
  expect((await openSupervisorHome.run(cast.sirje, {})).missing).toMatchObject([{ id, number: of.number }])
  await expect(openOuting.run(cast.kim, { id })).rejects.toBeInstanceOf(NotFound)
  await minutes(30)
  await Promise.all([climb(cast.sys), climb(cast.sys)])
  const urgent = told('urgent', cast.sirje, cast.kim)
  expect(await letters()).toEqual([...told('reminder', cast.lou), ...urgent])
  expect(await steps(id)).toEqual([
    [1, 1],
    [2, 1],
    [3, 1],
  ])
  // It stands before everything else that waits, says who, when and which case, and neither whom nor where.
  const facts = await openCoordinatorHome.run(cast.kim, {})
  const [first] = coordinatorTasks(translator('et'), facts)
  expect(first).toMatchObject({ kind: 'danger', action: { href: `/outings/${id}` } })
  expect(first?.text).toContain(cast.lou.name)
  expect(first?.hint).toContain(of.number)
  for (const who of [cast.sirje, cast.kim])
    expect(await openOuting.run(who, { id })).toMatchObject({ reach: 'Õe telefon 5551 2345', asks: true })
  const { rows } = await cast.admin.query(
    `select action, actor, case_id from audit_event where action ~ '^support.outing.(remind|tell)' order by seq`,
  )
  expect(rows).toEqual(
    ['remind', 'tellGuide', 'tellCoordinator'].map((name) => ({
      ...{ action: `support.outing.${name}`, actor: cast.sys.id, case_id: of.caseId },
    })),
  )
})

test('her word stops it, whenever it comes, and counts from when it was pressed', async () => {
  const id = await expectedBack(cast, of.assignment, { late: 35 })
  await climb(cast.sys)
  await pressOuting.run(cast.lou, { id, what: 'out' })
  await minutes(60)
  expect(await climb(cast.sys)).toBe(0)
  expect(await steps(id)).toHaveLength(2)
  expect((await openSupervisorHome.run(cast.sirje, {})).missing).toEqual([])
  await expect(answerOuting.run(cast.sirje, { id, how: 'safe' })).rejects.toBeInstanceOf(Conflict)
})

test('whoever takes more time is expected at the new end, with a ladder of its own', async () => {
  const id = await expectedBack(cast, of.assignment, { late: 70 })
  await climb(cast.sys)
  expect(await steps(id)).toHaveLength(3)
  await pressOuting.run(cast.lou, { id, what: 'longer' })
  expect((await openSupervisorHome.run(cast.sirje, {})).missing).toEqual([])
  expect((await openCoordinatorHome.run(cast.kim, {})).missing).toEqual([])
  await minutes(29)
  expect(await climb(cast.sys)).toBe(0)
  await minutes(12)
  expect(await climb(cast.sys)).toBe(1)
  expect((await steps(id)).map(([step]) => step)).toEqual([1, 2, 3, 1])
})

test('it ends when she was reached, or help was called and it is said what was agreed', async () => {
  for (const [who, late, how] of [
    [cast.sirje, 31, 'safe'],
    [cast.kim, 61, 'called'],
  ] as const) {
    const id = await expectedBack(cast, of.assignment, { late, reach: 'Õe telefon' })
    await climb(cast.sys)
    if (how === 'called')
      await expect(answerOuting.run(who, { id, how })).rejects.toMatchObject({ fields: { note: expect.anything() } })
    const note = how === 'called' ? 'Kell 17.05, patrull läheb kohale.' : undefined
    await answerOuting.run(who, { id, how, note })
    const { rows } = await cast.admin.query('select * from outing where id = $1', [id])
    expect(rows[0]).toMatchObject({ ending: how, ended_by: who.id, reach_sealed: null })
    if (note) expect(rows[0].note_sealed.toString('latin1')).not.toContain('patrull')
    expect(await openOuting.run(who, { id })).toMatchObject({ note: note ?? null, of: { endedBy: who.name } })
    await expect(answerOuting.run(who, { id, how, note: 'veel' })).rejects.toBeInstanceOf(Conflict)
    await expect(pressOuting.run(cast.lou, { id, what: 'out' })).rejects.toBeInstanceOf(Conflict)
  }
})

test('whoever guides her says it for her where she called; nobody else ends it before they were told, and nobody for herself', async () => {
  const id = await expectedBack(cast, of.assignment, { late: 20 })
  await climb(cast.sys)
  for (const who of [cast.kim, deputy])
    await expect(answerOuting.run(who, { id, how: 'safe' })).rejects.toBeInstanceOf(NotFound)
  for (const who of [cast.lou, cast.lea, cast.max, cast.aino])
    await expect(answerOuting.run(who, { id, how: 'safe' })).rejects.toBeInstanceOf(Refused)
  expect((await openSupervisee.run(cast.sirje, { id: cast.volunteer })).outings).toMatchObject([{ id }])
  await answerOuting.run(cast.sirje, { id, how: 'safe', note: 'Helistas, võrku ei ole.' })
  await minutes(60)
  expect(await climb(cast.sys)).toBe(0)
  expect((await openSupervisee.run(cast.sirje, { id: cast.volunteer })).outings).toEqual([])
})

test('whoever is away is not waited for: the deputy hears in their place, and where nobody is there the coordinator at once', async () => {
  await away(cast)
  const id = await expectedBack(cast, of.assignment, { late: 31 })
  await climb(cast.sys)
  expect(await letters()).toEqual([...told('reminder', cast.lou), ...told('urgent', deputy)])
  expect((await openSupervisorHome.run(deputy, {})).missing).toMatchObject([{ id }])
  await answerOuting.run(deputy, { id, how: 'safe' })
  const { rows } = await cast.admin.query(
    `select actor, on_behalf_of from audit_event where action = 'support.outing.answer' order by seq desc limit 1`,
  )
  expect(rows).toEqual([{ actor: deputy.id, on_behalf_of: cast.sirje.id }])

  await cast.admin.query('delete from mail_outbox')
  await cast.admin.query(`update person set status = 'disabled' where id = $1`, [deputy.id])
  const alone = await expectedBack(cast, of.assignment, { late: 31 })
  await climb(cast.sys)
  await cast.admin.query(`update person set status = 'active' where id = $1`, [deputy.id])
  expect(await letters()).toEqual([...told('reminder', cast.lou), ...told('urgent', cast.kim)])
  expect(await steps(alone)).toEqual([
    [1, 1],
    [2, 0],
    [3, 1],
  ])
})

test('before whom the case is walled off hears nothing of it, and whoever stands in for the coordinator does', async () => {
  await cast.admin.query(
    `insert into wall (person_id, network_id, case_id, number, source, fact, set_at) values ($1, $2, $3, 'x', 'own-code', gen_random_uuid(), now() - interval '1 minute')`,
    [cast.sirje.id, cast.networks.ida, of.caseId],
  )
  const term = await lend(cast, cast.kim, cast.peep)
  const id = await expectedBack(cast, of.assignment, { late: 31 })
  await climb(cast.sys)
  const taken = await letters()
  expect(taken.slice(0, 1)).toEqual(told('reminder', cast.lou))
  expect(taken.slice(1).toSorted()).toEqual(told('urgent', cast.kim, cast.peep).toSorted())
  await expect(openOuting.run(cast.sirje, { id })).rejects.toBeInstanceOf(NotFound)
  const { person } = await standIn(cast, cast.peep, term)
  expect((await openCoordinatorHome.run(person, {})).missing).toMatchObject([{ id }])
  await answerOuting.run(person, { id, how: 'safe', note: 'Helistas ise tagasi.' })
  await cast.admin.query(`update substitution set ended_at = now(), ended_by = $1`, [cast.kim.id])
})

test('the settings of the day say when; no step comes before the one below it', async () => {
  const set = (name: string, value: number) =>
    cast.admin.query(
      `insert into setting (name, value, valid_from, note, set_by) values ($1, $2, current_date, 'Näidis', $3)`,
      [name, JSON.stringify(value), cast.kim.id],
    )
  await set('outingRemindMinutes', 40)
  await set('outingCoordinatorMinutes', 50)
  const id = await expectedBack(cast, of.assignment, { late: 39 })
  expect(await climb(cast.sys)).toBe(0)
  await minutes(2)
  // The supervisor’s thirty minutes were over before, and come with the first step.
  expect(await climb(cast.sys)).toBe(2)
  await minutes(10)
  expect(await climb(cast.sys)).toBe(1)
  expect(await steps(id)).toHaveLength(3)
})

test('whoever is back at the very moment ends it, or is told once more, and never both twice', async () => {
  const ids: string[] = []
  for (let nth = 0; nth < 12; nth++) ids.push(await expectedBack(cast, of.assignment, { late: 31 }))
  await Promise.all([
    climb(cast.sys),
    ...ids.map((id) => pressOuting.run(cast.lou, { id, what: 'out' })),
    climb(cast.sys),
  ])
  await climb(cast.sys)
  const { rows } = await cast.admin.query(
    `select ending, (select count(*)::int from outing_step s where s.outing_id = o.id) as steps from outing o`,
  )
  expect(rows.every(({ ending }) => ending === 'out')).toBe(true)
  expect(rows.every(({ steps }) => steps === 0 || steps === 2)).toBe(true)
  const { rows: doubled } = await cast.admin.query(
    `select unique_key from mail_outbox where unique_key is not null group by 1 having count(*) > 1`,
  )
  expect(doubled).toEqual([])
})

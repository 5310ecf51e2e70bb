// Do support persons of several supervisors sit together in the rhythm of the order – and does nobody thereby see more of others than she must?
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Cast, openCast } from '../../../test/cast.ts'
import { dayFromNow } from '../../../test/substitution.ts'
import { anotherSupervisor } from '../../../test/supervision.ts'
import { givenSupport } from '../../../test/support.ts'
import { givenVolunteer } from '../../../test/volunteers.ts'
import { today } from '../../core/clock.server.ts'
import { Invalid, NotFound, Refused } from '../../core/errors.ts'
import type { Person } from '../../core/user.ts'
import { openSupervisorHome } from '../../home/support.server.ts'
import { openCoverage } from '../coverage.server.ts'
import { callOffSession, holdSession, listSessions, openPlan, openSession, planSession } from '../sessions.server.ts'
import { covisionState } from '../supervision.ts'
import { joinCovision, openJoin } from './covisions.server.ts'

let cast: Cast
let piia: Person
let hers = ''
beforeAll(async () => {
  cast = await openCast()
  await givenSupport(cast, dayFromNow(-100))
  piia = await anotherSupervisor(cast, 'Piia Näidis-Pihl')
  hers = await givenVolunteer(cast, { name: 'Vilma Näidis-Võsu', supervisorId: piia.id })
})
afterAll(() => cast.close())

const covision = (day: string, more: object = {}) =>
  planSession.run(cast.sirje, { kind: 'covision', volunteers: cast.volunteer, day, shared: 'yes', ...more })
const due = async () => (await openSupervisorHome.run(cast.sirje, {})).digest.covision
const standing = async () =>
  (await openCoverage.run(cast.kim, {})).people.find((one) => one.id === cast.volunteer)?.standing
const setting = (name: string, value: string) =>
  cast.admin.query(
    `insert into setting (name, value, valid_from, note, set_by) values ($1, $2, $3, 'x', $4)
     on conflict (name, valid_from) do update set value = excluded.value`,
    [name, JSON.stringify(value), today(), cast.kim.id],
  )

test('who supports somebody is due for covision by its rhythm: her supervisor is asked, the coordinator sees it, a plan answers it', async () => {
  // Thirteen weeks are ninety-one days.
  expect(await standing()).toMatchObject({ covisionOn: null, covisionDue: dayFromNow(-9), covisionNext: null })
  expect(await due()).toBe(1)
  const { id } = await covision(dayFromNow(5))
  expect(await standing()).toMatchObject({ covisionNext: dayFromNow(5) })
  expect(await due()).toBe(0)
  await callOffSession.run(cast.sirje, { id })
  expect(await due()).toBe(1)
})

test('others bring those whom they guide; whoever leads it sees who comes, the others see their own', async () => {
  const { id } = await covision(dayFromNow(5))
  const seen = (await listSessions.run(piia, {})).open
  expect(seen).toMatchObject([{ id, leader: cast.sirje.name, who: [], whoIds: [] }])
  expect((await openJoin.run(piia, { id })).people.map((one) => one.id)).toEqual([hers])
  await expect(joinCovision.run(piia, { id, volunteers: cast.volunteer })).rejects.toBeInstanceOf(Invalid)
  await expect(joinCovision.run(piia, { id, volunteers: [] })).rejects.toBeInstanceOf(Invalid)
  await joinCovision.run(piia, { id, volunteers: hers })
  const whom = async (who: Person) => (await openSession.run(who, { id })).people.map(({ name }) => name)
  expect(await whom(cast.sirje)).toEqual(['Lou Näidis-Lepik', 'Vilma Näidis-Võsu'])
  expect(await whom(piia)).toEqual(['Vilma Näidis-Võsu'])
  // Twice asks nobody twice.
  await expect(joinCovision.run(piia, { id, volunteers: hers })).rejects.toBeInstanceOf(Invalid)
  await cast.admin.query('update supervision_session set planned_on = $2 where id = $1', [id, today()])
  const { next } = await holdSession.run(cast.sirje, {
    ...{ id, heldOn: today(), came: [cast.volunteer, hers], topics: ['methods'], words: 'Näidis-jutt' },
    nextOn: dayFromNow(60),
  })
  expect((await openSession.run(piia, { id })).note).toBeNull()
  expect(await standing()).toMatchObject({ covisionOn: today(), covisionDue: dayFromNow(91) })
  // The next one is with one's own, and open to others again.
  const { session, people } = await openSession.run(cast.sirje, { id: next })
  expect([session.shared, people.map((one) => one.id)]).toEqual([true, [cast.volunteer]])
  await callOffSession.run(cast.sirje, { id: next })
})

test('what is over, not open to others, or of whoever guides nobody, cannot be come to', async () => {
  const stranger = await anotherSupervisor(cast, 'Tõnu Näidis-Tamm')
  const { id } = await covision(dayFromNow(5))
  expect((await listSessions.run(stranger, {})).open).toEqual([])
  await expect(openJoin.run(stranger, { id })).rejects.toBeInstanceOf(NotFound)
  for (const who of [cast.kim, cast.lou, cast.lea, cast.aino])
    await expect(openJoin.run(who, { id })).rejects.toBeInstanceOf(Refused)
  await callOffSession.run(cast.sirje, { id })
  await expect(joinCovision.run(piia, { id, volunteers: hers })).rejects.toBeInstanceOf(NotFound)
  const own = await planSession.run(cast.sirje, { kind: 'individual', volunteers: cast.volunteer, day: dayFromNow(3) })
  await expect(openJoin.run(piia, { id: own.id })).rejects.toBeInstanceOf(NotFound)
  await expect(covision(dayFromNow(3), { kind: 'individual' })).rejects.toMatchObject({ fields: { shared: {} } })
  await expect(covision(dayFromNow(3), { shared: '' })).rejects.toMatchObject({ fields: { volunteers: {} } })
})

test('kinds and rhythm are those of the order in force', async () => {
  await setting('supervisionKinds', 'individual, group')
  expect((await openPlan.run(cast.sirje, {})).kinds).toEqual(['individual', 'group'])
  await expect(covision(dayFromNow(5))).rejects.toMatchObject({ fields: { kind: { key: 'supervision.error.kind' } } })
  expect((await standing())?.covisionDue).toBeNull()
  await setting('supervisionKinds', 'individual, covision')
  await cast.admin.query(
    `insert into setting (name, value, valid_from, note, set_by) values ('covisionWeeks', '2', $1, 'x', $2)`,
    [today(), cast.kim.id],
  )
  expect((await standing())?.covisionDue).toBe(dayFromNow(14))
})

test('a covision is asked for from two weeks before its last day on, unless one is planned', () => {
  const state = (covisionDue: string | null, covisionNext: string | null = null) =>
    covisionState({ covisionDue, covisionNext }, '2026-12-01')
  expect([state(null), state('2026-12-16'), state('2026-12-15'), state('2026-12-01'), state('2026-11-30')]).toEqual([
    'none',
    'fine',
    'soon',
    'soon',
    'overdue',
  ])
  expect(state('2026-11-30', '2026-12-05')).toBe('planned')
})

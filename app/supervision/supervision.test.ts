// Is somebody always there for a support person – in time, in person or in another's place – and for nobody longer than that?
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Cast, openCast } from '../../test/cast.ts'
import { dayFromNow } from '../../test/substitution.ts'
import { anotherSupervisor, away, deputyOfSirje, lastTalk } from '../../test/supervision.ts'
import { givenSupport, type Support, usualVisit } from '../../test/support.ts'
import { today } from '../core/clock.server.ts'
import { asPerson } from '../core/db.server.ts'
import { Conflict, Invalid, NotFound, Refused } from '../core/errors.ts'
import type { Person } from '../core/user.ts'
import { openSupervisorHome } from '../home/support.server.ts'
import { answerConcern, askHelp, openConcern } from '../support/concern/concerns.server.ts'
import { listSupervisees, openSupervisee } from '../support/report/supervision.server.ts'
import { logVisit, openVisit } from '../support/visit/visits.server.ts'
import { setSupervisor } from '../volunteers/keeping.server.ts'
import { nameDeputy, openCoverage } from './coverage.server.ts'
import { dutiesMove, endAbsence, openAway, openDuty, standings, tellAbsence } from './duty.server.ts'
import { callOffSession, holdSession, listSessions, openSession, planSession } from './sessions.server.ts'
import { checkSize, readTime, type Standing, stateOf } from './supervision.ts'

let cast: Cast
let support: Support
let endel: Person
let stranger: Person
beforeAll(async () => {
  cast = await openCast()
  support = await givenSupport(cast, dayFromNow(-60))
  endel = await deputyOfSirje(cast)
  stranger = await anotherSupervisor(cast, 'Piia Näidis-Pihl')
})
afterAll(() => cast.close())

const plan = (day: string, more: object = {}) =>
  planSession.run(cast.sirje, { kind: 'individual', volunteers: cast.volunteer, day, ...more })
const words = { topics: ['safety', 'load'], words: 'Rääkisime piiridest.' }
const hold = (id: string, more: object = {}) =>
  holdSession.run(cast.sirje, { id, heldOn: today(), came: cast.volunteer, ...words, ...more })
const standing = async (who = cast.kim) =>
  (await asPerson('read', who.claim, standings)).get(cast.volunteer) as Standing
const lettersTo = async (person: string) =>
  Number((await cast.admin.query('select count(*) from mail_outbox where person_id = $1', [person])).rows[0]?.count)

test('a talk is planned, written down once with who came and what it was about, and the next one stands there by itself', async () => {
  const before = await lettersTo(cast.lou.id)
  const { id } = await plan(dayFromNow(3), { time: '9.30' })
  expect(await lettersTo(cast.lou.id)).toBe(before + 1)
  expect((await openSession.run(cast.sirje, { id })).session).toMatchObject({
    plannedAt: '09:30',
    who: ['Lou Näidis-Lepik'],
  })
  const { next } = await hold(id, { nextOn: dayFromNow(28) })
  const { session, note, people } = await openSession.run(cast.sirje, { id })
  expect(session.heldOn).toBe(today())
  expect(note).toMatchObject({ topics: ['safety', 'load'], words: 'Rääkisime piiridest.' })
  expect(people).toMatchObject([{ attended: true }])
  expect((await openSession.run(cast.sirje, { id: next })).session).toMatchObject({
    plannedOn: dayFromNow(28),
    plannedAt: '09:30',
  })
  await expect(hold(id)).rejects.toBeInstanceOf(Conflict)
  await expect(callOffSession.run(cast.sirje, { id })).rejects.toBeInstanceOf(Conflict)
  await callOffSession.run(cast.sirje, { id: next })
  expect((await listSessions.run(cast.sirje, {})).open).toEqual([])
})

test('what does not fit is said at its field', async () => {
  const { id } = await plan(dayFromNow(1))
  for (const wrong of [{ heldOn: dayFromNow(1) }, { came: cast.sirje.id }, { nextOn: dayFromNow(-1) }, { topics: [] }])
    await expect(hold(id, wrong)).rejects.toBeInstanceOf(Invalid)
  await expect(plan(dayFromNow(1), { kind: 'group' })).rejects.toBeInstanceOf(Invalid)
  await expect(plan(dayFromNow(1), { volunteers: crypto.randomUUID() })).rejects.toBeInstanceOf(Invalid)
  for (const time of ['25.00', 'kell 9', '9.60']) expect(() => readTime(time)).toThrow(Invalid)
  expect([readTime('9:05'), readTime('9'), readTime(undefined)]).toEqual(['09:05', '09:00', null])
  expect(() => checkSize('individual', 2)).toThrow(Invalid)
  await callOffSession.run(cast.sirje, { id })
})

test('nobody but those who guide her knows of a talk; the coordinator sees that it was, never what was spoken', async () => {
  const { id } = await plan(today())
  for (const who of [endel, stranger]) await expect(openSession.run(who, { id })).rejects.toBeInstanceOf(NotFound)
  for (const who of [cast.kim, cast.lou, cast.lea, cast.aino, cast.max])
    await expect(openSession.run(who, { id })).rejects.toBeInstanceOf(Refused)
  await hold(id)
  expect(await standing()).toMatchObject({ lastOn: today(), dueOn: dayFromNow(28), onDuty: null })
  const { people } = await openCoverage.run(cast.kim, {})
  expect(people.find((one) => one.id === cast.volunteer)?.state).toBe('fine')
})

test('while a supervisor is away her deputy has her duty, in both names, and gives it back at the end', async () => {
  const { visit, concern } = await waitingThings()
  await expect(openVisit.run(endel, { id: visit })).rejects.toBeInstanceOf(NotFound)
  const absence = await away(cast)
  expect((await openVisit.run(endel, { id: visit })).visit.note).toBe(usualVisit.note)
  expect((await listSupervisees.run(endel, {})).people.map((one) => one.id)).toEqual([cast.volunteer])
  const { briefs } = await openDuty.run(endel, {})
  expect(briefs).toMatchObject([{ supervisor: cast.sirje.name, until: dayFromNow(7) }])
  expect(briefs[0]?.people[0]?.worries.map((one) => one.id)).toContain(concern)
  expect((await openSupervisorHome.run(endel, {})).digest.duties).toEqual([{ name: cast.sirje.name, count: 1 }])
  await answerConcern.run(endel, { id: concern, answer: 'Helistasin talle.' })
  const { rows } = await cast.admin.query(
    `select action, actor, on_behalf_of from audit_event where actor = $1 and action = any ($2) order by seq`,
    [endel.id, ['support.visit.open', 'support.concern.answer']],
  )
  expect(rows.filter((row) => row.on_behalf_of === cast.sirje.id).map((row) => row.action)).toEqual([
    'support.visit.open',
    'support.concern.answer',
  ])
  // A third one has nothing of it, and the supervisor herself has lost nothing.
  expect((await listSupervisees.run(stranger, {})).people).toEqual([])
  expect((await openConcern.run(cast.sirje, { id: concern })).answer).toBe('Helistasin talle.')
  await expect(endAbsence.run(endel, { id: absence })).rejects.toBeInstanceOf(NotFound)
  await endAbsence.run(cast.sirje, { id: absence })
  await expect(endAbsence.run(cast.sirje, { id: absence })).rejects.toBeInstanceOf(Conflict)
  for (const gone of [openVisit.run(endel, { id: visit }), openSupervisee.run(endel, { id: cast.volunteer })])
    await expect(gone).rejects.toBeInstanceOf(NotFound)
  expect((await openDuty.run(endel, {})).briefs).toEqual([])
})

async function waitingThings() {
  const { id } = await logVisit.run(cast.lou, { ...usualVisit, assignment: support.assignment, day: today() })
  const { concern } = await askHelp.run(cast.lou, { assignment: support.assignment })
  return { visit: id, concern: concern.id }
}

test('a talk that a deputy held comes back with everything else, and the deputy keeps nothing of it', async () => {
  const absence = await away(cast)
  const { id } = await planSession.run(endel, { kind: 'individual', volunteers: cast.volunteer, day: today() })
  await holdSession.run(endel, { id, heldOn: today(), came: cast.volunteer, ...words })
  await endAbsence.run(cast.sirje, { id: absence })
  expect((await openSession.run(cast.sirje, { id })).note?.words).toBe(words.words)
  await expect(openSession.run(endel, { id })).rejects.toBeInstanceOf(NotFound)
})

test('when nobody has sat with her in time the duty moves, is told once, and comes back with the next talk', async () => {
  await cast.admin.query('delete from supervision_note')
  await cast.admin.query('delete from supervision_participant')
  await lastTalk(cast, 35)
  expect(await standing()).toMatchObject({ dueOn: dayFromNow(-7), onDuty: null })
  await cast.admin.query('update supervision_session set held_on = $1 where held_on is not null', [dayFromNow(-36)])
  expect(await standing()).toMatchObject({ why: 'lapse', onDuty: endel.id })
  const before = [await lettersTo(endel.id), await lettersTo(cast.sirje.id)]
  await dutiesMove.run(cast.sys)
  await dutiesMove.run(cast.sys)
  expect([await lettersTo(endel.id), await lettersTo(cast.sirje.id)]).toEqual(before.map((count) => count + 1))
  expect((await openSupervisorHome.run(cast.sirje, {})).digest.moved).toMatchObject([{ id: cast.volunteer }])
  expect((await openDuty.run(endel, {})).briefs[0]?.people[0]).toMatchObject({ why: 'lapse', id: cast.volunteer })
  const { id } = await planSession.run(endel, { kind: 'individual', volunteers: cast.volunteer, day: today() })
  await holdSession.run(endel, { id, heldOn: today(), came: cast.volunteer, ...words })
  expect(await standing()).toMatchObject({ why: null, onDuty: null, lastOn: today() })
  expect((await listSupervisees.run(endel, {})).people).toEqual([])
})

test('a call for help reaches the deputy as well while the duty is theirs', async () => {
  const absence = await away(cast)
  const before = await lettersTo(endel.id)
  await askHelp.run(cast.lou, { assignment: support.assignment })
  expect(await lettersTo(endel.id)).toBe(before + 1)
  await endAbsence.run(cast.kim, { id: absence })
  await askHelp.run(cast.lou, { assignment: support.assignment })
  expect(await lettersTo(endel.id)).toBe(before + 1)
})

test('an absence is told for oneself, or by the coordinator; never in the past, turned round or without end', async () => {
  const days = { fromOn: dayFromNow(1), toOn: dayFromNow(5) }
  const { covered } = await tellAbsence.run(cast.sirje, { ...days, supervisor: stranger.id })
  expect(covered).toBe(true)
  expect((await openAway.run(cast.sirje, {})).absences).toMatchObject([{ name: cast.sirje.name, deputy: endel.name }])
  expect((await tellAbsence.run(cast.kim, { ...days, supervisor: stranger.id })).covered).toBe(false)
  for (const wrong of [{ fromOn: dayFromNow(-1) }, { toOn: today() }, { toOn: dayFromNow(120) }])
    await expect(tellAbsence.run(cast.sirje, { ...days, ...wrong })).rejects.toBeInstanceOf(Invalid)
  await expect(tellAbsence.run(cast.kim, days)).rejects.toBeInstanceOf(Invalid)
  await expect(tellAbsence.run(cast.lou, days)).rejects.toBeInstanceOf(Refused)
})

test('a deputy is a supervisor in office and somebody else; one at a time', async () => {
  const name = (supervisor: string, deputy: string) => nameDeputy.run(cast.kim, { supervisor, deputy })
  await expect(name(cast.sirje.id, cast.sirje.id)).rejects.toBeInstanceOf(Invalid)
  await expect(name(cast.sirje.id, cast.lea.id)).rejects.toBeInstanceOf(Invalid)
  await name(cast.sirje.id, stranger.id)
  const { deputies } = await openCoverage.run(cast.kim, {})
  expect(deputies.find((one) => one.id === cast.sirje.id)?.deputy).toBe(stranger.name)
  await expect(nameDeputy.run(cast.sirje, {})).rejects.toBeInstanceOf(Refused)
})

test('the state of a supervision is its most urgent one', () => {
  const fine: Standing = {
    ...{
      volunteerId: 'v',
      supervisorId: 's',
      lastOn: '2026-11-01',
      ...{ covisionOn: null, covisionDue: null, covisionNext: null },
      nextOn: null,
      nextAt: null,
      nextKind: null,
    },
    ...{ dueOn: '2026-12-20', deputyId: null, onDuty: null, why: null, until: null },
  }
  const state = (more: Partial<Standing>, since: string | null = null) =>
    stateOf({ ...fine, ...more }, '2026-12-01', '2026-09-01', since)
  expect(state({})).toBe('fine')
  expect(state({ supervisorId: null, dueOn: '2026-01-01' })).toBe('unguided')
  expect(state({ why: 'lapse', dueOn: '2026-11-01' })).toBe('moved')
  expect(state({ dueOn: '2026-11-30' })).toBe('overdue')
  expect([state({ dueOn: '2026-12-08' }), state({ dueOn: '2026-12-08', nextOn: '2026-12-05' })]).toEqual([
    'soon',
    'fine',
  ])
  expect(state({ dueOn: null, lastOn: '2026-08-31' })).toBe('forgotten')
  expect([state({ dueOn: null, lastOn: null }, '2026-08-01'), state({ dueOn: null, lastOn: null })]).toEqual([
    'forgotten',
    'fine',
  ])
})

test('nobody names herself, neither as deputy nor as supervisor: what is said in confidence is not come by alone', async () => {
  const kim = cast.kim.id
  await expect(nameDeputy.run(cast.kim, { supervisor: cast.sirje.id, deputy: kim })).rejects.toMatchObject({
    fields: { deputy: { key: 'supervision.error.own' } },
  })
  await expect(setSupervisor.run(cast.kim, { id: cast.volunteer, supervisor: kim })).rejects.toMatchObject({
    fields: { supervisor: { key: 'volunteers.error.ownSupervisor' } },
  })
})

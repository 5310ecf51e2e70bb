// Is a visit written down once, put right without being lost, and read by nobody else?
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type Cast, openCast } from '../../../test/cast.ts'
import { givenSupport, type Support, usualVisit } from '../../../test/support.ts'
import { standAt } from '../../core/clock.server.ts'
import { type Invalid, NotFound, Refused } from '../../core/errors.ts'
import { openOwnConcern } from '../concern/concerns.server.ts'
import { correctVisit, logVisit, openVisit, openVisitForm } from './visits.server.ts'
import { listVisits } from './visits-read.server.ts'

let cast: Cast
let support: Support
beforeAll(async () => {
  cast = await openCast()
  support = await givenSupport(cast, '2026-11-03')
})
beforeEach(() => standAt(new Date('2026-11-23T10:00:00Z')))
afterAll(async () => {
  standAt(null)
  await cast.close()
})

const log = (changes: Record<string, string> = {}, of = support) =>
  logVisit.run(cast.lou, { assignment: of.assignment, day: '2026-11-20', ...usualVisit, ...changes })
const wrongAt = (field: string) => (error: Invalid) => Object.keys(error.fields ?? {}).includes(field)
const letters = async () => (await cast.admin.query('select person_id, kind from mail_outbox')).rows

test('one running case is chosen already', async () => {
  const form = await openVisitForm.run(cast.lou, {})
  expect(form).toMatchObject({ chosen: support.assignment, today: '2026-11-23' })
  expect(await openVisitForm.run(cast.sirje, {})).toMatchObject({
    assignments: [{ id: support.assignment, mine: false }],
  })
  await expect(openVisitForm.run(cast.max, {})).rejects.toBeInstanceOf(Refused)
})

test('a visit is kept with its note sealed, and its own people read it', async () => {
  const { id } = await log({ expense: '3,50', expenseNote: 'Bussipilet' })
  const { rows } = await cast.admin.query('select * from visit where id = $1', [id])
  expect(rows[0]).toMatchObject({ number: support.number, minutes: 60, expense_cents: 350, contacts: 1, danger: false })
  expect(rows[0].note_sealed.toString('utf8')).not.toContain('perearst')
  const opened = await openVisit.run(cast.lou, { id })
  expect(opened).toMatchObject({ visit: { note: usualVisit.note, mine: true, closed: false }, correctable: true })
  expect((await openVisit.run(cast.sirje, { id })).visit.note).toBe(usualVisit.note)
  await expect(openVisit.run(cast.max, { id })).rejects.toBeInstanceOf(Refused)
  expect((await listVisits.run(cast.lou, { month: '2026-11' })).visits.map((visit) => visit.id)).toContain(id)
  await expect(listVisits.run(cast.sirje, {})).rejects.toBeInstanceOf(Refused)
})

test('a visit is of a day that has come and on which the support ran', async () => {
  await expect(log({ day: '2026-11-24' })).rejects.toSatisfy(wrongAt('day'))
  await expect(log({ day: '2026-11-02' })).rejects.toSatisfy(wrongAt('day'))
  await expect(log({ day: 'own', otherDay: '' })).rejects.toSatisfy(wrongAt('otherDay'))
  await expect(log({ day: 'own', otherDay: '31.02.2026' })).rejects.toSatisfy(wrongAt('otherDay'))
})

test('own minutes and an expense must say what they are', async () => {
  await expect(log({ minutes: 'own' })).rejects.toSatisfy(wrongAt('ownMinutes'))
  await expect(log({ minutes: '7' })).rejects.toSatisfy(wrongAt('minutes'))
  await expect(log({ expense: '12,50' })).rejects.toSatisfy(wrongAt('expenseNote'))
  const { id } = await log({ minutes: 'own', ownMinutes: '25' })
  expect((await openVisit.run(cast.lou, { id })).visit.minutes).toBe(25)
})

test('a danger tells the supervisor and the victim support worker at once, in e-mails that say nothing', async () => {
  const before = (await letters()).length
  const { concernId } = await log({ danger: 'yes' })
  const sent = (await letters()).slice(before)
  expect(new Set(sent.map((row) => row.person_id))).toEqual(new Set([cast.sirje.id, cast.lea.id]))
  expect(new Set(sent.map((row) => row.kind))).toEqual(new Set(['urgent']))
  const state = await openOwnConcern.run(cast.lou, { id: concernId })
  expect(state.told.map((person) => person.role).sort()).toEqual(['lead', 'supervisor'])
  expect(state.concern).toMatchObject({ number: support.number, state: 'raised' })
})

test('a correction takes the place of the old entry, which stays with its reason', async () => {
  const { id } = await log({ minutes: '30' })
  const typed = { id, day: '2026-11-19', ...usualVisit, minutes: '45', reason: 'Vale kestus' }
  await expect(correctVisit.run(cast.lou, { ...typed, reason: '' })).rejects.toSatisfy(wrongAt('reason'))
  const corrected = await correctVisit.run(cast.lou, typed)
  expect(await openVisit.run(cast.lou, { id: corrected.id })).toMatchObject({
    visit: { minutes: 45, onDate: '2026-11-19' },
    earlier: { minutes: 30, supersededReason: 'Vale kestus' },
  })
  const { visits } = await listVisits.run(cast.lou, { month: '2026-11' })
  expect(visits.map((visit) => visit.id)).not.toContain(id)
  await expect(correctVisit.run(cast.lou, typed)).rejects.toBeInstanceOf(NotFound)
})

test('a supervisor logs for her supervisee and mends only what she logged herself', async () => {
  const own = await log()
  const typed = { day: '2026-11-18', ...usualVisit, reason: 'Vale päev' }
  await expect(correctVisit.run(cast.sirje, { ...typed, id: own.id })).rejects.toBeInstanceOf(NotFound)
  // As a form sends it: with a key of its own.
  const typedIn = { assignment: support.assignment, day: '2026-11-21', ...usualVisit }
  const { id } = await logVisit.run(cast.sirje, typedIn, randomUUID())
  const mended = await correctVisit.run(cast.sirje, { ...typed, id })
  expect((await openVisit.run(cast.lou, { id: mended.id })).visit).toMatchObject({ onDate: '2026-11-18', mine: true })
  const before = (await letters()).length
  await logVisit.run(cast.sirje, { assignment: support.assignment, day: '2026-11-21', ...usualVisit, danger: 'yes' })
  expect((await letters()).slice(before).map((row) => row.person_id)).toEqual([cast.lea.id])
})

test('nobody logs under a case that is not theirs', async () => {
  const typed = { assignment: support.assignment, day: '2026-11-20', ...usualVisit }
  await expect(logVisit.run(cast.max, typed)).rejects.toBeInstanceOf(Refused)
  await expect(logVisit.run(cast.kim, typed)).rejects.toBeInstanceOf(Refused)
  await expect(correctVisit.run(cast.max, typed)).rejects.toBeInstanceOf(Refused)
  await expect(log({ assignment: crypto.randomUUID() })).rejects.toBeInstanceOf(NotFound)
})

test('when the support ends, its entries keep day and minutes and close their notes', async () => {
  const other = await givenSupport(cast, '2026-11-05')
  const { id } = await log({}, other)
  await cast.admin.query(`update assignment set status = 'ended', end_on = '2026-11-22' where id = $1`, [
    other.assignment,
  ])
  const after = await openVisit.run(cast.lou, { id })
  expect(after).toMatchObject({ visit: { note: null, closed: true, minutes: 60 }, correctable: false })
  await expect(log({}, other)).rejects.toBeInstanceOf(NotFound)
  // What was forgotten the supervisor adds for her, within the days of the support.
  const late = { assignment: other.assignment, day: '2026-11-22', ...usualVisit }
  expect((await logVisit.run(cast.sirje, late)).mine).toBe(false)
  await expect(logVisit.run(cast.sirje, { ...late, day: '2026-11-23' })).rejects.toSatisfy(wrongAt('day'))
})

// Does a call for help reach those who can help, and only them?
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Cast, openCast } from '../../../test/cast.ts'
import { givenSupport, type Support, usualVisit } from '../../../test/support.ts'
import { now, standAt } from '../../core/clock.server.ts'
import { asPerson } from '../../core/db.server.ts'
import { Conflict, NotFound, Refused } from '../../core/errors.ts'
import { logVisit } from '../visit/visits.server.ts'
import {
  answerConcern,
  askHelp,
  closeConcern,
  concernReminders,
  listConcerns,
  openConcern,
  openConcerns,
  openHelp,
  openOwnConcern,
  seeConcern,
} from './concerns.server.ts'

let cast: Cast
let support: Support
beforeAll(async () => {
  cast = await openCast()
  support = await givenSupport(cast, '2026-11-03')
})
afterAll(async () => {
  standAt(null)
  await cast.close()
})

const ask = async () => (await askHelp.run(cast.lou, { assignment: support.assignment })).concern.id
const lettersTo = async (person: string, kind: string) =>
  (await cast.admin.query('select 1 from mail_outbox where person_id = $1 and kind = $2', [person, kind])).rowCount ?? 0

test('one touch asks for help; the supervisor and the victim support worker are told', async () => {
  expect(await openHelp.run(cast.lou, {})).toMatchObject({
    assignments: [{ id: support.assignment }],
    supervisor: { name: 'Sirje Näidis-Saar' },
  })
  const before = [await lettersTo(cast.sirje.id, 'urgent'), await lettersTo(cast.lea.id, 'urgent')]
  const id = await ask()
  expect([await lettersTo(cast.sirje.id, 'urgent'), await lettersTo(cast.lea.id, 'urgent')]).toEqual(
    before.map((count) => count + 1),
  )
  expect((await openOwnConcern.run(cast.lou, { id })).concern).toMatchObject({ kind: 'help', state: 'raised' })
  await expect(askHelp.run(cast.lou, { assignment: crypto.randomUUID() })).rejects.toBeInstanceOf(NotFound)
})

test('a worry is seen, answered with what was done, and closed – each with its time and its person', async () => {
  const id = await ask()
  await expect(closeConcern.run(cast.lea, { id })).rejects.toBeInstanceOf(Conflict)
  await seeConcern.run(cast.lea, { id })
  await expect(seeConcern.run(cast.sirje, { id })).rejects.toBeInstanceOf(Conflict)
  await answerConcern.run(cast.sirje, { id, answer: 'Helistasin ja leppisime kokku saatja.' })
  await expect(answerConcern.run(cast.lea, { id, answer: 'Teine vastus' })).rejects.toBeInstanceOf(Conflict)
  await closeConcern.run(cast.sirje, { id })
  const { concern, answer } = await openConcern.run(cast.lea, { id })
  expect(concern).toMatchObject({ state: 'closed', seenBy: cast.lea.name, answeredBy: cast.sirje.name })
  expect(answer).toBe('Helistasin ja leppisime kokku saatja.')
  const listed = await listConcerns.run(cast.kim, { closed: 'yes' })
  expect(listed.concerns.map((one) => one.id)).toContain(id)
})

test('what was noted and done is read by the supervisor and the network; the coordinator sees only how far it has come', async () => {
  const typed = { assignment: support.assignment, day: '2026-11-20', ...usualVisit, danger: 'yes' }
  standAt(new Date('2026-11-23T10:00:00Z'))
  const { concernId } = await logVisit.run(cast.lou, typed)
  await answerConcern.run(cast.lea, { id: concernId, answer: 'Käisime kohal.' })
  expect(await openConcern.run(cast.sirje, { id: concernId })).toMatchObject({ note: usualVisit.note, hidden: false })
  const seen = await openConcern.run(cast.kim, { id: concernId })
  expect(seen).toMatchObject({ note: null, answer: null, hidden: true, concern: { state: 'answered' } })
})

test('nobody else knows of it', async () => {
  const id = await ask()
  await expect(openConcern.run(cast.max, { id })).rejects.toBeInstanceOf(NotFound)
  expect((await listConcerns.run(cast.max, {})).concerns).toEqual([])
  await expect(seeConcern.run(cast.max, { id })).rejects.toBeInstanceOf(NotFound)
  await expect(answerConcern.run(cast.max, { id, answer: 'x' })).rejects.toBeInstanceOf(NotFound)
  await expect(closeConcern.run(cast.max, { id })).rejects.toBeInstanceOf(NotFound)
  for (const wrong of [openConcern, seeConcern, answerConcern, closeConcern, listConcerns])
    await expect(wrong.run(cast.lou, { id })).rejects.toBeInstanceOf(Refused)
  for (const wrong of [openHelp, askHelp]) await expect(wrong.run(cast.max, {})).rejects.toBeInstanceOf(Refused)
  await expect(openOwnConcern.run(cast.sirje, { id })).rejects.toBeInstanceOf(NotFound)
})

test('a worry that nobody has answered in a day is shown as late, and its people and the coordinators hear of it once', async () => {
  standAt(null)
  const id = await ask()
  standAt(new Date(now().getTime() + 25 * 3_600_000))
  const late = await asPerson('read', cast.kim.claim, openConcerns)
  expect(late.find((concern) => concern.id === id)?.late).toBe(true)
  await cast.admin.query('delete from mail_outbox')
  const told = async () =>
    (
      await cast.admin.query(`select person_id, kind from mail_outbox where unique_key like $1`, [`concern/${id}/%`])
    ).rows.map((row) => [row.person_id, row.kind])
  await concernReminders.run(cast.sys)
  const once = [cast.sirje, cast.lea, cast.kim].map((person) => [person.id, 'urgent'])
  expect((await told()).toSorted()).toEqual(once.toSorted())
  await concernReminders.run(cast.sys)
  expect((await told()).toSorted()).toEqual(once.toSorted())
})

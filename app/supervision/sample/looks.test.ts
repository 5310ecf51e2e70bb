// Is an entry answered by whoever guides and nobody else, is nothing lost, and does what was found go on to where it helps?
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type Cast, openCast } from '../../../test/cast.ts'
import { answered, drawnBy, lastDays, lookAtAll, onlyEntries, writtenBy } from '../../../test/sample.ts'
import { anotherSupervisor } from '../../../test/supervision.ts'
import { type Support, usualVisit } from '../../../test/support.ts'
import { today } from '../../core/clock.server.ts'
import { Conflict, Invalid, NotFound, Refused } from '../../core/errors.ts'
import { openSupervisorHome } from '../../home/support.server.ts'
import { readEntry } from '../../support/feedback/readings.server.ts'
import { openVisit } from '../../support/visit/visits.server.ts'
import { holdSession, openSession, planSession } from '../sessions.server.ts'
import { openChecklist, writeChecklist } from './checklist.server.ts'
import { boundsOf, sampleSize } from './exact.ts'
import { listRounds } from './list.server.ts'
import { lookAt, openLook, openRound, replyFromLook, topicFromLook } from './looks.server.ts'
import { endRound, openEnding } from './rounds.server.ts'
import { findingsIn, toldBy } from './sample.ts'

let cast: Cast
let support: Support
beforeAll(async () => {
  cast = await openCast()
})
beforeEach(async () => {
  support = await onlyEntries(cast, 24)
})
afterAll(() => cast.close())

const own = () => drawnBy(cast, cast.sirje, 'own', lastDays(30))

test('an entry is answered by whoever guides, its opening stands in the log, and nobody else gets to it', async () => {
  const { round, drawn } = await own()
  const [first] = drawn
  const entry = first?.id ?? ''
  const opened = await openLook.run(cast.sirje, { round, entry })
  expect(opened.visit.note).toBe(usualVisit.note)
  const { rows } = await cast.admin.query(
    `select actor, object_kind, object_id, case_id from audit_event where action = 'supervision.sample.entry' order by seq desc limit 1`,
  )
  expect(rows).toEqual([
    { actor: cast.sirje.id, object_kind: 'visit', object_id: first?.visitId, case_id: support.caseId },
  ])
  const stranger = await anotherSupervisor(cast, 'Piia Näidis-Pihl')
  for (const who of [cast.kim, cast.lou, cast.lea, cast.aino, cast.peep])
    for (const deed of [openLook, replyFromLook, topicFromLook])
      await expect(deed.run(who, { round, entry })).rejects.toBeInstanceOf(Refused)
  await expect(openLook.run(stranger, { round, entry })).rejects.toBeInstanceOf(NotFound)
  await expect(lookAt.run(stranger, { round, entry, ...answered() })).rejects.toBeInstanceOf(NotFound)
  for (const wrong of [
    { round, entry: randomUUID() },
    { round: randomUUID(), entry },
  ])
    await expect(openLook.run(cast.sirje, wrong)).rejects.toBeInstanceOf(NotFound)
  await expect(lookAt.run(cast.sirje, { round, entry, answer1: 'yes' })).rejects.toMatchObject({
    fields: { answer2: { key: 'core.error.choose' }, answer5: { key: 'core.error.choose' } },
  })
})

test('an entry that was not drawn does not exist in the round', async () => {
  await cast.admin.query('delete from visit')
  await writtenBy(cast.lou, support.assignment, 60)
  const { round, entries } = await drawnBy(cast, cast.sirje, 'own', lastDays(70))
  const left = entries.find(({ drawnAs }) => drawnAs === null)
  expect(left).toBeDefined()
  await expect(openLook.run(cast.sirje, { round, entry: left?.id })).rejects.toBeInstanceOf(NotFound)
})

test('of two tabs the second is told what stands there now, and nothing is written over unread', async () => {
  const { round, drawn } = await own()
  const entry = drawn[0]?.id ?? ''
  await lookAt.run(cast.sirje, { round, entry, seen: '', ...answered([2], { 2: 'Kanaar-märkus' }) })
  await expect(lookAt.run(cast.sirje, { round, entry, seen: '', ...answered() })).rejects.toMatchObject({
    said: { key: 'core.error.overtaken' },
  })
  const { look } = await openLook.run(cast.sirje, { round, entry })
  expect(look).toMatchObject({ answers: ['yes', 'no', 'yes', 'yes', 'yes'], notes: ['', 'Kanaar-märkus', '', '', ''] })
  const both = await Promise.allSettled(
    [1, 2].map(() => lookAt.run(cast.sirje, { round, entry, seen: look?.id, ...answered() })),
  )
  expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
  const { rows } = await cast.admin.query('select notes_sealed from sample_look where notes_sealed is not null')
  expect(rows.length).toBe(1)
  expect(String(rows[0]?.notes_sealed)).not.toContain('Kanaar')
})

test('with one press what was found is a reply, and with another it waits for the next talk', async () => {
  const { round, drawn } = await own()
  const [{ id: entry = '', visitId = '' } = {}] = drawn
  await expect(replyFromLook.run(cast.sirje, { round, entry })).rejects.toBeInstanceOf(Conflict)
  await lookAt.run(cast.sirje, { round, entry, ...answered([2], { 2: 'Kirjuta, mis edasi saab.' }) })
  await replyFromLook.run(cast.sirje, { round, entry })
  const { readings } = await openVisit.run(cast.lou, { id: visitId })
  expect(readings.map(({ reply }) => reply)).toEqual([
    expect.stringMatching(/^Aitäh sissekande eest\.[\s\S]*Kas järgmine samm on kirjas\? Kirjuta, mis edasi saab\.$/),
  ])
  await expect(replyFromLook.run(cast.sirje, { round, entry })).rejects.toBeInstanceOf(Conflict)
  await topicFromLook.run(cast.sirje, { round, entry })
  await expect(topicFromLook.run(cast.sirje, { round, entry })).rejects.toBeInstanceOf(Conflict)
  const plan = () => planSession.run(cast.sirje, { kind: 'individual', volunteers: cast.volunteer, day: today() })
  const { id } = await plan()
  const { found } = await openSession.run(cast.sirje, { id })
  expect(found.map(({ findings }) => findings.map(({ note }) => note))).toEqual([['Kirjuta, mis edasi saab.']])
  await holdSession.run(cast.sirje, { id, heldOn: today(), came: cast.volunteer, topics: ['papers'] })
  expect((await openSession.run(cast.sirje, { id: (await plan()).id })).found).toEqual([])
  await expect(topicFromLook.run(cast.sirje, { round, entry: drawn[1]?.id })).rejects.toBeInstanceOf(Conflict)
})

test('an entry that was read and answered before is answered once more for what a round found', async () => {
  const { round, drawn } = await own()
  const [{ id: entry = '', visitId = '' } = {}] = drawn
  await readEntry.run(cast.sirje, { id: visitId, reply: 'Aitäh.' })
  await lookAt.run(cast.sirje, { round, entry, ...answered([1]) })
  await replyFromLook.run(cast.sirje, { round, entry })
  expect((await openVisit.run(cast.lou, { id: visitId })).readings.length).toBe(2)
})

test('nothing is told before the end; then what was found, and how many there may be among all', async () => {
  const { round, drawn } = await own()
  const random = drawn.filter(({ drawnAs }) => drawnAs === 'random')
  await lookAtAll(cast.sirje, round, random.slice(1), 2)
  const before = await openRound.run(cast.sirje, { round })
  expect([before.round.figures, before.given.filter(({ looked }) => looked).length]).toEqual([null, random.length - 1])
  expect((await openSupervisorHome.run(cast.sirje, {})).digest.samples).toMatchObject([{ id: round, left: 1 }])
  expect((await openEnding.run(cast.sirje, { round })).left).toBe(1)
  await endRound.run(cast.sirje, { round })
  await expect(endRound.run(cast.sirje, { round })).rejects.toBeInstanceOf(Conflict)
  await expect(lookAt.run(cast.sirje, { round, entry: random[0]?.id, ...answered() })).rejects.toBeInstanceOf(Conflict)
  const after = await openRound.run(cast.sirje, { round })
  const { figures, sample, entries, confidence } = after.round
  const told = toldBy({ figures: figures ?? {}, sample, entries, confidence, threshold: null }, after.questions)
  const seen = { of: 24, drawn: random.length, looked: random.length - 1 }
  expect(told.map(({ no, bounds }) => [no, bounds])).toEqual(
    [0, 2, 0, 0, 0].map((found) => [found, boundsOf({ ...seen, found }, 95)]),
  )
  expect((await listRounds.run(cast.sirje, {})).ended.map(({ id }) => id)).toEqual([round])
})

test('what was added beside the lot changes nothing in what is said of all', async () => {
  await cast.admin.query('update visit set danger = true')
  const { round, drawn } = await own()
  const added = drawn.filter(({ drawnAs }) => drawnAs !== 'random')
  expect(added.length).toBeGreaterThan(0)
  await lookAtAll(
    cast.sirje,
    round,
    drawn.filter(({ drawnAs }) => drawnAs === 'random'),
  )
  await lookAtAll(cast.sirje, round, added, added.length)
  await endRound.run(cast.sirje, { round })
  const { figures } = (await openRound.run(cast.sirje, { round })).round
  expect(figures?.['2/no']).toBeUndefined()
  expect(figures?.['2/yes']).toBe(sampleSize(24, 10, 95))
})

test('what is asked is a version of its day: a round keeps its questions when they change', async () => {
  const { round, drawn } = await own()
  const entry = drawn[0]?.id ?? ''
  const [{ version, questions }] = await openChecklist.run(cast.kim, {})
  const typed = { et: 'Kas on selge?', en: 'Is it clear?', ru: 'Ясно ли?' }
  const both = await Promise.allSettled([1, 2].map(() => writeChecklist.run(cast.kim, { version, ...typed })))
  expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
  await expect(writeChecklist.run(cast.kim, { version: version + 1, ...typed, ru: 'a\nb' })).rejects.toBeInstanceOf(
    Invalid,
  )
  await expect(writeChecklist.run(cast.sirje, { version: version + 1, ...typed })).rejects.toBeInstanceOf(Refused)
  expect((await openLook.run(cast.sirje, { round, entry })).questions).toEqual(questions)
  await lookAt.run(cast.sirje, { round, entry, ...answered([1]) })
  const { look } = await openLook.run(cast.sirje, { round, entry })
  expect(look && findingsIn(questions, look).map(({ question }) => question.et)).toEqual([questions[0]?.et])
  expect((await openChecklist.run(cast.lou, {}))[0]?.questions).toEqual([typed])
  await cast.admin.query(
    'delete from sample_look; delete from sample_entry; delete from sample_round; delete from sample_checklist where version > 1',
  )
})

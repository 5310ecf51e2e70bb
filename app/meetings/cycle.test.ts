// Do the agencies answer, the core group speak and decide, each seeing only what they have promised to keep?
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { referCase } from '../../test/cases.ts'
import { type Cast, openCast } from '../../test/cast.ts'
import { openTimeline } from '../cases/timeline.server.ts'
import { addDays } from '../core/calendar/working-days.ts'
import { today } from '../core/clock.server.ts'
import { Conflict, Invalid, NotFound, Refused } from '../core/errors.ts'
import { openMeeting } from './agenda/agenda.server.ts'
import { closeAgenda } from './agenda/arrange.server.ts'
import { callMeeting } from './calendar/calendar.server.ts'
import {
  addObserver,
  markPresent,
  openApologies,
  openAttendance,
  openObserver,
  openPledge,
  pledgeSilence,
  recordApologies,
} from './live/attendance.server.ts'
import { beginMeeting, decideItem, endMeeting, openLive } from './live/live.server.ts'
import { addAction } from './plan/plan.server.ts'
import { answerResearch, openAnswerResearch, openResearch, remindOfResearch } from './research/research.server.ts'

let cast: Cast
let first: string
let second: string
let id: string
beforeAll(async () => {
  cast = await openCast()
  await cast.admin.query(`update person_role set agency = 'politsei' where person_id = $1`, [cast.mall.id])
  first = await referCase(cast.lea)
  second = await referCase(cast.lea)
})
afterAll(() => cast.close())

beforeEach(async () => {
  await cast.admin.query(
    'delete from case_decision; delete from research; delete from meeting_attendance; delete from meeting_pledge; delete from risk_answer; delete from case_action; delete from agenda_item; delete from meeting; delete from mail_outbox',
  )
  const call = { network: cast.networks.ida, mode: 'sitting', onDate: today() }
  id = (await callMeeting.run(cast.lea, call)).id
  await closeAgenda.run(cast.lea, { id })
})

const something = {
  known: 'something',
  words: 'Näidis: kaks väljakutset oktoobris',
  relevance: 'Näidis: kordub õhtuti',
  toldTo: ['police', 'victim_support'],
}
const pledge = (who = cast.lea) => pledgeSilence.run(who, { id, silent: 'yes' })

test('every agency is asked about every case, and “nothing known” is an answer', async () => {
  expect(await openResearch.run(cast.mall, { id })).toMatchObject({
    mine: 'police',
    cases: [{ silent: ['victim_support', 'police'], waits: true }, {}],
  })
  await answerResearch.run(cast.mall, { id, case: first, known: 'nothing' })
  const line = (await openResearch.run(cast.lea, { id })).cases.find((one) => one.caseId === first)
  expect(line).toMatchObject({ silent: ['victim_support'], waits: true })
  expect((await openResearch.run(cast.kim, { id })).cases.find((one) => one.caseId === first)?.silent).toEqual([
    'victim_support',
  ])
  expect((await openAnswerResearch.run(cast.mall, { id, case: first })).own).toMatchObject({
    agency: 'police',
    words: null,
  })
})

test('what is known comes with why it is needed and who may know it, and can be said anew until the meeting is over', async () => {
  const { relevance: _, ...unexplained } = something
  await expect(answerResearch.run(cast.mall, { id, case: first, ...unexplained })).rejects.toMatchObject({
    fields: { relevance: { key: 'meetings.research.why' } },
  })
  await expect(answerResearch.run(cast.mall, { id, case: first, ...something, toldTo: [] })).rejects.toBeInstanceOf(
    Invalid,
  )
  await answerResearch.run(cast.mall, { id, case: first, ...something })
  const better = { id, case: first, ...something, words: 'Näidis: kolm väljakutset' }
  await expect(answerResearch.run(cast.mall, better)).rejects.toMatchObject({ said: { key: 'core.error.overtaken' } })
  const seen = (await openAnswerResearch.run(cast.mall, { id, case: first })).own?.id
  await answerResearch.run(cast.mall, { ...better, seen })
  expect((await openAnswerResearch.run(cast.mall, { id, case: first })).own?.words).toBe('Näidis: kolm väljakutset')
  await expect(answerResearch.run(cast.max, { id, case: first, known: 'nothing' })).rejects.toBeInstanceOf(NotFound)
  await expect(answerResearch.run(cast.kim, { id, case: first, known: 'nothing' })).rejects.toBeInstanceOf(Refused)
})

test('others’ answers open after one’s own promise, and only to whom they may be told', async () => {
  await answerResearch.run(cast.mall, { id, case: first, ...something })
  await answerResearch.run(cast.mall, { id, case: second, ...something, toldTo: ['police'] })
  expect((await openAnswerResearch.run(cast.lea, { id, case: first })).others).toEqual([])
  await expect(pledgeSilence.run(cast.lea, { id })).rejects.toBeInstanceOf(Invalid)
  await pledge()
  await pledge()
  expect((await openPledge.run(cast.lea, { id })).pledged).toBe(true)
  expect((await openAnswerResearch.run(cast.lea, { id, case: first })).others).toMatchObject([
    { agency: 'police', words: something.words },
  ])
  expect((await openAnswerResearch.run(cast.lea, { id, case: second })).others).toEqual([])
  await expect(pledgeSilence.run(cast.max, { id, silent: 'yes' })).rejects.toBeInstanceOf(NotFound)
})

test('whoever has not answered hears of it once some days before, without a word of what it is about', async () => {
  await cast.admin.query(`update meeting set on_date = $2 where id = $1`, [id, addDays(today(), 2)])
  await answerResearch.run(cast.mall, { id, case: first, known: 'nothing' })
  await answerResearch.run(cast.mall, { id, case: second, known: 'nothing' })
  expect(await remindOfResearch(cast.sys)).toBe(1)
  await remindOfResearch(cast.sys)
  const { rows } = await cast.admin.query(`select person_id, kind from mail_outbox where unique_key like 'research:%'`)
  expect(rows).toEqual([{ person_id: cast.lea.id, kind: 'reminder' }])
})

test('attendance, apologies with what was sent and when, and observers who signed on paper', async () => {
  await markPresent.run(cast.lea, { id, person: cast.lea.id })
  await expect(
    recordApologies.run(cast.lea, { id, person: cast.mall.id, sent: 'Näidis: patrull teab' }),
  ).rejects.toBeInstanceOf(Invalid)
  expect((await openApologies.run(cast.lea, { id, person: cast.mall.id })).seat.name).toBe('Mall Näidis-Maasik')
  await recordApologies.run(cast.lea, { id, person: cast.mall.id, sent: 'Näidis: patrull teab', sentOn: '25.11.2026' })
  await expect(addObserver.run(cast.lea, { id, name: 'Näidis-Vaatleja', agency: 'other' })).rejects.toBeInstanceOf(
    Invalid,
  )
  await openObserver.run(cast.lea, { id })
  await addObserver.run(cast.lea, { id, name: 'Näidis-Vaatleja', agency: 'other', signed: 'yes' })
  const { seats, observers } = await openAttendance.run(cast.mall, { id })
  expect(seats.map((seat) => seat.presence)).toMatchObject([
    { kind: 'present' },
    { kind: 'apologies', sent: 'Näidis: patrull teab', sentOn: '2026-11-25' },
  ])
  expect(observers).toMatchObject([{ name: 'Näidis-Vaatleja' }])
  expect((await openLive.run(cast.lea, { id, case: first })).missing).toContain('police')
  await markPresent.run(cast.lea, { id, person: cast.mall.id })
  expect((await openLive.run(cast.lea, { id, case: first })).missing).not.toContain('police')
  await expect(openAttendance.run(cast.max, { id })).rejects.toBeInstanceOf(NotFound)
  for (const operation of [markPresent, recordApologies])
    await expect(operation.run(cast.mall, { id, person: cast.mall.id })).rejects.toBeInstanceOf(Refused)
})

test('one case after another is decided, with reasons, by a lead who has promised; then the meeting is over for good', async () => {
  const decision = { id, case: first, outcome: 'planned', words: 'Näidis: lähenemiskeeld', reason: 'Näidis: oht püsib' }
  await expect(decideItem.run(cast.lea, decision)).rejects.toBeInstanceOf(Conflict)
  await beginMeeting.run(cast.lea, { id })
  await expect(decideItem.run(cast.lea, decision)).rejects.toMatchObject({ said: { key: 'meetings.pledge.first' } })
  await pledge()
  await expect(decideItem.run(cast.lea, { ...decision, reason: '' })).rejects.toBeInstanceOf(Invalid)
  await decideItem.run(cast.lea, decision)
  const seen = (await openLive.run(cast.lea, { id, case: first })).decision?.id
  const better = { ...decision, words: 'Näidis: lähenemiskeeld ja nõustamine' }
  await expect(decideItem.run(cast.lea, better)).rejects.toMatchObject({ said: { key: 'core.error.overtaken' } })
  await decideItem.run(cast.lea, { ...better, seen })
  expect((await openLive.run(cast.lea, { id, case: first })).decision?.words).toBe(
    'Näidis: lähenemiskeeld ja nõustamine',
  )
  expect((await openLive.run(cast.mall, { id, case: first })).decision).toBeNull()
  await pledge(cast.mall)
  expect((await openLive.run(cast.mall, { id, case: first })).decision?.reason).toBe('Näidis: oht püsib')
  await endMeeting.run(cast.lea, { id })
  await expect(decideItem.run(cast.lea, { ...decision, case: second })).rejects.toBeInstanceOf(Conflict)
  await expect(endMeeting.run(cast.lea, { id })).rejects.toBeInstanceOf(Conflict)
  const next = (
    await callMeeting.run(cast.lea, { network: cast.networks.ida, mode: 'sitting', onDate: addDays(today(), 30) })
  ).id
  expect((await openMeeting.run(cast.lea, { id: next })).coming.map(({ caseId, kind }) => [caseId, kind])).toEqual([
    [second, 'carried'],
  ])
  const heard = await openTimeline.run(cast.lea, { id: first })
  expect(heard.events).toContainEqual(expect.objectContaining({ kind: 'heard', detail: 'planned', onDate: today() }))
  expect(heard.ahead.filter(({ kind }) => kind === 'meeting')).toEqual([])
  for (const operation of [beginMeeting, endMeeting])
    await expect(operation.run(cast.mall, { id })).rejects.toBeInstanceOf(Refused)
})

test('on the wall stand numbers, agencies and days, and not a word more', async () => {
  await beginMeeting.run(cast.lea, { id })
  await pledge()
  await answerResearch.run(cast.lea, { id, case: first, ...something })
  await addAction.run(cast.lea, {
    id: first,
    owner: cast.mall.id,
    dueOn: '31.12.2026',
    contact: 'none',
    what: 'Näidis: helistab Annale',
    result: 'Näidis: on helistatud',
    meeting: id,
  })
  const inside = await openLive.run(cast.lea, { id, case: first })
  expect(JSON.stringify(inside)).toMatch(/väljakutset.*|helistab Annale/)
  const wall = JSON.stringify(await openLive.run(cast.lea, { id, case: first, wall: 'yes' }))
  expect(wall).not.toMatch(/väljakutset|Annale|helistatud/)
})

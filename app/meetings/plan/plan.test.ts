// Has every action one owner, one day and a result that can be checked, and is every risk answered by one or accepted for a reason?
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { referCase } from '../../../test/cases.ts'
import { type Cast, openCast } from '../../../test/cast.ts'
import { gapsOf as closingGaps } from '../../cases/closing/closing.server.ts'
import { blocking, type ClosingReason } from '../../cases/closing/closing.ts'
import { openContact } from '../../cases/contact/safe.server.ts'
import { saveAssessment } from '../../cases/risk/assess.server.ts'
import { instrumentNow } from '../../cases/risk/assessments.server.ts'
import { openTimeline } from '../../cases/timeline.server.ts'
import { addDays } from '../../core/calendar/working-days.ts'
import { today } from '../../core/clock.server.ts'
import { asPerson } from '../../core/db.server.ts'
import { Conflict, Invalid, NotFound, Refused } from '../../core/errors.ts'
import { openMeeting } from '../agenda/agenda.server.ts'
import { callMeeting } from '../calendar/calendar.server.ts'
import { actionStanding, ownActions, remindOfActions } from './actions.server.ts'
import { lookPlan, openLookPlan } from './look.server.ts'
import { answerRisk, openAnswerRisk } from './matrix.server.ts'
import { addAction, endAction, openEndAction, openNewAction, openPlan } from './plan.server.ts'

let cast: Cast
let id: string
beforeAll(async () => {
  cast = await openCast()
  await cast.admin.query(`update person_role set agency = 'politsei' where person_id = $1`, [cast.mall.id])
})
afterAll(() => cast.close())
beforeEach(async () => {
  id = await referCase(cast.lea)
})

const inDays = (days: number) => addDays(today(), days)
const wanted = (more: Record<string, string> = {}) => ({
  ...{
    id,
    owner: cast.mall.id,
    dueOn: inDays(7),
    what: 'Näidis: taotleb lähenemiskeeldu',
    result: 'Näidis: avaldus on kohtus',
    contact: 'none',
  },
  ...more,
})
const add = async (more: Record<string, string> = {}) => (await addAction.run(cast.lea, wanted(more))).action

/** Two ticked risks. */
async function assess() {
  const instrument = await asPerson('read', cast.lea.claim, (db) => instrumentNow(db))
  const [first, second] = instrument.questions
  const answers = Object.fromEntries(
    instrument.questions.map((one) => [`answers.${one.id}`, one === first || one === second ? 'yes' : 'no']),
  )
  await saveAssessment.run(cast.lea, { id, madeOn: today(), withVictim: 'yes', save: 'final', ...answers })
  return [first?.et, second?.et]
}

test('an action without an owner, a day, or a result that can be checked is not kept, nor one that leaves out whether she is contacted', async () => {
  for (const missing of ['owner', 'dueOn', 'what', 'result', 'contact']) {
    await expect(addAction.run(cast.lea, wanted({ [missing]: '' }))).rejects.toMatchObject({
      fields: { [missing]: expect.anything() },
    })
  }
  await expect(addAction.run(cast.lea, wanted({ dueOn: inDays(-1) }))).rejects.toBeInstanceOf(Invalid)
  await expect(addAction.run(cast.lea, wanted({ owner: cast.max.id }))).rejects.toBeInstanceOf(Invalid)
  await expect(addAction.run(cast.max, wanted())).rejects.toBeInstanceOf(NotFound)
  expect((await openNewAction.run(cast.lea, { id })).seats.map((seat) => seat.agency)).toEqual([
    'victim_support',
    'police',
  ])
  await add()
  expect((await openPlan.run(cast.mall, { id })).actions).toMatchObject([
    { agency: 'police', owner: 'Mall Näidis-Maasik', state: 'open', what: 'Näidis: taotleb lähenemiskeeldu' },
  ])
})

test('done, not done and no longer possible are different, each in words, by the owner or the lead, once', async () => {
  const [mine, leads] = [await add(), await add({ owner: cast.lea.id })]
  await expect(endAction.run(cast.mall, { id, action: leads, end: 'done', outcome: 'Näidis' })).rejects.toBeInstanceOf(
    Conflict,
  )
  await expect(endAction.run(cast.mall, { id, action: mine, end: 'impossible', outcome: '' })).rejects.toBeInstanceOf(
    Invalid,
  )
  expect((await openEndAction.run(cast.mall, { id, action: mine })).mine).toBe(true)
  await endAction.run(cast.mall, { id, action: mine, end: 'impossible', outcome: 'Näidis: kannatanu kolis' })
  await endAction.run(cast.lea, { id, action: leads, end: 'not_done', outcome: 'Näidis: ei jõudnud' })
  await expect(endAction.run(cast.lea, { id, action: mine, end: 'done', outcome: 'Näidis' })).rejects.toBeInstanceOf(
    Conflict,
  )
  const ended = (await openPlan.run(cast.lea, { id })).actions.map(({ state, outcome }) => [state, outcome])
  expect(ended).toEqual(
    expect.arrayContaining([
      ['impossible', 'Näidis: kannatanu kolis'],
      ['not_done', 'Näidis: ei jõudnud'],
    ]),
  )
})

test('every ticked risk, child and perpetrator waits for an answer; one that failed opens it again', async () => {
  const asked = await assess()
  expect((await openPlan.run(cast.lea, { id })).gaps).toEqual([
    { kind: 'risk', missing: 2 },
    { kind: 'child', missing: 2 },
    { kind: 'perpetrator', missing: 1 },
  ])
  const { matrix } = await openPlan.run(cast.lea, { id })
  expect(matrix?.slice(0, 2).map((row) => row.question?.et)).toEqual(asked)
  const action = await add()
  await answerRisk.run(cast.lea, { id, kind: 'risk', nth: '1', way: 'action', action })
  await expect(answerRisk.run(cast.lea, { id, kind: 'risk', nth: '2', way: 'accepted' })).rejects.toBeInstanceOf(
    Invalid,
  )
  await expect(answerRisk.run(cast.lea, { id, kind: 'risk', nth: '2', way: 'action' })).rejects.toBeInstanceOf(Invalid)
  await answerRisk.run(cast.lea, { id, kind: 'risk', nth: '2', way: 'accepted', accepted: 'Näidis: relv on ära antud' })
  for (const nth of ['1', '2']) await answerRisk.run(cast.mall, { id, kind: 'child', nth, way: 'action', action })
  await answerRisk.run(cast.mall, { id, kind: 'perpetrator', nth: '1', way: 'action', action })
  expect((await openPlan.run(cast.lea, { id })).gaps).toEqual([])
  const { row } = await openAnswerRisk.run(cast.lea, { id, kind: 'risk', nth: '2' })
  expect(row.accepted).toBe('Näidis: relv on ära antud')
  const other = { id, kind: 'risk', nth: '2', way: 'accepted', accepted: 'Näidis: relv on politseis' }
  await expect(answerRisk.run(cast.mall, other)).rejects.toMatchObject({ said: { key: 'core.error.overtaken' } })
  await answerRisk.run(cast.mall, { ...other, seen: row.answer })
  await endAction.run(cast.mall, { id, action, end: 'not_done', outcome: 'Näidis: ei jõudnud' })
  expect((await openPlan.run(cast.lea, { id })).gaps.map(({ kind, missing }) => [kind, missing])).toEqual([
    ['risk', 1],
    ['child', 2],
    ['perpetrator', 1],
  ])
  await expect(
    answerRisk.run(cast.lea, { id, kind: 'risk', nth: '3', way: 'accepted', accepted: 'x' }),
  ).rejects.toBeInstanceOf(NotFound)
  await expect(openAnswerRisk.run(cast.max, { id, kind: 'risk', nth: '1' })).rejects.toBeInstanceOf(NotFound)
})

test('what is overdue opens the next agenda, the owner is reminded without a word, and the lead a day later', async () => {
  const action = await add()
  await cast.admin.query(`update case_action set due_on = $2 where id = $1`, [action, today()])
  await remindOfActions(cast.sys)
  const told = async () =>
    (
      await cast.admin.query(`select person_id from mail_outbox where unique_key like $1 order by 1`, [
        `action:${action}%`,
      ])
    ).rows.map((row) => row.person_id)
  expect(await told()).toEqual([cast.mall.id])
  await cast.admin.query(`update case_action set due_on = $2 where id = $1`, [action, inDays(-1)])
  await remindOfActions(cast.sys)
  await remindOfActions(cast.sys)
  expect(await told()).toEqual([cast.mall.id, cast.lea.id].toSorted())
  const meeting = await callMeeting.run(cast.lea, { network: cast.networks.ida, mode: 'sitting', onDate: inDays(20) })
  const { coming } = await openMeeting.run(cast.lea, meeting)
  expect(coming[0]).toMatchObject({ caseId: id, kind: 'action' })
  expect(await asPerson('read', cast.mall.claim, (db) => ownActions(db, cast.mall))).toContainEqual(
    expect.objectContaining({ id: action, caseId: id }),
  )
  expect((await asPerson('read', cast.kim.claim, actionStanding)).late).toBe(1)
})

test('the coordinator sees whose and until when, and the words only for a reason, which is written down', async () => {
  await add()
  const seen = await openPlan.run(cast.kim, { id })
  expect(seen).toMatchObject({ matrix: null, gaps: [], actions: [{ agency: 'police', what: null, result: null }] })
  expect((await openLookPlan.run(cast.kim, { id })).minutes).toBe(5)
  await expect(lookPlan.run(cast.kim, { id })).rejects.toBeInstanceOf(Invalid)
  expect((await lookPlan.run(cast.kim, { id, reason: 'Näidis: projektijuht küsis' })).actions[0]?.what).toBe(
    'Näidis: taotleb lähenemiskeeldu',
  )
  const { rows } = await cast.admin.query(
    `select reason_sealed is not null as why from audit_event where action = 'case.plan.look' and case_id = $1 and result = 'done'`,
    [id],
  )
  expect(rows).toEqual([{ why: true }])
  for (const who of [cast.lea, cast.aino, cast.lou])
    await expect(lookPlan.run(who, { id, reason: 'x' })).rejects.toBeInstanceOf(Refused)
  for (const who of [cast.lou, cast.jaan, cast.aino])
    await expect(openPlan.run(who, { id })).rejects.toBeInstanceOf(Refused)
})

test('a case does not end over an open action or a risk that nobody has answered', async () => {
  await assess()
  const action = await add()
  const kinds = async () =>
    (await asPerson('read', cast.lea.claim, (db) => closingGaps(db, id))).map(({ kind }) => kind)
  expect(await kinds()).toEqual(expect.arrayContaining(['action', 'risk-plan', 'plan-people']))
  // Her children and whoever used violence are still there if she has died; the risks are not asked then.
  const left = async (reason: ClosingReason) =>
    blocking(await asPerson('read', cast.lea.claim, (db) => closingGaps(db, id)), reason).map(({ kind }) => kind)
  expect(await left('died')).toContain('plan-people')
  expect(await left('died')).not.toContain('risk-plan')
  expect(await left('mistake')).not.toContain('plan-people')
  for (const [kind, nth] of [
    ['risk', '1'],
    ['risk', '2'],
    ['child', '1'],
    ['child', '2'],
    ['perpetrator', '1'],
  ])
    await answerRisk.run(cast.lea, { id, kind, nth, way: 'action', action })
  expect((await kinds()).filter((kind) => kind === 'risk-plan' || kind === 'plan-people')).toEqual([])
  await endAction.run(cast.lea, { id, action, end: 'done', outcome: 'Näidis: tehtud' })
  expect(await kinds()).not.toContain('action')
  expect(await kinds()).not.toContain('risk-plan')
})

test('the timeline of the case tells what is promised and by when, and afterwards how it ended', async () => {
  const action = await add()
  const soon = { kind: 'action', onDate: inDays(7), detail: 'police', meetingId: null }
  expect((await openTimeline.run(cast.lea, { id })).ahead).toContainEqual(soon)
  await endAction.run(cast.lea, { id, action, end: 'done', outcome: 'Näidis: avaldus on kohtus' })
  const { ahead, events } = await openTimeline.run(cast.lea, { id })
  expect(ahead.filter(({ kind }) => kind === 'action')).toEqual([])
  expect(events).toContainEqual(expect.objectContaining({ kind: 'action-ended', detail: 'done' }))
})

test('an action for which she is contacted keeps to what she said, or says why', async () => {
  const wrongAt = (...names: string[]) =>
    expect.objectContaining({ fields: Object.fromEntries(names.map((name) => [name, expect.anything()])) })
  const calls = { contact: 'call', day: '23.11.2099', time: '10' }
  expect(await addAction.run(cast.lea, wanted(calls))).toMatchObject({ against: false })
  await expect(addAction.run(cast.lea, wanted({ ...calls, time: '16' }))).rejects.toEqual(wrongAt('time', 'because'))
  await expect(addAction.run(cast.lea, wanted({ ...calls, time: '' }))).rejects.toEqual(wrongAt('time', 'because'))
  const anyTime = { contact: 'call', day: '', time: '' }
  await expect(addAction.run(cast.lea, wanted(anyTime))).rejects.toEqual(wrongAt('day', 'because'))
  await expect(addAction.run(cast.lea, wanted({ contact: 'text' }))).rejects.toEqual(
    wrongAt('contact', 'day', 'because'),
  )
  expect((await openPlan.run(cast.lea, { id })).actions).toHaveLength(1)
  const because = 'Kohus nõuab kirjalikku teadet'
  expect(await addAction.run(cast.lea, wanted({ contact: 'text', because }))).toMatchObject({ against: true })
  const { plans } = await openContact.run(cast.lea, { id })
  expect(plans.map(({ broken, why, onDate }) => [broken, why, onDate])).toEqual([
    [['channel', 'day-open'], because, null],
    [[], null, '2099-11-23'],
  ])
  expect(plans.every((plan) => plan.actionId !== null)).toBe(true)
  await addAction.run(cast.lea, wanted({ contact: 'none' }))
  expect((await openContact.run(cast.lea, { id })).plans).toHaveLength(2)
})

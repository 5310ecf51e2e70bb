// Is she told after every decision, by one person until a day, in a way that was looked at first?
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { referCase } from '../../../test/cases.ts'
import { type Cast, openCast } from '../../../test/cast.ts'
import { gapsOf as closingGaps } from '../../cases/closing/closing.server.ts'
import { withdrawContact } from '../../cases/contact/plan.server.ts'
import { openContact } from '../../cases/contact/safe.server.ts'
import { addWorkingDays } from '../../core/calendar/working-days.ts'
import { today } from '../../core/clock.server.ts'
import { asPerson } from '../../core/db.server.ts'
import { Conflict, NotFound } from '../../core/errors.ts'
import { addItem, closeAgenda } from '../agenda/arrange.server.ts'
import { callMeeting } from '../calendar/calendar.server.ts'
import { pledgeSilence } from '../live/attendance.server.ts'
import { beginMeeting, decideItem, openLive } from '../live/live.server.ts'
import { ownActions, remindOfActions } from './actions.server.ts'
import { handAction } from './hand.server.ts'
import { endAction, openEndAction, openPlan } from './plan.server.ts'
import { openPlanUpdate, planUpdate } from './update.server.ts'

let cast: Cast
let id: string
let meeting: string
beforeAll(async () => {
  cast = await openCast()
  await cast.admin.query(`update person_role set agency = 'politsei' where person_id = $1`, [cast.mall.id])
})
afterAll(() => cast.close())
beforeEach(async () => {
  await cast.admin.query(
    'delete from case_decision; delete from meeting_pledge; delete from contact_plan; delete from case_action; delete from agenda_item; delete from meeting; delete from mail_outbox',
  )
  id = await referCase(cast.lea)
  meeting = (await callMeeting.run(cast.lea, { network: cast.networks.ida, mode: 'sitting', onDate: today() })).id
  await addItem.run(cast.lea, { id: meeting, case: id, reason: 'Näidis' })
  await closeAgenda.run(cast.lea, { id: meeting })
  await beginMeeting.run(cast.lea, { id: meeting })
  await pledgeSilence.run(cast.lea, { id: meeting, silent: 'yes' })
})

async function decide(outcome: string) {
  const seen = (await openLive.run(cast.lea, { id: meeting, case: id })).decision?.id
  const words = { words: 'Näidis: lähenemiskeeld', reason: 'Näidis: oht püsib' }
  await decideItem.run(cast.lea, { id: meeting, case: id, outcome, ...words, seen })
}
const owed = async () => (await openPlan.run(cast.lea, { id })).actions.filter(({ kind }) => kind === 'update')
const done = { end: 'done', outcome: 'Näidis: ta teab' }
const call = { channel: 'call', day: '23.11.2099', time: '10' }

test('a decision owes her word of it once; what was put off does not', async () => {
  await decide('carried')
  expect(await owed()).toEqual([])
  await decide('planned')
  await decide('no_action')
  expect(await owed()).toMatchObject([
    { ownerId: cast.lea.id, agency: 'victim_support', dueOn: addWorkingDays(today(), 2), meetingId: meeting },
  ])
  const [action] = await owed()
  expect((await asPerson('read', cast.lea.claim, (db) => closingGaps(db, id))).map((gap) => gap.id)).toContain(
    action?.id,
  )
  expect(await asPerson('read', cast.lea.claim, (db) => ownActions(db, cast.lea))).toMatchObject([
    { id: action?.id, kind: 'update', planned: false },
  ])
})

test('it is done only as it was planned, and within what she asked for or for a reason', async () => {
  await decide('planned')
  const action = (await owed())[0]?.id ?? ''
  const end = (more: Record<string, string>) => endAction.run(cast.lea, { id, action, ...done, ...more })
  await expect(end({})).rejects.toMatchObject({ said: { key: 'meetings.update.planFirst' } })
  await expect(end({ end: 'not_done' })).rejects.toBeInstanceOf(Conflict)
  const wrong = { ...call, time: '16' }
  await expect(planUpdate.run(cast.lea, { id, action, ...wrong })).rejects.toMatchObject({
    fields: { time: expect.anything(), because: expect.anything() },
  })
  expect(await planUpdate.run(cast.lea, { id, action, ...call })).toMatchObject({ against: false })
  const { plans } = await openPlanUpdate.run(cast.lea, { id, action })
  expect(plans).toMatchObject([{ channel: 'call', onDate: '2099-11-23', broken: [] }])
  expect((await openEndAction.run(cast.lea, { id, action })).planned).toBe(true)
  // Taken back, it is no plan any more.
  await withdrawContact.run(cast.lea, { id, plan: plans[0]?.id ?? '' })
  await expect(end({})).rejects.toBeInstanceOf(Conflict)
  const because = 'Näidis: muul ajal ei saa, ta ise palus'
  expect(await planUpdate.run(cast.lea, { id, action, ...wrong, because })).toMatchObject({ against: true })
  await end({})
  expect(await owed()).toMatchObject([{ state: 'done', outcome: 'Näidis: ta teab' }])
  expect((await openContact.run(cast.lea, { id })).plans).toMatchObject([{ actionId: action, why: because }])
  await expect(planUpdate.run(cast.lea, { id, action, ...call })).rejects.toBeInstanceOf(Conflict)
})

test('it may become impossible, with why; and the database knows the same rules', async () => {
  await decide('planned')
  const action = (await owed())[0]?.id ?? ''
  const past = `update case_action set outcome_sealed = '\\x01', ended_by = owner_id, ended_at = now(), state = `
  for (const state of ['done', 'not_done'])
    await expect(cast.admin.query(`${past}'${state}' where id = $1`, [action])).rejects.toMatchObject({ code: '23514' })
  await endAction.run(cast.lea, { id, action, end: 'impossible', outcome: 'Näidis: ta on haiglas' })
  expect(await owed()).toMatchObject([{ state: 'impossible' }])
})

test('somebody else may tell her, who is reminded when it is late; nobody else plans it', async () => {
  await decide('planned')
  const action = (await owed())[0]?.id ?? ''
  await expect(openPlanUpdate.run(cast.mall, { id, action })).rejects.toBeInstanceOf(NotFound)
  await expect(planUpdate.run(cast.max, { id, action, ...call })).rejects.toBeInstanceOf(NotFound)
  await handAction.run(cast.lea, { id, action, owner: cast.mall.id })
  await planUpdate.run(cast.mall, { id, action, ...call })
  await cast.admin.query(`update case_action set due_on = $2 where id = $1`, [action, addWorkingDays(today(), -1)])
  await remindOfActions(cast.sys)
  const { rows } = await cast.admin.query(`select person_id from mail_outbox where unique_key like $1`, [
    `action:${action}%`,
  ])
  expect(rows.map((row) => row.person_id).toSorted()).toEqual([cast.mall.id, cast.lea.id].toSorted())
  await endAction.run(cast.mall, { id, action, ...done })
  expect(await owed()).toMatchObject([{ state: 'done', ownerId: cast.mall.id }])
})

// Does an action that nobody answers come before the chair: once by a letter that tells nothing, and as a task until it is answered?
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { referCase } from '../../../test/cases.ts'
import { type Cast, openCast } from '../../../test/cast.ts'
import { declareCase } from '../../access/walls/relations.server.ts'
import { addDays } from '../../core/calendar/working-days.ts'
import { today } from '../../core/clock.server.ts'
import { asPerson } from '../../core/db.server.ts'
import { callMeeting } from '../calendar/calendar.server.ts'
import { inviteToMeeting } from '../calendar/change.server.ts'
import type { Seat } from '../core-group/seats.server.ts'
import { addAction, endAction } from '../plan/plan.server.ts'
import { lateForChair, tellChairs, whoHears } from './chair.server.ts'

let cast: Cast
let id: string
let action: string
beforeAll(async () => {
  cast = await openCast()
})
afterAll(() => cast.close())
beforeEach(async () => {
  await cast.admin.query(
    'delete from wall; delete from case_task; delete from case_action; delete from meeting; delete from mail_outbox',
  )
  id = await referCase(cast.lea)
  await cast.admin.query('update case_file set invited_at = now() where id = $1', [id])
  action = await late(cast.lea.id, -8)
})

/** An action of this owner whose day was so many days ago. */
async function late(owner: string, days: number): Promise<string> {
  const agreed = { owner, dueOn: '31.12.2099', contact: 'none', what: 'Näidis-töö', result: 'Näidis-tulemus' }
  const { action: made } = await addAction.run(cast.lea, { id, ...agreed })
  await cast.admin.query('update case_action set due_on = $2 where id = $1', [made, addDays(today(), days)])
  return made
}

async function chairedBy(chair: string, days = 20, invited = true) {
  const called = { network: cast.networks.ida, mode: 'sitting', onDate: addDays(today(), days), chair }
  const meeting = await callMeeting.run(cast.lea, called)
  if (invited) await inviteToMeeting.run(cast.lea, meeting)
}

const waits = async (who = cast.mall) =>
  (await asPerson('read', who.claim, (db) => lateForChair(db, who))).map((one) => one.id)
async function letters() {
  const { rows } = await cast.admin.query(
    `select person_id, kind, link_sealed from mail_outbox where unique_key like 'late-action:%' order by created_at`,
  )
  return rows.map(({ person_id, kind, link_sealed }) => [person_id, kind, link_sealed])
}

test('eight days after its day it comes before the chair, once, and leaves with its answer', async () => {
  await chairedBy(cast.mall.id)
  await late(cast.lea.id, -7)
  expect(await tellChairs(cast.sys)).toBe(1)
  await tellChairs(cast.sys)
  expect(await letters()).toEqual([[cast.mall.id, 'reminder', null]])
  expect(await waits()).toEqual([action])
  expect(await waits(cast.lea)).toEqual([])
  expect(await waits(cast.max)).toEqual([])
  await endAction.run(cast.lea, { id, action, end: 'not_done', outcome: 'Näidis: jõud ei käinud üle' })
  expect(await waits()).toEqual([])
  expect(await tellChairs(cast.sys)).toBe(0)
})

test('how long it may wait is a setting', async () => {
  await chairedBy(cast.mall.id)
  await cast.admin.query(
    `insert into setting (name, value, valid_from, note, set_by) values ('escalateDays', '10', $1, 'x', $2)`,
    [today(), cast.kim.id],
  )
  expect([await tellChairs(cast.sys), await waits()]).toEqual([0, []])
  await cast.admin.query(`delete from setting where name = 'escalateDays'`)
})

test('who chairs is said by the next meeting that people know of, and then by the last one', async () => {
  await chairedBy(cast.mall.id, 20, false)
  await tellChairs(cast.sys)
  // Nobody was named, or it is not known yet: then whoever leads, and it is about her herself.
  expect(await letters()).toEqual([])
  action = await late(cast.mall.id, -9)
  await tellChairs(cast.sys)
  expect(await letters()).toEqual([[cast.lea.id, 'reminder', null]])
  expect(await waits(cast.lea)).toEqual([action])
  await cast.admin.query('update meeting set invited_at = now()')
  expect(await waits(cast.lea)).toEqual([])
  expect(await waits()).toHaveLength(1)
})

test('what came from another network waits until it has been given to its new owners', async () => {
  await chairedBy(cast.mall.id)
  await cast.admin.query(
    `insert into case_task (network_id, case_id, kind, due_on) values ($1, $2, 'share-actions', $3)`,
    [cast.networks.ida, id, today()],
  )
  expect([await tellChairs(cast.sys), await waits()]).toEqual([0, []])
})

test('a chair for whom the case does not exist hears nothing of it, and the lead does', async () => {
  await chairedBy(cast.mall.id)
  await cast.admin.query('delete from case_action')
  const { rows } = await cast.admin.query('select number from case_file where id = $1', [id])
  await declareCase.run(cast.mall, { number: rows[0].number, kind: 'friend', label: 'sõber' })
  action = await late(cast.lea.id, -9)
  await tellChairs(cast.sys)
  expect([await letters(), await waits()]).toEqual([[], []])
  const seat = (personId: string, role: Seat['role']): Seat => ({
    ...{ personId, role, name: '', agency: 'police', words: null, said: true },
  })
  const seats = [seat('chair', 'member'), seat('lead', 'lead'), seat('other', 'member')]
  const hears = (ownerId: string, chair: string | null, ...walled: string[]) =>
    whoHears({ ownerId, chair }, seats, new Set(walled))
  expect(hears('other', 'chair')).toEqual(['chair'])
  expect(hears('other', 'chair', 'chair')).toEqual(['lead'])
  expect(hears('chair', 'chair')).toEqual(['lead'])
  expect(hears('other', null)).toEqual(['lead'])
  expect(hears('other', 'gone', 'lead')).toEqual([])
})

test('of a case that was on no agenda yet whoever chairs knows nothing, and the lead hears', async () => {
  await chairedBy(cast.mall.id)
  await cast.admin.query('delete from case_action')
  action = await late(cast.mall.id, -9)
  expect(await waits(cast.lea)).toEqual([])
  await cast.admin.query('update case_file set invited_at = null where id = $1', [id])
  expect(await waits(cast.lea)).toEqual([action])
  await tellChairs(cast.sys)
  expect(await letters()).toEqual([[cast.lea.id, 'reminder', null]])
})

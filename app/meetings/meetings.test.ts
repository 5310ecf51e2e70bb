// Is a network's meeting planned, announced and filled, and does its agenda close without losing a case?
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { referCase } from '../../test/cases.ts'
import { type Cast, openCast } from '../../test/cast.ts'
import { declareCase } from '../access/walls/relations.server.ts'
import { addDays } from '../core/calendar/working-days.ts'
import { today } from '../core/clock.server.ts'
import { Conflict, Invalid, NotFound, Refused } from '../core/errors.ts'
import { openMeeting } from './agenda/agenda.server.ts'
import {
  addItem,
  closeAgenda,
  closeDueAgendas,
  keepItem,
  liftFlag,
  openAddItem,
  openRemoveItem,
  raiseItem,
  removeItem,
} from './agenda/arrange.server.ts'
import { callMeeting, openPlan, planMeetings } from './calendar/calendar.server.ts'
import { cancelMeeting, changeMeeting, inviteToMeeting, openChange } from './calendar/change.server.ts'
import { openCoreGroup, openSeat, setSeat } from './core-group/seats.server.ts'
import { listMeetings } from './meetings.server.ts'

let cast: Cast
let first: string
let second: string
beforeAll(async () => {
  cast = await openCast()
  first = await referCase(cast.lea)
  second = await referCase(cast.lea)
})
afterAll(() => cast.close())
beforeEach(async () => {
  await cast.admin.query(
    'delete from marac_flag_lift; delete from agenda_item; delete from meeting_event; delete from meeting; delete from wall',
  )
})

const inDays = (days: number) => addDays(today(), days)
const call = async (days: number, more: Record<string, string> = {}) =>
  (
    await callMeeting.run(cast.lea, {
      network: cast.networks.ida,
      mode: 'sitting',
      onDate: inDays(days),
      startsAt: '10.00',
      ...more,
    })
  ).id
const seen = async (id: string, who = cast.lea) => {
  const { lines, coming } = await openMeeting.run(who, { id })
  return { lines: lines.map((line) => line.caseId), coming: coming.map((line) => line.caseId) }
}
/** As if the meeting had been and this had come of the case. */
async function heard(caseId: string, onDate: string, outcome: 'planned' | 'carried' | null) {
  const { rows } = await cast.admin.query(
    `insert into meeting (network_id, mode, on_date, cut_off_on, phase, invited_at, closed_at, begun_at, ended_at, created_by)
     values ($1, 'sitting', $2, $2, 'held', now(), now(), now(), now(), $3) returning id`,
    [cast.networks.ida, onDate, cast.lea.id],
  )
  await cast.admin.query('alter table agenda_item disable trigger agenda_item_late')
  await cast.admin.query(
    `insert into agenda_item (network_id, case_id, meeting_id, kind, position, outcome, heard_at, heard_by)
     values ($1, $2, $3, 'new', 1, $4::text, case when $4::text is null then null else now() end, case when $4::text is null then null else $5::uuid end)`,
    [cast.networks.ida, caseId, rows[0].id, outcome, cast.lea.id],
  )
  await cast.admin.query('alter table agenda_item enable trigger agenda_item_late')
}

test('meetings are planned ahead by a rhythm, and planning again adds no second one to a month', async () => {
  const plan = {
    network: cast.networks.ida,
    mode: 'sitting',
    startsAt: '9.30',
    place: 'Näidis-saal',
    week: '2',
    weekday: '2',
    everyMonths: '1',
    count: '6',
    chair: cast.mall.id,
  }
  const { days } = await planMeetings.run(cast.lea, plan)
  expect(days).toHaveLength(6)
  expect((await planMeetings.run(cast.lea, { ...plan, week: '3' })).days).toEqual([])
  const { ahead } = await listMeetings.run(cast.lea, {})
  expect(ahead[0]).toMatchObject({
    onDate: days[0],
    startsAt: '09:30',
    chair: 'Mall Näidis-Maasik',
    phase: 'planned',
    cutOffOn: addDays(days[0] ?? '', -7),
  })
  expect((await openPlan.run(cast.lea, {})).rhythm).toMatchObject({ week: 3, weekday: 2, place: 'Näidis-saal' })
  const readAs = async (startsAt: string) => {
    await planMeetings.run(cast.lea, { ...plan, startsAt })
    return (await openPlan.run(cast.lea, {})).rhythm?.startsAt?.slice(0, 5)
  }
  expect([await readAs('9'), await readAs('9.15')]).toEqual(['09:00', '09:15'])
  await expect(planMeetings.run(cast.lea, { ...plan, startsAt: 'kümme' })).rejects.toMatchObject({
    fields: { startsAt: { key: 'meetings.error.clock' } },
  })
  await expect(planMeetings.run(cast.lea, { ...plan, chair: cast.max.id })).rejects.toBeInstanceOf(Invalid)
  await expect(planMeetings.run(cast.lea, { ...plan, network: cast.networks.harju })).rejects.toBeInstanceOf(NotFound)
})

test('a member sees a meeting from the invitation on; another network never; the coordinator sees the date', async () => {
  const id = await call(20)
  await expect(openMeeting.run(cast.mall, { id })).rejects.toBeInstanceOf(NotFound)
  await expect(openMeeting.run(cast.max, { id })).rejects.toBeInstanceOf(NotFound)
  await inviteToMeeting.run(cast.lea, { id })
  expect((await openMeeting.run(cast.mall, { id })).head).toMatchObject({ own: true, leads: false })
  expect((await openMeeting.run(cast.kim, { id })).head).toMatchObject({ own: false, leads: false })
  await expect(openMeeting.run(cast.max, { id })).rejects.toBeInstanceOf(NotFound)
  for (const who of [cast.lou, cast.jaan, cast.sirje])
    await expect(listMeetings.run(who, {})).rejects.toBeInstanceOf(Refused)
})

test('another day needs a reason, a day is given once, and the reason is read in the network alone', async () => {
  const id = await call(20)
  await call(30)
  const change = { id, onDate: inDays(25), mode: 'closing' }
  await expect(changeMeeting.run(cast.lea, change)).rejects.toMatchObject({
    fields: { reason: { key: 'meetings.error.reason' } },
  })
  await expect(changeMeeting.run(cast.lea, { ...change, onDate: inDays(30), reason: 'Näidis' })).rejects.toBeInstanceOf(
    Invalid,
  )
  await expect(changeMeeting.run(cast.lea, { ...change, onDate: inDays(-1), reason: 'Näidis' })).rejects.toBeInstanceOf(
    Conflict,
  )
  await changeMeeting.run(cast.lea, { ...change, reason: 'Näidis-prokurör on haige' })
  const { head, events } = await openMeeting.run(cast.lea, { id })
  expect(head).toMatchObject({ onDate: inDays(25), cutOffOn: inDays(18), mode: 'closing' })
  expect(events).toMatchObject([{ kind: 'moved', wasOn: inDays(20), words: 'Näidis-prokurör on haige' }])
  expect((await openMeeting.run(cast.kim, { id })).events).toMatchObject([{ kind: 'moved', words: null }])
  await expect(openChange.run(cast.kim, { id })).rejects.toBeInstanceOf(Refused)
})

test('new referrals come by themselves to the next meeting, and to that one alone', async () => {
  const [next, later] = [await call(20), await call(50)]
  expect((await seen(next)).coming.toSorted()).toEqual([first, second].toSorted())
  expect(await seen(later)).toEqual({ lines: [], coming: [] })
  await inviteToMeeting.run(cast.lea, { id: next })
  await closeAgenda.run(cast.lea, { id: next })
  expect((await seen(next)).lines.toSorted()).toEqual([first, second].toSorted())
  expect(await seen(later)).toEqual({ lines: [], coming: [] })
  await expect(closeAgenda.run(cast.lea, { id: next })).rejects.toBeInstanceOf(Conflict)
})

test('what was carried over or not reached comes again; what was planned only after twelve months, until the flag is lifted', async () => {
  await heard(first, inDays(-30), 'carried')
  await heard(second, inDays(-40), 'planned')
  const id = await call(20)
  expect((await openMeeting.run(cast.lea, { id })).coming).toMatchObject([
    { caseId: first, kind: 'carried', lastOn: inDays(-30) },
  ])
  await cast.admin.query(`delete from agenda_item; delete from meeting where phase = 'held'`)
  await heard(first, inDays(-400), 'planned')
  await heard(second, inDays(-35), null)
  expect((await openMeeting.run(cast.lea, { id })).coming.map(({ caseId, kind }) => [caseId, kind])).toEqual([
    [second, 'carried'],
    [first, 'twelve'],
  ])
  await expect(liftFlag.run(cast.lea, { id, case: second })).rejects.toBeInstanceOf(NotFound)
  await liftFlag.run(cast.lea, { id, case: first })
  expect((await seen(id)).coming).toEqual([second])
})

test('the lead keeps, orders and leaves off, each time for a reason that the network reads', async () => {
  const id = await call(20)
  await keepItem.run(cast.lea, { id, case: first })
  await keepItem.run(cast.lea, { id, case: second })
  expect((await seen(id)).lines).toEqual([first, second])
  await raiseItem.run(cast.lea, { id, case: second })
  expect((await seen(id)).lines).toEqual([second, first])
  await expect(removeItem.run(cast.lea, { id, case: first })).rejects.toBeInstanceOf(Invalid)
  expect((await openRemoveItem.run(cast.lea, { id, case: first })).line.caseId).toBe(first)
  await removeItem.run(cast.lea, { id, case: first, reason: 'Näidis: kannatanu palus oodata' })
  const { lines, coming, removed } = await openMeeting.run(cast.lea, { id })
  expect([lines.length, coming.length]).toEqual([1, 0])
  expect(removed).toMatchObject([{ caseId: first, words: 'Näidis: kannatanu palus oodata' }])
  expect((await openMeeting.run(cast.kim, { id })).removed).toMatchObject([{ caseId: first, words: null }])
  for (const operation of [keepItem, raiseItem, removeItem, liftFlag])
    await expect(operation.run(cast.max, { id, case: first, reason: 'x' })).rejects.toBeInstanceOf(NotFound)
})

test('after the agenda has closed a case is added with a reason, marked late, and the core group hears of it', async () => {
  const id = await call(20)
  await removeItem.run(cast.lea, { id, case: second, reason: 'Näidis: hiljem' })
  await closeAgenda.run(cast.lea, { id })
  const offered = (await openAddItem.run(cast.lea, { id })).cases.map((one) => one.id)
  expect(offered).toEqual([second])
  await expect(addItem.run(cast.lea, { id, case: second })).rejects.toBeInstanceOf(Invalid)
  const mails = async () =>
    Number(
      (await cast.admin.query('select count(*) from mail_outbox where person_id = $1', [cast.mall.id])).rows[0].count,
    )
  const before = await mails()
  await addItem.run(cast.lea, { id, case: second, reason: 'Näidis: uus oht' })
  expect(await mails()).toBe(before + 1)
  const added = (await openMeeting.run(cast.mall, { id })).lines.find((line) => line.caseId === second)
  expect(added).toMatchObject({ kind: 'added', late: true, reason: 'Näidis: uus oht' })
  await expect(addItem.run(cast.lea, { id, case: second, reason: 'veel' })).rejects.toBeInstanceOf(Conflict)
})

test('the process closes the agenda on the morning after its last day, once, and a wall takes no case off it', async () => {
  const id = await call(20)
  const { rows } = await cast.admin.query('select number from case_file where id = $1', [first])
  await declareCase.run(cast.lea, { number: rows[0].number, kind: 'friend', label: 'sõber' })
  expect(await closeDueAgendas(cast.sys)).toBe(0)
  await cast.admin.query('update meeting set cut_off_on = $2 where id = $1', [id, inDays(-1)])
  expect(await closeDueAgendas(cast.sys)).toBe(1)
  expect(await closeDueAgendas(cast.sys)).toBe(0)
  // To Lea the case does not exist; to her colleague it is on the agenda.
  expect(await seen(id)).toEqual({ lines: [second], coming: [] })
  expect((await listMeetings.run(cast.lea, {})).ahead).toMatchObject([{ id, phase: 'closed', items: 1 }])
  expect((await seen(id, cast.mall)).lines.toSorted()).toEqual([first, second].toSorted())
})

test('a meeting that was called off hands its agenda on', async () => {
  const [id, later] = [await call(20), await call(40)]
  await closeAgenda.run(cast.lea, { id })
  await expect(cancelMeeting.run(cast.lea, { id })).rejects.toBeInstanceOf(Invalid)
  await cancelMeeting.run(cast.lea, { id, reason: 'Näidis: torm' })
  expect((await openMeeting.run(cast.lea, { id: later })).coming.map((line) => line.kind)).toEqual([
    'carried',
    'carried',
  ])
  await expect(addItem.run(cast.lea, { id, case: first, reason: 'x' })).rejects.toBeInstanceOf(Conflict)
})

test('the lead says for whom somebody speaks; until then the words of the role are read', async () => {
  await cast.admin.query(`update person_role set agency = 'politsei' where person_id = $1`, [cast.mall.id])
  const { seats, missing } = await openCoreGroup.run(cast.lea, {})
  expect(seats.map(({ name, agency }) => [name, agency])).toEqual([
    ['Lea Näidis-Lind', 'victim_support'],
    ['Mall Näidis-Maasik', 'police'],
  ])
  expect(missing).toEqual(['prosecutor', 'municipality', 'child_protection', 'womens_centre', 'health'])
  const seat = { network: cast.networks.ida, person: cast.mall.id, agency: 'health' }
  await setSeat.run(cast.lea, seat)
  expect((await openSeat.run(cast.lea, seat)).seat).toMatchObject({ agency: 'health', said: true })
  expect((await openMeeting.run(cast.lea, { id: await call(9) })).gaps).toContain('police')
  await expect(setSeat.run(cast.mall, seat)).rejects.toBeInstanceOf(Refused)
  await expect(setSeat.run(cast.max, seat)).rejects.toBeInstanceOf(NotFound)
})

// Does what a device sends count once, does it get no more than its owner may have, and is one that is shut out told so and nothing else?
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type Cast, openCast, signIn } from '../../test/cast.ts'
import { givenSupport, type Support, usualVisit } from '../../test/support.ts'
import { addDays } from '../core/calendar/working-days.ts'
import { today } from '../core/clock.server.ts'
import { Conflict, Invalid, NotFound, Refused } from '../core/errors.ts'
import { nextMonth } from '../support/report/month-report.ts'
import { stateOf } from './device.ts'
import {
  isToken,
  listDevices,
  listOwnDevices,
  makeDevice,
  openDevice,
  openRules,
  revokeDevice,
  standingOf,
} from './devices.server.ts'
import { openSending, sendReport, sendVisit } from './entries.server.ts'
import { openCard, openState } from './state.server.ts'

let cast: Cast
let of: Support
let device: string
let token: string
beforeAll(async () => {
  cast = await openCast()
  of = await givenSupport(cast, '2026-05-01')
})
afterAll(() => cast.close())
beforeEach(async () => {
  await cast.admin.query(
    'delete from month_report_event; delete from month_report; delete from concern; delete from visit',
  )
  await cast.admin.query('delete from field_entry; delete from field_device')
  await cast.admin.query(
    `update assignment set status = 'active', end_on = null, created_at = now() - interval '1 hour'`,
  )
  const made = await makeDevice.run(cast.lou, { kind: 'phone' })
  ;({ id: device, token } = made)
})

const visit = (more: object = {}) => ({
  ...{ device, entry: randomUUID(), assignment: of.assignment, day: today(), ...usualVisit, ...more },
})
const month = nextMonth(today().slice(0, 7), -1)
const report = (more: object = {}) => ({
  ...{
    device,
    entry: randomUUID(),
    month,
    supervisionNeed: 'no',
    version: 0,
    step: 'save',
    summary: 'Näidis-kokkuvõte',
  },
  ...more,
})
const visits = async () => (await cast.admin.query('select id from visit')).rowCount

test('a visit sent ten times at once, and again whenever, is one visit', async () => {
  const entry = visit({ danger: 'yes' })
  await Promise.all(Array.from({ length: 10 }, () => sendVisit.run(cast.lou, entry)))
  expect(await sendVisit.run(cast.lou, entry)).toMatchObject({ taken: true })
  expect(await visits()).toBe(1)
  expect((await cast.admin.query('select id from concern')).rowCount).toBe(1)
})

test('what is not taken takes no name: put right, the same entry comes in', async () => {
  const entry = visit()
  await expect(sendVisit.run(cast.lou, { ...entry, day: addDays(today(), 1) })).rejects.toBeInstanceOf(Invalid)
  expect((await cast.admin.query('select id from field_entry')).rowCount).toBe(0)
  expect(await sendVisit.run(cast.lou, entry)).toMatchObject({ taken: true, danger: false })
  expect(await visits()).toBe(1)
})

test('a month that is closed and a support that is over come back; what had come in before stays taken', async () => {
  const [first, later] = [visit(), visit()]
  await sendVisit.run(cast.lou, first)
  await cast.admin.query(
    `insert into month_report (volunteer_id, month, due_on, status) values ($1, $2, $3, 'submitted')`,
    [cast.volunteer, `${today().slice(0, 7)}-01`, addDays(today(), 20)],
  )
  await expect(sendVisit.run(cast.lou, later)).rejects.toBeInstanceOf(Invalid)
  await cast.admin.query(`update assignment set status = 'ended', end_on = $1`, [today()])
  await expect(sendVisit.run(cast.lou, later)).rejects.toBeInstanceOf(NotFound)
  expect(await sendVisit.run(cast.lou, first)).toMatchObject({ taken: true })
})

test('a report on figures or words that have changed since is hers to decide on, and then goes', async () => {
  await sendVisit.run(cast.lou, visit({ day: `${month}-10` }))
  const entry = report({ step: 'submit', contacts: 3, minutesSum: 10, expenseCents: 0 })
  const told = await sendReport.run(cast.lou, entry)
  expect(told).toMatchObject({ refused: 'figures', again: { contacts: 1, minutesSum: 60, expenseCents: 0 } })
  await sendReport.run(cast.lou, report({ summary: 'Näidis-mujal' }))
  const again = { ...entry, contacts: 1, minutesSum: 60 }
  const changed = { refused: 'changed', again: { version: 2 }, theirs: 'Näidis-mujal' }
  expect(await sendReport.run(cast.lou, again)).toEqual(changed)
  const done = { ...again, version: 2 }
  for (let time = 0; time < 2; time++) expect(await sendReport.run(cast.lou, done)).toMatchObject({ taken: true })
  expect((await cast.admin.query('select kind from month_report_event')).rows).toEqual([{ kind: 'submitted' }])
  await expect(sendReport.run(cast.lou, report({ version: 3 }))).rejects.toBeInstanceOf(Conflict)
})

test('the card says what to do and what to take care of, and neither who nor where', async () => {
  const state = await openState.run(cast.lou, { device })
  expect(state.supports).toMatchObject([{ id: of.assignment, number: of.number }])
  expect(state.months.map((one) => one.month)).toEqual([month, today().slice(0, 7)])
  const card = await openCard.run(cast.lou, { device, assignment: of.assignment })
  expect(Object.keys(card).toSorted()).toEqual(['language', 'of', 'rules', 'safetyNote', 'tasks'])
  const { rows } = await cast.admin.query(
    `select action, case_id from audit_event where action in ('field.state', 'field.card') order by seq desc limit 2`,
  )
  expect(rows).toEqual([
    { action: 'field.card', case_id: of.caseId },
    { action: 'field.state', case_id: null },
  ])
})

test('a device is its owner’s: nobody else sends or fetches by it, whatever their role', async () => {
  for (const who of ['kim', 'sirje', 'lea', 'max'] as const) {
    await expect(openState.run(cast[who], { device })).rejects.toBeInstanceOf(Refused)
    await expect(openRules.run(cast[who], {})).rejects.toBeInstanceOf(Refused)
    await expect(sendVisit.run(cast[who], visit())).rejects.toBeInstanceOf(Refused)
    await expect(sendReport.run(cast[who], report())).rejects.toBeInstanceOf(Refused)
    await expect(makeDevice.run(cast[who], { kind: 'phone' })).rejects.toBeInstanceOf(Refused)
  }
  await openSending.run(cast.lou, { device })
  await expect(openSending.run(cast.kim, { device })).rejects.toBeInstanceOf(Refused)
  await cast.admin.query('update field_device set person_id = $1', [cast.sirje.id])
  for (const one of [openState, openSending])
    await expect(one.run(cast.lou, { device })).rejects.toBeInstanceOf(NotFound)
  await expect(sendVisit.run(cast.lou, visit())).rejects.toBeInstanceOf(NotFound)
})

test('with its token a device hears which supports it may keep, until it is shut out', async () => {
  expect(await standingOf(token)).toEqual([of.assignment])
  expect(await standingOf('x'.repeat(43))).toBeNull()
  expect(isToken('short')).toBe(false)
  await cast.admin.query(`update assignment set end_on = $1`, [addDays(today(), -1)])
  expect(await standingOf(token)).toEqual([])
  await cast.admin.query(`update assignment set end_on = null`)
  await cast.admin.query(
    `insert into wall (person_id, network_id, case_id, number, source, fact, set_at)
     select $1, network_id, id, number, 'own-code', gen_random_uuid(), now() from case_file where id = $2`,
    [cast.lou.id, of.caseId],
  )
  expect(await standingOf(token)).toEqual([])
  await cast.admin.query('delete from wall')
  await revokeDevice.run(cast.kim, { device })
  expect((await listDevices.run(cast.kim, {})).devices).toMatchObject([{ state: 'revoked', numbers: [of.number] }])
  expect(await standingOf(token)).toBeNull()
  expect((await listDevices.run(cast.kim, {})).devices).toMatchObject([{ state: 'empty', numbers: [] }])
  await expect(openState.run(cast.lou, { device })).rejects.toBeInstanceOf(NotFound)
  await expect(openCard.run(cast.lou, { device, assignment: of.assignment })).rejects.toBeInstanceOf(NotFound)
  await expect(sendVisit.run(cast.lou, visit())).rejects.toBeInstanceOf(NotFound)
  await expect(revokeDevice.run(cast.lou, { device })).rejects.toBeInstanceOf(Conflict)
})

test.each([
  [
    'an account that is shut',
    `update person set status = 'disabled' where id = $1`,
    `update person set status = 'active' where id = $1`,
  ],
  [
    'a role that is over',
    `update person_role set valid_to = valid_from where person_id = $1`,
    `update person_role set valid_to = '2999-12-31' where person_id = $1`,
  ],
])('%s ends its devices', async (_, end, back) => {
  await cast.admin.query(end, [cast.lou.id])
  expect(await standingOf(token)).toBeNull()
  await cast.admin.query(back, [cast.lou.id])
  // With the account every session has ended.
  cast.lou = (await signIn(cast.admin, cast.lou.id)).person
})

test('a support that has ended is on the list until the device has heard of it', async () => {
  const numbers = async () => (await listDevices.run(cast.kim, {})).devices.map((one) => one.numbers)
  await cast.admin.query(`update field_device set contacted_at = now() - interval '1 minute'`)
  await cast.admin.query(
    `insert into assignment_event (network_id, case_id, assignment_id, kind, on_date, recorded_by)
     select network_id, case_id, id, 'ended', $1, created_by from assignment`,
    [today()],
  )
  expect(await numbers()).toEqual([[of.number]])
  await standingOf(token)
  expect(await numbers()).toEqual([[]])
  await cast.admin.query(`delete from assignment_event where kind = 'ended'`)
})

test('she sees her own devices, the coordinator everybody’s with what is on them; whoever else may not', async () => {
  expect((await listOwnDevices.run(cast.lou, {})).devices).toMatchObject([{ id: device, numbers: [of.number] }])
  expect((await listDevices.run(cast.kim, {})).devices).toMatchObject([{ person: cast.lou.name, state: 'keeps' }])
  await expect(listDevices.run(cast.sirje, {})).rejects.toBeInstanceOf(Refused)
  await expect(listOwnDevices.run(cast.max, {})).rejects.toBeInstanceOf(Refused)
  const opened = { one: { id: device, numbers: [of.number] }, keepDays: 14 }
  expect(await openDevice.run(cast.lou, { device })).toMatchObject({ ...opened, mine: true })
  expect(await openDevice.run(cast.kim, { device })).toMatchObject({ ...opened, mine: false })
  await expect(openDevice.run(cast.sirje, { device })).rejects.toBeInstanceOf(Refused)
  await expect(openDevice.run(cast.kim, { device: randomUUID() })).rejects.toBeInstanceOf(NotFound)
  expect(await revokeDevice.run(cast.lou, { device })).toEqual({ id: device, mine: true })
})

test('a device that has emptied itself says so, and sends nothing any more', async () => {
  expect(await standingOf(token, true)).toBeNull()
  expect((await listOwnDevices.run(cast.lou, {})).devices).toMatchObject([{ state: 'empty', numbers: [] }])
  expect(await standingOf(token)).toBeNull()
  await expect(sendVisit.run(cast.lou, visit())).rejects.toBeInstanceOf(NotFound)
  await cast.admin.query(`update field_device set contacted_at = now() - interval '75 days'`)
  expect((await listOwnDevices.run(cast.lou, {})).devices).toEqual([])
})

test('after so many days of silence a device counts as empty', () => {
  const one = {
    id: 'x',
    kind: 'phone',
    madeAt: new Date(0),
    contactedAt: new Date(0),
    revokedAt: null,
    emptiedAt: null,
  } as const
  const after = (days: number) => new Date(days * 86_400_000)
  expect([stateOf(one, 14, after(14)), stateOf(one, 14, after(15))]).toEqual(['keeps', 'silent'])
  expect(stateOf({ ...one, revokedAt: after(1) }, 14, after(2))).toBe('revoked')
  expect(stateOf({ ...one, revokedAt: after(1) }, 14, after(15))).toBe('empty')
})

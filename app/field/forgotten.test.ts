// For how long is it known of a device that it was there, once nothing is on it any more?
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type Cast, openCast } from '../../test/cast.ts'
import { givenSupport, type Support, usualVisit } from '../../test/support.ts'
import { today } from '../core/clock.server.ts'
import { NotFound } from '../core/errors.ts'
import { isListed } from './device.ts'
import { devicesForgotten, listDevices, makeDevice, standingOf } from './devices.server.ts'
import { sendVisit } from './entries.server.ts'

let cast: Cast
let of: Support
let [device, token] = ['', '']
beforeAll(async () => {
  cast = await openCast()
  of = await givenSupport(cast, '2026-05-01')
})
afterAll(() => cast.close())
beforeEach(async () => {
  await cast.admin.query('delete from visit; delete from field_entry; delete from field_device')
  ;({ id: device, token } = await makeDevice.run(cast.lou, { kind: 'phone' }))
})

const visit = () => ({ device, entry: randomUUID(), assignment: of.assignment, day: today(), ...usualVisit })
const visits = async () => (await cast.admin.query('select id from visit')).rowCount
const left = async () => (await cast.admin.query('select id from field_device')).rows.map(({ id }) => id)
const days = (count: number) => `now() - interval '${count} days'`

test.each([
  ['has emptied itself', `emptied_at = ${days(61)}`, `emptied_at = ${days(59)}`],
  ['has been silent', `contacted_at = ${days(14 + 61)}`, `contacted_at = ${days(14 + 59)}`],
  [
    'was shut out and never heard of it',
    `revoked_at = ${days(80)}, revoked_by = person_id, contacted_at = ${days(14 + 61)}`,
    `revoked_at = ${days(80)}, revoked_by = person_id, contacted_at = ${days(14 + 59)}`,
  ],
])(
  'one that %s stays on the list for as long as the rule says, and is then forgotten with what came from it',
  async (_, over, still) => {
    await sendVisit.run(cast.lou, visit())
    const shown = async () => (await listDevices.run(cast.kim, {})).devices.map(({ id }) => id)
    await cast.admin.query(`update field_device set ${still}`)
    expect(await devicesForgotten.run(cast.sys)).toBe(0)
    expect([await shown(), await left()]).toEqual([[device], [device]])
    await cast.admin.query(`update field_device set ${over}`)
    expect(await shown()).toEqual([])
    expect([await devicesForgotten.run(cast.sys), await left()]).toEqual([1, []])
    expect((await cast.admin.query('select from field_entry')).rowCount).toBe(0)
    // What was written with it stays; should it come back, it is told to empty itself and nothing more is taken from it.
    expect(await visits()).toBe(1)
    expect(await standingOf(token)).toBeNull()
    await expect(sendVisit.run(cast.lou, visit())).rejects.toBeInstanceOf(NotFound)
  },
)

test('how long is set by a rule with a day, and nobody but the process forgets', async () => {
  await cast.admin.query(`update field_device set emptied_at = ${days(10)}`)
  expect(await devicesForgotten.run(cast.sys)).toBe(0)
  await cast.admin.query(
    `insert into setting (name, value, valid_from, note, set_by) values ('fieldListDays', '9', $1, 'x', $2)`,
    [today(), cast.kim.id],
  )
  expect((await listDevices.run(cast.kim, {})).devices).toEqual([])
  for (const who of ['kim', 'lou', 'ott'] as const)
    await expect(devicesForgotten.run(cast[who])).rejects.toBeInstanceOf(NotFound)
  expect(await devicesForgotten.run(cast.sys)).toBe(1)
  await cast.admin.query(`delete from setting where name = 'fieldListDays'`)
})

test('by the same rule in the program as in the database', () => {
  const after = (count: number) => new Date(count * 86_400_000)
  const one = {
    id: 'x',
    kind: 'phone',
    madeAt: after(0),
    contactedAt: after(0),
    revokedAt: null,
    emptiedAt: null,
  } as const
  const listed = (day: number, more: object = {}) =>
    isListed({ ...one, ...more }, { keepDays: 14, listDays: 60 }, after(day))
  expect([listed(14), listed(74), listed(75)]).toEqual([true, true, false])
  expect([listed(62, { emptiedAt: after(2) }), listed(63, { emptiedAt: after(2) })]).toEqual([true, false])
})

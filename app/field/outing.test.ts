// Does what was pressed on the way without network count from when it was pressed, once, and stop those who look for her when it arrives?
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { expectedBack } from '../../test/outing.ts'
import { type Field, makeReady, openField, phoneOf, screen, unlock } from '../../test/phone.ts'
import { look } from '../../test/site.ts'
import { Conflict, Invalid, NotFound, Refused } from '../core/errors.ts'
import { openSupervisorHome } from '../home/support.server.ts'
import { climb } from '../support/outing/ladder.server.ts'
import { makeDevice, revokeDevice } from './devices.server.ts'
import { sendOuting } from './entries.server.ts'
import { openState } from './state.server.ts'

let field: Field
let device: string
let { cast, of } = {} as Field
beforeAll(async () => {
  field = await openField()
  ;({ cast, of } = field)
}, 60_000)
afterAll(() => field.close())
beforeEach(async () => {
  await cast.admin.query(
    'delete from outing_step; delete from outing; delete from contact_plan; delete from field_entry; delete from field_device',
  )
  device = (await makeDevice.run(cast.lou, { kind: 'phone' })).id
})

const entry = (outing: string, what: string, ago = 0, more: object = {}) => ({
  ...{ device, entry: randomUUID(), outing, what, at: Date.now() - ago * 60_000, ...more },
})
const row = async (id: string) =>
  (
    await cast.admin.query(
      `select *, (extract(epoch from now() - ended_at) / 60)::int as ago, (extract(epoch from heard_at - now()) / 60)::int as heard from outing where id = $1`,
      [id],
    )
  ).rows[0]
const missing = async () => (await openSupervisorHome.run(cast.sirje, {})).missing

test('pressed half an hour ago and told now: it ended then, and nobody looks for her any more', async () => {
  const id = await expectedBack(cast, of.assignment, { began: 120, late: 40 })
  await climb(cast.sys)
  expect(await missing()).toMatchObject([{ id }])
  const out = entry(id, 'out', 45)
  await Promise.all(Array.from({ length: 6 }, () => sendOuting.run(cast.lou, out)))
  expect(await row(id)).toMatchObject({ ending: 'out', ago: 45, heard: 0, ended_by: cast.lou.id })
  expect(await missing()).toEqual([])
  // Under its name it is taken whatever has become of it since; and what is over is nothing to decide on.
  expect(await sendOuting.run(cast.lou, out)).toMatchObject({ taken: true })
  expect(await sendOuting.run(cast.lou, entry(id, 'longer'))).toMatchObject({ taken: true, danger: false })
})

test('the clock of a phone counts between what is known before and now', async () => {
  const [early, late] = [
    await expectedBack(cast, of.assignment, { late: 5 }),
    await expectedBack(cast, of.assignment, { late: 5 }),
  ]
  await cast.admin.query(`update outing set in_at = now() - interval '50 minutes' where id = $1`, [early])
  await sendOuting.run(cast.lou, entry(early, 'out', 60 * 24 * 365))
  await sendOuting.run(cast.lou, entry(late, 'out', -600))
  expect((await row(early)).ago).toBe(50)
  expect((await row(late)).ago).toBe(0)
})

test('more time that was taken before the end arrives after it: she is expected at the later one', async () => {
  const id = await expectedBack(cast, of.assignment, { began: 120, late: 12 })
  await climb(cast.sys)
  await sendOuting.run(cast.lou, entry(id, 'longer', 20))
  expect(await row(id)).toMatchObject({ ending: null, rung: 0 })
  expect(await climb(cast.sys)).toBe(0)
})

test('it is hers, from a device that stands; a day is the most', async () => {
  const id = await expectedBack(cast, of.assignment)
  for (const who of [cast.kim, cast.sirje, cast.max])
    await expect(sendOuting.run(who, entry(id, 'out'))).rejects.toBeInstanceOf(Refused)
  await expect(sendOuting.run(cast.lou, entry(randomUUID(), 'out'))).rejects.toBeInstanceOf(NotFound)
  await expect(sendOuting.run(cast.lou, entry(id, 'gone'))).rejects.toBeInstanceOf(Invalid)
  await cast.admin.query(
    `update outing set begins_at = now() - interval '23 hours', until_at = now() + interval '1 hour'`,
  )
  await expect(sendOuting.run(cast.lou, entry(id, 'longer'))).rejects.toBeInstanceOf(Conflict)
  await revokeDevice.run(cast.kim, { device })
  await expect(sendOuting.run(cast.lou, entry(id, 'out'))).rejects.toThrow()
  expect((await row(id)).ending).toBeNull()
})

test('what lies on the device of it is a number, times and a way', async () => {
  const id = await expectedBack(cast, of.assignment, { reach: 'Kanaarkättesaamine' })
  const { outings } = await openState.run(cast.lou, { device })
  expect(outings).toEqual([
    {
      ...{ id, number: of.number, assignmentId: of.assignment, channel: 'in_person', inAt: null },
      ...{ beginsAt: expect.any(Date), untilAt: expect.any(Date) },
    },
  ])
})

test('on a phone without network: she is back with one press, writes it down, and both arrive', async () => {
  const id = await expectedBack(cast, of.assignment, { began: 62, late: -5 })
  const page = await phoneOf(field)
  await makeReady(page)
  await page.getByRole('button', { name: 'Kohtumine on läbi' }).waitFor()
  await look(page, 'field-outing')
  await page.context().setOffline(true)
  await page.getByRole('button', { name: 'Vajan rohkem aega' }).click()
  await page.getByText('1 kirje ootab saatmist.').waitFor()
  await page.getByRole('button', { name: 'Kohtumine on läbi' }).click()
  await screen(page, 'visit').waitFor()
  expect(await page.locator('[data-screen="visit"] input[name="way"][value="meeting"]').isChecked()).toBe(true)
  expect(await page.locator('[data-screen="visit"] input[name="ownMinutes"]').inputValue()).toBe('60')
  await look(page, 'field-outing-visit')
  await page.locator('textarea[name="note"]').fill('Käisime koos perearsti juures.')
  await page.locator('[data-screen="visit"] button[type="submit"]').click()
  await page.getByText('3 kirjet ootab saatmist.').waitFor()
  expect(await page.getByRole('button', { name: 'Kohtumine on läbi' }).count()).toBe(0)
  await page.context().setOffline(false)
  await page.getByRole('button', { name: 'Saada ja uuenda' }).click()
  await page.getByText('Kõik on saadetud').waitFor()
  expect(await row(id)).toMatchObject({ ending: 'out' })
  const { rows } = await cast.admin.query('select minutes, way from visit')
  expect(rows).toEqual([{ minutes: 60, way: 'meeting' }])
  await page.context().close()
}, 120_000)

test('what was half written of another visit waits behind the one that is over, and nothing of either is lost', async () => {
  await cast.admin.query('delete from visit_reading; delete from visit')
  await expectedBack(cast, of.assignment, { began: 62, late: -5 })
  const page = await phoneOf(field)
  await makeReady(page)
  await page.context().setOffline(true)
  const visit = screen(page, 'visit')
  await page.getByRole('button', { name: 'Lisa kohtumine' }).click()
  await visit.getByLabel('Eile').check()
  await visit.locator('input[name="way"][value="phone"]').check()
  await visit.locator('textarea[name="note"]').fill('Eilne pooleli jutt')
  await visit.getByRole('button', { name: 'Jäta pooleli' }).click()
  await page.getByRole('button', { name: 'Kohtumine on läbi' }).click()
  await visit.waitFor()
  expect(await visit.locator('input[name="way"][value="meeting"]').isChecked()).toBe(true)
  expect(await visit.locator('textarea[name="note"]').inputValue()).toBe('')
  expect(await visit.locator('[data-put="before"]').textContent()).toContain('telefon')
  await look(page, 'field-half-written')
  await visit.locator('textarea[name="note"]').fill('Tänane')
  // Either can be gone on with first, and the phone may be put away meanwhile.
  await visit.getByRole('button', { name: 'Ava pooleli sissekanne' }).click()
  await expect.poll(() => visit.locator('textarea[name="note"]').inputValue()).toBe('Eilne pooleli jutt')
  await visit.locator('input[name="minutes"][value="30"]').check()
  await visit.locator('button[type="submit"]').click()
  await page.getByText('2 kirjet ootab saatmist.').waitFor()
  await page.getByRole('button', { name: 'Lukusta kohe' }).click()
  await unlock(page)
  await visit.waitFor()
  await expect.poll(() => visit.locator('textarea[name="note"]').inputValue()).toBe('Tänane')
  expect(await visit.locator('[data-put="before"]').isVisible()).toBe(false)
  // Two presses of one button within a second are one.
  await page.waitForTimeout(1_000)
  await visit.locator('button[type="submit"]').click()
  await page.getByText('3 kirjet ootab saatmist.').waitFor()
  await page.context().setOffline(false)
  await page.getByRole('button', { name: 'Saada ja uuenda' }).click()
  await page.getByText('Kõik on saadetud').waitFor()
  const { rows } = await cast.admin.query('select way, minutes from visit order by on_date, way')
  expect(rows).toEqual([
    { way: 'phone', minutes: 30 },
    { way: 'meeting', minutes: 60 },
  ])
  await page.context().close()
}, 120_000)

// Is a call put right and ended without anything of what came through it being lost, and does nobody write over words she has not read?
import { randomUUID } from 'node:crypto'
import type { Hono } from 'hono'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type Cast, openCast } from '../../../test/cast.ts'
import { givenApplication } from '../../../test/recruitment.ts'
import { expectAccessible, look, openSite, type Site } from '../../../test/site.ts'
import { newVisitor } from '../../../test/visitor.ts'
import { createApp } from '../../app.tsx'
import { addDays } from '../../core/calendar/working-days.ts'
import { today } from '../../core/clock.server.ts'
import { Conflict, type Invalid, NotFound, Refused } from '../../core/errors.ts'
import type { Env } from '../../core/page.tsx'
import { formatDate } from '../../i18n/format.ts'
import { endTarget, setTarget } from '../target/targets.server.ts'
import { callStanding } from './campaign.ts'
import { addCampaign, listCampaigns } from './campaigns.server.ts'
import { changeCampaign, endCampaign, openCampaign } from './change.server.ts'

const origin = 'http://localhost:3000'
let cast: Cast
let site: Site
let app: Hono<Env>
let id: string
const inDays = (days: number) => formatDate(addDays(today(), days))
const first = { name: 'Näidis-kutse', source: 'event', fromOn: inDays(-3), untilOn: inDays(20) }
const second = { name: 'Näidis-raamatukogud', source: 'web', fromOn: inDays(-3), untilOn: inDays(40) }

beforeAll(async () => {
  cast = await openCast()
  site = await openSite(cast)
  app = createApp({ origin, secure: false, demo: false })
})
beforeEach(async () => {
  await cast.admin.query(
    'delete from application_try; delete from application; delete from campaign_was; delete from campaign',
  )
  id = (await addCampaign.run(cast.kim, { ...first, code: 'naidis-kutse' })).id
})
afterAll(async () => {
  await site.close()
  await cast.close()
})

const opened = () => openCampaign.run(cast.kim, { id })
const change = (more: object = {}) => changeCampaign.run(cast.kim, { id, version: 1, ...second, ...more })
const throughLink = () => givenApplication(cast, { email: `${randomUUID()}@naidis.example` }, 'naidis-kutse')
const came = async () => (await opened()).call.came

test('its name, channel, days and target change, what it was stays to be read, and who came stays with it', async () => {
  await throughLink()
  const target = await setTarget.run(cast.kim, {
    ...{ kind: 'recruit', people: '2', languages: ['ru'], counties: ['0045'], byOn: inDays(90) },
  })
  await change({ target: target.id })
  const { call, before, target: aim } = await opened()
  expect(call).toMatchObject({ name: second.name, source: 'web', untilOn: addDays(today(), 40), version: 2, came: 1 })
  expect(aim?.id).toBe(target.id)
  expect(before).toMatchObject([
    { name: first.name, source: 'event', untilOn: addDays(today(), 20), version: 1, changedBy: cast.kim.name },
  ])
  // The link is the one that was shared.
  expect(call.code).toBe('naidis-kutse')
  await throughLink()
  expect((await listCampaigns.run(cast.kim, {})).campaigns.map((one) => [one.name, one.came])).toEqual([
    [second.name, 2],
  ])
  // Saved once more without a change there is nothing more to be read of it.
  await change({ version: 2, target: target.id })
  expect((await opened()).before).toHaveLength(1)
  const { rows } = await cast.admin.query(
    `select object_id from audit_event where action = 'recruitment.campaign.change' order by seq desc limit 1`,
  )
  expect(rows).toEqual([{ object_id: id }])
})

test('of two who change it at once the second one reads what stands there now, and then saves', async () => {
  const both = await Promise.allSettled([change(), change({ name: 'Näidis-koolid' })])
  expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
  await expect(change()).rejects.toBeInstanceOf(Conflict)
  await change({ version: 2 })
  expect((await opened()).call.name).toBe(second.name)
})

test('what does not fit is said at its field: days in their order, and a target that runs', async () => {
  const fails = (more: object, field: string) =>
    expect(change(more)).rejects.toSatisfy((error) => field in ((error as Invalid).fields ?? {}))
  await fails({ untilOn: inDays(-4) }, 'untilOn')
  await fails({ target: randomUUID() }, 'target')
  const target = await setTarget.run(cast.kim, {
    ...{ kind: 'recruit', people: '1', languages: ['fi'], counties: ['0045'], byOn: inDays(90) },
  })
  await change({ target: target.id })
  await endTarget.run(cast.kim, { id: target.id, why: 'reached' })
  // One that it had already may stay.
  await change({ version: 2, name: 'Näidis-muu', target: target.id })
  await change({ version: 3 })
  await fails({ version: 4, target: target.id }, 'target')
})

test('once it is ended nobody comes through it, its figures stay, and its link leads to the page it led to', async () => {
  await throughLink()
  const visitor = newVisitor(app, origin)
  const running = await (await visitor.get('/apply/c/naidis-kutse')).text()
  await endCampaign.run(cast.kim, { id })
  await throughLink()
  expect(await came()).toBe(1)
  expect((await cast.admin.query('select 1 from application where campaign_id is null')).rowCount).toBe(1)
  const { call } = await opened()
  expect([call.endedOn, callStanding(call, today())]).toEqual([today(), 'ended'])
  const after = await visitor.get('/apply/c/naidis-kutse')
  expect(after.status).toBe(200)
  // Whoever wants to help hears nothing of a campaign being over.
  const plain = (html: string) => html.replaceAll(/nonce="[^"]*"|value="[^"]*"/g, '')
  expect(plain(await after.text())).toBe(plain(running))
  await expect(change()).rejects.toBeInstanceOf(Conflict)
  await expect(endCampaign.run(cast.kim, { id })).rejects.toBeInstanceOf(Conflict)
})

test('others do not change or end it, and one that never was is nowhere', async () => {
  for (const who of [cast.max, cast.lou, cast.peep, cast.sirje]) {
    await expect(changeCampaign.run(who, { id, version: 1, ...second })).rejects.toBeInstanceOf(Refused)
    await expect(endCampaign.run(who, { id })).rejects.toBeInstanceOf(Refused)
  }
  await expect(openCampaign.run(cast.max, { id })).rejects.toBeInstanceOf(Refused)
  expect((await openCampaign.run(cast.peep, { id })).call.id).toBe(id)
  const never = { id: randomUUID() }
  for (const asked of [openCampaign, endCampaign])
    await expect(asked.run(cast.kim, never)).rejects.toBeInstanceOf(NotFound)
  await expect(changeCampaign.run(cast.kim, { ...never, version: 1, ...second })).rejects.toBeInstanceOf(NotFound)
})

test('in the browser: changed, overtaken, and ended', async () => {
  const page = await site.as('kim', { width: 390 })
  await page.goto(`/recruitment/campaigns/${id}`)
  await page.getByRole('link', { name: 'Muuda kampaaniat' }).click()
  await page.getByLabel('Kampaania', { exact: true }).fill('Näidis-koolid')
  await change()
  await page.getByRole('button', { name: 'Salvesta' }).click()
  const now = page.getByText('Praegu on kirjas').locator('..')
  expect(await now.textContent()).toContain(second.name)
  expect(await now.textContent()).not.toContain(formatDate(today()))
  expect(await page.getByLabel('Kampaania', { exact: true }).inputValue()).toBe('Näidis-koolid')
  await look(page, 'campaign-edit')
  await page.getByRole('button', { name: 'Salvesta' }).click()
  await page.getByText('Kampaania on muudetud.').waitFor()
  await expectAccessible(page)
  await look(page, 'campaign')
  await page.getByRole('button', { name: 'Lõpeta kampaania' }).click()
  await page.getByText('Kampaania on lõpetatud.').waitFor()
  expect(await page.getByRole('button', { name: 'Lõpeta kampaania' }).count()).toBe(0)
  await look(page, 'campaign-ended')
  expect((await opened()).before).toHaveLength(2)
}, 60_000)

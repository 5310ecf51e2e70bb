// Can somebody on her way press what she has to with one thumb, with scripts and without, and does whoever looks for her see what to do?
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Cast, openCast } from '../../../test/cast.ts'
import { expectedBack } from '../../../test/outing.ts'
import { look, openSite, type Site } from '../../../test/site.ts'
import { givenSupport, type Support } from '../../../test/support.ts'
import { beginDrill } from './drills.server.ts'
import { climb } from './ladder.server.ts'

let cast: Cast
let site: Site
let of: Support
beforeAll(async () => {
  cast = await openCast()
  site = await openSite(cast)
  of = await givenSupport(cast, '2026-05-01')
  await cast.admin.query(`update volunteer set phone = '+372 5551 2345' where id = $1`, [cast.volunteer])
}, 120_000)
afterAll(async () => {
  await site.close()
  await cast.close()
})

test.each([true, false])(
  'a meeting from its plan to its entry, nothing typed twice (scripts %s)',
  async (scripts) => {
    const page = await site.as('lou', { width: 390, scripts })
    await page.goto(`/assignments/${of.assignment}/contact`)
    await page.getByLabel('Kohtumine', { exact: true }).check()
    await page.locator('input[name="day"]').fill('30.11.2099')
    await page.locator('input[name="time"]').fill('10')
    await page.getByRole('button', { name: 'Salvesta kontakt' }).click()
    expect(await page.getByText('Kirjuta, mis kell kohtumine läbi saab.').first().isVisible()).toBe(true)
    await page.locator('input[name="until"]').fill('11.30')
    await page.locator('input[name="reach"]').fill('Õe telefon 5551 0000')
    if (scripts) await look(page, 'plan-390')
    await page.getByRole('button', { name: 'Salvesta kontakt' }).click()
    await page.getByText('Kirjas. Kui kohtumine on läbi').waitFor()
    // With a reason or without: what to press afterwards is said.
    await page.getByLabel('Kohtumine', { exact: true }).check()
    await page.locator('input[name="day"]').fill('30.11.2099')
    await page.locator('input[name="time"]').fill('20.15')
    await page.locator('input[name="until"]').fill('21')
    await page.getByRole('button', { name: 'Salvesta kontakt' }).click()
    await page.locator('textarea[name="because"]').fill('Ta palus ise õhtul kohtuda')
    await page.getByRole('button', { name: 'Salvesta kontakt' }).click()
    await page.getByText('Kirjas, põhjus on juhtumi logis. Kui kohtumine on läbi').waitFor()
    await cast.admin.query(
      "update outing set ended_at = now(), heard_at = now(), ending = 'otherwise', reach_sealed = null where ended_at is null",
    )
    const id = await expectedBack(cast, of.assignment, { began: 62, late: 12 })
    await climb(cast.sys)
    await page.goto('/')
    await page.getByRole('button', { name: 'Jõudsin kohale' }).click()
    await page.getByText('Kirjas, et oled kohal.').waitFor()
    await cast.admin.query(`update outing set in_at = now() - interval '61 minutes' where id = $1`, [id])
    await page.getByRole('button', { name: 'Pool tundi veel' }).click()
    await page.getByText('Kirjas. Ootame sind hiljem.').waitFor()
    if (scripts) await look(page, 'own-390')
    await page.goto('/')
    if (scripts) await look(page, 'home-volunteer-390')
    await page.getByRole('button', { name: 'Kohtumine on läbi, kõik on korras' }).click()
    await page.waitForURL(/\/outings\/[^/]+\/visit/)
    expect(await page.locator('input[name="minutes"][value="60"]').isChecked()).toBe(true)
    expect(await page.locator('input[name="way"][value="meeting"]').isChecked()).toBe(true)
    if (scripts) await look(page, 'visit-390')
    await page.locator('textarea[name="note"]').fill('Käisime koos perearsti juures.')
    await page.getByRole('button', { name: 'Salvesta kohtumine' }).click()
    await page.getByText('Sissekanne on salvestatud.').waitFor()
    await page.context().close()
  },
  120_000,
)

test('whoever looks for her sees what to do first, on a phone and on a desk, and ends it', async () => {
  const id = await expectedBack(cast, of.assignment, { late: 65, reach: 'Õe telefon 5551 0000' })
  await climb(cast.sys)
  const own = await site.as('lou', { width: 390 })
  await own.goto('/')
  await look(own, 'home-searched-390')
  await own.context().close()
  for (const [who, width] of [
    ['sirje', 390],
    ['sirje', 1280],
    ['kim', 390],
    ['kim', 1280],
  ] as const) {
    const page = await site.as(who, { width })
    await page.goto('/')
    await look(page, `home-${who}-${width}`)
    await page.locator(`a[href="/outings/${id}"]`).first().click()
    await page.getByText('Mida nüüd teha').waitFor()
    expect(await page.getByRole('link', { name: '+372 5551 2345' }).getAttribute('href')).toBe('tel:+37255512345')
    expect(await page.getByText('Õe telefon 5551 0000').isVisible()).toBe(true)
    await look(page, `search-${who}-${width}`)
    await page.context().close()
  }
  const page = await site.as('sirje', { width: 390, scripts: false })
  await page.goto(`/outings/${id}`)
  await page.getByLabel('Helistasin 112').check()
  await page.getByRole('button', { name: 'Lõpeta otsimine' }).click()
  expect(await page.getByText('Kirjuta, mis kell helistasid').first().isVisible()).toBe(true)
  await page.getByLabel('Märkus').fill('Kell 17.05, patrull läheb kohale.')
  await page.getByRole('button', { name: 'Lõpeta otsimine' }).click()
  await page.getByText('„Kell 17.05, patrull läheb kohale.“').waitFor()
  await page.context().close()
  const after = await site.as('sirje', { width: 390 })
  await after.goto(`/outings/${id}`)
  await look(after, 'over-390')
  await after.context().close()
}, 120_000)

test('a drill is seen to be one by everybody', async () => {
  const kim = await site.as('kim', { width: 1280 })
  await kim.goto('/outings/drills')
  await look(kim, 'drills-empty-1280')
  await kim.getByLabel('Kellega harjutad?').selectOption({ label: cast.lou.name })
  await kim.getByRole('button', { name: 'Alusta õppust' }).click()
  await kim.getByText('Õppus algas.').waitFor()
  await cast.admin.query(
    `update outing set begins_at = begins_at - interval '5 minutes', until_at = until_at - interval '5 minutes' where case_id is null`,
  )
  await climb(cast.sys)
  for (const who of ['lou', 'sirje', 'kim'] as const) {
    const page = await site.as(who, { width: 390 })
    await page.goto('/')
    expect(await page.getByText(/õppus/i).first().isVisible()).toBe(true)
    await look(page, `drill-home-${who}-390`)
    if (who !== 'lou') await page.locator('a[href^="/outings/"]:not([href$="drills"])').first().click()
    await page.getByText('See on õppus').first().waitFor()
    await look(page, `drill-${who}-390`)
    await page
      .getByRole('button', { name: who === 'lou' ? 'Olen siin, teade jõudis kohale' : 'Sain teate kätte' })
      .click()
    await page.getByText('Aitäh. Sinu märk on kirjas.').waitFor()
    await page.context().close()
  }
  await beginDrill.run(cast.sirje, { volunteer: cast.volunteer })
  await kim.goto('/outings/drills')
  expect(await kim.getByText(/^Läbi/).first().isVisible()).toBe(true)
  await look(kim, 'drills-1280')
  await kim.setViewportSize({ width: 390, height: 844 })
  await look(kim, 'drills-390')
  await kim.context().close()
}, 120_000)

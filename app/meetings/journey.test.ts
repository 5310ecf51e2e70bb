// Can a network's meeting be planned, announced and filled in a real browser, on a phone, without scripts?
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { referCase } from '../../test/cases.ts'
import { type Cast, openCast } from '../../test/cast.ts'
import { expectAccessible, openSite, type Site } from '../../test/site.ts'

vi.setConfig({ testTimeout: 60_000 })
let cast: Cast
let site: Site
let number: string
beforeAll(async () => {
  cast = await openCast()
  site = await openSite(cast)
  const id = await referCase(cast.lea)
  number = (await cast.admin.query('select number from case_file where id = $1', [id])).rows[0].number
})
afterAll(async () => {
  await site.close()
  await cast.close()
})

test('with scripts off the lead plans, invites and closes, and a member finds the case on her phone', async () => {
  const page = await site.as('lea', { scripts: false })
  await page.goto('/meetings')
  await page.getByRole('link', { name: 'Planeeri kohtumised' }).click()
  await page.getByLabel('Kellaaeg').fill('kümme')
  await page.getByRole('button', { name: 'Planeeri kohtumised' }).click()
  await page.getByRole('link', { name: 'Kirjuta kellaaeg kujul 10.00.' }).waitFor()
  await page.getByLabel('Kellaaeg').fill('10.00')
  await page.getByRole('textbox', { name: 'Koht (valikuline)' }).fill('Näidis-saal')
  await page.getByRole('button', { name: 'Planeeri kohtumised' }).click()
  await page.getByText('Kohtumised on planeeritud.').waitFor()
  await page.getByRole('table', { name: 'Ees' }).getByRole('link').first().click()
  await page.getByRole('button', { name: 'Saada kutse tuumikule' }).click()
  await page.getByText('Kutse on saadetud.').waitFor()
  await page
    .getByRole('table', { name: 'Tuleb ise päevakorda' })
    .getByRole('link', { name: number, exact: true })
    .waitFor()
  const address = page.url()
  await page.getByRole('button', { name: 'Sulge päevakord' }).click()
  await page.getByRole('table', { name: 'Päevakord' }).getByRole('link', { name: number, exact: true }).waitFor()
  const desk = await site.as('lea')
  for (const path of ['/meetings', '/meetings/plan', address]) {
    await desk.goto(path)
    await expectAccessible(desk)
  }
  await desk.context().close()
  const phone = await site.as('mall', { width: 390 })
  await phone.goto('/')
  await phone.getByText('järgmine kohtumine').first().waitFor()
  await phone.goto(address)
  await phone.getByRole('link', { name: number, exact: true }).waitFor()
  expect(await phone.getByRole('button', { name: 'Sulge päevakord' }).count()).toBe(0)
  await expectAccessible(phone)
  expect(await phone.title()).not.toContain(number)
  await phone.goto('/meetings/core-group')
  await expectAccessible(phone)
  await phone.context().close()
  await page.context().close()
})

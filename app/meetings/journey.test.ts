// Can a network's meeting be planned, filled, held and followed up in a real browser, on a phone, without scripts?
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { referCase } from '../../test/cases.ts'
import { type Cast, openCast } from '../../test/cast.ts'
import { expectAccessible, openSite, type Site } from '../../test/site.ts'
import { today } from '../core/clock.server.ts'
import { closeAgenda } from './agenda/arrange.server.ts'
import { callMeeting } from './calendar/calendar.server.ts'

vi.setConfig({ testTimeout: 120_000 })
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

test('a core group answers, promises, speaks of a case on the wall, decides and agrees on an action', async () => {
  const id = await referCase(cast.lea)
  const { id: meeting } = await callMeeting.run(cast.lea, {
    network: cast.networks.ida,
    mode: 'sitting',
    onDate: today(),
  })
  await closeAgenda.run(cast.lea, { id: meeting })
  const phone = await site.as('mall', { width: 390 })
  await phone.goto(`/meetings/${meeting}/research`)
  await expectAccessible(phone)
  await phone.goto(`/meetings/${meeting}/research/${id}`)
  await phone.getByLabel('Ei ole midagi teada').check()
  await phone.getByRole('button', { name: 'Salvesta vastus' }).click()
  await phone.getByText('Vastus on kirjas.').waitFor()
  await phone.context().close()
  const page = await site.as('lea')
  await page.goto(`/meetings/${meeting}`)
  await page.getByRole('button', { name: 'Alusta kohtumist' }).click()
  await page.getByRole('button', { name: 'Märgi kohal' }).first().click()
  await expectAccessible(page)
  await page.goto(`/meetings/${meeting}/live/${id}`)
  await page.getByRole('link', { name: 'Konfidentsiaalsuse kinnitus' }).click()
  await page.getByLabel('Kinnitan, et hoian').check()
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Kinnita' }).click()
  await page.goto(`/meetings/${meeting}/live/${id}`)
  await page.getByRole('link', { name: 'Ekraanivaade ilma andmeteta' }).click()
  await expectAccessible(page)
  expect(await page.locator('main').textContent()).not.toMatch(/Mall|Lea|Salvesta/)
  await page.getByRole('link', { name: 'Tagasi tavavaatesse' }).click()
  await page.getByRole('link', { name: 'Lisa tegevus' }).click()
  await page.getByLabel('Mida tehakse?').fill('Näidis: taotleb lähenemiskeeldu')
  await page.getByLabel('Millest on näha').fill('Näidis: avaldus on kohtus')
  await page.getByLabel('Kes teeb?').selectOption({ index: 1 })
  await page.getByRole('textbox', { name: 'Mis päevaks?' }).fill('31.12.2099')
  await page.getByLabel('Ei võeta ühendust').check()
  await page.getByRole('button', { name: 'Salvesta tegevus' }).click()
  await page.getByText('Näidis: taotleb lähenemiskeeldu').waitFor()
  await page.getByRole('radio', { name: 'tegevuskava' }).check()
  await page.getByLabel('Mida otsustati?').fill('Näidis: keeld')
  await page.getByLabel('Miks nii?').fill('Näidis: oht püsib')
  await expectAccessible(page)
  await page.getByRole('button', { name: /^Salvesta/ }).click()
  await page.getByText('Otsus on kirjas.').waitFor()
  await page.goto(`/cases/${id}/plan`)
  await expectAccessible(page)
  await page.getByRole('table', { name: 'Riskid ja tegevused' }).getByRole('link', { name: 'Vasta' }).first().click()
  await page.getByLabel('Tegevust ei ole, sest').check()
  await page.getByLabel('Miks tegevust ei ole?').fill('Näidis: laps on vanaema juures')
  await page.getByRole('button', { name: 'Salvesta vastus' }).click()
  await page.getByText('Tegevust ei ole, sest: Näidis: laps on vanaema juures').waitFor()
  await page.context().close()
})

// Can the wish be taken back and given again in a real browser, on a phone and without scripts?
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { type Cast, openCast } from '../../../test/cast.ts'
import { expectAccessible, openSite, type Site } from '../../../test/site.ts'
import { givenSupport } from '../../../test/support.ts'
import { today } from '../../core/clock.server.ts'
import { formatDate } from '../../i18n/format.ts'

vi.setConfig({ testTimeout: 120_000 })
let cast: Cast
let site: Site
beforeAll(async () => {
  cast = await openCast()
  site = await openSite(cast)
})
afterAll(async () => {
  await site.close()
  await cast.close()
})

test('what ends is said before, a missing answer costs nothing typed, and the word stands in the history', async () => {
  const { caseId } = await givenSupport(cast, '2026-10-01')
  const page = await site.as('lea', { width: 390, scripts: false })
  await page.goto(`/cases/${caseId}`)
  await page.getByRole('link', { name: 'Jagamine' }).first().click()
  await page.getByRole('link', { name: 'Võta nõusolek tagasi' }).click()
  await page.getByText('ei aita enam ja ei näe juhtumist midagi').waitFor()
  await page.getByLabel('Kus on tõend?').fill('Kuulis Mall')
  await page.getByRole('button', { name: 'Võta nõusolek tagasi' }).click()
  await page.getByRole('link', { name: 'Vali üks vastus.' }).waitFor()
  expect(await page.getByLabel('Kus on tõend?').inputValue()).toBe('Kuulis Mall')
  await page.getByLabel('Suuliselt').check()
  await page.getByRole('button', { name: 'Võta nõusolek tagasi' }).click()
  await page.getByText('Nõusoleku tagasivõtmine on kirjas.').waitFor()
  await page.getByRole('button', { name: 'Kõigile on öeldud' }).click()
  await page.goto(`/cases/${caseId}/sharing`)
  await page.getByRole('link', { name: 'Kannatanu annab nõusoleku uuesti' }).click()
  await page.getByLabel('Kirjalikult').check()
  await page.getByRole('button', { name: 'Salvesta' }).click()
  await page
    .getByText(`Kannatanu nõusolek ${formatDate(today())}, kirjalikult`)
    .first()
    .waitFor()
  await page.context().close()
  const looked = await site.as('lea', { width: 390 })
  for (const at of ['', '/withdraw', '/law']) {
    await looked.goto(`/cases/${caseId}/sharing${at}`)
    await expectAccessible(looked)
  }
  await looked.context().close()
})

test('who was taken down wrongly is put right on a page that shows no name', async () => {
  const { caseId } = await givenSupport(cast, '2026-10-01')
  const page = await site.as('lea')
  await page.goto(`/cases/${caseId}`)
  await page
    .getByRole('link', { name: /^Paranda/ })
    .first()
    .click()
  await expectAccessible(page)
  expect(await page.content()).not.toMatch(/Anna|Näidis-Org/)
  await page.getByLabel('Eesnimi').fill('Marju')
  await page.getByLabel('Perekonnanimi').fill('Näidis-Kivi')
  await page.getByLabel('Sünniaasta').fill('1986')
  await page.getByLabel('Miks sa parandad?').fill('Dokumendil oli teisiti.')
  await page.getByRole('button', { name: 'Salvesta parandus' }).click()
  await page.getByText('Andmed on parandatud.').waitFor()
  expect(await page.content()).not.toMatch(/Marju|Näidis-Kivi/)
  await page.context().close()
})

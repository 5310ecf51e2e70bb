// Can a case be closed, asked after and opened again in a real browser, on a phone and without scripts?
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { type Cast, openCast } from '../../../test/cast.ts'
import { givenAssessment, givenClosed } from '../../../test/closing.ts'
import { expectAccessible, openSite, type Site } from '../../../test/site.ts'
import { givenSupport } from '../../../test/support.ts'
import { today } from '../../core/clock.server.ts'

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

test('what stands in the way leads to where it is resolved; then the case is closed, asked after and opened again', async () => {
  const { caseId } = await givenSupport(cast, '2026-05-01')
  await givenAssessment(cast, caseId, today())
  const page = await site.as('lea', { width: 390, scripts: false })
  await page.goto(`/cases/${caseId}`)
  await page.getByRole('link', { name: 'Lõpeta juhtum' }).click()
  await page.getByText('Tugiisik aitab veel.').first().waitFor()
  await page.getByLabel('Kokkuvõte').fill('Näidis-kokkuvõte')
  await page.getByLabel('Eesmärk on saavutatud').check()
  await page.getByLabel('Turvalisem kui alguses').check()
  await page.getByRole('button', { name: 'Lõpeta juhtum' }).click()
  await page.getByText('Midagi on veel tegemata.').first().waitFor()
  expect(await page.getByLabel('Kokkuvõte').inputValue()).toBe('Näidis-kokkuvõte')
  await page.locator('a[href$="/end"]').click()
  await page.getByLabel('Eesmärk').first().check()
  await page.getByRole('button', { name: 'Lõpeta täna' }).click()
  await page.goto(`/cases/${caseId}/closing`)
  await page.getByLabel('Eesmärk on saavutatud').check()
  await page.getByLabel('Turvalisem kui alguses').check()
  await page.getByLabel('Kokkuvõte').fill('Näidis-kokkuvõte')
  await page.getByRole('button', { name: 'Lõpeta juhtum' }).click()
  await page.getByRole('heading', { level: 1, name: 'Juhtum on lõpetatud' }).waitFor()
  await page.getByRole('link', { name: 'Pane kirja järelkontroll' }).click()
  await page.getByLabel('Halvemini').check()
  await page.getByLabel('Jah').check()
  await page.getByLabel('Suurem').check()
  await page.getByRole('button', { name: 'Salvesta' }).click()
  await page.getByRole('heading', { level: 1, name: 'Kas avada juhtum uuesti?' }).waitFor()
  await page.getByLabel('Miks?').fill('Näidis-põhjus')
  await page.getByRole('button', { name: 'Ava juhtum uuesti' }).click()
  await page.getByText('Juhtum on uuesti avatud.').waitFor()
  await page.context().close()
})

test('flags are lifted from the list after a last look, and the pages read well for everybody', async () => {
  const id = await givenClosed(cast, today())
  await cast.admin.query('update case_closing set closed_on = closed_on - 400 where case_id = $1', [id])
  const page = await site.as('lea')
  for (const at of [`/cases/${id}`, `/cases/${id}/closing`, `/cases/${id}/reopen`, '/cases/flags']) {
    await page.goto(at)
    await expectAccessible(page)
  }
  await page.getByRole('checkbox').first().check()
  await page.getByRole('button', { name: 'Vaata valitud üle' }).click()
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Võta märge maha' }).click()
  await page.getByText('Märge on maha võetud.').waitFor()
  await page.context().close()
})

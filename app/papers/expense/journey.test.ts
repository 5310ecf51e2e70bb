// Does a support person claim on a phone what she paid, is it sent back, made anew and approved – and does the list of the month come down? With scripts and without.
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { type Cast, openCast } from '../../../test/cast.ts'
import { pictureOf } from '../../../test/pictures.ts'
import { look, openSite, type Site } from '../../../test/site.ts'
import { givenSupport } from '../../../test/support.ts'

vi.setConfig({ testTimeout: 150_000 })
let cast: Cast
let site: Site
let folder: string
beforeAll(async () => {
  cast = await openCast()
  await givenSupport(cast, '2026-05-01')
  site = await openSite(cast)
  folder = await mkdtemp(join(tmpdir(), 'tugivork-receipt-'))
  await writeFile(join(folder, 'pilet.webp'), await pictureOf('webp', { turned: 6 }))
  await writeFile(join(folder, 'pilet.txt'), 'ei ole pilt')
})
afterAll(async () => {
  await site.close()
  await cast.close()
  await rm(folder, { recursive: true })
})

beforeEach(() => cast.admin.query(`truncate expense; delete from sealed_key where kind = 'expense'`))

test.each([
  ['with scripts', true],
  ['without scripts', false],
] as const)('from the phone to the list of payments, %s', async (_, scripts) => {
  // What looks at a page is a script itself.
  const see = async (page: Page, name: string) => scripts && look(page, name)
  const own = await site.as('lou', { width: 390, scripts })
  own.setDefaultTimeout(15_000)
  await own.goto('/my-profile')
  await own.getByRole('link', { name: 'Minu kulud' }).click()
  await see(own, 'expenses-empty-390')
  await own.getByRole('link', { name: 'Lisa kulu' }).click()
  await see(own, 'expense-new-390')
  await own.getByLabel('Buss, rong või takso').check()
  await own.getByLabel('Summa').fill('4,20')
  await own.getByLabel('Milleks?').fill('Sõit kohtusse')
  await own.getByLabel('Kviitung').setInputFiles(join(folder, 'pilet.txt'))
  await own.getByRole('button', { name: 'Saada' }).click()
  await own.getByText('Seda liiki faili lisada ei saa').first().waitFor()
  await see(own, 'expense-error-390')
  expect(await own.getByLabel('Summa').inputValue()).toBe('4,20')
  await own.getByLabel('Kviitung').setInputFiles(join(folder, 'pilet.webp'))
  await own.getByRole('button', { name: 'Saada' }).click()
  await own.getByText('Kulu on saadetud.').waitFor()
  await see(own, 'expenses-390')

  const desk = await site.as('kim', { width: 1280, scripts })
  desk.setDefaultTimeout(15_000)
  await desk.goto('/')
  await desk.getByText('1 kulu ootab sinu otsust').first().waitFor()
  await desk.goto('/expenses')
  await see(desk, 'expenses-1280')
  await desk.locator('main table a').first().click()
  await see(desk, 'expense-1280')
  await desk.getByRole('link', { name: 'Saada tagasi' }).click()
  await desk.getByLabel('Miks?').fill('Kviitungil on teine summa.')
  await see(desk, 'expense-return-1280')
  await desk.getByRole('button', { name: 'Saada tagasi' }).click()
  await desk.getByText('Kulu on tagasi saadetud.').waitFor()

  await own.goto('/my-expenses')
  await own.locator('main table a').first().click()
  await own.getByRole('link', { name: 'Paranda ja saada uuesti' }).click()
  await own.getByText('Saadeti tagasi: Kviitungil on teine summa.').waitFor()
  await own.getByLabel('Summa').fill('4,30')
  await own.getByRole('button', { name: 'Saada' }).click()
  await own.getByText('Kulu on saadetud.').waitFor()

  await desk.goto('/expenses')
  await desk.locator('main table a').first().click()
  await desk.getByRole('button', { name: 'Kiida heaks' }).click()
  await desk.getByText('Kulu läheb maksmisele.').waitFor()
  await desk.getByRole('link', { name: 'Maksmisele' }).click()
  await desk.getByText('4,30').first().waitFor()
  await see(desk, 'payments-1280')
  const coming = desk.waitForEvent('download')
  await desk.getByRole('link', { name: 'Laadi alla (XLSX)' }).click()
  expect((await coming).suggestedFilename()).toMatch(/^kulud-20\d\d-\d\d\.xlsx$/)
  for (const page of [own, desk]) await page.context().close()
})

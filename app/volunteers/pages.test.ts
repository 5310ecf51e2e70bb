// Can a coordinator keep volunteers in a browser, on a desk and on a phone, with scripts and without?
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Cast, openCast } from '../../test/cast.ts'
import { expectAccessible, openSite, type Site } from '../../test/site.ts'
import { givenVolunteer, paper } from '../../test/volunteers.ts'

let cast: Cast
let site: Site
let maria = ''
beforeAll(async () => {
  cast = await openCast()
  site = await openSite(cast)
  maria = await givenVolunteer(cast, {
    ...{ name: 'Maria Näidis-Žukova', personalCode: '48503150210', phone: '+37255501234', childContact: true },
    evidence: [paper('training', '2025-02-01'), paper('background', '2024-11-02')],
  })
})
afterAll(async () => {
  await site.close()
  await cast.close()
})

test('a volunteer is added, and the profile says at once what is missing and where to add it', async () => {
  const page = await site.as('kim', { width: 390, scripts: false })
  await page.goto('/volunteers/new')
  await page.getByRole('button', { name: 'Lisa tugiisik' }).click()
  await page.getByRole('heading', { name: 'Midagi vajab parandamist' }).waitFor()
  expect(await page.locator('#name-error').textContent()).toContain('Kirjuta siia vastus.')
  await page.getByRole('link', { name: 'Kirjuta siia vastus.' }).first().click()
  expect(page.url()).toContain('#name')
  await page.getByLabel('Ees- ja perekonnanimi').fill('Näidis-Uus Tugi')
  await page.getByLabel('Elukoha maakond').selectOption({ label: 'Tartumaa' })
  await page.getByLabel('Keel, mida räägib kõige paremini').selectOption({ label: 'Eesti' })
  await page.getByRole('group', { name: 'Auto kasutada' }).getByLabel('Jah').check()
  await page.getByRole('button', { name: 'Lisa tugiisik' }).click()
  await page.getByRole('heading', { name: 'Ei saa määrata: on alles kandidaat' }).waitFor()
  await page.getByText('Tugiisik on lisatud kandidaadina.').waitFor()
  await page.getByRole('link', { name: 'Lisa leping' }).first().click()
  await page.getByLabel('Kehtib alates').fill('31.02.2026')
  await page.getByRole('button', { name: 'Salvesta' }).click()
  await page.getByText('Kuupäev 31.02.2026 ei ole olemas.').first().waitFor()
  expect(await page.getByLabel('Kehtib alates').inputValue()).toBe('31.02.2026')
  await page.getByLabel('Kehtib alates').fill('28.2.2026')
  await page.getByRole('button', { name: 'Salvesta' }).click()
  await page.getByText('Kanne on lisatud.').waitFor()
  expect(await page.getByText('leping puudub').count()).toBe(0)
}, 60_000)

test('of two who edit at once, the second keeps what was typed, sees what is kept now, and may send again', async () => {
  const [first, second] = [await site.as('kim'), await site.as('kim')]
  await first.goto(`/volunteers/${maria}/edit`)
  await second.goto(`/volunteers/${maria}/edit`)
  for (const page of [first, second])
    await page.getByRole('group', { name: 'Auto kasutada' }).getByLabel('Ei', { exact: true }).check()
  await first.getByRole('textbox', { name: 'Telefon' }).fill('5550 1111')
  await first.getByRole('button', { name: 'Salvesta' }).click()
  await first.getByText('Andmed on salvestatud.').waitFor()
  await second.getByRole('textbox', { name: 'Telefon' }).fill('5550 2222')
  await second.getByRole('button', { name: 'Salvesta' }).click()
  await second.getByRole('definition').filter({ hasText: '+37255501111' }).waitFor()
  expect(await second.getByRole('textbox', { name: 'Telefon' }).inputValue()).toBe('5550 2222')
  await expectAccessible(second)
  await second.getByRole('button', { name: 'Salvesta' }).click()
  await second.getByRole('link', { name: '+372 5550 2222' }).waitFor()
}, 60_000)

test('the personal code is on no page until somebody says what for', async () => {
  const page = await site.as('kim')
  for (const address of [`/volunteers/${maria}`, `/volunteers/${maria}/edit`, `/volunteers/${maria}/code`]) {
    await page.goto(address)
    expect(await page.content()).not.toContain('48503150210')
    expect(await page.title()).toBe('Tugiisikud – Tugivõrk')
  }
  await page.getByRole('button', { name: 'Taustakontrolli päring' }).click()
  await page.getByText('48503150210').waitFor()
  await expectAccessible(page)
  // Who may not look is not asked what for.
  const other = await site.as('peep')
  expect((await other.goto(`/volunteers/${maria}/code`))?.status()).toBe(403)
})

test('the list is filtered by address, and each chosen filter can be taken off', async () => {
  const page = await site.as('kim', { width: 390 })
  await page.goto('/volunteers?q=жукова&ready=no')
  await page.getByText('1 tugiisik', { exact: true }).waitFor()
  await page.getByText('konfidentsiaalsus').waitFor()
  await expectAccessible(page)
  await page.getByText('Filtrid (2 valitud)').click()
  await page.getByRole('link', { name: 'Eemalda filter: „жукова“' }).click()
  await page.waitForURL('**/volunteers?ready=no')
  await page.goto('/volunteers?q=xyzzy')
  await page.getByText('Nende filtritega ei leidu kedagi.').waitFor()
})

test('a volunteer reads their own record and names a place where they know people', async () => {
  const page = await site.as('lou', { width: 390 })
  await page.goto('/my-profile')
  await page.getByRole('heading', { name: 'Sul on kõik korras' }).waitFor()
  expect(await page.getByRole('link', { name: 'Muuda' }).count()).toBe(0)
  await page.getByRole('link', { name: 'Märgi koht, kus tunned inimesi' }).click()
  await page.getByLabel('Vald või linn').selectOption({ label: 'Narva linn (Ida-Virumaa)' })
  await page.getByLabel('Milline side').fill('Töö kohalikus koolis')
  await page.getByRole('button', { name: 'Salvesta' }).click()
  await page.getByText('Narva linn: Töö kohalikus koolis').waitFor()
  await expectAccessible(page)
  expect((await page.goto(`/volunteers/${maria}`))?.status()).toBe(403)
})

test('what Max may not see does not exist for him', async () => {
  const page = await site.as('max')
  expect((await page.goto(`/volunteers/${maria}`))?.status()).toBe(404)
  expect((await page.goto('/volunteers/not-an-id'))?.status()).toBe(404)
  const kim = await site.as('kim')
  expect((await kim.goto(`/volunteers/${maria}/evidence/diploma/new`))?.status()).toBe(404)
})

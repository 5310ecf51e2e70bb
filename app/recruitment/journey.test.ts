// Does somebody without an account become an active volunteer, on a phone without scripts and on the coordinator's desk?
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Cast, openCast } from '../../test/cast.ts'
import { expectAccessible, openSite, type Site } from '../../test/site.ts'

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

test('the public pages are reachable for everybody in three languages, and say where help is', async () => {
  const page = await site.as(null, { width: 390, scripts: false })
  for (const address of ['/apply', '/apply/form', '/apply/thanks']) {
    await page.goto(address)
    expect(await page.title()).toBe('Avaldus – Tugivõrk')
    expect(await page.getByRole('link', { name: /Lahku|Välju/ }).count()).toBeGreaterThan(0)
    expect(await page.getByRole('link', { name: '112' }).count()).toBeGreaterThan(0)
  }
  for (const [button, heading] of [
    ['English', 'Become a volunteer'],
    ['Русский', 'Станьте добровольцем'],
    ['Eesti', 'Tule vabatahtlikuks'],
  ] as const) {
    await page.goto('/apply')
    await page.getByRole('button', { name: button }).first().click()
    await page.getByRole('heading', { name: heading, level: 1 }).waitFor()
  }
}, 60_000)

test('no accessibility fault on the public pages, on a phone and on a desk, with and without errors', async () => {
  for (const width of [390, 1280] as const) {
    const page = await site.as(null, { width })
    for (const address of ['/apply', '/apply/form', '/apply/thanks']) {
      await page.goto(address)
      await expectAccessible(page)
    }
    await page.goto('/apply/form')
    await page.getByRole('button', { name: 'Saada avaldus' }).click()
    await page.getByRole('heading', { name: 'Midagi vajab parandamist' }).waitFor()
    await expectAccessible(page)
  }
}, 120_000)

async function fill(page: Awaited<ReturnType<Site['as']>>) {
  await page.getByLabel('Ees- ja perekonnanimi').fill('Näidis-Teekond Tamm')
  await page.getByLabel('E-post').fill('teekond@naidis.example')
  await page.getByLabel('Maakond, kus elad').selectOption({ label: 'Tartumaa' })
  await page.getByLabel('Keel, mida räägid kõige paremini').selectOption({ label: 'Eesti' })
  await page.getByRole('group', { name: 'Mis keeles saad veel aidata?' }).getByLabel('Vene').check()
  await page.getByLabel('Miks sa tahad vabatahtlik olla?').fill('Näidis-põhjus')
}

test('another language in the middle of the form keeps what was typed, scripts on or off, and Enter still sends', async () => {
  for (const scripts of [true, false]) {
    const page = await site.as(null, { width: 390, scripts })
    await page.goto('/apply/form')
    await fill(page)
    await page.getByRole('button', { name: 'Русский' }).first().click()
    await page.locator('html[lang=ru]').waitFor()
    expect(await page.locator('[name=name]').inputValue()).toBe('Näidis-Teekond Tamm')
    expect(await page.locator('[name=why]').inputValue()).toBe('Näidis-põhjus')
    expect(await page.locator('[name=county]').inputValue()).toBe('0079')
    expect(await page.locator('[name=languages][value=ru]').isChecked()).toBe(true)
    await page.locator('[name=email]').press('Enter')
    await page.locator('.govuk-error-summary').waitFor()
    expect(await page.locator('html').getAttribute('lang')).toBe('ru')
    await page.getByRole('button', { name: 'Eesti' }).last().click()
    await page.locator('html[lang=et]').waitFor()
    expect(await page.locator('[name=email]').inputValue()).toBe('teekond@naidis.example')
  }
}, 60_000)

test('applicant to active: a phone without scripts hands it in, a desk takes it to the first day', async () => {
  const phone = await site.as(null, { width: 390, scripts: false })
  await phone.goto('/apply')
  await phone.getByRole('link', { name: 'Täida avaldus' }).click()
  await fill(phone)
  await phone.getByRole('button', { name: 'Saada avaldus' }).click()
  await phone.getByText('Vali üks vastus').first().waitFor()
  expect(await phone.getByLabel('Ees- ja perekonnanimi').inputValue()).toBe('Näidis-Teekond Tamm')
  expect(await phone.getByLabel('Vene').isChecked()).toBe(true)
  await phone.getByLabel('Sõbralt või tuttavalt').check()
  await phone.getByRole('button', { name: 'Saada avaldus' }).click()
  await phone.getByRole('heading', { name: 'Aitäh, avaldus on kohal' }).waitFor()

  const desk = await site.as('kim', { width: 1280 })
  await desk.goto('/')
  await desk.getByText('uus avaldus').first().waitFor()
  await desk.goto('/recruitment')
  await expectAccessible(desk)
  await desk.getByRole('link', { name: 'Näidis-Teekond Tamm' }).click()
  await desk.getByText('Näidis-põhjus').waitFor()
  await expectAccessible(desk)
  await desk.getByRole('link', { name: 'Võta kandidaadiks' }).click()
  await expectAccessible(desk)
  await desk.getByRole('button', { name: 'Võta kandidaadiks' }).click()
  await desk.getByText('Kandidaat on kirjas ja esimene samm kokku lepitud.').waitFor()
  for (const [to, step] of [
    ['Kutsu vestlusele', 'Vestlus'],
    ['Suuna taustakontrolli', 'Tee taustakontroll'],
    ['Suuna väljaõppele', 'Kutsu väljaõppele'],
    ['Sõlmi leping', 'Sõlmi leping'],
  ]) {
    await desk.getByRole('link', { name: 'Vii edasi' }).click()
    await desk.getByRole('radio', { name: to }).check()
    await desk.getByLabel('Mis on järgmine samm?').selectOption({ label: step })
    await desk.getByRole('button', { name: 'Vii edasi' }).click()
    await desk.getByText('Etapp on muudetud.').waitFor()
  }
  const id = desk.url().split('/').at(-1) ?? ''
  for (const kind of ['training', 'contract', 'pledge']) {
    await desk.goto(`/volunteers/${id}/evidence/${kind}/new`)
    if (kind === 'training') await desk.getByLabel('Jah').check()
    await desk.locator('[name=validFrom]').fill('02.11.2026')
    await desk.getByRole('button', { name: 'Salvesta' }).click()
    await desk.getByText('Kanne on lisatud.').waitFor()
  }
  const small = await site.as('kim', { width: 390 })
  await small.goto('/recruitment')
  await expectAccessible(small)
  await small.getByRole('link', { name: 'Näidis-Teekond Tamm' }).click()
  await small.getByRole('link', { name: 'Vii edasi' }).click()
  await small.getByRole('radio', { name: 'Märgi aktiivseks' }).check()
  await small.getByRole('button', { name: 'Vii edasi' }).click()
  await small.getByText('Etapp on muudetud.').waitFor()
  const { rows } = await cast.admin.query('select status from volunteer where id = $1', [id])
  expect(rows).toEqual([{ status: 'active' }])
}, 120_000)

test('a "no" is said on a page of its own, with its reason', async () => {
  const phone = await site.as(null, { width: 390 })
  await phone.goto('/apply/form')
  await fill(phone)
  await phone.getByLabel('Ees- ja perekonnanimi').fill('Näidis-Ei Edasi')
  await phone.getByLabel('E-post').fill('eiedasi@naidis.example')
  await phone.getByLabel('Mujalt').check()
  await phone.getByRole('button', { name: 'Saada avaldus' }).click()
  await phone.getByRole('heading', { name: 'Aitäh, avaldus on kohal' }).waitFor()
  const desk = await site.as('kim', { width: 390 })
  await desk.goto('/recruitment?view=list')
  await expectAccessible(desk)
  await desk.getByRole('link', { name: 'Näidis-Ei Edasi' }).click()
  await desk.getByRole('link', { name: 'Ei jätka' }).click()
  await desk.getByRole('button', { name: 'Ei jätka' }).click()
  await desk.getByRole('heading', { name: 'Midagi vajab parandamist' }).waitFor()
  await desk.getByLabel('Aega ei ole piisavalt').check()
  await desk.getByLabel('Selgita lühidalt').fill('Näidis-selgitus')
  await desk.getByRole('button', { name: 'Ei jätka' }).click()
  await desk.getByText('Kirjas. Andmed kustutatakse').waitFor()
  await desk.getByText('Näidis-selgitus').first().waitFor()
}, 60_000)

test('a call is made and its link leads to the page', async () => {
  const desk = await site.as('kim')
  await desk.goto('/recruitment/campaigns/new')
  await expectAccessible(desk)
  await desk.getByLabel('Kampaania', { exact: true }).fill('Näidis-kutse')
  await desk.getByLabel('Kust', { exact: true }).selectOption({ label: 'Veebilehelt' })
  await desk.getByLabel('Lühike nimi lingis').fill('naidis-kutse')
  await desk.getByLabel('Lõpeb').fill('31.12.2026')
  await desk.getByRole('button', { name: 'Lisa kampaania' }).click()
  await desk.getByText('Kampaania on lisatud.').waitFor()
  await expectAccessible(desk)
  await desk.getByRole('link', { name: '/apply/c/naidis-kutse' }).click()
  await desk.getByRole('heading', { name: 'Tule vabatahtlikuks' }).waitFor()
}, 60_000)

// Does somebody written down by mistake leave a case in a browser, and do two who correct at once see both texts?
import { afterAll, beforeAll, expect, test } from 'vitest'
import { referCase } from '../../../test/cases.ts'
import { type Cast, openCast } from '../../../test/cast.ts'
import { givenBare } from '../../../test/closing.ts'
import { look, openSite, type Site } from '../../../test/site.ts'
import { today } from '../../core/clock.server.ts'
import { addPerpetrator } from '../identity/another.server.ts'
import { correctPerson } from '../identity/correct.server.ts'

let cast: Cast
let site: Site
beforeAll(async () => {
  cast = await openCast()
  site = await openSite(cast)
}, 400_000)
afterAll(async () => {
  await site.close()
  await cast.close()
})

test('the wrong one goes with a reason, on a phone; the only one left stays', async () => {
  const id = await referCase(cast.lea)
  await addPerpetrator.run(cast.lea, { id, relation: 'Näidis-naaber', givenName: 'Oleg' })
  const page = await site.as('lea', { width: 390 })
  await page.goto(`/cases/${id}`)
  await look(page, 'people-390')
  await page.getByRole('link', { name: /Eemalda.*Vägivallatseja 1/ }).click()
  await page.getByRole('button', { name: 'Eemalda' }).click()
  expect(await page.locator('#why-error').count()).toBe(1)
  await page.getByLabel('Miks ta eemaldatakse?').fill('Näidis: kirjas oli naaber.')
  await look(page, 'withdraw-390')
  await page.getByRole('button', { name: 'Eemalda' }).click()
  await page.getByText('Inimene on juhtumist eemaldatud.').waitFor()
  expect(await page.getByRole('link', { name: /Eemalda.*Vägivallatseja/ }).count()).toBe(0)
  expect(await page.getByText('Vägivallatseja 2', { exact: true }).count()).toBeGreaterThan(0)
  await page.getByRole('link', { name: /Eemalda.*Laps 1/ }).click()
  await page.setViewportSize({ width: 1280, height: 900 })
  await look(page, 'withdraw-child-1280')
  await page.context().close()
}, 200_000)

test('whoever is overtaken keeps what she typed and reads what is written down now', async () => {
  const id = await referCase(cast.lea)
  const page = await site.as('mall', { width: 390 })
  await page.goto(`/cases/${id}`)
  await page.getByRole('link', { name: /Näita.*: Kannatanu/ }).click()
  await page.getByLabel('Kontrollin, kas andmed on õiged').check()
  await page.getByRole('button', { name: 'Näita' }).click()
  await page.goto(`/cases/${id}`)
  await page.getByRole('link', { name: /Paranda.*Kannatanu/ }).click()
  const person = page.url().split('/').at(-2)
  await correctPerson.run(cast.lea, {
    ...{ id, person, givenName: 'Marju', familyName: 'Näidis-Kivi', birthYear: '1986', why: 'Näidis: dokument' },
  })
  for (const [name, value] of [
    ['givenName', 'Marje'],
    ['familyName', 'Näidis-Kask'],
    ['birthYear', '1987'],
    ['why', 'Näidis: küsisin üle'],
  ] as const)
    await page.locator(`#${name}`).fill(value)
  await page.getByRole('button', { name: 'Salvesta parandus' }).click()
  await page.getByText('Praegu on kirjas').waitFor()
  for (const words of ['Marju', 'Näidis-Kivi', '1986'])
    expect(await page.getByText(words, { exact: true }).count()).toBe(1)
  expect(await page.locator('#birthYear').inputValue()).toBe('1987')
  await look(page, 'overtaken-390')
  await page.getByRole('button', { name: 'Salvesta parandus' }).click()
  await page.getByText('Andmed on parandatud.').waitFor()
  await page.context().close()
}, 200_000)

test('the closing asks at its own field why nobody was offered', async () => {
  const id = await givenBare(cast, today())
  const page = await site.as('lea', { width: 390 })
  await page.goto(`/cases/${id}/closing`)
  await page.getByLabel('Eesmärk on saavutatud').check()
  await page.getByLabel('Turvalisem kui alguses').check()
  await page.getByLabel('Kokkuvõte').fill('Näidis-kokkuvõte')
  await page.getByRole('button', { name: 'Lõpeta juhtum' }).click()
  expect(await page.locator('#notOffered-error').count()).toBe(1)
  expect(await page.getByLabel('Kokkuvõte').inputValue()).toBe('Näidis-kokkuvõte')
  await look(page, 'closing-offer-390')
  await page.getByLabel('Miks ei ole tugiisikut pakutud?').fill('Näidis: tal on oma nõustaja')
  await page.getByRole('button', { name: 'Lõpeta juhtum' }).click()
  await page.getByRole('heading', { level: 1, name: 'Juhtum on lõpetatud' }).waitFor()
  await page.context().close()
}, 200_000)

// Does an emergency hold together in a browser: asked on a phone, agreed to, looked at under a red banner, ended, judged?
import { afterAll, beforeAll, expect, test } from 'vitest'
import { referCase } from '../../../test/cases.ts'
import { type Cast, openCast } from '../../../test/cast.ts'
import { look, openSite, type Site } from '../../../test/site.ts'

let cast: Cast
let site: Site
let number: string
beforeAll(async () => {
  cast = await openCast()
  site = await openSite(cast)
  const id = await referCase(cast.lea)
  number = (await cast.admin.query('select number from case_file where id = $1', [id])).rows[0].number
}, 400_000)
afterAll(async () => {
  await site.close()
  await cast.close()
})

test('Max asks on his phone, Kim agrees at her desk, Max looks and ends it, Aino judges', async () => {
  const max = await site.as('max', { width: 390 })
  await max.goto('/break-glass')
  await look(max, 'glass-none-390')
  await max.getByRole('link', { name: 'Palu hädajuurdepääsu' }).click()
  await max.getByLabel('Juhtumi number').fill(number)
  await max.getByLabel('Otsene oht elule').check()
  await max.getByLabel('Mis juhtus ja mida on vaja teada').fill('kiire')
  await max.getByRole('button', { name: 'Saada palve' }).click()
  expect(await max.locator('#words-error').textContent()).toContain('20')
  expect(await max.getByLabel('Juhtumi number').inputValue()).toBe(number)
  await look(max, 'glass-ask-390')
  await max.getByLabel('Mis juhtus ja mida on vaja teada').fill('Näidis: politsei otsib inimest, kelle elu on ohus.')
  await max.getByRole('button', { name: 'Saada palve' }).click()
  expect(await max.getByText('Palve on saadetud.').count()).toBe(1)
  expect(await max.getByText('Ootab vastust').count()).toBe(1)

  const kim = await site.as('kim')
  await kim.goto('/')
  await kim.getByRole('link', { name: 'palub hädajuurdepääsu' }).click()
  await kim.getByLabel('Jah, ava').check()
  await look(kim, 'glass-answer-1280')
  await kim.getByRole('button', { name: 'Saada vastus' }).click()
  expect(await kim.getByText('Vastus on saadetud.').count()).toBe(1)

  await max.goto('/')
  expect(await max.getByText(`Hädajuurdepääs juhtumile ${number}.`).count()).toBe(1)
  await look(max, 'glass-banner-390')
  await max.getByRole('link', { name: 'Ava juhtum' }).click()
  expect(await max.locator('h1').textContent()).toBe(number)
  await look(max, 'glass-case-390')
  await max.setViewportSize({ width: 1280, height: 900 })
  await look(max, 'glass-case-1280')
  await max.getByRole('link', { name: 'Ohutu kontakt' }).click()
  await max.getByLabel('Kellegi turvalisus on ohus').check()
  await max.getByRole('button', { name: 'Näita' }).click()
  expect(await max.getByText('5550 1234').count()).toBe(1)
  await max.getByRole('button', { name: 'Lõpeta kohe' }).click()
  expect(await max.getByText('Juurdepääs on lõppenud.').count()).toBe(1)
  expect(await max.getByText('Alles on').count()).toBe(0)
  await look(max, 'glass-ended-1280')

  const aino = await site.as('aino')
  await aino.goto('/')
  await aino.getByRole('link', { name: 'kasutas hädajuurdepääsu' }).click()
  await aino.getByLabel('Põhjendatud', { exact: true }).check()
  await aino.getByLabel('Hinnang').fill('Näidis: vaadati ühte kontakti, politsei palvel.')
  await look(aino, 'glass-judge-1280')
  await aino.getByRole('button', { name: 'Pane hinnang kirja' }).click()
  expect(await aino.getByText('Hinnang on kirjas.').count()).toBe(1)
  await look(aino, 'glass-watch-1280')
}, 400_000)

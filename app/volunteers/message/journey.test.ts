// Does the coordinator see to whom a message goes before it goes, and does a support person read it on a phone?
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { type Cast, openCast } from '../../../test/cast.ts'
import { look, openSite, type Site } from '../../../test/site.ts'

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

test('written at a desk, read on a phone; a case in it is said at the field and nothing typed is lost', async () => {
  const desk = await site.as('kim', { width: 1280 })
  desk.setDefaultTimeout(15_000)
  await desk.goto('/volunteers')
  await desk.getByRole('link', { name: 'Sõnumid', exact: true }).click()
  await look(desk, 'messages-empty-1280')
  await desk.getByRole('link', { name: 'Kutse koolitusele', exact: true }).click()
  await desk.getByLabel('Tegutseb maakonnas').selectOption('0045')
  await desk.getByRole('button', { name: 'Vaata, kes saavad' }).click()
  await desk.getByText('Saab 1 tugiisik').waitFor()
  expect(await desk.getByLabel('Sõnum').first().inputValue()).toContain('Koolitus on')
  await desk.getByLabel('Sõnum').first().fill('Tule neljapäeval.\n\nRäägime juhtumist M-2026-001.')
  await desk.getByRole('button', { name: 'Saada 1 tugiisikule' }).click()
  await desk.getByText('Siin on juhtumi number või isikukood').first().waitFor()
  await look(desk, 'message-error-1280')
  expect(await desk.getByLabel('Sõnum').first().inputValue()).toContain('Tule neljapäeval.')
  await desk.getByLabel('Sõnum').first().fill('Tule neljapäeval.\n\nAlustame kell 17.')
  await desk.getByRole('button', { name: 'Saada 1 tugiisikule' }).click()
  await desk.getByText('Sõnum on saadetud.').waitFor()
  await look(desk, 'message-1280')

  const own = await site.as('lou', { width: 390 })
  own.setDefaultTimeout(15_000)
  await own.goto('/')
  await own.getByText('Sulle on sõnum').waitFor()
  await own.getByRole('link', { name: 'Tule koolitusele' }).click()
  await own.getByText('Alustame kell 17.').waitFor()
  expect(await own.title()).not.toMatch(/koolitus/i)
  await look(own, 'message-390')
  await own.getByRole('button', { name: 'Olen lugenud' }).click()
  await own.getByText('Sõnum on loetud.').waitFor()
  await look(own, 'messages-390')
  await own.goto('/')
  expect(await own.getByText('Sulle on sõnum').count()).toBe(0)

  const phone = await site.as('kim', { width: 390 })
  for (const [path, name] of [
    ['/messages', 'messages'],
    ['/messages/new', 'message-new'],
    ['/messages/templates/new', 'template'],
  ] as const) {
    await phone.goto(path)
    await look(phone, `${name}-390-desk`)
  }
})

// Does the coordinator see to whom a message goes before it goes, and does a support person read it on a phone – with scripts and without?
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest'
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

beforeEach(() => cast.admin.query('truncate message, message_copy, message_read'))

const words = (on: boolean) => (on ? 'with scripts' : 'without scripts')

test.each([true, false].map((on) => [words(on), on] as const))(
  'written at a desk, read on a phone, %s; a case in it is said at the field and nothing typed is lost',
  async (_, scripts) => {
    // What looks at a page is a script itself.
    const see = async (page: Page, name: string) => scripts && look(page, name)
    const desk = await site.as('kim', { width: 1280, scripts })
    desk.setDefaultTimeout(15_000)
    await desk.goto('/volunteers')
    await desk.getByRole('link', { name: 'Sõnumid', exact: true }).click()
    await see(desk, 'messages-empty-1280')
    await desk.getByRole('link', { name: 'Kutse koolitusele', exact: true }).click()
    await desk.getByLabel('Tegutseb maakonnas').selectOption('0045')
    await desk.getByRole('button', { name: 'Vaata, kes saavad' }).click()
    await desk.getByText('Saab 1 tugiisik').waitFor()
    expect(await desk.getByLabel('Sõnum').first().inputValue()).toContain('Koolitus on')
    await desk.getByLabel('Sõnum').first().fill('Tule neljapäeval.\n\nRäägime juhtumist M-2026-001.')
    await desk.getByRole('button', { name: 'Saada 1 tugiisikule' }).click()
    await desk.getByText('Siin on juhtumi number või isikukood').first().waitFor()
    await see(desk, 'message-error-1280')
    expect(await desk.getByLabel('Sõnum').first().inputValue()).toContain('Tule neljapäeval.')
    await desk.getByLabel('Sõnum').first().fill('Tule neljapäeval.\n\nAlustame kell 17.')
    await desk.getByRole('button', { name: 'Saada 1 tugiisikule' }).click()
    await desk.getByText('Sõnum on saadetud.').waitFor()
    await see(desk, 'message-1280')

    const own = await site.as('lou', { width: 390, scripts })
    own.setDefaultTimeout(15_000)
    await own.goto('/')
    await own.getByText('Sulle on sõnum').waitFor()
    await own.getByRole('link', { name: 'Tule koolitusele' }).click()
    await own.getByText('Alustame kell 17.').waitFor()
    expect(await own.title()).not.toMatch(/koolitus/i)
    await see(own, 'message-390')
    await own.getByRole('button', { name: 'Olen lugenud' }).click()
    await own.getByText('Sõnum on loetud.').waitFor()
    await see(own, 'messages-390')
    await own.goto('/')
    expect(await own.getByText('Sulle on sõnum').count()).toBe(0)

    const phone = await site.as('kim', { width: 390, scripts })
    for (const [path, name] of [
      ['/messages', 'messages'],
      ['/messages/new', 'message-new'],
      ['/messages/templates/new', 'template'],
    ] as const) {
      await phone.goto(path)
      await see(phone, `${name}-390-desk`)
    }
    for (const page of [desk, own, phone]) await page.context().close()
  },
)

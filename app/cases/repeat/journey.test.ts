// Does the lead find and judge a repeat in a real browser, and does nobody else see the line?
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { referCase } from '../../../test/cases.ts'
import { type Cast, openCast } from '../../../test/cast.ts'
import { expectAccessible, openSite, type Site } from '../../../test/site.ts'

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

test('a quiet line leads to the cases that are alike and to the answer by both definitions', async () => {
  await referCase(cast.lea, { source: { referredOn: '01.06.2026' } })
  const id = await referCase(cast.lea)
  const page = await site.as('lea', { width: 390 })
  await page.goto(`/cases/${id}`)
  await page.getByRole('link', { name: 'Vaata, millised juhtumid sarnanevad' }).click()
  await expectAccessible(page)
  expect(await page.content()).not.toMatch(/Anna|Näidis-Org/)
  await page.getByLabel('Jah, sama').check()
  await page.getByLabel('Ei', { exact: true }).check()
  await page.getByRole('button', { name: 'Salvesta' }).click()
  await page.getByText('Määratlused annavad eri vastuse.').waitFor()
  await expectAccessible(page)
  await page.context().close()
  const other = await site.as('mall')
  await other.goto(`/cases/${id}`)
  expect(await other.content()).not.toContain('varem olnud')
  await other.context().close()
})

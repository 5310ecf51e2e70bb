// Does a support person on a phone lose nothing, need no scripts, and get every word to the right place?
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Cast, openCast, signIn } from '../../test/cast.ts'
import { expectAccessible, openSite, type Site } from '../../test/site.ts'
import { dayFromNow } from '../../test/substitution.ts'
import { givenSupport, type Support } from '../../test/support.ts'
import { today } from '../core/clock.server.ts'
import { nextMonth } from './report/month-report.ts'
import { monthOf } from './visit/visit.ts'

let cast: Cast
let site: Site
let support: Support

beforeAll(async () => {
  cast = await openCast()
  site = await openSite(cast)
  support = await givenSupport(cast, dayFromNow(-60))
}, 120_000)
afterAll(async () => {
  await site.close()
  await cast.close()
})

const visits = async () =>
  (await cast.admin.query('select * from visit where superseded_at is null order by recorded_at')).rows

for (const scripts of [true, false]) {
  test(`a visit takes four touches on a phone, ${scripts ? 'with' : 'without'} scripts`, async () => {
    const before = (await visits()).length
    const page = await site.as('lou', { width: 390, scripts })
    await page.goto(`/support/visits/new?assignment=${support.assignment}`)
    if (scripts) await expectAccessible(page)
    await page.getByLabel('Eile', { exact: false }).check()
    await page.getByLabel('Telefon', { exact: true }).check()
    await page.getByLabel('45 min', { exact: true }).check()
    await page.getByRole('button', { name: 'Salvesta kohtumine' }).click()
    await page.waitForURL(/\/support\/visits\?month=/)
    expect(await page.getByText('Sissekanne on salvestatud.').count()).toBe(1)
    expect((await visits()).slice(before)).toMatchObject([{ way: 'phone', minutes: 45, number: support.number }])
    // Leaving the page must not bring back as a draft what was sent.
    await page.waitForTimeout(500)
    expect((await cast.admin.query('select form from draft')).rows).toEqual([])
    expect(await page.title()).not.toContain(support.number)
    await page.context().close()
  }, 60_000)
}

test('what is missing is said at its place, and what was typed is still there', async () => {
  const page = await site.as('lou', { width: 390 })
  await page.goto('/support/visits/new')
  await page.getByLabel('Lühike märkus').fill('Rääkisime turvaplaani läbi.')
  await page.getByLabel('Muu päev').check()
  await page.getByRole('textbox', { name: 'Kuupäev' }).fill('31.02.2026')
  await page.getByRole('button', { name: 'Salvesta kohtumine' }).click()
  await page.getByRole('alert').waitFor()
  expect(await page.getByLabel('Lühike märkus').inputValue()).toBe('Rääkisime turvaplaani läbi.')
  expect(await page.getByRole('textbox', { name: 'Kuupäev' }).inputValue()).toBe('31.02.2026')
  await expectAccessible(page)
  await page.context().close()
  await cast.admin.query('delete from draft')
}, 60_000)

test('when the session ends in the middle of a visit, everything typed is there after signing in again', async () => {
  const page = await site.as('lou', { width: 390 })
  // The session is gone for the saving of drafts too: what was sent is all there is.
  await page.route('**/drafts', (route) => route.fulfill({ status: 401 }))
  await page.goto('/support/visits/new')
  await page.getByLabel('Kaasas käimine').check()
  await page.getByLabel('90 min', { exact: true }).check()
  await page.getByLabel('Lühike märkus').fill('Saatsin kohtusse, ooteaeg oli pikk.')
  await cast.admin.query(`update session set idle_until = now() - interval '1 minute' where person_id = $1`, [
    cast.lou.id,
  ])
  await page.getByRole('button', { name: 'Salvesta kohtumine' }).click()
  await page.waitForURL(/\/sign-in/)
  const again = await signIn(cast.admin, cast.lou.id)
  cast.cookies.lou = again.cookie
  const back = await site.as('lou', { width: 390 })
  await back.goto('/support/visits/new')
  expect(await back.getByLabel('Lühike märkus').inputValue()).toBe('Saatsin kohtusse, ooteaeg oli pikk.')
  expect(await back.getByLabel('Kaasas käimine').isChecked()).toBe(true)
  expect(await back.getByLabel('90 min', { exact: true }).isChecked()).toBe(true)
  expect(await back.evaluate('localStorage.length + sessionStorage.length')).toBe(0)
  await back.getByRole('button', { name: 'Salvesta kohtumine' }).click()
  await back.waitForURL(/month=/)
  expect((await visits()).at(-1)).toMatchObject({ way: 'accompanying', minutes: 90 })
  await back.goto('/support/visits/new')
  expect(await back.getByLabel('Lühike märkus').inputValue()).toBe('')
  await Promise.all([page.context().close(), back.context().close()])
}, 60_000)

test('a danger is answered with the numbers and the names of those who know; help takes one touch', async () => {
  const page = await site.as('lou', { width: 390, scripts: false })
  await page.goto('/support/visits/new')
  await page.getByLabel('Kohtumine', { exact: true }).check()
  await page.getByLabel('30 min', { exact: true }).check()
  await page.getByLabel('Keegi võib olla ohus').check()
  await page.getByRole('button', { name: 'Salvesta kohtumine' }).click()
  await page.waitForURL(/\/support\/help\//)
  expect(await page.getByRole('link', { name: '112' }).count()).toBeGreaterThan(0)
  for (const name of [cast.sirje.name, cast.lea.name]) expect(await page.getByText(name).count()).toBe(1)
  await page.goto('/support/help')
  await page.getByRole('button', { name: 'Teata juhendajale' }).click()
  await page.waitForURL(/\/support\/help\//)
  await page.context().close()
}, 60_000)

test('last month goes from draft to approved without scripts, and the word comes back', async () => {
  const month = nextMonth(monthOf(today()), -1)
  const lou = await site.as('lou', { width: 390, scripts: false })
  await lou.goto(`/support/reports/${month}`)
  await lou.getByLabel('Kuidas kuu läks?').fill('Kuu möödus rahulikult.')
  await lou.getByRole('button', { name: 'Esita juhendajale' }).click()
  await lou.waitForURL(/\/support\/reports$/)
  expect(await lou.getByText('Juhendaja käes').count()).toBeGreaterThan(0)
  const sirje = await site.as('sirje', { width: 1280, scripts: false })
  await sirje.goto('/supervision')
  await sirje.getByRole('link', { name: 'Lou Näidis-Lepik' }).first().click()
  await sirje.getByLabel('Kinnitan').check()
  await sirje.getByLabel('Paar sõna tugiisikule').fill('Aitäh, hea et kirjutasid.')
  await sirje.getByRole('button', { name: 'Saada otsus' }).click()
  await sirje.waitForURL(/\/supervision$/)
  await lou.goto(`/support/reports/${month}`)
  expect(await lou.getByText('Aitäh, hea et kirjutasid.').count()).toBeGreaterThan(0)
  expect(await lou.getByRole('button', { name: 'Esita juhendajale' }).count()).toBe(0)
  await Promise.all([lou.context().close(), sirje.context().close()])
}, 60_000)

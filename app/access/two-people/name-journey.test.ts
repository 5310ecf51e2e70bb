// Does one see in a browser, with scripts and without, how a name is asked for, kept or confirmed, and what somebody was called before?
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Cast, openCast } from '../../../test/cast.ts'
import { lookAtBoth, openSite, type Site } from '../../../test/site.ts'

let cast: Cast
let site: Site
beforeAll(async () => {
  cast = await openCast()
  site = await openSite(cast)
}, 60_000)
afterAll(async () => {
  await site.close()
  await cast.close()
})

const heading = (page: Page) => page.locator('h1').textContent()
const main = async (page: Page) => ((await page.locator('main').textContent()) ?? '').replace(/\s+/g, ' ')
test.each([true, false])('she asks on her own account, and another confirms (scripts %s)', async (scripts) => {
  const [was, name] = scripts
    ? ['Mall Näidis-Maasik', 'Mall Näidis-Murakas']
    : ['Mall Näidis-Murakas', 'Mall Näidis-Maasik']
  const [mall, ott] = [await site.as('mall', { width: 390, scripts }), await site.as('ott', { scripts })]
  await mall.goto('/account')
  await mall.locator('a[href="/account/name"]').click()
  expect(await heading(mall)).toBe('Muuda oma nime')
  if (scripts) await lookAtBoth(mall, 'name-own')
  // Whoever asks for herself is told who else reads it.
  expect(await main(mall)).toContain('Seda loeb ka see, kes kinnitab.')
  await mall.getByLabel('Põhjus').fill('Abiellusin')
  await mall.getByRole('button', { name: 'Küsi teise inimese kinnitust' }).click()
  expect(await mall.locator('#name-error').textContent()).toContain('See ongi praegune nimi')
  await mall.getByLabel('Uus nimi').fill(name)
  await mall.getByRole('button', { name: 'Küsi teise inimese kinnitust' }).click()
  expect(await main(mall)).toContain('Sinu uus nimi ootab kinnitust')
  if (scripts) await lookAtBoth(mall, 'name-waits')
  await mall.getByRole('link', { name: 'Vaata', exact: true }).click()
  expect(await heading(mall)).toBe('Sinu uus nimi ootab kinnitust')
  if (scripts) await lookAtBoth(mall, 'name-waiting')
  await ott.goto('/confirmations')
  await ott.getByRole('link', { name: was }).first().click()
  expect(await heading(ott)).toBe(`Kas muuta nime: ${was}?`)
  if (scripts) await lookAtBoth(ott, 'name-decide')
  await ott.getByRole('button', { name: 'Kinnita', exact: true }).click()
  expect(await ott.locator('.govuk-error-summary').count()).toBe(1)
  await ott.getByLabel('Kohtusime ja vaatasin dokumenti').check()
  await ott.getByRole('button', { name: 'Kinnita', exact: true }).click()
  await mall.goto('/account')
  expect(await main(mall)).toContain(name)
  expect(await main(mall)).toMatch(/Muudeti nimi/)
  await ott.goto(`/people/${cast.mall.id}`)
  expect(await heading(ott)).toBe(name)
  expect(await main(ott)).toContain(`Varasemad nimed: ${was} (kuni`)
  if (scripts) await lookAtBoth(ott, 'name-account')
  // The log says of what she did before what she was called then.
  const aino = await site.as('aino', { scripts })
  await aino.goto(`/audit?person=${encodeURIComponent(was)}&action=account.askName`)
  expect(await main(aino)).toContain(`${name} (siis ${was}) küsis endale uut nime`)
  if (scripts) await lookAtBoth(aino, 'name-log')
})

test.each([true, false])('asked by another, and kept by her whose name it is (scripts %s)', async (scripts) => {
  const [sirje, lou] = [await site.as('sirje', { scripts }), await site.as('lou', { width: 390, scripts })]
  await sirje.goto(`/volunteers/${cast.volunteer}`)
  await sirje.locator(`a[href="/people/${cast.lou.id}/name"]`).click()
  expect(await heading(sirje)).toBe('Muuda nime: Lou Näidis-Lepik')
  if (scripts) await lookAtBoth(sirje, 'name-ask')
  await sirje.getByLabel('Uus nimi').fill('Lou Näidis-Vale')
  await sirje.getByLabel('Videokõne: võrdlesin nägu ja dokumenti').check()
  await sirje.getByLabel('Põhjus').fill('Kirjaviga')
  await sirje.getByRole('button', { name: 'Küsi teise inimese kinnitust' }).click()
  expect(await sirje.getByText('Ootab teise inimese kinnitust. Ise seda kinnitada ei saa.').count()).toBe(1)
  await lou.goto('/account')
  expect(await lou.locator('.tv-callout--danger').textContent()).toContain('Uus nimi oleks Lou Näidis-Vale')
  await lou.getByRole('link', { name: 'Vaata ja keeldu' }).click()
  expect(await heading(lou)).toBe('Kas sa palusid uut nime?')
  if (scripts) await lookAtBoth(lou, 'name-keep')
  await lou.getByRole('button', { name: 'Ei palunud, nimi jääb samaks' }).click()
  expect(await lou.getByText('Sinu nimi jäi samaks').count()).toBe(1)
  expect(await lou.locator('.tv-callout--danger').count()).toBe(0)
  await sirje.reload()
  expect(await main(sirje)).toContain('Peatatud')
})

test('of a support person with an account the form of the register asks for no name', async () => {
  const kim = await site.as('kim', { width: 390 })
  await kim.goto(`/volunteers/${cast.volunteer}/edit`)
  expect(await kim.locator('input[name="name"]').count()).toBe(0)
  expect(await kim.locator(`a[href="/people/${cast.lou.id}/name"]`).count()).toBe(1)
  await lookAtBoth(kim, 'name-edit')
})

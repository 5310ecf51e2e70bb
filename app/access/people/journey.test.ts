// Does the administrator's work hold together in a browser, and is every page of ours usable by everybody?
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Cast, openCast } from '../../../test/cast.ts'
import { expectAccessible, look, openSite, type Site } from '../../../test/site.ts'
import { testCode } from '../../../test/tara.ts'
import { personBehind } from '../oidc/identities.server.ts'

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

test('an account is closed by one and asked for again, with a reason', async () => {
  const ott = await site.as('ott')
  await ott.goto(`/people/${cast.mall.id}`)
  await ott.getByRole('link', { name: 'Sulge konto' }).click()
  await ott.getByRole('button', { name: 'Sulge konto' }).click()
  expect(await ott.getByText('Suletud', { exact: true }).count()).toBe(1)
  const mall = await site.as('mall', { width: 390 })
  await mall.goto('/')
  expect(await mall.locator('h1').textContent()).toBe('Sisselogimine')
  await ott.getByRole('link', { name: 'Ava konto uuesti' }).click()
  await ott.getByRole('button', { name: 'Ava konto uuesti' }).click()
  expect(await ott.locator('#reason-error').count()).toBe(1)
  expect(await ott.locator('#way-error').count()).toBe(1)
  await expectAccessible(ott)
  await ott.getByLabel('Kohtusime ja tunnen teda tööst').check()
  await ott.getByLabel('Põhjus').fill('Naasis puhkuselt')
  await ott.getByRole('button', { name: 'Ava konto uuesti' }).click()
  expect(await ott.getByText('Suletud', { exact: true }).count()).toBe(1)
  expect(await ott.getByText('Konto uuesti avamine').count()).toBe(1)
})

test.each([390, 1280] as const)('at %i px a code is written down for a colleague; it opens nothing', async (width) => {
  const ott = await site.as('ott', { width })
  const [code, person] = width === 390 ? [testCode(1), cast.lea] : [testCode(2), cast.sirje]
  await ott.goto('/people/codes')
  await ott.locator(`main a[href="/people/${person.id}/identity"]`).click()
  await ott.getByLabel('Isikukood').fill('123')
  await ott.getByRole('button', { name: 'Salvesta isikukood' }).click()
  await look(ott, `code-${width}`)
  await ott.getByLabel('Isikukood').fill(code)
  await ott.getByRole('button', { name: 'Salvesta isikukood' }).click()
  expect(await ott.locator('.tv-main').textContent()).toContain('Isikukood on kirjas.')
  await ott.goto('/people/codes')
  expect(await ott.locator('main').textContent()).not.toContain(person.name)
  expect(await personBehind(code)).toBeNull()
  await ott.context().close()
})

test('a setting is changed with its reason, and the reason stays', async () => {
  const kim = await site.as('kim', { width: 390 })
  await kim.goto('/settings')
  await kim.getByRole('link', { name: 'Juhtumeid ühel tugiisikul korraga' }).click()
  await kim.getByRole('link', { name: 'Muuda väärtust' }).click()
  await kim.getByLabel('Uus väärtus').fill('99')
  await kim.getByLabel('Allikas või põhjendus').fill('Näidis-käskkiri 3')
  await kim.getByRole('button', { name: 'Salvesta väärtus' }).click()
  expect(await kim.locator('#value-error').textContent()).toContain('99')
  await kim.getByLabel('Uus väärtus').fill('3')
  await kim.getByRole('button', { name: 'Salvesta väärtus' }).click()
  expect(await kim.getByText('Näidis-käskkiri 3').count()).toBe(1)
  await expectAccessible(kim)
  const peep = await site.as('peep')
  await peep.goto('/settings/maxActiveCases')
  expect(await peep.getByRole('link', { name: 'Muuda väärtust' }).count()).toBe(0)
  expect((await peep.goto('/settings/nothing'))?.status()).toBe(404)
})

// Those that no other journey has looked at.
const pages = {
  kim: ['/account/edit', '/account/password', '/account/factor', '/people', '/settings'],
  aino: ['/audit'],
  nobody: [
    '/sign-in/help',
    '/sign-in/letter',
    '/sign-in/letter?sent=1',
    '/sign-in/browser/naidis',
    '/help',
    '/privacy',
    '/accessibility',
  ],
} as const
const visits = Object.entries(pages).flatMap(([who, paths]) =>
  paths.map((path) => [path, who as keyof typeof pages] as const),
)

test.each(visits)('the page %s is usable by everybody on a phone', async (path, who) => {
  const page = await site.as(who === 'nobody' ? null : who, { width: 390 })
  expect((await page.goto(path))?.status()).toBe(200)
  await expectAccessible(page)
  await page.context().close()
})

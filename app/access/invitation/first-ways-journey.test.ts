// How does somebody who only helps come in at a real browser, for the first time and where she still has a password?
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { type Cast, openCast, signIn } from '../../../test/cast.ts'
import { makeKeys, sayCode } from '../../../test/invited.ts'
import { openPost, type Post } from '../../../test/post.ts'
import { look, openSite, type Site } from '../../../test/site.ts'
import { client, openTara, type Tara, testCode } from '../../../test/tara.ts'
import { newcomer } from '../../../test/two-people.ts'
import { plugIn } from '../../../test/virtual-key.ts'
import { backPath, useProvider } from '../oidc/provider.server.ts'
import { invite } from './invitations.server.ts'

vi.setConfig({ testTimeout: 120_000 })

let cast: Cast
let site: Site
let post: Post
let tara: Tara

beforeAll(async () => {
  cast = await openCast()
  site = await openSite(cast)
  post = await openPost(cast, site)
  tara = await openTara(`${site.origin}${backPath}`)
  tara.cards.push({ code: testCode(7), given: 'ENE', family: 'NÄIDIS-ENE', amr: 'smartid', acr: 'high' })
}, 60_000)
afterAll(async () => {
  useProvider(null)
  await post.close()
  await tara.close()
  await site.close()
  await cast.close()
})

const heading = (page: Page) => page.locator('h1').textContent()
const at = (page: Page, path: string) => page.waitForURL(`${site.origin}${path}`)
const offerCards = () =>
  useProvider({ issuer: tara.issuer, clientId: client.id, clientSecret: client.secret, origin: site.origin })

/** Somebody new who only helps, before the page on which she chooses how to come in. */
async function invited(name: string, width: 390 | 1280): Promise<Page> {
  const id = await newcomer(cast, name)
  const { person: kim } = await signIn(cast.admin, cast.kim.id)
  const { code } = await invite.run(kim, { id })
  await post.fetch()
  const page = await site.as(null, { width })
  await post.click(page)
  await plugIn(page)
  await sayCode(page, code)
  expect(await heading(page)).toBe('Kuidas sa edaspidi sisse logid?')
  await look(page, `first-way-${name}`)
  return page
}

test.each([390, 1280] as const)('at %i px a passkey is made in one press, and opens the door again', async (width) => {
  const page = await invited(`urve${width}`, width)
  expect(await page.locator('input:not([type=hidden])').count()).toBe(0)
  await page.getByRole('button', { name: 'Loo pääsuvõti' }).click()
  await at(page, '/account/passkeys/more')
  expect(await heading(page)).toBe('Lisa ka teine viis')
  await look(page, `first-way-more-${width}`)
  await page.getByRole('link', { name: 'Lisan hiljem' }).click()
  await at(page, '/')
  await page.goto('/account')
  expect(await page.locator('main').textContent()).toContain('Loodi pääsuvõti kutsega')
  await page.context().clearCookies()
  await page.goto('/sign-in')
  await page.getByRole('button', { name: 'Logi sisse pääsuvõtmega' }).click()
  await at(page, '/')
})

test.each([390, 1280] as const)(
  'at %i px her own card is the first way in, after her own trip and her own yes',
  async (width) => {
    offerCards()
    try {
      const page = await invited(`ene${width}`, width)
      await page.getByRole('link', { name: 'Jätka riigi autentimisteenuses' }).click()
      await page.getByRole('button', { name: 'ENE' }).click()
      await at(page, '/sign-in/ways/card')
      expect(await page.locator('main').textContent()).toContain('NÄIDIS-ENE')
      await look(page, `first-way-card-${width}`)
      await page.getByRole('button', { name: 'Seo minu kontoga' }).click()
      await at(page, '/account/passkeys/more')
      expect(await page.getByRole('link', { name: 'Lisa pääsuvõti' }).count()).toBe(1)
      await page.context().clearCookies()
      await page.goto('/sign-in')
      await page.getByRole('link', { name: 'Jätka riigi autentimisteenuses' }).click()
      await page.getByRole('button', { name: 'ENE' }).click()
      await at(page, '/')
    } finally {
      useProvider(null)
      await cast.admin.query('delete from person_identity')
    }
  },
)

test('where two people have said that helpers may have a password, it is the last of the ways', async () => {
  await cast.admin.query(
    `insert into setting (name, valid_from, value, note) values ('helperPassword', '2020-01-01', '"yes"', 'Näidis-otsus')`,
  )
  const aili = await invited('aili', 390)
  const parts = await aili.locator('h2').allTextContents()
  expect(parts.map((part) => part.trim())).toEqual(['Pääsuvõti', 'Parool ja kood rakendusest'])
  await aili.getByRole('button', { name: 'Tee parool' }).click()
  await makeKeys(aili, 'hall hobune sööb lumist heina')
  await cast.admin.query(`delete from setting where name = 'helperPassword'`)
})

test.each([390, 1280] as const)(
  'at %i px whoever still has a password is led to one page, and goes on where she wanted',
  async (width) => {
    const { person, cookie } = await signIn(cast.admin, cast.lou.id)
    await cast.admin.query('delete from passkey where person_id = $1', [cast.lou.id])
    await cast.admin.query(`update session set method = 'password', proved_at = now() where id = $1`, [
      person.sessionId,
    ])
    cast.cookies.lou = cookie
    const page = await site.as('lou', { width })
    await plugIn(page)
    await page.goto('/account/edit')
    expect(await heading(page)).toBe('Lisa pääsuvõti')
    await look(page, `first-way-instead-${width}`)
    await page.getByRole('button', { name: 'Loo pääsuvõti' }).click()
    await page.waitForURL('**/account/passkeys/more?to=*')
    expect(await page.locator('.tv-main').textContent()).toContain('Pääsuvõti on lisatud.')
    await page.getByRole('link', { name: 'Lisan hiljem' }).click()
    await at(page, '/account/edit')
    // The old password opens nothing beside it: the key is asked for.
    await cast.admin.query(`update session set method = 'password' where person_id = $1 and ended_at is null`, [
      cast.lou.id,
    ])
    await page.goto('/account/edit')
    expect(await heading(page)).toBe('Kinnita, et see oled sina')
    await look(page, `first-way-show-${width}`)
    await page.getByRole('link', { name: 'Kinnita' }).click()
    await page.getByRole('button', { name: 'Kinnita pääsuvõtmega' }).click()
    await at(page, '/account/edit')
  },
)

test('with scripts off the pages say what else to do', async () => {
  const id = await newcomer(cast, 'vaike')
  const { code } = await invite.run((await signIn(cast.admin, cast.kim.id)).person, { id })
  await post.fetch()
  const page = await site.as(null, { scripts: false, width: 390 })
  await post.click(page)
  await sayCode(page, code)
  expect(await page.locator('main').textContent()).toContain('Ava e-kirjas olev link teises brauseris või telefonis')
  expect(await page.getByRole('button', { name: 'Loo pääsuvõti' }).isVisible()).toBe(false)
})

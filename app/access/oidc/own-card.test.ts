// Does somebody who is in prove again who she is, and link her own card, by a trip to the provider?
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { type Cast, type CastName, openCast, signIn } from '../../../test/cast.ts'
import { expectAccessible, openSite, type Site } from '../../../test/site.ts'
import { client, linkCard, openTara, type Tara, testCode } from '../../../test/tara.ts'
import { blindIndex } from '../../core/seal.server.ts'
import { backPath, useProvider } from './provider.server.ts'

vi.setConfig({ testTimeout: 120_000 })

let cast: Cast
let site: Site
let tara: Tara

beforeAll(async () => {
  cast = await openCast()
  site = await openSite(cast)
  tara = await openTara(`${site.origin}${backPath}`)
  tara.cards.push(
    { code: testCode(1), given: 'LEA', family: 'NÄIDIS-LIND', amr: 'idcard', acr: 'high' },
    { code: testCode(2), given: 'LOU', family: 'NÄIDIS-LEPIK', amr: 'smartid', acr: 'high' },
    { code: testCode(3), given: 'KIM', family: 'NÄIDIS-KOORT', amr: 'mID', acr: 'high' },
    { code: testCode(4), given: 'VÕÕRAS', family: 'NÄIDIS', amr: 'idcard', acr: 'high' },
    { code: testCode(1), given: 'LEAKE', family: 'NÄIDIS-LIND', amr: 'smartid', acr: 'substantial' },
  )
  trust(tara.issuer)
  for (const [id, nth] of [[cast.lea.id, 1] as const, [cast.lou.id, 2] as const])
    await linkCard(cast.admin, id, testCode(nth))
})
afterAll(async () => {
  useProvider(null)
  await site.close()
  await tara.close()
  await cast.close()
})
beforeEach(() => cast.admin.query('delete from sign_in_attempt'))

const trust = (issuer: string) =>
  useProvider({ issuer, clientId: client.id, clientSecret: client.secret, origin: site.origin })
const heading = (page: Page) => page.locator('h1').textContent()
const go = (page: Page) => page.getByRole('link', { name: 'Jätka riigi autentimisteenuses' }).click()
const show = (page: Page, name: string) => page.getByRole('button', { name }).click()
/** Waits until the page after the arrival is there. */
const at = (page: Page, path: string) => page.waitForURL(`${site.origin}${path}`)

/** A new session of somebody, begun just now or `minutes` ago. */
async function again(
  who: CastName,
  how: { width?: 390; minutes?: number } = {},
): Promise<{ page: Page; session: string }> {
  const { cookie, person } = await signIn(cast.admin, cast[who].id)
  cast.cookies[who] = cookie
  await cast.admin.query(`update session set proved_at = now() - make_interval(mins => $2) where id = $1`, [
    ...[person.sessionId, how.minutes ?? 0],
  ])
  return { page: await site.as(who, how), session: person.sessionId }
}

test('who has to prove again may do it there: a new session takes the place of the old one', async () => {
  const { page, session } = await again('lea', { width: 390, minutes: 10 })
  await page.goto('/account/password')
  expect(await heading(page)).toBe('Kinnita, et see oled sina')
  await expectAccessible(page)
  const prove = () => page.getByRole('link', { name: 'Kinnita riigi autentimisteenuses' }).click()
  await prove()
  await show(page, 'LOU smartid')
  expect(await heading(page)).toBe('Tuvastati keegi teine')
  await page.getByRole('link', { name: 'Proovi uuesti' }).click()
  await show(page, 'LEA idcard')
  await at(page, '/account/password')
  expect(await heading(page)).toBe('Uus parool')
  const { rows } = await cast.admin.query('select ended_why from session where id = $1', [session])
  expect(rows).toEqual([{ ended_why: 'replaced' }])
  const proofs = await cast.admin.query(`select 1 from audit_event where action = 'access.prove' and actor = $1`, [
    cast.lea.id,
  ])
  expect(proofs.rowCount).toBe(1)
})

test('somebody links her own card by showing it once, and can come in with it and no longer without', async () => {
  const { page } = await again('kim', { width: 390 })
  await page.goto('/account')
  await expectAccessible(page)
  await page.getByRole('link', { name: /Seo oma ID-kaardiga/ }).click()
  expect(await heading(page)).toBe('ID-kaart, mobiil-ID või Smart-ID')
  await expectAccessible(page)
  await page.getByRole('link', { name: 'Seo oma ID-kaardiga' }).click()
  await show(page, 'KIM mID')
  await at(page, '/account/identity/confirm')
  expect(await page.locator('main').textContent()).toContain('KIM NÄIDIS-KOORT')
  expect(await page.content()).not.toContain(testCode(3))
  await expectAccessible(page)
  // What Kim has found is nobody else's to confirm.
  const found = (await page.context().cookies(site.origin)).filter(({ name }) => name === 'found')
  const { page: lou } = await again('lou')
  await lou.context().addCookies(found)
  await lou.goto('/account/identity/confirm')
  expect(lou.url()).toBe(`${site.origin}/account/identity`)
  await page.getByRole('button', { name: 'Seo minu kontoga' }).click()
  expect(await page.locator('main').textContent()).toContain('Seotud alates')
  const fresh = await site.as(null)
  await fresh.goto('/sign-in')
  await go(fresh)
  await show(fresh, 'KIM mID')
  await at(fresh, '/')
  // Without another key it is her last way in.
  await page.goto('/account/identity')
  await page.getByRole('button', { name: 'Lõpeta seos' }).click()
  expect(await page.locator('main').textContent()).toContain('Lisa enne mõni teine viis')
})

test('a link is no way to take over an account that a card opens already', async () => {
  const { page } = await again('max')
  await page.goto('/account/identity/go')
  await show(page, 'LEA idcard')
  await at(page, '/account/identity/confirm')
  await page.getByRole('button', { name: 'Seo minu kontoga' }).click()
  expect(await page.locator('main').textContent()).toContain('juba seotud')
  const { rows } = await cast.admin.query('select person_id from person_identity where subject_index = $1', [
    blindIndex('person', testCode(1)),
  ])
  expect(rows).toEqual([{ person_id: cast.lea.id }])
})

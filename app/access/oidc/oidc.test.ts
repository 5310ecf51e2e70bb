// Does the whole trip work in a real browser, to a real provider and back, on a phone and at a desk?
import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { type Cast, openCast } from '../../../test/cast.ts'
import { expectAccessible, openSite, type Site } from '../../../test/site.ts'
import { client, linkCard, openTara, type Tara, testCode } from '../../../test/tara.ts'
import { standAt } from '../../core/clock.server.ts'
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
afterEach(() => {
  vi.useRealTimers()
  standAt(null)
})

const trust = (issuer: string) =>
  useProvider({ issuer, clientId: client.id, clientSecret: client.secret, origin: site.origin })
const heading = (page: Page) => page.locator('h1').textContent()
const go = (page: Page) => page.getByRole('link', { name: 'Jätka riigi autentimisteenuses' }).click()
const show = (page: Page, name: string) => page.getByRole('button', { name }).click()
/** Waits until the page after the arrival is there. */
const at = (page: Page, path: string) => page.waitForURL(`${site.origin}${path}`)

const lastSession = async (who: string) =>
  (
    await cast.admin.query(
      `select method, factors, idle_minutes, round(extract(epoch from absolute_until - created_at) / 60)::int as minutes
       from session where person_id = $1 and ended_at is null order by created_at desc limit 1`,
      [who],
    )
  ).rows[0]

test.each([
  [390, true],
  [390, false],
  [1280, true],
] as const)(
  'from the sign-in page to the provider and back to where one was going (%s px, scripts %s)',
  async (width, scripts) => {
    const page = await site.as(null, { width, scripts })
    await page.goto('/account')
    const titles = await page.locator('h2').allTextContents()
    expect(titles.indexOf('ID-kaart, mobiil-ID või Smart-ID')).toBeLessThan(titles.indexOf('E-posti ja parooliga'))
    if (scripts) await expectAccessible(page)
    await go(page)
    expect(new URL(page.url()).origin).toBe(tara.issuer)
    expect(await page.locator('#asked').textContent()).toBe('high openid login S256')
    expect(await page.locator('html').getAttribute('lang')).toBe('et')
    await show(page, 'LEA idcard')
    await at(page, '/account')
    expect(await heading(page)).toBe('Minu konto')
    expect(await lastSession(cast.lea.id)).toEqual({ method: 'oidc', factors: 2, idle_minutes: 15, minutes: 480 })
    // The trip's own cookie is gone; the session's is closed to other sites, and the one that says nothing came along on the way back.
    const cookies = (await page.context().cookies(site.origin)).toSorted((a, b) => (a.name < b.name ? -1 : 1))
    expect(cookies.map(({ name, sameSite, httpOnly }) => ({ name, sameSite, httpOnly }))).toEqual([
      { name: 'browser', sameSite: 'Lax', httpOnly: true },
      { name: 'sid', sameSite: 'Strict', httpOnly: true },
    ])
  },
)

test('it is a link that leads out, so no form of ours may lead to another site', async () => {
  const page = await site.as(null)
  const answer = await page.goto('/sign-in')
  expect(answer?.headers()['content-security-policy']).toContain("form-action 'self';")
})

test('a volunteer’s session is as short as the role wants', async () => {
  const page = await site.as(null, { width: 390 })
  await page.goto('/sign-in')
  await go(page)
  await show(page, 'LOU smartid')
  await at(page, '/')
  expect(await lastSession(cast.lou.id)).toEqual({ method: 'oidc', factors: 2, idle_minutes: 10, minutes: 120 })
})

test('the level asked for is a setting; below it nobody comes in', async () => {
  const page = await site.as(null)
  const enter = async () => {
    await page.goto('/sign-in')
    await go(page)
    expect(await page.locator('#asked').textContent()).toContain(asked)
    await show(page, 'LEAKE smartid')
  }
  let asked = 'high'
  await enter()
  expect(await heading(page)).toBe('Sellest tuvastamise viisist ei piisa')
  await expectAccessible(page)
  await cast.admin.query(
    `insert into setting (name, valid_from, value, note) values ('oidcAcr', current_date, '"substantial"', 'Näidis-käskkiri')`,
  )
  asked = 'substantial'
  await enter()
  await at(page, '/')
  await cast.admin.query(`delete from setting where name = 'oidcAcr'`)
})

test('turning back at the provider leads to a calm page with every other way in', async () => {
  const page = await site.as(null, { width: 390 })
  await page.goto('/sign-in?to=/cases')
  await go(page)
  await show(page, 'Tagasi teenusesse')
  expect(await heading(page)).toBe('Tuvastamine jäi pooleli')
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Русский' }).first().click()
  expect(await heading(page)).toBe('Вход не был завершён')
  await page.getByRole('button', { name: 'Eesti' }).first().click()
  await page.getByRole('link', { name: 'Muud võimalused' }).click()
  expect(page.url()).toBe(`${site.origin}/sign-in?to=%2Fcases`)
})

test('somebody whom nobody has let in is told what to do', async () => {
  const page = await site.as(null, { width: 390 })
  await page.goto('/sign-in')
  await go(page)
  await show(page, 'VÕÕRAS idcard')
  expect(await heading(page)).toBe('Sa ei saa siia sisse')
  await expectAccessible(page)
  await page.goto('/account')
  expect(await heading(page)).toBe('Sisselogimine')
})

test('the provider changes its keys while people come in: they are fetched again, at most once a minute', async () => {
  const enter = async (page: Page) => {
    await page.goto('/sign-in')
    await go(page)
    await show(page, 'LEA idcard')
  }
  // The clock stands still, so that a slow machine does not make a minute of a few clicks.
  const begun = Date.now()
  vi.useFakeTimers({ toFake: ['Date'], now: begun })
  standAt(new Date(begun))
  trust(tara.issuer)
  await enter(await site.as(null))
  const asked = tara.asked()
  await tara.rotate()
  const early = await site.as(null)
  for (let turn = 0; turn < 2; turn++) {
    await enter(early)
    expect(await heading(early)).toBe('Vastust ei saanud usaldada')
  }
  expect(tara.asked()).toBe(asked)
  vi.setSystemTime(begun + 61_000)
  standAt(new Date(begun + 61_000))
  const later = await site.as(null)
  await enter(later)
  await at(later, '/')
  expect(tara.asked()).toBe(asked + 1)
})

test('a provider that is away leaves every other way in open', async () => {
  trust('http://127.0.0.1:1')
  const page = await site.as(null, { width: 390 })
  await page.goto('/sign-in')
  await go(page)
  expect(await heading(page)).toBe('Riigi autentimisteenus ei vasta')
  await expectAccessible(page)
  // It is asked again the next time, not an hour later.
  trust(tara.issuer)
  await page.getByRole('link', { name: 'Proovi uuesti' }).click()
  await show(page, 'LEA idcard')
  await at(page, '/')
})

/** Somebody in the same network sends what they have: answers to no trip, and bad ones to trips of their own, until only waiting is left. */
async function attack(): Promise<number[]> {
  const ask = (path: string, cookie = '') => fetch(`${site.origin}${path}`, { redirect: 'manual', headers: { cookie } })
  const bad = async () => {
    const away = await ask('/sign-in/oidc')
    const state = new URL(away.headers.get('location') ?? '').searchParams.get('state')
    return ask(`${backPath}?code=x&state=${state}`, away.headers.get('set-cookie')?.split(';')[0])
  }
  const statuses = [(await ask(`${backPath}?state=x`)).status, (await bad()).status]
  await cast.admin.query('update sign_in_attempt set failures = 30, last_at = clock_timestamp()')
  return [...statuses, (await ask(`${backPath}?state=x`)).status, (await bad()).status]
}

test('with her card, in a new browser, on the same network, while it is under attack', async () => {
  const page = await site.as(null)
  expect(await attack()).toEqual([303, 303, 303, 429])
  await page.goto('/sign-in?to=/account')
  await go(page)
  // While she types her PIN it goes on.
  expect(await attack()).toEqual([303, 429, 303, 429])
  await show(page, 'LEA idcard')
  await at(page, '/account')
  expect(await heading(page)).toBe('Minu konto')
  // She has forgiven nobody anything.
  expect(await attack()).toEqual([303, 429, 303, 429])
})

test('an answer taken from one browser into another opens neither', async () => {
  const [mine, theirs] = [await site.as(null), await site.as(null)]
  for (const page of [mine, theirs]) {
    await page.goto('/sign-in')
    await go(page)
  }
  let taken = ''
  mine.on('request', (request) => {
    if (request.url().includes(backPath)) taken = request.url()
  })
  // Somebody else's cookie cannot be had; that the answer is there without it is as far as one gets.
  await mine.context().clearCookies({ name: 'oidc' })
  await show(mine, 'LEA idcard')
  expect(await heading(mine)).toBe('See katse enam ei kehti')
  await theirs.goto(taken)
  expect(await heading(theirs)).toBe('See katse enam ei kehti')
  await theirs.goto('/account')
  expect(await heading(theirs)).toBe('Sisselogimine')
})

test('an installation that is not connected offers none of it', async () => {
  useProvider(null)
  const page = await site.as(null)
  await page.goto('/sign-in')
  expect(await page.locator('main').textContent()).not.toContain('ID-kaart')
  for (const path of ['/sign-in/oidc', `${backPath}?code=x&state=y`]) {
    const answer = await page.goto(path)
    expect(answer?.status()).toBe(404)
  }
  trust(tara.issuer)
})

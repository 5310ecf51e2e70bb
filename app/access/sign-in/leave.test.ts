// Does going work: in a hurry, from everywhere, and never at somebody else's word?
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Cast, openCast, signIn } from '../../../test/cast.ts'
import { expectAccessible, openSite, type Site } from '../../../test/site.ts'
import { whoBears } from '../../core/session.server.ts'
import { newCodes, newFactor, sealFactor } from '../factor.server.ts'
import { hashPassword } from '../passwords.server.ts'

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

const leave = (path: string, cookie: string, headers: Record<string, string>, method = 'GET') =>
  fetch(`${site.origin}${path}`, { method, redirect: 'manual', headers: { cookie: `sid=${cookie}`, ...headers } })

test('the quick exit ends the session, empties the browser and leads to the weather', async () => {
  const { person, cookie } = await signIn(cast.admin, cast.lou.id)
  const answer = await leave('/exit', cookie, { 'sec-fetch-site': 'same-origin' })
  expect(answer.headers.get('location')).toBe('https://www.ilmateenistus.ee/')
  expect(answer.headers.get('clear-site-data')).toBe('"cache", "cookies", "storage"')
  // Not every browser does as it is told there: what says that somebody has been here goes by itself as well.
  const gone = answer.headers.getSetCookie().map((line) => line.replace(/;.*Max-Age=0.*/, ''))
  for (const name of ['sid=', 'browser=', 'letter=', 'lang=', 'said=']) expect(gone).toContain(name)
  expect(await whoBears(person.claim)).toBeNull()
  const { rows } = await cast.admin.query('select ended_why from session where id = $1', [person.sessionId])
  expect(rows).toEqual([{ ended_why: 'exit' }])
})

test.each([
  { 'sec-fetch-site': 'cross-site' },
  { 'sec-fetch-site': 'same-site' },
  { 'sec-fetch-site': 'same-origin', 'sec-purpose': 'prefetch' },
])('an exit that nobody pressed (%o) ends nothing', async (headers) => {
  const { person, cookie } = await signIn(cast.admin, cast.lou.id)
  const answer = await leave('/exit', cookie, headers as Record<string, string>)
  expect([answer.status, answer.headers.get('clear-site-data')]).toEqual([303, null])
  expect(await whoBears(person.claim)).not.toBeNull()
})

test('signing out ends this session only, and only at our own word', async () => {
  const [one, two] = [await signIn(cast.admin, cast.max.id), await signIn(cast.admin, cast.max.id)]
  expect((await leave('/sign-out', one.cookie, { origin: 'https://evil.example' }, 'POST')).status).toBe(403)
  const answer = await leave('/sign-out', one.cookie, { origin: site.origin }, 'POST')
  expect(answer.headers.get('location')).toBe('/sign-in?out=1')
  expect([await whoBears(one.person.claim), (await whoBears(two.person.claim))?.id]).toEqual([null, cast.max.id])
})

test('“Kiirväljumine” is on the page, and after it nothing of ours opens', async () => {
  const page = await site.as('sirje', { width: 390 })
  await page.goto('/account')
  // The weather is not reachable from here; that the browser left is enough.
  await page.getByRole('link', { name: /Kiirväljumine/ }).click({ noWaitAfter: true })
  await expect.poll(async () => whoBears(cast.sirje.claim)).toBeNull()
  const next = await page.context().newPage()
  await next.goto('/account')
  expect(await next.locator('h1').textContent()).toBe('Sisselogimine')
})

test('logging out everywhere ends the other browser at once', async () => {
  const other = await signIn(cast.admin, cast.kim.id)
  const page = await site.as('kim')
  await page.goto('/account')
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Logi välja kõigist seadmetest' }).click()
  expect(await page.getByText('Oled kõigist seadmetest välja logitud.').count()).toBe(1)
  expect(await whoBears(other.person.claim)).toBeNull()
})

test('the language changes before and after signing in, and leads back', async () => {
  const page = await site.as('mall')
  await page.goto('/account?x=1')
  await page.getByRole('contentinfo').getByRole('button', { name: 'Русский' }).click()
  expect(page.url()).toBe(`${site.origin}/account?x=1`)
  expect(await page.locator('html').getAttribute('lang')).toBe('ru')
  expect((await cast.admin.query('select locale from person where id = $1', [cast.mall.id])).rows).toEqual([
    { locale: 'ru' },
  ])
  const out = await site.as(null, { scripts: false })
  await out.goto('/sign-in')
  await out.getByRole('contentinfo').getByRole('button', { name: 'English' }).click()
  expect(await out.locator('h1').textContent()).toBe('Sign in')
  const away = await fetch(`${site.origin}/language`, {
    method: 'POST',
    redirect: 'manual',
    headers: { origin: site.origin },
    body: new URLSearchParams({ locale: 'en', back: '//evil.example' }),
  })
  expect(away.headers.get('location')).toBe('/')
})

test('what was shown long ago is asked again, and the proof comes with a new session value', async () => {
  const { person, cookie } = await signIn(cast.admin, cast.lea.id)
  const codes = newCodes(cast.lea.id)
  const password = 'pilv tõukab rohelist vankrit'
  await cast.admin.query(
    `insert into credential (person_id, password_hash, totp_sealed, totp_confirmed_at) values ($1, $2, $3, now())`,
    [cast.lea.id, await hashPassword(password), sealFactor(cast.lea.id, newFactor())],
  )
  await cast.admin.query('insert into recovery_code (person_id, code_hash) select $1, unnest($2::bytea[])', [
    cast.lea.id,
    codes.kept,
  ])
  await cast.admin.query(`update session set proved_at = now() - interval '6 minutes' where id = $1`, [
    person.sessionId,
  ])
  const page = await site.as(null)
  await page.context().addCookies([{ name: 'sid', value: cookie, domain: 'localhost', path: '/' }])
  await page.goto('/account/codes')
  expect(await page.locator('h1').textContent()).toBe('Kinnita, et see oled sina')
  await expectAccessible(page)
  await page.getByLabel('Parool', { exact: true }).fill(password)
  await page.getByLabel('Kood', { exact: true }).fill(codes.shown[0] ?? '')
  await page.getByRole('button', { name: 'Kinnita' }).click()
  expect(await page.locator('h1').textContent()).toBe('Uued taastekoodid')
  expect(await whoBears(person.claim)).toBeNull()
  await page.getByRole('button', { name: 'Tee uued koodid' }).click()
  expect(await page.locator('ol.tv-number li').count()).toBe(10)
})

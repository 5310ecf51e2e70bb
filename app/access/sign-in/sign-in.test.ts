// Does the whole way in work in a real browser, and does it stay shut for everybody else?
import { Secret, TOTP } from 'otpauth'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type Cast, openCast } from '../../../test/cast.ts'
import { expectAccessible, openSite, type Site } from '../../../test/site.ts'
import { createApp } from '../../app.tsx'
import { newCodes, newFactor, sealFactor } from '../factor.server.ts'
import { hashPassword } from '../passwords.server.ts'

let cast: Cast
let site: Site
let hash: string
const secret = newFactor()
const password = 'pilv tõukab rohelist vankrit'

beforeAll(async () => {
  cast = await openCast()
  site = await openSite(cast)
  hash = await hashPassword(password)
})
afterAll(async () => {
  await site.close()
  await cast.close()
})
beforeEach(() => cast.admin.query('delete from sign_in_attempt'))

/** Gives somebody a password and a second factor; answers with the recovery codes. */
async function keysFor(id: string): Promise<string[]> {
  await cast.admin.query('delete from recovery_code where person_id = $1', [id])
  const codes = newCodes(id)
  await cast.admin.query('delete from credential where person_id = $1', [id])
  await cast.admin.query(
    `insert into credential (person_id, password_hash, password_once, totp_sealed, totp_confirmed_at) values ($1, $2, $3, $4, $5)`,
    [id, hash, false, sealFactor(id, secret), new Date()],
  )
  await cast.admin.query('insert into recovery_code (person_id, code_hash) select $1, unnest($2::bytea[])', [
    id,
    codes.kept,
  ])
  return codes.shown
}

const codeOf = (from: string, ahead = 0) =>
  new TOTP({ secret: Secret.fromBase32(from) }).generate({ timestamp: Date.now() + ahead * 30_000 })

async function typePassword(page: Page, email: string, typed = password) {
  await page.getByLabel('E-posti aadress').fill(email)
  await page.getByLabel('Parool', { exact: true }).fill(typed)
  await page.getByRole('button', { name: 'Logi sisse', exact: true }).click()
}

async function typeCode(page: Page, code: string) {
  await page.getByLabel('Kood', { exact: true }).fill(code)
  await page.getByRole('button', { name: 'Jätka' }).click()
}

const heading = (page: Page) => page.locator('h1').textContent()

test('password, then code; the same code never twice; a recovery code once', async () => {
  const [spare = ''] = await keysFor(cast.kim.id)
  const page = await site.as(null)
  await page.goto('/sign-in')
  await expectAccessible(page)
  await typePassword(page, 'kim@naidis.example')
  await expectAccessible(page)
  const code = codeOf(secret)
  await typeCode(page, code)
  await page.goto('/account')
  expect(await heading(page)).toBe('Minu konto')
  const second = await site.as(null)
  await second.goto('/sign-in?to=/account')
  await typePassword(second, 'kim@naidis.example')
  await typeCode(second, code)
  expect(await second.locator('#code-error').textContent()).toContain('juba kasutatud')
  await typeCode(second, spare)
  expect(await heading(second)).toBe('Minu konto')
  const third = await site.as(null)
  await third.goto('/sign-in')
  await typePassword(third, 'kim@naidis.example')
  await typeCode(third, spare)
  expect(await heading(third)).toBe('Teine samm')
})

test('who skips the password, or takes too long, begins again', async () => {
  const page = await site.as(null)
  for (const step of ['code', 'setup', 'password', 'invitation']) {
    await page.goto(`/sign-in/${step}`)
    expect(page.url()).toBe(`${site.origin}/sign-in?late=1`)
  }
})

async function post(path: string, values: Record<string, string>, headers: Record<string, string> = {}) {
  const answer = await fetch(`${site.origin}${path}`, {
    method: 'POST',
    redirect: 'manual',
    headers: { origin: site.origin, ...headers },
    body: new URLSearchParams(values),
  })
  return { status: answer.status, headers: answer.headers, body: (await answer.text()).replace(/nonce="[^"]*"/g, '') }
}

test('a wrong password and an unknown address get the same answer, and so does waiting', async () => {
  await keysFor(cast.kim.id)
  const ask = async (email: string) => {
    const said = await post('/sign-in', { email, password: 'vale vale vale vale' })
    return { status: said.status, body: said.body.replaceAll(email, '…').replace(/uuesti \d+ sekundi/g, '') }
  }
  const statuses: number[] = []
  for (const failures of [0, 2, 8]) {
    await cast.admin.query('update sign_in_attempt set failures = $1, last_at = now()', [failures])
    const [known, unknown] = [await ask('kim@naidis.example'), await ask('kes@naidis.example')]
    expect(unknown).toEqual(known)
    statuses.push(known.status)
  }
  expect(statuses).toEqual([422, 422, 429])
})

test('how long to wait is told, and the right password waits as well', async () => {
  await keysFor(cast.kim.id)
  await cast.admin.query('update sign_in_attempt set failures = 30')
  for (let turn = 0; turn < 3; turn++) await post('/sign-in', { email: 'kim@naidis.example', password: 'vale' })
  await cast.admin.query('update sign_in_attempt set failures = 30')
  const waiting = await post('/sign-in', { email: 'kim@naidis.example', password })
  expect(waiting.status).toBe(429)
  expect(Number(waiting.headers.get('retry-after'))).toBeGreaterThan(30)
  expect(waiting.body).toMatch(/Proovi uuesti (3|4)\d sekundi pärast/)
  await cast.admin.query(`update sign_in_attempt set last_at = last_at - interval '43 seconds'`)
  expect((await post('/sign-in', { email: 'kim@naidis.example', password })).headers.get('location')).toBe(
    '/sign-in/code',
  )
})

test('a sign-in from another site is refused', async () => {
  expect((await post('/sign-in', { email: 'a@b.ee', password }, { origin: 'https://evil.example' })).status).toBe(403)
  expect((await post('/demo', { person: cast.kim.id }, { 'sec-fetch-site': 'cross-site' })).status).toBe(403)
})

test('in a demonstration one picks whom to be; with real data there is no such page', async () => {
  const page = await site.as(null, { width: 390 })
  await page.goto('/audit')
  await page.getByRole('link', { name: 'Vali, kellena vaatad' }).click()
  await expectAccessible(page)
  await page.getByRole('button', { name: /Aino/ }).click()
  expect(await heading(page)).toBe('Logi')
  const real = createApp({ origin: site.origin, secure: true, demo: false })
  expect((await real.request('/demo')).status).toBe(404)
  const asked = { method: 'POST', headers: { origin: site.origin }, body: new URLSearchParams({ person: cast.kim.id }) }
  expect((await real.request('/demo', asked)).status).toBe(404)
  expect((await post('/demo', { person: cast.sys.id })).status).toBe(404)
})

test('the cookie is closed to scripts and to other sites, and new at every sign-in', async () => {
  const given = (await post('/demo', { person: cast.kim.id })).headers
    .getSetCookie()
    .find((cookie) => cookie.startsWith('sid='))
  expect(given).toMatch(/HttpOnly; SameSite=Strict$/)
  const again = (
    await post('/demo', { person: cast.kim.id }, { cookie: given?.split(';')[0] ?? '' })
  ).headers.getSetCookie()
  expect(again.find((cookie) => cookie.startsWith('sid='))).not.toBe(given)
})

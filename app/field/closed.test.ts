// Does nothing that was told in confidence lie readable on the disk of the phone, and does a passkey open it as a PIN does?
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Cast, openCast } from '../../test/cast.ts'
import { chromiumPath, openSite, type Site } from '../../test/site.ts'
import { givenSupport, type Support } from '../../test/support.ts'

const pin = 'Kanaarkood-5521'
const brief = { safetyNote: 'Kanaarohutus on tähtis.', agreedTasks: 'Kanaartegevus perearsti juures.' }
const [note, draft, control] = ['Kanaarmärge kohtumisest', 'Kanaarmustand pooleli', 'Kanaarkontroll']
let cast: Cast
let site: Site
let of: Support
let folder: string
beforeAll(async () => {
  cast = await openCast()
  site = await openSite(cast)
  of = await givenSupport(cast, '2026-05-01', { changes: { brief } })
  folder = await mkdtemp(join(tmpdir(), 'field-disk-'))
}, 60_000)
afterAll(async () => {
  await site.close()
  await cast.close()
  await rm(folder, { recursive: true, force: true })
})

async function write(page: Page, words: string): Promise<void> {
  await page.getByRole('button', { name: 'Lisa kohtumine' }).click()
  await page.locator('input[name="way"][value="meeting"]').check()
  await page.locator('input[name="minutes"][value="60"]').check()
  await page.locator('textarea[name="note"]').fill(words)
}
const save = (page: Page) => page.locator('[data-screen="visit"] button[type="submit"]').click()

async function bytesIn(path: string): Promise<Buffer> {
  const files = await readdir(path, { recursive: true, withFileTypes: true })
  const all = files
    .filter((file) => file.isFile())
    .map((file) => readFile(join(file.parentPath, file.name)).catch(() => Buffer.alloc(0)))
  return Buffer.concat(await Promise.all(all))
}

async function openProfile() {
  const args = ['--no-sandbox', '--disable-gpu', '--disable-background-networking']
  const context = await chromium.launchPersistentContext(folder, {
    ...{ executablePath: chromiumPath(), args, baseURL: site.origin, locale: 'et-EE' },
    viewport: { width: 390, height: 844 },
  })
  await context.addCookies([
    { name: 'sid', value: cast.cookies.lou, domain: 'localhost', path: '/', sameSite: 'Strict', httpOnly: true },
  ])
  return context
}

test('on the disk of the phone there is no word of it, in either way of writing letters', async () => {
  const context = await openProfile()
  const page = await context.newPage()
  await page.goto('/field')
  await page.getByLabel('PIN-kood', { exact: true }).fill(pin)
  await page.getByLabel('PIN-kood uuesti').fill(pin)
  await page.getByRole('button', { name: 'Pane valmis' }).click()
  await page.getByText('Kanaartegevus').waitFor()
  await page.evaluate('navigator.serviceWorker.ready.then(() => true)')
  await context.setOffline(true)
  await write(page, note)
  await save(page)
  await page.getByText('1 kirje ootab saatmist.').waitFor()
  await write(page, draft)
  await page.waitForTimeout(800)
  // That the search would find what lies open is shown by something that does.
  await page.evaluate(`new Promise((done) => {
    const asked = indexedDB.open('control', 1)
    asked.onupgradeneeded = () => asked.result.createObjectStore('open')
    asked.onsuccess = () => {
      const trip = asked.result.transaction('open', 'readwrite', { durability: 'strict' })
      trip.objectStore('open').put('${control}', 'x')
      trip.oncomplete = () => done()
    }
  })`)
  await context.close()
  const disk = await bytesIn(folder)
  const has = (word: string) => disk.includes(Buffer.from(word, 'utf8')) || disk.includes(Buffer.from(word, 'utf16le'))
  expect(has(control)).toBe(true)
  const words = [
    'Kanaarohutus',
    'Kanaartegevus',
    'Kanaarmärge',
    'Kanaarmustand',
    'Kanaarkood',
    of.number,
    cast.lou.name,
  ]
  expect(words.filter(has)).toEqual([])
}, 90_000)

test('a passkey opens it, its own and no other', async () => {
  const page = await site.as('lou', { width: 390 })
  page.removeAllListeners('console')
  const devtools = await page.context().newCDPSession(page)
  await devtools.send('WebAuthn.enable')
  const options = { protocol: 'ctap2', ctap2Version: 'ctap2_1', transport: 'internal', hasResidentKey: true } as const
  const more = { hasUserVerification: true, isUserVerified: true, hasPrf: true, automaticPresenceSimulation: true }
  const add = () => devtools.send('WebAuthn.addVirtualAuthenticator', { options: { ...options, ...more } })
  const { authenticatorId } = await add()
  await page.addInitScript(`const make = navigator.credentials.create.bind(navigator.credentials)
    navigator.credentials.create = (how) => {
      window.named = [how.publicKey.rp.name, how.publicKey.user.name, how.publicKey.user.displayName]
      return make(how)
    }`)
  await page.goto('/field')
  await page.getByRole('button', { name: 'Lukusta hoopis pääsuvõtmega' }).click()
  await page.getByText('Kanaartegevus').waitFor()
  // The list of passkeys of a phone is seen by whoever shares its account.
  expect(await page.evaluate('window.named')).toEqual(['Märkmik', 'Märkmik', 'Märkmik'])
  await page.context().setOffline(true)
  await page.getByRole('button', { name: 'Lukusta kohe' }).click()
  expect(await page.getByLabel('Sinu PIN-kood').isVisible()).toBe(false)
  await page.getByRole('button', { name: 'Ava pääsuvõtmega' }).click()
  await page.getByText('Kanaartegevus').waitFor()
  await page.getByRole('button', { name: 'Lukusta kohe' }).click()
  await devtools.send('WebAuthn.removeVirtualAuthenticator', { authenticatorId })
  await add()
  await page.getByRole('button', { name: 'Ava pääsuvõtmega' }).click()
  await page.getByText('Pääsuvõtmega see siin ei õnnestunud').waitFor({ timeout: 90_000 })
  expect(await page.getByText('Kanaartegevus').count()).toBe(0)
  await page.context().close()
}, 150_000)

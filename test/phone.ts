// How does a test hold a support person's phone: make it ready, write on it, put it away, and search it as whoever finds it would?
import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { type Cast, type CastName, openCast, signIn } from './cast.ts'
import { openSite, type Site } from './site.ts'
import { givenSupport, type Support } from './support.ts'

export const pin = '7391-Näidis'
export const secrets = {
  ...{ task: 'Kanaartegevus', safety: 'Kanaarohutus', note: 'Kanaarmärge' },
  ...{ draft: 'Kanaarmustand', report: 'Kanaarkokkuvõte' },
}
const brief = { safetyNote: `${secrets.safety} on tähtis.`, agreedTasks: `${secrets.task} perearsti juures.` }

export type Field = { cast: Cast; site: Site; of: Support; close: () => Promise<void> }

/** Lou helps in one case; three wrong codes empty a device. */
export async function openField(): Promise<Field> {
  const cast = await openCast()
  const site = await openSite(cast)
  const of = await givenSupport(cast, '2026-05-01', { changes: { brief } })
  await cast.admin.query(
    `insert into setting (name, valid_from, value, note, set_by) values ('fieldTries', '2020-01-01', '3', 'x', $1)`,
    [cast.ott.id],
  )
  const close = async () => {
    await site.close()
    await cast.close()
  }
  return { cast, site, of, close }
}

/** A phone of its own; that a network is not there is no fault of ours. */
export async function phoneOf({ site }: Field, who: CastName = 'lou'): Promise<Page> {
  const page = await site.as(who, { width: 390 })
  page.removeAllListeners('console')
  return page
}

/** Somebody signs in on this phone (again). */
export async function signInOn({ cast }: Field, page: Page, who: CastName = 'lou'): Promise<void> {
  const { cookie } = await signIn(cast.admin, cast[who].id)
  const where = { domain: 'localhost', path: '/', sameSite: 'Strict', httpOnly: true } as const
  await page.context().addCookies([{ name: 'sid', value: cookie, ...where }])
}

export async function makeReady(page: Page): Promise<void> {
  await page.goto('/field')
  await page.getByLabel('PIN-kood', { exact: true }).fill(pin)
  await page.getByLabel('PIN-kood uuesti').fill(pin)
  await page.getByRole('button', { name: 'Pane valmis' }).click()
  await page.getByText(secrets.task).waitFor()
  await page.evaluate('navigator.serviceWorker.ready.then(() => true)')
}

export async function unlock(page: Page, code = pin): Promise<void> {
  await page.getByLabel('Sinu PIN-kood').fill(code)
  await page.getByRole('button', { name: 'Ava', exact: true }).click()
}

export async function writeVisit(page: Page, note: string, danger = false): Promise<void> {
  await page.getByRole('button', { name: 'Lisa kohtumine' }).click()
  await page.locator('input[name="way"][value="meeting"]').check()
  await page.locator('input[name="minutes"][value="60"]').check()
  await page.locator('textarea[name="note"]').fill(note)
  if (danger) await page.locator('input[name="danger"]').check()
  await page.locator('[data-screen="visit"] button[type="submit"]').click()
}

/** As when another page is opened, or the screen goes dark. */
export async function putAway(page: Page): Promise<void> {
  await page.evaluate(`Object.defineProperty(document, 'visibilityState', { value: 'hidden', configurable: true })
    document.dispatchEvent(new Event('visibilitychange'))`)
  await screen(page, 'locked').waitFor()
  await page.waitForTimeout(500)
}

export const screen = (page: Page, name: string) => page.locator(`[data-screen="${name}"]`)

// Everything that a script of whoever finds the phone could read.
const dump = `(async () => {
  const said = (value) => value instanceof ArrayBuffer || ArrayBuffer.isView(value)
    ? new TextDecoder('latin1').decode(value) + new TextDecoder().decode(value)
    : value && typeof value === 'object' ? Object.entries(value).map(([name, one]) => name + said(one)).join(' ') : String(value)
  const done = (request) => new Promise((ok) => { request.onsuccess = () => ok(request.result) })
  let text = document.cookie + JSON.stringify(localStorage) + JSON.stringify(sessionStorage)
  for (const { name } of await indexedDB.databases()) {
    const db = await done(indexedDB.open(name))
    for (const table of db.objectStoreNames) {
      const store = db.transaction(table).objectStore(table)
      text += (await done(store.getAllKeys())).map(said).join(' ') + (await done(store.getAll())).map(said).join(' ')
    }
    db.close()
  }
  for (const name of await caches.keys()) {
    const cache = await caches.open(name)
    for (const request of await cache.keys()) text += request.url + await (await cache.match(request)).text()
  }
  return text
})()`

/** No word of it is in any store of the browser, and the stores are not empty. */
export async function expectClosed({ cast, of }: Field, page: Page): Promise<void> {
  const text = String(await page.evaluate(dump))
  for (const word of ['sealed/state', 'Lisa kohtumine']) expect(text).toContain(word)
  for (const word of [...Object.values(secrets), pin, of.number, cast.lou.name, cast.sirje.name])
    expect(text, `the device gives away ${word}`).not.toContain(word)
}

const hex = `(value) => value instanceof ArrayBuffer || ArrayBuffer.isView(value)
    ? [...new Uint8Array(value.buffer ?? value)].map((byte) => byte.toString(16).padStart(2, '0')).join('')
    : value && typeof value === 'object' ? Object.values(value).map(hex).join(' ') : ''`

/** What is half written as it lies on the device, closed; null where nothing is. And every byte of everything that lies there. */
export const halfOn = (page: Page): Promise<{ half: string | null; all: string }> =>
  page.evaluate(`(async () => {
    const hex = ${hex}
    const done = (request) => new Promise((ok) => { request.onsuccess = () => ok(request.result) })
    const db = await done(indexedDB.open('field'))
    const store = db.transaction('kept').objectStore('kept')
    const [half, all] = [await done(store.get('sealed/draft')), await done(store.getAll())]
    db.close()
    return { half: half ? hex(half.data) : null, all: all.map(hex).join(' ') }
  })()`)

/** What is left in the stores, counted. */
export const leftOn = (page: Page): Promise<unknown> =>
  page.evaluate(`(async () => {
    const done = (request) => new Promise((ok) => { request.onsuccess = () => ok(request.result) })
    const db = await done(indexedDB.open('field'))
    const kept = await done(db.transaction('kept').objectStore('kept').count())
    db.close()
    return { kept, caches: (await caches.keys()).length }
  })()`)

// Is the page that lies on a phone the same for everybody, neutral, and of use also where it cannot do what it is for?
import type { Hono } from 'hono'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Cast, openCast } from '../../test/cast.ts'
import { look, openSite, type Site } from '../../test/site.ts'
import { givenSupport } from '../../test/support.ts'
import { createApp } from '../app.tsx'
import type { Env } from '../core/page.tsx'

const origin = 'http://localhost:3000'
let cast: Cast
let site: Site
let app: Hono<Env>
beforeAll(async () => {
  cast = await openCast()
  site = await openSite(cast)
  app = createApp({ origin, secure: false, demo: true })
  await givenSupport(cast, '2026-05-01')
}, 60_000)
afterAll(async () => {
  await site.close()
  await cast.close()
})

const ask = (path: string, cookie?: string) => app.request(`${origin}${path}`, { headers: cookie ? { cookie } : {} })
const bare = (text: string) => text.replaceAll(/nonce="[^"]*"/g, '')

test('signed in or not, whoever one is, it is the same page, and on a home screen a notebook', async () => {
  const texts = await Promise.all(
    [undefined, cast.cookies.lou, cast.cookies.kim].map(async (sid) =>
      bare(await (await ask('/field', sid && `sid=${sid}`)).text()),
    ),
  )
  expect(new Set(texts).size).toBe(1)
  expect(texts[0]).not.toMatch(/Näidis-|M-20\d\d|marac|data-csrf="[^"]/i)
  const manifest = await (await ask('/field/app.webmanifest')).json()
  expect(manifest).toMatchObject({ name: 'Märkmik', short_name: 'Märkmik', start_url: '/field', scope: '/field' })
  expect(JSON.stringify(manifest)).not.toMatch(/tugi|ohvri|vägival|marac/i)
  expect((await ask('/field/icon.svg')).headers.get('content-type')).toBe('image/svg+xml')
})

test('a question of which half was lost is no answer: nobody forgets anything for it', async () => {
  for (const body of ['', '{"tok', '{"token":"x"}']) {
    const how = { 'content-type': 'application/json', origin, 'sec-fetch-site': 'same-origin' }
    const answer = await app.request(`${origin}/field/stands`, { method: 'POST', headers: how, body })
    expect([answer.status, await answer.json()]).toEqual([422, {}])
  }
})

test('only here may a worker run, and another language is another worker', async () => {
  expect((await ask('/field')).headers.get('content-security-policy')).toContain("worker-src 'self'")
  expect((await ask('/sign-in')).headers.get('content-security-policy')).not.toContain('worker-src')
  const [et, ru] = await Promise.all(
    ['et', 'ru'].map(async (lang) => (await ask('/field/worker.js', `lang=${lang}`)).text()),
  )
  expect(et).not.toBe(ru)
  for (const file of ['/field', 'theme.', 'field.', 'inter-common']) expect(et).toContain(file)
})

test('without scripts, and in a browser that lacks a store, it leads to the ordinary pages', async () => {
  const plain = await site.as('lou', { width: 390, scripts: false })
  await plain.goto('/field')
  expect(await plain.getByText('Kirjuta oma kohtumised tavalisel lehel').isVisible()).toBe(true)
  await look(plain, 'field-plain')
  const old = await site.as('lou', { width: 390 })
  await old.addInitScript('delete Navigator.prototype.serviceWorker')
  await old.goto('/field')
  await old.getByText('Kirjuta oma kohtumised tavalisel lehel').waitFor()
  await look(old, 'field-cannot')
  await old.getByRole('link', { name: 'Minu kohtumised' }).click()
  await old.waitForURL('**/support/visits')
  for (const page of [plain, old]) await page.context().close()
})

test.each(['en', 'ru'] as const)('in %s as well, on a wide screen', async (lang) => {
  const page = await site.as(null, { width: 1280 })
  await page.context().addCookies([{ name: 'lang', value: lang, url: site.origin }])
  await page.goto('/field')
  await page.locator('#pin').waitFor()
  await look(page, `field-setup-${lang}`)
  await page.context().close()
})

test('leaving empties the browser of everybody but of those who keep something here', async () => {
  const leave = async (cookie: string) =>
    (await app.request(`${origin}/exit`, { headers: { cookie, 'sec-fetch-site': 'same-origin' } })).headers
  expect((await leave('lang=et')).get('clear-site-data')).toBe('"cache", "cookies", "storage"')
  const kept = await leave('lang=et; field=1')
  expect(kept.get('clear-site-data')).toBe('"cache"')
  expect(kept.getSetCookie().join('\n')).toMatch(/^lang=;/m)
  expect(kept.getSetCookie().join('\n')).not.toMatch(/^field=/m)
})

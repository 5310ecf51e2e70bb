// How does a test look at the product as a person does: a real server, a real browser, somebody signed in?
import { existsSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { AxeBuilder } from '@axe-core/playwright'
import { serve } from '@hono/node-server'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import { expect } from 'vitest'
import { createApp } from '../app/app.tsx'
import { logTo } from '../app/core/log.server.ts'
import { buildAssets } from '../scripts/assets.ts'
import type { Cast, CastName } from './cast.ts'

export type Site = {
  origin: string
  /** A new browser of this person; `null` is somebody who has not signed in. */
  as: (who: CastName | null, how?: { width?: 390 | 1280; scripts?: boolean }) => Promise<Page>
  close: () => Promise<void>
}

const places = [process.env.CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']

/** The browser of this machine; `npm test` has installed one where it was missing. */
export function chromiumPath(): string {
  const found = places.find((place) => place && existsSync(place))
  if (!found) throw new Error('no Chromium on this machine: run npm test, or set CHROMIUM')
  return found
}

/** Starts the application on the cast's database and a headless Chromium beside it. */
export async function openSite(cast: Cast): Promise<Site> {
  await buildAssets()
  logTo(() => undefined)
  // The origin must be known before the app is made, and the port before the origin.
  const port = await freePort()
  const origin = `http://localhost:${port}`
  const app = createApp({ origin, secure: false, demo: true })
  const server = serve({ fetch: app.fetch, port, hostname: '127.0.0.1' })
  const browser = await chromium.launch({
    executablePath: chromiumPath(),
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  })
  return {
    origin,
    as: (who, how = {}) => pageOf(browser, origin, who ? cast.cookies[who] : null, how),
    close: async () => {
      await browser.close()
      await new Promise((done) => server.close(done))
    },
  }
}

async function pageOf(
  browser: Browser,
  origin: string,
  cookie: string | null,
  how: { width?: number; scripts?: boolean },
) {
  const context = await browser.newContext({
    viewport: { width: how.width ?? 1280, height: how.width === 390 ? 844 : 900 },
    javaScriptEnabled: how.scripts ?? true,
    locale: 'et-EE',
    baseURL: origin,
  })
  if (cookie)
    await context.addCookies([
      { name: 'sid', value: cookie, domain: 'localhost', path: '/', sameSite: 'Strict', httpOnly: true },
    ])
  if (how.scripts === false) silent.add(context)
  const page = await context.newPage()
  // What the browser complains of (a blocked script, a missing file) is a fault of ours.
  page.on('console', (message) => {
    if (message.type() === 'error' && !/status of 4\d\d/.test(message.text())) throw new Error(message.text())
  })
  return page
}

// Those in which no script runs: what examines a page is a script too, and would wait there for ever.
const silent = new WeakSet<BrowserContext>()

/** The page as it stands, without its scripts, where ours may run. */
async function standIn(page: Page): Promise<Page> {
  const context = await page.context().browser()?.newContext({ viewport: page.viewportSize(), locale: 'et-EE' })
  if (!context) throw new Error('a page without a browser')
  const copy = await context.newPage()
  const body = (await page.content()).replace(/<script\b[^>]*>[\s\S]*?<\/script>/g, '')
  await copy.route(page.url(), (route) => route.fulfill({ contentType: 'text/html; charset=utf-8', body }))
  await copy.goto(page.url())
  return copy
}

/** No accessibility fault of WCAG 2.2 AA on this page, and nothing wider than the screen. */
export async function expectAccessible(page: Page): Promise<void> {
  if (!silent.has(page.context())) return examine(page)
  const copy = await standIn(page)
  await examine(copy).finally(() => copy.context().close())
}

async function examine(page: Page): Promise<void> {
  const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']
  // No page of ours has frames, and nobody reads what is right: in one go, without a second page for what frames say (a third of the time).
  const axe = new AxeBuilder({ page }).options({ resultTypes: ['violations'] }).setLegacyMode()
  const { violations } = await axe.withTags(tags).analyze()
  expect(violations.map((fault) => `${fault.id}: ${fault.nodes.map((node) => node.html).join(' | ')}`)).toEqual([])
  const overflow = await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth')
  expect(overflow).toBeLessThanOrEqual(0)
}

/** Looks at the page, and keeps a picture where somebody wants to see it too. */
export async function look(page: Page, name: string): Promise<void> {
  await expectAccessible(page)
  const folder = process.env.TUGIVORK_PICTURES
  if (!folder) return
  await mkdir(folder, { recursive: true })
  await page.screenshot({ path: `${folder}/${name}.png`, fullPage: true })
}

/** On a phone and on a desk; afterwards it is as wide as before. */
export async function lookAtBoth(page: Page, name: string): Promise<void> {
  const before = page.viewportSize()
  for (const width of [390, 1280]) {
    await page.setViewportSize({ width, height: 900 })
    await look(page, `${name}-${width}`)
  }
  if (before) await page.setViewportSize(before)
}

async function freePort(): Promise<number> {
  const { createServer } = await import('node:net')
  const probe = createServer()
  await new Promise<void>((done) => probe.listen(0, '127.0.0.1', done))
  const { port } = probe.address() as AddressInfo
  await new Promise((done) => probe.close(done))
  return port
}

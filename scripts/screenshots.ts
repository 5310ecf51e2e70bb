// What does every page look like, for every role, in every language, on a phone and on a desk?
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { serve } from '@hono/node-server'
import { Client } from 'pg'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import { demoLimits } from '../app/access/access.ts'
import { openSession } from '../app/access/door.server.ts'
import { openRoutes } from '../app/access-routes.ts'
import { createApp } from '../app/app.tsx'
import { logTo } from '../app/core/log.server.ts'
import type { Role } from '../app/core/user.ts'
import { type Locale, locales } from '../app/i18n/i18n.ts'
import { readConfig } from '../app/process/config.server.ts'
import { openInstallation } from '../app/process/installation.server.ts'
import { routes } from '../app/routes.ts'
import { seedDemo } from '../db/seed/seed.ts'
import { buildAssets } from './assets.ts'
import { ensureChromium } from './chromium.ts'

const folder = resolve(import.meta.dirname, '../screenshots')
const widths = [390, 1280] as const
// Somebody of the demonstration for every role; `nobody` has not signed in.
const cast = {
  nobody: null,
  coordinator: 'kim',
  manager: 'peep',
  lead: 'lea',
  member: 'mall',
  supervisor: 'sirje',
  volunteer: 'lou',
  trainer: 'tiia',
  steering: 'jaan',
  auditor: 'aino',
  admin: 'ott',
} as const satisfies Partial<Record<Role | 'nobody', string | null>>
type Who = keyof typeof cast

// Only what is named on the command line: `npm run screenshots -- et volunteer 390`; nothing named is everything.
const named = process.argv.slice(2)
const chosen = <V extends string | number>(all: readonly V[]) => {
  const some = all.filter((one) => named.includes(String(one)))
  return some.length > 0 ? some : [...all]
}

const patterns = [...openRoutes, ...routes]
  .filter(([, page]) => page.get)
  .map(([address]) => ({ address, shape: new RegExp(`^${address.replace(/:\w+/g, '[^/]+')}$`) }))
// Ways out end the session; the language is set for everyone beforehand.
const never = ['/exit', '/language', '/sign-out']

const patternOf = (path: string) => patterns.find(({ shape }) => shape.test(path))?.address

/** Follows the links that this person is offered; one address for every page of the table of contents. */
async function findPages(page: Page): Promise<Map<string, string>> {
  const found = new Map<string, string>()
  const waiting = ['/', ...openRoutes.map(([address]) => address)]
  for (let path = waiting.shift(); path !== undefined; path = waiting.shift()) {
    const pattern = patternOf(path.split('?')[0] ?? '')
    if (!pattern || found.has(pattern) || never.includes(pattern)) continue
    const answer = await page.goto(path).catch(() => null)
    // A download is no page, and what this person may not see is not offered.
    if (!answer?.ok() || !answer.headers()['content-type']?.startsWith('text/html')) continue
    found.set(pattern, path)
    const links = await page.evaluate<string[]>(
      "[...document.querySelectorAll('a[href^=\"/\"]')].map((link) => link.getAttribute('href'))",
    )
    waiting.push(...links.map((link) => link.split('#')[0] ?? ''))
  }
  return found
}

const fileOf = (pattern: string) => pattern.replace(/^\//, '').replace(/[/:]+/g, '-') || 'home'

type Shot = { context: BrowserContext; who: Who; locale: Locale; width: number; pages: Map<string, string> }

async function shoot({ context, who, locale, width, pages }: Shot): Promise<number> {
  const page = await context.newPage()
  await page.setViewportSize({ width, height: width === 390 ? 844 : 900 })
  const into = join(folder, locale, String(width), who)
  await mkdir(into, { recursive: true })
  for (const [pattern, path] of pages) {
    await page.goto(path).catch(() => null)
    await page.screenshot({ path: join(into, `${fileOf(pattern)}.png`), fullPage: true })
  }
  await page.close()
  return pages.size
}

async function contextOf(browser: Browser, origin: string, admin: Client, who: Who): Promise<BrowserContext> {
  const context = await browser.newContext({ baseURL: origin, locale: 'et-EE' })
  const mail = cast[who]
  if (mail === null) return context
  const { rows } = await admin.query<{ id: string }>('select id from person where email = $1', [
    `${mail}@naidis.example`,
  ])
  const way = { method: 'demo', device: 'screenshots', limits: demoLimits } as const
  const value = await openSession({ id: rows[0]?.id ?? '', roles: [who as Role] }, way, null)
  await context.addCookies([{ name: 'sid', value, domain: 'localhost', path: '/', sameSite: 'Strict' }])
  return context
}

async function shootAs(browser: Browser, origin: string, admin: Client, who: Who): Promise<number> {
  const context = await contextOf(browser, origin, admin, who)
  const scout = await context.newPage()
  const pages = await findPages(scout)
  await scout.close()
  let count = 0
  for (const locale of chosen<Locale>(locales)) {
    await admin.query('update person set locale = $1', [locale])
    await context.addCookies([{ name: 'lang', value: locale, domain: 'localhost', path: '/' }])
    for (const width of chosen<number>(widths)) count += await shoot({ context, who, locale, width, pages })
  }
  await context.close()
  process.stdout.write(`${who}: ${pages.size} pages\n`)
  return count
}

async function freePort(): Promise<number> {
  const probe = createServer()
  await new Promise<void>((done) => probe.listen(0, '127.0.0.1', done))
  const { port } = probe.address() as AddressInfo
  await new Promise((done) => probe.close(done))
  return port
}

async function main(): Promise<void> {
  const dataDir = await mkdtemp(join(tmpdir(), 'tugivork-screenshots-'))
  const port = await freePort()
  await buildAssets()
  logTo(() => undefined)
  const installation = await openInstallation(readConfig({ TUGIVORK_DATA: dataDir, PORT: String(port) }))
  await seedDemo(installation.adminUrl)
  const admin = new Client({ connectionString: installation.adminUrl })
  await admin.connect()
  // The camera looks at more in a minute than a person can.
  await admin.query(
    `insert into setting (name, valid_from, value, note) values ('looksPerMinute', '2000-01-01', '100000', 'Näidis')`,
  )
  const origin = `http://localhost:${port}`
  const app = createApp({ origin, secure: false, demo: true })
  const server = serve({ fetch: app.fetch, port, hostname: '127.0.0.1' })
  const browser = await chromium.launch({ executablePath: ensureChromium(), args: ['--no-sandbox', '--disable-gpu'] })
  let count = 0
  for (const who of chosen(Object.keys(cast) as Who[])) count += await shootAs(browser, origin, admin, who)
  process.stdout.write(`${count} pictures in ${folder}\n`)
  await browser.close()
  await admin.end()
  await new Promise((done) => server.close(done))
  await installation.close()
  await rm(dataDir, { recursive: true, force: true })
}

await main()

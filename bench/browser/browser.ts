// What does somebody with an old phone and a slow net wait for? A real browser, slowed down, signed in.
import { type Browser, type CDPSession, chromium, type Page } from 'playwright-core'
import { chromiumPath } from '../../test/site.ts'
import { freePort } from '../place/process.ts'
import { atMost, broken, notRun, type Row } from '../rows.ts'
import type { Session } from '../session.ts'
import { deeds } from './deeds.ts'
import { measureLighthouse } from './lighthouse.ts'
import { figuresOf, observe, type Seen } from './seen.ts'

/** A page, whose it is, and what of it must be there for it to be that page. */
export type Looked = { name: string; path: string; cookie: string; marker: string }

// Lighthouse's mobile net: 150 ms there and back, 1.6 Mbit/s down, 0.75 up; a processor four times slower.
const slow = { offline: false, latency: 150, downloadThroughput: 1_600_000 / 8, uploadThroughput: 750_000 / 8 }
const slower = 4

export function pagesOf({ crowd }: Session): Looked[] {
  const [lead, helper] = [crowd.network[0], crowd.volunteers[0]]
  if (!lead || !helper) throw new Error('nobody has signed in')
  return [
    { name: 'list', path: '/cases', cookie: lead.cookie, marker: 'main table tbody tr:nth-child(50) a' },
    { name: 'case', path: `/cases/${crowd.cases[0]}`, cookie: lead.cookie, marker: 'main h1' },
    { name: 'form', path: '/support/visits/new', cookie: helper.cookie, marker: 'main form textarea[name=note]' },
  ]
}

export async function measureBrowser(session: Session): Promise<Row[]> {
  const port = await freePort()
  const browser = await openBrowser(port).catch((error: Error) => error)
  if (browser instanceof Error) return [notRun('browser', browser.message.split('\n')[0] ?? '')]
  try {
    const rows: Row[] = []
    const pages = pagesOf(session)
    for (const looked of pages) {
      rows.push(
        ...(await orBroken(`browser, ${looked.name}`, () => measureOne(browser, session.product.origin, looked))),
      )
      session.say(`browser: ${looked.name}`)
    }
    if (session.options.gate) return rows
    for (const deed of deeds) {
      const looked = pages.find(({ name }) => name === deed.page) as Looked
      const title = `browser, ${deed.page}: ${deed.name}`
      const act = async () => [
        interactionRow(title, await measureDeed(browser, session.product.origin, looked, deed.act)),
      ]
      rows.push(...(await orBroken(title, act)))
    }
    return [...rows, ...(await measureLighthouse(session, pages, port))]
  } finally {
    await browser.close()
  }
}

const orBroken = (title: string, work: () => Promise<Row[]>): Promise<Row[]> =>
  work().catch((error: Error) => [broken(title, error.message.split('\n')[0] ?? '')])

const interactionRow = (title: string, longest: number): Row =>
  atMost(`${title}, 4× CPU`, longest, 100, { unit: 'ms', note: 'longest of the Event Timing API' })

function openBrowser(port: number): Promise<Browser> {
  const quiet = [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ]
  return chromium.launch({ executablePath: chromiumPath(), args: [...quiet, `--remote-debugging-port=${port}`] })
}

/** A page of its own in a slow browser: opened by whose it is, and really that page. */
async function withPage<V>(
  browser: Browser,
  origin: string,
  { path, cookie, marker }: Looked,
  work: (page: Page, devtools: CDPSession, wire: Wire, longest: () => number) => Promise<V>,
): Promise<V> {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, baseURL: origin, locale: 'et-EE' })
  const told: number[] = []
  // Told at once, for a page that is left takes what it has seen with it.
  await context.exposeBinding('benchTell', (_, duration: number) => void told.push(duration))
  await context.addCookies([{ name: 'sid', value: cookie, url: origin, httpOnly: true, sameSite: 'Strict' }])
  await context.addInitScript(observe)
  const page = await context.newPage()
  const devtools = await context.newCDPSession(page)
  try {
    const wire = await countBytes(devtools)
    await devtools.send('Network.emulateNetworkConditions', slow)
    await devtools.send('Emulation.setCPUThrottlingRate', { rate: slower })
    const answer = await page.goto(path, { waitUntil: 'load' })
    await mustBe(page, { status: answer?.status() ?? 0, path, marker })
    // As long as what blocks the page afterwards is counted (performance.md §7).
    await page.waitForTimeout(2500)
    return await work(page, devtools, wire, () => (told.length ? Math.max(...told) : Number.NaN))
  } finally {
    await context.close()
  }
}

/** Throws where it is another page than was meant: an error, the page to sign in, an empty list. */
export async function mustBe(
  page: Pick<Page, 'url' | 'locator'>,
  { status, path, marker }: { status: number; path: string; marker: string },
): Promise<void> {
  if (status !== 200) throw new Error(`${path} was answered with ${status}`)
  const at = new URL(page.url()).pathname
  if (at !== path) throw new Error(`${path} ended at ${at}`)
  if ((await page.locator(marker).count()) === 0) throw new Error(`${path} has no ${marker}`)
}

function measureOne(browser: Browser, origin: string, looked: Looked): Promise<Row[]> {
  return withPage(browser, origin, looked, async (page, _, wire, longest) => {
    const seen = await page.evaluate<Seen>('window.benchSeen')
    const title = `browser, ${looked.name}`
    const rows = [
      atMost(`${title}: first view over the wire`, wire.all / 1000, 60, {
        ...{ unit: 'kB', note: wire.words(), steady: 'exactly' },
      }),
      atMost(`${title}: script over the wire`, wire.script / 1000, 20, { unit: 'kB', steady: 'exactly' }),
      ...figuresOf(title, seen),
    ]
    await interact(page, looked.name)
    return [...rows, interactionRow(`${title}: interaction`, longest())]
  })
}

/** One deed on a fresh page: how long the slowest of its presses took to be seen. */
function measureDeed(browser: Browser, origin: string, looked: Looked, act: (page: Page) => Promise<void>) {
  return withPage(browser, origin, looked, async (page, _devtools, _wire, longest) => {
    await act(page)
    return longest()
  })
}

type Wire = Awaited<ReturnType<typeof countBytes>>

async function countBytes(devtools: CDPSession): Promise<{ all: number; script: number; words: () => string }> {
  const kinds = new Map<string, string>()
  const sums: Record<string, number> = {}
  await devtools.send('Network.enable')
  await devtools.send('Network.setCacheDisabled', { cacheDisabled: true })
  devtools.on('Network.responseReceived', ({ requestId, type }) => kinds.set(requestId, type))
  devtools.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    const kind = kinds.get(requestId) ?? 'Other'
    sums[kind] = (sums[kind] ?? 0) + encodedDataLength
  })
  return {
    get all() {
      return Object.values(sums).reduce((sum, bytes) => sum + bytes, 0)
    },
    get script() {
      return sums.Script ?? 0
    },
    words: () =>
      Object.entries(sums)
        .map(([kind, bytes]) => `${kind} ${Math.round(bytes / 1000)}`)
        .join(', '),
  }
}

/** What one does on such a page with a finger or a key: opens the menu or a choice, and types. */
async function interact(page: Page, name: string): Promise<void> {
  const tap = name === 'form' ? 'input[type=radio]:visible' : 'summary:visible, button:visible'
  await page.locator(tap).first().click({ timeout: 5000 })
  const field = page.locator('textarea:visible, input[type=text]:visible').first()
  if (await field.count()) await field.pressSequentially('näidis', { delay: 60 })
  await page.waitForTimeout(500)
}

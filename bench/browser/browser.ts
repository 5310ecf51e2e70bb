// What does somebody with an old phone and a slow net wait for? A real browser, slowed down, signed in.
import { type Browser, type CDPSession, chromium, type Page } from 'playwright-core'
import { chromiumPath } from '../../test/site.ts'
import { freePort } from '../place/process.ts'
import { atMost, notRun, type Row } from '../rows.ts'
import type { Session } from '../session.ts'
import { measureLighthouse } from './lighthouse.ts'

export type Looked = { name: string; path: string; cookie: string }

// Lighthouse's mobile net: 150 ms there and back, 1.6 Mbit/s down, 0.75 up; a processor four times slower.
const slow = { offline: false, latency: 150, downloadThroughput: 1_600_000 / 8, uploadThroughput: 750_000 / 8 }
const slower = 4

export function pagesOf({ crowd }: Session): Looked[] {
  const [lead, helper] = [crowd.network[0], crowd.volunteers[0]]
  if (!lead || !helper) throw new Error('nobody has signed in')
  return [
    { name: 'list', path: '/cases', cookie: lead.cookie },
    { name: 'case', path: `/cases/${crowd.cases[0]}`, cookie: lead.cookie },
    { name: 'form', path: '/support/visits/new', cookie: helper.cookie },
  ]
}

export async function measureBrowser(session: Session): Promise<Row[]> {
  const port = await freePort()
  const browser = await openBrowser(port).catch((error: Error) => error)
  if (browser instanceof Error) return [notRun('browser', browser.message.split('\n')[0] ?? '')]
  try {
    const rows: Row[] = []
    for (const looked of pagesOf(session)) {
      rows.push(...(await measureOne(browser, session.product.origin, looked)))
      session.say(`browser: ${looked.name}`)
    }
    return [...rows, ...(await measureLighthouse(session, pagesOf(session), port))]
  } finally {
    await browser.close()
  }
}

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

async function measureOne(browser: Browser, origin: string, { name, path, cookie }: Looked): Promise<Row[]> {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, baseURL: origin, locale: 'et-EE' })
  await context.addCookies([{ name: 'sid', value: cookie, url: origin, httpOnly: true, sameSite: 'Strict' }])
  await context.addInitScript(observe)
  const page = await context.newPage()
  const devtools = await context.newCDPSession(page)
  try {
    const wire = await countBytes(devtools)
    await devtools.send('Network.emulateNetworkConditions', slow)
    await devtools.send('Emulation.setCPUThrottlingRate', { rate: slower })
    await page.goto(path, { waitUntil: 'load' })
    await page.waitForTimeout(1500)
    const seen = await page.evaluate<Seen>('window.benchSeen')
    const interaction = await interact(page, name)
    const title = `browser, ${name}`
    return [
      atMost(`${title}: first view over the wire`, wire.all / 1000, 60, { unit: 'kB', note: wire.words() }),
      atMost(`${title}: script over the wire`, wire.script / 1000, 20, { unit: 'kB' }),
      atMost(`${title}: LCP, Slow 4G and 4× CPU`, seen.lcp / 1000, 1.2, { unit: 's' }),
      atMost(`${title}: CLS`, seen.cls, 0.02, { unit: '' }),
      atMost(`${title}: interaction at 4× CPU`, interaction, 100, {
        unit: 'ms',
        note: 'longest of the Event Timing API',
      }),
    ]
  } finally {
    await context.close()
  }
}

type Seen = { lcp: number; cls: number; longest: number }

// Runs in the page before anything of ours does.
const observe = `
  window.benchSeen = { lcp: 0, cls: 0, longest: 0 };
  const watch = (type, take, more) => new PerformanceObserver((list) => list.getEntries().forEach(take)).observe({ type, buffered: true, ...more });
  watch('largest-contentful-paint', (entry) => { benchSeen.lcp = entry.startTime });
  watch('layout-shift', (entry) => { if (!entry.hadRecentInput) benchSeen.cls += entry.value });
  watch('event', (entry) => { if (entry.interactionId) benchSeen.longest = Math.max(benchSeen.longest, entry.duration) }, { durationThreshold: 16 });
`

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
async function interact(page: Page, name: string): Promise<number> {
  const tap = name === 'form' ? 'input[type=radio]:visible' : 'summary:visible, button:visible'
  const first = page.locator(tap).first()
  if (await first.count()) await first.click({ timeout: 5000 })
  const field = page.locator('textarea:visible, input[type=text]:visible').first()
  if (await field.count()) await field.pressSequentially('näidis', { delay: 60 })
  await page.waitForTimeout(500)
  return page.evaluate<number>('window.benchSeen.longest')
}

// How fast is the page without network on a slow phone, how long do two hundred entries take, and how much does it all weigh?
import { randomUUID } from 'node:crypto'
import { request } from 'node:http'
import { type BrowserContext, chromium, type Page } from 'playwright-core'
import { today } from '../../app/core/clock.server.ts'
import { chromiumPath } from '../../test/site.ts'
import { median } from '../load/numbers.ts'
import { atMost, notRun, type Row, told } from '../rows.ts'
import type { Session } from '../session.ts'

const [pin, slower, entries] = ['bench-246810', 4, 200]

export async function measureField(session: Session): Promise<Row[]> {
  const browser = await chromium
    .launch({ executablePath: chromiumPath(), args: ['--no-sandbox', '--disable-gpu'] })
    .catch((error: Error) => error)
  if (browser instanceof Error) return [notRun('field', browser.message.split('\n')[0] ?? '')]
  try {
    const { origin } = session.product
    const context = await browser.newContext({
      viewport: { width: 390, height: 844 },
      baseURL: origin,
      locale: 'et-EE',
    })
    const [helper] = session.crowd.volunteers
    if (!helper) throw new Error('no support person has signed in')
    await context.addCookies([{ name: 'sid', value: helper.cookie, url: origin, httpOnly: true, sameSite: 'Strict' }])
    const page = await context.newPage()
    await makeReady(page)
    const weight = await weigh(page, origin)
    const saved = await saveVisits(context, page, session.options.quick ? 5 : 15)
    session.say('field: saved')
    const sent = await sendMany(context, page)
    return [
      atMost('field: the page that works without network, packed, in all', weight.packed / 1000, 120, { unit: 'kB' }),
      told('field: the same unpacked on the device', weight.plain / 1000, { unit: 'kB' }),
      atMost('field: a visit saved without network, 4× CPU, median', median(saved), 100, { unit: 'ms' }),
      atMost('field: the slowest of them', Math.max(...saved), 100, { unit: 'ms' }),
      atMost(`field: ${entries} entries sent, 4× CPU`, sent.seconds, 5, { unit: 's', note: `${sent.left} left` }),
    ]
  } finally {
    await browser.close()
  }
}

async function makeReady(page: Page): Promise<void> {
  await page.goto('/field')
  await page.locator('#pin').fill(pin)
  await page.locator('#pinAgain').fill(pin)
  await page.locator('form[data-form="setup"] button[type="submit"]').click()
  await page.locator('[data-list="cards"] details').first().waitFor({ state: 'attached', timeout: 60_000 })
  await page.evaluate('navigator.serviceWorker.ready.then(() => true)')
}

type Weight = { packed: number; plain: number }

/** Every file that the worker keeps, and the worker: as it comes over the wire, and as it lies there. */
async function weigh(page: Page, origin: string): Promise<Weight> {
  const kept = await page.evaluate<string[]>(`(async () => {
    const names = await caches.keys()
    const all = await Promise.all(names.map(async (name) => (await (await caches.open(name)).keys()).map(({ url }) => new URL(url).pathname)))
    return all.flat()
  })()`)
  const sum = { packed: 0, plain: 0 }
  for (const path of ['/field/worker.js', '/field/app.webmanifest', ...kept]) {
    sum.packed += await bytesOf(`${origin}${path}`, 'br')
    sum.plain += await bytesOf(`${origin}${path}`, 'identity')
  }
  return sum
}

// A browser would unpack it before it is counted.
function bytesOf(url: string, encoding: string): Promise<number> {
  const headers = { 'accept-encoding': encoding, 'sec-fetch-site': 'same-origin' }
  return new Promise((done, failed) => {
    request(url, { headers }, (answer) => {
      let bytes = 0
      answer.on('data', (part: Buffer) => {
        bytes += part.length
      })
      answer.on('end', () => done(bytes))
    })
      .on('error', failed)
      .end()
  })
}

// From the finger on the button to the entry that is on the disk and on the screen.
async function saveVisits(context: BrowserContext, page: Page, times: number): Promise<number[]> {
  const devtools = await context.newCDPSession(page)
  await context.setOffline(true)
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: slower })
  const taken: number[] = []
  for (let nth = 0; nth < times; nth++) {
    await page.locator('[data-do="visit"]').click()
    await page.locator('input[name="way"][value="meeting"]').check()
    await page.locator('input[name="minutes"][value="60"]').check()
    await page.locator('textarea[name="note"]').fill('Näidis-märge, paar lauset pikk, nagu telefonis kirjutatakse.')
    taken.push(
      await page.evaluate<number>(`new Promise((done) => {
        const home = document.querySelector('[data-screen="home"]')
        const began = performance.now()
        new MutationObserver(() => home.hidden || done(performance.now() - began)).observe(home, { attributes: true })
        document.querySelector('form[data-form="visit"]').requestSubmit()
      })`),
    )
  }
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: 1 })
  return taken
}

/** As many as a month of a very busy person: written without network, then sent in one go. */
async function sendMany(context: BrowserContext, page: Page): Promise<{ seconds: number; left: number }> {
  const day = today()
  for (let nth = 0; nth < entries; nth++) {
    if (nth % 50 === 0) await page.waitForTimeout(100)
    await page.evaluate(`document.querySelector('[data-do="visit"]').click()`)
    await page.locator('[data-screen="visit"]').waitFor()
    await page.evaluate(`(() => {
      document.querySelector('input[name="way"][value="phone"]').checked = true
      document.querySelector('input[name="minutes"][value="15"]').checked = true
      document.querySelector('textarea[name="note"]').value = 'Näidis ${nth} ${day} ${randomUUID()}'
      document.querySelector('form[data-form="visit"]').requestSubmit()
    })()`)
    await page.locator('[data-screen="home"]').waitFor()
  }
  const sent = page.evaluate<number>(`new Promise((done) => {
    const told = document.querySelector('[data-put="sync"]')
    let began = 0
    window.addEventListener('online', () => { began = performance.now() }, { capture: true })
    new MutationObserver(() => began && /Kõik on saadetud/.test(told.textContent) && done(performance.now() - began))
      .observe(told, { childList: true, characterData: true, subtree: true })
  })`)
  const devtools = await context.newCDPSession(page)
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: slower })
  await context.setOffline(false)
  const seconds = (await sent) / 1000
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: 1 })
  return { seconds, left: Number(await page.locator('[data-list="refused"] > *').count()) }
}

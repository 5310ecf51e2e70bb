// Does the whole journey work, from the coordinator's workbook to the accepted report, in a real browser?
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { standAt, today } from '../app/core/clock.server.ts'
import { monthEnd, nextMonth } from '../app/support/report/month-report.ts'
import { type Cast, type CastName, openCast } from './cast.ts'
import { expectAccessible, openSite, type Site } from './site.ts'
import { coverCountry } from './whole-country.ts'

let cast: Cast
let site: Site
const thisMonth = today().slice(0, 7)

beforeAll(async () => {
  cast = await openCast()
  await coverCountry(cast)
  site = await openSite(cast)
}, 120_000)
afterAll(async () => {
  standAt(null)
  await site.close()
  await cast.close()
})

type How = { scripts: boolean }

/** Something one person does; every page on the way is looked at on a desk and on a phone. */
async function as(who: CastName, { scripts }: How, width: 390 | 1280, what: (page: Page) => Promise<void>) {
  const page = await site.as(who, { width, scripts })
  await what(page)
  await page.context().close()
}

async function look(page: Page, { scripts }: How): Promise<void> {
  // The checker is a script itself; without scripts the same pages are walked, not measured.
  if (!scripts) return
  const before = page.viewportSize()
  for (const width of [390, 1280]) {
    await page.setViewportSize({ width, height: 900 })
    await expectAccessible(page)
  }
  if (before) await page.setViewportSize(before)
}

const one = async <Row>(query: string, values: unknown[] = []): Promise<Row> =>
  (await cast.admin.query(query, values)).rows[0] as Row
const press = (page: Page, name: string) => page.getByRole('button', { name }).first().click()

async function bringWorkbook(page: Page, how: How): Promise<void> {
  await page.goto('/imports')
  await page.setInputFiles('#file', 'test/data/koordinaatori-tabel-a.xlsx')
  await page.click('main button:has-text("Loe sisse")')
  await page.waitForURL(/\/imports\/[0-9a-f-]{36}$/)
  await look(page, how)
  await page.click('label:has-text("Jrk 13") >> nth=0')
  await page.click('label:has-text("Lisa uus juhendaja") >> nth=0')
  await page.fill('input[id="email.0"]', 'juhendaja.a@naidis.example')
  await page.click('button:has-text("Võta üle")')
  await page.waitForSelector('h1:has-text("Töövihik on üle võetud")')
  await look(page, how)
}

/** An open need for which Lou may be asked; every page of matching is offered from the one before. */
async function chooseLou(page: Page, how: How): Promise<string> {
  await page.goto('/matching')
  await page.waitForSelector('text=Tõestatud parim', { timeout: 60_000 })
  await look(page, how)
  const { rows } = await cast.admin.query<{ id: string }>(
    `select id from need where status = 'open' and county_code = '0045' and language in ('et', 'ru') order by number`,
  )
  for (const { id } of rows) {
    await page.goto(`/matching/${id}`)
    await page.waitForSelector('table')
    const offer = page.locator(`a[href="/matching/${id}/assign/${cast.volunteer}"]`)
    if ((await offer.count()) === 0) continue
    await look(page, how)
    await offer.first().click()
    await page.waitForSelector('h1:has-text("Määra tugiisik")')
    return id
  }
  throw new Error('nobody could be asked')
}

async function askLou(page: Page, how: How): Promise<void> {
  await chooseLou(page, how)
  await look(page, how)
  await page.fill('[name=rationale]', 'Räägib kannatanu keelt ja elab lähedal.')
  const why = page.locator('[name=overrideReason]')
  if (await why.count()) await why.fill('Kannatanu on temaga juba rääkinud.')
  await press(page, 'Küsi tugiisikult')
  await page.waitForURL(/\/assignments\/[0-9a-f-]{36}$/)
  await look(page, how)
}

async function accept(page: Page, how: How): Promise<void> {
  await page.goto('/')
  expect(await page.textContent('h1')).toBe('Tere, Lou.')
  expect(await page.textContent('main')).toContain('vasta, kas saad toetada')
  await look(page, how)
  await page.click('a:has-text("Vaata ja vasta")')
  await look(page, how)
  await press(page, 'Nõustun toetama')
  // Without the promise that there is no conflict nothing happens.
  await page.waitForSelector('.govuk-error-summary')
  await page.getByLabel('Kinnitan, et minu teada').check()
  await press(page, 'Nõustun toetama')
  await page.waitForURL(/\/assignments\/[0-9a-f-]{36}$/)
  await look(page, how)
}

async function logVisit(page: Page, how: How): Promise<void> {
  await page.goto('/')
  await page.getByRole('link', { name: 'Lisa kohtumine' }).click()
  await page.waitForURL(/\/support\/visits\/new/)
  await look(page, how)
  const cases = page.locator('input[name=assignment][type=radio]')
  if (await cases.count()) await cases.last().check()
  await page.getByLabel('Täna', { exact: false }).check()
  await page.getByLabel('Kohtumine', { exact: true }).check()
  await page.getByLabel('60 min', { exact: true }).check()
  await page.getByLabel('Lühike märkus').fill('Käisime koos perearsti juures.')
  await press(page, 'Salvesta kohtumine')
  await page.waitForURL(/\/support\/visits\?month=/)
  await look(page, how)
}

async function handIn(page: Page, how: How, month: string): Promise<void> {
  await page.goto('/')
  await page.click(`a[href="/support/reports/${month}"]`)
  await look(page, how)
  await page.fill('[name=summary]', 'Kuu läks rahulikult.')
  await page.getByLabel('Ei vaja').check()
  await press(page, 'Esita juhendajale')
  await page.waitForSelector('text=Aruanne on juhendaja käes.')
  await look(page, how)
}

async function approve(page: Page, how: How): Promise<void> {
  await page.goto('/')
  await look(page, how)
  await page.locator('a[href^="/supervision/reports/"]').first().click()
  await page.waitForURL(/\/supervision\/reports\//)
  await look(page, how)
  await page.getByLabel('Kinnitan').check()
  await page.fill('[name=remark]', 'Aitäh, hea et saatsid perearsti juurde.')
  await press(page, 'Saada otsus')
  await page.waitForSelector('text=Aruanne on kinnitatud.')
}

/** Begins the report, opens a figure's rows, writes, submits; the answer is where the report stands. */
async function report(page: Page, how: How, month: string): Promise<string> {
  await page.goto('/')
  await look(page, how)
  await page.goto('/reports/new')
  await look(page, how)
  await page.check(`input[name=period][value="${month}"]`)
  await press(page, 'Alusta aruannet')
  await page.waitForURL(/\/reports\/[0-9a-f-]{36}$/)
  const address = new URL(page.url()).pathname
  await look(page, how)
  const rows = page.locator(`main a[href^="${address}/figures/contacts"]`).first()
  await rows.click()
  await page.waitForURL(/\/figures\/contacts/)
  expect(await page.locator('main tbody tr').count()).toBeGreaterThan(0)
  await look(page, how)
  await page.goto(`${address}/text`)
  await page.fill('[name=ownText]', 'Kuu jooksul alustas üks tugiisik uut tuge.')
  await press(page, 'Salvesta tekst')
  await page.waitForURL(new RegExp(`${address}$`))
  await page.goto(`${address}/submit`)
  await look(page, how)
  await press(page, 'Esita aruanne')
  await page.waitForURL(new RegExp(`${address}$`))
  return address
}

async function takeReport(page: Page, how: How, address: string): Promise<void> {
  await page.goto('/')
  await look(page, how)
  await page.locator(`main a[href="${address}"]`).first().click()
  await look(page, how)
  // Whoever may not see the rows finds no way to them.
  expect(await page.locator('main a[href*="/figures/"]').count()).toBe(0)
  await page.goto(`${address}/accept`)
  await press(page, 'Võta aruanne vastu')
  await page.waitForSelector('text=Aruanne on vastu võetud.')
}

const noonOf = (day: string) => standAt(new Date(`${day}T12:00:00Z`))

async function journey(how: How, month: string): Promise<void> {
  await as('kim', how, 1280, (page) => askLou(page, how))
  await as('lou', how, 390, (page) => accept(page, how))
  await as('lou', how, 390, (page) => logVisit(page, how))
  noonOf(monthEnd(month))
  await as('lou', how, 390, (page) => handIn(page, how, month))
  await as('sirje', how, 1280, (page) => approve(page, how))
  noonOf(`${nextMonth(month)}-02`)
  let address = ''
  await as('kim', how, 1280, async (page) => {
    address = await report(page, how, month)
  })
  await as('peep', how, 1280, (page) => takeReport(page, how, address))
  const { status } = await one<{ status: string }>('select status from period_report where period = $1', [month])
  expect(status).toBe('accepted')
}

test('the workbook becomes needs, a need becomes support, and support becomes the accepted report', async () => {
  const how = { scripts: true }
  await as('kim', how, 1280, (page) => bringWorkbook(page, how))
  await journey(how, thisMonth)
  await as('lou', how, 390, async (page) => {
    await page.goto('/')
    expect(await page.textContent('main')).toContain('Aitäh, hea et saatsid perearsti juurde.')
  })
}, 600_000)

test('the next month, the same without scripts', async () => {
  await journey({ scripts: false }, nextMonth(thisMonth))
}, 300_000)

// What does a supervisor press, step by step, in the journey through her month?
import type { Page } from 'playwright-core'
import { formatDate } from '../app/i18n/format.ts'
import type { Cast } from './cast.ts'
import { lastDays } from './sample.ts'
import { look } from './site.ts'

/** Each page that matters is looked at on a phone and on a desk. */
export async function both(page: Page, name: string): Promise<void> {
  const before = page.viewportSize()
  for (const width of [390, 1280]) {
    await page.setViewportSize({ width, height: 900 })
    await look(page, `month-${name}-${width}`)
  }
  if (before) await page.setViewportSize(before)
}
export const press = (page: Page, name: string) => page.getByRole('button', { name }).first().click()
export const main = async (page: Page) => (await page.textContent('main')) ?? ''
export const said = (page: Page, words: string) => page.getByText(words).first().waitFor()

export async function askHelp(page: Page): Promise<void> {
  await page.goto('/support/help')
  await press(page, 'Teata juhendajale')
  await said(page, 'Teade on saadetud')
}

export async function answerWorry(page: Page, words: string): Promise<void> {
  await page.locator('main a[href^="/concerns/"]').first().click()
  await press(page, 'Märgi nähtuks')
  await page.getByRole('link', { name: 'Kirjuta, mida tehti' }).click()
  await page.getByLabel('Mida tehti').fill(words)
  await press(page, 'Salvesta vastus')
  await said(page, 'Vastus on salvestatud.')
  await press(page, 'Märgi lahendatuks')
  await said(page, 'Mure on lahendatud.')
}

/** A small round: half of them would have to be wanting to be noticed, with 80 %. */
export const span = lastDays(40, { percent: '50', confidence: '80' })

export async function drawAsSirje(page: Page): Promise<void> {
  await page.goto('/supervision')
  await page.getByRole('link', { name: 'Ülevaatused' }).click()
  await page.getByRole('link', { name: 'Uus ülevaatus' }).click()
  await page.fill('#fromOn', formatDate(span.fromOn))
  await page.fill('#toOn', '31.02.2026')
  await press(page, 'Arvuta')
  await page.locator('.govuk-error-message').first().waitFor()
  await page.fill('#toOn', formatDate(span.toOn))
  await page.fill('#percent', span.percent)
  await page.fill('#confidence', span.confidence)
  await press(page, 'Arvuta')
  await said(page, 'Sissekandeid on 22, kirjutajaid 1. Loosiga vaadatakse 2.')
  await both(page, 'plan')
  await press(page, 'Loosi 2 sissekannet')
  await said(page, 'Loos on tehtud.')
}

export const choose = async (page: Page, answers: readonly string[]) => {
  for (const [nth, answer] of answers.entries())
    await page.locator(`input[name=answer${nth + 1}][value=${answer}]`).check()
}

/** Who was written to of a duty that moved. */
export async function toldOfDuties(cast: Cast): Promise<string[]> {
  const { rows } = await cast.admin.query<{ name: string }>(
    `select distinct p.name from mail_outbox m join person p on p.id = m.person_id where m.unique_key like 'duty/%' order by 1`,
  )
  return rows.map(({ name }) => name)
}

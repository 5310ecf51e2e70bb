// What does somebody do on the pages of a case, from the referral to the end of a meeting, as a person would?
import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { addDays, mondayOf } from '../app/core/calendar/working-days.ts'
import { today } from '../app/core/clock.server.ts'
import { formatDate } from '../app/i18n/format.ts'
import { typed } from './cases.ts'
import { look } from './site.ts'

export type Case = { id: string; number: string }

/** Looks at the page at both widths. */
export async function lookTwice(page: Page, name: string): Promise<void> {
  const before = page.viewportSize()
  for (const width of [390, 1280]) {
    await page.setViewportSize({ width, height: 900 })
    await look(page, `${name}-${width}`)
  }
  if (before) await page.setViewportSize(before)
}
export const press = (page: Page, name: string | RegExp) => page.getByRole('button', { name }).first().click()
export const follow = (page: Page, name: string | RegExp) => page.getByRole('link', { name }).first().click()
export const says = (page: Page, text: string | RegExp) => page.getByText(text).first().waitFor()
export const write = (page: Page, label: string | RegExp, words: string) =>
  page.getByRole('textbox', { name: label }).first().fill(words)

/** Opens what one line of a list leads to. */
export const lineOf = (page: Page, text: string) =>
  page.getByRole('listitem').filter({ hasText: text }).getByRole('link').first().click()

/** Every page of the referral with what is typed there: boxes, lists and buttons by their names. */
export async function refer(page: Page): Promise<Case> {
  await page.goto('/cases/new')
  await press(page, 'Alusta')
  for (const answers of Object.values(typed)) {
    for (const [name, value] of Object.entries(answers)) {
      const field = page.locator(`[name="${name}"]`)
      const [kind, tag] = [
        await field.first().getAttribute('type'),
        await field.first().evaluate((one) => one.nodeName),
      ]
      if (tag === 'SELECT') await field.selectOption(value)
      else if (kind === 'radio') await page.locator(`[name="${name}"][value="${value}"]`).check({ force: true })
      else if (kind === 'checkbox') await field.first().check({ force: true })
      else await field.fill(value)
    }
    await press(page, 'Edasi')
  }
  await press(page, 'Esita juhtum')
  const number = (await page.getByRole('heading', { level: 1, name: /^M-\d{4}-\d{3}$/ }).textContent()) ?? ''
  return { number, id: new URL(page.url()).pathname.split('/')[2] ?? '' }
}

/** One question is a yes, the others are a no. */
export async function assess(page: Page, { id }: Case): Promise<void> {
  await page.goto(`/cases/${id}/assess`)
  await page
    .getByRole('group', { name: /koos kannatanuga/ })
    .getByLabel('Jah')
    .check()
  const [yes, no] = ['yes', 'no'].map((value) => page.locator(`input[name^="answers."][value=${value}]`))
  for (let nth = 0; nth < 24; nth++) await (nth === 5 ? yes : no)?.nth(nth).check({ force: true })
  await press(page, 'Salvesta lõplikuna')
  await page.waitForURL(/\/cases\/[^/]+\/?(risk)?$/)
}

/** Lea calls a meeting of today that Mall chairs, asks the victim and closes the agenda. */
export async function prepare(page: Page, { number }: Case, wish: string): Promise<string> {
  await page.goto('/meetings/new')
  await write(page, 'Kuupäev', formatDate(today()))
  await page.getByLabel('Juhataja').selectOption({ label: 'Mall Näidis-Maasik' })
  await press(page, 'Lisa kohtumine')
  await page.waitForURL(/\/meetings\/[0-9a-f-]{36}$/)
  const meeting = new URL(page.url()).pathname
  await press(page, 'Saada kutse tuumikule')
  if ((await page.getByRole('link', { name: number, exact: true }).count()) === 0) {
    await follow(page, 'Lisa juhtum päevakorda')
    await page.getByLabel('Juhtum', { exact: true }).selectOption({ label: number })
    await write(page, 'Miks on vaja seda arutada?', 'Näidis: vaatame üle, mis tehtud sai.')
    await press(page, 'Lisa päevakorda')
  }
  await says(page, 'Kannatanu arvamus on puudu')
  await follow(page, new RegExp(`Pane kirja ${number}`))
  await lookTwice(page, 'view')
  await page.getByLabel('Küsiti', { exact: true }).check()
  await write(page, 'Mida ta tahab?', wish)
  await write(page, 'Millal?', formatDate(today()))
  await page.getByLabel('Kuidas?').selectOption({ label: 'Helistamine' })
  await press(page, 'Salvesta arvamus')
  await says(page, 'Kannatanu arvamus on kirjas.')
  expect(await page.getByText('Kannatanu arvamus on puudu').count()).toBe(0)
  await lookTwice(page, 'agenda')
  await press(page, 'Sulge päevakord')
  return meeting
}

/** Mall finds on the first page that the police have not answered, and confirms that she keeps silence. */
export async function answer(page: Page, { id }: Case, meeting: string, words: string | null): Promise<void> {
  await page.goto('/')
  await says(page, /ootab kohtumine sinu asutuse vastust/)
  await page.goto(`${meeting}/research/${id}`)
  await page.getByLabel(words ? 'On' : 'Ei ole midagi teada', { exact: true }).check()
  if (words) {
    await write(page, 'Mis on teada?', words)
    await write(page, 'Miks on seda teistel vaja teada?', 'Näidis: aitab valida ohutu aja.')
  }
  await press(page, 'Salvesta vastus')
  await says(page, 'Vastus on kirjas.')
  await pledge(page, meeting)
}
async function pledge(page: Page, meeting: string): Promise<void> {
  await page.goto(`${meeting}/pledge`)
  await page.getByLabel('Kinnitan, et hoian').check()
  await press(page, 'Kinnita')
  await says(page, 'Kinnitus on kirjas.')
}

type Held = { meeting: string; wish: string; actions: { who: RegExp; what: string }[]; outcome: string }
/** Lea holds the meeting: who is there, what she wants, what the police know, actions, the decision. */
export async function hold(page: Page, of: Case, { meeting, wish, actions, outcome }: Held): Promise<void> {
  await page.goto(meeting)
  await press(page, 'Alusta kohtumist')
  await press(page, 'Märgi kohal')
  await pledge(page, meeting)
  await page.goto(`${meeting}/live/${of.id}`)
  await says(page, wish)
  for (const { who, what } of actions) {
    await follow(page, 'Lisa tegevus')
    await write(page, 'Mida tehakse?', what)
    await write(page, 'Millest on näha', 'Näidis: on kirjas')
    const label = (await page.getByLabel('Kes teeb?').locator('option').allTextContents()).find((one) => who.test(one))
    await page.getByLabel('Kes teeb?').selectOption({ label: label ?? '' })
    await write(page, 'Mis päevaks?', formatDate(addDays(today(), 5)))
    await page.getByLabel('Ei võeta ühendust').check()
    await press(page, 'Salvesta tegevus')
    await says(page, what)
  }
  await page.getByLabel(outcome, { exact: true }).check()
  await write(page, 'Mida otsustati?', `Näidis: ${outcome}`)
  await write(page, 'Miks nii?', 'Näidis: nii on talle ohutum')
  await lookTwice(page, 'live')
  await press(page, /^Salvesta/)
  await says(page, 'Otsus on kirjas.')
  await page.goto(meeting)
  await press(page, 'Lõpeta kohtumine')
  await tellHer(page, of)
}

/** What was decided is told to her in a way that the guard lets pass. */
async function tellHer(page: Page, { number }: Case): Promise<void> {
  await page.goto('/')
  await lineOf(page, `${number}: anna kannatanule teada`)
  await page.getByLabel('Helistamine').check()
  await write(page, 'Mis päeval?', formatDate(addDays(mondayOf(today()), 7)))
  await write(page, 'Mis kell?', '9.00')
  await press(page, 'Salvesta kontakt')
  await says(page, 'See ei ole kokkulepitud viis või aeg')
  await write(page, 'Mis kell?', '10.30')
  await press(page, 'Salvesta kontakt')
  await says(page, 'Kontakt on plaanitud.')
  await page.goto('/')
  await lineOf(page, `${number}: anna kannatanule teada`)
  await end(page, 'tehtud', 'Näidis: ta teab, mis edasi saab')
}
export async function end(page: Page, how: string, words: string): Promise<void> {
  await page.getByLabel(how, { exact: true }).check()
  await write(page, 'Kirjelda lühidalt', words)
  await press(page, 'Salvesta tulemus')
  await says(page, 'Tulemus on kirjas.')
}

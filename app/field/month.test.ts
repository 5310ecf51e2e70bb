// Is a month in a support person's life whole – written with and without network, read, paid, counted – on the phone that she has?
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Field, makeReady, openField, screen, secrets, signInOn, unlock } from '../../test/phone.ts'
import { pictureOf } from '../../test/pictures.ts'
import { look } from '../../test/site.ts'
import { addDays } from '../core/calendar/working-days.ts'
import { standAt, today } from '../core/clock.server.ts'
import { formatDate, formatMonth } from '../i18n/format.ts'
import { nextMonth } from '../support/report/month-report.ts'
import { sendMessage } from '../volunteers/message/messages.server.ts'

const real = today()
const thisMonth = real.slice(0, 7)
const month = nextMonth(thisMonth, -1)
const on = (day: string) => `${month}-${day}`

let field: Field
let phone: Page
beforeAll(async () => {
  field = await openField()
  await field.cast.admin.query('update assignment set start_on = $1', [addDays(`${month}-01`, -40)])
  phone = await field.site.as(null, { width: 390 })
  // That a network is not there is no fault of ours.
  phone.removeAllListeners('console')
  phone.setDefaultTimeout(15_000)
  await phone.clock.install({ time: noonOf(on('03')) })
  await stand(on('03'))
}, 60_000)
afterAll(async () => {
  standAt(null)
  await field.close()
})

const noonOf = (day: string) => new Date(`${day}T10:00:00Z`)

/** It is this day, for the server and for the phone. */
async function stand(day: string): Promise<void> {
  standAt(noonOf(day))
  await phone.clock.setSystemTime(noonOf(day))
}

const offline = (there: boolean) => phone.context().setOffline(there)

/** The phone was in a pocket for days; whoever takes it up finds it locked. */
async function takeUp(day: string): Promise<void> {
  await phone.getByRole('button', { name: 'Lukusta kohe' }).click()
  await screen(phone, 'locked').waitFor()
  await stand(day)
  // A button takes no second press within a second.
  await phone.clock.runFor(1_500)
  await unlock(phone)
  await screen(phone, 'home').waitFor()
}

type Visit = { day: 'today' | 'yesterday' | { on: string }; way: string; minutes: string; note: string }

async function write({ day, way, minutes, note }: Visit): Promise<void> {
  await phone.getByRole('button', { name: 'Lisa kohtumine' }).click()
  const form = phone.locator('form[data-form="visit"]')
  await form.locator(`input[name="day"][value="${typeof day === 'string' ? day : 'own'}"]`).check()
  if (typeof day !== 'string') await form.getByLabel('Kuupäev').fill(formatDate(day.on))
  await form.locator(`input[name="way"][value="${way}"]`).check()
  await form.locator(`input[name="minutes"][value="${minutes}"]`).check()
  await form.locator('textarea[name="note"]').fill(note)
  await form.getByRole('button', { name: 'Salvesta kohtumine' }).click()
  await screen(phone, 'home').waitFor()
}

const home = (text: string | RegExp) => screen(phone, 'home').getByText(text).first().waitFor()
const visits = async () => (await field.cast.admin.query('select on_date::text as day from visit order by 1')).rows

test('she signs in, takes her phone as a notebook, and it opens where there is no network', async () => {
  await phone.goto('/demo')
  await phone.locator('.tv-card', { hasText: 'Lou Näidis-Lepik' }).getByRole('button').click()
  await phone.getByRole('heading', { name: 'Tere, Lou.' }).waitFor()
  await phone.getByText('Kohtumisi ei ole veel kirjas').waitFor()
  await phone.getByRole('link', { name: 'Märkmik, mis töötab ka võrguta' }).click()
  await phone.getByRole('heading', { name: 'Pane seade valmis' }).waitFor()
  await makeReady(phone)
  await offline(true)
  await phone.reload()
  await phone.getByRole('heading', { name: 'Märkmik on lukus' }).waitFor()
  await unlock(phone)
  await home(/^Kõik on saadetud kell \d\d\.\d\d\. Võrku praegu ei ole\.$/)
  for (const words of [field.of.number, secrets.task, secrets.safety, `alates ${formatDate(addDays(on('01'), -40))}`])
    await home(words)
}, 60_000)

test('for ten days she has no network: each visit is kept and counted where she is', async () => {
  await write({ day: 'today', way: 'meeting', minutes: '60', note: 'Käisime perearsti juures.' })
  await home('1 kirje ootab saatmist. Võrku praegu ei ole.')
  await takeUp(on('08'))
  await write({ day: 'yesterday', way: 'phone', minutes: '30', note: 'Rääkisime turvaplaani läbi.' })
  await takeUp(on('12'))
  await write({ day: { on: on('10') }, way: 'accompanying', minutes: '90', note: 'Saatsin kohtusse.' })
  await home('3 kirjet ootab saatmist. Võrku praegu ei ole.')
  await home('Kontakte 3 · tunde 3')
  for (const line of [
    `${formatDate(on('03'))} · ${field.of.number} · Kohtumine · 60 min – saatmata`,
    `${formatDate(on('07'))} · ${field.of.number} · Telefon · 30 min – saatmata`,
    `${formatDate(on('10'))} · ${field.of.number} · Kaasas käimine · 90 min – saatmata`,
  ])
    await home(line)
  await look(phone, 'month-offline')
  expect(await visits()).toEqual([])
}, 60_000)

test('where there is network again all of it goes at once, and stands on her page too', async () => {
  await takeUp(on('13'))
  await offline(false)
  await home(/^Kõik on saadetud kell \d\d\.\d\d\.$/)
  await home('Kontakte 3 · tunde 3')
  expect(await visits()).toEqual(['03', '07', '10'].map((day) => ({ day: on(day) })))
  await phone.goto('/')
  await phone.getByText('3 kohtumist · 3 tundi').waitFor()
}, 60_000)

test('her supervisor reads an entry and says a word about it, and she sees it', async () => {
  const desk = await field.site.as('sirje', { width: 1280 })
  await desk.goto('/supervision/entries')
  await desk.getByRole('link', { name: `${formatDate(on('10'))}, ${field.of.number}` }).click()
  await desk.getByText('Saatsin kohtusse.').waitFor()
  await desk.getByLabel('Mõni sõna tugiisikule').fill('Hea, et sa kaasas käisid.')
  await desk.getByRole('button', { name: 'Märgi loetuks' }).click()
  await desk.getByText('Sissekanne on loetud ja tugiisik näeb seda.').waitFor()
  await desk.context().close()
  await phone.goto('/')
  await phone.getByText('Sissekanne on loetud – Sirje Näidis-Saar').waitFor()
  await phone.getByRole('link', { name: 'Loe, mida ta ütles' }).click()
  await phone.getByText('„Hea, et sa kaasas käisid.“').waitFor()
  await look(phone, 'month-reply')
}, 60_000)

test('a message is read, and what she paid is claimed with a photo of the ticket', async () => {
  const words = { etTitle: 'Kohtume neljapäeval', etBody: 'Tere.\n\nKohtume neljapäeval kell 17.' }
  await sendMessage.run(field.cast.kim, { county: '0045', status: 'active', ...words, count: 1 })
  await phone.goto('/')
  await phone.getByText('Sulle on sõnum').waitFor()
  await phone.getByRole('link', { name: 'Kohtume neljapäeval' }).click()
  await phone.getByText('Kohtume neljapäeval kell 17.').waitFor()
  await phone.getByRole('button', { name: 'Olen lugenud' }).click()
  await phone.getByText('Aitäh. Sõnum on loetud.').waitFor()

  await phone.goto('/my-profile')
  await phone.getByRole('link', { name: 'Minu kulud' }).click()
  await phone.getByRole('link', { name: 'Lisa kulu' }).click()
  await phone.getByLabel('Buss, rong või takso').check()
  await phone.getByLabel('Summa').fill('4,20')
  await phone.getByLabel('Milleks?').fill('Sõit kohtusse')
  const photo = { name: 'IMG_2041.jpg', mimeType: 'image/jpeg', buffer: await pictureOf('jpeg', { turned: 6 }) }
  await phone.getByLabel('Kviitung').setInputFiles(photo)
  await phone.getByRole('button', { name: 'Saada', exact: true }).click()
  await phone.getByText('Kulu on saadetud.').waitFor()
  await phone.getByText('4,20').first().waitFor()
  await phone.getByText('Ootab', { exact: true }).waitFor()
  await look(phone, 'month-expenses')
}, 60_000)

test('she says what she does not do and when she is away', async () => {
  await phone.goto('/my-limits')
  await phone.getByLabel('Tööpäeval pärast kella 17').check()
  await phone.getByRole('button', { name: 'Salvesta' }).click()
  await phone.getByText('Kirjas. Sobitamine arvestab sellega kohe.').waitFor()
  // Days that are still to come for everybody.
  const [from, to] = [addDays(real, 20), addDays(real, 25)].map((day) => formatDate(day)) as [string, string]
  await phone.goto('/my-away')
  await phone.getByLabel('Esimene päev').fill(from)
  await phone.getByLabel('Viimane päev').fill(to)
  await phone.getByRole('button', { name: 'Salvesta' }).click()
  await phone.getByText('Kirjas. Need, kes peavad teadma, saavad teate.').waitFor()
  await phone.getByText(`${from}–${to}`).first().waitFor()
}, 60_000)

test('her report is written and handed in without network, on the figures that she sees, and comes in by itself', async () => {
  await stand(on('24'))
  await phone.goto('/field')
  await unlock(phone)
  await home('Kontakte 3 · tunde 3')
  await offline(true)
  await write({ day: 'today', way: 'meeting', minutes: '60', note: 'Käisime kohvikus.' })
  await home('1 kirje ootab saatmist. Võrku praegu ei ole.')
  await takeUp(`${thisMonth}-01`)
  await phone.getByRole('button', { name: 'Kirjuta aruanne' }).first().click()
  await screen(phone, 'report').getByText(formatMonth(month, 'et')).waitFor()
  await screen(phone, 'report').getByText('Kontakte 4 · tunde 4').waitFor()
  await phone.locator('textarea[name="summary"]').fill(secrets.report)
  await look(phone, 'month-report')
  await phone.getByRole('button', { name: 'Esita juhendajale' }).click()
  await home('2 kirjet ootab saatmist. Võrku praegu ei ole.')
  // Her session has ended long ago by now.
  await phone.context().clearCookies({ name: 'sid' })
  await offline(false)
  await home('2 kirjet ootab saatmist. Saatmiseks logi sisse.')
  await signInOn(field, phone)
  await phone.getByRole('button', { name: 'Saada ja uuenda' }).click()
  await home(/^Kõik on saadetud kell \d\d\.\d\d\.$/)
  const { rows } = await field.cast.admin.query(
    `select to_char(month, 'YYYY-MM') as month, status, figures from month_report`,
  )
  expect(rows).toMatchObject([{ month, status: 'submitted', figures: { contacts: 4, minutes: 240 } }])
}, 90_000)

test('the hours of the month are on her page, with the report that is with her supervisor', async () => {
  await phone.goto(`/support/visits?month=${month}`)
  await phone.getByText(`${formatMonth(month, 'et')}: 4 kontakti · 4 tundi`).waitFor()
  await look(phone, 'month-visits')
  await phone.goto('/support/reports')
  await phone
    .getByRole('row', { name: new RegExp(formatMonth(month, 'et')) })
    .getByText('Juhendaja käes')
    .waitFor()
  const desk = await field.site.as('sirje', { width: 1280 })
  await desk.goto('/supervision')
  await desk.getByText('Lou Näidis-Lepik').first().waitFor()
  await desk.context().close()
}, 60_000)

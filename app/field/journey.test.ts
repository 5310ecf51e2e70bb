// Does a support person's month work on a phone without network, and stay closed to whoever finds the phone?
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  expectClosed,
  type Field,
  makeReady,
  openField,
  phoneOf,
  putAway,
  screen,
  secrets,
  signInOn,
  unlock,
  writeVisit,
} from '../../test/phone.ts'
import { look } from '../../test/site.ts'
import { addDays } from '../core/calendar/working-days.ts'
import { today } from '../core/clock.server.ts'
import { nextMonth } from '../support/report/month-report.ts'

let field: Field
let { cast } = {} as Field
beforeAll(async () => {
  field = await openField()
  ;({ cast } = field)
}, 60_000)
afterAll(() => field.close())

const notes = async () => (await cast.admin.query('select id from visit where superseded_at is null')).rowCount

test('a month on a phone: made ready, without network, locked, sent, and in nobody else’s sight', async () => {
  const page = await phoneOf(field)
  await page.goto('/field')
  await look(page, 'field-setup')
  await makeReady(page)
  await look(page, 'field-home')
  expect(await page.title()).toBe('Märkmik')

  // Without network it opens, and what is written stays.
  await page.context().setOffline(true)
  await page.reload()
  await screen(page, 'locked').waitFor()
  expect(await page.locator('body').textContent()).not.toContain(secrets.task)
  await unlock(page)
  await writeVisit(page, secrets.note)
  await page.getByText('1 kirje ootab saatmist. Võrku praegu ei ole.').waitFor()
  await look(page, 'field-waiting')
  await writeVisit(page, `${secrets.note} 2`, true)
  await screen(page, 'help').waitFor()
  for (const number of ['112', '116 006']) await screen(page, 'help').getByText(number).first().waitFor()
  await look(page, 'field-help')
  await page.getByRole('button', { name: 'Tagasi' }).click()
  await page.getByText('2 kirjet ootab saatmist.').waitFor()
  expect(await notes()).toBe(0)

  // Out of sight it locks; what was being typed is kept, closed.
  await page.getByRole('button', { name: 'Lisa kohtumine' }).click()
  await page.locator('textarea[name="note"]').fill(secrets.draft)
  await putAway(page)
  await look(page, 'field-locked')
  expect(
    await page.evaluate(`[...document.querySelectorAll('input, textarea')].map((at) => at.value).join(' ')`),
  ).not.toContain(secrets.draft)
  await expectClosed(field, page)
  await page.reload()
  await unlock(page)
  await screen(page, 'visit').waitFor()
  expect(await page.locator('textarea[name="note"]').inputValue()).toBe(secrets.draft)
  await look(page, 'field-visit')
  await screen(page, 'visit').getByRole('button', { name: 'Jäta pooleli' }).click()

  // The session has ended meanwhile: it waits for her to sign in, and then goes.
  await page.context().clearCookies({ name: 'sid' })
  await page.context().setOffline(false)
  await page.getByRole('button', { name: 'Saada ja uuenda' }).click()
  await page.getByText('2 kirjet ootab saatmist. Saatmiseks logi sisse.').waitFor()
  await look(page, 'field-session-over')
  expect(await notes()).toBe(0)
  await signInOn(field, page)
  await page.getByRole('button', { name: 'Saada ja uuenda' }).click()
  await page.getByText(/Kõik on saadetud kell \d\d\.\d\d\./).waitFor()
  expect(await notes()).toBe(2)
  expect((await cast.admin.query('select id from concern')).rowCount).toBe(1)

  // The report of last month, on what is there.
  const month = nextMonth(today().slice(0, 7), -1)
  await page.getByRole('button', { name: 'Kirjuta aruanne' }).last().click()
  await page.locator('textarea[name="summary"]').fill(secrets.report)
  await look(page, 'field-report')
  await page.getByRole('button', { name: 'Esita juhendajale' }).click()
  await expect
    .poll(
      async () =>
        (
          await cast.admin.query(
            `select to_char(month, 'YYYY-MM') as month from month_report where status = 'submitted'`,
          )
        ).rows,
    )
    .toEqual([{ month }])
  await expectClosed(field, page)
  await page.context().close()
}, 120_000)

test('what is missing is said where it is missing, and there she is taken', async () => {
  const page = await phoneOf(field)
  await makeReady(page)
  await page.getByRole('button', { name: 'Lisa kohtumine' }).click()
  const form = page.locator('form[data-form="visit"]')
  await form.locator('input[name="way"][value="meeting"]').check()
  await form.locator('button[type="submit"]').click()
  await form.getByRole('group', { name: 'Kestus' }).getByText('Vali üks vastus.').waitFor()
  expect(await page.evaluate('document.activeElement.name')).toBe('minutes')
  await look(page, 'field-visit-wrong')
  await form.locator('input[name="minutes"][value="own"]').check()
  await form.locator('button[type="submit"]').click()
  await expect.poll(() => page.evaluate('document.activeElement.name')).toBe('ownMinutes')
  expect(await form.getByRole('alert').count()).toBe(1)
  await form.getByRole('button', { name: 'Jäta pooleli' }).click()
  await page.getByRole('button', { name: 'Kirjuta aruanne' }).first().click()
  await page.getByRole('button', { name: 'Esita juhendajale' }).click()
  await expect.poll(() => page.evaluate('document.activeElement.name')).toBe('step')
  await look(page, 'field-report-wrong')
  await page.context().close()
})

test('an entry that is not taken is hers to decide on, with her words', async () => {
  const page = await phoneOf(field)
  await makeReady(page)
  await page.context().setOffline(true)
  await writeVisit(page, secrets.note)
  await page.getByText('1 kirje ootab saatmist.').waitFor()
  await cast.admin.query(
    `insert into month_report (volunteer_id, month, due_on, status) values ($1, $2, $3, 'submitted') on conflict (volunteer_id, month) do update set status = 'submitted'`,
    [cast.volunteer, `${today().slice(0, 7)}-01`, addDays(today(), 20)],
  )
  await page.context().setOffline(false)
  await page.getByRole('button', { name: 'Saada ja uuenda' }).click()
  await page.getByText('See kirje ootab sinu otsust').waitFor()
  expect(await page.locator('blockquote').first().textContent()).toBe(secrets.note)
  await look(page, 'field-refused')
  await cast.admin.query(`update month_report set status = 'returned' where month = $1`, [`${today().slice(0, 7)}-01`])
  const before = await notes()
  await page.getByRole('button', { name: 'Muuda' }).click()
  await screen(page, 'visit')
    .getByRole('button', { name: /Salvesta/ })
    .click()
  await page.getByText(/Kõik on saadetud kell/).waitFor()
  expect(await notes()).toBe((before ?? 0) + 1)
  await page.context().close()
}, 60_000)

// Everything that is kept opens half a second late, as on an old phone with little left.
const slowly = `const open = SubtleCrypto.prototype.decrypt
  SubtleCrypto.prototype.decrypt = async function (...how) {
    const opened = await open.apply(this, how)
    await new Promise((done) => setTimeout(done, 500))
    return opened
  }`

test('however slowly the device opens what it keeps, of what is typed meanwhile nothing goes', async () => {
  const page = await phoneOf(field)
  await makeReady(page)
  await page.context().setOffline(true)
  await writeVisit(page, secrets.note)
  await page.getByText('1 kirje ootab saatmist.').waitFor()
  await page.addInitScript(slowly)
  await page.reload()
  await unlock(page)
  // Pressed twice, for at first nothing seems to happen.
  await screen(page, 'home').getByRole('button', { name: 'Lisa kohtumine' }).waitFor()
  await page.evaluate(
    `for (const press of [1, 2]) document.querySelector('[data-screen="home"] [data-do="visit"]').click()`,
  )
  const note = page.locator('textarea[name="note"]')
  await note.fill(secrets.draft)
  for (let nth = 0; nth < 8; nth++) {
    await note.press('End')
    await note.pressSequentially('x')
    await page.waitForTimeout(400)
  }
  expect(await note.inputValue()).toBe(`${secrets.draft}${'x'.repeat(8)}`)
  // Locked and opened again, there it stands: what is half written comes before the home screen, and nobody is led away from it.
  await putAway(page)
  await page.reload()
  await unlock(page)
  await note.waitFor()
  expect(await note.inputValue()).toBe(`${secrets.draft}${'x'.repeat(8)}`)
  await page.context().close()
}, 60_000)

test('leaving in a hurry locks it and empties nothing that has not been sent', async () => {
  const page = await phoneOf(field)
  await makeReady(page)
  await page.context().setOffline(true)
  await writeVisit(page, secrets.note)
  await page.getByText('1 kirje ootab saatmist.').waitFor()
  // There is a network again, but the server does not take it yet.
  await page.context().route('**/field/state/**', (route) => route.abort())
  await page.context().setOffline(false)
  await page.context().route('https://www.ilmateenistus.ee/**', (route) => route.fulfill({ body: 'ilm' }))
  await page.getByRole('link', { name: /Kiirväljumine/ }).click({ noWaitAfter: true })
  await page.getByText('ilm', { exact: true }).waitFor()
  await page.goto('/field')
  await page.getByText(/1 kirje ootab saatmist/).waitFor()
  await expectClosed(field, page)
  await page.context().close()
}, 60_000)

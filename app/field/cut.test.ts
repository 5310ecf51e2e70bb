// Does the page itself, in a browser, send each entry once over a network that is cut before the server or behind it, and say how far it is?
import { afterAll, beforeAll, expect, test } from 'vitest'
import { randomFrom } from '../../db/seed/random.ts'
import { type Field, makeReady, openField, phoneOf, screen } from '../../test/phone.ts'
import { look } from '../../test/site.ts'

const seed = Number(process.env.PROOF_SEED ?? 20261127)
const entries = 30
let field: Field
beforeAll(async () => {
  field = await openField()
}, 60_000)
afterAll(() => field.close())

test(`${entries} visits, more than half of the requests cut: each is there once`, async () => {
  const random = randomFrom(seed)
  const page = await phoneOf(field)
  await makeReady(page)
  let cut = 0
  await page.context().route('**/field/entries/**', async (route) => {
    const draw = random.next()
    if (draw > 0.6) return route.continue()
    cut++
    // It arrives, whole or in half, and the answer does not; or nothing arrives at all.
    const { entries: sent } = JSON.parse(route.request().postData() ?? '') as { entries: unknown[] }
    if (draw > 0.45) await route.fetch()
    else if (draw > 0.3)
      await route.fetch({ postData: JSON.stringify({ entries: sent.slice(0, Math.ceil(sent.length / 2)) }) })
    await route.abort()
  })
  for (let nth = 0; nth < entries; nth++) {
    await page.getByRole('button', { name: 'Lisa kohtumine' }).click()
    await page.locator('input[name="way"][value="phone"]').check()
    await page.locator('input[name="minutes"][value="15"]').check()
    await page.locator('input[name="expense"]').fill('1')
    await page.locator('input[name="expenseNote"]').fill(`nr-${nth}`)
    // Faster than fingers: the button would not take a second press within a second.
    await page.evaluate(`document.querySelector('form[data-form="visit"]').requestSubmit()`)
    await screen(page, 'home').waitFor()
  }
  // One may still be on its way.
  await page.context().unrouteAll({ behavior: 'ignoreErrors' })
  await page.getByRole('button', { name: 'Saada ja uuenda' }).click()
  await page.getByText(/Kõik on saadetud kell/).waitFor()
  const { rows } = await field.cast.admin.query(
    'select expense_note as mark, count(*)::int as times from visit group by 1',
  )
  expect(rows.length).toBe(entries)
  expect(rows.filter(({ times }) => times !== 1)).toEqual([])
  expect(cut).toBeGreaterThan(10)
  await page.context().close()
}, 120_000)

test('where it takes longer than a second it is said how far it is, until all of it is there', async () => {
  await field.cast.admin.query('delete from visit')
  const page = await phoneOf(field)
  await makeReady(page)
  await page.context().setOffline(true)
  for (let nth = 0; nth < 45; nth++) {
    await page.getByRole('button', { name: 'Lisa kohtumine' }).click()
    await page.locator('input[name="way"][value="phone"]').check()
    await page.locator('input[name="minutes"][value="15"]').check()
    await page.evaluate(`document.querySelector('form[data-form="visit"]').requestSubmit()`)
    await screen(page, 'home').waitFor()
  }
  await page.getByText('45 kirjet ootab saatmist.').waitFor()
  // Two requests on the way at a time, each of twenty.
  await page.context().route('**/field/entries/**', async (route) => {
    await new Promise((done) => setTimeout(done, 1_500))
    await route.continue()
  })
  await page.context().setOffline(false)
  await page.getByText('Saadan… 0/45').waitFor()
  await page.getByText(/^Saadan… (20|40)\/45$/).waitFor()
  await look(page, 'field-sending')
  await page.getByText(/Kõik on saadetud kell/).waitFor()
  expect((await field.cast.admin.query('select from visit')).rowCount).toBe(45)
  await page.context().close()
}, 120_000)

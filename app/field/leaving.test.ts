// Does what is on a phone leave it when it must: wrong codes, too long a silence, shut out, the end of a support?
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  type Field,
  halfOn,
  leftOn,
  makeReady,
  openField,
  phoneOf,
  pin,
  putAway,
  screen,
  secrets,
  signInOn,
  unlock,
  writeVisit,
} from '../../test/phone.ts'
import { look } from '../../test/site.ts'
import { today } from '../core/clock.server.ts'
import { formatDate } from '../i18n/format.ts'

let field: Field
let { cast, site, of } = {} as Field
beforeAll(async () => {
  field = await openField()
  ;({ cast, site, of } = field)
}, 60_000)
afterAll(() => field.close())

test('left alone it locks itself, and after too many wrong codes there is nothing left to open', async () => {
  const page = await phoneOf(field)
  await page.clock.install()
  await makeReady(page)
  await page.clock.runFor(4 * 60_000)
  expect(await screen(page, 'home').isVisible()).toBe(true)
  await page.clock.runFor(2 * 60_000)
  await screen(page, 'locked').waitFor()
  await unlock(page, 'vale-kood')
  await page.getByText('See kood ei ole õige. Jäänud on 2 katset').waitFor()
  await look(page, 'field-wrong')
  await unlock(page, 'vale-kood')
  await page.getByText('Jäänud on 1 katse').waitFor()
  await unlock(page, 'vale-kood')
  await page.getByText('Kood oli liiga palju kordi vale').waitFor()
  await look(page, 'field-gone')
  expect(await leftOn(page)).toEqual({ kept: 0, caches: 0 })
  await page.context().close()
}, 60_000)

test('what is half written its owner throws away, told what is lost, where there is no network – and nothing of it stays, not even closed', async () => {
  const page = await phoneOf(field)
  await makeReady(page)
  await page.context().setOffline(true)
  const [home, form] = [screen(page, 'home'), screen(page, 'visit')]
  const what = `${formatDate(today())}, kohtumine, 60 min, märge ${secrets.draft.length} tähemärki`
  const begin = async () => {
    await home.getByRole('button', { name: 'Lisa kohtumine' }).click()
    await form.locator('input[name="way"][value="meeting"]').check()
    await form.locator('input[name="minutes"][value="60"]').check()
    await form.locator('textarea[name="note"]').fill(secrets.draft)
    await page.waitForTimeout(800)
    const { half, all } = await halfOn(page)
    expect(half?.length).toBeGreaterThan(100)
    expect(all).toContain(half)
    return half ?? ''
  }
  const expectGone = async (half: string) => {
    await home.getByText('Pooleli sissekanne on kustutatud.').waitFor()
    await page.waitForTimeout(500)
    const left = await halfOn(page)
    expect(left.half).toBeNull()
    expect(left.all).not.toContain(half)
    const typed = `[...document.querySelectorAll('textarea')].map((at) => at.value).join(' ')`
    expect(`${await page.content()} ${await page.evaluate(typed)}`).not.toContain(secrets.draft)
  }
  // From the first screen, where it stands with what is in it but not in her words.
  let half = await begin()
  await form.getByRole('button', { name: 'Jäta pooleli' }).click()
  await home.getByText(what, { exact: true }).waitFor()
  await home.getByRole('button', { name: 'Viska ära' }).click()
  await home.getByText(`Siit kustub: ${what}. Seda ei ole saadetud`).waitFor()
  await look(page, 'field-throw')
  expect((await halfOn(page)).half).toBe(half)
  await home.getByRole('button', { name: 'Viska ära' }).click()
  await expectGone(half)
  expect(await home.getByRole('heading', { name: 'Pooleli sissekanne' }).count()).toBe(0)
  // From the form itself; what is typed after the question asks it anew.
  half = await begin()
  await form.getByRole('button', { name: 'Viska ära' }).click()
  await form.getByText(`Siit kustub: ${what}.`).waitFor()
  await form.locator('textarea[name="note"]').fill(`${secrets.draft} veel`)
  await form.getByText('Siit kustub:').waitFor({ state: 'hidden' })
  await form.getByRole('button', { name: 'Viska ära' }).click()
  await form.getByRole('button', { name: 'Viska ära' }).click()
  await expectGone(half)
  await page.getByRole('button', { name: 'Lukusta kohe' }).click()
  await unlock(page)
  await home.getByRole('button', { name: 'Lisa kohtumine' }).waitFor()
  expect(await form.isVisible()).toBe(false)
  // And from the list of devices, which says of the one in hand what is on it.
  half = await begin()
  await page.context().setOffline(false)
  await page.goto('/my-devices')
  await page.locator('[data-device]:not([hidden])', { hasText: 'see, mida sa praegu kasutad' }).waitFor()
  await page.getByText('on pooleli sissekanne. Seda ei ole saadetud.').waitFor()
  await page.getByRole('button', { name: 'Viska ära' }).click()
  await page.getByText('Pooleli sissekanne kustub sellest seadmest.').waitFor()
  await look(page, 'field-here')
  expect((await halfOn(page)).half).not.toBeNull()
  await page.getByRole('button', { name: 'Viska ära' }).click()
  await page.getByText('Pooleli sissekanne on kustutatud.').waitFor()
  await page.getByText('Siin ei ole midagi pooleli ega saatmata.').waitFor()
  expect((await halfOn(page)).half).toBeNull()
  // On somebody else's page it is not offered: there the device is none of hers.
  await signInOn(field, page, 'lou')
  await cast.admin.query('update field_device set person_id = $1 where person_id = $2', [cast.sirje.id, cast.lou.id])
  await page.goto('/my-devices')
  await page.waitForTimeout(500)
  expect(await page.locator('[data-here]').isVisible()).toBe(false)
  await page.context().close()
}, 90_000)

test('put away while a code is typed, while it opens or while it reads, it is locked and empty when it is taken up again', async () => {
  await cast.admin.query(`update person set phone = '+372 5555 0177' where id = $1`, [cast.sirje.id])
  const page = await phoneOf(field)
  await makeReady(page)
  await page.getByRole('button', { name: 'Lisa kohtumine' }).click()
  await page.locator('textarea[name="note"]').fill(secrets.draft)
  await page.waitForTimeout(800)
  await screen(page, 'visit').getByRole('button', { name: 'Jäta pooleli' }).click()
  const typed = () => page.evaluate(`[...document.querySelectorAll('input, textarea')].map((at) => at.value).join(' ')`)
  const expectLocked = async () => {
    expect(await screen(page, 'locked').isVisible()).toBe(true)
    expect(`${await page.content()} ${await typed()}`).not.toMatch(
      new RegExp([secrets.task, secrets.draft, of.number, pin, '55550177'].join('|')),
    )
  }
  await page.evaluate(`document.querySelector('[data-screen="home"] [data-do="visit"]').click()
    Object.defineProperty(document, 'visibilityState', { value: 'hidden', configurable: true })
    document.dispatchEvent(new Event('visibilitychange'))`)
  await page.waitForTimeout(500)
  await expectLocked()
  await page.getByLabel('Sinu PIN-kood').fill(pin)
  await putAway(page)
  await expectLocked()
  await unlock(page)
  await expect.poll(() => page.getByLabel('Sinu PIN-kood').inputValue()).toBe('')
  await page.waitForTimeout(500)
  await expectLocked()
  await page.reload()
  await unlock(page)
  await screen(page, 'visit').waitFor()
  await page.context().close()
}, 60_000)

test('too long without the server it forgets everything; with the clock set back it opens to nobody', async () => {
  const page = await phoneOf(field)
  await page.clock.install()
  await makeReady(page)
  await page.context().setOffline(true)
  await page.clock.setSystemTime(Date.now() + 5 * 86_400_000)
  await page.clock.runFor(6_000)
  await page.clock.setSystemTime(Date.now())
  await page.reload()
  const word = page.getByText('Seadme kell on tagasi läinud')
  await word.waitFor()
  // Emptied, so that what comes is the answer to this code: the clock goes on only when nothing is under way any more.
  await word.evaluate('(at) => { at.textContent = "" }')
  await unlock(page)
  await word.waitFor()
  expect(await screen(page, 'home').isVisible()).toBe(false)
  await page.clock.setSystemTime(Date.now() + 15 * 86_400_000)
  await page.reload()
  await page.getByText('Seade oli liiga kaua võrguta').waitFor()
  await page.context().close()
}, 60_000)

test('a device that the coordinator shuts out is empty as soon as it hears of it, signed in or not', async () => {
  await cast.admin.query('delete from field_entry; delete from field_device')
  const page = await phoneOf(field)
  await makeReady(page)
  const office = await site.as('kim', { width: 1280 })
  await office.goto('/devices')
  await look(office, 'field-devices')
  await office.getByText(of.number).waitFor()
  await office.getByRole('link', { name: /Sulge/ }).click()
  await look(office, 'field-shut-out')
  await office.getByRole('button', { name: 'Sulge seade' }).click()
  await office.getByText('Seade on suletud').waitFor()
  await page.context().clearCookies({ name: 'sid' })
  await page.reload()
  await page.getByText('Selle seadme luba on lõppenud').waitFor()
  await office.reload()
  await office.getByText('Tühi', { exact: true }).waitFor()
  await office.context().close()
  await page.context().close()
}, 60_000)

test('with the end of a support its card leaves the device, and with the last one everything', async () => {
  const page = await phoneOf(field)
  await makeReady(page)
  await page.context().setOffline(true)
  await writeVisit(page, secrets.note)
  await page.getByText('1 kirje ootab saatmist.').waitFor()
  await cast.admin.query(`update assignment set status = 'ended', end_on = $1`, [today()])
  await page.context().setOffline(false)
  await page.getByRole('button', { name: 'Saada ja uuenda' }).click()
  await page.getByText('Ütle oma juhendajale').waitFor()
  await page.getByText('Praegu ei ole siin ühtki juhtumit.').waitFor()
  expect(await screen(page, 'home').textContent()).not.toContain(secrets.task)
  await page.getByRole('button', { name: 'Kustuta kirje' }).click()
  await page.getByRole('button', { name: 'Vajuta veel kord' }).click()
  await page.getByText('Sinu toetamised on lõppenud').waitFor()
  await cast.admin.query(`update assignment set status = 'active', end_on = null`)
  await page.context().close()
}, 60_000)

test('her own page lists the device, and shuts it out', async () => {
  await cast.admin.query('delete from field_entry; delete from field_device')
  const page = await phoneOf(field)
  await signInOn(field, page)
  await makeReady(page)
  await page.goto('/my-devices')
  await look(page, 'field-own-devices')
  await page.getByText(of.number).waitFor()
  await page.getByRole('link', { name: /Sulge/ }).click()
  await look(page, 'field-own-shut-out')
  await page.getByRole('button', { name: 'Sulge seade' }).click()
  await page.getByText('Seade on suletud').waitFor()
  await page.goto('/field')
  await page.getByText('Selle seadme luba on lõppenud').waitFor()
  await page.context().close()
}, 60_000)

// Does a passkey work for a person at a real browser with a real (virtual) key, on a phone and on a desk?
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type Cast, openCast } from '../../../test/cast.ts'
import { expectAccessible, openSite, type Site } from '../../../test/site.ts'
import { plugIn } from '../../../test/virtual-key.ts'

let cast: Cast
let site: Site
beforeAll(async () => {
  cast = await openCast()
  site = await openSite(cast)
})
afterAll(async () => {
  await site.close()
  await cast.close()
})
beforeEach(() => cast.admin.query('delete from sign_in_attempt'))

const heading = (page: Page) => page.locator('h1').textContent()
const press = (page: Page, name: string) => page.getByRole('button', { name }).click()

async function addKey(page: Page, name: string): Promise<void> {
  await page.getByLabel('Võtme nimi').fill(name)
  await press(page, 'Loo pääsuvõti')
  await page.waitForURL((url) => !url.pathname.endsWith('/new'))
}

test.each([390, 1280] as const)(
  'at %i px one adds a passkey, signs in with it, proves oneself, renames and removes it',
  async (width) => {
    const page = await site.as('kim', { width })
    const { cdp, id } = await plugIn(page)
    await page.goto('/account')
    await page.getByRole('link', { name: 'Lisa pääsuvõti' }).click()
    expect(await page.getByLabel('Võtme nimi').inputValue()).toMatch(/^(Chrome, )?Linux/)
    await expectAccessible(page)
    await addKey(page, `Näidis-telefon ${width}`)
    expect(await page.locator('.tv-main').textContent()).toContain('Pääsuvõti on lisatud.')
    await expectAccessible(page)
    // The same key says by itself that it is there already.
    await page.goto('/account/passkeys/new')
    await press(page, 'Loo pääsuvõti')
    await page.getByText('See võti on sul juba lisatud').waitFor()

    await page.context().clearCookies()
    await page.goto('/sign-in?to=/account')
    await expectAccessible(page)
    await press(page, 'Logi sisse pääsuvõtmega')
    // The whole address: the door's own ends with the place it leads to.
    await page.waitForURL(`${site.origin}/account`)
    await page.context().clearCookies()
    await page.goto('/sign-in')
    await page.getByLabel('E-posti aadress').fill('kim@naidis.example')
    await press(page, 'Logi sisse pääsuvõtmega')
    await page.waitForURL(`${site.origin}/`)

    await cast.admin.query(`update session set proved_at = now() - interval '6 minutes' where person_id = $1`, [
      cast.kim.id,
    ])
    await page.goto('/account')
    await page.getByRole('link', { name: `Muuda nime Näidis-telefon ${width}` }).click()
    expect(await heading(page)).toBe('Kinnita, et see oled sina')
    await expectAccessible(page)
    await press(page, 'Kinnita pääsuvõtmega')
    await page.waitForURL('**/account/passkeys/*')
    await page.getByLabel('Võtme nimi').fill(`Näidis-võti ${width}`)
    await expectAccessible(page)
    await press(page, 'Salvesta')
    expect(await page.locator('.tv-main').textContent()).toContain(`Näidis-võti ${width}`)

    // The only way in stays; a second key lets the first one go.
    await page.getByRole('link', { name: `Eemalda võti Näidis-võti ${width}` }).click()
    await expectAccessible(page)
    await press(page, 'Eemalda võti')
    expect(await page.locator('main').textContent()).toContain('See on sinu ainus viis sisse logida')
    await cast.admin.query(
      `insert into passkey (person_id, credential_id, public_key, backed_up, name) values ($1, $2, '\\x01', false, 'Varuvõti')`,
      [cast.kim.id, Buffer.from(`spare ${width}`)],
    )
    await press(page, 'Eemalda võti')
    // Whoever came in by it is out.
    await page.waitForURL('**/sign-in?to=%2Faccount')
    expect(await page.locator('.tv-main').textContent()).toContain('Võti on eemaldatud.')
    await press(page, 'Logi sisse pääsuvõtmega')
    await page.getByText('Seda võtit ei tunnistatud').waitFor()
    await expectAccessible(page)
    await cdp.send('WebAuthn.removeVirtualAuthenticator', { authenticatorId: id })
    await cast.admin.query('delete from passkey where person_id = $1', [cast.kim.id])
    // More sessions than a coordinator may have at once: the oldest gave way. The next width begins with it again.
    await cast.admin.query('update session set ended_at = null, proved_at = now() where id = $1', [cast.kim.sessionId])
  },
  120_000,
)

test('a key that asks for nothing – no finger, no face, no PIN – is not taken', async () => {
  const page = await site.as('mall')
  const { cdp, id } = await plugIn(page)
  await cdp.send('WebAuthn.setUserVerified', { authenticatorId: id, isUserVerified: false })
  await page.goto('/account/passkeys/new')
  await press(page, 'Loo pääsuvõti')
  await page.locator('[data-passkey-status]:not(:empty)').waitFor()
  const { rowCount } = await cast.admin.query('select 1 from passkey where person_id = $1', [cast.mall.id])
  expect(rowCount).toBe(0)
})

test('with scripts off the pages say so, and offer password and code', async () => {
  const door = await site.as(null, { scripts: false })
  await door.goto('/sign-in')
  expect(await door.locator('main').textContent()).toContain('Selles brauseris ei saa pääsuvõtit kasutada')
  expect(await door.getByRole('button', { name: 'Logi sisse pääsuvõtmega' }).isVisible()).toBe(false)
  expect(await door.getByRole('button', { name: 'Logi sisse', exact: true }).isVisible()).toBe(true)
  const account = await site.as('mall', { scripts: false, width: 390 })
  await account.goto('/account/passkeys/new')
  expect(await account.locator('main').textContent()).toContain('Selles brauseris ei saa pääsuvõtit lisada')
})

test('the administrator is led to two keys and then works', async () => {
  await cast.admin.query('delete from passkey where person_id = $1', [cast.ott.id])
  await cast.admin.query(`update session set method = 'password' where person_id = $1`, [cast.ott.id])
  const page = await site.as('ott', { width: 390 })
  const first = await plugIn(page)
  await page.goto('/people')
  expect(await heading(page)).toBe('Halduri pääsuvõtmed')
  await expectAccessible(page)
  await page.getByRole('link', { name: 'Lisa esimene võti' }).click()
  await addKey(page, 'Näidis-arvuti')
  await page.getByRole('link', { name: 'Kinnita võtmega, et see töötab' }).click()
  await press(page, 'Kinnita pääsuvõtmega')
  await page.waitForURL('**/account/passkeys/first')
  await expectAccessible(page)
  await page.getByRole('link', { name: 'Lisa teine võti' }).click()
  // Another key is plugged in: the first one would say that it is there already.
  await first.cdp.send('WebAuthn.removeVirtualAuthenticator', { authenticatorId: first.id })
  await plugIn(page)
  await addKey(page, 'Näidis-turvavõti')
  await page.goto('/people')
  expect(await heading(page)).toBe('Kontod')
})

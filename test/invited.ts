// How does somebody with a link come in at a real browser: by the code, a second factor and a password?
import { Secret, TOTP } from 'otpauth'
import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { expectAccessible } from './site.ts'

const heading = (page: Page) => page.locator('h1').textContent()
const code = (from: string, ahead = 0) =>
  new TOTP({ secret: Secret.fromBase32(from) }).generate({ timestamp: Date.now() + ahead * 30_000 })

/** From the link: the code that was told. */
export async function sayCode(page: Page, told: string): Promise<void> {
  await page.getByLabel('Kood', { exact: true }).fill('K7TF-2MPX')
  await page.getByRole('button', { name: 'Jätka' }).click()
  expect(await page.locator('#code-error').textContent()).toContain('See kood ei sobi')
  await page.getByLabel('Kood', { exact: true }).fill(` ${told.toLowerCase().replace('-', ' ')} `)
  await page.getByRole('button', { name: 'Jätka' }).click()
}

/** A second factor and a password, up to the first page; the second factor's letters. */
export async function makeKeys(page: Page, password: string): Promise<string> {
  expect(await heading(page)).toBe('Lisa teine samm')
  await expectAccessible(page)
  await page.locator('summary', { hasText: 'Ei saa skaneerida' }).click()
  const letters = ((await page.locator('details .tv-number').textContent()) ?? '').replace(/\s/g, '')
  await page.getByLabel('Kood rakendusest').fill('000000')
  await page.getByRole('button', { name: 'Kinnita' }).click()
  // The picture is already in the phone: a mistake does not change it.
  expect((await page.locator('details .tv-number').textContent())?.replace(/\s/g, '')).toBe(letters)
  await page.getByLabel('Kood rakendusest').fill(code(letters))
  await page.getByRole('button', { name: 'Kinnita' }).click()
  expect(await heading(page)).toBe('Sinu taastekoodid')
  expect(await page.locator('ol.tv-number li').count()).toBe(10)
  await expectAccessible(page)
  await page.getByRole('link', { name: 'Koodid on hoiul, jätka' }).click()
  await page.getByLabel('Uus parool', { exact: true }).fill('Uku Näidis-Uus 2026')
  await page.getByLabel('Uus parool veel kord').fill('Uku Näidis-Uus 2026')
  await page.getByRole('button', { name: 'Salvesta parool' }).click()
  expect(await page.locator('#password-error').textContent()).toContain('kerge ära arvata')
  await page.getByLabel('Uus parool', { exact: true }).fill(password)
  await page.getByLabel('Uus parool veel kord').fill(password)
  await page.getByRole('button', { name: 'Salvesta parool' }).click()
  expect(new URL(page.url()).pathname).toBe('/')
  return letters
}

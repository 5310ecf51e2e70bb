// Can a coordinator bring the workbook in a real browser, on a desk and on a phone, with scripts and without?
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Cast, openCast } from '../../../test/cast.ts'
import { expectAccessible, openSite, type Site } from '../../../test/site.ts'
import { coverCountry } from '../../../test/whole-country.ts'

const workbook = 'test/data/koordinaatori-tabel-a.xlsx'
let cast: Cast
let site: Site

beforeAll(async () => {
  cast = await openCast()
  await coverCountry(cast)
  site = await openSite(cast)
})
afterAll(async () => {
  await site.close()
  await cast.close()
})

const count = async (table: string) =>
  (await cast.admin.query(`select count(*)::int n from ${table}`)).rows[0].n as number

test('a file that may not be read is refused at the field, in words', async () => {
  const page = await site.as('kim', { width: 390 })
  await page.goto('/imports')
  const encrypted = Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.from('EncryptedPackage', 'utf16le')])
  for (const [name, buffer, words] of [
    ['tabel.xlsx', Buffer.from('tere'), 'See fail ei ole Exceli töövihik.'],
    ['kinni.xlsx', encrypted, 'Fail on parooliga kaitstud.'],
    ['tühi.xlsx', Buffer.alloc(0), 'Fail on tühi.'],
  ] as const) {
    await page.setInputFiles('#file', { name, mimeType: 'application/octet-stream', buffer })
    await page.click('main button:has-text("Loe sisse")')
    await expect.poll(() => page.textContent('#file-error')).toContain(words)
  }
  await expectAccessible(page)
  expect(await count('import_batch')).toBe(0)
})

test('the workbook is looked through, asked about and taken over', async () => {
  const page = await site.as('kim')
  await page.goto('/imports')
  await page.setInputFiles('#file', workbook)
  await page.click('main button:has-text("Loe sisse")')
  await page.waitForURL(/\/imports\/[0-9a-f-]{36}$/)
  const said = await page.textContent('main')
  expect(said).toContain(
    '65 tugiisiku rida: 0 loeti nii, nagu on, 63 ühtlustati, 1 on tabelis topelt, 1 ei saanud lugeda.',
  )
  expect(said).toContain('40 vajaduse rida: 2 loeti nii, nagu on, 38 ühtlustati')
  expect(said).toContain(
    '119 tundide rida: 50 loeti nii, nagu on, 55 ühtlustati, 0 on tabelis topelt, 14 ei saanud lugeda.',
  )
  await page.click('a:has-text("Ei saanud lugeda (1)")')
  expect(await page.textContent('main table')).toContain('Isikukoodi viimane number ei klapi teistega')
  const shown = await page.textContent('main')
  expect(shown).toContain('•••••••')
  // A telephone number of Estonia has eleven digits too.
  expect(shown).not.toMatch(/(?<![+\d])(?!372)[3-6]\d{10}(?!\d)/)
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.click('a:has-text("Laadi parandatavad read alla")'),
  ])
  expect(file.suggestedFilename()).toBe('parandamiseks.xlsx')
  await page.click('a:has-text("Vajadused")')
  await page.click('a:has-text("Vaata üle (4)")')
  await page.uncheck('input[id="take-1.16"]')
  await page.click('label:has-text("Jrk 13") >> nth=0')
  await page.click('label:has-text("Lisa uus juhendaja") >> nth=0')
  await page.fill('input[id="email.0"]', 'juhendaja')
  await page.click('button:has-text("Võta üle")')
  await expect.poll(() => page.textContent('main')).toContain('Midagi vajab parandamist')
  expect(await count('visit')).toBe(0)
  // What was answered and unticked is still so, under the same filter.
  expect(await page.locator('tbody tr input[name=take]').count()).toBe(4)
  expect(await page.isChecked('input[id="take-1.16"]')).toBe(false)
  await page.check('input[id="take-1.16"]')
  await page.fill('input[id="email.0"]', 'juhendaja.a@naidis.example')
  await page.click('button:has-text("Võta üle")')
  await page.waitForSelector('h1:has-text("Töövihik on üle võetud")')
  await expectAccessible(page)
  expect(await page.textContent('main')).toContain('40 juhtumit')
  expect([await count('need'), await count('visit')]).toEqual([40, 113])
  await page.goto('/cases')
  expect(await page.textContent('main')).toContain('M-2022-001')
}, 120_000)

test('the same file again, on a phone without scripts, is known whole', async () => {
  const page = await site.as('kim', { width: 390, scripts: false })
  await page.goto('/imports')
  await page.setInputFiles('#file', workbook)
  await page.click('main button:has-text("Loe sisse")')
  await page.waitForURL(/\/imports\/[0-9a-f-]{36}$/)
  expect(await page.textContent('main')).toContain('on juba olemas')
  await page.click('a:has-text("Registris olemas (63)")')
  expect(await page.textContent('main table')).toContain('Register jääb nii, nagu on.')
  expect(await page.locator('button:has-text("Võta üle")').count()).toBe(0)
  // By key: the page still moves to its rows, and a click would land where the button was.
  await page.press('button:has-text("Jäta töövihik kõrvale")', 'Enter')
  await page.waitForURL(/\/imports$/)
  expect(await page.textContent('body')).toContain('Registris ei muutunud midagi.')
  expect([await count('need'), await count('visit')]).toEqual([40, 113])
})

test.each([390, 1280] as const)(
  'the preview is readable at %i px',
  async (width) => {
    const page = await site.as('kim', { width })
    await page.goto('/imports')
    await page.setInputFiles('#file', workbook)
    await page.click('main button:has-text("Loe sisse")')
    await page.waitForURL(/\/imports\/[0-9a-f-]{36}$/)
    await expectAccessible(page)
  },
  120_000,
)

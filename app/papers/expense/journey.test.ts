// Does a support person claim on a phone what she paid, is it sent back, made anew and approved – and does the list of the month come down?
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { type Cast, openCast } from '../../../test/cast.ts'
import { pngWith } from '../../../test/pictures.ts'
import { look, openSite, type Site } from '../../../test/site.ts'
import { givenSupport } from '../../../test/support.ts'
import { cleanJpeg } from '../receipt/jpeg.ts'
import { cleanPng } from '../receipt/png.server.ts'

vi.setConfig({ testTimeout: 150_000 })
let cast: Cast
let site: Site
let folder: string
beforeAll(async () => {
  cast = await openCast()
  await givenSupport(cast, '2026-05-01')
  site = await openSite(cast)
  folder = await mkdtemp(join(tmpdir(), 'tugivork-receipt-'))
  await writeFile(join(folder, 'pilet.png'), pngWith({}))
  await writeFile(join(folder, 'pilet.txt'), 'ei ole pilt')
})
afterAll(async () => {
  await site.close()
  await cast.close()
  await rm(folder, { recursive: true })
})

// Draws in the browser a picture that no two points of which are alike, and reads the points of one that is given.
const drawn = `(type) => {
  const canvas = Object.assign(document.createElement('canvas'), { width: 97, height: 61 })
  const pen = canvas.getContext('2d')
  for (let x = 0; x < 97; x++)
    for (let y = 0; y < 61; y++) {
      pen.fillStyle = 'rgb(' + [x * 2, y * 4, (x * y) % 256].join(',') + ')'
      pen.fillRect(x, y, 1, 1)
    }
  return canvas.toDataURL(type).split(',')[1]
}`
const pointsOf = `async ([type, base64]) => {
  const image = Object.assign(new Image(), { src: 'data:' + type + ';base64,' + base64 })
  await image.decode()
  const canvas = Object.assign(document.createElement('canvas'), { width: image.width, height: image.height })
  const pen = canvas.getContext('2d')
  pen.drawImage(image, 0, 0)
  return [image.width, image.height, [...pen.getImageData(0, 0, image.width, image.height).data].join()].join(' ')
}`

test.each([
  ['image/jpeg', async (bytes: Buffer) => cleanJpeg(bytes)],
  ['image/png', cleanPng],
] as const)('a real browser draws of a cleaned %s the very same points', async (type, clean) => {
  const page = await site.as(null)
  const call = (code: string, argument: unknown) => page.evaluate<string>(`(${code})(${JSON.stringify(argument)})`)
  const shot = await call(drawn, type)
  const kept = await clean(Buffer.from(shot, 'base64'))
  expect(await call(pointsOf, [type, kept?.toString('base64')])).toBe(await call(pointsOf, [type, shot]))
})

test('from the phone to the list of payments', async () => {
  const own = await site.as('lou', { width: 390 })
  own.setDefaultTimeout(15_000)
  await own.goto('/my-profile')
  await own.getByRole('link', { name: 'Minu kulud' }).click()
  await look(own, 'expenses-empty-390')
  await own.getByRole('link', { name: 'Lisa kulu' }).click()
  await look(own, 'expense-new-390')
  await own.getByLabel('Buss, rong või takso').check()
  await own.getByLabel('Summa').fill('4,20')
  await own.getByLabel('Milleks?').fill('Sõit kohtusse')
  await own.getByLabel('Kviitung').setInputFiles(join(folder, 'pilet.txt'))
  await own.getByRole('button', { name: 'Saada' }).click()
  await own.getByText('Seda liiki faili ei saa').first().waitFor()
  await look(own, 'expense-error-390')
  expect(await own.getByLabel('Summa').inputValue()).toBe('4,20')
  await own.getByLabel('Kviitung').setInputFiles(join(folder, 'pilet.png'))
  await own.getByRole('button', { name: 'Saada' }).click()
  await own.getByText('Kulu on saadetud.').waitFor()
  await look(own, 'expenses-390')

  const desk = await site.as('kim', { width: 1280 })
  desk.setDefaultTimeout(15_000)
  await desk.goto('/')
  await desk.getByText('1 kulu ootab sinu otsust').first().waitFor()
  await desk.goto('/expenses')
  await look(desk, 'expenses-1280')
  await desk.locator('main table a').first().click()
  await look(desk, 'expense-1280')
  await desk.getByRole('link', { name: 'Saada tagasi' }).click()
  await desk.getByLabel('Miks?').fill('Kviitungil on teine summa.')
  await look(desk, 'expense-return-1280')
  await desk.getByRole('button', { name: 'Saada tagasi' }).click()
  await desk.getByText('Kulu on tagasi saadetud.').waitFor()

  await own.goto('/my-expenses')
  await own.locator('main table a').first().click()
  await own.getByRole('link', { name: 'Paranda ja saada uuesti' }).click()
  await own.getByText('Saadeti tagasi: Kviitungil on teine summa.').waitFor()
  await own.getByLabel('Summa').fill('4,30')
  await own.getByRole('button', { name: 'Saada' }).click()
  await own.getByText('Kulu on saadetud.').waitFor()

  await desk.goto('/expenses')
  await desk.locator('main table a').first().click()
  await desk.getByRole('button', { name: 'Kiida heaks' }).click()
  await desk.getByText('Kulu läheb maksmisele.').waitFor()
  await desk.getByRole('link', { name: 'Maksmisele' }).click()
  await desk.getByText('4,30').first().waitFor()
  await look(desk, 'payments-1280')
  const coming = desk.waitForEvent('download')
  await desk.getByRole('link', { name: 'Laadi alla (XLSX)' }).click()
  expect((await coming).suggestedFilename()).toMatch(/^kulud-20\d\d-\d\d\.xlsx$/)
})

// Is a picture of what proves the victim's word kept closed, drawn anew, looked at by her network alone, and gone with the case?
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { type Attacker, openAttacker } from '../../../test/attack.ts'
import { referCase } from '../../../test/cases.ts'
import { type Cast, openCast } from '../../../test/cast.ts'
import { pictureOf } from '../../../test/pictures.ts'
import { look, openSite } from '../../../test/site.ts'
import { setSetting } from '../../access/settings/set.server.ts'
import { today } from '../../core/clock.server.ts'
import { Conflict, NotFound, Refused, TooMany } from '../../core/errors.ts'
import { formatDate } from '../../i18n/format.ts'
import { giveConsent, openSharing, withdrawConsent } from './basis.server.ts'
import { addProof, lookAtProof, openProof, takePicture } from './proof.server.ts'

vi.setConfig({ testTimeout: 120_000 })
let cast: Cast
let attacker: Attacker
let id: string
const photo = async () => new File([new Uint8Array(await pictureOf('jpeg', { words: 'GPS 59.4' }))], 'IMG_1.jpg')
const words = async () => (await openSharing.run(cast.lea, { id })).words
const given = { on: formatDate(today()), way: 'written' }
beforeAll(async () => {
  cast = await openCast()
  id = await referCase(cast.lea)
  attacker = await openAttacker(cast, { case: id })
})
afterAll(async () => {
  await attacker.close()
  await cast.close()
})

test('it comes with the word, or afterwards by whoever wrote that down, once', async () => {
  const [first] = await words()
  expect(first).toMatchObject({ kind: 'consent', picture: false })
  const of = { id, word: first?.id ?? '' }
  await expect(addProof.run(cast.lea, of)).rejects.toMatchObject({ fields: { file: { key: 'core.picture.none' } } })
  await expect(addProof.run(cast.mall, { ...of, file: await photo() })).rejects.toBeInstanceOf(Conflict)
  await addProof.run(cast.lea, { ...of, file: await photo() })
  await expect(addProof.run(cast.lea, { ...of, file: await photo() })).rejects.toBeInstanceOf(Conflict)
  await withdrawConsent.run(cast.lea, { id, ...given, goesOn: 'ends', file: await photo() })
  await giveConsent.run(cast.lea, { id, ...given, file: await photo() })
  expect((await words()).map(({ kind, picture }) => [kind, picture])).toEqual([
    ['consent', true],
    ['withdrawn', true],
    ['consent', true],
  ])
})

test('what is no picture is refused with the reason, and nothing is written', async () => {
  const before = (await words()).length
  const file = new File(['%PDF-1.7'], 'nõusolek.pdf')
  await expect(giveConsent.run(cast.lea, { id, ...given, file })).rejects.toMatchObject({
    fields: { file: { key: 'core.picture.kind' } },
  })
  expect(await words()).toHaveLength(before)
})

test('looked at by her network, each time an event; of the file that came in nothing but the picture is left', async () => {
  const [word] = await words()
  const of = { id, word: word?.id ?? '' }
  const { bytes } = await lookAtProof.run(cast.mall, of)
  expect([bytes.subarray(0, 3).toString('hex'), bytes.includes('GPS'), bytes.includes('Exif')]).toEqual([
    'ffd8ff',
    false,
    false,
  ])
  expect((await openProof.run(cast.mall, of)).word).toMatchObject({ kept: true, mine: false })
  for (const who of [cast.max]) await expect(lookAtProof.run(who, of)).rejects.toBeInstanceOf(NotFound)
  for (const who of [cast.kim, cast.lou, cast.aino, cast.sirje])
    await expect(lookAtProof.run(who, of)).rejects.toBeInstanceOf(Refused)
  await expect(lookAtProof.run({ ...cast.lea, provedAt: new Date(0) }, of)).rejects.toBeInstanceOf(Refused)
  const { rows } = await cast.admin.query(
    `select actor, case_id from audit_event where action = 'case.basis.picture' and result = 'done'`,
  )
  expect(rows).toEqual([{ actor: cast.mall.id, case_id: id }])
  const sealed = await cast.admin.query(`select picture_sealed as p from case_basis where picture_sealed is not null`)
  expect(sealed.rows.every(({ p }) => !p.includes(Buffer.from('ffd8ff', 'hex')))).toBe(true)
  expect(await attacker.attempt('lea', `update case_basis set picture_sealed = '\\x01'`)).toBe('42501')
})

test('a file that is sent in counts, whatever becomes of it; and with the case the picture is gone', async () => {
  await setSetting.run(cast.ott, { name: 'uploadsPerDay', value: '1', validFrom: formatDate(today()), note: 'Näidis' })
  await expect(takePicture.run(cast.lea, {})).rejects.toBeInstanceOf(TooMany)
  const [word] = await words()
  await cast.admin.query('select erase_case($1)', [id])
  await expect(lookAtProof.run(cast.lea, { id, word: word?.id })).rejects.toThrow()
})

test('in a browser: added with the consent, and looked at on its page', async () => {
  const other = await referCase(cast.max)
  const site = await openSite(cast)
  try {
    const page = await site.as('max', { width: 390 })
    await page.goto(`/cases/${other}/sharing`)
    await page.getByRole('link', { name: /Lisa tõendi pilt/ }).click()
    await look(page, 'proof-add-390')
    await page.getByRole('button', { name: 'Lisa pilt' }).click()
    await page.getByText('Vali pilt.').first().waitFor()
    await page.setInputFiles('#file', { name: 'x.png', mimeType: 'image/png', buffer: await pictureOf('png') })
    await page.getByRole('button', { name: 'Lisa pilt' }).click()
    await page.getByText('Tõendi pilt on lisatud.').waitFor()
    await page.getByRole('link', { name: /Vaata tõendi pilti/ }).click()
    await page.locator('img.tv-proof').waitFor()
    expect(
      await page.locator('img.tv-proof').evaluate((img) => (img as HTMLImageElement).naturalWidth),
    ).toBeGreaterThan(5)
    await look(page, 'proof-390')
    await page.context().close()
  } finally {
    await site.close()
  }
})

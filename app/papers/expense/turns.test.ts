// Does a file that is sent in count before anything is made of it, so that nobody keeps the machine drawing by files that come to nothing?
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Cast, openCast } from '../../../test/cast.ts'
import { pictureOf } from '../../../test/pictures.ts'
import { today } from '../../core/clock.server.ts'
import { Invalid, Refused, TooMany } from '../../core/errors.ts'
import { claimExpense, takeReceipt } from './own.server.ts'

let cast: Cast
beforeAll(async () => {
  cast = await openCast()
  await cast.admin.query(
    `insert into setting (name, value, valid_from, note, set_by) values ('uploadsPerDay', '3', '2020-01-01', 'x', $1)`,
    [cast.kim.id],
  )
})
afterAll(() => cast.close())

const parking = { kind: 'parking', onDate: today(), sum: '2,50', words: 'Parkimine' }
const claim = (more: object = {}) => claimExpense.run(cast.lou, { ...parking, ...more })
const fileOf = (bytes: Buffer) => new File([new Uint8Array(bytes)], 'pilet.jpg')
const taken = async () =>
  (await cast.admin.query(`select from audit_event where action = 'expense.receipt.take' and result = 'done'`)).rowCount

test('damaged or whole, each counts; what is over is not drawn at all, and what needs no file goes on', async () => {
  const [whole, half] = [await pictureOf('jpeg'), (await pictureOf('jpeg')).subarray(0, 600)]
  for (let time = 0; time < 2; time++) await expect(claim({ file: fileOf(half) })).rejects.toBeInstanceOf(Invalid)
  expect(await taken()).toBe(2)
  await claim({ file: fileOf(whole) })
  // Had it been drawn it would have been found to be damaged.
  await expect(claim({ file: fileOf(half) })).rejects.toBeInstanceOf(TooMany)
  expect(await taken()).toBe(3)
  // An empty field of a form is no file.
  await claim({ kind: 'car', km: '4', sum: undefined, file: new File([], '') })
  await expect(claim({ sum: undefined })).rejects.toBeInstanceOf(Invalid)
  expect(await taken()).toBe(3)
})

test('whoever may not claim has no file counted either', async () => {
  for (const who of ['kim', 'sirje', 'lea'] as const) {
    await expect(takeReceipt.run(cast[who], {})).rejects.toBeInstanceOf(Refused)
    const file = fileOf(await pictureOf('png'))
    await expect(claimExpense.run(cast[who], { ...parking, file })).rejects.toBeInstanceOf(Refused)
  }
  expect(await taken()).toBe(3)
})

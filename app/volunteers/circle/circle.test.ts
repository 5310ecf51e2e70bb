// Are the words of a volunteer's circle hers alone, known again when they are met, and gone when she or somebody else deletes them?
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type Cast, openCast } from '../../../test/cast.ts'
import { asPerson } from '../../core/db.server.ts'
import { NotFound, Refused } from '../../core/errors.ts'
import { forgetLine, openCircle, tellCircle } from './circle.server.ts'

let cast: Cast
beforeAll(async () => {
  cast = await openCast()
})
afterAll(() => cast.close())
beforeEach(() => cast.admin.query('truncate volunteer_circle, volunteer_link_key cascade'))

const told = {
  name: 'Lou Näidis-Lepp\nÕnne Näidis-Põld',
  phone: '+372 5123 4567',
  address: 'Näidis-Kivi tn 5-3, Tartu',
  work: 'OÜ Näidisehitus',
  car: '123 abc',
  school: 'Tartu Näidis lasteaed',
}
const lines = async () => (await openCircle.run(cast.lou, {})).lines

test('what was told is read by her alone, a line each, and not told twice', async () => {
  await tellCircle.run(cast.lou, told)
  await tellCircle.run(cast.lou, { phone: told.phone })
  expect((await lines()).map(({ kind, text }) => `${kind} ${text}`).toSorted()).toEqual([
    'address Näidis-Kivi tn 5-3, Tartu',
    'car 123 abc',
    'name Lou Näidis-Lepp',
    'name Õnne Näidis-Põld',
    'phone +372 5123 4567',
    'school Tartu Näidis lasteaed',
    'work OÜ Näidisehitus',
  ])
  const { rows } = await cast.admin.query('select value_sealed from volunteer_circle')
  expect(rows.map((row) => row.value_sealed.toString('utf8')).join()).not.toMatch(/Näidis|5123/)
  for (const who of ['kim', 'sirje', 'lea', 'aino', 'ott'] as const) {
    await expect(openCircle.run(cast[who], {})).rejects.toBeInstanceOf(Refused)
    expect(
      await asPerson('read', cast[who].claim, (db) => db.selectFrom('volunteerCircle').selectAll().execute()),
    ).toEqual([])
    const keys = asPerson('read', cast[who].claim, (db) =>
      db.selectFrom('sealedKey').select('id').where('kind', '=', 'circle').execute(),
    )
    expect(await keys).toEqual([])
  }
})

test('too little to know anybody by is given back at its field, with nothing recorded', async () => {
  const wrong = { name: 'Lou', phone: '112', car: 'hall', address: 'Tartu', work: 'OÜ', school: 'kool' }
  const error = await tellCircle.run(cast.lou, wrong).catch((thrown: unknown) => thrown)
  expect(error).toMatchObject({ status: 422 })
  expect(Object.keys((error as { fields: object }).fields).toSorted()).toEqual(Object.keys(wrong).toSorted())
  await expect(tellCircle.run(cast.lou, {})).rejects.toMatchObject({ status: 422 })
  expect(await lines()).toEqual([])
})

test('a line that she deletes is gone with its key and what was compared; Max cannot', async () => {
  await tellCircle.run(cast.lou, { name: told.name })
  const [first, second] = await lines()
  await expect(forgetLine.run(cast.max, { line: first?.id })).rejects.toBeInstanceOf(Refused)
  await forgetLine.run(cast.lou, { line: first?.id })
  expect(await lines()).toEqual([second])
  await expect(forgetLine.run(cast.lou, { line: first?.id })).rejects.toBeInstanceOf(NotFound)
  const keys = await cast.admin.query('select wrapped from sealed_key where owner_id = $1', [first?.id])
  const compared = await cast.admin.query('select from volunteer_link_key where fact_id = $1', [first?.id])
  expect([keys.rows, compared.rowCount]).toEqual([[{ wrapped: null }], 0])
})

test('with an erased volunteer everything of it goes', async () => {
  await tellCircle.run(cast.lou, told)
  const ids = (await lines()).map(({ id }) => id)
  await cast.admin.query('begin')
  await cast.admin.query('select erase_volunteer($1)', [cast.volunteer])
  const left = await cast.admin.query(
    `select (select count(*)::int from volunteer_circle) as told, (select count(*)::int from volunteer_link_key) as compared,
       (select count(*)::int from sealed_key where owner_id = any ($1) and wrapped is not null) as keys`,
    [ids],
  )
  await cast.admin.query('rollback')
  expect(left.rows).toEqual([{ told: 0, compared: 0, keys: 0 }])
})

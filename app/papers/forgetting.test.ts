// Are signed papers forgotten when the years of the rule are over, and not a day before – and never while they still hold?
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type Cast, openCast } from '../../test/cast.ts'
import { givenSignedPaper } from '../../test/signed.ts'
import { today } from '../core/clock.server.ts'
import { papersForgotten } from './forgetting.server.ts'

let cast: Cast
let paper = ''
beforeAll(async () => {
  cast = await openCast()
})
afterAll(() => cast.close())
beforeEach(async () => {
  await cast.admin.query('delete from paper_signed; delete from paper')
  paper = await givenSignedPaper(cast, 'leping.pdf')
})

const year = (back: number) => Number(today().slice(0, 4)) - back
const set = (what: string) => cast.admin.query(`update paper set ${what} where id = $1`, [paper])
async function kept() {
  const { rows } = await cast.admin.query<{ words: boolean; file: boolean; day: string }>(
    `select p.facts_sealed is not null as words, s.file_sealed is not null as file, s.signed_on::text as day
     from paper p join paper_signed s on s.paper_id = p.id where p.id = $1`,
    [paper],
  )
  return rows[0]
}

test('a paper that still holds is kept, however old it is', async () => {
  await set(`made_on = '2001-01-01', made_at = '2001-01-01'`)
  expect(await papersForgotten.run(cast.sys)).toBe(0)
  expect(await kept()).toMatchObject({ words: true, file: true })
})

test.each([
  ['its time was over', (on: string) => set(`valid_from = '2001-01-01', valid_to = '${on}'`)],
  ['it was taken back', (on: string) => set(`superseded_at = '${on}T12:00:00Z', superseded_reason = 'x'`)],
  [
    'she left',
    async (on: string) => {
      await cast.admin.query(`delete from volunteer_status where status = 'ended'`)
      await cast.admin.query(
        `insert into volunteer_status (volunteer_id, status, from_on, recorded_by) values ($1, 'ended', $2, $3)`,
        [cast.volunteer, on, cast.kim.id],
      )
      await cast.admin.query(`update volunteer set status = 'ended' where id = $1`, [cast.volunteer])
    },
  ],
])('seven years after the year in which %s it is gone, that there was one stays', async (_, ended) => {
  await cast.admin.query(`alter table paper disable trigger set_once`)
  await ended(`${year(7)}-01-02`)
  expect(await papersForgotten.run(cast.sys)).toBe(0)
  expect(await kept()).toMatchObject({ words: true, file: true })
  await ended(`${year(8)}-12-30`)
  expect(await papersForgotten.run(cast.sys)).toBe(2)
  expect(await kept()).toEqual({ words: false, file: false, day: expect.any(String) })
  await cast.admin.query(`alter table paper enable trigger set_once`)
  await cast.admin.query(`update volunteer set status = 'active' where id = $1`, [cast.volunteer])
})

test('the years are those of the rule', async () => {
  await set(`valid_from = '2001-01-01', valid_to = '${year(3)}-06-01'`)
  const setting = `insert into setting (name, value, valid_from, note, set_by) values ('paperYears', '2', $1, 'x', $2)`
  await cast.admin.query(setting, [today(), cast.kim.id])
  expect(await papersForgotten.run(cast.sys)).toBe(2)
  await cast.admin.query(`delete from setting where name = 'paperYears'`)
})

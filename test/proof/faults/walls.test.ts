// Does a case have its wall whoever comes first, and in the same moment too?
import { afterAll, beforeAll, expect, test } from 'vitest'
import { jobs } from '../../../app/jobs.ts'
import { type Cast, openCast } from '../../cast.ts'
import { clientOf } from '../../database.ts'
import { seed } from '../../draws.ts'
import { record, scale } from '../record.ts'
import { proveWalls } from './wall-races.ts'

let cast: Cast
let one: ReturnType<typeof clientOf>
let other: typeof one
beforeAll(async () => {
  cast = await openCast()
  one = clientOf(cast.urls.adminUrl)
  other = clientOf(cast.urls.adminUrl)
  await Promise.all([one.connect(), other.connect()])
})
afterAll(async () => {
  await Promise.all([one.end(), other.end()])
  await cast.close()
})

const code = "'\\x0a0b'"
const caseOf = (
  number: string,
) => `insert into case_file (network_id, number, county_code, municipality_code, language, source, referred_on, legal_basis, created_by)
  select '${cast.networks.ida}', '${number}', '0045', '0511', 'et', 'police', '2026-11-02', 'law', '${cast.lea.id}' returning id`
const person = (id: string) =>
  `insert into case_person (network_id, case_id, kind, personal_code_index, recorded_by) values ('${cast.networks.ida}', '${id}', 'victim', ${code}, '${cast.lea.id}')`
const own = () =>
  `insert into own_code (person_id, network_id, code_index) values ('${cast.mall.id}', '${cast.networks.ida}', ${code})`
const declared =
  () => `with told as (insert into declared_relation (person_id, kind, label) values ('${cast.mall.id}', 'sibling', 'Näidis') returning id)
  insert into declared_code (relation_id, network_id, code_index) select id, '${cast.networks.ida}', ${code} from told`
const walls = async (id: string): Promise<number> =>
  (
    await cast.admin.query('select count(*)::int as n from wall where case_id = $1 and person_id = $2', [
      id,
      cast.mall.id,
    ])
  ).rows[0].n

/** Both have written before either has finished: the first is done only once the second has begun to wait, or has not waited. */
async function together(first: string, second: string): Promise<void> {
  await one.query(`begin; ${first}`)
  const waiting = other.query(`begin; ${second}; commit`)
  await Promise.race([waiting, new Promise((done) => setTimeout(done, 300))])
  await one.query('commit')
  await waiting
}

test.each([
  ['her own code', 'the code', own],
  ['her own code', 'the case', own],
  ['a relative’s code', 'the code', declared],
  ['a relative’s code', 'the case', declared],
] as const)(
  'where %s and a case are written before either is finished there is a wall (first: %s)',
  async (_what, first, tell) => {
    await cast.admin.query('delete from wall; delete from own_code; delete from declared_code')
    const { rows } = await cast.admin.query<{ id: string }>(caseOf(`M-2026-${Math.floor(Math.random() * 9e6) + 1e6}`))
    const id = String(rows[0]?.id)
    await (first === 'the code' ? together(tell(), person(id)) : together(person(id), tell()))
    expect(await walls(id)).toBe(1)
  },
)

test('a case that is without its wall all the same gets it within the hour, and what two have lifted stays lifted', async () => {
  const { rows } = await cast.admin.query<{ id: string }>(
    `select case_id as id from case_person where personal_code_index = ${code} limit 1`,
  )
  const id = String(rows[0]?.id)
  await cast.admin.query(`delete from own_code; ${own()}; delete from wall`)
  const sweep = jobs.find(({ name }) => name === 'walls-missing')
  expect(await sweep?.run(cast.sys)).toBeGreaterThan(0)
  expect(await walls(id)).toBeGreaterThan(0)
  expect(await sweep?.run(cast.sys)).toBe(0)
  await cast.admin.query(
    `update wall set lift_asked_by = $1, lift_asked_at = now(), lift_reason_sealed = '\\x01', lifted_by = $2, lifted_at = now()`,
    [cast.aino.id, cast.ott.id],
  )
  expect(await sweep?.run(cast.sys)).toBe(0)
})

test('a case that is referred while somebody’s code becomes known has one wall, however often it is tried', {
  timeout: 10 * 60_000,
}, async () => {
  const begun = performance.now()
  const figures = await proveWalls(cast, scale(12, 100), seed)
  const failed = figures.wanting.length + figures.doubled.length
  record({ promise: 'race', what: 'walls raised by two at once', count: figures.races, failed, seed }, begun)
  expect(figures, `seed ${seed}`).toMatchObject({ wanting: [], doubled: [] })
})

// Is it kept for her own network alone, with nothing left behind, what a victim said of herself?
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { referCase, typed } from '../../../test/cases.ts'
import { type Cast, openCast } from '../../../test/cast.ts'
import { givenAsked } from '../../../test/transfer.ts'
import { Conflict, NotFound, Refused } from '../../core/errors.ts'
import { openCase } from '../case-file.server.ts'
import { openStep, saveStep, startReferral } from '../referral/referral.server.ts'
import { acceptTransfer } from '../transfer/answer.server.ts'
import { openDiversity, saveDiversity } from './diversity.server.ts'

let cast: Cast
beforeAll(async () => {
  cast = await openCast()
})
beforeEach(() => cast.admin.query(`delete from setting where name = 'diversityAsked'`))
afterAll(() => cast.close())

const nothing = { origin: 'unasked', disability: 'unasked', lgbt: 'unasked' }
const rowsOf = async (id: string) =>
  (
    await cast.admin.query(
      `select origin, disability, lgbt, superseded_at is not null as gone from case_diversity where case_id = $1 order by recorded_at`,
      [id],
    )
  ).rows
const now = async (id: string, who = cast.lea) => (await openDiversity.run(who, { id })).now
const off = () =>
  cast.admin.query(
    `insert into setting (name, valid_from, value, note) values ('diversityAsked', '2020-01-01', '"no"', 'Näidis-otsus')`,
  )

test('what was said at the referral is there for lead and member; an empty page leaves no row', async () => {
  const id = await referCase(cast.lea, { diversity: { origin: 'roma', disability: 'yes', lgbt: '' } })
  for (const who of [cast.lea, cast.mall])
    expect((await now(id, who)).told).toEqual({ origin: 'roma', disability: 'yes', lgbt: 'unasked' })
  const silent = await referCase(cast.lea, { diversity: { origin: '', disability: '', lgbt: '' } })
  expect([await rowsOf(silent), (await now(silent)).told]).toEqual([[], nothing])
  // Of the day of it, and of nothing more, the page of the case tells; to others not even that.
  expect((await openCase.run(cast.lea, { id })).facts.diversityOn).not.toBeNull()
  expect((await openCase.run(cast.lea, { id: silent })).facts.diversityOn).toBeNull()
  expect((await openCase.run(cast.kim, { id })).facts.diversityOn).toBeNull()
})

test('a correction leaves nothing of what was there before, and does not write over what its writer has not read', async () => {
  const id = await referCase(cast.lea, { diversity: { origin: 'roma', disability: 'yes', lgbt: 'yes' } })
  const { id: seen } = await now(id)
  const { told } = await now(id)
  await saveDiversity.run(cast.mall, { id, seen, ...told, lgbt: 'unsaid' })
  await expect(saveDiversity.run(cast.lea, { id, seen, origin: 'other' })).rejects.toBeInstanceOf(Conflict)
  expect(await rowsOf(id)).toEqual([
    { origin: null, disability: null, lgbt: null, gone: true },
    { origin: 'roma', disability: 'yes', lgbt: 'unsaid', gone: false },
  ])
  // Whoever takes everything back leaves no answer at all.
  await saveDiversity.run(cast.lea, { id, seen: (await now(id)).id, ...nothing })
  expect([(await rowsOf(id)).every((row) => row.gone && row.origin === null), (await now(id)).id]).toEqual([true, null])
  await expect(saveDiversity.run(cast.lea, { id, origin: 'martian' })).rejects.toMatchObject({ status: 422 })
})

test('where it is not to be asked its page is passed over, nothing is kept, and nothing more is written', async () => {
  const kept = await referCase(cast.lea)
  await off()
  const { journey } = await startReferral.run(cast.lea, {})
  for (const part of ['source', 'victim', 'perpetrator', 'children', 'others', 'contact', 'hours', 'fear'] as const)
    await saveStep.run(cast.lea, { journey, part, ...typed[part] })
  expect((await saveStep.run(cast.lea, { journey, part: 'brief', ...typed.brief })).to).toContain('/basis')
  expect((await openStep.run(cast.lea, { journey, part: 'diversity' })).around.diversityAsked).toBe(false)
  const id = await referCase(cast.lea)
  expect(await rowsOf(id)).toEqual([])
  await expect(saveDiversity.run(cast.lea, { id, origin: 'roma' })).rejects.toBeInstanceOf(Conflict)
  expect(await openDiversity.run(cast.lea, { id: kept })).toMatchObject({
    asked: false,
    now: { told: typed.diversity },
  })
})

test('with a case it goes to the other network; with its erasure it goes for good', async () => {
  const { caseId, transfer } = await givenAsked(cast)
  await acceptTransfer.run(cast.max, { id: transfer })
  expect((await now(caseId, cast.max)).told).toEqual(typed.diversity)
  await expect(openDiversity.run(cast.lea, { id: caseId })).rejects.toBeInstanceOf(NotFound)
  await cast.admin.query('select erase_case($1)', [caseId])
  expect(await rowsOf(caseId)).toEqual([{ origin: null, disability: null, lgbt: null, gone: false }])
})

test('Max cannot, others may not try, and a closed case is read and no longer written', async () => {
  const id = await referCase(cast.lea)
  for (const operation of [openDiversity, saveDiversity]) {
    await expect(operation.run(cast.max, { id })).rejects.toBeInstanceOf(NotFound)
    for (const who of [cast.kim, cast.lou, cast.sirje, cast.aino, cast.jaan])
      await expect(operation.run(who, { id })).rejects.toBeInstanceOf(Refused)
  }
  await cast.admin.query(`update case_file set status = 'closed' where id = $1`, [id])
  await expect(saveDiversity.run(cast.lea, { id, seen: (await now(id)).id })).rejects.toBeInstanceOf(Conflict)
  expect((await now(id)).told).toEqual(typed.diversity)
})

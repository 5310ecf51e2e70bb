// Does what somebody tells of those close to them keep them away, without being kept or told?
import { afterAll, beforeAll, expect, test } from 'vitest'
import { referCase } from '../../../test/cases.ts'
import { type Cast, openCast } from '../../../test/cast.ts'
import { openCase } from '../../cases/case-file.server.ts'
import { asPerson } from '../../core/db.server.ts'
import { Invalid, NotFound } from '../../core/errors.ts'
import { blindIndex } from '../../core/seal.server.ts'
import { editVolunteer, makeAccount } from '../../volunteers/keeping.server.ts'
import { indexNewNetworks, setOwnCode } from './own-codes.server.ts'
import { declareCase, declarePerson, listRelations, openRelation, removeRelation } from './relations.server.ts'

let cast: Cast
beforeAll(async () => {
  cast = await openCast()
})
afterAll(() => cast.close())

// Well-known samples of the state; nobody has them.
const [brother, own, other] = ['38001085718', '60001019906', '47101010033'] as const
const told = { kind: 'sibling', label: 'vend' }
const wallsOf = async (who: { id: string }) =>
  (await cast.admin.query('select source, number from wall where person_id = $1 order by set_at', [who.id])).rows
const numberOf = async (id: string) =>
  (await cast.admin.query('select number from case_file where id = $1', [id])).rows[0].number as string

test('a brother named before his case was written is found when it is, whoever writes it', async () => {
  await declarePerson.run(cast.mall, { personalCode: brother, ...told })
  const id = await referCase(cast.lea, { perpetrator: { relation: 'Endine abikaasa', nationalId: brother } })
  await expect(openCase.run(cast.mall, { id })).rejects.toBeInstanceOf(NotFound)
  expect((await openCase.run(cast.lea, { id })).head.id).toBe(id)
  expect(await wallsOf(cast.mall)).toEqual([{ source: 'declared', number: await numberOf(id) }])
})

test('a case that was there already is found too, and telling sounds the same whether or not there was one', async () => {
  const id = await referCase(cast.max, { victim: { nationalId: other, birthYear: '' } })
  expect((await openCase.run(cast.kim, { id })).head.id).toBe(id)
  const [found, nothing] = [
    await declarePerson.run(cast.kim, { personalCode: other, ...told }),
    await declarePerson.run(cast.sirje, { personalCode: own, ...told }),
  ]
  expect(found).toEqual(nothing)
  await expect(openCase.run(cast.kim, { id })).rejects.toBeInstanceOf(NotFound)
})

test('who tells of a case by its number is kept from it; a number that there is not is taken alike', async () => {
  const id = await referCase(cast.max)
  const tied = { number: `  ${(await numberOf(id)).toLowerCase()} `, kind: 'other', label: 'seos' }
  const answers = [
    await declareCase.run(cast.max, tied),
    await declareCase.run(cast.max, { ...tied, number: 'M-2011-999' }),
  ]
  expect(answers[0]).toEqual(answers[1])
  await expect(openCase.run(cast.max, { id })).rejects.toBeInstanceOf(NotFound)
  expect((await listRelations.run(cast.max, {})).map((one) => one.number)).toEqual([await numberOf(id), 'M-2011-999'])
  await expect(declareCase.run(cast.max, { ...tied, number: '14' })).rejects.toBeInstanceOf(Invalid)
})

test('the code is kept nowhere, and what was told is one’s own alone', async () => {
  const [mine] = await listRelations.run(cast.mall, {})
  expect(mine).toMatchObject({ kind: 'sibling', label: 'vend', number: null, unwatched: [] })
  expect(JSON.stringify(mine)).not.toContain(brother)
  const { rows } = await cast.admin.query(
    `select (select string_agg(row_to_json(d)::text, '') from declared_relation d) || (select string_agg(row_to_json(d)::text, '') from declared_code d)
       || (select string_agg(row_to_json(e)::text, '') from audit_event e) as everything`,
  )
  for (const code of [brother, own, other]) expect(rows[0].everything).not.toContain(code)
  for (const stranger of [cast.max, cast.ott, cast.aino]) {
    await expect(openRelation.run(stranger, { id: mine?.id })).rejects.toBeInstanceOf(NotFound)
    await expect(removeRelation.run(stranger, { id: mine?.id })).rejects.toBeInstanceOf(NotFound)
  }
  await expect(declarePerson.run(cast.mall, { personalCode: '38001085719', ...told })).rejects.toEqual(
    expect.objectContaining({ fields: { personalCode: { key: 'access.relation.codeWrong', args: undefined } } }),
  )
})

test('what is taken back is no longer watched for, and lifts no wall', async () => {
  const [mine] = await listRelations.run(cast.mall, {})
  await removeRelation.run(cast.mall, { id: mine?.id })
  expect(await listRelations.run(cast.mall, {})).toEqual([])
  expect(await wallsOf(cast.mall)).toHaveLength(1)
  await expect(removeRelation.run(cast.mall, { id: mine?.id })).rejects.toBeInstanceOf(NotFound)
  const later = await referCase(cast.lea, { perpetrator: { relation: 'Elukaaslane', nationalId: brother } })
  expect((await openCase.run(cast.mall, { id: later })).head.id).toBe(later)
})

test('nobody tells of more than they can look after', async () => {
  const values = Array.from(
    { length: 50 },
    (_, index) => `('${cast.jaan.id}', 'other', 'seos', 'M-2001-${100 + index}')`,
  )
  await cast.admin.query(`insert into declared_relation (person_id, kind, label, number) values ${values.join(', ')}`)
  await expect(declareCase.run(cast.jaan, { number: 'M-2026-001', ...told })).rejects.toBeInstanceOf(Invalid)
})

const profile = {
  ...{ name: 'Lou Näidis-Lepik', county: '0045', municipality: '0511', firstLanguage: 'et', languages: ['ru'] },
  ...{ remote: 'no', car: 'unknown', children: 'undecided' },
}

test('a volunteer’s code walls her off when the coordinator writes it, or when she is let in', async () => {
  const id = await referCase(cast.lea, { perpetrator: { relation: 'Elukaaslane', nationalId: own } })
  const { rows: now } = await cast.admin.query('select version from volunteer where id = $1', [cast.volunteer])
  await editVolunteer.run(cast.kim, { id: cast.volunteer, ...profile, ...now[0], personalCode: own })
  expect(await wallsOf(cast.lou)).toEqual([{ source: 'own-code', number: await numberOf(id) }])
  await cast.admin.query(`update volunteer set person_id = null where id = $1`, [cast.volunteer])
  await cast.admin.query(`update person_role set valid_to = current_date - 1 where person_id = $1`, [cast.lou.id])
  await makeAccount.run(cast.kim, { id: cast.volunteer, email: 'lou2@naidis.example', locale: 'et' })
  const { rows } = await cast.admin.query(
    `select w.source from wall w join person p on p.id = w.person_id where p.email = 'lou2@naidis.example'`,
  )
  expect(rows).toEqual([{ source: 'own-code' }])
})

test('a network founded later watches for every own code too, and says so where it cannot', async () => {
  await asPerson('write', cast.peep.claim, (db) => setOwnCode(db, cast.peep.id, '38001085718'))
  await declarePerson.run(cast.peep, { personalCode: other, ...told })
  await cast.admin.query(`insert into network (name, started_on) values ('Hiiu', '2026-01-01')`)
  expect((await listRelations.run(cast.peep, {}))[0]?.unwatched).toEqual(['Hiiu'])
  expect(await indexNewNetworks(cast.sys)).toBeGreaterThan(0)
  expect(await indexNewNetworks(cast.sys)).toBe(0)
  const { rows } = await cast.admin.query('select count(*)::int as n from own_code where person_id = $1', [
    cast.peep.id,
  ])
  expect(rows[0].n).toBe(3)
})

test('a second, wrong code leaves the first one watched for in a network founded later as well', async () => {
  const write = (code: string) => asPerson('write', cast.aino.claim, (db) => setOwnCode(db, cast.aino.id, code))
  const kept = async () =>
    (await cast.admin.query('select 1 from own_code_kept where person_id = $1', [cast.aino.id])).rowCount
  for (const code of [own, other, own, other]) await write(code)
  expect(await kept()).toBe(2)
  await Promise.all([write(brother), write(brother)])
  expect(await kept()).toBe(3)
  const { rows } = await cast.admin.query(
    `insert into network (name, started_on) values ('Saare', '2026-01-01') returning id`,
  )
  await indexNewNetworks(cast.sys)
  const known = await cast.admin.query('select code_index from own_code where person_id = $1 and network_id = $2', [
    cast.aino.id,
    rows[0].id,
  ])
  expect(known.rows.map(({ code_index }) => code_index.toString('hex')).toSorted()).toEqual(
    [own, other, brother].map((code) => blindIndex(rows[0].id, code).toString('hex')).toSorted(),
  )
})

test('an own code is written by its owner, and for others only by those who keep it', async () => {
  const write = (me: { claim: string }, whose: string) =>
    asPerson('write', me.claim, (db) => setOwnCode(db, whose, own))
  for (const stranger of [cast.max, cast.lou, cast.aino, cast.kim])
    await expect(write(stranger, cast.tiia.id)).rejects.toBeInstanceOf(NotFound)
  await write(cast.tiia, cast.tiia.id)
  await write(cast.ott, cast.jaan.id)
})

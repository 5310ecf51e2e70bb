// Do two people erase, never one; is it gone for good; does the ledger know; and what is left?
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { referCase } from '../../../test/cases.ts'
import { type Cast, type CastName, openCast } from '../../../test/cast.ts'
import { givenSupport, usualVisit } from '../../../test/support.ts'
import { setOwnCode } from '../../access/walls/own-codes.server.ts'
import { declarePerson } from '../../access/walls/relations.server.ts'
import { openCase } from '../../cases/case-file.server.ts'
import { revealValue } from '../../cases/identity/reveal.server.ts'
import { today } from '../../core/clock.server.ts'
import { asPerson } from '../../core/db.server.ts'
import { readLedger, useLedger } from '../../process/ledger.server.ts'
import { logVisit } from '../../support/visit/visits.server.ts'
import {
  askErasure,
  confirmErasure,
  listErasures,
  openErasure,
  openErasureForm,
  refuseErasure,
} from './erasures.server.ts'

let cast: Cast
const folder = mkdtempSync(join(tmpdir(), 'tugivork-ledger-'))
const ledger = join(folder, 'deeper', 'erasures.jsonl')
beforeAll(async () => {
  cast = await openCast()
  useLedger(ledger)
})
afterAll(async () => {
  await cast.close()
  rmSync(folder, { recursive: true })
})

const numberOf = async (id: string) =>
  String((await cast.admin.query('select number from case_file where id = $1', [id])).rows[0].number)
const ask = async (who: CastName, number: string) =>
  askErasure.run(cast[who], { number, ground: 'wish', reason: 'Inimene palus 20.11.' })
const confirm = (who: CastName, id: string) => confirmErasure.run(cast[who], { id, sure: 'on' })

async function contactOf(caseId: string): Promise<string> {
  const { rows } = await cast.admin.query(
    `select id from case_whereabouts where case_id = $1 and kind = 'safe_contact'`,
    [caseId],
  )
  return rows[0].id
}

test.each([
  ['lea', 'aino'],
  ['aino', 'lea'],
  ['kim', 'aino'],
  ['aino', 'kim'],
] as [CastName, CastName][])(
  '%s asks and %s erases: the key is gone, and so is all that stood in the open',
  async (asker, decider) => {
    const { caseId, assignment } = await givenSupport(cast, '2026-05-01', {
      changes: { victim: { nationalId: '60001019906', birthYear: '' } },
    })
    await logVisit.run(cast.lou, { ...usualVisit, assignment, day: today() })
    const { id } = await ask(asker, await numberOf(caseId))
    const seen = await openErasure.run(cast[decider], { id })
    expect(seen).toMatchObject({ decidable: true, standing: 'waits', why: 'Inimene palus 20.11.' })
    expect((await openCase.run(cast.lea, { id: caseId })).head.id).toBe(caseId)
    const before = await readable(caseId)
    expect(before).toEqual(expect.arrayContaining(['case_person.birth_year', 'case_person.personal_code_index']))
    await confirm(decider, id)

    const { rows } = await cast.admin.query(
      'select wrapped, destroyed_at is not null as gone from sealed_key where owner_id = $1',
      [caseId],
    )
    expect(rows).toEqual([{ wrapped: null, gone: true }])
    await expect(openCase.run(cast.lea, { id: caseId })).rejects.toMatchObject({ status: 410 })
    const look = { id: caseId, what: 'whereabouts', item: await contactOf(caseId), purpose: 'contact' }
    await expect(revealValue.run(cast.lea, look)).rejects.toMatchObject({ status: 410 })
    expect(readLedger(ledger).at(-1)).toMatchObject({ kind: 'case', owner: caseId })
    expect(await readable(caseId)).toEqual([])
    // Nobody goes on visiting: the support ended with it, and no other is looked for.
    const { rows: left } = await cast.admin.query(
      `select a.status, a.end_on::text, n.status as need from assignment a join need n on n.id = a.need_id where a.id = $1`,
      [assignment],
    )
    expect(left).toEqual([{ status: 'ended', end_on: today(), need: 'closed' }])
  },
)

/** What of more than internal class can still be read, without any key, in the rows of a case. */
async function readable(caseId: string): Promise<string[]> {
  const { rows: columns } = await cast.admin.query<{ table: string; column: string; owner: string }>(
    `select c.relname as table, a.attname as column, case c.relname when 'case_file' then 'id' else 'case_id' end as owner
     from pg_class c join pg_attribute a on a.attrelid = c.oid
     where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and a.attnum > 0 and not a.attisdropped
       and a.attname not like '%\\_sealed' and col_description(c.oid, a.attnum) in ('C2', 'C3', 'C4')
       and (c.relname = 'case_file' or exists (select from pg_attribute o where o.attrelid = c.oid and o.attname = 'case_id'))
     order by 1, 2`,
  )
  const left: string[] = []
  for (const { table, column, owner } of columns) {
    const { rowCount } = await cast.admin.query(`select from ${table} where ${owner} = $1 and ${column} is not null`, [
      caseId,
    ])
    if (rowCount) left.push(`${table}.${column}`)
  }
  return left
}
test('of a case only the level of risk and its grounds stay readable, as the page says; whoever adds a column decides about it', async () => {
  const { rows } = await cast.admin.query<{ name: string }>(
    `select c.relname || '.' || a.attname as name from pg_class c join pg_attribute a on a.attrelid = c.oid
     where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and a.attnum > 0 and not a.attisdropped and a.attnotnull
       and a.attname not like '%\\_sealed' and col_description(c.oid, a.attnum) in ('C2', 'C3', 'C4')
       and (c.relname = 'case_file' or exists (select from pg_attribute o where o.attrelid = c.oid and o.attname = 'case_id'))
     order by 1`,
  )
  const grounds = ['by_count', 'by_critical', 'by_escalation', 'by_judgement', 'by_repeat', 'level', 'yes_count']
  // Why a volunteer knows somebody of the case is written over.
  expect(rows.map(({ name }) => name)).toEqual([...grounds.map((name) => `assessment.${name}`), 'volunteer_tie.reason'])
})

test('nobody decides alone, twice, or where it is not theirs', async () => {
  const number = await numberOf(await referCase(cast.lea))
  await expect(ask('max', number)).rejects.toMatchObject({ status: 422 })
  const { id } = await ask('lea', number)
  await expect(ask('aino', number)).rejects.toMatchObject({ status: 409 })
  for (const who of ['lea', 'kim', 'max'] as const)
    await expect(confirm(who, id)).rejects.toMatchObject({ status: 404 })
  await expect(openErasure.run(cast.max, { id })).rejects.toMatchObject({ status: 404 })
  await expect(confirmErasure.run(cast.aino, { id })).rejects.toMatchObject({ status: 422 })
  await refuseErasure.run(cast.aino, { id })
  await expect(confirm('aino', id)).rejects.toMatchObject({ status: 409 })
  expect((await listErasures.run(cast.lea, {})).requests.find((one) => one.id === id)).toMatchObject({
    standing: 'refused',
    decidable: false,
  })
  const again = await ask('aino', number)
  await expect(confirm('aino', again.id)).rejects.toMatchObject({ status: 404 })
  await confirm('lea', again.id)
  await expect(ask('lea', number)).rejects.toMatchObject({ status: 422 })
})

test('behind the program’s back: no request in another’s name, no decision and no erasure but through the two', async () => {
  const caseId = await referCase(cast.lea)
  const number = await numberOf(caseId)
  const { id } = await ask('lea', number)
  const attempts: [CastName, string][] = [
    ['lea', `select erase_case('${caseId}')`],
    ['lea', `select destroy_keys(array['${caseId}'::uuid])`],
    ['lea', `select * from decide_erasure('${id}', true)`],
    ['max', `select * from decide_erasure('${id}', true)`],
    [
      'aino',
      `update erasure set outcome = 'done', decided_by = '${cast.aino.id}', decided_at = now() where id = '${id}'`,
    ],
    ['lea', `update sealed_key set wrapped = null, destroyed_at = now() where owner_id = '${caseId}'`],
    ['lea', insertion(cast.aino.id, 'auditor')],
    ['lea', insertion(cast.lea.id, 'auditor')],
    ['max', insertion(cast.max.id, 'keeper')],
    ['ott', insertion(cast.ott.id, 'keeper')],
  ]
  function insertion(who: string, as: string): string {
    return `insert into erasure (kind, owner_id, network_id, label, ground, asked_by, asked_as, reason_sealed)
      values ('case', '${caseId}', '${cast.networks.ida}', '${number}', 'wish', '${who}', '${as}', '')`
  }
  const { sql } = await import('kysely')
  for (const [who, statement] of attempts) {
    const done = asPerson('write', cast[who].claim, (db) => sql.raw(statement).execute(db))
    await expect(done, `${who}: ${statement}`).rejects.toThrow()
  }
  const { rows } = await cast.admin.query('select wrapped is not null as there from sealed_key where owner_id = $1', [
    caseId,
  ])
  expect(rows).toEqual([{ there: true }])
})

test('where the ledger cannot be written, nothing is erased', async () => {
  const caseId = await referCase(cast.lea)
  const { id } = await ask('lea', await numberOf(caseId))
  writeFileSync(join(folder, 'fail'), '')
  useLedger(join(folder, 'fail', 'erasures.jsonl'))
  await expect(confirm('aino', id)).rejects.toThrow()
  useLedger(ledger)
  expect((await openCase.run(cast.lea, { id: caseId })).head.id).toBe(caseId)
  const lines = readFileSync(ledger, 'utf8').trim().split('\n')
  writeFileSync(join(folder, 'changed'), lines.slice(1).join('\n'))
  expect(() => readLedger(join(folder, 'changed'))).toThrow(/on muudetud/)
  await confirm('aino', id)
})

test('a volunteer: name, contacts, words and account are nowhere any more; hours stay under the code', async () => {
  await cast.admin.query(
    `update volunteer set phone = '+372 5550 9988', notes = 'Kanaarmärkus', occupation = 'Kanaaramet', email = 'lou@naidis.example' where id = $1`,
    [cast.volunteer],
  )
  const { rows } = await cast.admin.query('select code from volunteer where id = $1', [cast.volunteer])
  await asPerson('write', cast.lou.claim, (db) => setOwnCode(db, cast.lou.id, '38001085718'))
  const relative = { personalCode: '60001019906', kind: 'sibling', label: 'Kanaarõde' }
  await declarePerson.run(cast.lou, relative)
  const codes = () =>
    cast.admin.query('select from own_code union all select from own_code_kept union all select from declared_code')
  expect((await codes()).rowCount).toBeGreaterThan(2)
  await expect(ask('lea', rows[0].code)).rejects.toMatchObject({ status: 422 })
  expect(await openErasureForm.run(cast.kim, { number: rows[0].code })).toEqual({ number: rows[0].code })
  const { id } = await ask('kim', rows[0].code)
  const before = await cast.admin.query('select count(*) from visit where volunteer_id = $1', [cast.volunteer])
  await confirm('aino', id)
  const tables = await cast.admin.query(
    `select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'`,
  )
  for (const { name } of tables.rows) {
    const { rowCount } = await cast.admin.query(
      `select from ${name} t where t::text ~ 'Lou Näidis|lou naidis|lou@naidis|5550 9988|Kanaar'`,
    )
    expect(rowCount, name).toBe(0)
  }
  expect((await cast.admin.query('select count(*) from visit where volunteer_id = $1', [cast.volunteer])).rows).toEqual(
    before.rows,
  )
  // Nor is it known any more whose cases she was not to see.
  expect((await codes()).rowCount).toBe(0)
  const { rows: accounts } = await cast.admin.query('select status from person where id = $1', [cast.lou.id])
  expect(accounts).toEqual([{ status: 'disabled' }])
  expect(readLedger(ledger).at(-1)).toMatchObject({ kind: 'volunteer', owner: cast.volunteer })
})

// Is the data of the bench what it says it is, although no trigger and no foreign key looked on while it was made?
import { randomBytes } from 'node:crypto'
import { Client } from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Answers } from '../../app/cases/risk/instrument.ts'
import { openKey, useKeys } from '../../app/core/seal.server.ts'
import { freshDatabase, type TestDatabase } from '../../test/database.ts'
import { generate } from './generate.ts'

const size = { cases: 300, volunteers: 60, visits: 1500 }
let database: TestDatabase
let admin: Client

beforeAll(async () => {
  database = await freshDatabase()
  admin = new Client({ connectionString: database.adminUrl })
  await admin.connect()
  useKeys({ master: randomBytes(32), masterId: 'test', index: randomBytes(32), pepper: randomBytes(32) })
  await generate(admin, size)
})
afterAll(async () => {
  await admin.end()
  await database.close()
})

const one = async <V>(text: string) => (await admin.query<{ value: V }>(`select (${text}) as value`)).rows[0]?.value

test('as many as were asked for', async () => {
  expect(await one(`select count(*)::int from case_file`)).toBe(size.cases)
  expect(await one(`select count(*)::int from volunteer`)).toBe(size.volunteers)
  // Those that would have fallen on a proposal without a yes are left out.
  expect(await one<number>(`select count(*)::int from visit`)).toBeGreaterThan(size.visits * 0.95)
  expect(await one(`select count(*)::int from network`)).toBe(17)
})

test('network 1 is hot', async () => {
  const share = await one<number>(
    `select avg((n.name = 'Näidis-võrgustik 1')::int)::float8 from case_file c join network n on n.id = c.network_id`,
  )
  expect(share).toBeGreaterThan(0.22)
  expect(share).toBeLessThan(0.38)
})

test('every foreign key leads somewhere', async () => {
  const { rows: keys } = await admin.query<{ child: string; parent: string; pairs: string[][] }>(
    `select conrelid::regclass::text as child, confrelid::regclass::text as parent,
       (select json_agg(json_build_array(a.attname, b.attname)) from unnest(conkey, confkey) k(x, y)
         join pg_attribute a on a.attrelid = conrelid and a.attnum = x join pg_attribute b on b.attrelid = confrelid and b.attnum = y) as pairs
     from pg_constraint where contype = 'f' and connamespace = 'public'::regnamespace`,
  )
  expect(keys.length).toBeGreaterThan(40)
  for (const { child, parent, pairs } of keys) {
    const given = pairs.map(([own]) => `c.${own} is not null`).join(' and ')
    const meets = pairs.map(([own, other]) => `p.${other} = c.${own}`).join(' and ')
    const lost = await one(
      `select count(*)::int from ${child} c where ${given} and not exists (select from ${parent} p where ${meets})`,
    )
    expect(lost, `${child} → ${parent}`).toBe(0)
  }
})

test('rows agree with their histories', async () => {
  const needs = `select count(*)::int from need n where n.status is distinct from (select case e.kind when 'opened' then 'open' else e.kind end
    from need_event e where e.need_id = n.id order by e.recorded_at desc limit 1)`
  expect(await one(needs)).toBe(0)
  expect(
    await one(`select count(*)::int from visit v join assignment a on a.id = v.assignment_id where v.on_date not between a.start_on
    and coalesce(a.end_on, current_date)`),
  ).toBe(0)
  expect(
    await one(
      `select count(*)::int from audit_event a left join audit_event b on b.seq = a.seq - 1 where a.seq > 1 and a.prev is distinct from b.hash`,
    ),
  ).toBe(0)
})

test('the sums of work are those of the visits, and there are some', async () => {
  const raw = `select coalesce(done_in, network_id) as network_id, date_trunc('month', on_date)::date as month, way, sum(contacts) as contacts,
    sum(minutes) as minutes, sum(expense_cents) as expense_cents from visit where superseded_at is null group by 1, 2, 3`
  const kept = 'select network_id, month, way, contacts, minutes, expense_cents from work_sum'
  expect(
    await one(`select count(*)::int from ((${raw} except ${kept}) union all (${kept} except ${raw})) different`),
  ).toBe(0)
  expect(await one<number>(`select sum(contacts)::int from work_sum`)).toBeGreaterThan(size.visits * 0.9)
})

const opened = [
  ['case_file', 'why_marac_sealed', 'id'],
  ['case_file', 'children_told_whom_sealed', 'id'],
  ['case_brief', 'tasks_sealed', 'case_id'],
  ['case_person', 'family_name_sealed', 'case_id'],
  ['case_whereabouts', 'value_sealed', 'case_id'],
  ['assessment', 'answers_sealed', 'case_id'],
  ['case_decision', 'words_sealed', 'case_id'],
  ['case_decision', 'reason_sealed', 'case_id'],
  ['case_action', 'what_sealed', 'case_id'],
  ['case_action', 'result_sealed', 'case_id'],
  ['case_action', 'outcome_sealed', 'case_id'],
] as const

test.each(opened)('what a page opens is really sealed: %s.%s', async (table, column, ofCase) => {
  const { rows } = await admin.query<{ owner: string; id: string; master: string; wrapped: Buffer; sealed: Buffer }>(
    `select t.${ofCase} as owner, t.id, k.master_id as master, k.wrapped, t.${column} as sealed
     from ${table} t join sealed_key k on k.owner_id = t.${ofCase} where t.${column} is not null`,
  )
  expect(rows.length).toBeGreaterThan(20)
  for (const { owner, id, master, wrapped, sealed } of rows) {
    const key = { kind: 'case', masterId: master, wrapped, wrappedOther: null }
    expect(openKey(key, owner).open({ table, column, row: id }, sealed).length).toBeGreaterThan(5)
  }
})

test('as many answers of an assessment are yes as it counts', async () => {
  const { rows } = await admin.query<{
    owner: string
    id: string
    yes: number
    master: string
    wrapped: Buffer
    sealed: Buffer
  }>(
    `select a.case_id as owner, a.id, a.yes_count as yes, k.master_id as master, k.wrapped, a.answers_sealed as sealed
     from assessment a join sealed_key k on k.owner_id = a.case_id limit 30`,
  )
  for (const { owner, id, yes, master, wrapped, sealed } of rows) {
    const vault = openKey({ kind: 'case', masterId: master, wrapped, wrappedOther: null }, owner)
    const answers = Answers.parse(
      JSON.parse(vault.open({ table: 'assessment', column: 'answers_sealed', row: id }, sealed)),
    )
    expect(Object.values(answers).filter((answer) => answer === 'yes')).toHaveLength(yes)
  }
})

// What can somebody with a statement of their own do to the ground of a case, or see once it is gone?
import { afterAll, beforeAll, expect, test } from 'vitest'
import { withdrawConsent } from '../app/cases/basis/basis.server.ts'
import { type Attack, type Attacker, openAttacker, openWorld, type World } from './attack.ts'
import { type Cast, openCast } from './cast.ts'

let cast: Cast
let world: World
let attacker: Attacker
beforeAll(async () => {
  cast = await openCast()
  world = await openWorld(cast)
  attacker = await openAttacker(cast, world)
  await withdrawConsent.run(cast.lea, { id: world.caseD, on: '02.11.2026', way: 'spoken', goesOn: 'ends' })
})
afterAll(async () => {
  await attacker.close()
  await cast.close()
})

const word = (of: string, kind: string, who: string, network = 'ida') =>
  `insert into case_basis (network_id, case_id, kind, on_date, way, goes_on, recorded_by)
   values (':${network}', ':${of}', '${kind}', current_date, 'spoken', ${kind === 'withdrawn' ? `'ends'` : 'null'}, ':${who}')`

const allowed: Attack[] = [
  ['Lea records a consent', 'lea', word('caseA', 'consent', 'lea')],
  ['Mall records that it was taken back', 'mall', word('caseA', 'withdrawn', 'mall')],
  ['Lea still sees the case that rests on nothing', 'lea', `select 1 from case_file where id = ':caseD'`],
  ['Mall sees the case that rests on a consent', 'mall', `select 1 from case_file where id = ':caseA'`],
  ['Kim still counts it', 'kim', `select 1 from case_file where id = ':caseD'`],
]
test.each(allowed)('what is meant to work does: %s', async (_, who, statement, login) => {
  expect(await attacker.attempt(who, statement, login)).toBe(1)
})

const forged: Attack[] = [
  ['Max speaks for a victim of another network', 'max', word('caseA', 'consent', 'max')],
  ['Max speaks in the name of Lea', 'max', word('caseA', 'consent', 'lea')],
  ['Max files a word on it under his own network', 'max', word('caseA', 'consent', 'max', 'harju')],
  ['Lea speaks in the name of Mall', 'lea', word('caseA', 'consent', 'mall')],
  ['Lou speaks', 'lou', word('caseA', 'consent', 'louPerson')],
  ['Kim speaks', 'kim', word('caseA', 'consent', 'kim')],
  ['Lea calls a case imported', 'lea', word('caseA', 'imported', 'lea')],
  ['Lea takes back what is not given', 'lea', word('caseD', 'withdrawn', 'lea')],
  ['Mall brings a case back that is shut before her', 'mall', word('caseD', 'consent', 'mall')],
  [
    'Lea rewrites the ground in the case itself',
    'lea',
    `update case_file set legal_basis = 'consent', consent_on = current_date, consent_way = 'spoken' where id = ':caseD'`,
  ],
  ['Lea rewrites a word', 'lea', `update case_basis set on_date = '2020-01-01' where case_id = ':caseA'`],
  ['Lea wipes a word', 'lea', `delete from case_basis where case_id = ':caseA'`],
  [
    'Lea offers support without a ground',
    'lea',
    `insert into need (network_id, case_id, number, county_code, language, from_on, months, created_by) values (':ida', ':caseD', 'q', '0045', 'et', current_date, 8, ':lea')`,
  ],
  [
    'Kim asks a support person without a ground',
    'kim',
    `insert into assignment (network_id, case_id, need_id, number, volunteer_id, chosen_by_solver, load_before, created_by)
     select network_id, case_id, id, 'q', ':other', true, 0, ':kim' from need where case_id = ':caseD' limit 1`,
  ],
  ['Max sets the identity of another network aside', 'max', `select 1 where supersede_person(':victimA') is not null`],
  ['Kim sets an identity aside', 'kim', `select 1 where supersede_person(':victimA') is not null`],
  ['a reading login sets an identity aside', 'lea', `select supersede_person(':victimA')`, 'read'],
  [
    'Kim asks where the victim is',
    'kim',
    `insert into reveal (network_id, case_id, person_id, what, item_id, purpose_sealed, until) values (':ida', ':caseD', ':kim', 'whereabouts', ':addressD', '\\x01', now() + interval '1 minute')`,
  ],
]
test.each(forged)('%s, in vain', async (_, who, statement, login) => {
  expect(await attacker.attempt(who, statement, login)).not.toBe(1)
})

// Once nothing carries a case, it is nobody's but the lead's, table by table.
const tables = [
  'case_file',
  'case_basis',
  'case_task',
  'assessment',
  'case_brief',
  'need',
  'need_event',
  'assignment',
  'visit',
  'concern',
]
test.each(tables)('without a ground Mall sees no %s of the case', async (table) => {
  const of = table === 'case_file' ? 'id' : 'case_id'
  for (const login of ['read', 'write'] as const) {
    expect(await attacker.attempt('mall', `select 1 from ${table} where ${of} = ':caseD'`, login)).toBe(0)
  }
})

test('nor its key, its people or its places, and the support person and the coordinator none of what names anybody', async () => {
  expect(await attacker.attempt('mall', `select 1 from sealed_key where owner_id = ':caseD'`)).toBe(0)
  for (const who of ['mall', 'kim', 'lou', 'sirje'] as const) {
    expect(await attacker.attempt(who, `select * from people_of(':caseD')`)).toBe(0)
    expect(await attacker.attempt(who, `select * from whereabouts_of(':caseD')`)).toBe(0)
    expect(await attacker.attempt(who, `select 1 from case_brief where case_id = ':caseD'`)).toBe(0)
  }
  expect(await attacker.attempt('lea', `select * from people_of(':caseD')`)).toBeGreaterThan(0)
})

// What can somebody with a statement of their own learn of other adults in danger, or do to them?
import { afterAll, beforeAll, expect, test } from 'vitest'
import { addAdult } from '../app/cases/adults/adults.server.ts'
import { type Attack, type Attacker, openAttacker, openWorld, type World } from './attack.ts'
import { type Cast, openCast } from './cast.ts'

let cast: Cast
let world: World
let attacker: Attacker
beforeAll(async () => {
  cast = await openCast()
  const base = await openWorld(cast)
  const told = { relation: 'Ema', atRisk: 'Näidis-oht', givenName: 'Helgi', contact: '+372 5550 9876' }
  await addAdult.run(cast.lea, { id: base.caseA, ...told })
  await addAdult.run(cast.lea, { id: base.caseA, relation: 'Vend', atRisk: 'Näidis-oht' })
  await addAdult.run(cast.max, { id: base.caseB, ...told })
  const { rows } = await cast.admin.query<World>(
    `select (select id from case_person where case_id = $1 and adult_nth = 1) as "adultA", (select id from case_person where case_id = $2 and adult_nth = 1) as "adultB",
       (select id from case_whereabouts where case_id = $1 and adult_nth = 1) as "wayA"`,
    [base.caseA, base.caseB],
  )
  world = { ...base, ...rows[0] }
  attacker = await openAttacker(cast, world)
})
afterAll(async () => {
  await attacker.close()
  await cast.close()
})

const look = (what: string, item: string, network = 'ida', of = 'caseA') =>
  `insert into reveal (network_id, case_id, person_id, what, item_id, purpose_sealed, until)
   select ':${network}', ':${of}', auth_person(), '${what}', ':${item}'::uuid, '\\x01', now() + interval '5 minutes'`
const withdraw = (item = 'adultA', of = 'caseA') =>
  `select 1 where withdraw_person(':${of}', ':${item}', '\\x01') = 'adult'`
const write = (network: string, of: string, by: string, more = '', value = '') =>
  `insert into case_person (network_id, case_id, kind, recorded_by${more}) values (':${network}', ':${of}', 'adult', ':${by}'${value})`

const allowed: Attack[] = [
  [
    'Lea looks at who it is',
    'lea',
    `${look('identity', 'adultA')}; select 1 from case_person where risk_sealed is not null`,
  ],
  ['Mall looks at how to reach them', 'mall', `${look('whereabouts', 'wayA')}; select 1 from case_whereabouts`],
  ['Kim knows how many there are', 'kim', `select 1 from adults_of(':caseA') where nth = 2`],
  ['Mall takes one out', 'mall', withdraw()],
  ['Mall knows the number of one', 'mall', `select 1 from people_numbers(':caseA') where id = ':adultA' and nth = 1`],
  ['Mall knows who needs an answer', 'mall', `select 1 from plan_people(':caseA') where kind = 'adult' and nth = 2`],
  [
    'a look that lasts holds for the entry that corrects it',
    'lea',
    `${look('identity', 'adultA')};
     insert into case_person (network_id, case_id, kind, recorded_by, corrects_id, correction_sealed, adult_nth, superseded_at)
       values (':ida', ':caseA', 'adult', ':lea', ':adultA', '\\x01', 1, now());
     select 1 from case_person where corrects_id = ':adultA'`,
  ],
  ['Lea writes one down', 'lea', write('ida', 'caseA', 'lea')],
  [
    'Lea is told when one came',
    'lea',
    `select 1 from people_changes(':caseB') union all select 1 from people_changes(':caseA') limit 1`,
  ],
]
test.each(allowed)('what is meant to work does: %s', async (_, who, statement, login) => {
  expect(await attacker.attempt(who, statement, login)).toBe(1)
})

const forged: Attack[] = [
  [
    'Lea reads why somebody is in danger without asking',
    'lea',
    'select 1 from case_person where risk_sealed is not null',
  ],
  ['Max counts those of another network', 'max', `select 1 from adults_of(':caseA')`],
  ['Max hears when one came there', 'max', `select 1 from people_changes(':caseA')`],
  ['Lou counts those of the case she supports', 'lou', `select 1 from adults_of(':caseA') where not place`],
  ['Lou hears when one came', 'lou', `select 1 from people_changes(':caseA')`],
  ['Lou looks at who it is', 'lou', look('identity', 'adultA')],
  ['Lou looks at how to reach them', 'lou', look('whereabouts', 'wayA')],
  ['Peep counts them', 'peep', `select 1 from adults_of(':caseA')`],
  ['Max looks at who it is', 'max', look('identity', 'adultA')],
  [
    'Lea reads the entry that corrects one whom she did not look at',
    'lea',
    `insert into case_person (network_id, case_id, kind, recorded_by, corrects_id, correction_sealed, adult_nth, superseded_at)
       values (':ida', ':caseA', 'adult', ':lea', ':adultA', '\\x01', 1, now());
     select 1 from case_person where corrects_id = ':adultA'`,
  ],
  ['Max looks by a case of his own', 'max', look('identity', 'adultA', 'harju', 'caseB')],
  ['Max takes one out of another network', 'max', withdraw()],
  ['Max takes one out by a case of his own', 'max', withdraw('adultA', 'caseB')],
  ['Kim takes one out', 'kim', withdraw()],
  ['Lou takes one out', 'lou', withdraw()],
  ['Lea takes the victim out', 'lea', withdraw('victimA').replace(`= 'adult'`, 'is not null')],
  [
    'Lea takes out the only one who used violence',
    'lea',
    `select 1 from people_of(':caseA') p where p.kind = 'perpetrator' and withdraw_person(':caseA', p.id, '\\x01') <> 'last'`,
  ],
  ['Max learns the numbers of another network', 'max', `select 1 from people_numbers(':caseA')`],
  ['Lou learns the numbers of the case she supports', 'lou', `select 1 from people_numbers(':caseA')`],
  ['Max learns for whom a plan there needs an answer', 'max', `select 1 from plan_people(':caseA')`],
  ['Kim learns for whom the plan needs an answer', 'kim', `select 1 from plan_people(':caseA')`],
  ['Lea asks past the policies for whom', 'lea', `select 1 from plan_people_of(':caseA')`],
  ['Lea asks past the policies for the numbers', 'lea', `select 1 from case_numbers(':caseA')`],
  ['Max learns who somebody is now', 'max', `select 1 where person_now(':caseA', ':adultA') is not null`],
  ['Lea learns why a wall stands', 'lea', `select 1 from wall where wall_outlived(id)`],
  ['Lea takes one out without a reason', 'lea', `select 1 where withdraw_person(':caseA', ':adultA', null) = 'adult'`],
  ['a reading login takes one out', 'lea', withdraw(), 'read'],
  [
    'Lea changes the number of one',
    'lea',
    `${look('identity', 'adultA')}; update case_person set adult_nth = 9 where id = ':adultA'`,
  ],
  [
    'Lea brings one back',
    'lea',
    `${look('identity', 'adultA')}; update case_person set withdrawn_by = null where id = ':adultA'`,
  ],
  ['Lea writes one down for another network', 'lea', write('harju', 'caseB', 'lea')],
  ['Lea writes one down in the name of Mall', 'lea', write('ida', 'caseA', 'mall')],
  [
    'Lea takes one out in the name of Mall',
    'lea',
    write('ida', 'caseA', 'lea', ', superseded_at, withdrawn_by, withdrawn_sealed', `, now(), ':mall', '\\x01'`),
  ],
  ['Lea writes down a number twice', 'lea', write('ida', 'caseA', 'lea', ', adult_nth', ', 1')],
  ['Lea numbers the victim', 'lea', write('ida', 'caseA', 'lea', ', adult_nth', ', 3').replace(`'adult'`, `'victim'`)],
]
test.each(forged)('%s, in vain', async (_, who, statement, login) => {
  expect([0, '42501', '23505', '23514']).toContain(await attacker.attempt(who, statement, login))
})

test('behind a wall, without a ground and after closing there is nobody to count or to take out', async () => {
  const wall = `insert into wall (person_id, network_id, case_id, number, source, fact, set_at)
    select $1, network_id, id, number, 'own-code', gen_random_uuid(), now() - interval '1 minute' from case_file where id = $2`
  const counted = `select 1 from adults_of(':caseA')`
  const changes = `select 1 from people_changes(':caseA')`
  const numbers = `select 1 from people_numbers(':caseA')`
  const now = `select 1 where person_now(':caseA', ':adultA') is not null`
  const answers = `select 1 from plan_people(':caseA')`
  expect(await attacker.attempt('mall', counted)).toBe(3)
  await cast.admin.query(`update case_file set legal_basis = 'none' where id = $1`, [world.caseA])
  for (const who of ['mall', 'kim'] as const)
    for (const statement of [counted, changes, withdraw()])
      expect([0, '42501']).toContain(await attacker.attempt(who, statement))
  expect(await attacker.attempt('lea', counted)).toBe(3)
  await cast.admin.query(`update case_file set legal_basis = 'law', status = 'closed' where id = $1`, [world.caseA])
  expect(await attacker.attempt('lea', withdraw())).toBe(0)
  await cast.admin.query(`update case_file set status = 'open' where id = $1`, [world.caseA])
  expect(await attacker.attempt('lea', withdraw())).toBe(1)
  await cast.admin.query(wall, [cast.lea.id, world.caseA])
  for (const statement of [counted, changes, numbers, now, answers, withdraw()])
    expect(await attacker.attempt('lea', statement)).toBe(0)
})

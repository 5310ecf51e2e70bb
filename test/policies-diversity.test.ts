// What can somebody with a statement of their own learn of what victims said of themselves, or do to it?
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Attack, type Attacker, openAttacker, openWorld, type World } from './attack.ts'
import { type Cast, openCast } from './cast.ts'

let cast: Cast
let world: World
let attacker: Attacker
beforeAll(async () => {
  cast = await openCast()
  const base = await openWorld(cast)
  const { rows } = await cast.admin.query<World>(
    `select (select id from case_diversity where case_id = $1) as "saidA", (select id from case_diversity where case_id = $2) as "saidB"`,
    [base.caseA, base.caseB],
  )
  await cast.admin.query(
    `insert into reach_half (from_on, to_on, threshold, figures) values ('2025-07-01', '2025-12-31', 5, '{"all": 9}')`,
  )
  world = { ...base, ...rows[0] }
  attacker = await openAttacker(cast, world)
})
afterAll(async () => {
  await attacker.close()
  await cast.close()
})

const seen = `select 1 from case_diversity where case_id = ':caseA'`
const aside = (of = 'saidA') => `update case_diversity set superseded_at = now() where id = ':${of}'`
const write = (network: string, of: string, by: string) =>
  `insert into case_diversity (network_id, case_id, origin, disability, lgbt, recorded_by) values (':${network}', ':${of}', 'roma', 'no', 'no', ':${by}')`
const half = `insert into reach_half (from_on, to_on, threshold, figures) values ('2026-01-01', '2026-06-30', 5, '{}')`
const byCounty = (from: string) =>
  `insert into capacity_half (from_on, to_on, threshold, figures) values ('${from}', date '${from}' + 183, 5, '{}')`
const measured = (by: string) =>
  `insert into capacity_fact (what, county_code, hundredths, valid_from, source, set_by) values ('women', '0045', 100, '2026-01-01', 'x', ':${by}')`
const counts = `select 1 from reach_counts('2020-01-01', '2099-12-31')`

const allowed: Attack[] = [
  ['Lea reads what was said', 'lea', seen],
  ['Mall reads what was said', 'mall', seen],
  ['Lea puts it right', 'lea', `${aside()}; ${write('ida', 'caseA', 'lea')}`],
  ['the process publishes', 'sys', half],
  ...(['lea', 'kim', 'jaan'] as const).map(
    (who): Attack => [`${who} reads the table`, who, 'select 1 from reach_half'],
  ),
  ['the process publishes by county', 'sys', byCounty('2025-07-01')],
  ['Kim says by what it is measured', 'kim', measured('kim')],
]
test.each(allowed)('what is meant to work does: %s', async (_, who, statement, login) => {
  expect(await attacker.attempt(who, statement, login)).toBe(1)
})
test('the process counts, and what was set aside is empty', async () => {
  expect(await attacker.attempt('sys', counts)).toBeGreaterThan(5)
  expect(
    await attacker.attempt(
      'lea',
      `${aside()}; select 1 from case_diversity where id = ':saidA' and origin is null and lgbt is null`,
    ),
  ).toBe(1)
})

const forged: Attack[] = [
  ...(['max', 'kim', 'aino', 'lou', 'sirje', 'peep', 'ott', 'jaan', 'sys'] as const).map(
    (who): Attack => [`${who} reads what was said`, who, seen],
  ),
  ...(['lea', 'mall', 'max', 'kim', 'aino', 'peep', 'jaan', 'lou'] as const).flatMap((who): Attack[] => [
    [`${who} counts before anything is hidden`, who, counts],
    [`${who} asks since when there are cases`, who, 'select 1 where reach_begins() is not null'],
    [`${who} publishes`, who, half],
  ]),
  ...(['mall', 'lou', 'sirje', 'aino', 'ott', 'peep'] as const).map(
    (who): Attack => [`${who} reads the table`, who, 'select 1 from reach_half'],
  ),
  ['Max writes of another network', 'max', write('ida', 'caseA', 'max')],
  ['Kim writes', 'kim', write('ida', 'caseA', 'kim')],
  ['Lea writes in the name of Mall', 'lea', `${aside()}; ${write('ida', 'caseA', 'mall')}`],
  ['Lea writes a second time', 'lea', write('ida', 'caseA', 'lea')],
  ['Lea rewrites an answer', 'lea', `update case_diversity set lgbt = 'yes' where id = ':saidA'`],
  ['Lea removes it', 'lea', `delete from case_diversity where id = ':saidA'`],
  ['Lea sets aside that of another network', 'lea', aside('saidB')],
  ['Kim publishes by county', 'kim', byCounty('2025-07-01')],
  ['Kim counts by county', 'kim', `select 1 from capacity_counts('2020-01-01', '2099-12-31')`],
  ['Lea says by what it is measured', 'lea', measured('lea')],
  ['Kim says so in another name', 'kim', measured('lea')],
  ['Kim says it of what holds', 'kim', `${measured('kim')}; update capacity_fact set hundredths = 1`],
  ['the process changes a table', 'sys', `update reach_half set figures = '{}'`],
  ['the process publishes a half-year that is not over', 'sys', half.replace('2026-06-30', '2999-06-30')],
  ['a look in an emergency reads it', 'max', seen],
]
test.each(forged)('%s, in vain', async (_, who, statement, login) => {
  expect([0, '42501', '23505', '23514']).toContain(await attacker.attempt(who, statement, login))
})

test('without a ground it is the lead’s alone; in a closed case it is only read; behind a wall there is none', async () => {
  await cast.admin.query(`update case_file set legal_basis = 'none' where id = $1`, [world.caseA])
  expect([await attacker.attempt('mall', seen), await attacker.attempt('lea', seen)]).toEqual([0, 1])
  await cast.admin.query(`update case_file set legal_basis = 'law', status = 'closed' where id = $1`, [world.caseA])
  expect(await attacker.attempt('lea', seen)).toBe(1)
  expect([0, '42501']).toContain(await attacker.attempt('lea', aside()))
  await cast.admin.query(
    `insert into wall (person_id, network_id, case_id, number, source, fact, set_at)
     select $1, network_id, id, number, 'own-code', gen_random_uuid(), now() - interval '1 minute' from case_file where id = $2`,
    [cast.lea.id, world.caseA],
  )
  expect(await attacker.attempt('lea', seen)).toBe(0)
})

// What can somebody with a statement of their own learn of who has been here before?
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Attack, type Attacker, openAttacker, openWorld, type World } from './attack.ts'
import { type Cast, openCast } from './cast.ts'

let cast: Cast
let world: World
let attacker: Attacker
beforeAll(async () => {
  cast = await openCast()
  world = await openWorld(cast)
  attacker = await openAttacker(cast, world)
})
afterAll(async () => {
  await attacker.close()
  await cast.close()
})

const said = (who: string, of = 'caseE', earlier = 'caseA', network = 'ida') =>
  `insert into case_repeat (network_id, case_id, earlier_case_id, incident_on, pair, crime, recorded_by)
   values (':${network}', ':${of}', ':${earlier}', current_date, 'same', 'yes', ':${who}')`

const allowed: Attack[] = [
  ['Lea says that a case came back', 'lea', said('lea')],
  ['Lea is told of the earlier one', 'lea', `select 1 from known_before(':caseE') where id = ':caseA'`],
]
test.each(allowed)('what is meant to work does: %s', async (_, who, statement, login) => {
  expect(await attacker.attempt(who, statement, login)).toBe(1)
})

const forged: Attack[] = [
  ['Mall says so', 'mall', said('mall')],
  ['Max says so', 'max', said('max')],
  ['Max says so under his own network', 'max', said('max', 'caseE', 'caseA', 'harju')],
  ['Kim says so', 'kim', said('kim')],
  ['Lea says so in the name of Mall', 'lea', said('mall')],
  ['Lea links a case of another network', 'lea', said('lea', 'caseE', 'caseB')],
  ['Lea links a case with itself', 'lea', said('lea', 'caseE', 'caseE')],
  [
    'Max writes a name key',
    'max',
    `insert into case_name_key (network_id, case_id, person_row, key_index) values (':ida', ':caseA', ':victimA', '\\x01')`,
  ],
]
test.each(forged)('%s, in vain', async (_, who, statement, login) => {
  expect(await attacker.attempt(who, statement, login)).not.toBe(1)
})

test('the keys of names are nobody’s to read, and who came before is told to the lead alone', async () => {
  for (const who of ['lea', 'mall', 'max', 'kim', 'aino', 'lou', 'sirje'] as const) {
    expect(await attacker.attempt(who, 'select 1 from case_name_key')).toBe(0)
    if (who !== 'lea') expect(await attacker.attempt(who, `select * from known_before(':caseE')`)).toBe(0)
  }
})

test('a wall before the earlier case hides it from the lead too', async () => {
  await cast.admin.query(
    `insert into wall (person_id, network_id, case_id, number, source, fact, set_at)
     select $1, network_id, id, number, 'own-code', gen_random_uuid(), now() - interval '1 minute' from case_file where id = $2`,
    [cast.lea.id, world.caseA],
  )
  expect(await attacker.attempt('lea', `select 1 from known_before(':caseE') where id = ':caseA'`)).toBe(0)
})

test('whoever has the key of a name and a statement is told of their own cases alone, and never past a wall', async () => {
  const keys = `(select array_agg(key_index) from case_name_key where case_id = ':caseA')`
  const { rows } = await cast.admin.query(
    `select encode(key_index, 'hex') as key from case_name_key where case_id = $1`,
    [world.caseA],
  )
  expect(rows.length).toBeGreaterThan(0)
  const given = `array[${rows.map(({ key }) => `'\\x${key}'`).join()}]::bytea[]`
  const asks = `select 1 from cases_named(${given}, '{}') where id = ':caseA' limit 1`
  expect(await attacker.attempt('mall', asks)).toBe(1)
  for (const who of ['max', 'kim', 'aino', 'lou', 'sirje', 'peep', 'ott', 'sys', 'jaan'] as const)
    expect([who, await attacker.attempt(who, asks)]).toEqual([who, 0])
  // Nobody can make a key of a name, nor ask with one that stands in the table.
  expect(await attacker.attempt('mall', `select 1 from cases_named(${keys}, '{}')`)).toBe(0)
  // Lea stands behind the wall of the test above.
  expect(await attacker.attempt('lea', asks)).toBe(0)
})

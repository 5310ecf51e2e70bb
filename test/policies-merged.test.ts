// Does something open where two stories meet: an erasure and a name, a lot and a wall, a target and who may not count needs?
import { afterAll, beforeAll, expect, test } from 'vitest'
import { setTarget } from '../app/recruitment/target/targets.server.ts'
import { type Attacker, openAttacker, openWorld, refusedOr, type World } from './attack.ts'
import { type Cast, type CastName, openCast } from './cast.ts'
import { recordTests } from './proof/record.ts'
import { dayFromNow } from './substitution.ts'

recordTests('bypass', 'attempts where two stories meet', /gets nowhere$/)

let cast: Cast
let world: World
let attacker: Attacker
beforeAll(async () => {
  cast = await openCast()
  world = await openWorld(cast)
  await cast.admin.query(
    `insert into visit (network_id, case_id, assignment_id, volunteer_id, number, on_date, way, minutes, recorded_by)
     select network_id, case_id, id, volunteer_id, number, $2, 'phone', 10, $3 from assignment where id = any ($1)`,
    [[world.supportA, world.supportE], dayFromNow(-1), cast.lou.id],
  )
  // The support in case E is over, and so is its last month.
  await cast.admin.query(
    `insert into month_report (volunteer_id, month, due_on, status, figures) values ($1, '2026-04-01', '2026-05-05', 'approved', '{"minutes": 10}')`,
    [cast.volunteer],
  )
  attacker = await openAttacker(cast, world)
})
afterAll(async () => {
  await attacker.close()
  await cast.close()
})

const named = `update volunteer set name = code where id = ':lou'`
const hers = ['volunteer_tie', 'volunteer_area', 'volunteer_limit', 'volunteer_away', 'message_copy']
test('a coordinator who erases somebody alone, by writing her code for her name, gets nowhere', async () => {
  await cast.admin.query(
    `insert into volunteer_area (volunteer_id, county_code) select id, '0045' from volunteer where id = $1 on conflict do nothing`,
    [cast.volunteer],
  )
  for (const table of hers) {
    const count = `select 1 from ${table} where volunteer_id = ':lou'`
    expect(await attacker.attempt('kim', `${named}; ${count}`), table).toBe(await attacker.attempt('kim', count))
  }
  expect(await attacker.attempt('kim', `select 1 from volunteer_tie where volunteer_id = ':lou'`)).toBe(1)
})

test('two who agreed still forget her whole', async () => {
  const forgotten = `select erase_volunteer(':lou'); select 1 from volunteer_tie where volunteer_id = ':lou'`
  expect(await attacker.asOwner(forgotten)).toBe(0)
})

const closed = (count: number) =>
  `select 1 from sample_plan(true, '2020-01-01', date '${dayFromNow(0)}') where closed = ${count}`
test('counting what a lot leaves out, to find that there is a wall, gets nowhere', async () => {
  // That of the support which is over is closed to whoever guides her, and says so.
  expect(await attacker.attempt('sirje', closed(1))).toBe(1)
  await cast.admin.query(
    `insert into wall (person_id, network_id, case_id, number, source, fact, set_at)
     select $1, network_id, id, number, 'own-code', gen_random_uuid(), now() - interval '1 minute' from case_file where id = $2`,
    [cast.sirje.id, world.caseA],
  )
  expect(await attacker.attempt('sirje', closed(1))).toBe(1)
  const left = `select 1 from sample_plan(true, '2020-01-01', date '${dayFromNow(0)}') where entries > 0`
  expect(await attacker.attempt('sirje', left)).toBe(0)
})

test('a manager reading behind how many needs a target stands gets nowhere', async () => {
  const wanted = { kind: 'recruit', people: '2', languages: ['ru'], counties: ['0045'], byOn: '01.03.2099' }
  await setTarget.run(cast.kim, { ...wanted, needs: '1', fitting: '0', places: '0' })
  const gaps = 'select 1 from target_gaps() where needs = 1'
  expect(await attacker.attempt('kim', gaps)).toBe(1)
  expect(await attacker.attempt('peep', 'select id, people from recruiting_target')).toBe(1)
  const others: CastName[] = ['peep', 'lea', 'max', 'sirje', 'lou', 'aino', 'ott', 'tiia', 'jaan', 'sys']
  for (const who of others) expect(await attacker.attempt(who, gaps), who).toBe(0)
  for (const who of ['peep', 'kim'] as const)
    for (const column of ['needs', 'fitting', 'places'])
      expect(await refusedOr(attacker.attempt(who, `select ${column} from recruiting_target`))).toBe('refused')
})

test('looking for an erased case in what was half written about it gets nowhere', async () => {
  const begun = (form: string, id: string | undefined) =>
    cast.admin.query(`insert into draft (person_id, form, values_sealed) values ($1, $2 || $3 || '/edit', '\\x01')`, [
      ...[cast.lea.id, form, id],
    ])
  await begun('/cases/', world.caseA)
  await begun('/cases/', world.caseD)
  await begun('/concerns/', world.concern)
  const half = `select 1 from draft where form like '%/edit'`
  expect(await attacker.asOwner(half)).toBe(3)
  expect(await attacker.asOwner(`select erase_case(':caseA'); ${half}`)).toBe(1)
  expect(await attacker.asOwner(`select erase_case(':caseD'); ${half}`)).toBe(2)
})

test('who is a member too sees what she is asked for before members are told of the case, and nothing else of it', async () => {
  await cast.admin.query(
    `insert into person_role (person_id, role, network_id, agency, valid_from, valid_to) values ($1, 'member', $2, 'politsei', '2020-01-01', '2999-12-31')`,
    [cast.lou.id, cast.networks.ida],
  )
  const [need, rest] = [`select 1 from need where id = ':needFree'`, `select 1 from case_file where id = ':caseE'`]
  const seen = async () => [await attacker.attempt('lou', need), await attacker.attempt('lou', rest)]
  expect(await seen()).toEqual([0, 0])
  await cast.admin.query(
    `insert into assignment (network_id, case_id, need_id, number, volunteer_id, chosen_by_solver, load_before, created_by)
     select network_id, case_id, id, number, $2, true, 0, created_by from need where id = $1`,
    [world.needFree, cast.volunteer],
  )
  expect(await seen()).toEqual([1, 0])
  await cast.admin.query('delete from assignment where need_id = $1', [world.needFree])
  expect(await seen()).toEqual([0, 0])
  await cast.admin.query(`delete from person_role where person_id = $1 and role = 'member'`, [cast.lou.id])
})

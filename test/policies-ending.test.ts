// Does what was open close by itself when its reason is over – for whoever sends a statement of their own?
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Attacker, openAttacker, openWorld, type World } from './attack.ts'
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

const brief = (of: string) => `select 1 from case_brief where case_id = ':${of}'`
const key = (of: string) => `select 1 from sealed_key where owner_id = ':${of}'`

test('a support whose last day has passed shows nothing more, though nobody has said that it ended', async () => {
  const lastDay = (days: number | null) =>
    cast.admin.query('update assignment set end_on = current_date + $2::int where id = $1', [world.supportA, days])
  const all = [brief('caseA'), key('caseA'), `select 1 from assignment where id = ':supportA'`]
  await lastDay(2)
  for (const one of all) expect(await attacker.attempt('lou', one), one).toBe(1)
  await lastDay(-2)
  for (const one of [...all, `select 1 from need where id = ':needA'`])
    expect(await attacker.attempt('lou', one), one).toBe(0)
  expect(await attacker.attempt('sirje', key('caseA'))).toBe(0)
  await lastDay(null)
})

test('a support that is over is over also where its volunteer helps in the same case by another', async () => {
  const again = '00000000-0000-4000-8000-00000000e2d0'
  await cast.admin.query(
    `insert into need (network_id, case_id, id, number, county_code, language, from_on, months, status, created_by)
     select network_id, case_id, $2, number || 'b', county_code, language, from_on, months, 'covered', created_by from need where id = $1`,
    [world.needA, again],
  )
  await cast.admin.query(
    `insert into assignment (network_id, case_id, need_id, number, volunteer_id, status, start_on, end_on, chosen_by_solver, load_before, created_by)
     select network_id, case_id, $2, number || 'b', volunteer_id, 'active', current_date - 60, current_date - 2, true, 0, created_by
     from assignment where id = $1`,
    [world.supportA, again],
  )
  expect(await attacker.attempt('lou', `select 1 from assignment where id = ':supportA'`)).toBe(1)
  const over = `select 1 from assignment where need_id = '${again}'`
  expect(await attacker.attempt('lou', over)).toBe(0)
  expect(await attacker.attempt('kim', over)).toBe(1)
  await cast.admin.query('delete from assignment where need_id = $1', [again])
})

test('a supervisor keeps the key of a case that has ended until its reports are answered', async () => {
  const open = [brief('caseE'), key('caseE'), `select 1 from need where case_id = ':caseE'`]
  const seen = async () => {
    const found: (number | string)[] = []
    for (const one of open) found.push(await attacker.attempt('sirje', one))
    return found.map((count) => count !== 0)
  }
  expect(await seen()).toEqual([true, true, true])
  const report = (month: string, status: string) =>
    cast.admin.query(
      `insert into month_report (volunteer_id, month, due_on, status) values ($1, $2, '2026-05-08', $3)
       on conflict (volunteer_id, month) do update set status = excluded.status`,
      [cast.volunteer, month, status],
    )
  await report('2026-04-01', 'submitted')
  expect(await seen()).toEqual([true, true, true])
  await report('2026-04-01', 'approved')
  expect(await seen()).toEqual([false, false, false])
  await report('2026-03-01', 'returned')
  expect(await seen()).toEqual([true, true, true])
  await report('2026-03-01', 'approved')
  expect(await seen()).toEqual([false, false, false])
  // What has nothing in it but days and names stays: whom she has guided, and when.
  expect(await attacker.attempt('sirje', `select 1 from assignment where id = ':supportE'`)).toBe(1)
})

test('a place that is closed again is closed in the middle of a look', async () => {
  await cast.admin.query(
    `insert into reveal (network_id, case_id, person_id, what, item_id, purpose_sealed, until)
     select network_id, case_id, $2, 'whereabouts', id, '\\x01', now() + interval '5 minutes' from case_whereabouts where id = $1`,
    [world.safeA, cast.lou.id],
  )
  const place = `select 1 from case_whereabouts where id = ':safeA'`
  expect(await attacker.attempt('lou', place)).toBe(1)
  await cast.admin.query(`update case_brief set whereabouts_ids = '{}' where case_id = $1`, [world.caseA])
  expect(await attacker.attempt('lou', place)).toBe(0)
})

test('no role takes away what another gives: who guides and watches over data opens the reports of her people', async () => {
  await cast.admin.query(
    `insert into sealed_key (kind, owner_id, master_id, wrapped) values ('report', $1, 'test', '\\x01')`,
    [world.report],
  )
  const opens = `select 1 from sealed_key where kind = 'report'`
  expect(await attacker.attempt('aino', opens)).toBe(0)
  expect(await attacker.attempt('sys', opens)).toBe(0)
  expect(await attacker.attempt('sirje', opens)).toBe(1)
  await cast.admin.query(
    `insert into person_role (person_id, role, valid_from, valid_to) values ($1, 'auditor', '2020-01-01', '2999-12-31')`,
    [cast.sirje.id],
  )
  expect(await attacker.attempt('sirje', opens)).toBe(1)
  await cast.admin.query(`delete from person_role where person_id = $1 and role = 'auditor'`, [cast.sirje.id])
})

// What may somebody who leads one network do in another of which they are only a member – in plain SQL?
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Attack, type Attacker, openAttacker, openWorld, type World } from './attack.ts'
import { type Cast, openCast } from './cast.ts'

let cast: Cast
let world: World
let attacker: Attacker
beforeAll(async () => {
  cast = await openCast()
  world = await openWorld(cast)
  // Max leads Harju and is a member in Ida-Viru, where Lea leads.
  await cast.admin.query(
    `insert into person_role (person_id, role, network_id, agency, valid_from, valid_to) values ($1, 'member', $2, 'politsei', '2020-01-01', '2999-12-31')`,
    [cast.max.id, cast.networks.ida],
  )
  // Its core group is invited, so that a member stands before nothing but what a lead decides.
  const { rows: meetings } = await cast.admin.query<{ id: string }>(
    `insert into meeting (network_id, mode, on_date, cut_off_on, invited_at, created_by)
     values ($1, 'sitting', current_date + 9, current_date + 2, now(), $2) returning id`,
    [cast.networks.ida, cast.lea.id],
  )
  await cast.admin.query(
    `insert into agenda_item (network_id, case_id, meeting_id, kind, position) select $1, c, $2, 'new', 1 from unnest($3::uuid[]) c`,
    [cast.networks.ida, meetings[0]?.id, [world.caseA, world.caseE]],
  )
  const use = (opened: boolean) =>
    cast.admin.query<{ id: string }>(
      `insert into break_glass (person_id, number, network_id, case_id, reason, words_sealed, needs_second, review_due_on, second_by, second_at, opened_at, until, ended_at)
       select $1, number, network_id, id, 'police', '\\x01', true, current_date + 1, case when $4 then $3::uuid end, case when $4 then now() end,
         case when $4 then now() - interval '9 minutes' end, case when $4 then now() + interval '9 minutes' end, case when $4 then now() end
       from case_file where id = $2 returning id`,
      [cast.sirje.id, world.caseA, cast.kim.id, opened],
    )
  world.asked = (await use(false)).rows[0]?.id ?? ''
  world.over = (await use(true)).rows[0]?.id ?? ''
  await cast.admin.query(
    `insert into concern (network_id, case_id, id, number, volunteer_id, kind, raised_by) values ($1, $2, $3, 'x', $4, 'help', $5)`,
    [cast.networks.ida, world.caseA, world.stranger, world.lou, cast.lou.id],
  )
  await cast.admin.query(
    `insert into erasure (id, kind, owner_id, network_id, label, ground, asked_by, asked_as, reason_sealed)
     select $1, 'case', id, network_id, number, 'wish', $2, 'auditor', '\\x01' from case_file where id = $3`,
    [world.needFree, cast.aino.id, world.caseE],
  )
  attacker = await openAttacker(cast, world)
})
afterAll(async () => {
  await attacker.close()
  await cast.close()
})

const asLead: Attack[] = [
  [
    'asks for a new key of a case',
    'max',
    `insert into key_change (network_id, case_id, why, asked_by) select ':ida', ':caseA', 'suspicion', auth_person()`,
  ],
  [
    'asks that a case be erased',
    'max',
    `insert into erasure (kind, owner_id, network_id, label, ground, asked_by, asked_as, reason_sealed)
     select 'case', ':caseA', ':ida', ':numberA', 'wish', auth_person(), 'keeper', '\\x01'`,
  ],
  ['reads what was asked to be erased', 'max', `select 1 from erasure where id = ':needFree'`],
  ['decides about an erasure', 'max', `select 1 from decide_erasure(':needFree', false)`],
  ['reads who asked to be let in', 'max', `select 1 from break_glass`],
  ['agrees to an emergency', 'max', `select 1 where glass_answer(':asked', true, current_date + 1)`],
  ['judges an emergency', 'max', `select 1 where glass_review(':over', 'justified', '\\x01')`],
  ['answers a worry', 'max', `update concern set seen_at = now(), seen_by = auth_person() where id = ':stranger'`],
]

test.each(asLead)('whoever leads elsewhere gets nowhere who %s', async (_, who, statement) => {
  expect([0, '42501', 'P0002']).toContain(await attacker.attempt(who, statement))
  expect([0, '42501', 'P0002']).toContain(await attacker.attempt('mall', statement))
})

test.each(asLead)('the lead of the network may: %s', async (_, _who, statement) => {
  expect(Number(await attacker.attempt('lea', statement))).toBeGreaterThan(0)
})

test('as a member he sees the cases of both', async () => {
  expect(await attacker.attempt('max', `select 1 from case_file where id in (':caseA', ':caseB')`)).toBe(2)
})

test('without a ground the case is shut to the member, and stays a number to whoever counts the country too', async () => {
  await cast.admin.query(`update case_file set legal_basis = 'none' where id = $1`, [world.caseE])
  const seen = `select 1 from case_file where id = ':caseE'`
  for (const who of ['max', 'mall'] as const) expect(await attacker.attempt(who, seen), who).toBe(0)
  for (const who of ['lea', 'kim', 'aino'] as const) expect(await attacker.attempt(who, seen), who).toBe(1)
  await cast.admin.query(
    `insert into person_role (person_id, role, network_id, agency, valid_from, valid_to) values ($1, 'member', $2, 'politsei', '2020-01-01', '2999-12-31')`,
    [cast.kim.id, cast.networks.ida],
  )
  await cast.admin.query(
    `insert into reveal (network_id, case_id, person_id, what, item_id, purpose_sealed, until)
     select network_id, case_id, $2, 'identity', id, '\\x01', now() + interval '5 minutes' from case_person where case_id = $1`,
    [world.caseE, cast.kim.id],
  )
  expect(await attacker.attempt('kim', seen)).toBe(1)
  expect(await attacker.attempt('kim', `select 1 from case_person where case_id = ':caseE'`)).toBe(0)
})

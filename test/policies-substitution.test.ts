// Can somebody who stands in, or would like to, get more than was lent – behind the program's back, in plain SQL?
import { afterAll, beforeAll, expect, test } from 'vitest'
import { endSubstitution } from '../app/access/substitution/substitutions.server.ts'
import { Conflict, NotFound } from '../app/core/errors.ts'
import { allOperations } from '../app/core/operation.server.ts'
import '../app/access-routes.ts'
import '../app/routes.ts'
import { type Attacker, openAttacker, openWorld, type World } from './attack.ts'
import { type Cast, openCast, signIn } from './cast.ts'
import { recordTests } from './proof/record.ts'
import { lend, standIn } from './substitution.ts'
import { atTheDesk, day, inOwnName, lent, sit, wrongTerms } from './substitution-attacks.ts'

recordTests('bypass', 'attempts to get more than was lent', /^nobody /)

let cast: Cast
let running: string
let own: Attacker
let desk: Attacker
let found: World

beforeAll(async () => {
  cast = await openCast()
  const world = await openWorld(cast)
  // Peep is many things besides; none of it may come along to Kim's desk.
  await cast.admin.query(
    `insert into person_role (person_id, role, network_id, agency, valid_from, valid_to) values
       ($1, 'lead', $2, 'ohvriabi', '2020-01-01', '2999-12-31'), ($1, 'supervisor', null, null, '2020-01-01', '2999-12-31'),
       ($1, 'volunteer', null, null, '2020-01-01', '2999-12-31'), ($1, 'admin', null, null, '2020-01-01', '2999-12-31')`,
    [cast.peep.id, cast.networks.ida],
  )
  await cast.admin.query('update volunteer set supervisor_id = $1, person_id = $1 where id = $2', [
    cast.peep.id,
    world.other,
  ])
  await cast.admin.query(`insert into credential (person_id, password_hash) values ($1, 'x')`, [cast.peep.id])
  running = await lend(cast, cast.kim, cast.peep, 0, 9)
  const planned = await lend(cast, cast.kim, cast.peep, 12, 15)
  const asked = await cast.admin.query<{ id: string }>(
    `insert into substitution (giver_id, taker_id, role, valid_from, valid_to, created_by)
     values ($1, $2, 'manager', ${day(20)}, ${day(22)}, $2) returning id`,
    [cast.peep.id, cast.kim.id],
  )
  await cast.admin.query(
    `insert into substitution_promise (id, substitution_id, text_sealed, added_by) values (gen_random_uuid(), $1, '\\x01', $2)`,
    [running, cast.kim.id],
  )
  for (const [who, of] of [
    [cast.kim.id, world.caseB],
    [cast.peep.id, world.caseE],
  ])
    await cast.admin.query(
      `insert into wall (person_id, network_id, case_id, number, source, fact)
       select $1, network_id, id, number, 'declared', gen_random_uuid() from case_file where id = $2`,
      [who, of],
    )
  const names = { running, planned, asked: asked.rows[0]?.id ?? '' }
  const there = (await standIn(cast, cast.peep, running)).person
  cast.peep = (await signIn(cast.admin, cast.peep.id)).person
  own = await openAttacker(cast, { ...world, ...names })
  desk = await openAttacker({ ...cast, peep: there }, { ...world, ...names })
  found = { ...world, ...names }
}, 120_000)
afterAll(async () => {
  for (const attacker of [own, desk]) await attacker?.close()
  await cast.close()
})

test.each(inOwnName)('nobody gets anywhere who %s', async (_sentence, who, statement, login) => {
  const got = await own.attempt(who, statement, login)
  expect(got === 0 || ['42501', '23514', '23505', 'P0002'].includes(String(got)), String(got)).toBe(true)
})

test.each(wrongTerms)('nobody %s', async (_sentence, who, statement, code) => {
  expect(await own.attempt(who, statement)).toBe(code)
})

test.each(atTheDesk)('nobody at another desk %s', async (_sentence, who, statement, login) => {
  const got = await desk.attempt(who, statement, login)
  expect(got === 0 || ['42501', '23514', '23505'].includes(String(got)), String(got)).toBe(true)
})

test('what was lent can be used: the attacks above fail for their own reasons', async () => {
  expect(await desk.attempt('peep', 'select * from volunteer_tie')).toBeGreaterThan(0)
  expect(
    await desk.attempt(
      'peep',
      `insert into volunteer_status (volunteer_id, status, from_on, recorded_by) values (':lou', 'paused', current_date, ':peep')`,
    ),
  ).toBe(1)
  expect(
    await desk.attempt(
      'peep',
      `update person_role set valid_to = current_date - 1 where role = 'volunteer' and person_id = ':louPerson'`,
    ),
  ).toBe(1)
  expect(await desk.attempt('peep', `select * from case_file where id = ':caseA'`)).toBe(1)
  expect(await own.attempt('kim', lent('kim', 'peep', 'kim', 40, 41))).toBe(1)
  expect(await own.attempt('peep', sit(':running'))).toBe(1)
  expect(
    await own.attempt('ott', `update substitution set confirmed_by = ':ott', confirmed_at = now() where id = ':asked'`),
  ).toBe(1)
})

test('everything that is done or seen at another desk has both names in the log', async () => {
  const before = Number((await cast.admin.query('select max(seq) from audit_event')).rows[0].max)
  const mine = allOperations().filter(({ name, roles }) => roles.includes('coordinator') && !name.startsWith('test.'))
  const idle = new Set<string>()
  for (const operation of mine) {
    const { person } = await standIn(cast, cast.peep, running)
    // Where there was nothing to do there is nothing to tell.
    await operation
      .run(person, {})
      .catch((error: unknown) => (error instanceof Conflict || error instanceof NotFound) && idle.add(operation.name))
  }
  const { rows } = await cast.admin.query<{ action: string; both: boolean }>(
    `select e.action, e.on_behalf_of = $2 as both from audit_event e
     where e.actor = $1 and e.seq > $3 and e.action <> 'substitution.begin'`,
    [cast.peep.id, cast.kim.id, before],
  )
  expect(rows.filter(({ both }) => !both)).toEqual([])
  const written = new Set(rows.map(({ action }) => action))
  const open: string[] = []
  for (const { name, inPerson, input } of mine) {
    const taken = await input.safeParseAsync({}).catch(() => ({ success: false }))
    if (inPerson || taken.success) open.push(name)
  }
  expect(open.filter((name) => !written.has(name) && !idle.has(name) && name !== 'substitution.begin')).toEqual([])
  expect(written.size).toBeGreaterThan(15)
}, 120_000)

test('after the end nothing is left of it', async () => {
  const there = (await standIn(cast, cast.peep, running)).person
  const back = await openAttacker({ ...cast, peep: there }, found)
  expect(await back.attempt('peep', `select 1 where has_role('coordinator') and not has_role('manager')`)).toBe(1)
  await endSubstitution.run(cast.kim, { id: running })
  expect(await back.attempt('peep', `select 1 where has_role('coordinator')`)).toBe(0)
  expect(await back.attempt('peep', 'select * from volunteer_tie')).toBe(0)
  expect(await back.attempt('peep', sit(':running'))).toBe('P0002')
  await back.close()
})

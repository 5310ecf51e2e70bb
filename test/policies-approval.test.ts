// What can somebody with a statement of their own do to the approval of a plan?
import { afterAll, beforeAll, expect, test } from 'vitest'
import { today } from '../app/core/clock.server.ts'
import { type Attack, type Attacker, openAttacker, openWorld, type World } from './attack.ts'
import { type Cast, openCast } from './cast.ts'
import { givenBare, givenClosed } from './closing.ts'

let cast: Cast
let world: World
let attacker: Attacker
beforeAll(async () => {
  cast = await openCast()
  const [free, asked, shut] = [
    await givenBare(cast, today()),
    await givenBare(cast, today()),
    await givenClosed(cast, today()),
  ]
  const { rows } = await cast.admin.query<{ id: string }>(
    `insert into plan_approval (network_id, case_id, asked_by) values ($1, $2, $3) returning id`,
    [cast.networks.ida, asked, cast.mall.id],
  )
  world = { ...(await openWorld(cast)), free, asked, shut, request: rows[0]?.id ?? '' }
  attacker = await openAttacker(cast, world)
})
afterAll(async () => {
  await attacker.close()
  await cast.close()
})

const ask = (of: string, by: string, network = 'ida', more = '', value = '') =>
  `insert into plan_approval (network_id, case_id, asked_by${more}) values (':${network}', ':${of}', ':${by}'${value})`
const answer = (by: string, words = `, words_sealed = '\\x01'`, given = 'approved') =>
  `update plan_approval set answer = '${given}', answered_by = ':${by}', answered_at = now()${words} where id = ':request'`

const allowed: Attack[] = [
  ['Lea asks', 'lea', ask('free', 'lea')],
  ['Mall asks', 'mall', ask('free', 'mall')],
  ['Lea answers what Mall asked', 'lea', answer('lea', '')],
  ['Lea sends it back with words', 'lea', answer('lea', undefined, 'returned')],
  ['Mall sees how it stands', 'mall', `select 1 from plan_standing(':asked') where answer is null and not mine`],
  ['Lea sees that she may answer', 'lea', `select 1 from plan_standing(':asked') where mine`],
]
test.each(allowed)('what is meant to work does: %s', async (_, who, statement, login) => {
  expect(await attacker.attempt(who, statement, login)).toBe(1)
})

const forged: Attack[] = [
  ['Mall answers her own question', 'mall', answer('mall')],
  ['Mall answers in the name of Lea', 'mall', answer('lea')],
  ['Lea answers in the name of Mall', 'lea', answer('mall')],
  ['Lea sends it back without a word', 'lea', answer('lea', '', 'returned')],
  ['Lea answers yesterday', 'lea', answer('lea', '').replace('now()', `now() - interval '1 day'`)],
  ['Lea says which plan it was', 'lea', answer('lea', `, plan = 'x'`)],
  ['Max answers', 'max', answer('max')],
  ['Kim answers', 'kim', answer('kim')],
  ['Lou answers', 'lou', answer('lou')],
  ['Lea asks twice', 'lea', ask('asked', 'lea')],
  ['Lea asks about a plan with a gap', 'lea', ask('caseA', 'lea')],
  ['Lea asks about a closed case', 'lea', ask('shut', 'lea')],
  ['Lea asks in the name of Mall', 'lea', ask('free', 'mall')],
  ['Lea asks in another network', 'lea', ask('caseB', 'lea', 'harju')],
  ['Max asks in a network of his own', 'max', ask('free', 'max', 'harju')],
  [
    'Lea asks and has it approved at once',
    'lea',
    ask('free', 'lea', 'ida', ', answer, answered_by, answered_at, plan', `, 'approved', ':mall', now(), 'x'`),
  ],
  ['a reading login asks', 'lea', ask('free', 'lea'), 'read'],
  ['Max learns how it stands', 'max', `select 1 from plan_standing(':asked')`],
  ['Kim learns how it stands', 'kim', `select 1 from plan_standing(':asked')`],
  ['Kim reads the requests', 'kim', `select 1 from plan_approval`],
  ['Lou reads the requests', 'lou', `select 1 from plan_approval`],
  ['Lea learns by what another plan is known', 'lea', `select 1 where plan_known_by(':caseB') is not null`],
  ['Max may answer there', 'max', `select 1 where plan_answers(':asked', ':mall')`],
]
test.each(forged)('%s, in vain', async (_, who, statement, login) => {
  expect([0, '42501', '23505', '23514', '23503']).toContain(await attacker.attempt(who, statement, login))
})

test('behind a wall there is no request, no standing and nothing to answer', async () => {
  await cast.admin.query(
    `insert into wall (person_id, network_id, case_id, number, source, fact, set_at)
     select $1, network_id, id, number, 'own-code', gen_random_uuid(), now() - interval '1 minute' from case_file where id = $2`,
    [cast.lea.id, world.asked],
  )
  for (const statement of [
    `select 1 from plan_approval where id = ':request'`,
    `select 1 from plan_standing(':asked')`,
    `select 1 where plan_answers(':asked', ':mall')`,
    answer('lea'),
  ])
    expect(await attacker.attempt('lea', statement)).toBe(0)
})

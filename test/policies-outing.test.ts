// What can somebody with a statement of their own learn of who is expected back, or say in the place of others?
import { afterAll, beforeAll, expect, test } from 'vitest'
import { beginDrill } from '../app/support/outing/drills.server.ts'
import { climb } from '../app/support/outing/ladder.server.ts'
import { type Attack, type Attacker, openAttacker, openWorld, refusedOr, type World } from './attack.ts'
import { type Cast, openCast } from './cast.ts'
import { expectedBack } from './outing.ts'

let cast: Cast
let world: World
let attacker: Attacker
beforeAll(async () => {
  cast = await openCast()
  world = await openWorld(cast)
  const support = world.supportA ?? ''
  const coming = await expectedBack(cast, support, { late: -20 })
  const searched = await expectedBack(cast, support, { late: 35, reach: 'Õe telefon' })
  await climb(cast.sys)
  const missed = await expectedBack(cast, support, { late: 70 })
  const drill = (await beginDrill.run(cast.kim, { volunteer: cast.volunteer })).id
  // The drill has come as far as the coordinator.
  await cast.admin.query(
    `update outing set begins_at = begins_at - interval '10 minutes', until_at = until_at - interval '10 minutes' where id = $1`,
    [drill],
  )
  await climb(cast.sys)
  const { rows } = await cast.admin.query<{ id: string }>(
    `insert into contact_plan (network_id, case_id, assignment_id, channel, on_date, recorded_by) values ($1, $2, $3, 'call', current_date, $4) returning id`,
    [world.ida, world.caseA, support, cast.lou.id],
  )
  world = { ...world, coming, searched, missed, drill, plan: rows[0]?.id ?? '' }
  attacker = await openAttacker(cast, world)
})
afterAll(async () => {
  await attacker.close()
  await cast.close()
})

const waits = (who: string, more: { of?: string; volunteer?: string; plan?: string } = {}) =>
  `insert into outing (network_id, case_id, assignment_id, plan_id, number, volunteer_id, begins_at, until_at, recorded_by)
   values (':ida', ':${more.of ?? 'caseA'}', ':${more.of === 'caseE' ? 'supportE' : 'supportA'}', ':${more.plan ?? 'plan'}', 'x', ':${more.volunteer ?? 'lou'}', now(), now() + interval '1 hour', ':${who}')`
const drills = (who: string, volunteer = 'lou') =>
  `insert into outing (volunteer_id, begins_at, until_at, recorded_by) values (':${volunteer}', now(), now() + interval '1 minute', ':${who}')`
const pressed = (id: string, what = 'out') => `select 1 where outing_press(':${id}', '${what}') = 'done'`
const answered = (id: string, how = 'safe') => `select 1 where outing_answer(':${id}', '${how}', null) = 'done'`

const allowed: Attack[] = [
  ['Lou reads that she is expected', 'lou', `select 1 from outing where id = ':coming'`],
  ['Sirje reads that Lou is expected', 'sirje', `select 1 from outing where id = ':coming'`],
  ['Kim reads of whom she was told', 'kim', `select 1 from outing where id = ':missed'`],
  [
    'Kim reads how far the ladder has come',
    'kim',
    `select 1 from outing_step where outing_id = ':missed' and step = 3`,
  ],
  ['Kim reads a drill', 'kim', `select 1 from outing where id = ':drill'`],
  ['Lou is waited for', 'lou', waits('louPerson')],
  ['Lou says that she is back', 'lou', pressed('coming')],
  ['Lou says so when she is looked for', 'lou', pressed('missed')],
  ['Sirje says that she has reached her', 'sirje', answered('searched')],
  ['Sirje says it for her who called', 'sirje', answered('coming')],
  ['Kim says that she has called for help', 'kim', answered('missed', 'called')],
  ['Sirje begins a drill', 'sirje', drills('sirje')],
  ['Kim begins a drill', 'kim', drills('kim')],
  ['Kim ends it', 'kim', `select 1 where outing_stop(':drill') = 'done'`],
  ['the process climbs', 'sys', `select outing_climb()`],
]
test.each(allowed)('what is meant to work does: %s', async (_, who, statement, login) => {
  expect(await attacker.attempt(who, statement, login)).toBe(1)
})

const others = ['lea', 'mall', 'max', 'aino', 'ott', 'peep', 'jaan', 'tiia', 'sys', null] as const
const read: Attack[] = [
  ...others.flatMap((who): Attack[] => [
    [`${who} reads who is expected back`, who, 'select 1 from outing'],
    [`${who} reads who was told of it`, who, 'select 1 from outing_step'],
  ]),
  ['Kim reads of whom she was not told', 'kim', `select 1 from outing where id in (':coming', ':searched')`],
  ['Kim reads how far that ladder has come', 'kim', `select 1 from outing_step where outing_id = ':searched'`],
]
test.each(read)('not shown: %s', async (_, who, statement, login) => {
  expect(await attacker.attempt(who, statement, login)).toBe(0)
})

const absent = (who: string, by: string) =>
  `insert into supervision_absence (supervisor_id, from_on, to_on, told_by) values (':${who}', (now() at time zone 'Europe/Tallinn')::date, (now() at time zone 'Europe/Tallinn')::date + 3, ':${by}')`
test('a victim support worker says that she is away, and knows of her own days alone', async () => {
  expect(await attacker.attempt('lea', absent('lea', 'lea'))).toBe(1)
  expect(await attacker.attempt('kim', absent('sirje', 'kim'))).toBe(1)
  expect(await attacker.attempt('lea', `${absent('lea', 'lea')}; select 1 from supervision_absence`)).toBe(1)
  expect(await attacker.attempt('mall', 'select 1 from supervision_absence')).toBe(0)
})

const forged: Attack[] = [
  ['Lou is waited for in the name of another', 'lou', waits('lea')],
  ['Lou has another waited for', 'lou', waits('louPerson', { volunteer: 'other' })],
  ['Lou is waited for with a support that is over', 'lou', waits('louPerson', { of: 'caseE' })],
  ['Sirje has Lou waited for', 'sirje', waits('sirje')],
  ['Lea has Lou waited for', 'lea', waits('lea')],
  ['Lou begins a drill of herself', 'lou', drills('louPerson')],
  ['Sirje begins a drill of somebody whom she does not guide', 'sirje', drills('sirje', 'other')],
  ['Max begins a drill', 'max', drills('max')],
  ['Kim begins a drill in the name of Sirje', 'kim', drills('sirje')],
  ...(['sirje', 'kim', 'lea', 'max', 'sys', null] as const).map(
    (who): Attack => [`${who} says that Lou is back`, who, pressed('coming')],
  ),
  ['Lou says that she was reached', 'lou', answered('searched')],
  ['Kim says so before she was told', 'kim', answered('searched')],
  ...(['lea', 'max', 'aino', 'ott', 'sys', null] as const).map(
    (who): Attack => [`${who} says that Lou was reached`, who, answered('missed')],
  ),
  ['Sirje says what is no end', 'sirje', answered('searched', 'out')],
  ['Sirje ends what is no drill', 'sirje', `select 1 where outing_stop(':searched') = 'done'`],
  ['Sirje ends the drill of another', 'sirje', `select 1 where outing_stop(':drill') = 'done'`],
  ['Lou ends the drill', 'lou', `select 1 where outing_stop(':drill') = 'done'`],
  ['Lou presses by a GET', 'lou', pressed('coming'), 'read'],
  ['Sirje answers by a GET', 'sirje', answered('searched'), 'read'],
  ['Kim climbs', 'kim', `select outing_climb()`],
  ['Lou climbs', 'lou', `select outing_climb()`],
  ['Kim asks whom there is to tell', 'kim', `select outing_tells(o, 2) from outing o`],
  ['Kim asks who hears of something urgent', 'kim', `select urgent_people(':lou', null, null)`],
  ['Lou asks who is away', 'lou', `select is_away(':kim', '2026-01-01')`],
  [
    'Lou has something urgent written once, as the process does',
    'lou',
    `select mail_urgent(null, null, null, 'urgent', 'x')`,
  ],
  ['Lea says that Sirje is away', 'lea', absent('sirje', 'lea')],
  ['Mall says that she is away herself', 'mall', absent('mall', 'mall')],
  ['Kim asks when it is due', 'kim', `select outing_due(o, 2) from outing o`],
  ['Kim asks whose it is', 'kim', `select outing_mine(o) from outing o`],
  ['Kim ends a drill before its end', 'kim', `select outing_drilled(o) from outing o`],
  ['Lou lets herself be forgotten', 'lou', `delete from outing where id = ':missed'`],
  ['Lou moves the end by hand', 'lou', `update outing set until_at = until_at + interval '1 hour'`],
  ['Sirje writes down that she was told later', 'sirje', `update outing_step set taken_at = now()`],
  [
    'Sirje adds a step',
    'sirje',
    `insert into outing_step (outing_id, until_at, step, due_at, told) values (':coming', now(), 3, now(), 1)`,
  ],
]
test.each(forged)('not written: %s', async (_, who, statement, login) => {
  expect([0, 'refused']).toContain(await refusedOr(attacker.attempt(who, statement, login)))
})

// Can somebody draw until the lot pleases, read what was found in an entry, or count what is too small – behind the program's back, in plain SQL?
import { afterAll, beforeAll, expect, test } from 'vitest'
import { endAbsence } from '../app/supervision/duty.server.ts'
import { lookAt } from '../app/supervision/sample/looks.server.ts'
import { drawRound } from '../app/supervision/sample/rounds.server.ts'
import { logVisit } from '../app/support/visit/visits.server.ts'
import { type Attack, type Attacker, openAttacker, openWorld } from './attack.ts'
import { type Cast, openCast } from './cast.ts'
import { recordTests } from './proof/record.ts'
import { dayFromNow } from './substitution.ts'
import { anotherSupervisor, away, deputyOfSirje } from './supervision.ts'
import { usualVisit } from './support.ts'

recordTests('bypass', 'attempts at a review of entries', /nothing comes of it$|finds nothing$/)

let cast: Cast
let attacker: Attacker
let absence: string
const days = { fromOn: dayFromNow(-9), toOn: dayFromNow(0), percent: '10', confidence: '95' }
beforeAll(async () => {
  cast = await openCast()
  const world = await openWorld(cast)
  const endel = await deputyOfSirje(cast)
  const piia = await anotherSupervisor(cast, 'Piia Näidis-Pihl')
  const visit = (ago: number) =>
    logVisit.run(cast.lou, { ...usualVisit, assignment: world.supportA, day: dayFromNow(-ago) })
  for (const ago of [0, 1, 2]) await visit(ago)
  const own = (await drawRound.run(cast.sirje, { scope: 'own', ...days })).id
  const country = (await drawRound.run(cast.kim, { scope: 'country', ...days })).id
  const entries = (
    await cast.admin.query<{ id: string }>('select id from sample_entry where round_id = $1 order by ticket', [own])
  ).rows.map(({ id }) => id)
  const [looked = '', waits = ''] = entries
  const answers = Object.fromEntries([1, 2, 3, 4, 5].map((nth) => [`answer${nth}`, 'no']))
  await lookAt.run(cast.sirje, { round: own, entry: looked, ...answers, note1: 'Näidis-leid' })
  absence = await away(cast)
  cast.tiia = endel
  cast.jaan = piia
  attacker = await openAttacker(cast, { ...world, own, country, looked, waits, endel: endel.id, piia: piia.id })
})
afterAll(async () => {
  await attacker.close()
  await cast.close()
})

const look = (by: string, entry = 'waits', more = `'{yes}'`) =>
  `insert into sample_look (network_id, case_id, entry_id, volunteer_id, answers, looked_by) values (':ida', ':caseA', ':${entry}', ':lou', ${more}, ':${by}')`
const topic = (by: string, entry = 'looked') =>
  `insert into sample_topic (network_id, case_id, entry_id, volunteer_id, put_by) values (':ida', ':caseA', ':${entry}', ':lou', ':${by}')`
const draw = (own: boolean, from = -30, to = -20) =>
  `select sample_draw(${own}, date '${dayFromNow(from)}', date '${dayFromNow(to)}', 10, 95, 1, 1, date '${dayFromNow(9)}')`

const meant: [sentence: string, who: Attack[1], statement: string, rows: number][] = [
  ['Sirje sees what was drawn', 'sirje', `select 1 from sample_entry where round_id = ':own'`, 3],
  ['… and answers', 'sirje', look('sirje'), 1],
  ['… and puts it before the next talk', 'sirje', topic('sirje'), 1],
  ['her deputy on duty sees it', 'tiia', `select 1 from sample_look`, 1],
  ['… and answers in her place', 'tiia', look('endel'), 1],
  ['Kim sees the round of the country', 'kim', 'select 1 from sample_round', 1],
  ['… and how far they are', 'kim', `select 1 from sample_progress(':country')`, 1],
  ['… and draws it again herself', 'kim', `select 1 from sample_lot(':country')`, 3],
  ['Sirje counts what she found', 'sirje', `select 1 from sample_counts(':own') where answer = 'no'`, 5],
  ['the process counts it', 'sys', `select 1 from sample_counts(':own') where answer = 'no'`, 5],
  ['Lou knows what is asked', 'lou', 'select 1 from sample_checklist', 1],
  ['Sirje ends her own', 'sirje', `select 1 where sample_end(':own')`, 1],
]
test.each(meant)('what is meant to work does: %s', async (_, who, statement, rows) => {
  expect(await attacker.attempt(who, statement)).toBe(rows)
})

const reading: Attack[] = [
  ...(['kim', 'lou', 'lea', 'mall', 'aino', 'peep', 'ott', 'jaan', 'sys', 'max'] as const).flatMap((who): Attack[] => [
    ['for what was drawn', who, 'select 1 from sample_entry'],
    ['for what was answered', who, 'select 1 from sample_look'],
    ['for what is to be spoken of', who, 'select 1 from sample_topic'],
  ]),
  ...(['kim', 'lou', 'jaan', 'aino', 'tiia'] as const).map(
    (who): Attack => ['for what was found, counted', who, `select 1 from sample_counts(':own')`],
  ),
  ['for small counts of the country', 'kim', `select 1 from sample_counts(':country')`],
  ['for small counts of the country, as who looks', 'sirje', `select 1 from sample_counts(':country')`],
  ['for a supervisor’s own round', 'kim', `select 1 from sample_round where id = ':own'`],
  ['for it as a stranger who guides', 'jaan', `select 1 from sample_round where id = ':own'`],
  ['for its lot', 'kim', `select 1 from sample_lot(':own')`],
  ['for its lot as a stranger', 'jaan', `select 1 from sample_lot(':own')`],
  ['for who has come how far in it', 'kim', `select 1 from sample_progress(':own')`],
  ['as a supervisor for how far others are', 'jaan', `select 1 from sample_progress(':country')`],
  ['as a support person for rounds', 'lou', 'select 1 from sample_round'],
  ['for what a round of Sirje’s would draw', 'kim', `select 1 from sample_plan(true, '2020-01-01', '2030-01-01')`],
]
test.each(reading)('whoever looks %s – %s – finds nothing', async (_, who, statement) => {
  for (const login of ['read', 'write'] as const) expect(await attacker.attempt(who, statement, login)).toBe(0)
})

const attacks: Attack[] = [
  ['draws as a support person', 'lou', draw(true)],
  ['draws the country’s as a supervisor', 'sirje', draw(false)],
  ['draws a supervisor’s as the coordinator', 'kim', draw(true)],
  ['draws once more', 'sirje', draw(true, -9, 0)],
  ['draws once more from some of the same days', 'sirje', draw(true, -30, -9)],
  ['draws the country’s once more', 'kim', draw(false, -1, -1)],
  ['draws from days to come', 'sirje', draw(true, 1, 3)],
  ['asks for everybody’s entries', 'sirje', `select 1 from sample_frame(null, '2020-01-01', '2030-01-01')`],
  ['has another drawn', 'sirje', `update sample_entry set drawn_as = 'random' where id = ':waits'`],
  ['takes out what was drawn', 'sirje', `delete from sample_entry where id = ':looked'`],
  ['changes the number of the lot', 'sirje', `update sample_round set seed = repeat('0', 64)`],
  ['changes what came of it', 'sirje', `update sample_round set figures = '{}'`],
  ['makes a round by hand', 'kim', `insert into sample_round (from_on) values ('2026-01-01')`],
  ['answers about her own', 'lou', look('louPerson')],
  ['answers as the coordinator', 'kim', look('kim')],
  ['answers as a stranger who guides', 'jaan', look('piia')],
  ['answers in another name', 'tiia', look('sirje')],
  ['answers nothing', 'sirje', look('sirje', 'waits', 'null')],
  ['changes an answer', 'sirje', `update sample_look set answers = '{yes}'`],
  ['takes an answer back', 'sirje', 'delete from sample_look'],
  ['puts before the talk what nobody looked at', 'sirje', topic('sirje', 'waits')],
  ['puts something before another’s talk', 'jaan', topic('piia')],
  ['ends a supervisor’s round as the coordinator', 'kim', `select 1 where sample_end(':own')`],
  ['ends the country’s as a supervisor', 'sirje', `select 1 where sample_end(':country')`],
  ['ends it as her deputy', 'tiia', `select 1 where sample_end(':own')`],
  ['publishes by hand', 'kim', `select sample_publish(':country', '{}', 1)`],
  [
    'changes what is asked as a supervisor',
    'sirje',
    `insert into sample_checklist (version, questions, created_by) values (9, '["x"]', ':sirje')`,
  ],
  ['changes what was asked', 'kim', `update sample_checklist set questions = '["x"]'`],
]
test.each(attacks)('somebody who %s (%s): nothing comes of it', async (_, who, statement) => {
  expect([0, '42501', '23514', '23505']).toContain(await attacker.attempt(who, statement))
})

test('once a round is over nothing is answered in it', async () => {
  const late = `select sample_end(':own'); ${look('sirje')}`
  expect(await attacker.attempt('sirje', late)).toBe('42501')
})

test('when the supervisor is back her deputy knows nothing of it any more', async () => {
  await endAbsence.run(cast.sirje, { id: absence })
  for (const table of ['sample_entry', 'sample_look', 'sample_topic'])
    expect([table, await attacker.attempt('tiia', `select 1 from ${table}`)]).toEqual([table, 0])
  expect(await attacker.attempt('tiia', `select 1 from sample_round where id = ':own'`)).toBe(0)
})

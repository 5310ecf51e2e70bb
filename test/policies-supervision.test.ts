// Can a deputy, a coordinator or somebody else get more of a supervision than is theirs – behind the program's back, in plain SQL?
import { afterAll, beforeAll, expect, test } from 'vitest'
import { endAbsence } from '../app/supervision/duty.server.ts'
import { holdSession, planSession } from '../app/supervision/sessions.server.ts'
import { writeCheckin } from '../app/supervision/wellbeing/checkins.server.ts'
import { type Attack, type Attacker, openAttacker, openWorld } from './attack.ts'
import { type Cast, openCast } from './cast.ts'
import { recordTests } from './proof/record.ts'
import { dayFromNow } from './substitution.ts'
import { anotherSupervisor, away, deputyOfSirje } from './supervision.ts'

recordTests('bypass', 'attempts to get more of a supervision than is one’s own', /nothing comes of it$|finds nothing$/)

let cast: Cast
let attacker: Attacker
let absence: string
beforeAll(async () => {
  cast = await openCast()
  const world = await openWorld(cast)
  const endel = await deputyOfSirje(cast)
  const piia = await anotherSupervisor(cast, 'Piia Näidis-Pihl')
  const plan = (day: string) => planSession.run(cast.sirje, { kind: 'individual', volunteers: cast.volunteer, day })
  const [planned, held] = [await plan(dayFromNow(2)), await plan(dayFromNow(-1))]
  const words = 'Näidis-jutt'
  await holdSession.run(cast.sirje, {
    id: held.id,
    heldOn: dayFromNow(-1),
    came: cast.volunteer,
    topics: ['load'],
    words,
  })
  // Case D does not exist for Sirje; Endel would have nothing to do with it by himself.
  await cast.admin.query(
    `insert into wall (person_id, network_id, case_id, number, source, fact) select $1, network_id, id, number, 'declared', gen_random_uuid() from case_file where id = $2`,
    [cast.sirje.id, world.caseD],
  )
  await cast.admin.query(
    `insert into visit (network_id, case_id, assignment_id, volunteer_id, number, on_date, way, minutes, recorded_by)
     select network_id, case_id, id, volunteer_id, number, '2026-10-05', 'phone', 10, $2 from assignment where case_id = $1 and volunteer_id = $3`,
    [world.caseD, cast.lou.id, cast.volunteer],
  )
  const said = { level: 'hard', carries: 'often', talk: 'no' }
  const checkin = (await writeCheckin.run(cast.lou, said)).id
  absence = await away(cast)
  // The two supervisors take the places of two of the cast who have no part in it.
  cast.tiia = endel
  cast.jaan = piia
  const ids = { planned: planned.id, held: held.id, checkin, endel: endel.id, piia: piia.id, absence }
  attacker = await openAttacker(cast, { ...world, ...ids })
})
afterAll(async () => {
  await attacker.close()
  await cast.close()
})

const notes = `select 1 from supervision_note where session_id = ':held'`
const key = `select 1 from sealed_key where owner_id = ':held'`
const named = (supervisor: string, deputy: string, by: string) =>
  `insert into supervision_deputy (supervisor_id, deputy_id, set_by) values (':${supervisor}', ':${deputy}', ':${by}')`
const day = (days = 0) => `date '${dayFromNow(days)}'`
const told = (who: string, by: string, from = 0) =>
  `insert into supervision_absence (supervisor_id, from_on, to_on, told_by) values (':${who}', ${day(from)}, ${day(from + 3)}, ':${by}')`
const talk = (by: string, more = `':lou', ':${by}'`) =>
  `insert into supervision_session (id, kind, planned_on, led_by) values (':stranger', 'individual', ${day()}, ':${by}');
   insert into supervision_participant (session_id, volunteer_id, led_by) values (':stranger', ${more})`

const wasRead = (by: string) =>
  `insert into visit_reading (network_id, case_id, visit_id, volunteer_id, read_by) values (':ida', ':caseA', ':visitOld', ':lou', ':${by}')`
const agreed = (by: string) =>
  `insert into contact_rhythm (network_id, case_id, assignment_id, volunteer_id, days, set_by) values (':ida', ':caseA', ':supportA', ':lou', 7, ':${by}')`

const meant: [sentence: string, who: Attack[1], statement: string, rows: number][] = [
  ['Sirje reads what she spoke of', 'sirje', notes, 1],
  ['her deputy on duty reads it too', 'tiia', notes, 1],
  ['… and has its key', 'tiia', key, 1],
  ['… and visits of Lou', 'tiia', `select 1 from visit where case_id = ':caseA'`, 1],
  ['… and leads a talk with her', 'tiia', talk('endel'), 1],
  ['Lou knows of the next talk', 'lou', `select 1 from supervision_session where id = ':planned'`, 1],
  [
    'Kim hears how it stands',
    'kim',
    `select 1 from supervision_standing() where volunteer_id = ':lou' and on_duty = ':endel'`,
    1,
  ],
  ['Sirje reads how Lou is', 'sirje', `select 1 from wellbeing_checkin`, 1],
  ['her deputy on duty too', 'tiia', `select 1 from sealed_key where kind = 'checkin'`, 1],
  ['Sirje has read an entry', 'sirje', wasRead('sirje'), 1],
  ['… and agrees on a rhythm', 'sirje', agreed('sirje'), 1],
  ['Kim names a deputy', 'kim', named('piia', 'endel', 'kim'), 1],
  ['Piia is away', 'jaan', told('piia', 'piia'), 1],
]
test.each(meant)('what is meant to work does: %s', async (_, who, statement, rows) => {
  expect(await attacker.attempt(who, statement)).toBe(rows)
})

const reading: Attack[] = [
  ...(['kim', 'lou', 'lea', 'aino', 'peep', 'ott', 'jaan', 'sys'] as const).flatMap((who): Attack[] => [
    ['for what was spoken of', who, notes],
    ['for its key', who, key],
    ['for all notes', who, 'select 1 from supervision_note'],
  ]),
  ...(['kim', 'aino', 'lea', 'jaan', 'sys'] as const).map(
    (who): Attack => ['for talks at all', who, 'select 1 from supervision_session'],
  ),
  ['for who took part', 'kim', 'select 1 from supervision_participant'],
  ['for somebody’s standing', 'jaan', `select 1 from supervision_standing() where volunteer_id = ':lou'`],
  ['for somebody else’s standing', 'lou', `select 1 from supervision_standing() where volunteer_id <> ':lou'`],
  ['as a lead for any standing', 'lea', 'select 1 from supervision_standing()'],
  ...(['kim', 'lea', 'aino', 'peep', 'ott', 'sys'] as const).map(
    (who): Attack => ['for what others carry', who, 'select 1 from load_near()'],
  ),
  ['for who comes to a talk of others', 'jaan', `select 1 from session_people(':planned')`],
  [
    'as a deputy for what does not exist for the supervisor: visits',
    'tiia',
    `select 1 from visit where case_id = ':caseD'`,
  ],
  ['… supports', 'tiia', `select 1 from assignment where case_id = ':caseD'`],
  ['… its key', 'tiia', `select 1 from sealed_key where owner_id = ':caseD'`],
  ['… its brief', 'tiia', `select 1 from case_brief where case_id = ':caseD'`],
  ['as a deputy for somebody else’s volunteers', 'tiia', `select 1 from volunteer where id <> ':lou'`],
  ['as a stranger who guides, for Lou', 'jaan', `select 1 from volunteer`],
  ['as a volunteer for absences', 'lou', 'select 1 from supervision_absence'],
]
test.each(reading)('whoever looks %s – %s – finds nothing', async (_, who, statement) => {
  for (const login of ['read', 'write'] as const) expect(await attacker.attempt(who, statement, login)).toBe(0)
})

const unseen: Attack[] = (['kim', 'peep', 'aino', 'lea', 'mall', 'ott', 'sys', 'jaan', 'max'] as const).flatMap(
  (who): Attack[] => [
    ['for how somebody is', who, 'select 1 from wellbeing_checkin'],
    ['for the key of it', who, `select 1 from sealed_key where kind = 'checkin'`],
    ['for how many have written', who, `select 1 from wellbeing_checkin group by volunteer_id having count(*) > 0`],
    [
      'by a right to a column of it',
      who,
      `select 1 from volunteer v join wellbeing_checkin c on c.volunteer_id = v.id`,
    ],
  ],
)
test.each(unseen)('whoever looks %s – %s – finds nothing', async (_, who, statement) => {
  for (const login of ['read', 'write'] as const) expect(await attacker.attempt(who, statement, login)).toBe(0)
})

const attacks: Attack[] = [
  ['writes in Lou’s name how she is', 'kim', `insert into wellbeing_checkin (volunteer_id) values (':lou')`],
  ['marks as seen what is not hers to see', 'kim', `update wellbeing_checkin set seen_by = ':kim', seen_at = now()`],
  ['changes what was said', 'lou', `update wellbeing_checkin set answers_sealed = '\\x02' where id = ':checkin'`],
  [
    'sees her own words as if she guided herself',
    'lou',
    `update wellbeing_checkin set seen_by = ':louPerson', seen_at = now()`,
  ],
  [
    'makes a key for the words of another',
    'kim',
    `insert into sealed_key (kind, owner_id, master_id, wrapped) values ('checkin', ':checkin', 'm', '\\x01')`,
  ],
  ['says that an entry was read', 'kim', wasRead('kim')],
  ['says so of her own', 'lou', wasRead('louPerson')],
  ['says so in another name', 'tiia', wasRead('sirje')],
  ['agrees on a rhythm as the coordinator', 'kim', agreed('kim')],
  ['agrees on a rhythm with herself', 'lou', agreed('louPerson')],
  ['names herself deputy, as the coordinator', 'kim', named('piia', 'kim', 'kim')],
  ['makes herself the supervisor', 'kim', `update volunteer set supervisor_id = ':kim' where id = ':lou'`],
  [
    'writes how she is and has it seen by herself',
    'lou',
    `insert into wellbeing_checkin (id, volunteer_id) values (':stranger', ':lou');
     update wellbeing_checkin set answers_sealed = '\\x02', seen_by = ':louPerson', seen_at = now() where id = ':stranger'`,
  ],
  ['names himself deputy', 'jaan', named('sirje', 'piia', 'piia')],
  ['names himself in the coordinator’s name', 'jaan', named('piia', 'endel', 'kim')],
  ['ends a deputy', 'sirje', `update supervision_deputy set ended_at = now(), ended_by = ':sirje'`],
  ['moves the day from which a deputy counts', 'kim', `update supervision_deputy set from_on = '2020-01-01'`],
  ['becomes the deputy of an open line', 'kim', `update supervision_deputy set deputy_id = ':piia'`],
  ['says that somebody else is away', 'tiia', told('sirje', 'endel')],
  ['says so in her name', 'tiia', told('sirje', 'sirje')],
  ['is away in the past', 'sirje', told('sirje', 'sirje', -30)],
  ['makes an absence longer', 'tiia', 'update supervision_absence set to_on = to_on + 30'],
  ['makes an absence longer as the coordinator', 'kim', 'update supervision_absence set to_on = to_on + 30'],
  ['ends the absence in another name', 'kim', `update supervision_absence set ended_at = now(), ended_by = ':sirje'`],
  ['ends the absence of another', 'tiia', `update supervision_absence set ended_at = now(), ended_by = ':endel'`],
  ['leads a talk with somebody she does not guide', 'jaan', talk('piia')],
  ['leads a talk in another name', 'tiia', talk('sirje')],
  ['leads a talk as the coordinator', 'kim', talk('kim')],
  ['leads a talk as a volunteer', 'lou', talk('louPerson')],
  [
    'comes into a talk of others',
    'jaan',
    `insert into supervision_participant (session_id, volunteer_id, led_by) values (':planned', ':other', ':sirje')`,
  ],
  [
    'adds somebody to a talk that is over',
    'sirje',
    `insert into supervision_participant (session_id, volunteer_id, led_by) values (':held', ':other', ':sirje')`,
  ],
  ['changes who came', 'sirje', `update supervision_participant set attended = false where session_id = ':held'`],
  [
    'moves a talk that is over to another day',
    'sirje',
    `update supervision_session set held_on = ${day()} where id = ':held'`,
  ],
  ['holds a talk in the future', 'sirje', `update supervision_session set held_on = ${day(3)} where id = ':planned'`],
  ['holds the talk of another', 'jaan', `update supervision_session set held_on = ${day()}`],
  ['holds a talk as the coordinator', 'kim', `update supervision_session set held_on = ${day()}`],
  ['changes what was spoken of', 'sirje', `update supervision_note set topics = '{}'`],
  [
    'writes of a talk that is not hers',
    'jaan',
    `insert into supervision_note (session_id, topics, written_by) values (':planned', '{load}', ':piia')`,
  ],
  [
    'writes of a talk as the coordinator',
    'kim',
    `insert into supervision_note (session_id, topics, written_by) values (':planned', '{load}', ':kim')`,
  ],
  [
    'makes a key for a talk that is not hers',
    'jaan',
    `insert into sealed_key (kind, owner_id, master_id, wrapped) values ('session', ':planned', 'm', '\\x01')`,
  ],
  [
    'answers as a deputy what does not exist for the supervisor',
    'tiia',
    `insert into concern (network_id, case_id, number, volunteer_id, kind, raised_by) values (':ida', ':caseD', 'x', ':lou', 'help', ':endel')`,
  ],
  ['becomes her supervisor', 'tiia', `update volunteer set supervisor_id = ':endel'`],
  ['asks for everybody’s duties', 'tiia', 'select * from supervision_duties()'],
  ['asks in whose place something was done', 'kim', `select duty_behalf('volunteer', ':lou', null)`],
]
test.each(attacks)('somebody who %s (%s): nothing comes of it', async (_, who, statement) => {
  expect([0, '42501', '23514']).toContain(await attacker.attempt(who, statement))
})

test('when the supervisor is back her deputy is a stranger again, in the same transaction’s length', async () => {
  await endAbsence.run(cast.sirje, { id: absence })
  for (const table of [
    'supervision_note',
    'supervision_session',
    'visit',
    'assignment',
    'concern',
    'month_report',
    'volunteer',
  ])
    expect([table, await attacker.attempt('tiia', `select 1 from ${table}`)]).toEqual([table, 0])
})

// What can somebody with a statement of their own read or forge of what agencies tell, what was decided and who does what?
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Attack, type Attacker, openAttacker, openWorld } from './attack.ts'
import { type Cast, type CastName, openCast } from './cast.ts'

let cast: Cast
let attacker: Attacker
beforeAll(async () => {
  cast = await openCast()
  const world = await openWorld(cast)
  const names = [
    'sitting',
    'held',
    'lineA',
    'lineD',
    'lineOld',
    'action',
    'ended',
    'answer',
    'owed',
    'view',
    'viewOld',
  ] as const
  const all: Record<string, string> = { ...world, ...Object.fromEntries(names.map((name) => [name, randomUUID()])) }
  const statement = `
    update person_role set agency = 'politsei' where person_id = ':mall';
    insert into meeting (network_id, id, mode, on_date, cut_off_on, invited_at, created_by)
      values (':ida', ':sitting', 'sitting', current_date, current_date - 7, now(), ':lea'), (':ida', ':held', 'sitting', current_date - 30, current_date - 37, now(), ':lea');
    insert into agenda_item (network_id, case_id, id, meeting_id, kind, position)
      values (':ida', ':caseA', ':lineA', ':sitting', 'new', 1), (':ida', ':caseD', ':lineD', ':sitting', 'new', 2), (':ida', ':caseA', ':lineOld', ':held', 'new', 1);
    update meeting set phase = 'closed', closed_at = now();
    update meeting set phase = 'sitting', begun_at = now();
    update meeting set phase = 'held', ended_at = now() where id = ':held';
    insert into research (network_id, case_id, meeting_id, agency, words_sealed, relevance_sealed, told_to, recorded_by)
      values (':ida', ':caseA', ':sitting', 'police', '\\x01', '\\x01', '{police,victim_support}', ':mall'), (':ida', ':caseD', ':sitting', 'police', '\\x01', '\\x01', '{police}', ':mall');
    insert into case_decision (network_id, case_id, meeting_id, words_sealed, reason_sealed, recorded_by) values (':ida', ':caseA', ':sitting', '\\x01', '\\x01', ':lea');
    insert into case_action (network_id, case_id, id, agency, owner_id, due_on, what_sealed, result_sealed, recorded_by)
      values (':ida', ':caseA', ':action', 'victim_support', ':lea', current_date + 9, '\\x01', '\\x01', ':lea');
    insert into case_action (network_id, case_id, id, agency, owner_id, due_on, what_sealed, result_sealed, recorded_by, state, outcome_sealed, ended_by, ended_at)
      values (':ida', ':caseA', ':ended', 'police', ':mall', current_date, '\\x01', '\\x01', ':lea', 'not_done', '\\x01', ':mall', now());
    insert into risk_answer (network_id, case_id, id, kind, nth, action_id, recorded_by) values (':ida', ':caseA', ':answer', 'child', 1, ':action', ':lea');
    insert into case_action (network_id, case_id, id, kind, meeting_id, agency, owner_id, due_on, what_sealed, result_sealed, recorded_by)
      values (':ida', ':caseA', ':owed', 'update', ':sitting', 'victim_support', ':lea', current_date + 9, '\\x01', '\\x01', ':lea');
    insert into victim_view (network_id, case_id, id, meeting_id, not_asked_sealed, recorded_by)
      values (':ida', ':caseA', ':view', ':sitting', '\\x01', ':lea'), (':ida', ':caseA', ':viewOld', ':held', '\\x01', ':lea');
    insert into meeting_attendance (network_id, meeting_id, person_id, agency, kind, recorded_by) values (':ida', ':sitting', ':lea', 'victim_support', 'present', ':lea')`
  await cast.admin.query(statement.replaceAll(/:([a-z]\w*)/gi, (word, name: string) => all[name] ?? word))
  attacker = await openAttacker(cast, all)
})
afterAll(async () => {
  await attacker.close()
  await cast.close()
})

const everyone: CastName[] = ['kim', 'lou', 'max', 'lea', 'mall', 'sirje', 'peep', 'aino', 'ott', 'tiia', 'jaan', 'sys']
const but = (...names: CastName[]) => everyone.filter((name) => !names.includes(name))
const promise = `insert into meeting_pledge (network_id, meeting_id, person_id) select ':ida', ':sitting', auth_person()`

const hidden: [what: string, from: CastName[], statement: string][] = [
  ['what the police told, before a promise', but('mall'), 'select 1 from research'],
  ['what she said, before a promise', but('lea'), 'select 1 from victim_view'],
  ['whether she was asked', but('kim', 'lea', 'mall'), `select 1 from views_known(':sitting')`],
  ['who is still to be asked', but('lea', 'sys'), `select 1 from views_missing(':sitting')`],
  ['what was decided, before a promise', everyone, 'select 1 from case_decision'],
  ['who was there', but('lea', 'mall'), 'select 1 from meeting_attendance'],
  ['who has answered', but('kim', 'lea', 'mall', 'sys'), `select 1 from research_answered(':sitting')`],
  ['actions', but('kim', 'lea', 'mall', 'sys'), 'select 1 from case_action'],
  ['how risks were answered', but('lea', 'mall'), 'select 1 from risk_answer'],
  ['which risks are open', but('lea', 'mall'), `select 1 from plan_gaps(':caseA')`],
  ['who promised', but('lea', 'mall', 'kim', 'aino', 'sys'), 'select 1 from meeting_pledge'],
]
test.each(hidden)('%s: hidden from everybody else', async (_, from, statement) => {
  for (const who of from) expect([0, '42501'], who).toContain(await attacker.attempt(who, statement, 'read'))
})

test('a promise opens what may be told, and nothing that may not', async () => {
  expect(await attacker.attempt('lea', `${promise}; select 1 from research`)).toBe(1)
  expect(await attacker.attempt('lea', `${promise}; select 1 from case_decision`)).toBe(1)
  expect(await attacker.attempt('mall', `${promise}; select 1 from case_decision`)).toBe(1)
  expect(await attacker.attempt('mall', 'select 1 from research')).toBe(2)
  expect(await attacker.attempt('mall', `${promise}; select 1 from victim_view`)).toBe(1)
  expect(await attacker.attempt('lea', 'select 1 from victim_view')).toBe(2)
  expect(await attacker.attempt('kim', `select 1 from views_known(':sitting')`)).toBe(1)
  expect(await attacker.attempt('sys', `select 1 from views_missing(':sitting')`)).toBe(1)
})

const told = (agency: string, by: string, of = 'caseD', meeting = 'sitting') =>
  `insert into research (network_id, case_id, meeting_id, agency, recorded_by) values (':ida', ':${of}', ':${meeting}', '${agency}', ':${by}')`
const decided = (meeting: string, by = 'lea', of = 'caseD') =>
  `insert into case_decision (network_id, case_id, meeting_id, words_sealed, reason_sealed, recorded_by) values (':ida', ':${of}', ':${meeting}', '\\x01', '\\x01', ':${by}')`
const action = (owner: string, agency: string, by = 'lea', due = 'current_date + 3', of = 'caseA', network = 'ida') =>
  `insert into case_action (network_id, case_id, agency, owner_id, due_on, what_sealed, result_sealed, recorded_by) values (':${network}', ':${of}', '${agency}', ':${owner}', ${due}, '\\x01', '\\x01', ':${by}')`
const view = (by: string, of = 'caseD', meeting = 'sitting', on = 'null') =>
  `insert into victim_view (network_id, case_id, meeting_id, asked_on, way, wants_sealed, not_asked_sealed, recorded_by) values (':ida', ':${of}', ':${meeting}',
    ${on}, ${on === 'null' ? `null, null, '\\x01'` : `'call', '\\x01', null`}, ':${by}')`
const owed = (by: string, owner: string, agency: string) =>
  action(owner, agency, by, 'current_date + 3', 'caseD')
    .replace('case_id,', `case_id, kind, meeting_id,`)
    .replace(`':caseD',`, `':caseD', 'update', ':sitting',`)
const end = (which: string, by: string, more = '') =>
  `update case_action set state = 'done', outcome_sealed = '\\x02', ended_by = ':${by}', ended_at = now()${more} where id = ':${which}'`

const allowed: Attack[] = [
  ['Lea answers for victim support', 'lea', told('victim_support', 'lea')],
  ['Lea decides after her promise', 'lea', `${promise}; ${decided('sitting')}`],
  ['Mall agrees on an action of her own', 'mall', action('mall', 'police', 'mall')],
  ['Lea writes down what she says', 'lea', view('lea', 'caseD', 'sitting', 'current_date')],
  ['Lea sets it aside', 'lea', `update victim_view set superseded_at = now() where id = ':view'`],
  ['Lea owes her word of a decision', 'lea', owed('lea', 'lea', 'victim_support')],
  ['Lea ends her action', 'lea', end('action', 'lea')],
]
test.each(allowed)('what is meant to work does: %s', async (_, who, statement) => {
  expect(await attacker.attempt(who, statement)).toBe(1)
})

const forged: Attack[] = [
  [
    'Lea promises for Mall',
    'lea',
    `insert into meeting_pledge (network_id, meeting_id, person_id) values (':ida', ':sitting', ':mall')`,
  ],
  ['Max promises where he is not', 'max', promise],
  ['Kim promises', 'kim', promise],
  ['Lea answers for the police', 'lea', told('police', 'lea')],
  ['Mall answers in the name of Lea', 'mall', told('police', 'lea')],
  ['Lea answers about what is not on the agenda', 'lea', told('victim_support', 'lea', 'caseE')],
  ['Lea answers when it is over', 'lea', told('victim_support', 'lea', 'caseA', 'held')],
  ['Lea rewrites what she may read', 'lea', `${promise}; update research set told_to = '{victim_support}'`],
  ['Lea sets aside what the police told', 'lea', `${promise}; update research set superseded_at = now()`],
  ['Mall writes down what she says', 'mall', view('mall')],
  ['Lea writes it in the name of Mall', 'lea', view('mall')],
  ['Lea writes it when the meeting is over', 'lea', view('lea', 'caseA', 'held')],
  ['Lea writes that she will be asked', 'lea', view('lea', 'caseD', 'sitting', 'current_date + 2')],
  [
    'Lea sets aside what was said for a meeting that is over',
    'lea',
    `update victim_view set superseded_at = now() where id = ':viewOld'`,
  ],
  ['Mall sets it aside', 'mall', `${promise}; update victim_view set superseded_at = now()`],
  ['Mall owes her word of a decision', 'mall', owed('mall', 'mall', 'police')],
  ['Lea tells her without a plan', 'lea', end('owed', 'lea')],
  ['Lea says that nobody told her, and that is the end', 'lea', end('owed', 'lea').replace("'done'", "'not_done'")],
  ['Lea decides without a promise', 'lea', decided('sitting')],
  ['Mall decides', 'mall', `${promise}; ${decided('sitting', 'mall')}`],
  [
    'Lea decides when it is over',
    'lea',
    `insert into meeting_pledge (network_id, meeting_id, person_id) values (':ida', ':held', ':lea'); ${decided('held', 'lea', 'caseA')}`,
  ],
  [
    'Lea says what came of a case when it is over',
    'lea',
    `update agenda_item set outcome = 'planned', heard_at = now(), heard_by = ':lea' where id = ':lineOld'`,
  ],
  [
    'Lea takes a case off what is over',
    'lea',
    `update agenda_item set removed_at = now(), removed_by = ':lea', removal_sealed = '\\x01' where id = ':lineOld'`,
  ],
  [
    'Lea marks somebody of Harju as there',
    'lea',
    `insert into meeting_attendance (network_id, meeting_id, person_id, agency, kind, recorded_by) values (':ida', ':sitting', ':max', 'police', 'present', ':lea')`,
  ],
  [
    'Lea writes who was there when it is over',
    'lea',
    `insert into meeting_attendance (network_id, meeting_id, person_id, agency, kind, recorded_by) values (':ida', ':held', ':mall', 'police', 'present', ':lea')`,
  ],
  ['an action without a day', 'lea', action('lea', 'victim_support', 'lea', 'null')],
  ['an action that is over before it begins', 'lea', action('lea', 'victim_support', 'lea', 'current_date - 1')],
  ['an action of somebody elsewhere', 'lea', action('max', 'victim_support')],
  ['an action under another agency', 'lea', action('mall', 'health')],
  ['an action in a case of Harju', 'lea', action('lea', 'victim_support', 'lea', 'current_date', 'caseB', 'harju')],
  ['Mall ends Lea’s action', 'mall', end('action', 'mall')],
  ['Lea ends it in the name of Mall', 'lea', end('action', 'mall')],
  ['Lea gives herself more time', 'lea', `update case_action set due_on = current_date + 90 where id = ':action'`],
  ['Mall says now that it was done', 'mall', end('ended', 'mall')],
  ['Kim ends an action', 'kim', end('action', 'kim')],
  ['Lea rewrites how a risk was answered', 'lea', `update risk_answer set nth = 2 where id = ':answer'`],
  [
    'Lea answers a risk by an action of another case',
    'lea',
    `insert into risk_answer (network_id, case_id, kind, nth, action_id, recorded_by) values (':ida', ':caseD', 'child', 1, ':action', ':lea')`,
  ],
  ['Lea counts gaps behind the walls', 'lea', `select 1 from plan_gaps_of(':caseB')`],
  [
    'Lou looks at the plan',
    'lou',
    `insert into reveal (network_id, case_id, person_id, what, item_id, purpose_sealed, until) select ':ida', ':caseA', auth_person(), 'plan', ':caseA'::uuid, '\\x01', now() + interval '5 minutes'`,
  ],
  [
    'Kim holds the key of one case by a look at another',
    'kim',
    `insert into reveal (network_id, case_id, person_id, what, item_id, purpose_sealed, until) select ':ida', ':caseA', auth_person(), 'plan', ':caseD'::uuid, '\\x01', now() + interval '5 minutes'`,
  ],
]
test.each(forged)('%s: nothing comes of it', async (_, who, statement, login) => {
  expect([0, '42501', '23514', '23503', '23502']).toContain(await attacker.attempt(who, statement, login))
})

// What would somebody try who stands in, or would like to, behind the program's back?
import type { Attack } from './attack.ts'
import type { CastName } from './cast.ts'
import { dayFromNow } from './substitution.ts'

export const day = (days: number) => `'${dayFromNow(days)}'`
export const lent = (giver: string, taker: string, by: string, from: number, to: number, role = 'coordinator') =>
  `insert into substitution (giver_id, taker_id, role, valid_from, valid_to, created_by)
   values (':${giver}', ':${taker}', '${role}', ${day(from)}, ${day(to)}, ':${by}')`
export const sit = (id: string) => `select auth_stand_in('${id}', sha256('x'))`

/** By people in their own name. */
export const inOwnName: Attack[] = [
  ['moves a session to another desk by hand', 'peep', `update session set substitution_id = ':running'`],
  [
    'makes a session at another desk',
    'peep',
    `insert into session (person_id, claim_hash, method, factors, idle_minutes, idle_until, absolute_until, substitution_id) values (':peep', '\\x01', 'password', 2, 60, now() + interval '1 hour', now() + interval '1 hour', ':running')`,
  ],
  ['begins what has not begun', 'peep', sit(':planned')],
  ['begins what nobody has confirmed', 'kim', sit(':asked')],
  ['begins what was lent to somebody else', 'max', sit(':running')],
  ['begins with the login that only reads', 'peep', sit(':running'), 'read'],
  ['begins at the door', 'peep', sit(':running'), 'door'],
  [
    'asks and confirms in one',
    'peep',
    `insert into substitution (giver_id, taker_id, role, valid_from, valid_to, created_by, confirmed_by, confirmed_at) values (':kim', ':peep', 'coordinator', ${day(16)}, ${day(17)}, ':peep', ':ott', now())`,
  ],
  [
    'confirms what he asked for',
    'kim',
    `update substitution set confirmed_by = ':kim', confirmed_at = now() where id = ':asked'`,
  ],
  [
    'is an administrator and confirms what is lent by himself',
    'peep',
    `update substitution set confirmed_by = ':peep', confirmed_at = now() where id = ':asked'`,
  ],
  [
    'is a stranger and confirms',
    'max',
    `update substitution set confirmed_by = ':max', confirmed_at = now() where id = ':asked'`,
  ],
  [
    'confirms in another name',
    'ott',
    `update substitution set confirmed_by = ':lea', confirmed_at = now() where id = ':asked'`,
  ],
  ['makes a term longer', 'kim', `update substitution set valid_to = valid_to + 10`],
  ['makes a term wider', 'peep', `update substitution set role = 'manager'`],
  ['takes the place of the taker', 'max', `update substitution set taker_id = ':max'`],
  [
    'ends it yesterday',
    'kim',
    `update substitution set ended_by = ':kim', ended_at = now() - interval '1 day' where id = ':running'`,
  ],
  [
    'ends it in another name',
    'peep',
    `update substitution set ended_by = ':kim', ended_at = now() where id = ':running'`,
  ],
  [
    'is a stranger and ends it',
    'max',
    `update substitution set ended_by = ':max', ended_at = now() where id = ':running'`,
  ],
  [
    'is an administrator and ends what was lent',
    'ott',
    `update substitution set ended_by = ':ott', ended_at = now() where id = ':running'`,
  ],
  ['takes it out of the book', 'kim', `delete from substitution`],
  ['reads what was promised to others', 'max', `select * from substitution_promise`],
  ['reads promises as an administrator', 'ott', `select * from substitution_promise`],
  [
    'writes promises for the giver',
    'peep',
    `insert into substitution_promise (substitution_id, text_sealed, added_by) values (':running', '\\x01', ':peep')`,
  ],
  ['changes what was promised', 'kim', `update substitution_promise set text_sealed = '\\x02'`],
  ['ticks off in another name', 'peep', `update substitution_promise set done_by = ':kim', done_at = now()`],
  ['takes promises away', 'kim', `delete from substitution_promise`],
]

/** Terms that may not be lent, and with which code each is refused. */
export const wrongTerms: [sentence: string, who: CastName, statement: string, code: string][] = [
  ['lends to herself', 'kim', lent('kim', 'kim', 'kim', 40, 41), '23514'],
  ['lends in the name of somebody else', 'peep', lent('kim', 'peep', 'kim', 40, 41), '42501'],
  ['lends what is not hers', 'kim', lent('kim', 'peep', 'kim', 40, 41, 'manager'), '23514'],
  ['lends to somebody in another post', 'kim', lent('kim', 'max', 'kim', 40, 41), '23514'],
  ['lends for more than thirty days', 'kim', lent('kim', 'peep', 'kim', 40, 70), '23514'],
  ['lends in the past', 'kim', lent('kim', 'peep', 'kim', -1, -1), '23514'],
  ['lends twice for the same days', 'kim', lent('kim', 'peep', 'kim', 8, 11), '23505'],
  ['chains terms beyond thirty days ahead', 'kim', lent('kim', 'peep', 'kim', 40, 56), '23514'],
  [
    'chains two terms at once',
    'kim',
    `${lent('kim', 'peep', 'kim', 40, 47)}, (':kim', ':peep', 'coordinator', ${day(48)}, ${day(56)}, ':kim')`,
    '23514',
  ],
  ['lends to whoever is away in those days', 'kim', lent('kim', 'peep', 'kim', 21, 21), '23505'],
  ['lends while standing in for the same person', 'peep', lent('peep', 'kim', 'peep', 3, 4, 'manager'), '23505'],
  ['is a lead and lends as one', 'max', lent('max', 'peep', 'max', 40, 41), '23514'],
]

/** By Peep at Kim's desk. */
export const atTheDesk: Attack[] = [
  ['lends on what was lent', 'peep', lent('kim', 'peep', 'peep', 40, 41)],
  ['lends on in the giver’s name', 'peep', lent('kim', 'peep', 'kim', 40, 41)],
  ['asks for more', 'peep', lent('kim', 'peep', 'peep', 40, 42)],
  [
    'sets a rule',
    'peep',
    `insert into setting (name, valid_from, value, note, set_by) values ('maxActiveCases', '2031-01-01', '3', 'x', ':peep')`,
  ],
  ['makes an account', 'peep', `insert into person (email, name) values ('uus@naidis.example', 'Uus Näidis')`],
  [
    'lets a volunteer in',
    'peep',
    `insert into person_role (person_id, role, valid_from, valid_to) values (':tiia', 'volunteer', current_date, '2999-12-31')`,
  ],
  [
    'lets a supervisor in',
    'peep',
    `insert into person_role (person_id, role, valid_from, valid_to) values (':tiia', 'supervisor', current_date, '2999-12-31')`,
  ],
  [
    'keeps a volunteer in for longer',
    'peep',
    `update person_role set valid_to = '3000-01-01' where role = 'volunteer'`,
  ],
  ['brings the administrator’s right along', 'peep', `update person set status = 'disabled' where id = ':max'`],
  [
    'writes into a case of the network he leads',
    'peep',
    `insert into case_whereabouts (network_id, case_id, kind, value_sealed, recorded_by) values (':ida', ':caseA', 'address', '\\x01', ':peep')`,
  ],
  ['reads what the supervisor reads', 'peep', `select unnest(auth_supervisees())`],
  ['is a volunteer still', 'peep', `select auth_volunteer() where auth_volunteer() is not null`],
  ['has networks still', 'peep', `select unnest(auth_networks())`],
  ['has another role still', 'peep', `select 1 where has_role('manager', 'lead', 'supervisor', 'volunteer', 'admin')`],
  [
    'answers a report',
    'peep',
    `insert into period_report_event (report_id, kind, recorded_by) values (':period', 'accepted', ':peep')`,
  ],
  [
    'asks that a case be erased',
    'peep',
    `insert into erasure (id, kind, owner_id, network_id, label, ground, asked_by, asked_as, reason_sealed)
     values (gen_random_uuid(), 'case', ':caseA', ':ida', ':numberA', 'term', ':peep', 'keeper', '\\x01')`,
  ],
  ['reads a case before which the giver has a wall', 'peep', `select * from case_file where id = ':caseB'`],
  ['reads a case before which he has a wall himself', 'peep', `select * from case_file where id = ':caseE'`],
  ['reads the giver’s own trail', 'peep', `select * from audit_event where actor = ':kim'`],
  [
    'signs as the giver',
    'peep',
    `insert into volunteer_status (volunteer_id, status, from_on, recorded_by) values (':lou', 'paused', current_date, ':kim')`,
  ],
  [
    'reads in a workbook as the giver',
    'peep',
    `insert into import_batch (id, sha256, counts, made_by) values (gen_random_uuid(), '\\x01', '{}', ':kim')`,
  ],
  [
    'reads in a workbook for another desk',
    'peep',
    `insert into import_batch (id, sha256, counts, made_by, made_for) values (gen_random_uuid(), '\\x01', '{}', ':peep', ':max')`,
  ],
  ['opens the giver’s drafts', 'peep', `select * from draft where person_id = ':kim'`],
  ['opens the giver’s sessions', 'peep', `select * from session where person_id = ':kim'`],
]

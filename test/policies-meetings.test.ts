// What can somebody who gets a statement of their own past the program read, forge or turn back in meetings?
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Attack, type Attacker, openAttacker, openWorld } from './attack.ts'
import { type Cast, type CastName, openCast } from './cast.ts'

let cast: Cast
let attacker: Attacker
beforeAll(async () => {
  cast = await openCast()
  const world = await openWorld(cast)
  const ids = {
    open: randomUUID(),
    silent: randomUUID(),
    closed: randomUUID(),
    held: randomUUID(),
    lineA: randomUUID(),
    lineOld: randomUUID(),
  }
  const statement = `
    insert into meeting (network_id, id, mode, on_date, cut_off_on, invited_at, created_by)
      values (':ida', ':open', 'sitting', current_date + 20, current_date + 13, now(), ':lea'), (':ida', ':silent', 'sitting', current_date + 50, current_date + 43, null, ':lea'),
        (':ida', ':closed', 'sitting', current_date + 3, current_date - 4, now(), ':lea'), (':ida', ':held', 'sitting', current_date - 30, current_date - 37, now(), ':lea');
    insert into agenda_item (network_id, case_id, id, meeting_id, kind, position) values (':ida', ':caseA', ':lineA', ':closed', 'new', 1), (':ida', ':caseA', ':lineOld', ':held', 'new', 1);
    update agenda_item set outcome = 'planned', heard_at = now(), heard_by = ':lea' where id = ':lineOld';
    update meeting set phase = 'closed', closed_at = now() where id in (':closed', ':held');
    update meeting set phase = 'sitting', begun_at = now() where id = ':held';
    update meeting set phase = 'held', ended_at = now() where id = ':held';
    insert into meeting_event (network_id, meeting_id, kind, was_on, reason_sealed, recorded_by) values (':ida', ':open', 'moved', current_date, '\\x01', ':lea')`
  const all: Record<string, string> = { ...world, ...ids }
  await cast.admin.query(statement.replaceAll(/:([a-z]\w*)/gi, (word, name: string) => all[name] ?? word))
  attacker = await openAttacker(cast, all)
})
afterAll(async () => {
  await attacker.close()
  await cast.close()
})

const everyone: CastName[] = ['kim', 'lou', 'max', 'lea', 'mall', 'sirje', 'peep', 'aino', 'ott', 'tiia', 'jaan', 'sys']
const but = (...names: CastName[]) => everyone.filter((name) => !names.includes(name))

const hidden: [what: string, from: CastName[], statement: string][] = [
  ['meetings of Ida-Viru', but('kim', 'aino', 'sys', 'lea', 'mall'), `select 1 from meeting where network_id = ':ida'`],
  [
    'a meeting that nobody was invited to',
    but('kim', 'aino', 'sys', 'lea'),
    `select 1 from meeting where id = ':silent'`,
  ],
  ['an agenda', but('kim', 'sys', 'lea', 'mall'), 'select 1 from agenda_item'],
  ['what will come by itself', but('kim', 'lea', 'mall'), `select 1 from agenda_candidates(':open')`],
  ['what will come where nobody was invited', but('kim', 'lea'), `select 1 from agenda_candidates(':silent')`],
  ['why a date was moved', but('kim', 'aino', 'sys', 'lea', 'mall'), 'select 1 from meeting_event'],
  ['who sits for whom', but('kim', 'sys', 'lea', 'mall'), 'select 1 from agency_seat'],
]

test.each(hidden)('%s: hidden from everybody else', async (_, from, statement) => {
  for (const who of from) expect([0, '42501'], who).toContain(await attacker.attempt(who, statement, 'read'))
})

test('what is meant to be seen is', async () => {
  expect(await attacker.attempt('lea', 'select 1 from meeting', 'read')).toBe(4)
  expect(await attacker.attempt('mall', 'select 1 from meeting', 'read')).toBe(3)
  expect(await attacker.attempt('mall', 'select 1 from agenda_item', 'read')).toBe(2)
  expect(await attacker.attempt('kim', 'select 1 from meeting_event', 'read')).toBe(1)
})

const item = (of: string, more = '', values = '', by = 'lea') =>
  `insert into agenda_item (network_id, case_id, meeting_id, kind, position, added_by${more}) values (':ida', ':caseD', ':${of}', 'new', 9, ':${by}'${values})`
const meeting = (columns: string, values: string, network = 'ida') =>
  `insert into meeting (network_id, mode, on_date, cut_off_on, created_by${columns}) values (':${network}', 'sitting', current_date + 90, current_date + 80, ':lea'${values})`

const allowed: Attack[] = [
  ['Lea puts a case on an open agenda', 'lea', item('open')],
  ['Lea adds late, with a reason', 'lea', item('closed', ', reason_sealed', `, '\\x01'`)],
  ['Lea plans a meeting', 'lea', meeting('', '')],
  ['Lea closes an agenda', 'lea', `select 1 where agenda_close(':open')`],
  ['Lea begins a meeting', 'lea', `update meeting set phase = 'sitting', begun_at = now() where id = ':closed'`],
]
test.each(allowed)('what is meant to work does: %s', async (_, who, statement) => {
  expect(await attacker.attempt(who, statement)).toBe(1)
})

const forged: Attack[] = [
  ['Lea adds late without a reason', 'lea', item('closed')],
  ['Lea adds late and says that it was in time', 'lea', item('closed', ', late', ', false')],
  ['Lea adds to what is over', 'lea', item('held', ', reason_sealed', `, '\\x01'`)],
  ['Lea says that it came by itself', 'lea', item('closed').replace(`, ':lea'`, ', null')],
  ['Lea adds in the name of Mall', 'lea', item('open', '', '', 'mall')],
  [
    'Lea adds what was heard already',
    'lea',
    item('open', ', outcome, heard_at, heard_by', `, 'planned', now(), ':lea'`),
  ],
  ['Lea puts a case of Harju on it', 'lea', item('open').replace(':caseD', ':caseB')],
  ['Mall adds', 'mall', item('open', '', '', 'mall')],
  ['Mall closes an agenda', 'mall', `select 1 where agenda_close(':open')`],
  ['Max closes an agenda', 'max', `select 1 where agenda_close(':open')`],
  ['the process closes an agenda before its day', 'sys', `select 1 where agenda_close(':open')`],
  [
    'Lea closes an agenda past its cases',
    'lea',
    `update meeting set phase = 'closed', closed_at = now() where id = ':open'`,
  ],
  ['Lea closes an agenda by a GET', 'lea', `select 1 where agenda_close(':open')`, 'read'],
  ['Lea looks behind the walls', 'lea', `select 1 from agenda_due(':open')`],
  ['Lea opens what was held again', 'lea', `update meeting set phase = 'planned', ended_at = null where id = ':held'`],
  ['Lea calls off what was held', 'lea', `update meeting set phase = 'cancelled' where id = ':held'`],
  ['Lea moves what was held', 'lea', `update meeting set on_date = current_date + 1 where id = ':held'`],
  [
    'Lea skips the meeting itself',
    'lea',
    `update meeting set phase = 'held', begun_at = now(), ended_at = now() where id = ':closed'`,
  ],
  [
    'Lea makes a meeting that was held',
    'lea',
    meeting(', phase, invited_at, closed_at, begun_at, ended_at', `, 'held', now(), now(), now(), now()`),
  ],
  ['Lea plans for Harju', 'lea', meeting('', '', 'harju')],
  ['Lea lets a stranger chair', 'lea', meeting(', chair_id', `, ':max'`)],
  ['Mall moves a meeting', 'mall', `update meeting set place = 'x' where id = ':open'`],
  ['Kim moves a meeting', 'kim', `update meeting set place = 'x' where id = ':open'`],
  [
    'Lea takes back what came of a case',
    'lea',
    `update agenda_item set outcome = null, heard_at = null, heard_by = null where id = ':lineOld'`,
  ],
  ['Lea moves a line to another meeting', 'lea', `update agenda_item set meeting_id = ':open' where id = ':lineA'`],
  [
    'Lea removes in the name of Mall',
    'lea',
    `update agenda_item set removed_by = ':mall', removed_at = now(), removal_sealed = '\\x01' where id = ':lineA'`,
  ],
  [
    'Mall lifts a flag',
    'mall',
    `insert into marac_flag_lift (network_id, case_id, lifted_by) values (':ida', ':caseA', ':mall')`,
  ],
  [
    'Lea seats somebody of Harju',
    'lea',
    `insert into agency_seat (network_id, person_id, agency, recorded_by) values (':ida', ':max', 'police', ':lea')`,
  ],
  [
    'Mall seats herself',
    'mall',
    `insert into agency_seat (network_id, person_id, agency, recorded_by) values (':ida', ':mall', 'health', ':mall')`,
  ],
  ['Lea rewrites why a date was moved', 'lea', `update meeting_event set reason_sealed = '\\x02'`],
]
test.each(forged)('%s: nothing comes of it', async (_, who, statement, login) => {
  expect([0, '42501', '23514', '23503']).toContain(await attacker.attempt(who, statement, login))
})

// What can somebody who gets a statement of their own past the program rewrite, forge or take?
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Attack, type Attacker, openAttacker, openWorld } from './attack.ts'
import { type Cast, openCast } from './cast.ts'
import { recordTests } from './proof/record.ts'

recordTests('bypass', 'attempts to write what is not one’s own', /nothing comes of it$/)

let cast: Cast
let attacker: Attacker
beforeAll(async () => {
  cast = await openCast()
  attacker = await openAttacker(cast, await openWorld(cast))
})
afterAll(async () => {
  await attacker.close()
  await cast.close()
})

const look = (network: string, of: string, what: string, item: string, more = "now() + interval '5 minutes'") =>
  `insert into reveal (network_id, case_id, person_id, what, item_id, purpose_sealed, until)
   select ':${network}', ':${of}', auth_person(), '${what}', '${item}'::uuid, '\\x01', ${more}`
const visit = (columns: string, values: string) =>
  `insert into visit (network_id, case_id, volunteer_id, number, on_date, way, minutes, recorded_by, ${columns})
   values (':ida', ':caseA', ':lou', 'x', current_date, 'phone', 10, ':louPerson', ${values})`
const support = (status: string, by = 'kim') =>
  `insert into assignment (network_id, case_id, need_id, number, volunteer_id, chosen_by_solver, load_before, status, created_by)
   values (':ida', ':caseE', ':needFree', 'z', ':lou', true, 0, '${status}', ':${by}')`
const brief = (of: string, places: string, by: string) =>
  `insert into case_brief (network_id, case_id, whereabouts_ids, recorded_by) values (':ida', ':${of}', '{${places}}', ':${by}')`
const freshBrief = (of: string) => `update case_brief set superseded_at = now() where case_id = ':${of}'`

const allowed: Attack[] = [
  ['Lou looks at the safe contact', 'lou', look('ida', 'caseA', 'whereabouts', ':safeA')],
  ['Lea looks at who the victim is', 'lea', look('ida', 'caseA', 'identity', ':victimA')],
  ['Kim looks at an address, with a reason', 'kim', look('ida', 'caseA', 'whereabouts', ':addressA')],
  [
    'Kim closes the notes of a workbook',
    'kim',
    `insert into reveal (network_id, case_id, person_id, what, purpose_sealed, until) values (':ida', ':caseA', ':kim', 'import', '\\x01', now() + interval '1 minute')`,
  ],
  ['Lou logs a visit', 'lou', visit('assignment_id', "':supportA'")],
  ['Kim proposes Lou', 'kim', support('proposed')],
  ['Sirje opens an address to Lou', 'sirje', `${freshBrief('caseA')}; ${brief('caseA', ':safeA,:addressA', 'sirje')}`],
  [
    'Lea answers in her own name',
    'lea',
    `insert into concern (network_id, case_id, number, volunteer_id, kind, raised_by) select ':ida', ':caseA', 'x', ':lou', 'help', auth_person() where false; update case_task set done_at = now(), done_by = ':lea' where case_id = ':caseA' and done_at is null; select 1`,
  ],
  [
    'anybody sends an e-mail that says nothing',
    'lou',
    `insert into mail_outbox (person_id, kind) values (':sirje', 'new-task')`,
  ],
]

test.each(allowed)('what is meant to work does: %s', async (_, who, statement, login) => {
  expect(await attacker.attempt(who, statement, login)).toBe(1)
})

const tieBack = (who: string, more = '') =>
  `update volunteer_tie set withdrawn_at = now(), withdrawn_by = ':${who}', withdrawn_reason = 'x' ${more}where volunteer_id = ':lou'`

const forged: Attack[] = [
  ['Sirje takes a tie back', 'sirje', tieBack('sirje')],
  ['Max takes a tie back', 'max', tieBack('max')],
  ['Lou takes it back in the name of Kim', 'lou', tieBack('kim')],
  ['Lou rewrites what she told', 'lou', `update volunteer_tie set reason = 'x' where volunteer_id = ':lou'`],
  // Looks at what is sealed.
  ['Lou asks for an address that was not opened to her', 'lou', look('ida', 'caseA', 'whereabouts', ':addressA')],
  ['Lou asks who the victim is', 'lou', look('ida', 'caseA', 'identity', ':victimA')],
  ['Lou asks in a case whose support has ended', 'lou', look('ida', 'caseE', 'whereabouts', ':safeA')],
  [
    'Lou looks for longer than ten minutes',
    'lou',
    look('ida', 'caseA', 'whereabouts', ':safeA', "now() + interval '11 minutes'"),
  ],
  ['Lou looks without an item', 'lou', look('ida', 'caseA', 'whereabouts', ':stranger')],
  ['Kim asks for an item of another case', 'kim', look('ida', 'caseA', 'whereabouts', ':placeB')],
  ['Kim holds the key by a look at nothing', 'kim', look('ida', 'caseA', 'import', ':addressA')],
  ['Lea asks in a case of Harju', 'lea', look('harju', 'caseB', 'whereabouts', ':placeB')],
  ['Lea asks in a case of Harju under the name of her network', 'lea', look('ida', 'caseB', 'whereabouts', ':placeB')],
  ['Sirje looks at what only her supervisee may', 'sirje', look('ida', 'caseA', 'whereabouts', ':safeA')],
  ['Ott looks', 'ott', look('ida', 'caseA', 'whereabouts', ':safeA')],
  ['Aino looks', 'aino', look('ida', 'caseA', 'whereabouts', ':safeA')],
  [
    'Lea backdates a look',
    'lea',
    look('ida', 'caseA', 'whereabouts', ':safeA').replace('until)', 'until, at)').concat(", now() - interval '1 day'"),
  ],
  [
    'Lea looks in the name of Mall',
    'lea',
    look('ida', 'caseA', 'whereabouts', ':safeA').replace('auth_person()', "':mall'"),
  ],
  [
    'Sirje opens the address of one case by the brief of another',
    'sirje',
    `${freshBrief('caseD')}; ${brief('caseD', ':addressA', 'sirje')}; set local app.claim = ':asLou'; ${look('ida', 'caseA', 'whereabouts', ':addressA')}`,
  ],
  // Support that nobody agreed to.
  ['Kim makes an assignment that was never accepted', 'kim', support('active')],
  ['Kim proposes in the name of Lea', 'kim', support('proposed', 'lea')],
  ['Lea proposes', 'lea', support('proposed', 'lea')],
  [
    'Kim answers for the volunteer',
    'kim',
    `insert into assignment_event (network_id, case_id, assignment_id, kind, on_date, no_conflict_declared, recorded_by) values (':ida', ':caseD', ':asked', 'accepted', current_date, true, ':kim')`,
  ],
  [
    'Lou answers what another was asked',
    'lou',
    `insert into assignment_event (network_id, case_id, assignment_id, kind, on_date, no_conflict_declared, recorded_by) values (':ida', ':caseD', ':asked', 'accepted', current_date, true, ':louPerson')`,
  ],
  ['Kim becomes the person behind a volunteer', 'kim', `update volunteer set person_id = ':kim' where id = ':lou'`],
  [
    'Kim answers as a volunteer without the role of one',
    'kim',
    `update volunteer set person_id = ':kim' where id = ':other'; insert into assignment_event (network_id, case_id, assignment_id, kind, on_date, no_conflict_declared, recorded_by) values (':ida', ':caseD', ':asked', 'accepted', current_date, true, ':kim')`,
  ],
  ['Kim sets a status past its history', 'kim', `update volunteer set status = 'active' where id = ':lou'`],
  [
    'Lea says that a need is covered',
    'lea',
    `insert into need_event (network_id, case_id, need_id, kind, on_date, recorded_by) values (':ida', ':caseE', ':needFree', 'covered', current_date, ':lea')`,
  ],
  [
    'Lea reopens a need while somebody helps',
    'lea',
    `insert into need_event (network_id, case_id, need_id, kind, on_date, recorded_by) values (':ida', ':caseA', ':needA', 'opened', current_date, ':lea')`,
  ],
  [
    'Lea takes the key of a workbook row',
    'lea',
    `insert into need (network_id, case_id, number, county_code, language, from_on, months, import_key, created_by) values (':ida', ':caseA', 'q', '0045', 'et', current_date, 8, 'k', ':lea')`,
  ],
  // Visits, worries, reports.
  ['Lou un-sets-aside a visit', 'lou', `update visit set superseded_at = null where id = ':visitOld'`],
  ['Lou logs a visit that was set aside already', 'lou', visit('assignment_id, superseded_at', "':supportA', now()")],
  ['Lou logs a visit under no assignment', 'lou', visit('assignment_id', 'null')],
  [
    'Lou logs a visit under another volunteer’s assignment',
    'lou',
    visit('assignment_id', "':asked'").replace(':caseA', ':caseD'),
  ],
  ['Lou takes the key of a workbook row', 'lou', visit('assignment_id, import_key', "':supportA', 'k'")],
  [
    'Lou logs a visit last month',
    'lou',
    visit('assignment_id, recorded_at', "':supportA', now() - interval '30 days'"),
  ],
  [
    'Lou logs a visit in a case that has ended for her',
    'lou',
    visit('assignment_id', "':supportE'").replace(':caseA', ':caseE'),
  ],
  ['Sirje invents a visit as Kim would', 'sirje', visit('import_key', "'k'").replace(':louPerson', ':sirje')],
  ['Lea rewrites an answer', 'lea', `update concern set answer_sealed = '\\x02' where id = ':concern'`],
  [
    'Sirje takes an answer back',
    'sirje',
    `update concern set answered_at = null, answered_by = null where id = ':concern'`,
  ],
  [
    'Lea closes a worry in the name of Sirje',
    'lea',
    `update concern set closed_at = now(), closed_by = ':sirje' where id = ':concern'`,
  ],
  [
    'Lou changes a report that was handed in',
    'lou',
    `update month_report set supervision_need = 'urgent' where id = ':report'`,
  ],
  [
    'Lou approves her own report',
    'lou',
    `insert into month_report_event (report_id, kind, recorded_by) values (':report', 'approved', ':louPerson')`,
  ],
  [
    'Lou gives herself years for a report',
    'lou',
    `insert into month_report (volunteer_id, month, due_on) values (':lou', '2026-11-01', '2030-01-01')`,
  ],
  [
    'Sirje approves other figures than were handed in',
    'sirje',
    `insert into month_report_event (report_id, kind, figures, recorded_by) values (':report', 'approved', '{}', ':sirje')`,
  ],
  [
    'Kim accepts her own report',
    'kim',
    `insert into period_report_event (report_id, kind, recorded_by) values (':period', 'accepted', ':kim')`,
  ],
  [
    'Peep accepts other figures than were handed in',
    'peep',
    `insert into period_report_event (report_id, kind, figures, recorded_by) values (':period', 'accepted', '{}', ':peep')`,
  ],
  ['Kim changes what was handed in', 'kim', `update period_report set own_text = 'muu' where id = ':period'`],
]

test.each(forged)('%s: nothing comes of it', async (_, who, statement, login) => {
  expect([0, '42501', '40001']).toContain(await attacker.attempt(who, statement, login))
})

// What can somebody with a statement of their own do to a closed case, or close over what is left open?
import { afterAll, beforeAll, expect, test } from 'vitest'
import { today } from '../app/core/clock.server.ts'
import { type Attack, type Attacker, openAttacker, openWorld, type World } from './attack.ts'
import { type Cast, openCast } from './cast.ts'
import { givenBare, givenClosed, givenDone } from './closing.ts'

let cast: Cast
let world: World
let attacker: Attacker
beforeAll(async () => {
  cast = await openCast()
  const day = today()
  const [done, shut, bare] = [await givenDone(cast, day), await givenClosed(cast, day), await givenBare(cast, day)]
  const { rows } = await cast.admin.query<{ id: string }>(
    `select id from case_task where case_id = $1 and kind = 'follow-up' order by due_on limit 1`,
    [shut],
  )
  const asked = await givenClosed(cast, day)
  await cast.admin.query(`update case_task set done_at = now(), done_by = $2 where case_id = $1`, [asked, cast.lea.id])
  world = { ...(await openWorld(cast)), done, shut, bare, asked, follow: rows[0]?.id ?? '' }
  attacker = await openAttacker(cast, world)
})
afterAll(async () => {
  await attacker.close()
  await cast.close()
})

const closing = (of: string, who: string, network = 'ida') =>
  `insert into case_closing (network_id, case_id, reason, outcome, words_sealed, closed_by) values (':${network}', ':${of}', 'other', 'safer', '\\x01', ':${who}')`
const heard = (of: string, who: string) =>
  `insert into case_follow_up (network_id, case_id, task_id, on_date, state, incidents, risk, recorded_by)
   values (':ida', ':${of}', ':follow', current_date, 'same', 'none', 'same', ':${who}')`
const plans = (of: string, who: string) =>
  `insert into contact_plan (network_id, case_id, channel, on_date, recorded_by) values (':ida', ':${of}', 'call', current_date, ':${who}')`
const reopened = (who: string) =>
  `update case_closing set reopened_at = now(), reopened_by = ':${who}', reopened_sealed = '\\x01' where case_id = ':shut'`

const allowed: Attack[] = [
  ['Lea closes what is done', 'lea', closing('done', 'lea')],
  [
    'Lea closes a case of somebody who has died without an offer',
    'lea',
    closing('bare', 'lea').replace(`'other'`, `'died'`),
  ],
  ['Lea writes what she heard', 'lea', heard('shut', 'lea')],
  ['Lea plans how to ask', 'lea', plans('shut', 'lea')],
  ['Lea opens it again', 'lea', reopened('lea')],
  [
    'Lea ends a support of her network',
    'lea',
    `insert into assignment_event (network_id, case_id, assignment_id, kind, on_date, recorded_by) values (':ida', ':caseA', ':supportA', 'ended', current_date, ':lea')`,
  ],
  ['Kim counts it', 'kim', `select 1 from case_closing where case_id = ':shut'`],
]
test.each(allowed)('what is meant to work does: %s', async (_, who, statement, login) => {
  expect(await attacker.attempt(who, statement, login)).toBe(1)
})

const forged: Attack[] = [
  ['Lea closes over a running support', 'lea', closing('caseA', 'lea')],
  ['Lea closes where nobody was offered, nor said why not', 'lea', closing('bare', 'lea')],
  ['Lea closes in the name of Mall', 'lea', closing('done', 'mall')],
  ['Lea closes twice', 'lea', closing('shut', 'lea')],
  ['Lea closes past the table', 'lea', `update case_file set status = 'closed' where id = ':done'`],
  ['Lea opens past the table', 'lea', `update case_file set status = 'open' where id = ':shut'`],
  [
    'Lea chooses the level herself',
    'lea',
    `insert into case_closing (network_id, case_id, reason, outcome, words_sealed, closed_by, level) values (':ida', ':done', 'other', 'safer', '\\x01', ':lea', 'standard')`,
  ],
  [
    'Lea lifts a flag before its day',
    'lea',
    `insert into marac_flag_lift (network_id, case_id, lifted_by) values (':ida', ':shut', ':lea')`,
  ],
  ['Lea rewrites the reason', 'lea', `update case_closing set reason = 'mistake' where case_id = ':shut'`],
  ['Lea opens in the name of Mall', 'lea', reopened('mall')],
  ['Mall closes', 'mall', closing('done', 'mall')],
  ['Mall opens again', 'mall', reopened('mall')],
  ['Mall asks afterwards', 'mall', heard('shut', 'mall')],
  ['Kim closes', 'kim', closing('done', 'kim')],
  ['Max closes', 'max', closing('done', 'max')],
  ['Max closes under his own network', 'max', closing('done', 'max', 'harju')],
  ['Max opens again', 'max', reopened('max')],
  ['Max asks afterwards', 'max', heard('shut', 'max')],
  ['Mall plans how to ask', 'mall', plans('shut', 'mall')],
  ['Max plans how to ask', 'max', plans('shut', 'max')],
  ['Lea plans where nobody has to be asked', 'lea', plans('asked', 'lea')],
  ['Max learns what stands in the way', 'max', `select * from case_closing_gaps(':caseA')`],
  ['Lou learns what stands in the way', 'lou', `select * from case_closing_gaps(':caseA')`],
  [
    'Max ends a support of another network',
    'max',
    `insert into assignment_event (network_id, case_id, assignment_id, kind, on_date, recorded_by) values (':ida', ':caseA', ':supportA', 'ended', current_date, ':max')`,
  ],
  [
    'Mall ends a support',
    'mall',
    `insert into assignment_event (network_id, case_id, assignment_id, kind, on_date, recorded_by) values (':ida', ':caseA', ':supportA', 'ended', current_date, ':mall')`,
  ],
  [
    'Lea answers for the volunteer',
    'lea',
    `insert into assignment_event (network_id, case_id, assignment_id, kind, on_date, no_conflict_declared, recorded_by) values (':ida', ':caseD', ':asked', 'accepted', current_date, true, ':lea')`,
  ],
  ['Lea writes an answer for an open case', 'lea', heard('done', 'lea')],
  // What is closed is not written.
  [
    'Lea writes a place',
    'lea',
    `insert into case_whereabouts (network_id, case_id, kind, value_sealed, recorded_by) values (':ida', ':shut', 'address', '\\x01', ':lea')`,
  ],
  [
    'Lea writes a person',
    'lea',
    `insert into case_person (network_id, case_id, kind, recorded_by) values (':ida', ':shut', 'victim', ':lea')`,
  ],
  [
    'Lea writes a brief',
    'lea',
    `insert into case_brief (network_id, case_id, recorded_by) values (':ida', ':shut', ':lea')`,
  ],
  ['Lea sets a brief aside', 'lea', `update case_brief set superseded_at = now() where case_id = ':shut'`],
  ['Lea changes the case', 'lea', `update case_file set child_count = 5 where id = ':shut'`],
  [
    'Lea gives it a ground',
    'lea',
    `insert into case_basis (network_id, case_id, kind, on_date, way, recorded_by) values (':ida', ':shut', 'consent', current_date, 'spoken', ':lea')`,
  ],
  [
    'Lea looks for support',
    'lea',
    `insert into need (network_id, case_id, number, county_code, language, from_on, months, created_by) values (':ida', ':shut', 'q', '0045', 'et', current_date, 8, ':lea')`,
  ],
  [
    'Lea sets a task',
    'lea',
    `insert into case_task (network_id, case_id, kind, due_on) values (':ida', ':shut', 'assess-again', current_date)`,
  ],
]
test.each(forged)('%s, in vain', async (_, who, statement, login) => {
  expect(await attacker.attempt(who, statement, login)).not.toBe(1)
})

test.each(['case_file', 'case_closing', 'case_task', 'assessment', 'case_brief', 'case_basis'])(
  'once it is closed Mall sees no %s of the case, and Lea does',
  async (table) => {
    const of = table === 'case_file' ? 'id' : 'case_id'
    expect(await attacker.attempt('mall', `select 1 from ${table} where ${of} = ':shut'`, 'read')).toBe(0)
    expect(await attacker.attempt('lea', `select 1 from ${table} where ${of} = ':shut'`, 'read')).toBeGreaterThan(0)
  },
)

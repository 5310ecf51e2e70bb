// What can somebody with a statement of their own take from another network, or keep of what has gone over?
import { afterAll, beforeAll, expect, test } from 'vitest'
import { acceptTransfer } from '../app/cases/transfer/answer.server.ts'
import { today } from '../app/core/clock.server.ts'
import { type Attack, type Attacker, openAttacker, openWorld, type World } from './attack.ts'
import { type Cast, openCast } from './cast.ts'
import { givenAssessment } from './closing.ts'
import { givenMeeting, ofMeeting } from './meeting.ts'
import { givenAction, givenAsked, givenReady } from './transfer.ts'

let cast: Cast
let world: World
let attacker: Attacker
beforeAll(async () => {
  cast = await openCast()
  const [ready, asked, gone] = [await givenReady(cast), await givenAsked(cast), await givenReady(cast)]
  const { meeting } = await givenMeeting(cast, gone, ofMeeting)
  await cast.admin.query(`update meeting set phase = 'held', ended_at = now() where id = $1`, [meeting])
  const over = await givenAsked(cast, gone)
  await acceptTransfer.run(cast.max, { id: over.transfer })
  const began = await openWorld(cast)
  await givenAssessment(cast, began.caseA ?? '', today())
  const action = await givenAction(cast, began.caseA ?? '')
  const { rows } = await cast.admin.query<{ id: string }>(
    `select id from case_task where case_id = $1 and kind = 'share-actions'`,
    [gone],
  )
  world = {
    ...began,
    ready,
    asked: asked.caseId,
    transfer: asked.transfer,
    gone,
    over: over.transfer,
    meeting,
    action,
    task: rows[0]?.id ?? '',
  }
  attacker = await openAttacker(cast, world)
})
afterAll(async () => {
  await attacker.close()
  await cast.close()
})

const ask = (of: string, who: string, from = 'ida', to = 'harju', more: [string, string] = ['', '']) =>
  `insert into case_transfer (network_id, case_id, to_network_id, reason, urgent, ground, ground_sealed, words_sealed, why_sealed, opened_by${more[0]})
   values (':${from}', ':${of}', ':${to}', 'moved', false, 'consent', '\\x01', '\\x01', '\\x01', ':${who}'${more[1]})`
const answer = (how: string, of = 'transfer') =>
  `select from transfer_answer(':${of}', '${how}', 'other', null) told where told = 'done'`

const allowed: Attack[] = [
  ['Lea asks Harju', 'lea', ask('ready', 'lea')],
  ['Max takes over what he was asked', 'max', answer('accepted')],
  ['Max refuses', 'max', answer('refused')],
  ['Lea takes it back', 'lea', answer('revoked')],
  ['Max sees what he is asked', 'max', `select from case_transfer where id = ':transfer'`],
  ['Lea sees that it has gone', 'lea', `select from case_transfer where id = ':over'`],
  ['Mall sees that her network has asked', 'mall', `select from case_transfer where id = ':transfer'`],
  ['Kim counts', 'kim', `select from case_transfer where id = ':over'`],
  ['Max has the case', 'max', `select from case_file where id = ':gone'`],
  ['Max has its key', 'max', `select from sealed_key where owner_id = ':gone'`],
  ['Max reads what was decided', 'max', `select from case_decision where case_id = ':gone'`],
  [
    'Lea gives an action to somebody else',
    'lea',
    `update case_action set owner_id = ':lea', agency = 'victim_support' where id = ':action'`,
  ],
  [
    'Max says that the actions are shared out',
    'max',
    `update case_task set done_at = now(), done_by = ':max' where id = ':task'`,
  ],
]
test.each(allowed)('what is meant to work does: %s', async (_, who, statement, login) => {
  expect(await attacker.attempt(who, statement, login)).toBe(1)
})

const forged: Attack[] = [
  [
    'Max takes a case that nobody asked him to',
    'max',
    `update case_file set network_id = ':harju' where id = ':caseA'`,
  ],
  ['Lea moves a case past the table', 'lea', `update case_file set network_id = ':harju' where id = ':ready'`],
  [
    'Lea ends an action in the name of somebody else',
    'lea',
    `update case_action set state = 'not_done', outcome_sealed = '\\x01', ended_by = ':lea', ended_at = now(), owner_id = ':lea', agency = 'victim_support' where id = ':action'`,
  ],
  ['Max asks himself for Lea', 'max', ask('ready', 'max')],
  ['Max asks under his own network', 'max', ask('ready', 'max', 'harju', 'ida')],
  ['Mall asks', 'mall', ask('ready', 'mall')],
  ['Lea asks in the name of Mall', 'lea', ask('ready', 'mall')],
  ['Lea asks her own network', 'lea', ask('ready', 'lea', 'ida', 'ida')],
  ['Lea asks for a case of another network', 'lea', ask('caseB', 'lea')],
  ['Lea asks twice', 'lea', ask('asked', 'lea')],
  ['Lea asks for a case without a level of risk', 'lea', ask('caseE', 'lea')],
  ['Lea asks with a decision in it', 'lea', ask('ready', 'lea', 'ida', 'harju', [', state', `, 'accepted'`])],
  ['Lea chooses the level herself', 'lea', ask('ready', 'lea', 'ida', 'harju', [', level', `, 'standard'`])],
  ['Lea answers for Max', 'lea', answer('accepted')],
  ['Lea refuses for Max', 'lea', answer('refused')],
  ['Max takes back what Lea asked', 'max', answer('revoked')],
  ['Mall takes it back', 'mall', answer('revoked')],
  ['Kim decides', 'kim', answer('accepted')],
  ['Max lets it lapse', 'max', answer('lapsed')],
  ['the process lets it lapse before its day', 'sys', answer('lapsed')],
  ['Max takes over twice', 'max', answer('accepted', 'over')],
  ['Lea takes back what has gone', 'lea', answer('revoked', 'over')],
  ['Max answers through the login that only looks', 'max', answer('accepted'), 'read'],
  [
    'Max moves it without the answer',
    'max',
    `select transfer_move(t, ':max') from case_transfer t where id = ':transfer'`,
  ],
  [
    'Max writes the answer past the function',
    'max',
    `update case_transfer set state = 'accepted' where id = ':transfer'`,
  ],
  ['Max looks into the case before he has it', 'max', `select from case_file where id = ':asked'`],
  ['Max takes its key', 'max', `select from sealed_key where owner_id = ':asked'`],
  ['Max asks who is in it', 'max', `select from people_of(':asked')`],
  ['Max asks for names that are not being taken over', 'max', `select from transfer_people(':transfer')`],
  ['Max asks for names after the day', 'max', `select from transfer_people(':over')`],
  ['Max learns what is missing', 'max', `select from transfer_lacks(':asked')`],
  ['Lea looks into what has gone', 'lea', `select from case_file where id = ':gone'`],
  ['Lea keeps its key', 'lea', `select from sealed_key where owner_id = ':gone'`],
  ['Lea keeps its places', 'lea', `select from whereabouts_of(':gone')`],
  ['Lea keeps what was decided', 'lea', `select from case_decision where case_id = ':gone'`],
  ['Mall keeps what she told', 'mall', `select from research where case_id = ':gone'`],
  ['Lea keeps its line on the agenda', 'lea', `select from agenda_item where case_id = ':gone'`],
  ['Mall keeps the line of the transfer', 'mall', `select from case_transfer where id = ':over'`],
  ['Max reads what the agencies told each other', 'max', `select from research where case_id = ':gone'`],
  ['Lou sees transfers', 'lou', 'select from case_transfer'],
  ['Sirje sees transfers', 'sirje', 'select from case_transfer'],
  ['Peep sees transfers', 'peep', 'select from case_transfer'],
  [
    'Lea puts a case of another network on her agenda',
    'lea',
    `insert into agenda_item (network_id, case_id, meeting_id, kind, position, reason_sealed, added_by)
     select ':ida', ':caseB', id, 'added', 9, '\\x01', ':lea' from meeting where network_id = ':ida'`,
  ],
  [
    'Mall gives an action away',
    'mall',
    `update case_action set owner_id = ':lea', agency = 'victim_support' where id = ':action'`,
  ],
  [
    'Lea gives an action to somebody of another network',
    'lea',
    `update case_action set owner_id = ':max', agency = 'victim_support' where id = ':action'`,
  ],
  ['Lea finishes what Max has to', 'lea', `update case_task set done_at = now(), done_by = ':lea' where id = ':task'`],
]
test.each(forged)('%s, in vain', async (_, who, statement, login) => {
  expect(await attacker.attempt(who, statement, login)).not.toBe(1)
})

test('how an attempt fails tells nothing of a case that is somebody else’s', async () => {
  const { rows } = await cast.admin.query<{ id: string }>(`select id from case_file where network_id = $1`, [
    cast.networks.ida,
  ])
  const told = new Set<unknown>()
  for (const { id } of [...rows, { id: '00000000-0000-4000-8000-000000000009' }])
    told.add(await attacker.attempt('max', ask('ready', 'max').replace(':ready', id)))
  expect(rows.length).toBeGreaterThan(4)
  expect([...told]).toEqual(['42501'])
})

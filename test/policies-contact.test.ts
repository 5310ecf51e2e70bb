// What can somebody with a statement of their own learn of how she may be reached, or plan in the place of others?
import { afterAll, beforeAll, expect, test } from 'vitest'
import { planContact } from '../app/cases/contact/plan.server.ts'
import { saveSafetyPlan } from '../app/cases/safety/safety-plan.server.ts'
import { today } from '../app/core/clock.server.ts'
import { formatDate } from '../app/i18n/format.ts'
import { planNext } from '../app/support/next/next.server.ts'
import { type Attack, type Attacker, openAttacker, openWorld, type World } from './attack.ts'
import { type Cast, openCast } from './cast.ts'

let cast: Cast
let world: World
let attacker: Attacker
beforeAll(async () => {
  cast = await openCast()
  world = await openWorld(cast)
  const later = { channel: 'call', day: '25.11.2099', because: 'Näidis-põhjus, mis on küllalt pikk' }
  await planNext.run(cast.lou, { id: world.supportA, ...later })
  await planContact.run(cast.lea, { id: world.caseA, ...later })
  const gone = { danger: 'Näidis: läheb ukse juurde', madeWith: 'womens_centre', reviewedOn: formatDate(today()) }
  await saveSafetyPlan.run(cast.mall, { id: world.caseA, ...gone, tellSupport: 'yes' })
  const { rows } = await cast.admin.query<{ id: string; own: boolean }>(
    'select id, assignment_id is null as own from contact_plan where case_id = $1',
    [world.caseA],
  )
  const of = (own: boolean) => rows.find((row) => row.own === own)?.id ?? ''
  world = { ...world, planLea: of(true), planLou: of(false) }
  attacker = await openAttacker(cast, world)
})
afterAll(async () => {
  await attacker.close()
  await cast.close()
})

const says = (who: string, of = 'caseA', network = 'ida') =>
  `with old as (update safe_contact set superseded_at = now() where case_id = ':${of}' and part = 'rules' and superseded_at is null)
   insert into safe_contact (network_id, case_id, part, words_sealed, recorded_by, recorded_at) values (':${network}', ':${of}', 'people', '\\x01', ':${who}', now())`
const saysAnew = (who: string, of = 'caseA', network = 'ida') =>
  `insert into safe_contact (network_id, case_id, part, words_sealed, recorded_by, superseded_at) values (':${network}', ':${of}', 'rules', '\\x01', ':${who}', now())`
const saysPlan = (who: string) =>
  `update safe_contact set superseded_at = now() where case_id = ':caseA' and part = 'told' and superseded_at is null;
   insert into safe_contact (network_id, case_id, part, words_sealed, recorded_by) values (':ida', ':caseA', 'told', '\\x01', ':${who}')`
const plans = (who: string, more: { of?: string; network?: string; support?: string; channel?: string } = {}) =>
  `insert into contact_plan (network_id, case_id, assignment_id, channel, on_date, person_sealed, recorded_by)
   values (':${more.network ?? 'ida'}', ':${more.of ?? 'caseA'}', ${more.support ? `':${more.support}'` : 'null'}, '${more.channel ?? 'call'}', current_date, ${more.channel === 'through' ? `'\\x01'` : 'null'}, ':${who}')`
const takesBack = (who: string, plan: string) =>
  `update contact_plan set withdrawn_at = now(), withdrawn_by = ':${who}' where id = ':${plan}'`

const allowed: Attack[] = [
  ['Lea reads every part', 'lea', `select 1 from safe_contact where case_id = ':caseA' having count(*) = 4`],
  ['Mall reads the plan', 'mall', `select 1 from safe_contact where case_id = ':caseA' and part = 'plan'`],
  ['Mall writes the plan anew', 'mall', saysPlan('mall')],
  [
    'Lou reads what she may know of the plan',
    'lou',
    `select 1 from safe_contact where case_id = ':caseA' and part = 'told'`,
  ],
  ['Lou reads the rules', 'lou', `select 1 from safe_contact where case_id = ':caseA' and part = 'rules'`],
  ['Sirje reads the rules', 'sirje', `select 1 from safe_contact where case_id = ':caseA' and part = 'rules'`],
  [
    'Lea sets the old word aside',
    'lea',
    `update safe_contact set superseded_at = now() where case_id = ':caseA' and part = 'rules'`,
  ],
  ['Mall plans for the network', 'mall', plans('mall')],
  ['Lou plans under her assignment', 'lou', plans('louPerson', { support: 'supportA' })],
  ['Lou takes her own back', 'lou', takesBack('louPerson', 'planLou')],
  ['the lead takes back what Lou plans', 'lea', takesBack('lea', 'planLou')],
]
test.each(allowed)('what is meant to work does: %s', async (_, who, statement, login) => {
  expect(await attacker.attempt(who, statement, login)).toBe(1)
})

const read: Attack[] = [
  ...(['kim', 'max', 'aino', 'ott', 'peep', 'jaan', 'tiia', null] as const).flatMap((who): Attack[] => [
    [`${who} reads how she may be reached`, who, `select 1 from safe_contact where case_id = ':caseA'`],
    [`${who} reads who plans to reach her`, who, `select 1 from contact_plan where case_id = ':caseA'`],
  ]),
  ['Lou reads who may be told', 'lou', `select 1 from safe_contact where case_id = ':caseA' and part = 'people'`],
  ['Sirje reads who may be told', 'sirje', `select 1 from safe_contact where case_id = ':caseA' and part = 'people'`],
  ['Lou reads the plan of the network', 'lou', `select 1 from safe_contact where case_id = ':caseA' and part = 'plan'`],
  [
    'Sirje reads the plan of the network',
    'sirje',
    `select 1 from safe_contact where case_id = ':caseA' and part = 'plan'`,
  ],
  ['Lou reads it of a case that is over', 'lou', `select 1 from safe_contact where case_id = ':caseE'`],
  ['Lou reads what the network plans', 'lou', `select 1 from contact_plan where id = ':planLea'`],
  ['Sirje reads what the network plans', 'sirje', `select 1 from contact_plan where id = ':planLea'`],
  ['Lea reads it of another network', 'lea', `select 1 from safe_contact where case_id = ':caseB'`],
]
test.each(read)('not shown: %s', async (_, who, statement, login) => {
  expect(await attacker.attempt(who, statement, login)).toBe(0)
})

const forged: Attack[] = [
  ['Mall, who did not bring the case, writes it', 'mall', says('mall')],
  ['Lou writes it', 'lou', says('louPerson')],
  ['Lea writes it in the name of Mall', 'lea', says('mall')],
  ['Max writes it', 'max', says('max')],
  ['Lea writes it into another network', 'lea', says('lea', 'caseB', 'harju')],
  ['Lea writes what was never true', 'lea', saysAnew('lea')],
  [
    'Mall sets it aside',
    'mall',
    `update safe_contact set superseded_at = now() where case_id = ':caseA' and part in ('rules', 'people')`,
  ],
  ['Lou writes the plan', 'lou', saysPlan('louPerson')],
  ['Sirje writes the plan', 'sirje', saysPlan('sirje')],
  ['Max writes the plan', 'max', saysPlan('max')],
  ['Kim writes the plan', 'kim', saysPlan('kim')],
  ['Mall writes the plan in the name of Lea', 'mall', saysPlan('lea')],
  [
    'Lou sets the plan aside',
    'lou',
    `update safe_contact set superseded_at = now() where case_id = ':caseA' and part = 'told'`,
  ],
  ['Lea rewrites what was said', 'lea', `update safe_contact set words_sealed = '\\x02' where case_id = ':caseA'`],
  [
    'Lea gives the rules to be read as people',
    'lea',
    `update safe_contact set part = 'people' where case_id = ':caseA'`,
  ],
  ['Mall plans in the name of Lea', 'mall', plans('lea')],
  ['Mall plans under Lou’s assignment', 'mall', plans('mall', { support: 'supportA' })],
  ['Max plans', 'max', plans('max')],
  ['Kim plans', 'kim', plans('kim')],
  ['Sirje plans for Lou', 'sirje', plans('sirje', { support: 'supportA' })],
  ['Lou plans without her assignment', 'lou', plans('louPerson')],
  ['Lou plans under a support that is over', 'lou', plans('louPerson', { of: 'caseE', support: 'supportE' })],
  ['Lou sends word through somebody', 'lou', plans('louPerson', { support: 'supportA', channel: 'through' })],
  ['Mall takes back what Lea plans', 'mall', takesBack('mall', 'planLea')],
  ['Lou takes back what Lea plans', 'lou', takesBack('louPerson', 'planLea')],
  ['Lea takes it back in the name of Mall', 'lea', takesBack('mall', 'planLea')],
  [
    'Lea says that it was within the rules',
    'lea',
    `update contact_plan set broken = '{}', why_sealed = null where id = ':planLea'`,
  ],
  ['Lea lets a plan vanish', 'lea', `delete from contact_plan where id = ':planLea'`],
  ['Lou wipes away that a visit was not as agreed', 'lou', `update visit set outside = '{}' where case_id = ':caseA'`],
]
test.each(forged)('not written: %s', async (_, who, statement, login) => {
  expect([0, '42501']).toContain(await attacker.attempt(who, statement, login))
})

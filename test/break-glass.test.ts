// Does a case that is open because of an emergency stay read-only, one person's, and one case – whatever statement is sent?
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Attacker, openAttacker, openWorld, type World } from './attack.ts'
import { type Cast, type CastName, openCast } from './cast.ts'
import { recordTests } from './proof/record.ts'

recordTests('bypass', 'attempts to widen an emergency', /gets nowhere$/)

let cast: Cast
let world: World
let attacker: Attacker
/** Max is let into `:caseA` as police ask (`:glass`), and into `:caseD` because of danger (`:danger`); Sirje into nothing. */
beforeAll(async () => {
  cast = await openCast()
  world = await openWorld(cast)
  const open = async (of: string, reason: string) => {
    const { rows } = await cast.admin.query(
      `insert into break_glass (person_id, number, network_id, case_id, reason, words_sealed, needs_second, second_by, second_at, opened_at, until, review_due_on, asked_at)
       select $1, number, network_id, id, $3, '\\x01', true, $4, now(), now() - interval '1 minute', now() + interval '50 minutes', current_date + 1, now() - interval '2 minutes'
       from case_file where id = $2 returning id`,
      [cast.max.id, of, reason, cast.kim.id],
    )
    return rows[0].id as string
  }
  world.glass = await open(world.caseA ?? '', 'police')
  world.danger = await open(world.caseD ?? '', 'danger')
  attacker = await openAttacker(cast, world)
}, 60_000)
afterAll(async () => {
  await attacker.close()
  await cast.close()
})

const by = (glass: string, statement: string) => `set local app.glass = ':${glass}'; ${statement}`
const look = (of: string, what: string, item: string, more = '') =>
  `insert into reveal (network_id, case_id, person_id, what, item_id, purpose_sealed, until${more ? ', at' : ''})
   select ':ida', ':${of}', auth_person(), '${what}', '${item}'::uuid, '\\x01', now() + interval '5 minutes'${more}`

const allowed: [sentence: string, statement: string, count: number, login?: 'read' | 'write'][] = [
  ['the case', `select 1 from case_file where id = ':caseA'`, 1],
  ['what the support person is told', `select 1 from case_brief where case_id = ':caseA'`, 1, 'read'],
  ['its visits', `select 1 from visit where case_id = ':caseA'`, 1, 'read'],
  ['its worries', `select 1 from concern where case_id = ':caseA'`, 1, 'read'],
  ['its key', `select 1 from sealed_key where owner_id = ':caseA'`, 1],
  ['who is in it, without a name', `select 1 from people_of(':caseA')`, 4],
  ['a name, after asking with a purpose', `${look('caseA', 'identity', ':victimA')}; select 1 from case_person`, 1],
]

test.each(allowed)('Max reads %s, and by this way alone', async (_, statement, count, login = 'write') => {
  expect(await attacker.attempt('max', by('glass', statement), login)).toBe(count)
  expect([0, '42501']).toContain(await attacker.attempt('max', statement, login))
})

test('who is corrected while Max looks stays in his sight, and nobody else comes into it', async () => {
  await cast.admin.query(
    `insert into reveal (network_id, case_id, person_id, what, item_id, purpose_sealed, until)
     values ($1, $2, $3, 'identity', $4, '\\x01', now() + interval '5 minutes')`,
    [cast.networks.ida, world.caseA, cast.max.id, world.victimA],
  )
  await cast.admin.query('update case_person set superseded_at = now() where id = $1', [world.victimA])
  await cast.admin.query(
    `insert into case_person (network_id, case_id, kind, recorded_by, corrects_id, correction_sealed)
     select network_id, case_id, kind, recorded_by, id, '\\x01' from case_person where id = $1`,
    [world.victimA],
  )
  const corrected = `select 1 from case_person where corrects_id = ':victimA'`
  expect(await attacker.attempt('max', by('glass', corrected))).toBe(1)
  expect(await attacker.attempt('max', by('glass', `select 1 from case_person`))).toBe(2)
  expect(await attacker.attempt('max', corrected)).toBe(0)
  await cast.admin.query('delete from reveal where person_id = $1', [cast.max.id])
  expect(await attacker.attempt('max', by('glass', corrected))).toBe(0)
  await cast.admin.query('delete from case_person where corrects_id = $1', [world.victimA])
  await cast.admin.query('update case_person set superseded_at = null where id = $1', [world.victimA])
})

test('where life is in danger a place may be asked for', async () => {
  const place = `${look('caseD', 'whereabouts', ':addressD')}; select 1 from case_whereabouts`
  expect(await attacker.attempt('max', by('danger', place))).toBe(1)
  expect(await attacker.attempt('max', by('danger', `select 1 from whereabouts_of(':caseD')`))).toBe(2)
})

const forged: [sentence: string, who: CastName, statement: string, login?: 'read' | 'write'][] = [
  ['reads places where nobody is in danger', 'max', by('glass', `select 1 from whereabouts_of(':caseA')`)],
  ['asks for a place where nobody is in danger', 'max', by('glass', look('caseA', 'whereabouts', ':addressA'))],
  ['asks for a name of another case', 'max', by('danger', look('caseA', 'identity', ':victimA'))],
  [
    'asks for a name for a day',
    'max',
    by('glass', look('caseA', 'identity', ':victimA').replace('5 minutes', '1 day')),
  ],
  [
    'asks in the name of another',
    'max',
    by('glass', look('caseA', 'identity', ':victimA').replace('auth_person()', "':kim'")),
  ],
  ['reads the second case by the first', 'max', by('glass', `select 1 from case_file where id = ':caseD'`)],
  ['reads a third case', 'max', by('glass', `select 1 from case_file where id = ':caseE'`)],
  ['uses what another was let into', 'sirje', by('glass', `select 1 from case_file where id = ':caseA'`)],
  [
    'uses what another was let into, as a volunteer',
    'lou',
    by('danger', `select 1 from visit where case_id = ':caseE'`),
  ],
  ['changes the case', 'max', by('glass', `update case_file set language = 'en' where id = ':caseA'`)],
  [
    'changes a visit',
    'max',
    by('glass', `update visit set superseded_at = now(), superseded_reason = 'x' where case_id = ':caseA'`),
  ],
  ['changes who is in it', 'max', by('glass', `update case_person set superseded_at = now() where case_id = ':caseA'`)],
  ['sets a place aside', 'max', by('danger', `select 1 where supersede_whereabouts(':addressD')`)],
  [
    'answers a worry',
    'max',
    by('glass', `update concern set closed_at = now(), closed_by = ':max' where case_id = ':caseA'`),
  ],
  [
    'adds a place',
    'max',
    by(
      'glass',
      `insert into case_whereabouts (network_id, case_id, kind, value_sealed, recorded_by) values (':ida', ':caseA', 'address', '\\x01', ':max')`,
    ),
  ],
  [
    'adds a task',
    'max',
    by(
      'glass',
      `insert into case_task (network_id, case_id, kind, due_on) values (':ida', ':caseA', 'assess-again', current_date)`,
    ),
  ],
  [
    'adds a need',
    'max',
    by(
      'glass',
      `insert into need (network_id, case_id, number, county_code, language, from_on, months, created_by) values (':ida', ':caseA', 'q', '0045', 'et', current_date, 8, ':max')`,
    ),
  ],
  [
    'makes a key',
    'max',
    by(
      'glass',
      `insert into sealed_key (kind, owner_id, network_id, master_id, wrapped) values ('case', ':caseA', ':ida', 'm', '\\x01')`,
    ),
  ],
  [
    'lets himself in',
    'max',
    `insert into break_glass (person_id, number, reason, words_sealed, needs_second, review_due_on) values (':max', 'M-2026-001', 'danger', '\\x01', false, current_date)`,
  ],
  ['reads whether there is such a case', 'max', `select 1 from break_glass where person_id = ':max'`],
  [
    'gives himself another hour',
    'max',
    `update break_glass set until = now() + interval '1 hour' where person_id = ':max'`,
  ],
  ['takes the danger for granted', 'max', `update break_glass set reason = 'danger' where id = ':glass'`],
  ['agrees with himself', 'max', `select 1 where glass_answer(':glass', true, current_date)`],
  ['judges himself', 'max', `select 1 where glass_review(':glass', 'justified', '\\x01')`],
  ['judges what she agreed to', 'kim', `select 1 where glass_review(':glass', 'justified', '\\x01')`],
  ['judges what is not over', 'aino', `select 1 where glass_review(':glass', 'justified', '\\x01')`],
  ['ends what is another’s', 'lea', `select 1 where glass_end(':glass')`],
  ['asks by a GET', 'max', `select glass_ask('M-2026-001', 'danger', '\\x01', current_date + 1)`, 'read'],
  ['asks as a volunteer', 'lou', `select glass_ask(':numberA', 'danger', '\\x01', current_date + 1)`],
  ['puts the judgement off', 'max', `select glass_ask('M-2026-001', 'danger', '\\x01', current_date + 60)`],
  ['asks how often another was let in', 'max', `select glass_standing(':lea')`],
]

test.each(forged)('whoever %s gets nowhere', async (_, who, statement, login) => {
  expect([0, '42501', '23505']).toContain(await attacker.attempt(who, statement, login))
})

const rows: [sentence: string, columns: string, values: string][] = [
  [
    'an hour and a minute',
    'second_by, second_at, opened_at, until',
    `':kim', now(), now(), now() + interval '61 minutes'`,
  ],
  ['no second person', 'opened_at, until', `now(), now() + interval '10 minutes'`],
  [
    'oneself as the second person',
    'second_by, second_at, opened_at, until',
    `':max', now(), now(), now() + interval '10 minutes'`,
  ],
]

test.each(rows)('the table itself keeps no use with %s', async (_, columns, values) => {
  const statement = `insert into break_glass (person_id, number, network_id, case_id, reason, words_sealed, needs_second, review_due_on, ${columns})
    select ':max', number, network_id, id, 'other', '\\x01', true, current_date, ${values} from case_file where id = ':caseE'`
  const written = statement.replaceAll(/:([a-z]\w*)/gi, (word, name: string) => world[name] ?? word)
  await expect(cast.admin.query(written)).rejects.toMatchObject({ code: '23514' })
})

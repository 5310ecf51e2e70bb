// What can somebody with a statement of their own learn of what was found about them, or do to it?
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Attack, type Attacker, openAttacker, openWorld, type World } from './attack.ts'
import { type Cast, openCast } from './cast.ts'
import { recordTests } from './proof/record.ts'

recordTests('bypass', 'attempts on findings, each past the program', /gets nowhere$/)

let cast: Cast
let world: World
let attacker: Attacker
beforeAll(async () => {
  cast = await openCast()
  const began = await openWorld(cast)
  const made = async (who: string, of: string | null, judged: boolean) =>
    (
      await cast.admin.query(
        `insert into watch_finding (rule, person_id, network_id, case_id, key, count, first_seq, last_seq, from_at, to_at, judgement, judged_by, judged_at, words_sealed)
         select 'untied', $1, c.network_id, c.id, gen_random_uuid(), 3, 1, 9, now(), now(), $3, $4, case when $4::uuid is not null then now() end, case when $4::uuid is not null then '\\x01'::bytea end
         from (select) one left join case_file c on c.id = $2::uuid returning id`,
        [who, of, judged ? 'incident' : null, judged ? cast.ott.id : null],
      )
    ).rows[0].id as string
  world = {
    ...began,
    ...{ aino: cast.aino.id, ofMall: await made(cast.mall.id, began.caseA ?? '', false) },
    ...{ ofAino: await made(cast.aino.id, null, false), judged: await made(cast.lea.id, null, true) },
  }
  await cast.admin.query(
    `insert into setting (name, valid_from, value, note) values ('watchDenials', '2020-01-01', '7', 'Näidis')`,
  )
  attacker = await openAttacker(cast, world)
}, 60_000)
afterAll(async () => {
  await attacker.close()
  await cast.close()
})

const judge = (more: string) =>
  `update watch_finding set judgement = 'explained', judged_by = auth_person(), judged_at = now(), words_sealed = '\\x01' where ${more}`

test('the auditor reads what was found about others, and judges it', async () => {
  expect(await attacker.attempt('aino', 'select 1 from watch_finding')).toBe(2)
  expect(await attacker.attempt('aino', judge(`id = ':ofMall'`))).toBe(1)
  expect(await attacker.attempt('ott', `select 1 from watch_finding where id = ':ofAino'`)).toBe(1)
  expect(await attacker.attempt('aino', `select 1 from setting where name = 'watchDenials'`)).toBe(1)
})

const insert = `insert into watch_finding (rule, person_id, key, count, first_seq, last_seq, from_at, to_at) values ('hours', ':lea', 'x', 1, 1, 1, now(), now())`
const setting = (name: string) =>
  `insert into setting (name, valid_from, value, note, set_by) values ('${name}', '2031-01-01', '9', 'x', auth_person())`
const attacks: Attack[] = [
  ['reads what was found about herself', 'mall', 'select 1 from watch_finding'],
  ['reads what was found about her people', 'lea', 'select 1 from watch_finding'],
  ['reads findings as coordinator', 'kim', 'select 1 from watch_finding'],
  ['reads findings as the process', 'sys', 'select 1 from watch_finding'],
  ['reads findings about others as administrator', 'ott', `select 1 from watch_finding where id <> ':ofAino'`],
  ['reads about herself as auditor', 'aino', `select 1 from watch_finding where id = ':ofAino'`],
  ['judges about herself', 'aino', judge(`id = ':ofAino'`)],
  ['judges without seeing it', 'ott', judge(`id = ':ofMall'`)],
  ['judges about himself as a lead', 'lea', judge('true')],
  ['judges by a statement that names no row', 'mall', judge('true').replace(' where true', '')],
  ['judges once more', 'aino', judge(`id = ':judged'`)],
  [
    'takes a judgement back',
    'aino',
    `update watch_finding set judgement = null, judged_by = null, judged_at = null, words_sealed = null where id = ':judged'`,
  ],
  [
    'judges without a word',
    'aino',
    `update watch_finding set judgement = 'explained', judged_by = auth_person(), judged_at = now() where id = ':ofMall'`,
  ],
  [
    'writes other words over those that were said',
    'aino',
    `update watch_finding set words_sealed = '\\x02' where id = ':judged'`,
  ],
  ['takes the words away', 'aino', `update watch_finding set words_sealed = null where id = ':judged'`],
  [
    'judges in the name of another',
    'aino',
    `update watch_finding set judgement = 'explained', judged_by = ':kim', judged_at = now(), words_sealed = '\\x01' where id = ':ofMall'`,
  ],
  [
    'judges a while ago',
    'aino',
    `update watch_finding set judgement = 'explained', judged_by = auth_person(), judged_at = now() - interval '1 day', words_sealed = '\\x01' where id = ':ofMall'`,
  ],
  ['makes it smaller', 'aino', `update watch_finding set count = 1`],
  ['turns it on somebody else', 'aino', `update watch_finding set person_id = ':kim'`],
  ['takes it away', 'aino', 'delete from watch_finding'],
  ['finds something about a colleague', 'kim', insert],
  ['finds something as auditor', 'aino', insert],
  ['finds something as the process, past the rules', 'sys', insert],
  ['goes through the rules', 'aino', `select 1 from watch_look('{}', '{}', '{}', '{}', '[]')`],
  ['asks whose names are compared', 'aino', `select 1 from watch_pairs('{case.open}')`],
  ['asks whether somebody is tied to a case', 'lea', `select 1 where watch_tied(':mall', ':caseA', '{}', 1)`],
  ['goes through the rules by a GET', 'sys', `select 1 from watch_look('{}', '{}', '{}', '{}', '[]')`, 'read'],
  ['reads how names sound', 'aino', 'select 1 from case_surname'],
  ['reads how names sound in her own case', 'lea', 'select 1 from case_surname'],
  [
    'plants a name in a case of others',
    'max',
    `insert into case_surname (network_id, case_id, person_row, name_index) values (':ida', ':caseA', ':victimA', '\\x01')`,
  ],
  ['forgets a name', 'lea', 'update case_surname set name_index = null'],
  ['sets a limit of the log as coordinator', 'kim', setting('watchDenials')],
  ['sets a limit of the log as administrator', 'ott', setting('watchDenials')],
  ['sets another value as auditor', 'aino', setting('maxActiveCases')],
  ['reads a limit of the log', 'kim', `select 1 from setting where name ~ '^watch'`],
  ['reads a limit of the log as administrator', 'ott', `select 1 from setting where name ~ '^watch'`],
  ['reads when the rules were gone through', 'lea', 'select 1 from watch_round'],
  ['says that they were', 'ott', 'insert into watch_round (until_seq, found) values (1, 0)'],
]
test.each(attacks)('whoever %s gets nowhere', async (_sentence, who, statement, login) => {
  expect([0, '42501', '23514']).toContain(await attacker.attempt(who, statement, login ?? 'write'))
})

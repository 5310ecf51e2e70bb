// What can somebody with a statement of their own learn of which cases are bait, or do to what one has set off?
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Attack, type Attacker, openAttacker, openWorld, type World } from './attack.ts'
import { givenBaits } from './bait.ts'
import { type Cast, openCast } from './cast.ts'
import { recordTests } from './proof/record.ts'
import { foundAbout, logged } from './watch.ts'

recordTests('bypass', 'attempts on bait cases, each past the program', /gets nowhere$/)

let cast: Cast
let world: World
let attacker: Attacker
beforeAll(async () => {
  cast = await openCast()
  const began = await openWorld(cast)
  const [quiet = '', rang = ''] = await givenBaits(cast)
  await logged(cast, 'mall', rang)
  world = { ...began, quiet, rang, finding: (await foundAbout(cast, 'mall'))[0]?.id ?? '' }
  attacker = await openAttacker(cast, world)
}, 60_000)
afterAll(async () => {
  await attacker.close()
  await cast.close()
})

test('the auditor is told which they are, and whoever it concerns that searches stand still', async () => {
  expect(await attacker.attempt('aino', 'select 1 from bait_list()')).toBe(4)
  expect(await attacker.attempt('aino', `select 1 where bait_retire(':quiet')`)).toBe(1)
  for (const who of ['lea', 'mall'] as const)
    expect(await attacker.attempt(who, 'select 1 where auth_stopped()')).toBe(1)
  for (const who of ['max', 'kim', 'aino'] as const)
    expect(await attacker.attempt(who, 'select 1 where auth_stopped()')).toBe(0)
  expect(await attacker.attempt('lea', `select 1 from case_file where id in (':quiet', ':rang')`)).toBe(2)
})

const made = `bait_make(':ida', gen_random_uuid(), gen_random_uuid(), '\\x01', 'x', '\\x01')`
const attacks: Attack[] = [
  ['reads the baits as lead', 'lea', 'select 1 from bait_case'],
  ['reads them as member', 'mall', 'select 1 from bait_case'],
  ['reads them as coordinator', 'kim', 'select 1 from bait_case'],
  ['reads them as administrator', 'ott', 'select 1 from bait_case'],
  ['reads them as the process', 'sys', 'select 1 from bait_case'],
  ['reads them past the page as auditor', 'aino', 'select 1 from bait_case'],
  ['is told them as lead', 'lea', 'select 1 from bait_list()'],
  ['is told them as coordinator', 'kim', 'select 1 from bait_list()'],
  ['is told them as administrator', 'ott', 'select 1 from bait_list()'],
  ['is told them as the process', 'sys', 'select 1 from bait_list()'],
  ['is told them by a GET', 'ott', 'select 1 from bait_list()', 'read'],
  ['reads which numbers were left out', 'lea', 'select 1 from case_number_left'],
  ['leaves a number out', 'lea', `insert into case_number_left values ('M-2024-777')`],
  ['asks which numbers are free', 'lea', `select 1 from bait_places('2024-01-01')`],
  ['asks which networks want one', 'lea', 'select 1 from bait_round()'],
  ['goes through them as auditor', 'aino', 'select 1 from bait_round()'],
  ['goes through them by a GET', 'sys', 'select 1 from bait_round()', 'read'],
  ['makes one as coordinator', 'kim', `select 1 where ${made}`],
  ['makes one as auditor', 'aino', `select 1 where ${made}`],
  ['makes one by a GET', 'sys', `select 1 where ${made}`, 'read'],
  ['calls a real case bait', 'lea', `insert into bait_case (network_id, case_id) values (':ida', ':caseA')`],
  ['takes one away as lead', 'lea', `select 1 where bait_retire(':quiet')`],
  ['takes one away as coordinator', 'kim', `select 1 where bait_retire(':quiet')`],
  ['takes one away as administrator', 'ott', `select 1 where bait_retire(':quiet')`],
  ['takes a real case away as auditor', 'aino', `select 1 where bait_retire(':caseA')`],
  ['takes one away by a GET', 'aino', `select 1 where bait_retire(':quiet')`, 'read'],
  ['makes it ring no more', 'lea', 'update bait_case set retired_at = now()'],
  ['makes it look as if it had not rung', 'lea', 'update bait_case set rang_at = null'],
  ['forgets one', 'ott', 'delete from bait_case'],
  ['reads what was found', 'mall', 'select 1 from watch_finding'],
  ['reads until when it stands still', 'lea', 'select stops_until from watch_finding'],
  ['lets it go on as lead', 'lea', 'update watch_finding set stops_until = null'],
  ['lets it go on as administrator', 'ott', `update watch_finding set stops_until = null where id = ':finding'`],
  [
    'lets it go on without a judgement, as auditor',
    'aino',
    `update watch_finding set stops_until = null where id = ':finding'`,
  ],
  ['holds up another network', 'lea', `update watch_finding set network_id = ':harju'`],
  [
    'holds a network up without opening anything',
    'kim',
    `insert into watch_finding (rule, person_id, network_id, case_id, key, count, first_seq, last_seq, from_at, to_at, stops_until)
     values ('bait', ':kim', ':ida', ':caseA', 'x', 1, 1, 1, now(), now(), now() + interval '1 day')`,
  ],
  ['tells them by who is let in to the keys', 'max', `select 1 from sealed_key where owner_id in (':quiet', ':rang')`],
  ['sees one in another network', 'max', `select 1 from case_file where id in (':quiet', ':rang')`],
  ['sees one as member', 'mall', `select 1 from case_file where id in (':quiet', ':rang')`],
  ['deletes a closed case', 'lea', `delete from case_file where id = ':quiet'`],
]
test.each(attacks)('whoever %s gets nowhere', async (_sentence, who, statement, login) => {
  expect([0, '42501', '23514']).toContain(await attacker.attempt(who, statement, login ?? 'write'))
})

test('no column that a lead or the coordinator reads tells a bait from another closed case', async () => {
  // A closed case of the old workbook, beside which each bait is laid: which columns are filled, in every table that names it.
  const { rows: tables } = await cast.admin.query<{ name: string; column: string }>(
    `select c.relname as name, a.attname as column from pg_class c join pg_attribute a on a.attrelid = c.oid
     where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and not a.attisdropped
       and (a.attname = 'case_id' or (c.relname, a.attname) in (('case_file', 'id'), ('sealed_key', 'owner_id'))) and c.relname not in ('audit_event', 'watch_finding', 'bait_case')`,
  )
  for (const { name, column } of tables) {
    const { rows } = await cast.admin.query<{ filled: string }>(
      `select (select string_agg(key || (value = 'null'::jsonb), ',' order by key) from jsonb_each(to_jsonb(t))) as filled from ${name} t where ${column} = any ($1::uuid[])`,
      [[world.quiet, world.rang]],
    )
    // Both alike, and nothing in them but what the file of an imported case that was closed has.
    expect(new Set(rows.map(({ filled }) => filled)).size, name).toBeLessThanOrEqual(1)
    if (rows.length > 0)
      expect([
        'assessment',
        'case_basis',
        'case_closing',
        'case_docket',
        'case_file',
        'case_known',
        'marac_flag_lift',
        'sealed_key',
      ]).toContain(name)
  }
})

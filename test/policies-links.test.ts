// Can anybody get at what is compared, at what was alike, or speak in another's place – behind the program's back, in plain SQL?
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Attack, type Attacker, openAttacker, openWorld } from './attack.ts'
import { type Cast, openCast } from './cast.ts'
import { recordTests } from './proof/record.ts'

recordTests('bypass', 'attempts to get at links between people', /nothing comes of it$|finds nothing$/)

let cast: Cast
let attacker: Attacker
beforeAll(async () => {
  cast = await openCast()
  const world = await openWorld(cast)
  const { rows } = await cast.admin.query<{ fact: string }>(
    `insert into volunteer_circle (id, volunteer_id, kind, value_sealed) values (gen_random_uuid(), $1, 'name', '\\x01') returning id as fact`,
    [cast.volunteer],
  )
  const fact = rows[0]?.fact ?? ''
  await cast.admin.query(
    `insert into sealed_key (kind, owner_id, master_id, wrapped) select 'circle', $1, master_id, '\\x01' from sealed_key limit 1`,
    [fact],
  )
  await cast.admin.query(
    `insert into volunteer_link_key (volunteer_id, fact_id, class, key_index) values ($1, $2, 'name', '\\x0a')`,
    [cast.volunteer, fact],
  )
  // Alike are Lou's circle and case A of Ida-Viru, where she helps.
  await cast.admin.query(
    `insert into case_link_key (network_id, case_id, item_id, about, class, key_index)
     select network_id, case_id, id, 'perpetrator', 'name', '\\x0a' from case_person where case_id = $1 limit 1`,
    [world.caseA],
  )
  const pair = await cast.admin.query<{ id: string; need: string }>(
    `select p.id, (select id from need where case_id = $1 limit 1) as need from conflict_pair p where p.case_id = $1`,
    [world.caseA],
  )
  await cast.admin.query(`update need set status = 'covered' where id = $1`, [pair.rows[0]?.need])
  attacker = await openAttacker(cast, { ...world, fact, pair: pair.rows[0]?.id ?? '', need: pair.rows[0]?.need ?? '' })
})
afterAll(async () => {
  await attacker.close()
  await cast.close()
})

const tell = `select circle_tell(gen_random_uuid(), 'name', '\\x01', 'm', '\\x01', '{name}', array['\\x0a']::bytea[])`
const answer = `select 1 from link_answer(':pair', gen_random_uuid(), 'clear', '\\x01') a where a is not null`
const ask = `select 1 from link_ask(':need', ':lou', gen_random_uuid()) a where a is not null`
const keys = (of: string) =>
  `select link_keys(':${of}', gen_random_uuid(), 'victim', '{name}', array['\\x0a']::bytea[])`
const fact = (of: string) =>
  `select link_fact(':${of}', gen_random_uuid(), 'other', 'name', '{name}', array['\\x0a']::bytea[])`

const allowed: Attack[] = [
  ['Lou reads her own line', 'lou', `select 1 from volunteer_circle where id = ':fact'`],
  ['Lou holds its key', 'lou', `select 1 from sealed_key where owner_id = ':fact'`],
  ['Kim hears that something is alike', 'kim', `select 1 from links_at_matching() where case_id = ':caseA'`],
  ['Kim asks', 'kim', ask],
  ['Lea is told which of her people it is', 'lea', `select 1 from links_of_case(':caseA') where about = 'perpetrator'`],
  ['Lea answers', 'lea', answer],
  ['Mall adds to what is compared of her own case', 'mall', fact('caseA')],
]
test.each(allowed)('what is meant to work does: %s', async (_, who, statement, login) => {
  expect(await attacker.attempt(who, statement, login)).toBe(1)
})

const everybody = ['kim', 'lea', 'mall', 'max', 'sirje', 'peep', 'aino', 'ott', 'tiia', 'lou'] as const
const tables = ['volunteer_link_key', 'case_link_key', 'conflict_pair', 'conflict_link', 'conflict_word']
const looks = everybody.flatMap((who) =>
  tables.map((table): Attack => [`${who}, ${table}`, who, `select 1 from ${table}`]),
)
const others = everybody.filter((who) => who !== 'lou')
const circles = others.flatMap((who): Attack[] => [
  [`${who}, her line`, who, 'select 1 from volunteer_circle'],
  [`${who}, its key`, who, `select 1 from sealed_key where kind = 'circle'`],
])
const heard: Attack[] = [
  ...everybody.flatMap((who): Attack[] => [
    ...(who === 'kim'
      ? []
      : ([[`${who} hears what matching hears`, who, 'select 1 from links_at_matching()']] as Attack[])),
    ...(who === 'kim' ? [] : ([[`${who} hears who has told`, who, 'select 1 from circles_told()']] as Attack[])),
    ...(who === 'lea'
      ? []
      : ([
          [`${who} hears what the lead hears`, who, `select 1 from links_to_answer() where case_id = ':caseA'`],
        ] as Attack[])),
    ...(who === 'lea' ? [] : ([[`${who} hears of whom`, who, `select 1 from links_of_case(':caseA')`]] as Attack[])),
    ...(who === 'lea' ? [] : ([[`${who} reads what was said`, who, `select 1 from links_said(':caseA')`]] as Attack[])),
    [`${who} asks for every state`, who, `select 1 from link_states(array[':caseA']::uuid[])`],
    [`${who} hears what the process hears`, who, 'select 1 from links_running()'],
  ]),
  [
    'Max reads what is compared of a case that is not his',
    'max',
    `select 1 from case_link_fact where case_id = ':caseA'`,
  ],
  ['Kim reads of whom something was told', 'kim', `select 1 from case_link_fact where case_id = ':caseA'`],
]
test.each([...looks, ...circles, ...heard])('%s: finds nothing', async (_, who, statement, login) => {
  expect([0, '42501']).toContain(await attacker.attempt(who, statement, login))
})

const forged: Attack[] = [
  ...others.map((who): Attack => [`${who} tells of a circle`, who, tell]),
  ...others.map((who): Attack => [`${who} deletes her line`, who, `select 1 where circle_forget(':fact')`]),
  ...everybody.filter((who) => who !== 'lea').map((who): Attack => [`${who} answers`, who, answer]),
  ...everybody.filter((who) => who !== 'kim').map((who): Attack => [`${who} asks`, who, ask]),
  ...(['kim', 'max', 'sirje', 'lou', 'aino', 'ott'] as const).flatMap((who): Attack[] => [
    [`${who} plants a key in a case`, who, keys('caseA')],
    [`${who} plants a fact in a case`, who, fact('caseA')],
  ]),
  ['Lea plants a key in a case of another network', 'lea', keys('caseB')],
  ['Lea says neither yes nor no', 'lea', answer.replace("'clear'", "'asked'")],
  ...everybody.map(
    (who): Attack => [`${who} has everything looked at anew`, who, `select links_renew('{}', array[':caseA']::uuid[])`],
  ),
  ...everybody.map((who): Attack => [`${who} does the work of the process`, who, 'select links_all_renew()']),
  [
    'Kim proposes past an open link',
    'kim',
    `insert into assignment (network_id, case_id, need_id, number, volunteer_id, chosen_by_solver, load_before, created_by)
    select network_id, case_id, id, number, ':lou', true, 0, ':kim' from need where id = ':need'`,
  ],
  [
    'Lou writes a key past the function',
    'lou',
    `insert into volunteer_link_key (volunteer_id, fact_id, class, key_index) values (':lou', ':fact', 'name', '\\x0b')`,
  ],
  [
    'Lea writes an answer past the function',
    'lea',
    `insert into conflict_word (network_id, case_id, id, pair_id, kind, reason_sealed, recorded_by)
    values (':ida', ':caseA', gen_random_uuid(), ':pair', 'clear', '\\x01', ':lea')`,
  ],
  ['Lea deletes what was alike', 'lea', `delete from conflict_link`],
]
test.each(forged)('%s: nothing comes of it', async (_, who, statement, login) => {
  expect(await attacker.attempt(who, statement, login)).not.toBe(1)
})

test('by the login that only looks nothing is told, asked or answered', async () => {
  for (const [who, statement] of [
    ['lou', tell],
    ['kim', ask],
    ['lea', answer],
    ['lea', fact('caseA')],
  ] as const)
    expect(await attacker.attempt(who, statement, 'read')).not.toBe(1)
})

// Does each rule find what it is for, leave an ordinary day alone, and tell the right people once?
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import '../../routes.ts'
import { referCase } from '../../../test/cases.ts'
import { type Cast, openCast, signIn } from '../../../test/cast.ts'
import { givenSupport } from '../../../test/support.ts'
import { foundAbout, givenCases, logged, quiet } from '../../../test/watch.ts'
import { judgeFinding } from '../../audit/watch/findings.server.ts'
import { today } from '../../core/clock.server.ts'
import { asPerson } from '../../core/db.server.ts'
import { NotFound } from '../../core/errors.ts'
import type { Person } from '../../core/user.ts'
import { goThroughRules } from './rounds.server.ts'

let cast: Cast
let second: Person
let cases: string[]
beforeAll(async () => {
  cast = await openCast()
  const { rows } = await cast.admin.query(
    `with made as (insert into person (email, name) values ('arvo@naidis.example', 'Arvo Näidis-Allik') returning id)
     insert into person_role (person_id, role, valid_from, valid_to) select id, 'auditor', '2020-01-01', '2999-12-31' from made returning person_id`,
  )
  second = (await signIn(cast.admin, rows[0].person_id)).person
  cases = await givenCases(cast, 8)
}, 60_000)
afterAll(() => cast.close())
beforeEach(() => quiet(cast))

const rulesOf = async (who: Parameters<typeof foundAbout>[1]) =>
  (await foundAbout(cast, who)).map(({ rule, count }) => [rule, count])
const caseOf = (nth: number) => cases[nth] ?? ''
/** Noon of so many days ago: never at night, never today's. */
const noon = (days: number) => new Date(`${dayBefore(days)}T10:00:00Z`)
const dayBefore = (days: number) => {
  const day = new Date(`${today()}T00:00:00Z`)
  day.setUTCDate(day.getUTCDate() - days)
  return day.toISOString().slice(0, 10)
}

test('a quiet day of everybody finds nothing, and that the rules were gone through is known', async () => {
  for (const nth of [0, 1, 2, 3, 4]) await logged(cast, 'lea', caseOf(nth), { at: noon(1) })
  for (const nth of [0, 1]) await logged(cast, 'mall', caseOf(nth), { at: noon(1) })
  await logged(cast, 'mall', null, { action: 'case.list', at: noon(1) })
  expect(await goThroughRules(cast.sys)).toBe(0)
  expect((await cast.admin.query('select found from watch_round')).rows).toEqual([{ found: 0 }])
  expect((await cast.admin.query('select 1 from mail_outbox')).rowCount).toBe(0)
})

test('whoever looks at cases with which she has nothing to do is found, and once', async () => {
  for (const nth of [0, 1, 2]) await logged(cast, 'mall', caseOf(nth), { at: noon(1) })
  expect(await goThroughRules(cast.sys)).toBe(1)
  expect(await goThroughRules(cast.sys)).toBe(0)
  expect(await rulesOf('mall')).toEqual([['untied', 3]])
  await logged(cast, 'mall', caseOf(3), { at: noon(1) })
  await goThroughRules(cast.sys)
  expect(await rulesOf('mall')).toEqual([['untied', 4]])
  // What was judged is over; what comes afterwards counts anew.
  const [finding] = await foundAbout(cast, 'mall')
  await judgeFinding.run(cast.aino, {
    id: finding?.id,
    judgement: 'explained',
    words: 'Näidis: juht palus üle vaadata',
  })
  await logged(cast, 'mall', caseOf(4), { at: noon(1) })
  await goThroughRules(cast.sys)
  expect(await rulesOf('mall')).toEqual([['untied', 4]])
  for (const nth of [5, 6]) await logged(cast, 'mall', caseOf(nth), { at: noon(1) })
  await goThroughRules(cast.sys)
  expect(await rulesOf('mall')).toEqual([
    ['untied', 4],
    ['untied', 3],
  ])
})

test('where the process was away for days, nothing of them is left out when it is back', async () => {
  await cast.admin.query(
    `insert into watch_round (at, until_seq, found) select now() - interval '4 days', coalesce(max(seq), 0), 0 from audit_event`,
  )
  for (const nth of [0, 1, 2]) await logged(cast, 'mall', caseOf(nth), { at: noon(3) })
  expect(await goThroughRules(cast.sys)).toBe(1)
  expect(await rulesOf('mall')).toEqual([['untied', 3]])
  // Once it has caught up, yesterday is enough again.
  for (const nth of [3, 4, 5]) await logged(cast, 'mall', caseOf(nth), { at: noon(2) })
  expect(await goThroughRules(cast.sys)).toBe(0)
})

test('an action, an assessment, work done before, a meeting, a support, another’s duty: each is something to do with it', async () => {
  const admin = (text: string, values: unknown[]) => cast.admin.query(text, values)
  const [a, b, c, d] = await givenCases(cast, 4)
  await quiet(cast)
  await admin(
    `insert into case_action (network_id, case_id, agency, owner_id, due_on, what_sealed, result_sealed, recorded_by) values ($1, $2, 'police', $3, $4, '\\x01', '\\x01', $5)`,
    [cast.networks.ida, a, cast.mall.id, today(), cast.lea.id],
  )
  await logged(cast, 'mall', b ?? '', { action: 'case.brief', at: noon(3) })
  await admin(
    `with made as (insert into meeting (network_id, mode, on_date, cut_off_on, created_by) values ($1, 'sitting', $2::date + 5, $2::date, $3) returning id)
     insert into agenda_item (network_id, case_id, meeting_id, kind, position) select $1, $4, id, 'new', 1 from made`,
    [cast.networks.ida, today(), cast.lea.id, c],
  )
  for (const id of [a, b, c]) await logged(cast, 'mall', id ?? '', { at: noon(1) })
  await logged(cast, 'mall', d ?? '', { at: noon(1), behalf: cast.lea.id })
  const { caseId } = await givenSupport(cast, '2026-05-01')
  for (const who of ['lou', 'sirje', 'kim'] as const)
    await logged(cast, who, caseId, { at: noon(1), action: 'assignment.look' })
  await goThroughRules(cast.sys)
  const found = [
    ...(await foundAbout(cast, 'mall')),
    ...(await foundAbout(cast, 'lou')),
    ...(await foundAbout(cast, 'kim')),
  ]
  expect(found.filter(({ rule }) => !['sample'].includes(rule))).toEqual([])
})

test('whoever has a name like somebody in the case is found, whatever she has to do with it; a new name is compared too', async () => {
  await cast.admin.query(`update person set name = 'Lea Näidis-Org' where id = $1`, [cast.lea.id])
  const id = await referCase(cast.lea)
  await quiet(cast)
  await logged(cast, 'lea', id, { at: noon(1) })
  await logged(cast, 'lea', id, { at: noon(1) })
  await logged(cast, 'kim', id, { at: noon(1) })
  await goThroughRules(cast.sys)
  expect(await foundAbout(cast, 'lea')).toEqual([expect.objectContaining({ rule: 'surname', case_id: id, count: 2 })])
  expect(await foundAbout(cast, 'kim')).toEqual([])
  // The bytes of one name differ from case to case, and go with the key of the case.
  const kept = await cast.admin.query<{ i: Buffer }>(
    `select name_index as i from case_surname s join case_person p on p.id = s.person_row where p.kind = 'victim' and s.case_id = any ($1)`,
    [[id, caseOf(0)]],
  )
  expect(new Set(kept.rows.map(({ i }) => i.toString('hex'))).size).toBe(kept.rows.length)
  expect(kept.rows.length).toBe(4)
  await cast.admin.query('select erase_case($1)', [id])
  const left = await cast.admin.query('select 1 from case_surname where case_id = $1 and name_index is not null', [id])
  expect(left.rowCount).toBe(0)
  await cast.admin.query(`update person set name = 'Lea Näidis-Lind' where id = $1`, [cast.lea.id])
  await cast.admin.query('delete from former_name where person_id = $1', [cast.lea.id])
})

test('more cases in a day than the floor, and than what hardly any of her own days goes beyond', async () => {
  await cast.admin.query(
    `insert into setting (name, valid_from, value, note) values ('watchVolumeFloor', '2020-01-01', '5', 'Näidis')`,
  )
  for (const nth of [0, 1, 2, 3, 4, 5]) await logged(cast, 'lea', caseOf(nth), { at: noon(1) })
  await goThroughRules(cast.sys)
  expect(await foundAbout(cast, 'lea')).toEqual([expect.objectContaining({ rule: 'volume', count: 6, usual: null })])
  await quiet(cast)
  // Whoever often has seven is left alone with seven.
  for (const days of [10, 20, 30])
    for (const nth of [0, 1, 2, 3, 4, 5, 6]) await logged(cast, 'lea', caseOf(nth), { at: noon(days) })
  for (const nth of [0, 1, 2, 3, 4, 5, 6]) await logged(cast, 'lea', caseOf(nth), { at: noon(1) })
  await goThroughRules(cast.sys)
  expect(await foundAbout(cast, 'lea')).toEqual([])
  await logged(cast, 'lea', caseOf(7), { at: noon(1) })
  await goThroughRules(cast.sys)
  expect(await foundAbout(cast, 'lea')).toEqual([expect.objectContaining({ rule: 'volume', count: 8, usual: 7 })])
  await cast.admin.query(`delete from setting where name = 'watchVolumeFloor'`)
})

test('at night, refused again and again, codes without a case: each from its number on', async () => {
  const night = new Date(`${dayBefore(1)}T01:30:00Z`)
  for (let nth = 0; nth < 4; nth++) await logged(cast, 'lea', caseOf(0), { at: night })
  for (let nth = 0; nth < 4; nth++) await logged(cast, 'mall', caseOf(0), { at: noon(1), result: 'denied' })
  for (let nth = 0; nth < 5; nth++) await logged(cast, 'kim', null, { at: noon(1), action: 'case.refer.start' })
  await logged(cast, 'kim', caseOf(0), { at: noon(1), action: 'case.refer' })
  await goThroughRules(cast.sys)
  for (const who of ['lea', 'mall', 'kim'] as const) expect(await foundAbout(cast, who)).toEqual([])
  await logged(cast, 'lea', caseOf(0), { at: night })
  await logged(cast, 'mall', null, { at: noon(1), result: 'refused', action: 'setting.set' })
  await logged(cast, 'kim', null, { at: noon(1), action: 'relation.person' })
  await goThroughRules(cast.sys)
  expect(await rulesOf('lea')).toEqual([['hours', 5]])
  expect(await rulesOf('mall')).toEqual([['denied', 5]])
  expect(await rulesOf('kim')).toEqual([['codes', 5]])
})

test('every look at what is sealed without a task is found; of the others as many as the setting says', async () => {
  await logged(cast, 'mall', caseOf(0), { action: 'case.reveal', at: noon(1) })
  const percent = (value: number) =>
    cast.admin.query(
      `insert into setting (name, valid_from, value, note) values ('watchSamplePercent', '2020-01-01', $1::text::jsonb, 'Näidis')
       on conflict (name, valid_from) do update set value = excluded.value`,
      [value],
    )
  await percent(0)
  for (let nth = 0; nth < 10; nth++) await logged(cast, 'lea', caseOf(nth % 3), { action: 'case.reveal', at: noon(1) })
  await goThroughRules(cast.sys)
  expect(await rulesOf('mall')).toEqual([['reveal', 1]])
  expect(await rulesOf('lea')).toEqual([])
  // Each look is drawn once: those of the last hour do not come up again.
  await percent(100)
  await goThroughRules(cast.sys)
  expect(await rulesOf('lea')).toEqual([])
  await logged(cast, 'lea', caseOf(0), { action: 'case.reveal', at: noon(1) })
  await goThroughRules(cast.sys)
  expect(await rulesOf('lea')).toEqual([['sample', 1]])
  await percent(5)
  for (let nth = 0; nth < 400; nth++) await logged(cast, 'lea', caseOf(0), { action: 'case.reveal', at: noon(1) })
  await goThroughRules(cast.sys)
  const drawn = (await foundAbout(cast, 'lea')).filter(({ rule }) => rule === 'sample').length - 1
  expect(drawn).toBeGreaterThan(2)
  expect(drawn).toBeLessThan(60)
  await cast.admin.query(`delete from setting where name = 'watchSamplePercent'`)
}, 30_000)

test('every emergency access is looked at once', async () => {
  await cast.admin.query(
    `insert into break_glass (person_id, number, network_id, case_id, reason, words_sealed, needs_second, second_by, second_at, opened_at, until, review_due_on)
     select $2, number, network_id, id, 'danger', '\\x01', true, $3, now(), now() - interval '5 minutes', now() + interval '30 minutes', $4 from case_file where id = $1`,
    [caseOf(0), cast.max.id, cast.kim.id, today()],
  )
  await logged(cast, 'max', caseOf(0), { action: 'glass.look' })
  await goThroughRules(cast.sys)
  await goThroughRules(cast.sys)
  expect((await foundAbout(cast, 'max')).map(({ rule, case_id }) => [rule, case_id])).toEqual([['glass', caseOf(0)]])
  await cast.admin.query('delete from break_glass')
})

test('the auditors hear once a day, never about themselves, and not of a case before which a wall keeps them', async () => {
  await cast.admin.query(
    `insert into wall (person_id, network_id, case_id, number, source, fact, set_at)
     select $1, network_id, id, number, 'own-code', gen_random_uuid(), now() - interval '1 minute' from case_file where id = $2`,
    [second.id, caseOf(0)],
  )
  const told = async () => (await cast.admin.query('select person_id, kind from mail_outbox')).rows
  await logged(cast, 'mall', caseOf(0), { action: 'case.reveal', at: noon(1) })
  await goThroughRules(cast.sys)
  expect(await told()).toEqual([{ person_id: cast.aino.id, kind: 'new-task' }])
  for (let nth = 0; nth < 5; nth++)
    await logged(cast, 'aino', null, { at: noon(1), result: 'refused', action: 'case.close' })
  await goThroughRules(cast.sys)
  expect((await told()).map(({ person_id }) => person_id).toSorted()).toEqual([cast.aino.id, second.id].toSorted())
  await cast.admin.query('delete from wall')
})

test('nobody but the process goes through the rules, or asks whose names have to be compared', async () => {
  for (const who of [cast.aino, cast.ott, cast.kim, cast.lea])
    await expect(goThroughRules(who)).rejects.toBeInstanceOf(NotFound)
  await logged(cast, 'lea', caseOf(0))
  const pairs = (who: Person) =>
    asPerson('write', who.claim, (db) => db.selectFrom('caseSurname').selectAll().execute())
  for (const who of [cast.sys, cast.aino, cast.lea]) expect(await pairs(who)).toEqual([])
})

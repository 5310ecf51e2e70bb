// Does it ring when somebody tries a case before which a wall stands for them, and does nobody hear of it but the auditors before whom none stands?
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import '../../routes.ts'
import { referCase, typed } from '../../../test/cases.ts'
import { type Cast, openCast, signIn } from '../../../test/cast.ts'
import { lend, standIn } from '../../../test/substitution.ts'
import { foundAbout, givenCases, logged, quiet } from '../../../test/watch.ts'
import { setCode } from '../../access/people/codes.server.ts'
import { declareCase } from '../../access/walls/relations.server.ts'
import { openCase } from '../../cases/case-file.server.ts'
import { openTimeline } from '../../cases/timeline.server.ts'
import { goThroughRules } from '../../cases/views/rounds.server.ts'
import { addDays } from '../../core/calendar/working-days.ts'
import { NotFound, Refused } from '../../core/errors.ts'
import type { Person } from '../../core/user.ts'
import { isoDate } from '../../i18n/format.ts'
import { listAudit } from '../audits.server.ts'
import { judgeFinding, listFindings, openFinding } from './findings.server.ts'

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
  cases = await givenCases(cast, 2)
}, 60_000)
afterAll(() => cast.close())
beforeEach(async () => {
  await quiet(cast)
  await cast.admin.query('delete from wall')
})

const caseOf = (nth: number) => cases[nth] ?? ''
const ago = (days: number, time = '10:00:00') => new Date(`${addDays(isoDate(new Date()), -days)}T${time}Z`)
const raise = (who: Person, caseId: string, since = ago(3)) =>
  cast.admin.query(
    `insert into wall (person_id, network_id, case_id, number, source, fact, set_at)
     select $1, network_id, id, number, 'declared', gen_random_uuid(), $3 from case_file where id = $2`,
    [who.id, caseId, since],
  )
const hits = async (who: Parameters<typeof foundAbout>[1]) =>
  (await foundAbout(cast, who)).flatMap((one) => (one.rule === 'wall' ? [[one.case_id, one.count]] : []))
const denied = (at: Date, caseId = caseOf(0)) => logged(cast, 'mall', caseId, { at, result: 'denied' })

test('a wall that came by itself rings like one that was told of: who, which case and how often, for the auditors', async () => {
  const found = await referCase(cast.lea, {
    perpetrator: { ...typed.perpetrator, givenName: 'Sergei', nationalId: '37605030299' },
  })
  await openCase.run(cast.mall, { id: found })
  await setCode.run(cast.ott, { id: cast.mall.id, personalCode: '37605030299' })
  const { rows } = await cast.admin.query('select number from case_file where id = $1', [caseOf(1)])
  await declareCase.run(cast.mall, { number: rows[0].number, kind: 'friend', label: 'sõber' })
  await raise(second, found)
  for (const look of [openCase, openTimeline, openTimeline])
    await expect(look.run(cast.mall, { id: found })).rejects.toBeInstanceOf(NotFound)
  await expect(openCase.run(cast.mall, { id: caseOf(1) })).rejects.toBeInstanceOf(NotFound)
  // Nothing is written while she waits for the answer.
  expect(await hits('mall')).toEqual([])
  await goThroughRules(cast.sys)
  expect((await hits('mall')).toSorted()).toEqual(
    [
      [found, 3],
      [caseOf(1), 1],
    ].toSorted(),
  )
  const { open } = await listFindings.run(cast.aino, {})
  const [first] = open.filter(({ rule, count }) => rule === 'wall' && count === 3)
  expect(first).toMatchObject({ person: 'Mall Näidis-Maasik', network: 'Ida-Viru' })
  const { events } = await openFinding.run(cast.aino, { id: first?.id ?? '' })
  expect(events.map(({ action, result }) => [action, result])).toEqual([
    ['case.timeline', 'denied'],
    ['case.timeline', 'denied'],
    ['case.open', 'denied'],
  ])
  // Whoever stands before the same wall hears of the other case alone.
  expect((await listFindings.run(second, {})).open.filter(({ rule }) => rule === 'wall')).toMatchObject([{ count: 1 }])
  await expect(openFinding.run(second, { id: first?.id ?? '' })).rejects.toBeInstanceOf(NotFound)
})

test('no auditor is told who stands before that wall; nor is the one who tried, her lead or the coordinator, by whichever way', async () => {
  await raise(cast.mall, caseOf(0))
  await raise(second, caseOf(0))
  await expect(openCase.run(cast.mall, { id: caseOf(0) })).rejects.toBeInstanceOf(NotFound)
  const heard = async (who: Person) => (await listAudit.run(who, {})).events.map(({ action }) => action)
  const before = await heard(cast.mall)
  await goThroughRules(cast.sys)
  const { rows } = await cast.admin.query('select person_id, kind, link_sealed from mail_outbox')
  expect(rows).toEqual([{ person_id: cast.aino.id, kind: 'new-task', link_sealed: null }])
  expect(await heard(cast.mall)).toEqual(['audit.list', ...before])
  for (const who of [cast.mall, cast.lea, cast.kim])
    await expect(listFindings.run(who, {})).rejects.toBeInstanceOf(Refused)
  // A case that there is not leaves her the same.
  await expect(openCase.run(cast.mall, { id: randomUUID() })).rejects.toBeInstanceOf(NotFound)
  expect(new Set(await heard(cast.mall))).toEqual(new Set(['audit.list', 'watch.list']))
})

test('one finding a day, person and case, that grows until it is judged; what comes after counts anew', async () => {
  await raise(cast.mall, caseOf(0))
  await raise(cast.mall, caseOf(0))
  await denied(ago(1))
  await goThroughRules(cast.sys)
  await denied(ago(1, '11:00:00'))
  await denied(new Date())
  await goThroughRules(cast.sys)
  expect(await hits('mall')).toEqual([
    [caseOf(0), 2],
    [caseOf(0), 1],
  ])
  const [finding] = await foundAbout(cast, 'mall')
  const words = 'Näidis: vana järjehoidja, rääkisime läbi.'
  await judgeFinding.run(cast.aino, { id: finding?.id ?? '', judgement: 'explained', words })
  await goThroughRules(cast.sys)
  expect(await hits('mall')).toHaveLength(2)
  await denied(ago(1, '12:00:00'))
  await goThroughRules(cast.sys)
  expect((await hits('mall')).toSorted()).toEqual([2, 1, 1].map((count) => [caseOf(0), count]).toSorted())
})

test('who was refused for another reason, before the wall stood or after it was lifted, rings nothing', async () => {
  await expect(openCase.run(cast.max, { id: caseOf(0) })).rejects.toBeInstanceOf(NotFound)
  await denied(ago(1))
  await raise(cast.mall, caseOf(0), ago(1, '11:00:00'))
  await cast.admin.query(
    `update wall set lift_asked_by = $1, lift_asked_at = now(), lift_reason_sealed = '\\x01', lifted_by = $2, lifted_at = $3`,
    [cast.aino.id, second.id, ago(1, '12:00:00')],
  )
  await denied(ago(1, '13:00:00'))
  await openCase.run(cast.mall, { id: caseOf(0) })
  await goThroughRules(cast.sys)
  expect([await hits('max'), await hits('mall')]).toEqual([[], []])
})

test('at another’s desk that one’s walls ring too', async () => {
  const desk = await standIn(cast, cast.peep, await lend(cast, cast.kim, cast.peep))
  await raise(cast.kim, caseOf(0))
  await expect(openCase.run(desk.person, { id: caseOf(0) })).rejects.toBeInstanceOf(NotFound)
  await goThroughRules(cast.sys)
  expect([await hits('peep'), await hits('kim')]).toEqual([[[caseOf(0), 1]], []])
})

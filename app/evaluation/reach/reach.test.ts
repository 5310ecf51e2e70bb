// Does the table of whom the help reaches tell enough to see who is missing, and nothing of anybody?
import fc from 'fast-check'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { referCase } from '../../../test/cases.ts'
import { type Cast, openCast } from '../../../test/cast.ts'
import { seed } from '../../../test/draws.ts'
import { standAt } from '../../core/clock.server.ts'
import { Refused } from '../../core/errors.ts'
import { auditDisclosure } from '../disclosure-audit.ts'
import { openReach, publishHalves } from './reach.server.ts'
import {
  halfOf,
  halvesOver,
  publishReach,
  type ReachCount,
  reachAnswers,
  reachFacts,
  reachTables,
  ruleOf,
} from './reach.ts'

let cast: Cast
beforeAll(async () => {
  cast = await openCast()
})
afterEach(() => standAt(null))
afterAll(() => cast.close())

test('half-years follow one another without a gap or a day in common, and one that is not over is not there', () => {
  expect(halfOf('2026-06-30')).toEqual({ fromOn: '2026-01-01', toOn: '2026-06-30' })
  expect(halfOf('2026-07-01')).toEqual({ fromOn: '2026-07-01', toOn: '2026-12-31' })
  expect(halvesOver('2025-09-05', '2026-12-31').map((half) => half.fromOn)).toEqual(['2025-07-01', '2026-01-01'])
  expect(halvesOver('2025-09-05', '2027-01-01').map((half) => half.fromOn)).toContain('2026-07-01')
  expect(halvesOver('2026-07-01', '2026-07-01')).toEqual([])
})

// Every fact tells of the same cases, each with one answer.
const anyCounts = fc
  .array(fc.tuple(...reachFacts.map((fact) => fc.constantFrom(...reachAnswers[fact]))), { maxLength: 60 })
  .map((cases): ReachCount[] => {
    const counted = new Map<string, ReachCount>([['all.all', { fact: 'all', answer: 'all', cases: cases.length }]])
    for (const answers of cases)
      for (const [at, answer] of answers.entries()) {
        const fact = String(reachFacts[at])
        const one = counted.get(`${fact}.${answer}`) ?? { fact, answer, cases: 0 }
        counted.set(`${fact}.${answer}`, { ...one, cases: one.cases + 1 })
      }
    return [...counted.values()]
  })

test('whatever was said, no count that is too small is printed or can be worked out from the others', () => {
  fc.assert(
    fc.property(anyCounts, (counts) => {
      const published = new Map(Object.entries(publishReach(counts, 5)))
      expect(auditDisclosure(reachTables(counts), published, ruleOf(5))).toEqual([])
    }),
    { seed, numRuns: 60 },
  )
})

const earlier = async (ids: string[]) =>
  cast.admin.query(`update case_file set created_at = '2026-03-03T10:00:00Z' where id = any($1)`, [ids])
const latest = async (who = cast.kim) => (await openReach.run(who, {})).half

test('a half-year that is over is counted once; what is put right or erased afterwards changes no number', async () => {
  const ids: string[] = []
  for (let at = 0; at < 8; at++)
    ids.push(
      await referCase(cast.lea, {
        diversity: { origin: at < 6 ? 'russian' : 'roma', disability: 'no', lgbt: at < 7 ? 'unsaid' : 'yes' },
      }),
    )
  await referCase(cast.max)
  await earlier(ids)
  standAt(new Date('2026-06-30T12:00:00Z'))
  expect([await publishHalves(cast.sys), await latest()]).toEqual([0, null])
  standAt(new Date('2026-07-02T12:00:00Z'))
  expect([await publishHalves(cast.sys), await publishHalves(cast.sys)]).toEqual([1, 0])
  const first = await latest()
  expect(first).toMatchObject({ fromOn: '2026-01-01', toOn: '2026-06-30', threshold: 5 })
  const shown = Object.fromEntries(first?.figures ?? [])
  expect(shown).toMatchObject({
    all: 8,
    'disability.no': 8,
    'disability.yes': 0,
    'origin.roma': null,
    'lgbt.yes': null,
  })
  // The Russian six and the seven who would rather not say would tell the rest of it.
  expect([shown['origin.russian'], shown['lgbt.unsaid']]).toEqual([null, null])
  expect(Object.values(shown).some((number) => number !== null && number > 0 && number < 5)).toBe(false)
  await cast.admin.query('select erase_case($1)', [ids[7]])
  expect(await publishHalves(cast.sys)).toBe(0)
  for (const who of [cast.lea, cast.max, cast.jaan]) expect((await latest(who))?.figures).toEqual(first?.figures)
})

test('a case out of an old workbook, of which nobody was asked, is not counted', async () => {
  const before = await cast.admin.query(`select * from case_file where created_at < '2026-01-01'`)
  expect(before.rowCount).toBe(0)
  const id = await referCase(cast.lea)
  await cast.admin.query(`update case_file set created_at = '2025-08-08T10:00:00Z' where id = $1`, [id])
  await cast.admin.query(
    `insert into case_basis (network_id, case_id, kind, on_date, recorded_by) values ($1, $2, 'imported', '2025-08-08', $3)`,
    [cast.networks.ida, id, cast.kim.id],
  )
  standAt(new Date('2026-07-02T12:00:00Z'))
  await publishHalves(cast.sys)
  const { halves } = await openReach.run(cast.kim, { from: '2025-07-01' })
  expect(halves.find((half) => half.fromOn === '2025-07-01')?.figures.get('all')).toBe(0)
  expect((await openReach.run(cast.kim, { from: 'x' })).half?.fromOn).toBe('2026-01-01')
})

test('it is for those who steer, the coordinator and the leads; the others may not try', async () => {
  for (const who of [cast.mall, cast.lou, cast.sirje, cast.aino, cast.ott, cast.tiia])
    await expect(openReach.run(who, {})).rejects.toBeInstanceOf(Refused)
})

// Does the coordinator learn how entries are written in the country, and never whose, nor a word or a number that is too small?
import fc from 'fast-check'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { type Cast, openCast } from '../../../test/cast.ts'
import { seed } from '../../../test/draws.ts'
import { drawnBy, lastDays, lookAtAll, writtenBy } from '../../../test/sample.ts'
import { dayFromNow } from '../../../test/substitution.ts'
import { givenSupport } from '../../../test/support.ts'
import { standAt } from '../../core/clock.server.ts'
import { NotFound, Refused } from '../../core/errors.ts'
import { boundsOf } from '../../supervision/sample/exact.ts'
import { lookAt, openLook, openRound } from '../../supervision/sample/looks.server.ts'
import { endRound } from '../../supervision/sample/rounds.server.ts'
import { figureId, toldBy } from '../../supervision/sample/sample.ts'
import { auditDisclosure } from '../disclosure-audit.ts'
import { listCountry, openCountry, publishRounds } from './country.server.ts'
import { type Count, publishSample, ruleOf, sampleTables } from './publish.ts'

let cast: Cast
beforeAll(async () => {
  cast = await openCast()
  const { assignment } = await givenSupport(cast, dayFromNow(-80))
  await writtenBy(cast.lou, assignment, 40)
  await cast.admin.query('delete from mail_outbox')
})
afterEach(async () => {
  standAt(null)
  await cast.admin.query('delete from sample_look; delete from sample_entry; delete from sample_round')
  await cast.admin.query('delete from mail_outbox')
})
afterAll(() => cast.close())

const country = () => drawnBy(cast, cast.kim, 'country', lastDays(60))

test('the coordinator draws, those who guide look, and each is told; she sees how far they are and no entry', async () => {
  const { round, drawn } = await country()
  const { rows } = await cast.admin.query(`select person_id from mail_outbox where kind = 'new-task'`)
  expect(rows).toEqual([{ person_id: cast.sirje.id }])
  const told = { given: drawn.length, looked: 0, name: cast.sirje.name }
  expect((await openCountry.run(cast.kim, { round })).progress).toMatchObject([told])
  expect((await openRound.run(cast.sirje, { round })).given.length).toBe(drawn.length)
  await expect(openRound.run(cast.kim, { round })).rejects.toBeInstanceOf(Refused)
  await expect(openLook.run(cast.kim, { round, entry: drawn[0]?.id })).rejects.toBeInstanceOf(Refused)
  for (const who of [cast.sirje, cast.lea, cast.peep, cast.aino, cast.lou])
    await expect(openCountry.run(who, { round })).rejects.toBeInstanceOf(Refused)
  await expect(endRound.run(cast.sirje, { round })).rejects.toBeInstanceOf(NotFound)
})

test('when everything was looked at the process ends it and publishes; a small count is told as few, and the bounds hold for each', async () => {
  const { round, drawn } = await country()
  // One support person writes in this world; of so few nothing would be told.
  await cast.admin.query('update sample_round set volunteers = 9')
  await lookAtAll(cast.sirje, round, drawn.slice(1), 3)
  expect(await publishRounds(cast.sys)).toBe(0)
  expect((await openCountry.run(cast.kim, { round })).round).toMatchObject({ endedAt: null, figures: null })
  await cast.admin.query('delete from sample_look')
  await lookAtAll(cast.sirje, round, drawn, 2)
  expect([await publishRounds(cast.sys), await publishRounds(cast.sys)]).toEqual([1, 0])
  const opened = await openCountry.run(cast.kim, { round })
  const random = drawn.filter(({ drawnAs }) => drawnAs === 'random').length
  expect(opened.round.figures).toMatchObject({ '0/looked': random, '1/no': 0 })
  const { sample, entries, confidence, threshold, figures } = opened.round
  const [, second] = toldBy({ sample, entries, confidence, threshold, figures: figures ?? {} }, opened.questions)
  const of = { of: entries, drawn: sample, looked: random }
  const [least, most] = [1, 4].map((found) => boundsOf({ ...of, found }, 95))
  expect(second).toMatchObject({ no: 'few', bounds: { most: most?.most, low: least?.low, high: most?.high } })
  expect((await listCountry.run(cast.kim, {})).ended.map(({ id }) => id)).toEqual([round])
})

test('where fewer write than the threshold, nothing of the result is told', async () => {
  const { round, drawn } = await country()
  await lookAtAll(cast.sirje, round, drawn, 9)
  await publishRounds(cast.sys)
  const { figures } = (await openCountry.run(cast.kim, { round })).round
  expect(Object.values(figures ?? {}).every((told) => told === null)).toBe(true)
  const seen = (await openRound.run(cast.sirje, { round })).round.figures
  expect(seen).toEqual(figures)
})

test('on its last day whoever has not looked is reminded once; the day after it ends by itself', async () => {
  const { round, drawn } = await country()
  await lookAt.run(cast.sirje, {
    round,
    entry: drawn[0]?.id,
    ...Object.fromEntries([1, 2, 3, 4, 5].map((nth) => [`answer${nth}`, 'na'])),
  })
  await cast.admin.query('delete from mail_outbox')
  standAt(new Date(`${dayFromNow(14)}T12:00:00Z`))
  await publishRounds(cast.sys)
  await publishRounds(cast.sys)
  expect((await cast.admin.query('select person_id, kind from mail_outbox')).rows).toEqual([
    { person_id: cast.sirje.id, kind: 'reminder' },
  ])
  standAt(new Date(`${dayFromNow(15)}T12:00:00Z`))
  expect(await publishRounds(cast.sys)).toBe(1)
  expect((await openCountry.run(cast.kim, { round })).round.endedAt).not.toBeNull()
})

test('a supervisor’s own round is nobody else’s, and ends on its day as well', async () => {
  const { round } = await drawnBy(cast, cast.sirje, 'own', lastDays(60))
  await expect(openCountry.run(cast.kim, { round })).rejects.toBeInstanceOf(NotFound)
  await expect(endRound.run(cast.kim, { round })).rejects.toBeInstanceOf(NotFound)
  expect((await listCountry.run(cast.kim, {})).rounds).toEqual([])
  standAt(new Date(`${dayFromNow(15)}T12:00:00Z`))
  expect(await publishRounds(cast.sys)).toBe(0)
  expect((await openRound.run(cast.sirje, { round })).round.figures).toEqual({ '0/looked': 0 })
})

const anyCounts = fc
  .record({ looked: fc.nat(60), no: fc.array(fc.nat(60), { minLength: 1, maxLength: 8 }) })
  .map(({ looked, no }): Count[] => [
    { question: 0, answer: 'looked', entries: looked },
    ...no.map((count, at) => ({ question: at + 1, answer: 'no', entries: Math.min(count, looked) })),
  ])

test('whatever was answered, no count that is too small is told or can be worked out; “few” is as wide as the rule asks', () => {
  fc.assert(
    fc.property(anyCounts, fc.integer({ min: 2, max: 7 }), (counts, threshold) => {
      const questions = counts.length - 1
      const figures = publishSample(counts, questions, { volunteers: 99, threshold })
      const tables = sampleTables(counts, questions)
      // "Few" is a hidden number for whoever works numbers out; the rest of it was never printed.
      const published = new Map(
        tables.cells.map(({ id }) => [id, typeof figures[id] === 'number' ? (figures[id] as number) : null]),
      )
      for (const question of Array.from({ length: questions }, (_, at) => at + 1)) {
        const told = figures[figureId(question, 'no')]
        const count = counts.find((one) => one.question === question)?.entries ?? 0
        if (typeof told === 'number') expect(told === 0 || told >= threshold).toBe(true)
        if (told === 'few') expect(count > 0 && count < threshold && threshold >= 5).toBe(true)
        // Where the number is told, so is its rest.
        const rest = `${question}/rest`
        const looked = figures[figureId(0, 'looked')]
        if (typeof told === 'number' && typeof looked === 'number') published.set(rest, looked - told)
      }
      expect(auditDisclosure(tables, published, ruleOf(threshold))).toEqual([])
    }),
    { seed, numRuns: 300 },
  )
})

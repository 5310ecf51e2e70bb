// What is left of the answers about somebody's entries when she was erased, and does what was said of all of them still hold?
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type Cast, openCast } from '../../../test/cast.ts'
import { answered, type DrawnEntry, drawnBy, lastDays, onlyEntries } from '../../../test/sample.ts'
import { dayFromNow } from '../../../test/substitution.ts'
import { givenSupport } from '../../../test/support.ts'
import { givenVolunteer } from '../../../test/volunteers.ts'
import { asPerson } from '../../core/db.server.ts'
import { NotFound } from '../../core/errors.ts'
import { type Bounds, boundsOf } from './exact.ts'
import { lookAt, openLook, openRound, replyFromLook, topicFromLook } from './looks.server.ts'
import { endRound } from './rounds.server.ts'
import { toldBy } from './sample.ts'
import { samplesWaiting } from './waiting.server.ts'

let cast: Cast
let other: string
beforeAll(async () => {
  cast = await openCast()
})
beforeEach(async () => {
  await onlyEntries(cast, 12)
  other = await givenVolunteer(cast, { name: 'Näidis-Teine Kask', supervisorId: cast.sirje.id })
  const { assignment } = await givenSupport(cast, dayFromNow(-80), { volunteer: other })
  await cast.admin.query(
    `insert into visit (network_id, case_id, assignment_id, volunteer_id, number, on_date, way, minutes, recorded_by)
     select network_id, case_id, id, volunteer_id, number, $2::date + n, 'phone', 30, $3 from assignment, generate_series(0, 11) n where id = $1`,
    [assignment, dayFromNow(-20), cast.kim.id],
  )
})
afterAll(() => cast.close())

const erased = () => cast.admin.query('select erase_volunteer($1)', [other])
const left = async () =>
  (
    await cast.admin.query(
      `select (select count(*) from sample_look where volunteer_id = $1 and (answers is not null or notes_sealed is not null))::int as answers,
         (select count(*) from visit_reading where volunteer_id = $1 and reply_sealed is not null)::int as replies,
         (select count(*) from sample_topic where volunteer_id = $1)::int as topics`,
      [other],
    )
  ).rows[0]
const hers = async () =>
  new Set(
    (await cast.admin.query<{ id: string }>('select id from sample_entry where volunteer_id = $1', [other])).rows.map(
      ({ id }) => id,
    ),
  )

/** Everything was looked at, and in every third the second question is answered with no, and a word beside it. */
async function lookedThrough(): Promise<{ round: string; drawn: DrawnEntry[] }> {
  const { round, drawn } = await drawnBy(cast, cast.sirje, 'own', lastDays(30))
  for (const [at, { id: entry }] of drawn.entries())
    await lookAt.run(cast.sirje, {
      round,
      entry,
      ...(at % 3 === 0 ? answered([2], { 2: 'Kanaarmärkus' }) : answered()),
    })
  return { round, drawn }
}

async function bounds(round: string): Promise<Bounds[]> {
  const { round: told, questions } = await openRound.run(cast.sirje, { round })
  const { figures, sample, entries, confidence } = told
  return toldBy({ figures: figures ?? {}, sample, entries, confidence, threshold: null }, questions).flatMap(
    ({ bounds: found }) => found ?? [],
  )
}

test('what was answered about her goes with her – the marks, the notes, what she was told and what was to be spoken of', async () => {
  const { round, drawn } = await lookedThrough()
  const own = await hers()
  const found = drawn.filter(({ id }, at) => at % 3 === 0 && own.has(id))
  expect(found.length).toBeGreaterThan(0)
  const [{ id: entry = '' } = {}] = found
  await replyFromLook.run(cast.sirje, { round, entry })
  await topicFromLook.run(cast.sirje, { round, entry })
  expect(await left()).toEqual({ answers: drawn.filter(({ id }) => own.has(id)).length, replies: 1, topics: 1 })
  await erased()
  expect(await left()).toEqual({ answers: 0, replies: 0, topics: 0 })
  // Of everybody else nothing went.
  const rest = await cast.admin.query('select from sample_look where answers is null and volunteer_id <> $1', [other])
  expect(rest.rowCount).toBe(0)
})

test('nothing is answered about her any more, and nothing of hers waits', async () => {
  const { round, drawn } = await drawnBy(cast, cast.sirje, 'own', lastDays(30))
  const own = await hers()
  const entry = drawn.find(({ id }) => own.has(id))?.id ?? ''
  expect((await openLook.run(cast.sirje, { round, entry })).entry.id).toBe(entry)
  await erased()
  await expect(openLook.run(cast.sirje, { round, entry })).rejects.toBeInstanceOf(NotFound)
  await expect(lookAt.run(cast.sirje, { round, entry, ...answered() })).rejects.toBeInstanceOf(NotFound)
  const { given } = await openRound.run(cast.sirje, { round })
  expect(given.filter(({ id }) => own.has(id)).map(({ open, looked }) => [open, looked])).toEqual(
    drawn.filter(({ id }) => own.has(id)).map(() => [false, false]),
  )
  const waiting = await asPerson('read', cast.sirje.claim, (db) => samplesWaiting(db, cast.sirje))
  expect(waiting.map(({ left: count }) => count)).toEqual([drawn.filter(({ id }) => !own.has(id)).length])
})

test('of a round that was over the figures and bounds stay as they were told', async () => {
  const { round } = await lookedThrough()
  await endRound.run(cast.sirje, { round })
  const told = [(await openRound.run(cast.sirje, { round })).round.figures, await bounds(round)]
  await erased()
  expect([(await openRound.run(cast.sirje, { round })).round.figures, await bounds(round)]).toEqual(told)
})

test('in one that runs her entries count as not looked at: no bound promises more than it would have', async () => {
  const { round, drawn } = await lookedThrough()
  const random = drawn.filter(({ drawnAs }) => drawnAs === 'random')
  const own = await hers()
  const wanting = (of: readonly DrawnEntry[]) =>
    of.filter(({ id }) => drawn.findIndex((one) => one.id === id) % 3 === 0)
  const before = boundsOf({ of: 24, drawn: random.length, looked: random.length, found: wanting(random).length }, 95)
  await erased()
  await endRound.run(cast.sirje, { round })
  const kept = random.filter(({ id }) => !own.has(id))
  expect(kept.length).toBeLessThan(random.length)
  const [, after] = await bounds(round)
  expect(after).toEqual(
    boundsOf({ of: 24, drawn: random.length, looked: kept.length, found: wanting(kept).length }, 95),
  )
  if (!after) throw new Error('nothing is told')
  expect(after.low).toBeLessThanOrEqual(before.low)
  expect(after.most).toBeGreaterThanOrEqual(before.most)
  expect(after.high).toBeGreaterThanOrEqual(before.high)
})

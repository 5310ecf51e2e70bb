// Is somebody let into a foreign case only with a second person's yes, for an hour, read-only, told, judged – and seldom?
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { referCase } from '../../../test/cases.ts'
import { type Cast, openCast } from '../../../test/cast.ts'
import { givenClosed } from '../../../test/closing.ts'
import { givenSupport } from '../../../test/support.ts'
import { declareCase } from '../../access/walls/relations.server.ts'
import { addDays, addWorkingDays } from '../../core/calendar/working-days.ts'
import { today } from '../../core/clock.server.ts'
import { Conflict, Invalid, NotFound, Refused } from '../../core/errors.ts'
import { whoBears } from '../../core/session.server.ts'
import type { Person } from '../../core/user.ts'
import { openCase } from '../case-file.server.ts'
import { listCases } from '../cases.server.ts'
import { addPlace } from '../identity/places.server.ts'
import { openViews } from '../views/views.server.ts'
import { personDays } from '../views/views.ts'
import { askGlass, endGlass, openAskGlass } from './ask.server.ts'
import { openGlass, openRevealGlass, revealGlass } from './look.server.ts'
import { answerGlass, listGlass, openWatched, reviewGlass, tellOfGlass } from './watch.server.ts'

let cast: Cast
let id: string
let number: string
beforeAll(async () => {
  cast = await openCast()
})
afterAll(() => cast.close())
beforeEach(async () => {
  await cast.admin.query('delete from break_glass')
  id = await referCase(cast.lea)
  number = await numberOf(id)
})

const numberOf = async (of: string) =>
  (await cast.admin.query('select number from case_file where id = $1', [of])).rows[0].number as string
const words = 'Näidis: politsei küsib, kus inimene praegu on.'
const asking = (more: Record<string, string> = {}) => ({ number, ground: 'police', words, ...more })
const late = (me: Person): Person => ({ ...me, provedAt: new Date(Date.now() - 10 * 60_000) })
const latest = async (who: Person) => (await listGlass.run(who, {})).mine[0]

/** Max asks, Kim agrees; answers the request's id. */
async function letIn(more: Record<string, string> = {}): Promise<string> {
  await askGlass.run(cast.max, asking(more))
  const glass = (await latest(cast.max))?.id ?? ''
  await answerGlass.run(cast.kim, { id: glass, answer: 'yes' })
  return glass
}

test('nothing is open until a second person has agreed, and silence is no yes', async () => {
  expect(await openAskGlass.run(cast.max, {})).toEqual({ minutes: 60, uses: 3, days: 30, guidedDays: null })
  await askGlass.run(cast.max, asking())
  const mine = await latest(cast.max)
  expect(mine).toMatchObject({ number, answer: 'waits', caseId: null, until: null })
  await expect(openGlass.run(cast.max, { id: mine?.id })).rejects.toBeInstanceOf(NotFound)
  await cast.admin.query(`update break_glass set asked_at = now() - interval '61 minutes'`)
  expect((await latest(cast.max))?.answer).toBe('unanswered')
  await expect(answerGlass.run(cast.kim, { id: mine?.id, answer: 'yes' })).rejects.toBeInstanceOf(Conflict)
  await expect(openGlass.run(cast.max, { id: mine?.id })).rejects.toBeInstanceOf(NotFound)
})

test('the lead of the case says yes: the whole case is there for an hour, by this way alone, and every look is marked', async () => {
  await askGlass.run(cast.max, asking())
  const glass = (await latest(cast.max))?.id ?? ''
  expect((await openWatched.run(cast.lea, { id: glass })).words).toBe(words)
  await answerGlass.run(cast.lea, { id: glass, answer: 'yes' })
  const seen = await openGlass.run(cast.max, { id: glass })
  expect(seen).toMatchObject({ head: { id, number }, words: { why: expect.stringContaining('politsei') }, places: [] })
  await expect(openCase.run(cast.max, { id })).rejects.toBeInstanceOf(NotFound)
  expect((await listCases.run(cast.max, {})).rows).toEqual([])
  const { rows } = await cast.admin.query(
    `select until - opened_at as length, review_due_on::text as due from break_glass where id = $1`,
    [glass],
  )
  expect(rows[0]).toEqual({ length: expect.objectContaining({ hours: 1 }), due: addWorkingDays(today(), 1) })
  const events = await cast.admin.query(
    `select action, object_id, network_id, reason_sealed is not null as why from audit_event where actor = $1 and case_id = $2 and result = 'done'`,
    [cast.max.id, id],
  )
  expect(events.rows).toEqual([{ action: 'glass.look', object_id: glass, network_id: cast.networks.ida, why: true }])
})

test('a name may be asked for, with a purpose; a place only where the ground is danger to life', async () => {
  await addPlace.run(cast.lea, { id, kind: 'shelter', value: 'Näidise varjupaik' })
  const shelter = (await openCase.run(cast.lea, { id })).places.find((one) => one.kind === 'shelter')?.id
  const glass = await letIn()
  const victim = (await openGlass.run(cast.max, { id: glass })).people[0]?.id
  const name = { id: glass, what: 'identity', item: victim, purpose: 'safety' }
  expect(await openRevealGlass.run(cast.max, name)).toMatchObject({ kind: 'victim' })
  await expect(revealGlass.run(late(cast.max), name)).rejects.toBeInstanceOf(Refused)
  expect((await revealGlass.run(cast.max, name)).identity?.givenName).toBe('Anna')
  const place = { id: glass, what: 'whereabouts', item: shelter, purpose: 'safety' }
  for (const operation of [openRevealGlass, revealGlass])
    await expect(operation.run(cast.max, place)).rejects.toBeInstanceOf(NotFound)
  // Whoever answers for the case reads later what was looked at, and why.
  const [day] = personDays((await openViews.run(cast.lea, { id, person: cast.max.id })).events, new Set())
  expect(day).toMatchObject({ actor: cast.max.name, looked: { parts: ['emergency'] } })
  expect(day?.opened).toMatchObject([
    { objectKind: 'glass', purpose: words },
    { objectKind: 'case-identity', itemKind: 'victim', purpose: words },
  ])
  await endGlass.run(cast.max, { id: glass })
  const danger = await letIn({ ground: 'danger' })
  expect((await openGlass.run(cast.max, { id: danger })).places.map((one) => one.kind)).toContain('shelter')
  expect((await revealGlass.run(cast.max, { ...place, id: danger })).place?.value).toBe('Näidise varjupaik')
})

test('it ends at once when one says so, and by itself after the hour', async () => {
  const glass = await letIn()
  expect((await whoBears(cast.max.claim))?.glass).toMatchObject({ id: glass, number })
  await expect(endGlass.run(cast.mall, { id: glass })).rejects.toBeInstanceOf(NotFound)
  expect((await openGlass.run(cast.max, { id: glass })).head.id).toBe(id)
  await endGlass.run(cast.max, { id: glass })
  await expect(openGlass.run(cast.max, { id: glass })).rejects.toBeInstanceOf(NotFound)
  expect((await whoBears(cast.max.claim))?.glass).toBeNull()
  const next = await letIn()
  await cast.admin.query(
    `update break_glass set opened_at = now() - interval '61 minutes', until = now() - interval '1 minute' where id = $1`,
    [next],
  )
  await expect(openGlass.run(cast.max, { id: next })).rejects.toBeInstanceOf(NotFound)
})

test('a number that there is not, and one behind a wall, are asked for in the same words and answered by nobody', async () => {
  const { rows } = await cast.admin.query('select number from case_file where id = $1', [id])
  await declareCase.run(cast.max, { number: rows[0].number, kind: 'friend', label: 'sõber' })
  const answers = [
    await askGlass.run(cast.max, asking()),
    await askGlass.run(cast.max, asking({ number: 'M-2019-999' })),
    await askGlass.run(cast.max, asking({ number: await numberOf(await referCase(cast.lea)) })),
  ]
  expect(answers).toEqual([{ opened: false }, { opened: false }, { opened: false }])
  const mine = (await listGlass.run(cast.max, {})).mine.map(({ answer, caseId, until }) => ({ answer, caseId, until }))
  expect(new Set(mine.map((one) => JSON.stringify(one))).size).toBe(1)
  expect((await listGlass.run(cast.kim, {})).others).toHaveLength(1)
  await tellOfGlass(cast.sys)
  const mails = await cast.admin.query(`select person_id from mail_outbox where unique_key like 'glass/%'`)
  expect(mails.rows.map((row) => row.person_id).toSorted()).toEqual([cast.kim.id, cast.lea.id].toSorted())
})

test('a wall raised meanwhile shuts it at once', async () => {
  const glass = await letIn()
  await declareCase.run(cast.max, { number, kind: 'friend', label: 'sõber' })
  await expect(openGlass.run(cast.max, { id: glass })).rejects.toBeInstanceOf(NotFound)
  expect((await whoBears(cast.max.claim))?.glass).toBeNull()
  expect((await listGlass.run(cast.max, {})).mine).toEqual([])
})

test('a closed case of the own network is shut before a member, and opens to her in an emergency like any other', async () => {
  const closed = await givenClosed(cast, today())
  await expect(askGlass.run(cast.mall, asking())).rejects.toBeInstanceOf(Invalid)
  await askGlass.run(cast.mall, asking({ number: await numberOf(closed) }))
  const glass = (await latest(cast.mall))?.id ?? ''
  await answerGlass.run(cast.lea, { id: glass, answer: 'yes' })
  expect((await openGlass.run(cast.mall, { id: glass })).head.id).toBe(closed)
  await expect(openCase.run(cast.mall, { id: closed })).rejects.toBeInstanceOf(NotFound)
})

test('one’s own case needs no asking; too few words, a stale proof or no number are no request', async () => {
  await expect(askGlass.run(cast.lea, asking())).rejects.toEqual(
    expect.objectContaining({ fields: { number: { key: 'cases.glass.seenAnyway' } } }),
  )
  await expect(askGlass.run(cast.max, asking({ words: 'kiire' }))).rejects.toBeInstanceOf(Invalid)
  await expect(askGlass.run(cast.max, asking({ number: '14' }))).rejects.toBeInstanceOf(Invalid)
  await expect(askGlass.run(late(cast.max), asking())).rejects.toBeInstanceOf(Refused)
  for (const who of [cast.kim, cast.lou, cast.aino, cast.ott])
    await expect(askGlass.run(who, asking())).rejects.toBeInstanceOf(Refused)
})

test('a supervisor is let into a case of those she guides at once, and into no other', async () => {
  const support = await givenSupport(cast, '2026-01-01', { endOn: addDays(today(), -20) })
  await expect(askGlass.run(cast.sirje, asking())).rejects.toEqual(
    expect.objectContaining({ fields: { number: { key: 'cases.glass.notYours' } } }),
  )
  expect(await askGlass.run(cast.sirje, asking({ number: support.number }))).toEqual({ opened: true })
  const mine = await latest(cast.sirje)
  expect((await openGlass.run(cast.sirje, { id: mine?.id })).head.id).toBe(support.caseId)
  await tellOfGlass(cast.sys)
  const { rows } = await cast.admin.query(`select person_id from mail_outbox where unique_key like $1`, [
    `glass/${mine?.id}/opened/%`,
  ])
  expect(rows.map((row) => row.person_id).toSorted()).toEqual([cast.aino.id, cast.lea.id].toSorted())
})

test('whoever agrees does it in their own name, once, for a case they answer for', async () => {
  await askGlass.run(cast.max, asking())
  const glass = (await latest(cast.max))?.id ?? ''
  await expect(answerGlass.run(cast.max, { id: glass, answer: 'yes' })).rejects.toBeInstanceOf(NotFound)
  await expect(answerGlass.run(late(cast.kim), { id: glass, answer: 'yes' })).rejects.toBeInstanceOf(Refused)
  await expect(answerGlass.run(cast.mall, { id: glass, answer: 'yes' })).rejects.toBeInstanceOf(Refused)
  await answerGlass.run(cast.lea, { id: glass, answer: 'no' })
  expect((await latest(cast.max))?.answer).toBe('refused')
  await expect(answerGlass.run(cast.kim, { id: glass, answer: 'yes' })).rejects.toBeInstanceOf(Conflict)
})

test('it is judged by somebody who neither used it nor agreed; without a judgement the right pauses', async () => {
  const glass = await letIn()
  const judgement = { id: glass, outcome: 'justified', words: 'Näidis: politsei palus, vaadati ühte nime.' }
  await expect(reviewGlass.run(cast.lea, judgement)).rejects.toBeInstanceOf(Conflict)
  await endGlass.run(cast.max, { id: glass })
  await cast.admin.query(`update break_glass set review_due_on = current_date - 1 where id = $1`, [glass])
  await expect(askGlass.run(cast.max, asking())).rejects.toEqual(
    expect.objectContaining({ said: { key: 'cases.glass.paused' } }),
  )
  expect((await listGlass.run(cast.aino, {})).others[0]).toMatchObject({ state: 'late', mayReview: true })
  await expect(reviewGlass.run(cast.max, judgement)).rejects.toBeInstanceOf(NotFound)
  await expect(reviewGlass.run(cast.kim, judgement)).rejects.toBeInstanceOf(Refused)
  await reviewGlass.run(cast.aino, judgement)
  expect(await openWatched.run(cast.lea, { id: glass })).toMatchObject({ review: judgement.words })
  await expect(reviewGlass.run(cast.lea, judgement)).rejects.toBeInstanceOf(Conflict)
  expect((await latest(cast.max))?.outcome).toBe('justified')
  const { months } = await listGlass.run(cast.aino, {})
  expect(months).toEqual([{ month: today().slice(0, 7), opened: 1, danger: 0, unjustified: 0, late: 1 }])
  await askGlass.run(cast.max, asking())
})

test('three times in thirty days, as it is set', async () => {
  for (let use = 0; use < 3; use += 1) await endGlass.run(cast.max, { id: await letIn() })
  await expect(askGlass.run(cast.max, asking())).rejects.toEqual(
    expect.objectContaining({ said: { key: 'cases.glass.usedUp' } }),
  )
})

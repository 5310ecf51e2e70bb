// Does a support person plan within what was agreed, see it before she dials, and is what was not so seen by her supervisor?
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type Cast, openCast } from '../../../test/cast.ts'
import { givenSupport, type Support, usualVisit } from '../../../test/support.ts'
import { openTimeline } from '../../cases/timeline.server.ts'
import { standAt } from '../../core/clock.server.ts'
import { NotFound, Refused } from '../../core/errors.ts'
import { openForProcess } from '../../core/seal.server.ts'
import { openAssignment } from '../../matching/assignment/assignments.server.ts'
import { openSupervisee } from '../report/supervision.server.ts'
import { correctVisit, logVisit, openVisit } from '../visit/visits.server.ts'
import { openNext, planNext, withdrawNext } from './next.server.ts'

let cast: Cast
let of: Support
beforeAll(async () => {
  cast = await openCast()
})
beforeEach(async () => {
  standAt(new Date('2026-11-23T09:00:00Z'))
  await cast.admin.query(`update assignment set status = 'ended', end_on = '2026-11-22' where status = 'active'`)
  of = await givenSupport(cast, '2026-11-03')
})
afterAll(async () => {
  standAt(null)
  await cast.close()
})

const call = (more: Record<string, string> = {}) => ({
  id: of.assignment,
  channel: 'call',
  day: '24.11.2026',
  time: '10',
  ...more,
})
const wrongAt = (...names: string[]) =>
  expect.objectContaining({ fields: Object.fromEntries(names.map((name) => [name, expect.anything()])) })

test('before she dials she reads what was agreed, and whether it may be now', async () => {
  const own = async () => (await openAssignment.run(cast.lou, { id: of.assignment })).own
  expect(await own()).toMatchObject({ rules: { mayAnswer: 'õde', codeWord: 'õunakook' }, unsafeNow: [] })
  standAt(new Date('2026-11-23T10:30:00Z'))
  expect((await own())?.unsafeNow).toEqual(['hours'])
  standAt(new Date('2026-11-29T09:00:00Z'))
  expect((await own())?.unsafeNow).toEqual(['day'])
})

test('what is kept of the form that planned it is which support it was, and what it went against', async () => {
  const key = crypto.randomUUID()
  await planNext.run(cast.lou, call({ time: '20.15', because: 'Ta palus ise õhtul helistada' }), key)
  const { rows } = await cast.admin.query('select result_sealed from once where key = $1', [key])
  expect(JSON.parse(openForProcess(`once/${cast.lou.id}/${key}`, rows[0].result_sealed))).toEqual({
    of: { id: of.assignment, caseId: of.caseId, networkId: cast.networks.ida },
    broken: ['hours'],
    waited: false,
  })
})

test('her next contact keeps to it, or says why', async () => {
  await planNext.run(cast.lou, call())
  await expect(planNext.run(cast.lou, call({ time: '20.15' }))).rejects.toEqual(wrongAt('time', 'because'))
  await expect(planNext.run(cast.lou, call({ channel: 'through', person: 'Mari' }))).rejects.toEqual(wrongAt('channel'))
  await planNext.run(cast.lou, call({ time: '20.15', because: 'Ta palus ise õhtul helistada' }))
  const { plans, safe } = await openNext.run(cast.lou, { id: of.assignment })
  expect(plans.map(({ minute, broken, why }) => [minute, broken, why])).toEqual([
    [1215, ['hours'], 'Ta palus ise õhtul helistada'],
    [600, [], null],
  ])
  expect(safe.people).toBeNull()
  const { events } = await openTimeline.run(cast.lea, { id: of.caseId })
  expect(events.filter(({ kind }) => kind.startsWith('contact-')).map(({ kind }) => kind)).toEqual([
    'contact-against',
    'contact-planned',
    'contact-rules',
  ])
  await withdrawNext.run(cast.lou, { id: of.assignment, plan: plans[0]?.id })
  expect((await openNext.run(cast.lou, { id: of.assignment })).plans).toHaveLength(1)
})

test('it is hers alone, and as long as she helps', async () => {
  await planNext.run(cast.lou, call())
  const [plan] = (await openNext.run(cast.lou, { id: of.assignment })).plans
  for (const operation of [openNext, planNext, withdrawNext]) {
    const input = { ...call(), plan: plan?.id }
    for (const who of [cast.max, cast.lea, cast.sirje, cast.kim])
      await expect(operation.run(who, input)).rejects.toBeInstanceOf(Refused)
  }
  await cast.admin.query(`update assignment set status = 'ended', end_on = '2026-11-22' where id = $1`, [of.assignment])
  for (const operation of [openNext, planNext, withdrawNext])
    await expect(operation.run(cast.lou, { ...call(), plan: plan?.id })).rejects.toBeInstanceOf(NotFound)
})

test('a visit that has been is not stopped; that it was not as agreed is seen, and heard by the supervisor', async () => {
  const log = (day: string, way = 'meeting') =>
    logVisit.run(cast.lou, { ...usualVisit, assignment: of.assignment, day, way })
  expect(await log('2026-11-20')).toMatchObject({ outside: false })
  await cast.admin.query('delete from mail_outbox')
  const sunday = await log('2026-11-22')
  expect(sunday.outside).toBe(true)
  const { rows } = await cast.admin.query('select person_id, kind from mail_outbox')
  expect(rows).toEqual([{ person_id: cast.sirje.id, kind: 'new-task' }])
  expect((await openVisit.run(cast.sirje, { id: sunday.id })).visit.outside).toEqual(['day'])
  const seen = async () => (await openSupervisee.run(cast.sirje, { id: cast.volunteer })).outside
  expect(await seen()).toMatchObject([{ id: sunday.id, number: of.number, way: 'meeting', outside: ['day'] }])
  expect((await openTimeline.run(cast.lea, { id: of.caseId })).events).toContainEqual(
    expect.objectContaining({ kind: 'contact-outside', detail: 'meeting' }),
  )
  // It was a Saturday after all.
  const mended = { ...usualVisit, id: sunday.id, day: '2026-11-21', reason: 'Vale päev' }
  expect(await correctVisit.run(cast.lou, mended)).toMatchObject({ outside: false })
  expect(await seen()).toEqual([])
})

test('what is neither a call nor a meeting is not judged', async () => {
  const other = { ...usualVisit, assignment: of.assignment, day: '2026-11-22', way: 'other' }
  expect(await logVisit.run(cast.lou, other)).toMatchObject({ outside: false })
})

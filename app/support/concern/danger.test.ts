// Does a danger that a support person tells of reach the case: its next step, its story and its risk?
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type Attacker, openAttacker } from '../../../test/attack.ts'
import { type Cast, openCast } from '../../../test/cast.ts'
import { givenSupport, type Support, usualVisit } from '../../../test/support.ts'
import { saveAssessment } from '../../cases/risk/assess.server.ts'
import { instrumentNow, listAssessments } from '../../cases/risk/assessments.server.ts'
import { dueBeforeHolidays } from '../../cases/tasks.ts'
import { openTimeline } from '../../cases/timeline.server.ts'
import { today } from '../../core/clock.server.ts'
import { asPerson } from '../../core/db.server.ts'
import { Refused } from '../../core/errors.ts'
import { correctVisit, logVisit } from '../visit/visits.server.ts'
import { answerConcern, askHelp, closeConcern, openConcern } from './concerns.server.ts'

let cast: Cast
let support: Support
beforeAll(async () => {
  cast = await openCast()
})
afterAll(() => cast.close())
beforeEach(async () => {
  support = await givenSupport(cast, '2026-11-03')
})

async function assess(): Promise<void> {
  const { questions } = await asPerson('read', cast.lea.claim, (db) => instrumentNow(db))
  const answers = Object.fromEntries(questions.map((one) => [`answers.${one.id}`, 'no']))
  const of = { id: support.caseId, madeOn: today(), withVictim: 'yes', save: 'final' }
  await saveAssessment.run(cast.lea, { ...of, ...answers })
}
const log = (more: Record<string, string> = {}) =>
  logVisit.run(cast.lou, { assignment: support.assignment, day: today(), ...usualVisit, ...more })
const toAssess = async () =>
  (
    await cast.admin.query(
      `select to_char(due_on, 'YYYY-MM-DD') as due from case_task where case_id = $1 and kind = 'assess-again' and done_at is null`,
      [support.caseId],
    )
  ).rows.map((row) => row.due)
const soon = () => dueBeforeHolidays(today(), 3)

test('a danger brings the next look at the risk near, and a second one does not push it off', async () => {
  await assess()
  const [planned] = await toAssess()
  expect(planned > soon()).toBe(true)
  await log()
  await askHelp.run(cast.lou, { assignment: support.assignment })
  expect(await toAssess()).toEqual([planned])
  await log({ danger: 'yes' })
  expect(await toAssess()).toEqual([soon()])
  await cast.admin.query(`update case_task set due_on = $2 where case_id = $1 and done_at is null`, [
    support.caseId,
    today(),
  ])
  await log({ danger: 'yes' })
  expect(await toAssess()).toEqual([today()])
})

test('so does a danger that a correction adds; where nobody has assessed yet, that stays the next step', async () => {
  await log({ danger: 'yes' })
  expect(await toAssess()).toEqual([])
  await assess()
  const { id } = await log({ minutes: '30' })
  const typed = { id, day: today(), ...usualVisit, minutes: '30', reason: 'Ohumärge jäi puudu' }
  await correctVisit.run(cast.lou, { ...typed, danger: 'yes' })
  expect(await toAssess()).toEqual([soon()])
})

test('the story of the case and its chart tell of it, in no words of hers', async () => {
  await assess()
  const { concernId } = await log({ danger: 'yes' })
  await answerConcern.run(cast.lea, { id: concernId, answer: 'Käisime kohal.' })
  await closeConcern.run(cast.lea, { id: concernId })
  for (const who of [cast.lea, cast.mall, cast.kim]) {
    const { events } = await openTimeline.run(who, { id: support.caseId })
    const told = events.filter(({ kind }) => kind.startsWith('concern'))
    expect(told.map(({ kind, detail }) => [kind, detail])).toEqual([
      ['concern-closed', null],
      ['concern-answered', null],
      ['concern', 'danger'],
    ])
    expect(JSON.stringify(events)).not.toMatch(/kohal|perearst/)
    const { milestones } = await listAssessments.run(who, { id: support.caseId })
    expect(milestones).toContainEqual({ onDate: today(), kind: 'danger' })
  }
  for (const operation of [openTimeline, listAssessments])
    await expect(operation.run(cast.lou, { id: support.caseId })).rejects.toBeInstanceOf(Refused)
})

test('from the worry it is one step to the incident, for whoever writes in the case', async () => {
  const { concernId: id } = await log({ danger: 'yes' })
  const records = async (who = cast.lea) => (await openConcern.run(who, { id })).records
  expect([await records(), await records(cast.sirje), await records(cast.kim)]).toEqual([true, false, false])
  await cast.admin.query(`update case_file set status = 'closed' where id = $1`, [support.caseId])
  expect(await records()).toBe(false)
})

test('nobody moves a task by a worry of somebody else, or by one of yesterday', async () => {
  await assess()
  const before = await toAssess()
  const { concernId } = await log({ danger: 'yes' })
  await cast.admin.query(`update case_task set due_on = $2 where case_id = $1 and done_at is null`, [
    support.caseId,
    before[0],
  ])
  const attacker: Attacker = await openAttacker(cast, { concern: concernId ?? '' })
  for (const who of ['lou', 'sirje', 'lea', 'max', 'kim'] as const)
    expect(await attacker.attempt(who, `select danger_near(':concern', '2026-01-01')`)).toBe(1)
  await attacker.close()
  expect(await toAssess()).toEqual(before)
})

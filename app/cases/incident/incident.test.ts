// Does something that happened bring the next look at the risk near, for the network and for nobody else?
import fc from 'fast-check'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Attack, type Attacker, openAttacker, openWorld } from '../../../test/attack.ts'
import { referCase } from '../../../test/cases.ts'
import { type Cast, openCast } from '../../../test/cast.ts'
import { givenClosed } from '../../../test/closing.ts'
import { addWorkingDays } from '../../core/calendar/working-days.ts'
import { standAt, today } from '../../core/clock.server.ts'
import { asPerson } from '../../core/db.server.ts'
import { Conflict, Invalid, NotFound, Refused } from '../../core/errors.ts'
import { saveAssessment } from '../risk/assess.server.ts'
import { instrumentNow, listAssessments } from '../risk/assessments.server.ts'
import { openTimeline } from '../timeline.server.ts'
import { assessAgainBy } from './incident.ts'
import { openIncident, recordIncident } from './incidents.server.ts'

let cast: Cast
let attacker: Attacker
let id: string
beforeAll(async () => {
  cast = await openCast()
  const shut = await givenClosed(cast, today())
  attacker = await openAttacker(cast, { ...(await openWorld(cast)), shut })
})
afterAll(async () => {
  await attacker.close()
  await cast.close()
})
beforeEach(async () => {
  standAt(new Date('2026-11-23T09:00:00Z'))
  id = await referCase(cast.lea)
})
afterEach(() => standAt(null))

const happened = { kind: 'violence', on: '22.11.2026', police: 'yes', words: 'Näidis: lükkas uksel' }
const headOf = async () => (await openTimeline.run(cast.lea, { id })).head

async function assess(): Promise<void> {
  const { questions } = await asPerson('read', cast.lea.claim, (db) => instrumentNow(db))
  const answers = Object.fromEntries(questions.map((one) => [`answers.${one.id}`, 'no']))
  await saveAssessment.run(cast.lea, { id, madeOn: '20.11.2026', withVictim: 'yes', save: 'final', ...answers })
}

test('after an assessment it is half a year until the next; after an incident it is three working days, and the leads hear of it', async () => {
  await assess()
  expect((await headOf()).tasks).toMatchObject([{ kind: 'assess-again', dueOn: '2027-05-20' }])
  expect((await openIncident.run(cast.mall, { id })).dueOn).toBe('2026-11-26')
  await cast.admin.query('delete from mail_outbox')
  await recordIncident.run(cast.mall, { id, ...happened })
  const head = await headOf()
  expect(head.tasks).toMatchObject([{ kind: 'assess-again', dueOn: '2026-11-26' }])
  const { rows } = await cast.admin.query('select person_id, kind from mail_outbox')
  expect(rows).toContainEqual({ person_id: cast.lea.id, kind: 'new-task' })
  // A second one the day after moves nothing away from the first.
  standAt(new Date('2026-11-24T09:00:00Z'))
  await recordIncident.run(cast.mall, { id, ...happened, kind: 'moved', on: '24.11.2026' })
  expect((await headOf()).tasks).toMatchObject([{ kind: 'assess-again', dueOn: '2026-11-26' }])
})

test('where nobody has assessed yet, that stays the next step', async () => {
  await recordIncident.run(cast.lea, { id, ...happened })
  const { head, events } = await openTimeline.run(cast.lea, { id })
  expect([head.next.kind, head.tasks.filter((task) => task.kind === 'assess-again')]).toEqual(['assess', []])
  expect(events).toContainEqual(expect.objectContaining({ kind: 'incident', detail: 'violence', onDate: '2026-11-22' }))
})

test('the network reads the words, the coordinator sees neither words nor kind', async () => {
  await recordIncident.run(cast.lea, { id, ...happened })
  expect((await listAssessments.run(cast.mall, { id })).incidents).toMatchObject([
    { kind: 'violence', words: 'Näidis: lükkas uksel', by: expect.stringMatching(/^Lea/) },
  ])
  expect((await listAssessments.run(cast.kim, { id })).incidents).toEqual([])
  const { rows } = await cast.admin.query('select words_sealed::text as words from case_incident where case_id = $1', [
    id,
  ])
  expect(rows[0].words).not.toContain(Buffer.from('Näidis').toString('hex'))
})

test('tomorrow has not happened; other networks, volunteers and the coordinator write nothing; a closed case is read', async () => {
  await expect(recordIncident.run(cast.lea, { id, ...happened, on: '24.11.2026' })).rejects.toBeInstanceOf(Invalid)
  await expect(recordIncident.run(cast.lea, { id, ...happened, kind: 'weather' })).rejects.toBeInstanceOf(Invalid)
  await expect(recordIncident.run(cast.max, { id, ...happened })).rejects.toBeInstanceOf(NotFound)
  for (const who of [cast.kim, cast.lou, cast.aino])
    await expect(recordIncident.run(who, { id, ...happened })).rejects.toBeInstanceOf(Refused)
  const shut = await givenClosed(cast, '2026-11-23')
  await expect(recordIncident.run(cast.lea, { ...happened, id: shut })).rejects.toBeInstanceOf(Conflict)
})

const row = (of: string, who: string, more = 'current_date') =>
  `insert into case_incident (network_id, case_id, kind, on_date, police, recorded_by) values (':ida', ':${of}', 'threat', ${more}, 'no', ':${who}')`

describe('with a statement of one’s own', () => {
  test('what is meant to work does', async () => {
    expect(await attacker.attempt('mall', row('caseA', 'mall'))).toBe(1)
  })

  const forged: Attack[] = [
    ['in the name of Lea', 'mall', row('caseA', 'lea')],
    ['from another network', 'max', row('caseA', 'max')],
    ['by the coordinator', 'kim', row('caseA', 'kim')],
    ['by the volunteer who helps', 'lou', row('caseA', 'lou')],
    ['of tomorrow', 'lea', row('caseA', 'lea', 'current_date + 2')],
    ['in a closed case', 'lea', row('shut', 'lea')],
    ['a word changed afterwards', 'lea', `update case_incident set kind = 'other'`],
    ['a word taken away', 'lea', 'delete from case_incident'],
  ]
  test.each(forged)('nothing is written %s', async (_, who, statement, login) => {
    expect([0, '42501', '23514']).toContain(await attacker.attempt(who, statement, login))
  })
})

test('2,000 days: the next look is never later than planned, nor later than the working days allow', () => {
  const day = fc.integer({ min: 0, max: 2000 }).map((n) => new Date(1.7e12 + n * 864e5).toISOString().slice(0, 10))
  fc.assert(
    fc.property(day, fc.integer({ min: 1, max: 20 }), fc.option(day), (today, days, planned) => {
      const due = assessAgainBy(today, days, planned)
      return due <= addWorkingDays(today, days) && (planned === null || due <= planned)
    }),
    { numRuns: 2000 },
  )
})

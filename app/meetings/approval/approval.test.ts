// Does somebody else approve the plan of a case, as it stands and not otherwise, and does whoever has to know hear of it?
import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { referCase } from '../../../test/cases.ts'
import { type Cast, openCast } from '../../../test/cast.ts'
import { givenBare, notOffered } from '../../../test/closing.ts'
import { closeCase, openClosing } from '../../cases/closing/closing.server.ts'
import { openTimeline } from '../../cases/timeline.server.ts'
import { addDays } from '../../core/calendar/working-days.ts'
import { today } from '../../core/clock.server.ts'
import { asPerson } from '../../core/db.server.ts'
import { Conflict, Invalid, NotFound, Refused } from '../../core/errors.ts'
import type { Person } from '../../core/user.ts'
import { callMeeting } from '../calendar/calendar.server.ts'
import { inviteToMeeting } from '../calendar/change.server.ts'
import { handAction } from '../plan/hand.server.ts'
import { answerRisk } from '../plan/matrix.server.ts'
import { addAction, endAction, openPlan } from '../plan/plan.server.ts'
import { answerPlan, askForPlan, openAnswerPlan, plansWaiting } from './approval.server.ts'

vi.setConfig({ testTimeout: 120_000 })
let cast: Cast
let id: string
beforeAll(async () => {
  cast = await openCast()
  await cast.admin.query(`update person_role set agency = 'politsei' where person_id = $1`, [cast.mall.id])
})
afterAll(() => cast.close())
beforeEach(async () => {
  await cast.admin.query(
    `delete from mail_outbox; delete from plan_approval; delete from setting where name = 'planSelfApproval'`,
  )
  await cast.admin.query('delete from meeting')
  id = await referCase(cast.lea)
})

const people = [
  ['child', '1'],
  ['child', '2'],
  ['perpetrator', '1'],
] as const
const answerAll = async () => {
  for (const [kind, nth] of people)
    await answerRisk.run(cast.lea, { id, kind, nth, way: 'accepted', accepted: 'Näidis: on kaitstud' })
}
const task = (more: Record<string, string> = {}) => ({
  ...{ id, owner: cast.mall.id, dueOn: addDays(today(), 7), what: 'Näidis-töö', result: 'Näidis-tulemus' },
  contact: 'none',
  ...more,
})
const onAgenda = () => cast.admin.query('update case_file set invited_at = now() where id = $1', [id])
async function chairedBy(person: Person) {
  const called = { network: cast.networks.ida, mode: 'sitting', onDate: addDays(today(), 20), chair: person.id }
  await inviteToMeeting.run(cast.lea, await callMeeting.run(cast.lea, called))
  // Whoever chairs sees what was on an agenda.
  await onAgenda()
}
const standing = async (who = cast.lea) => (await openAnswerPlan.run(who, { id })).standing
const state = async () => (await standing()).state
const answer = async (who: Person, given: 'approved' | 'returned' = 'approved', words = '') =>
  answerPlan.run(who, { id, plan: (await standing()).plan, answer: given, words })
const waits = async (who: Person) =>
  (await asPerson('read', who.claim, (db) => plansWaiting(db, who))).map(({ caseId, kind }) => [caseId, kind])
const told = async () => (await openTimeline.run(cast.lea, { id })).events.map(({ kind, detail }) => [kind, detail])
const letters = async () => {
  const { rows } = await cast.admin.query('select person_id, kind, link_sealed from mail_outbox')
  return rows.map(({ person_id, kind, link_sealed }) => [person_id, kind, link_sealed])
}

test('a plan without gaps is asked about by the lead and approved by the chair, who is told; by herself she cannot', async () => {
  await chairedBy(cast.mall)
  await cast.admin.query('delete from mail_outbox')
  await expect(askForPlan.run(cast.lea, { id })).rejects.toMatchObject({ said: { key: 'meetings.approval.gaps' } })
  await answerAll()
  expect(await state()).toBe('none')
  await askForPlan.run(cast.lea, { id })
  expect(await letters()).toEqual([[cast.mall.id, 'new-task', null]])
  expect([await waits(cast.mall), await waits(cast.lea), await waits(cast.max)]).toEqual([[[id, 'answer']], [], []])
  await expect(askForPlan.run(cast.mall, { id })).rejects.toMatchObject({ said: { key: 'meetings.approval.waits' } })
  await expect(answer(cast.lea)).rejects.toMatchObject({ said: { key: 'meetings.approval.notYours' } })
  await answer(cast.mall)
  expect([await state(), await waits(cast.mall), (await letters()).length]).toEqual(['approved', [], 2])
  expect((await openPlan.run(cast.lea, { id })).approval).toMatchObject({ answeredBy: cast.mall.id, mine: false })
  expect((await told()).slice(0, 2)).toEqual([
    ['plan-approved', null],
    ['plan-asked', null],
  ])
  await expect(askForPlan.run(cast.lea, { id })).rejects.toMatchObject({ said: { key: 'meetings.approval.already' } })
})

test('what is agreed afterwards is not approved yet; that something was done changes nothing', async () => {
  await chairedBy(cast.mall)
  const { action } = await addAction.run(cast.lea, task())
  await answerAll()
  const approve = async () => {
    await askForPlan.run(cast.lea, { id })
    await answer(cast.mall)
    expect(await state()).toBe('approved')
  }
  await approve()
  await addAction.run(cast.lea, task({ what: 'Näidis: veel üks' }))
  expect(await state()).toBe('changed')
  await approve()
  await handAction.run(cast.lea, { id, action, owner: cast.lea.id })
  expect(await state()).toBe('changed')
  await approve()
  const seen = (await openPlan.run(cast.lea, { id })).matrix?.find(({ kind }) => kind === 'perpetrator')?.answer
  const anew = { id, kind: 'perpetrator', nth: '1', way: 'accepted', accepted: 'Näidis: vahi all', seen }
  await answerRisk.run(cast.lea, anew)
  expect(await state()).toBe('changed')
  await approve()
  await endAction.run(cast.lea, { id, action, end: 'done', outcome: 'Näidis' })
  expect(await state()).toBe('approved')
})

test('it comes back with words, to whoever asked and on her first page, and is asked about anew', async () => {
  await chairedBy(cast.mall)
  await answerAll()
  await askForPlan.run(cast.lea, { id })
  await expect(answer(cast.mall, 'returned')).rejects.toBeInstanceOf(Invalid)
  await answer(cast.mall, 'returned', 'Näidis: kes toob lapsed koolist?')
  expect([await state(), await waits(cast.lea)]).toEqual(['returned', [[id, 'returned']]])
  expect((await openPlan.run(cast.mall, { id })).approval?.words).toBe('Näidis: kes toob lapsed koolist?')
  const { rows } = await cast.admin.query('select t::text as line from plan_approval t where case_id = $1', [id])
  expect(rows[0]?.line).not.toContain('koolist')
  await askForPlan.run(cast.lea, { id })
  expect([await waits(cast.lea), await waits(cast.mall)]).toEqual([[], [[id, 'answer']]])
})

test('nobody approves what they have not read: the plan as it was goes with the answer, and the words stay', async () => {
  await chairedBy(cast.mall)
  await answerAll()
  await askForPlan.run(cast.lea, { id })
  const { plan } = await standing(cast.mall)
  await addAction.run(cast.lea, task())
  const late = { id, plan, answer: 'approved', words: 'Näidis' }
  await expect(answerPlan.run(cast.mall, late)).rejects.toMatchObject({ said: { key: 'meetings.approval.overtaken' } })
  await expect(answerPlan.run(cast.mall, { ...late, plan: undefined })).rejects.toBeInstanceOf(Conflict)
  await answer(cast.mall)
  expect(await state()).toBe('approved')
})

test('where the chair or a member asks, the lead answers; who asked only where a setting allows it, and then it is said', async () => {
  await chairedBy(cast.mall)
  await answerAll()
  await askForPlan.run(cast.mall, { id })
  await expect(answer(cast.mall)).rejects.toBeInstanceOf(Conflict)
  await answer(cast.lea)
  await cast.admin.query('update meeting set chair_id = null')
  await addAction.run(cast.lea, task())
  await askForPlan.run(cast.lea, { id })
  // Nobody chairs, and a member is neither.
  for (const who of [cast.lea, cast.mall]) await expect(answer(who)).rejects.toBeInstanceOf(Conflict)
  await cast.admin.query(
    `insert into setting (name, valid_from, value, note) values ('planSelfApproval', '2020-01-01', '"yes"', 'Näidis-otsus')`,
  )
  expect(await waits(cast.lea)).toEqual([[id, 'answer']])
  await answer(cast.lea)
  expect((await told())[0]).toEqual(['plan-approved', 'self'])
})

test('a case whose plan nobody approved can be closed, and that is said before', async () => {
  id = await givenBare(cast, today())
  expect((await openClosing.run(cast.lea, { id })).unapproved).toBe(false)
  const { action } = await addAction.run(cast.lea, task())
  expect((await openClosing.run(cast.lea, { id })).unapproved).toBe(true)
  await endAction.run(cast.mall, { id, action, end: 'done', outcome: 'Näidis' })
  await closeCase.run(cast.lea, { id, reason: 'goal_reached', outcome: 'safer', words: 'Näidis', notOffered })
  await expect(askForPlan.run(cast.lea, { id })).rejects.toBeInstanceOf(Conflict)
  await expect(answer(cast.lea)).rejects.toBeInstanceOf(Conflict)
})

test('Max cannot, and others may not try', async () => {
  await answerAll()
  await askForPlan.run(cast.lea, { id })
  const input = { id, plan: 'x', answer: 'approved' }
  for (const operation of [askForPlan, openAnswerPlan, answerPlan]) {
    await expect(operation.run(cast.max, input)).rejects.toBeInstanceOf(NotFound)
    for (const who of [cast.lou, cast.kim, cast.sirje, cast.aino])
      await expect(operation.run(who, input)).rejects.toBeInstanceOf(Refused)
  }
})

const deeds = ['ask', 'approve', 'return', 'self', 'add', 'gap'] as const

test('6 walks of ten steps through the operations: the database never holds an approval of what nobody else read', async () => {
  await chairedBy(cast.mall)
  await fc.assert(
    fc.asyncProperty(fc.array(fc.constantFrom(...deeds), { minLength: 10, maxLength: 10 }), async (walk) => {
      id = await referCase(cast.lea)
      await onAgenda()
      await answerAll()
      let approved: string | null = null
      for (const deed of walk) {
        const before = await standing()
        const did: Record<(typeof deeds)[number], () => Promise<unknown>> = {
          ask: () => askForPlan.run(cast.lea, { id }),
          approve: () => answer(cast.mall),
          return: () => answer(cast.mall, 'returned', 'Näidis'),
          self: () => answer(cast.lea),
          add: () => addAction.run(cast.lea, task()),
          gap: () => cast.admin.query('update case_file set child_count = child_count + 1 where id = $1', [id]),
        }
        const ended = await did[deed]().then(
          () => true,
          (error: unknown) => {
            if (error instanceof Conflict) return false
            throw error
          },
        )
        if (deed === 'self') expect(ended).toBe(false)
        if (deed === 'approve' && ended) approved = before.plan
        const now = await standing()
        expect(now.state === 'approved').toBe(now.answer === 'approved' && approved === now.plan)
        if (deed === 'ask' && ended) expect((await openPlan.run(cast.lea, { id })).gaps).toEqual([])
      }
    }),
    { numRuns: 6 },
  )
})

test('of a plan in a case that was on no agenda yet whoever chairs neither hears nor answers; the lead does', async () => {
  await chairedBy(cast.mall)
  await answerAll()
  await cast.admin.query('update case_file set invited_at = null where id = $1', [id])
  await cast.admin.query('delete from mail_outbox')
  await askForPlan.run(cast.lea, { id })
  expect([await letters(), await waits(cast.mall)]).toEqual([[], []])
  await expect(openAnswerPlan.run(cast.mall, { id })).rejects.toBeInstanceOf(NotFound)
})

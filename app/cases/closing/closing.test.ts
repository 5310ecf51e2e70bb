// Is a case closed only when nothing is left open, is it then only read, and does it begin anew as it should?
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { referCase } from '../../../test/cases.ts'
import { type Cast, openCast } from '../../../test/cast.ts'
import { ending, givenAssessment, givenBare, givenClosed, givenDone, notOffered } from '../../../test/closing.ts'
import { givenSupport } from '../../../test/support.ts'
import { addDays } from '../../core/calendar/working-days.ts'
import { standAt, today } from '../../core/clock.server.ts'
import { asPerson } from '../../core/db.server.ts'
import { Conflict, NotFound, Refused } from '../../core/errors.ts'
import { endAssignment } from '../../matching/assignment/steer.server.ts'
import { withdrawConsent } from '../basis/basis.server.ts'
import { openCase } from '../case-file.server.ts'
import { correctPerson } from '../identity/correct.server.ts'
import { addPlace, saveBrief } from '../identity/places.server.ts'
import { offerSupport } from '../need/needs.server.ts'
import { openNotOffered } from '../need/not-offered.server.ts'
import { openSupport } from '../need/support.server.ts'
import { openTasks, tellChildProtection } from '../tasks.server.ts'
import { openTimeline } from '../timeline.server.ts'
import { closeCase, gapsOf, openClosing, reopenCase } from './closing.server.ts'
import { liftFlags, listFlags, openFlags } from './flags.server.ts'
import { openFollowUp, saveFollowUp } from './follow-up.server.ts'

let cast: Cast
beforeAll(async () => {
  cast = await openCast()
})
afterAll(() => cast.close())
// The process is set to noon of the day that the database counts by.
beforeEach(async () => {
  const { rows } = await cast.admin.query<{ now: string }>(
    `select (now() at time zone 'Europe/Tallinn')::date::text as now`,
  )
  standAt(new Date(`${rows[0]?.now}T12:00:00Z`))
})
afterEach(() => standAt(null))

const gaps = async (id: string) =>
  (await asPerson('read', cast.lea.claim, (db) => gapsOf(db, id))).map(({ kind }) => kind).toSorted()
const daysAgo = (days: number) => addDays(today(), -days)
const closed = async (id: string) => (await openCase.run(cast.lea, { id })).head.status

test('each thing left open stands in the way under its own name, and nothing is closed over it', async () => {
  const { caseId: id, assignment } = await givenSupport(cast, '2026-05-01', {
    changes: {
      children: {
        childCount: '1',
        birthYears: '2016',
        told: 'no',
        toldOn: '',
        toldWhom: '',
        notToldWhy: 'Pere saab abi.',
      },
    },
  })
  expect(await gaps(id)).toEqual(['risk-none', 'support', 'task-tell-child-protection'])
  await givenAssessment(cast, id, daysAgo(31))
  expect(await gaps(id)).toEqual(['risk-old', 'support', 'task-tell-child-protection'])
  await expect(closeCase.run(cast.lea, { id, ...ending })).rejects.toBeInstanceOf(Conflict)
  await givenAssessment(cast, id, daysAgo(30))
  await endAssignment.run(cast.lea, { id: assignment, reason: 'case_closed' })
  await tellChildProtection.run(cast.lea, { id, on: today(), whom: 'Näidislinn' })
  expect(await gaps(id)).toEqual([])
  await closeCase.run(cast.lea, { id, ...ending })
  expect(await closed(id)).toBe('closed')
})

test('the risk is not asked of somebody who has died, nor where nothing carries the case', async () => {
  const [died, said] = [await referCase(cast.lea), await referCase(cast.lea)]
  const other = { id: died, ...ending, reason: 'other', notOffered }
  await expect(closeCase.run(cast.lea, other)).rejects.toBeInstanceOf(Conflict)
  await closeCase.run(cast.lea, { id: died, ...ending, reason: 'died' })
  await withdrawConsent.run(cast.lea, { id: said, on: today(), way: 'spoken', goesOn: 'ends' })
  expect(await gaps(said)).toEqual(['task-tell-recipients'])
  const { closings, followUps } = await openClosing.run(cast.lea, { id: died })
  expect([closings[0]?.level, followUps]).toEqual([null, []])
  expect((await openCase.run(cast.lea, { id: died })).head.tasks).toEqual([])
})

test('nobody was offered to her: the closing asks why not at its own field, and keeps the reason; an offer answers it too', async () => {
  const [said, offered] = [await givenBare(cast, today()), await givenBare(cast, today())]
  expect(await gaps(said)).toEqual(['offer'])
  await expect(closeCase.run(cast.lea, { id: said, ...ending, notOffered: ' ' })).rejects.toMatchObject({
    fields: { notOffered: { key: 'cases.closing.offerMissing' } },
  })
  // What stands in the way for another reason keeps the words unsaved.
  await cast.admin.query(`update assessment set made_on = made_on - 40 where case_id = $1`, [said])
  await expect(closeCase.run(cast.lea, { id: said, ...ending, notOffered })).rejects.toBeInstanceOf(Conflict)
  expect((await openNotOffered.run(cast.lea, { id: said })).before).toBeNull()
  await cast.admin.query(`update assessment set made_on = made_on + 40 where case_id = $1`, [said])
  await closeCase.run(cast.lea, { id: said, ...ending, notOffered })
  expect((await openSupport.run(cast.lea, { id: said })).notOffered?.why).toBe(notOffered)
  const kinds = (await openTimeline.run(cast.lea, { id: said })).events.map((event) => event.kind)
  expect(kinds.slice(0, 2).toSorted()).toEqual(['case-closed', 'not-offered'])
  const no = { offeredOn: today(), answer: 'declined', declineReason: 'not_now' }
  await offerSupport.run(cast.lea, { id: offered, ...no })
  await closeCase.run(cast.lea, { id: offered, ...ending })
  expect([await closed(said), await closed(offered)]).toEqual(['closed', 'closed'])
})

test('a closed case is read and no longer written, and the other agencies no longer see it', async () => {
  const id = await givenClosed(cast, today())
  const person = (await openCase.run(cast.lea, { id })).people[0]?.id
  await expect(openCase.run(cast.mall, { id })).rejects.toBeInstanceOf(NotFound)
  const offer = {
    id,
    offeredOn: today(),
    answer: 'accepted',
    language: 'ru',
    wantedSex: 'F',
    fromOn: today(),
    months: '8',
  }
  const right = { id, person, givenName: 'Marju', familyName: 'Näidis-Kivi', birthYear: '1986', why: 'Viga.' }
  const writes = [
    () => offerSupport.run(cast.lea, offer),
    () => addPlace.run(cast.lea, { id, kind: 'address', value: 'Näidise 2' }),
    () => saveBrief.run(cast.lea, { id, givenName: 'X' }),
    () => tellChildProtection.run(cast.lea, { id, on: today(), whom: 'x' }),
    () => correctPerson.run(cast.lea, right),
    () => closeCase.run(cast.lea, { id, ...ending }),
  ]
  for (const write of writes) await expect(write()).rejects.toBeInstanceOf(Conflict)
  const { closings, head } = await openClosing.run(cast.lea, { id })
  expect(closings).toMatchObject([
    { ...ending, level: 'standard', closedBy: cast.lea.name, closedOn: today(), reopenedAt: null },
  ])
  expect(head.tasks.map((task) => task.kind)).toEqual(['follow-up', 'follow-up', 'follow-up'])
  expect((await openClosing.run(cast.kim, { id })).closings).toMatchObject([{ reason: 'goal_reached', words: null }])
})

test('a wish can still be taken back from a closed case', async () => {
  const id = await givenClosed(cast, today())
  await withdrawConsent.run(cast.lea, { id, on: today(), way: 'spoken', goesOn: 'ends' })
  expect((await openCase.run(cast.lea, { id })).head).toMatchObject({
    legalBasis: 'none',
    next: { kind: 'tell-recipients' },
  })
})

test('months later the lead is asked to look again; what she hears may say that the case should begin anew', async () => {
  const id = await givenClosed(cast, today())
  await cast.admin.query(
    `update case_task set due_on = (now() at time zone 'Europe/Tallinn')::date + 10 where case_id = $1 and due_on = (select min(due_on) from case_task where case_id = $1)`,
    [id],
  )
  const waiting = (await asPerson('read', cast.lea.claim, (db) => openTasks(db))).filter((task) => task.caseId === id)
  expect(waiting).toMatchObject([{ kind: 'follow-up' }])
  const task = waiting[0]?.id
  expect((await openFollowUp.run(cast.lea, { id, task })).task.id).toBe(task)
  const heard = { id, task, on: today(), state: 'worse', incidents: 'some', risk: 'higher', note: 'Näidis' }
  expect(await saveFollowUp.run(cast.lea, heard)).toMatchObject({ reopen: true })
  await expect(saveFollowUp.run(cast.lea, heard)).rejects.toBeInstanceOf(Conflict)
  await reopenCase.run(cast.lea, { id, why: 'Toimepanija ootas ukse taga.' })
  const { head, closings, followUps } = await openClosing.run(cast.lea, { id })
  expect(head).toMatchObject({ status: 'open', tasks: [{ kind: 'assess-again', dueOn: today() }] })
  expect(closings).toMatchObject([{ reopenedBy: cast.lea.name, reopenedWhy: 'Toimepanija ootas ukse taga.' }])
  expect(followUps).toMatchObject([{ state: 'worse', note: 'Näidis' }])
  expect((await openCase.run(cast.mall, { id })).head.status).toBe('open')
  const kinds = (await openTimeline.run(cast.lea, { id })).events.map((event) => event.kind)
  expect(kinds).toEqual(expect.arrayContaining(['case-closed', 'follow-up', 'case-reopened']))
  await expect(reopenCase.run(cast.lea, { id, why: 'x' })).rejects.toBeInstanceOf(Conflict)
  await closeCase.run(cast.lea, { id, ...ending })
  expect((await openClosing.run(cast.lea, { id })).closings).toHaveLength(2)
})

test('flags whose months have passed are lifted by list, all that were chosen or none', async () => {
  const [first, second, fresh] = [
    await givenClosed(cast, today()),
    await givenClosed(cast, today()),
    await givenClosed(cast, today()),
  ]
  await cast.admin.query('update case_closing set closed_on = closed_on - 400 where case_id = any($1)', [
    [first, second],
  ])
  const listed = (await listFlags.run(cast.lea, {})).flags.map((flag) => flag.id)
  expect(listed).toEqual(expect.arrayContaining([first, second]))
  expect(listed).not.toContain(fresh)
  expect((await openFlags.run(cast.lea, { case: first })).flags).toMatchObject([{ id: first }])
  await expect(liftFlags.run(cast.lea, { case: [first, fresh] })).rejects.toBeInstanceOf(Conflict)
  await expect(liftFlags.run(cast.lea, {})).rejects.toMatchObject({ status: 422 })
  await liftFlags.run(cast.lea, { case: [first, second] })
  expect((await listFlags.run(cast.lea, {})).flags.map((flag) => flag.id)).not.toEqual(expect.arrayContaining([first]))
  expect((await openClosing.run(cast.lea, { id: first })).closings[0]?.flagLiftedOn).toBe(today())
})

test('Max cannot, a member cannot, and the coordinator closes nothing', async () => {
  const [open, done] = [await givenDone(cast, today()), await givenClosed(cast, today())]
  const task = (await openCase.run(cast.lea, { id: done })).head.tasks[0]?.id
  await cast.admin.query('update case_closing set closed_on = closed_on - 400 where case_id = $1', [done])
  await expect(openClosing.run(cast.max, { id: open })).rejects.toBeInstanceOf(NotFound)
  await expect(closeCase.run(cast.max, { id: open, ...ending })).rejects.toBeInstanceOf(NotFound)
  await expect(reopenCase.run(cast.max, { id: done, why: 'x' })).rejects.toBeInstanceOf(NotFound)
  await expect(openFollowUp.run(cast.max, { id: done, task })).rejects.toBeInstanceOf(NotFound)
  const heard = { id: done, task, on: today(), state: 'same', incidents: 'none', risk: 'same' }
  await expect(saveFollowUp.run(cast.max, heard)).rejects.toBeInstanceOf(NotFound)
  expect((await listFlags.run(cast.max, {})).flags).toEqual([])
  expect((await openFlags.run(cast.max, { case: done })).flags).toEqual([])
  await expect(liftFlags.run(cast.max, { case: done })).rejects.toBeInstanceOf(Conflict)
  for (const who of ['mall', 'kim', 'aino'] as const)
    await expect(closeCase.run(cast[who], { id: open, ...ending })).rejects.toBeInstanceOf(Refused)
  const { assignment } = await givenSupport(cast, '2026-05-01')
  await expect(endAssignment.run(cast.max, { id: assignment, reason: 'case_closed' })).rejects.toBeInstanceOf(NotFound)
})

// Does everybody see the cases that are theirs to see, and does what waits come to the right person in time?
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { referCase } from '../../test/cases.ts'
import { type Cast, type CastName, openCast } from '../../test/cast.ts'
import { standAt } from '../core/clock.server.ts'
import { asPerson } from '../core/db.server.ts'
import { Conflict, NotFound, Refused } from '../core/errors.ts'
import { listAssignments } from '../matching/assignment/assignments.server.ts'
import { openBoard } from '../matching/board/board.server.ts'
import { listLinks } from '../matching/links/links.server.ts'
import { openCase } from './case-file.server.ts'
import { listCases } from './cases.server.ts'
import { listFlags } from './closing/flags.server.ts'
import { insertImportedCase } from './imported.server.ts'
import { listAssessments } from './risk/assessments.server.ts'
import { finishTask, openChildren, openTasks, remindOfTasks, tellChildProtection } from './tasks.server.ts'
import { openTimeline } from './timeline.server.ts'
import { listTransfers } from './transfer/transfers.server.ts'
import { openViews } from './views/views.server.ts'

let cast: Cast
let ida: string
let harju: string
beforeAll(async () => {
  cast = await openCast()
  ida = await referCase(cast.lea, { children: { told: 'no', toldOn: '', toldWhom: '', notToldWhy: 'Näidis-põhjus' } })
  harju = await referCase(cast.max)
})
afterAll(() => cast.close())
beforeEach(() => standAt(new Date('2026-11-23T09:00:00Z')))
afterEach(() => standAt(null))

const letters = async (person: string) =>
  (await cast.admin.query(`select kind from mail_outbox where person_id = $1 and kind = 'reminder'`, [person])).rowCount

test('the log can prove which cases a list showed: the same list has the same digest, one case more or less another', async () => {
  const last = async (action: string) => {
    const { rows } = await cast.admin.query(
      `select object_id, case_id, hits from audit_event where action = $1 order by seq desc limit 1`,
      [action],
    )
    return rows[0]
  }
  const listed = async (who: CastName) => {
    await listCases.run(cast[who], {})
    return last('case.list')
  }
  const digest = async (ids: string[]) => {
    const { rows } = await cast.admin.query(
      `select encode(sha256(string_agg(c::text, ',' order by c::text collate "C")::bytea), 'hex') as it from unnest($1::uuid[]) c`,
      [ids],
    )
    return rows[0].it
  }
  expect(await listed('lea')).toEqual({ object_id: await digest([ida]), case_id: null, hits: 1 })
  expect((await listed('mall')).object_id).toBe(await digest([ida]))
  expect((await listed('max')).object_id).toBe(await digest([harju]))
  for (const ids of [
    [ida, harju],
    [harju, ida],
  ])
    expect((await listed('kim')).object_id).toBe(await digest(ids))
  const others = { 'transfer.list': listTransfers, 'assignment.list': listAssignments, 'matching.open': openBoard }
  for (const [action, operation] of Object.entries({ ...others, 'matching.link.list': listLinks })) {
    await operation.run(cast.kim, {})
    expect([action, (await last(action)).object_id]).toEqual([action, expect.stringMatching(/^[0-9a-f]{64}$/)])
  }
  await listFlags.run(cast.lea, {})
  expect((await last('case.flag.list')).object_id).toMatch(/^[0-9a-f]{64}$/)
  expect((await cast.admin.query('select * from audit_first_broken()')).rows).toEqual([])
})

test('a network sees its own cases, the coordinator and the auditor all of them, nobody else any', async () => {
  const seen = async (who: typeof cast.lea) => (await listCases.run(who, {})).rows.map((row) => row.id).sort()
  expect(await seen(cast.lea)).toEqual([ida])
  expect(await seen(cast.mall)).toEqual([ida])
  expect(await seen(cast.max)).toEqual([harju])
  expect(await seen(cast.kim)).toEqual([ida, harju].sort())
  expect(await seen(cast.aino)).toEqual([ida, harju].sort())
  for (const who of [cast.lou, cast.sirje, cast.peep, cast.tiia, cast.jaan, cast.ott])
    await expect(listCases.run(who, {})).rejects.toBeInstanceOf(Refused)
})

test('the list is narrowed by county, need, risk and number, and a filter that means nothing is no filter', async () => {
  const found = async (filter: object) => (await listCases.run(cast.kim, filter)).rows.map((row) => row.id)
  expect(await found({ county: '0037' })).toEqual([harju])
  expect(await found({ need: 'none', county: '0045' })).toEqual([ida])
  expect(await found({ need: 'open' })).toEqual([])
  expect(await found({ risk: 'none', number: 'm-2026' })).toHaveLength(2)
  expect(await found({ risk: 'high' })).toEqual([])
  expect(await found({ status: 'closed' })).toEqual([])
  expect(await found({ county: "'; drop", risk: 'x', page: 'y' })).toHaveLength(2)
})

test('every look at a case is in its log, and the auditor reads who looked', async () => {
  await openCase.run(cast.kim, { id: ida })
  const { events } = await openViews.run(cast.aino, { id: ida })
  expect(events).toContainEqual(expect.objectContaining({ action: 'case.open', actor: cast.kim.name }))
  expect((await openViews.run(cast.mall, { id: ida })).events.length).toBeGreaterThan(0)
})

test('the timeline tells what happened from the records, newest first', async () => {
  const { events } = await openTimeline.run(cast.mall, { id: ida })
  expect(events.map((event) => event.kind)).toEqual(expect.arrayContaining(['referred', 'place', 'brief', 'task']))
  expect(events.find((event) => event.kind === 'referred')).toMatchObject({
    detail: 'police',
    onDate: '2026-11-02',
    who: cast.lea.name,
  })
  const times = events.map((event) => event.at.getTime())
  expect(times).toEqual(times.toSorted((a, b) => b - a))
})

test('Max cannot open anything of a case of Lea; Lou may not try', async () => {
  const input = { id: ida, task: ida, on: '20.11.2026', whom: 'x' }
  for (const operation of [openCase, openTimeline, openViews, openChildren, tellChildProtection, finishTask]) {
    await expect(operation.run(cast.max, input)).rejects.toBeInstanceOf(NotFound)
    await expect(operation.run(cast.lou, input)).rejects.toBeInstanceOf(Refused)
  }
})

test('the lead is reminded on the day, the coordinator the day after, and each of them once', async () => {
  await cast.admin.query(
    `insert into case_task (network_id, case_id, kind, due_on) values ($1, $2, 'tell-victim-support', '2026-11-24')`,
    [cast.networks.ida, ida],
  )
  await cast.admin.query(`delete from case_task where kind = 'tell-child-protection'`)
  expect(await remindOfTasks(cast.sys)).toBe(0)
  standAt(new Date('2026-11-24T09:00:00Z'))
  await remindOfTasks(cast.sys)
  await remindOfTasks(cast.sys)
  expect([await letters(cast.lea.id), await letters(cast.kim.id), await letters(cast.max.id)]).toEqual([1, 0, 0])
  standAt(new Date('2026-11-25T09:00:00Z'))
  await remindOfTasks(cast.sys)
  await remindOfTasks(cast.sys)
  expect([await letters(cast.lea.id), await letters(cast.kim.id)]).toEqual([1, 1])
})

test('a task is done once, and then it no longer waits', async () => {
  const waiting = await asPerson('read', cast.lea.claim, (db) => openTasks(db))
  const [task] = waiting
  expect(task).toMatchObject({ caseId: ida, kind: 'tell-victim-support', dueOn: '2026-11-24' })
  await finishTask.run(cast.lea, { id: ida, task: task?.id })
  await expect(finishTask.run(cast.lea, { id: ida, task: task?.id })).rejects.toBeInstanceOf(Conflict)
  expect(await asPerson('read', cast.lea.claim, (db) => openTasks(db))).toEqual([])
})

test('when child protection has been told, the task is done and the case says whom and when', async () => {
  await cast.admin.query(
    `insert into case_task (network_id, case_id, kind, due_on) values ($1, $2, 'tell-child-protection', '2026-11-24')`,
    [cast.networks.ida, ida],
  )
  expect((await openChildren.run(cast.mall, { id: ida })).head.next.kind).toBe('tell-child-protection')
  const future = tellChildProtection.run(cast.mall, { id: ida, on: '24.11.2026', whom: 'Näidis' })
  await expect(future).rejects.toMatchObject({ status: 422 })
  await tellChildProtection.run(cast.mall, { id: ida, on: '23.11.2026', whom: 'Näidislinna lastekaitse' })
  const { head, facts, words } = await openCase.run(cast.lea, { id: ida })
  expect([head.tasks, facts.childrenToldOn, words?.toldWhom]).toEqual([[], '2026-11-23', 'Näidislinna lastekaitse'])
})

const old = {
  number: 'M-2025-900',
  countyCode: '0045',
  municipalityCode: null,
  language: 'et',
  childCount: 1,
  referredOn: '2025-05-05',
}

test('an imported case has a number, a key and a summary of its risk by ground, and comes in once', async () => {
  const bring = (ground: 'repeat' | 'count' | null, number = old.number, score: number | null = 9) =>
    asPerson('write', cast.kim.claim, (db) =>
      insertImportedCase(db, cast.kim, { ...old, number, networkId: cast.networks.ida, score, ground }),
    )
  const first = await bring('repeat')
  expect(await bring('repeat')).toEqual({ ...first, made: false })
  expect((await listAssessments.run(cast.lea, { id: first.caseId })).assessments).toMatchObject([
    { state: 'imported', yesCount: 9, byRepeat: true, byCount: false, level: 'high' },
  ])
  const low = await bring(null, 'M-2025-901', 11)
  expect((await openCase.run(cast.kim, { id: low.caseId })).head.level).toBe('medium')
  const none = await bring(null, 'M-2025-902', null)
  expect((await openCase.run(cast.lea, { id: none.caseId })).head).toMatchObject({
    level: null,
    next: { kind: 'assess' },
  })
  const keys = await cast.admin.query(`select 1 from sealed_key where owner_id = any($1)`, [
    [first.caseId, low.caseId, none.caseId],
  ])
  expect(keys.rowCount).toBe(3)
})

test('only the coordinator brings cases in', async () => {
  const by = (who: typeof cast.max) =>
    asPerson('write', who.claim, (db) =>
      insertImportedCase(db, who, {
        ...old,
        number: 'M-2025-950',
        networkId: cast.networks.ida,
        score: null,
        ground: null,
      }),
    )
  await expect(by(cast.max)).rejects.toBeInstanceOf(NotFound)
  await expect(by(cast.lou)).rejects.toBeInstanceOf(NotFound)
})

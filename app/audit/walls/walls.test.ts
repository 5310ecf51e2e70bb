// Are the auditors told of a wall, and do two people lift it – never the one who stands before it?
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { referCase } from '../../../test/cases.ts'
import { type Cast, openCast, signIn } from '../../../test/cast.ts'
import { declareCase } from '../../access/walls/relations.server.ts'
import { openCase } from '../../cases/case-file.server.ts'
import { asPerson } from '../../core/db.server.ts'
import { Conflict, Invalid, NotFound, Refused } from '../../core/errors.ts'
import type { Person } from '../../core/user.ts'
import { listAudit } from '../audits.server.ts'
import { askToLift, keepWall, liftWall, listWalls, openWall, tellOfWalls, wallsWaiting } from './walls.server.ts'

let cast: Cast
let second: Person
let caseId: string
let wall: string
beforeAll(async () => {
  cast = await openCast()
  const { rows } = await cast.admin.query(
    `with made as (insert into person (email, name) values ('arvo@naidis.example', 'Arvo Näidis-Allik') returning id)
     insert into person_role (person_id, role, valid_from, valid_to) select id, 'auditor', '2020-01-01', '2999-12-31' from made returning person_id`,
  )
  second = (await signIn(cast.admin, rows[0].person_id)).person
})
afterAll(() => cast.close())
beforeEach(async () => {
  caseId = await referCase(cast.lea)
  await openCase.run(cast.mall, { id: caseId })
  const { rows } = await cast.admin.query('select number from case_file where id = $1', [caseId])
  await declareCase.run(cast.mall, { number: rows[0].number, kind: 'friend', label: 'sõber' })
  wall = (await cast.admin.query('select id from wall where case_id = $1', [caseId])).rows[0].id
})

const reason = 'Näidis: number oli valesti kirjutatud.'
const late = (me: Person): Person => ({ ...me, provedAt: new Date(Date.now() - 10 * 60_000) })

test('the auditors are told once, by mail that says nothing, and the event is for their eyes only', async () => {
  await tellOfWalls(cast.sys)
  expect(await tellOfWalls(cast.sys)).toBe(0)
  const mail = await cast.admin.query('select person_id, kind from mail_outbox where unique_key like $1', [
    `wall/${wall}/%`,
  ])
  expect(mail.rows.map((row) => row.person_id).toSorted()).toEqual([cast.aino.id, second.id].toSorted())
  expect(new Set(mail.rows.map((row) => row.kind))).toEqual(new Set(['new-task']))
  const { rows } = await cast.admin.query(`select * from audit_event where action = 'wall.raised' and object_id = $1`, [
    wall,
  ])
  expect(rows).toEqual([
    expect.objectContaining({ actor: cast.sys.id, case_id: null, network_id: null, object_kind: 'wall' }),
  ])
  for (const who of [cast.lea, cast.mall, cast.kim]) {
    const { events } = await listAudit.run(who, { action: 'wall.raised' })
    expect(events).toEqual([])
  }
  expect((await listAudit.run(cast.aino, { action: 'wall.raised' })).events.length).toBeGreaterThan(0)
})

test('the page says who, which case, from what, since when and what was seen before', async () => {
  const [row] = (await listWalls.run(cast.aino, {})).filter((one) => one.id === wall)
  expect(row).toMatchObject({
    person: 'Mall Näidis-Maasik',
    network: 'Ida-Viru',
    source: 'by-number',
    state: 'stands',
    seen: 1,
  })
  const { events, reason: why } = await openWall.run(cast.aino, { id: wall })
  expect(events.map((event) => event.action)).toEqual(['case.open'])
  expect(why).toBeNull()
  expect((await asPerson('read', cast.aino.claim, wallsWaiting)).raised).toBeGreaterThan(0)
})

test('nobody but those who decide knows of walls, least of all the one who stands before them', async () => {
  for (const who of [cast.mall, cast.lea, cast.kim, cast.lou, cast.peep])
    for (const operation of [listWalls, openWall, askToLift, liftWall, keepWall])
      await expect(operation.run(who, { id: wall, reason })).rejects.toBeInstanceOf(Refused)
  expect(await listWalls.run(cast.ott, {})).toEqual([])
  await expect(openWall.run(cast.ott, { id: wall })).rejects.toBeInstanceOf(NotFound)
})

test('one auditor asks with a reason, the other lifts it; then the case is there again', async () => {
  await expect(askToLift.run(cast.aino, { id: wall, reason: 'vale' })).rejects.toBeInstanceOf(Invalid)
  await expect(askToLift.run(late(cast.aino), { id: wall, reason })).rejects.toBeInstanceOf(Refused)
  await expect(liftWall.run(second, { id: wall })).rejects.toBeInstanceOf(Conflict)
  await askToLift.run(cast.aino, { id: wall, reason })
  await expect(askToLift.run(second, { id: wall, reason })).rejects.toBeInstanceOf(Conflict)
  await expect(liftWall.run(cast.aino, { id: wall })).rejects.toBeInstanceOf(Conflict)
  await expect(liftWall.run(cast.ott, { id: wall })).rejects.toBeInstanceOf(NotFound)
  await expect(liftWall.run(late(second), { id: wall })).rejects.toBeInstanceOf(Refused)
  expect((await openWall.run(second, { id: wall })).reason).toBe(reason)
  await expect(openCase.run(cast.mall, { id: caseId })).rejects.toBeInstanceOf(NotFound)
  await liftWall.run(second, { id: wall })
  expect((await openCase.run(cast.mall, { id: caseId })).head.id).toBe(caseId)
  await expect(askToLift.run(cast.aino, { id: wall, reason })).rejects.toBeInstanceOf(Conflict)
})

test('a wall that is kept may be asked about again', async () => {
  await askToLift.run(cast.aino, { id: wall, reason })
  await keepWall.run(second, { id: wall })
  await expect(openCase.run(cast.mall, { id: caseId })).rejects.toBeInstanceOf(NotFound)
  await askToLift.run(second, { id: wall, reason })
  expect((await openWall.run(cast.aino, { id: wall })).wall).toMatchObject({ state: 'asked', mayDecide: true })
})

test('what an auditor asked who is none any more is not asked; another one may ask', async () => {
  const end = (last: string) =>
    cast.admin.query(`update person_role set valid_to = ${last} where person_id = $1`, [second.id])
  await askToLift.run(second, { id: wall, reason })
  await end('current_date - 1')
  expect((await openWall.run(cast.aino, { id: wall })).wall.state).toBe('stands')
  await end(`'2999-12-31'`)
  await askToLift.run(second, { id: wall, reason })
  // Her days ran out by themselves: whoever decides looks again.
  await cast.admin.query('alter table person_role disable trigger user')
  await end('current_date - 1')
  await cast.admin.query('alter table person_role enable trigger user')
  await expect(liftWall.run(cast.aino, { id: wall })).rejects.toBeInstanceOf(Conflict)
  await askToLift.run(cast.aino, { id: wall, reason })
  await end(`'2999-12-31'`)
  await liftWall.run(second, { id: wall })
})

test('without a second auditor the administrator decides, and sees only what waits for him', async () => {
  const close = (end: string) =>
    cast.admin.query(`update person_role set valid_to = ${end} where person_id = $1`, [second.id])
  await close('current_date - 1')
  await askToLift.run(cast.aino, { id: wall, reason })
  const asked = await cast.admin.query(`select person_id from mail_outbox where person_id = $1`, [cast.ott.id])
  expect(asked.rowCount).toBeGreaterThan(0)
  const seen = await listWalls.run(cast.ott, {})
  expect(seen.find((one) => one.id === wall)).toMatchObject({ mayDecide: true, seen: 0 })
  expect(seen.every((one) => one.state === 'asked')).toBe(true)
  await liftWall.run(cast.ott, { id: wall })
  expect((await openCase.run(cast.mall, { id: caseId })).head.id).toBe(caseId)
  await close(`'2999-12-31'`)
})

test('an auditor who stands before a wall finds neither it nor its case', async () => {
  await cast.admin.query(
    `insert into wall (person_id, network_id, case_id, number, source, fact, set_at) select $1, network_id, id, number, 'own-code', gen_random_uuid(), now() - interval '1 minute' from case_file where id = $2`,
    [second.id, caseId],
  )
  expect((await listWalls.run(second, {})).filter((one) => one.id === wall)).toEqual([])
  await expect(openWall.run(second, { id: wall })).rejects.toBeInstanceOf(NotFound)
  await expect(askToLift.run(second, { id: wall, reason })).rejects.toBeInstanceOf(NotFound)
  await askToLift.run(cast.aino, { id: wall, reason })
  await expect(liftWall.run(second, { id: wall })).rejects.toBeInstanceOf(NotFound)
})

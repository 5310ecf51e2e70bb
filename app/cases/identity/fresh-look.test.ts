// Does nobody look at what is sealed without a fresh proof, or more often than the day allows?
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { referCase } from '../../../test/cases.ts'
import { type Cast, openCast } from '../../../test/cast.ts'
import { givenSupport } from '../../../test/support.ts'
import { newVisitor } from '../../../test/visitor.ts'
import { createApp } from '../../app.tsx'
import { asPerson } from '../../core/db.server.ts'
import { NotFound, Refused, TooMany } from '../../core/errors.ts'
import { logTo } from '../../core/log.server.ts'
import { Settings } from '../../core/setting.ts'
import type { Person } from '../../core/user.ts'
import { lookAtPlace } from '../../matching/assignment/steer.server.ts'
import { openCase } from '../case-file.server.ts'
import { revealValue } from './reveal.server.ts'

const origin = 'http://localhost:3000'
let cast: Cast
let id: string
let victim: string
beforeAll(async () => {
  cast = await openCast()
  logTo(() => undefined)
  id = await referCase(cast.lea)
  const { people } = await openCase.run(cast.lea, { id })
  victim = people.find((one) => one.kind === 'victim')?.id ?? ''
})
afterAll(() => cast.close())
beforeEach(async () => {
  await cast.admin.query('delete from reveal')
  await cast.admin.query('delete from setting')
  await cast.admin.query(`update session set proved_at = now() + interval '1 hour'`)
})

const who = () => ({ id, what: 'identity', item: victim, purpose: 'contact' })
const stale = (me: Person): Person => ({ ...me, provedAt: new Date(Date.now() - 6 * 60_000) })
const age = (me: Person) =>
  cast.admin.query(`update session set proved_at = now() - interval '6 minutes' where id = $1`, [me.sessionId])
const looks = async () => (await cast.admin.query('select 1 from reveal')).rowCount
const row = (what = 'identity', item: string | null = victim) => ({
  ...{ networkId: cast.networks.ida, caseId: id, personId: cast.lea.id, purposeSealed: Buffer.from('x') },
  ...{ what, itemId: item, until: new Date(Date.now() + 50_000) },
})
const insert = (rows: ReturnType<typeof row>[], me = cast.lea) =>
  asPerson('write', me.claim, (db) => db.insertInto('reveal').values(rows).execute())

test('a look wants a fresh proof, from whoever asks – and the database knows it by itself', async () => {
  await expect(revealValue.run(stale(cast.lea), who())).rejects.toBeInstanceOf(Refused)
  await age(cast.lea)
  await expect(revealValue.run(cast.lea, who())).rejects.toBeInstanceOf(NotFound)
  await expect(insert([row()])).rejects.toBeInstanceOf(NotFound)
  expect(await looks()).toBe(0)
})

test('the support person proves herself as well', async () => {
  const { caseId, assignment } = await givenSupport(cast, '2026-05-01')
  const { rows } = await cast.admin.query(
    `select id from case_whereabouts where kind = 'safe_contact' and case_id = $1`,
    [caseId],
  )
  const look = { id: assignment, place: rows[0].id }
  await expect(lookAtPlace.run(stale(cast.lou), look)).rejects.toBeInstanceOf(Refused)
  await age(cast.lou)
  const visitor = newVisitor(createApp({ origin, secure: false, demo: false }), origin, cast.cookies.lou)
  const sent = await visitor.post(`/assignments/${assignment}/look/${look.place}`, {})
  expect(sent.headers.get('location')).toBe(`/account/prove?to=${encodeURIComponent(`/assignments/${assignment}`)}`)
  expect(await looks()).toBe(0)
  await cast.admin.query('update session set proved_at = now() where id = $1', [cast.lou.sessionId])
  expect((await lookAtPlace.run(cast.lou, look)).value).toContain('5550')
})

test('the reason that was typed waits until the proof is given, and is then used up', async () => {
  const visitor = newVisitor(createApp({ origin, secure: false, demo: false }), origin, cast.cookies.kim)
  const address = `/cases/${id}/reveal/identity/${victim}`
  expect((await visitor.get(address)).status).toBe(200)
  await age(cast.kim)
  const reason = 'Näidis: võrgustiku juht on haige'
  const sent = await visitor.post(address, { reason })
  expect(sent.headers.get('location')).toBe(`/account/prove?to=${encodeURIComponent(address)}`)
  await cast.admin.query('update session set proved_at = now() where id = $1', [cast.kim.sessionId])
  expect(await (await visitor.get(address)).text()).toContain(reason)
  expect(await (await visitor.post(address, { reason })).text()).toContain('Anna')
  expect(await (await visitor.get(address)).text()).not.toContain(reason)
})

test('a value is shown for as long as the setting says, and then the page closes by itself, scripts or not', async () => {
  const visitor = newVisitor(createApp({ origin, secure: false, demo: false }), origin, cast.cookies.lea)
  const shown = async () => {
    const answer = await visitor.post(`/cases/${id}/reveal/identity/${victim}`, { purpose: 'contact' })
    const [, seconds, to] = /^(\d+); url=(.+)$/.exec(answer.headers.get('refresh') ?? '') ?? []
    return { seconds: Number(seconds), to, text: await answer.text() }
  }
  const first = await shown()
  expect(first).toMatchObject({ to: `/cases/${id}`, text: expect.stringMatching(/Minuti pärast sulgub see leht ise/) })
  expect(first.seconds).toBeGreaterThan(50)
  expect(first.seconds).toBeLessThanOrEqual(60)
  await cast.admin.query(
    `insert into setting (name, valid_from, value, note) values ('revealMinutes', '2026-01-01', '3', 'Näidis')`,
  )
  const second = await shown()
  expect(second.text).toContain('3 minuti pärast')
  expect(second.seconds).toBeGreaterThan(170)
  // Where something is missing nothing is shown, and nothing closes.
  const asked = await visitor.post(`/cases/${id}/reveal/identity/${victim}`, { purpose: 'none' })
  expect([asked.status, asked.headers.get('refresh')]).toEqual([422, null])
})

test('ten looks a day and no more: said in plain words, and from midnight on again', async () => {
  for (let turn = 0; turn < 10; turn++) await revealValue.run(cast.lea, who())
  await expect(revealValue.run(cast.lea, who())).rejects.toBeInstanceOf(TooMany)
  const visitor = newVisitor(createApp({ origin, secure: false, demo: false }), origin, cast.cookies.lea)
  const answer = await visitor.post(`/cases/${id}/reveal/identity/${victim}`, { purpose: 'contact' })
  expect(answer.status).toBe(429)
  expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0)
  expect(Number(answer.headers.get('retry-after'))).toBeLessThanOrEqual(25 * 3600)
  const text = await answer.text()
  expect(text).toContain('palu abi kolleegilt või juhendajalt')
  expect(text).not.toContain('Anna')
  await expect(insert([row()])).rejects.toBeInstanceOf(NotFound)
  expect(await looks()).toBe(10)
  const { rows } = await cast.admin.query(
    `select count(*)::int as n from audit_event where action = 'case.reveal' and result = 'refused' and actor = $1`,
    [cast.lea.id],
  )
  expect(rows[0].n).toBe(2)
  // Mall counts for herself.
  await revealValue.run(cast.mall, who())
  await cast.admin.query(`update reveal set at = at - interval '1 day'`)
  await revealValue.run(cast.lea, who())
})

test('many rows in one statement, and many looks at once, count one by one', async () => {
  await expect(insert(Array.from({ length: 11 }, () => row()))).rejects.toBeInstanceOf(NotFound)
  expect(await looks()).toBe(0)
  await insert(Array.from({ length: 8 }, () => row()))
  const done = await Promise.allSettled(Array.from({ length: 6 }, () => revealValue.run(cast.lea, who())))
  expect(done.filter((one) => one.status === 'fulfilled')).toHaveLength(2)
  expect(await looks()).toBe(10)
})

test('the number is a setting with its day, and without one the database counts as the program does', async () => {
  const left = async () =>
    asPerson('write', cast.lea.claim, async (db) => {
      const { rows } = await sql<{ left: number }>`select auth_reveals_left() as left`.execute(db)
      return rows[0]?.left
    })
  expect(await left()).toBe(Settings.parse({}).revealsPerDay)
  await cast.admin.query(
    `insert into setting (name, valid_from, value, note) values ('revealsPerDay', '2026-01-01', '2', 'Näidis'), ('revealsPerDay', '2099-01-01', '50', 'Näidis')`,
  )
  expect(await left()).toBe(2)
  for (let turn = 0; turn < 2; turn++) await revealValue.run(cast.lea, who())
  await expect(revealValue.run(cast.lea, who())).rejects.toBeInstanceOf(TooMany)
})

test('closing the notes of an old workbook is no look and needs no proof', async () => {
  for (let turn = 0; turn < 10; turn++) await insert([row()])
  await age(cast.kim)
  const key = { ...row('import', null), personId: cast.kim.id }
  await insert(
    Array.from({ length: 12 }, () => key),
    cast.kim,
  )
  expect(await looks()).toBe(22)
})

// Are there as many connections as there may be, each given back, used again and ended – and is it said where there are none?
import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { type Cast, openCast } from '../../test/cast.ts'
import { asPerson, connect, databaseAnswers, disconnect, isCrowded, knock, oneRequest, recognise } from './db.server.ts'
import { NotFound, Unavailable } from './errors.ts'

let cast: Cast
beforeAll(async () => {
  cast = await openCast()
})
afterAll(() => cast.close())
afterEach(() => reconnect(4))

async function reconnect(size: number): Promise<void> {
  await disconnect()
  connect(cast.urls, size)
}

/** The process of the server at the other end of the connection, which is another one for each. */
const lineOf = (access: 'read' | 'write' = 'read') =>
  asPerson(access, cast.kim.claim, async (db) => {
    const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(db)
    return rows[0]?.pid
  })
const ours = `select pid from pg_stat_activity where datname = current_database() and usename like 'tugivork_%'`
const count = async () => (await cast.admin.query(ours)).rowCount

test('whoever has disconnected is connected to nothing, however often they say so', async () => {
  await lineOf()
  await disconnect()
  await disconnect()
  await expect.poll(count, { timeout: 5000 }).toBe(0)
  await expect(databaseAnswers()).rejects.toThrow('connect() has not been called')
  expect(isCrowded()).toBe(false)
})

test('one connection does one piece of work after another, whatever became of the one before', async () => {
  await reconnect(1)
  const line = await lineOf()
  await expect(asPerson('read', cast.kim.claim, () => Promise.reject(new NotFound()))).rejects.toThrow(NotFound)
  await expect(recognise('read', 'x'.repeat(43))).resolves.toEqual([])
  expect(await lineOf()).toBe(line)
  // Asked twice who it is, a request still holds no more than one.
  await oneRequest(async () => {
    for (let turn = 0; turn < 2; turn++) expect(await recognise('read', cast.kim.claim)).toHaveLength(1)
    expect(await lineOf()).toBe(line)
  })
})

test('for somebody whom nobody knows no connection is held', async () => {
  await reconnect(1)
  const [asked, gate] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
  const unknown = oneRequest(async () => {
    await recognise('read', 'x'.repeat(43))
    asked.resolve()
    await gate.promise
  })
  await asked.promise
  expect(await lineOf()).toBeGreaterThan(0)
  gate.resolve()
  await unknown
})

test('a connection that breaks while nobody uses it is replaced, and nobody hears of it', async () => {
  await reconnect(1)
  const line = await lineOf()
  await cast.admin.query(`select pg_terminate_backend(pid) from (${ours}) ours`)
  await expect.poll(() => lineOf().catch(() => line), { timeout: 5000 }).not.toBe(line)
})

test('twelve for each connection are a crowd, and those who could not be served are none', async () => {
  await reconnect(1)
  const gate = Promise.withResolvers<void>()
  const come = async (many: number) => {
    const all = Array.from({ length: many }, () => asPerson('read', cast.kim.claim, () => gate.promise))
    await new Promise(setImmediate)
    return all
  }
  expect(isCrowded()).toBe(false)
  const waiting = await come(23)
  expect(isCrowded()).toBe(false)
  waiting.push(...(await come(1)))
  expect(isCrowded()).toBe(true)
  gate.resolve()
  await Promise.all(waiting)
  expect(isCrowded()).toBe(false)
  await disconnect()
  const dead = 'postgres://x:x@127.0.0.1:1/x'
  connect({ readUrl: dead, writeUrl: dead, doorUrl: dead }, 1)
  const lost = await Promise.allSettled(Array.from({ length: 30 }, () => lineOf()))
  expect(lost.map((one) => one.status === 'rejected' && one.reason instanceof Unavailable)).toEqual(
    Array(30).fill(true),
  )
  expect(isCrowded()).toBe(false)
  expect(await databaseAnswers()).toBe(false)
  await expect(knock('door_hold', [])).rejects.toBeInstanceOf(Unavailable)
})

test('the door has its own functions and no others', async () => {
  for (const odd of ['auth_end', 'xdoor_hold', 'door_', 'door_Hold', 'door_hold(null)', 'door_hold; select 1'])
    await expect(knock(odd, []), odd).rejects.toThrow('not a function of the door')
})

test('what is asked twice is planned once, and of what is asked once, or never ends, nothing is kept', async () => {
  await reconnect(1)
  const ask = (...texts: string[]) =>
    asPerson('read', cast.kim.claim, async (db) => {
      for (const text of texts) await sql.raw(text).execute(db)
    })
  const kept = (text: string) =>
    asPerson('read', cast.kim.claim, async (db) => {
      const found = sql<{ name: string }>`select name from pg_prepared_statements where statement = ${text}`
      return (await found.execute(db)).rows.map(({ name }) => name)
    })
  const name = expect.stringMatching(/^q[\w-]{20}$/)
  const often = `select 'often'`
  const seen: string[][] = []
  for (let turn = 0; turn < 3; turn++) {
    await ask(often)
    seen.push(await kept(often))
  }
  expect(seen).toEqual([[], [name], [name]])
  await ask(...Array.from({ length: 500 }, (_, nth) => `select 'Näidis' as n${nth}`))
  for (let turn = 0; turn < 3; turn++) await ask(`select 'late'`)
  expect(await kept(`select 'late'`)).toEqual([])
})

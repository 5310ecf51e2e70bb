// Does one transaction really run as one person – whole or not at all, and without anybody waiting for ever?

import type { AddressInfo } from 'node:net'
import { createServer, connect as dial } from 'node:net'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Cast, openCast } from '../../test/cast.ts'
import { asPerson, connect, type Db, databaseAnswers, disconnect, oneRequest, recognise, waitFor } from './db.server.ts'
import { NotFound, Unavailable, Unclear } from './errors.ts'
import { logTo } from './log.server.ts'

let cast: Cast
beforeAll(async () => {
  cast = await openCast()
  logTo(() => undefined)
})
afterAll(() => cast.close())

const nameOf = (claim: string) =>
  asPerson('read', claim, async (db) => {
    const { rows } = await sql<{ id: string }>`select auth_person() as id`.execute(db)
    return rows[0]?.id
  })

test('what failed on the way is never said to be saved, even where the work went on', async () => {
  const phone = '+372 5550 0000'
  const done = asPerson('write', cast.kim.claim, async (db) => {
    await db.updateTable('person').set({ phone }).where('id', '=', cast.kim.id).execute()
    await sql`select 1 / 0`.execute(db).catch(() => undefined)
    return 'saved'
  })
  await expect(done).rejects.toThrow('the transaction was aborted')
  const { rows } = await cast.admin.query('select phone from person where id = $1', [cast.kim.id])
  expect(rows).toEqual([{ phone: null }])
})

test('a standby that is not yet the first server is a database that is away, not a mistake of ours', async () => {
  const onStandby = asPerson('write', cast.kim.claim, async (db) => {
    await sql`set transaction read only`.execute(db)
    await db.updateTable('person').set({ phone: null }).where('id', '=', cast.kim.id).execute()
  })
  await expect(onStandby).rejects.toThrow(Unavailable)
})

test('the transaction in which somebody was recognised does the first work of the same request, and of no other', async () => {
  const backend = (claim: string) =>
    asPerson('read', claim, async (db) => {
      const { rows } = await sql<{ at: Date }>`select transaction_timestamp() as at`.execute(db)
      return rows[0]?.at.getTime()
    })
  await oneRequest(async () => {
    await recognise('read', cast.kim.claim)
    const [first, second] = [await backend(cast.kim.claim), await backend(cast.kim.claim)]
    expect(second).toBeGreaterThan(first ?? Number.POSITIVE_INFINITY)
  })
  await oneRequest(async () => {
    await recognise('read', cast.kim.claim)
    expect(await nameOf(cast.lou.claim)).toBe(cast.lou.id)
  })
  // Nor does what was begun for looking do what writes.
  await oneRequest(async () => {
    await recognise('read', cast.kim.claim)
    const saved = asPerson('write', cast.kim.claim, (db) =>
      db.updateTable('person').set({ phone: null }).where('id', '=', cast.kim.id).executeTakeFirst(),
    )
    await expect(saved).resolves.toBeDefined()
  })
})

test('nothing that would outlive its transaction comes from a page, and nothing that is two statements', async () => {
  const ask = (text: string) => asPerson('read', cast.kim.claim, (db) => sql.raw(text).execute(db))
  for (const text of [
    'declare c cursor for select 1',
    ' set app.claim = 1',
    'SET local app.claim = 1',
    'reset all',
    'set session x = 1',
  ])
    await expect(ask(text), text).rejects.toThrow('not a statement of a page')
  for (const text of [
    "set local app.glass = 'x'",
    "set local work_mem = '8MB'",
    'set transaction read only',
    'select 1 as set',
  ])
    await expect(ask(text), text).resolves.toBeDefined()
  await expect(ask('select 1; select 2')).rejects.toThrow('multiple commands')
})

test('what may take longer than a page is waited for, and nothing else', async () => {
  await disconnect()
  connect(cast.urls, 2, { connecting: 4500, answering: 300 })
  const look = (patience?: number) =>
    asPerson('read', cast.kim.claim, (db) => {
      if (patience) waitFor(db, patience)
      return db.selectFrom('county').select('code').execute()
    })
  await cast.admin.query('begin; lock table county')
  const begun = performance.now()
  await expect(look()).rejects.toThrow(Unavailable)
  // By us: the database would wait for five seconds.
  expect(performance.now() - begun).toBeLessThan(4000)
  const later = look(3000)
  await new Promise((done) => setTimeout(done, 600))
  await cast.admin.query('rollback')
  await expect(later).resolves.not.toEqual([])
  await disconnect()
  connect(cast.urls, 4)
})

test('a bearer whom the database does not know begins nothing', async () => {
  await oneRequest(async () => {
    expect(await recognise('read', 'x'.repeat(43))).toEqual([])
    expect(await nameOf('x'.repeat(43))).toBeNull()
  })
  await expect(recognise('read', "x'; drop table person; --")).rejects.toThrow('malformed claim')
})

test('whoever has begun as one person does not go on as another', async () => {
  const again = (claim: string) => (db: Db) => sql`select 1 from auth_open(${claim})`.execute(db)
  for (const access of ['read', 'write'] as const)
    await expect(asPerson(access, cast.lou.claim, again(cast.kim.claim))).rejects.toThrow(NotFound)
  await oneRequest(async () => {
    await recognise('read', cast.lou.claim)
    await expect(asPerson('read', cast.lou.claim, again(cast.kim.claim))).rejects.toThrow(NotFound)
  })
})

test('requests that need two connections do not wait for one another', async () => {
  // Four connections a pool, forty requests that hold one and then need another.
  const done = await Promise.all(
    Array.from({ length: 40 }, () =>
      oneRequest(async () => {
        await recognise('read', cast.kim.claim)
        await asPerson('write', cast.kim.claim, (db) => sql`select 1`.execute(db))
        return nameOf(cast.lou.claim)
      }),
    ),
  )
  expect(new Set(done)).toEqual(new Set([cast.lou.id]))
})

test('somebody signed in who asks whether the database answers holds nobody up', async () => {
  const asked = Array.from({ length: 20 }, () =>
    oneRequest(async () => {
      await recognise('read', cast.kim.claim)
      return databaseAnswers()
    }),
  )
  expect(new Set(await Promise.all(asked))).toEqual(new Set([true]))
})

test('the same statement under many names of people never shows one the rows of another', async () => {
  const names = ['kim', 'lou', 'lea', 'max', 'sirje'] as const
  for (let round = 0; round < 40; round++) {
    const asked = await Promise.all(names.map((name) => nameOf(cast[name].claim)))
    expect(asked).toEqual(names.map((name) => cast[name].id))
  }
})

test('where the line breaks while something is given up, nobody hears of it; while something is kept, nobody can know', async () => {
  // A real line between the pool and the server, cut at the word that is looked for.
  let cutAt = 'rollback'
  const { host, port } = cast.admin
  const line = createServer((near) => {
    const far = host.startsWith('/') ? dial(`${host}/.s.PGSQL.${port}`) : dial(port, host)
    for (const end of [near, far]) end.on('error', () => undefined)
    near.on('data', (sent) => (sent.includes(cutAt) ? near.resetAndDestroy() : far.write(sent)))
    near.on('close', () => far.destroy())
    far.pipe(near)
  })
  await new Promise<void>((done) => line.listen(0, '127.0.0.1', done))
  const through = (url: string) => {
    const { username, password, pathname } = new URL(url)
    return `postgres://${username}:${password}@127.0.0.1:${(line.address() as AddressInfo).port}${pathname}`
  }
  await disconnect()
  const { readUrl, writeUrl, doorUrl } = cast.urls
  connect({ readUrl: through(readUrl), writeUrl: through(writeUrl), doorUrl: through(doorUrl) }, 2)
  expect(await recognise('read', 'x'.repeat(43))).toEqual([])
  await expect(asPerson('read', cast.kim.claim, () => Promise.reject(new NotFound()))).rejects.toThrow(NotFound)
  // What has not begun is not saved, and that is known.
  cutAt = 'begin'
  const ways: ((claim: string) => Promise<unknown>)[] = [nameOf, (claim) => recognise('read', claim)]
  for (const way of ways) {
    const away = await way(cast.kim.claim).catch((error: unknown) => error)
    expect(away).toBeInstanceOf(Unavailable)
    expect(away).not.toBeInstanceOf(Unclear)
  }
  cutAt = 'commit'
  await expect(asPerson('write', cast.kim.claim, (db) => sql`select 1`.execute(db))).rejects.toThrow(Unclear)
  await disconnect()
  line.close()
  connect(cast.urls, 4)
  expect(await nameOf(cast.kim.claim)).toBe(cast.kim.id)
})

// Does a database become what the files say, once, in order, and on whichever server?
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from 'pg'
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest'
import { emptyDatabase, freshDatabase } from '../test/database.ts'
import { testPasswords } from '../test/secrets.ts'
import { migrate } from './migrate.ts'

const cleanups: (() => Promise<unknown>)[] = []
const cleanUp = async () => {
  for (const cleanup of cleanups.splice(0).toReversed()) await cleanup()
}
afterEach(cleanUp)
afterAll(cleanUp)

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tugivork-migrations-'))
  cleanups.push(() => rm(folder, { recursive: true }))
  await write('0001_first.sql', 'create table thing (id int primary key, name text not null);')
})

const write = (name: string, text: string) => writeFile(join(folder, name), text)

async function open() {
  const database = await emptyDatabase()
  cleanups.push(database.close)
  const client = new Client({ connectionString: database.adminUrl })
  await client.connect()
  cleanups.push(() => client.end())
  const run = () => migrate(database.adminUrl, { migrationsDir: folder, appDir: folder, rolePasswords: testPasswords })
  const ask = async (text: string) => (await client.query<Record<string, unknown>>(text)).rows
  return { run, ask, adminUrl: database.adminUrl }
}

describe('migrations', () => {
  test('are run in order, once, and belong to the owner', async () => {
    const { run, ask } = await open()
    await write('0002_second.sql', "insert into thing values (1, 'Näidis');")
    expect(await run()).toEqual({ applied: ['0001_first.sql', '0002_second.sql'], version: 2 })
    expect(await run()).toEqual({ applied: [], version: 2 })
    expect(await ask('select * from thing')).toEqual([{ id: 1, name: 'Näidis' }])
    expect(await ask("select tableowner from pg_tables where tablename = 'thing'")).toEqual([
      { tableowner: 'tugivork_owner' },
    ])
  })

  test('with nothing to do take less than a tenth of a second', async () => {
    const { run } = await open()
    await run()
    const times: number[] = []
    for (let round = 0; round < 5; round++) {
      const begun = performance.now()
      await run()
      times.push(performance.now() - begun)
    }
    expect(Math.min(...times)).toBeLessThan(100)
  })

  test('two at once on one database take turns', async () => {
    const { run } = await open()
    const [one, two] = await Promise.all([run(), run()])
    expect([one.applied.length, two.applied.length].toSorted()).toEqual([0, 1])
  })

  test('a failing file leaves nothing behind and is named with its line', async () => {
    const { run, ask } = await open()
    await write('0002_broken.sql', 'create table other (id int);\n\nselect nothing_such;')
    await expect(run()).rejects.toThrow(/0002_broken\.sql:3: .*nothing_such/)
    expect(await ask("select to_regclass('other') as other")).toEqual([{ other: null }])
    expect(await ask('select number from meta.migration')).toEqual([{ number: 1 }])
  })

  test.each([
    ['a changed applied file', '0001_first.sql', 'create table thing (id int);', /0001_first\.sql.*muudetud/s],
    ['a gap', '0003_third.sql', 'select 1;', /0002 on puudu/],
    ['a number taken twice', '0001_again.sql', 'select 1;', /0001_again\.sql ja 0001_first\.sql/],
    ['a wrong name', '2_second.sql', 'select 1;', /2_second\.sql/],
    ['a transaction of its own', '0002_commit.sql', 'select 1;\nCOMMIT;', /0002_commit\.sql.*BEGIN, COMMIT/s],
  ])('refuse %s', async (_what, name, text, message) => {
    const { run } = await open()
    await run()
    await write(name, text)
    await expect(run()).rejects.toThrow(message)
  })

  test('refuse a database newer than the program', async () => {
    const { run } = await open()
    await write('0002_second.sql', 'select 1;')
    await run()
    await rm(join(folder, '0002_second.sql'))
    await expect(run()).rejects.toThrow(/0002_second\.sql.*uuem/s)
  })

  test('a file with Windows line ends is still the same file', async () => {
    const { run } = await open()
    await write('0001_first.sql', 'create table thing (id int);\n-- end\n')
    await run()
    await write('0001_first.sql', 'create table thing (id int);\r\n-- end\r\n')
    expect((await run()).applied).toEqual([])
  })
})

test('a server that does not answer, and one where we are not superuser, are said in words', async () => {
  const options = { migrationsDir: folder, appDir: folder, rolePasswords: testPasswords }
  await expect(migrate('postgres://nobody@127.0.0.1:1/none', options)).rejects.toThrow(/DATABASE_URL.*ECONNREFUSED/s)
  const { readUrl, close } = await freshDatabase()
  cleanups.push(close)
  await expect(migrate(readUrl, options)).rejects.toThrow(/tugivork_read.*ülemkasutaja/s)
})

describe('roles', () => {
  test('may do nothing but sign in, each with its limits', async () => {
    const { run, ask } = await open()
    await run()
    const rows = await ask(
      `select rolname, rolcanlogin, rolconfig from pg_roles where rolname like 'tugivork%' and not
         (rolsuper or rolbypassrls or rolcreatedb or rolcreaterole or rolreplication) order by rolname`,
    )
    const limits = ['idle_in_transaction_session_timeout=10s', 'jit=off', 'lock_timeout=2s', 'statement_timeout=5s']
    const names = rows.map((row) => (row.rolcanlogin ? `${row.rolname}` : `(${row.rolname})`))
    expect(names).toEqual([
      '(tugivork_definer)',
      'tugivork_door',
      'tugivork_jobs',
      '(tugivork_owner)',
      'tugivork_read',
      'tugivork_write',
    ])
    for (const row of rows.filter((role) => role.rolcanlogin)) {
      expect((row.rolconfig as string[]).toSorted()).toEqual(limits)
    }
  })

  test('are let in with their password, and a stranger is not let in at all', async () => {
    const { readUrl, doorUrl, close } = await freshDatabase()
    cleanups.push(close)
    for (const connectionString of [readUrl, doorUrl]) {
      const client = new Client({ connectionString })
      await client.connect()
      await expect(client.query('create table mine (id int)')).rejects.toThrow(/permission denied/)
      await expect(client.query('create temp table mine (id int)')).rejects.toThrow(/permission denied/)
      await client.end()
    }
    const wrong = new URL(readUrl)
    wrong.password = 'wrong'
    const client = new Client({ connectionString: wrong.href })
    if (!process.env.DATABASE_URL) await expect(client.connect()).rejects.toThrow(/password authentication failed/)
  })
})

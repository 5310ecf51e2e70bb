// Does the embedded database start anywhere, refuse a second master, stop cleanly and lose nothing?
import { execFileSync, spawnSync } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, readFileSync, realpathSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { Client } from 'pg'
import { expect, test } from 'vitest'
import { isAlive, keeper, newFolder, serverPid, until } from '../test/keepers.ts'
import { startEmbedded } from './embedded.ts'
import { canReach } from './embedded-binaries.ts'

async function ask(adminUrl: string, text: string): Promise<Record<string, unknown>[]> {
  const client = new Client({ connectionString: adminUrl })
  try {
    await client.connect()
    return (await client.query<Record<string, unknown>>(text)).rows
  } finally {
    await client.end()
  }
}

test('starts from nothing: durable, checked, on a socket only, and silent about what is asked of it', async () => {
  const dataDir = newFolder()
  const { adminUrl, stop } = await startEmbedded({ dataDir })
  const [settings] = await ask(
    adminUrl,
    `select json_object_agg(name, setting) as all from pg_settings where name = any(string_to_array(
      'fsync full_page_writes data_checksums listen_addresses log_statement log_min_error_statement log_parameter_max_length_on_error password_encryption server_encoding', ' '))`,
  )
  expect(settings?.all).toEqual({
    fsync: 'on',
    full_page_writes: 'on',
    data_checksums: 'on',
    listen_addresses: '',
    log_statement: 'none',
    log_min_error_statement: 'panic',
    log_parameter_max_length_on_error: '0',
    password_encryption: 'scram-sha-256',
    server_encoding: 'UTF8',
  })
  expect(await ask(adminUrl, "select lower('ŠŽÕÄÖÜ') as small, 'x' || 'õ' ~ '^\\w+$' as letter")).toEqual([
    { small: 'šžõäöü', letter: true },
  ])
  await expect(ask(adminUrl, "select 'Näidis-Saladus'::int")).rejects.toThrow(/invalid input/)
  await stop()
  expect(readFileSync(join(dataDir, 'postgres.log'), 'utf8')).toMatch(/ERROR: {2}invalid input syntax/)
  expect(readFileSync(join(dataDir, 'postgres.log'), 'utf8')).not.toMatch(/select/)
  expect(statSync(join(dataDir, 'database.key')).mode & 0o777).toBe(0o600)
  expect(statSync(join(dataDir, 'postgres.log')).mode & 0o777).toBe(0o600)
  expect(existsSync(join(dataDir, 'app.lock'))).toBe(false)
})

test('nobody is let in without the password', async () => {
  const { adminUrl, stop } = await startEmbedded({ dataDir: newFolder(), fsync: false })
  await expect(ask(adminUrl.replace(/:[0-9a-f]+@/, ':wrong@'), 'select 1')).rejects.toThrow(
    /password authentication failed/,
  )
  await stop()
})

test('a second start on the same folder is refused and names the process', async () => {
  const dataDir = newFolder()
  const first = await keeper(dataDir)
  const second = await keeper(dataDir)
  expect(second.said[0]).toMatchObject({
    refused: expect.stringMatching(new RegExp(`on juba kasutusel.* ${first.pid} .*is in use.* ${first.pid} `, 's')),
  })
  expect(await second.ended).toBe(3)
  await expect(startEmbedded({ dataDir })).rejects.toThrow(`protsessina ${first.pid}`)
  expect(first.said).toHaveLength(1)
  await first.end('SIGTERM')
})

test.each(['SIGTERM', 'SIGINT'] as const)(
  '%s stops both, and the next start has nothing to recover',
  async (signal) => {
    const dataDir = newFolder()
    const { end } = await keeper(dataDir)
    const pid = serverPid(dataDir)
    expect(await end(signal)).toBe(0)
    expect(isAlive(pid)).toBe(false)
    expect(readFileSync(join(dataDir, 'postgres.log'), 'utf8')).toMatch(/database system is shut down\s*$/)
    const { stop } = await startEmbedded({ dataDir })
    await stop()
    expect(readFileSync(join(dataDir, 'postgres.log'), 'utf8')).not.toMatch(/not properly shut down/)
  },
)

test('after kill -9 in mid-write every row that was acknowledged is there', async () => {
  const dataDir = newFolder()
  for (let round = 0; round < 3; round++) {
    const { said, end } = await keeper(dataDir, 'write')
    await until(() => said.length > 50)
    const pid = serverPid(dataDir)
    await end('SIGKILL')
    // In the second round the server dies with the program, as in a power cut of the process's world.
    if (round === 1 && isAlive(pid)) process.kill(pid, 'SIGKILL')
    const highest = Math.max(...said.map((line) => Number(line.kept ?? 0)))
    const { adminUrl, stop } = await startEmbedded({ dataDir })
    const rows = await ask(adminUrl, `select count(*)::int as kept from kept where id <= ${highest}; `)
    expect(rows).toEqual([{ kept: highest }])
    await ask(adminUrl, 'drop table kept')
    await stop()
  }
})

test('a server that outlived its program is found and stopped by the next start', async () => {
  const dataDir = newFolder()
  const { end } = await keeper(dataDir, undefined, { PATH: '/nowhere' })
  const pid = serverPid(dataDir)
  await end('SIGKILL')
  expect(isAlive(pid)).toBe(true)
  const { stop } = await startEmbedded({ dataDir })
  expect(isAlive(pid)).toBe(false)
  expect(serverPid(dataDir)).not.toBe(pid)
  await stop()
})

test('the server follows a killed program by itself where the machine has setpriv, and else waits for the next start', async () => {
  const dataDir = newFolder()
  const { end } = await keeper(dataDir)
  const pid = serverPid(dataDir)
  await end('SIGKILL')
  const follows = spawnSync('setpriv', ['--pdeathsig', 'INT', '--', 'true']).status === 0
  await until(() => isAlive(pid) !== follows)
  const { stop } = await startEmbedded({ dataDir })
  expect(isAlive(pid)).toBe(false)
  await stop()
})

test('a lock left by another boot, a half-written one and one of a reused number are taken over', async () => {
  const dataDir = newFolder()
  const own = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()
  for (const lock of [
    { pid: process.pid, started: '1', boot: 'other' },
    { pid: 1, started: '7', boot: own },
    undefined,
  ]) {
    mkdirSync(dataDir, { recursive: true })
    writeFileSync(join(dataDir, 'app.lock'), lock ? JSON.stringify(lock) : '{"pid":')
    const { stop } = await startEmbedded({ dataDir, fsync: false })
    await stop()
  }
})

test('a first start that was interrupted begins anew', async () => {
  const dataDir = newFolder()
  mkdirSync(join(dataDir, 'pg.new'), { recursive: true })
  writeFileSync(join(dataDir, 'pg.new', 'half'), '')
  const { stop } = await startEmbedded({ dataDir, fsync: false })
  await stop()
  expect(existsSync(join(dataDir, 'pg.new'))).toBe(false)
})

test('a long path and a closed folder above it do not matter', async () => {
  const closed = newFolder()
  const dataDir = join(closed, 'õ'.repeat(50), 'andmed')
  mkdirSync(dataDir, { recursive: true })
  chmodSync(closed, 0o700)
  for (let round = 0; round < 2; round++) {
    const { adminUrl, stop } = await startEmbedded({ dataDir, fsync: false })
    expect(await ask(adminUrl, 'select 1 as one')).toEqual([{ one: 1 }])
    await stop()
  }
  const place = realpathSync(join(dataDir, 'pg'))
  if (process.getuid?.() === 0) {
    expect(place).toMatch(/^\/var\/lib\/tugivork\/data-/)
    rmSync(dirname(place), { recursive: true })
  }
})

test('a user without rights can run it too', async () => {
  const folder = newFolder()
  mkdirSync(folder)
  chmodSync(folder, 0o777)
  const script = `import { startEmbedded } from ${JSON.stringify(join(import.meta.dirname, 'embedded.ts'))}
    const { stop } = await startEmbedded({ dataDir: ${JSON.stringify(join(folder, 'data'))} })
    await stop(); console.log(process.getuid())`
  const run = [process.execPath, '--input-type=module', '-e', script]
  // Root becomes nobody for this, where nobody can read the program at all; anybody else is such a user already.
  const nobody = { uid: 65_534, gid: 65_534, name: 'nobody' }
  const becomes = process.getuid?.() === 0 && (await canReach(import.meta.dirname, nobody))
  const before = becomes ? ['setpriv', '--reuid', '65534', '--regid', '65534', '--clear-groups'] : []
  const [program = '', ...args] = [...before, ...run]
  expect(Number(execFileSync(program, args, { encoding: 'utf8' }))).toBe(becomes ? nobody.uid : process.getuid?.())
})

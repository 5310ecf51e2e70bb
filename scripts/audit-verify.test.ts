// Does the check of the log find what an owner of the database could do to it?
import { spawnSync } from 'node:child_process'
import { generateKeyPairSync, type KeyObject } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openAccount } from '../app/access/account/accounts.server.ts'
import { readAnchors } from '../app/audit/checkpoint/anchors.ts'
import { bodyOf, publicKeyText, signatureOf } from '../app/audit/checkpoint/note.ts'
import { copyOut } from '../db/backup/copy.ts'
import { type Cast, openCast } from '../test/cast.ts'
import { backUp, makeVaults } from '../test/restored.ts'
import { verifyLog } from './audit-verify.ts'

let cast: Cast
let client: Client
beforeAll(async () => {
  cast = await openCast()
  client = new Client({ connectionString: cast.urls.adminUrl })
  await client.connect()
})
afterAll(async () => {
  await client.end()
  await cast.close()
})

const meddle = (change: string) => cast.admin.query(`alter table audit_event disable trigger all; ${change}`)
let kept = ''

/** The command itself, as an outsider runs it who has a copy of the database and no secrets. */
const command = (...args: string[]) => commandOn(cast.urls.adminUrl, ...args)
function commandOn(url: string, ...args: string[]) {
  const env = { ...process.env, DATABASE_URL: url, TUGIVORK_DATA: join(tmpdir(), 'tugivork-no-such') }
  const script = join(import.meta.dirname, 'audit-verify.ts')
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, ...args], {
    env,
    encoding: 'utf8',
  })
  return { status, text: `${stdout}${stderr}` }
}

test('a whole log is whole, and says what to keep', async () => {
  expect((await verifyLog(client, [])).code).toBe(0)
  for (const me of [cast.kim, cast.lou, cast.max]) await openAccount.run(me, {})
  const { code, text } = await verifyLog(client, [])
  expect([code, text]).toEqual([0, expect.stringMatching(/3 sündmust. Viimane: 3:[0-9a-f]{64}/)])
  kept = /\d+:[0-9a-f]{64}/.exec(text)?.[0] ?? ''
})

test('the command needs no secrets, and says by its exit code whether it could tell', () => {
  expect(command('--anchor', kept)).toMatchObject({
    status: 0,
    text: expect.stringContaining('kontrollpunktidele (1)'),
  })
  expect(command('--anchor', '/no/such/file')).toMatchObject({ status: 2, text: expect.stringContaining('ei leidu') })
}, 60_000)

test('anchors that cannot be read or believed are no anchors', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tugivork-anchor-'))
  expect(() => readAnchors(['12:xyz'], [])).toThrow('--anchor')
  expect(() => readAnchors([], ['x'])).toThrow(/võtit ei saa lugeda/)
  expect(() => readAnchors([folder], [])).toThrow(/ei leidu/)
  writeFileSync(join(folder, 'checkpoint-1.txt'), 'x')
  expect(() => readAnchors([folder], [])).toThrow('--public-key')
})

const signer = () => generateKeyPairSync('ed25519').privateKey
/** A folder in which a holder keeps how the log stood, with the public key beside it. */
function holder(anchor: string, privateKey: KeyObject): string {
  const [size = '', head = ''] = anchor.split(':')
  const body = bodyOf({ origin: 'x/audit', size: Number(size), head, time: '2026-11-27T10:00:00.000Z', previous: null })
  const folder = mkdtempSync(join(tmpdir(), 'tugivork-anchor-'))
  writeFileSync(join(folder, 'checkpoint-1.txt'), `${body}\n${signatureOf(body, 'signer-test', privateKey)}`)
  writeFileSync(join(folder, 'public-key-1.txt'), publicKeyText('signer-test', privateKey))
  return folder
}

test('a key that lies only beside the checkpoints of one disk proves nothing; one kept elsewhere does', () => {
  const key = signer()
  const folders = [holder(kept, key), holder(kept, key)].flatMap((folder) => ['--anchor', folder])
  expect(command(...folders)).toMatchObject({ status: 2, text: expect.stringContaining('--public-key') })
  expect(command(...folders, '--public-key', publicKeyText('signer-test', key))).toMatchObject({
    status: 0,
    text: expect.stringContaining('loevad üheks hoidjaks'),
  })
  // What was kept in the hand says as much of the log as they do.
  const withHand = command(...folders, '--anchor', kept)
  expect(withHand).toMatchObject({ status: 0, text: expect.not.stringContaining('loevad üheks hoidjaks') })
  expect(readAnchors(['1:'.padEnd(66, 'a'), ...folders.slice(1, 2)], []).unproven).toBe(true)
}, 60_000)

test('the same key beside the checkpoints of two holders is vouched for; beside those of one it is not', () => {
  const [key, other] = [signer(), signer()]
  const [one, two, third] = [holder(kept, key), holder(kept, key), holder(kept, other)]
  const apart = (name: string) => (name.startsWith(one) ? 'one' : 'another')
  const read = (...folders: string[]) => readAnchors(folders, [], undefined, apart)
  expect(read(one, two)).toMatchObject({ unproven: false, faults: [], oneHolder: false })
  // A newer checkpoint under a key that one holder alone has.
  const newer = holder(kept.replace(/^3/, '4'), other)
  expect(read(one, two, newer).unproven).toBe(true)
  expect(read(one, third).unproven).toBe(true)
  expect(read(one, join(one, 'checkpoint-1.txt')).unproven).toBe(true)
})

test('a log that was rewritten with its checkpoints made anew, and their key laid beside them, is never called whole', async () => {
  const other = await openCast()
  const on = (...args: string[]) => commandOn(other.urls.adminUrl, ...args)
  try {
    for (const me of [other.kim, other.lou, other.max]) await openAccount.run(me, {})
    const key = signer()
    const endOf = async () => /\d+:[0-9a-f]{64}/.exec((await verifyLog(other.admin, [])).text)?.[0] ?? ''
    const honest = holder(await endOf(), key)
    await other.admin.query(`alter table audit_event disable trigger all;
      update audit_event set action = 'case.list' where seq = 2;
      do $$ declare e audit_event; before bytea; begin
        for e in select * from audit_event order by seq loop
          e.prev := coalesce(before, '\\x00'::bytea); e.hash := audit_hash(e); before := e.hash;
          update audit_event set prev = e.prev, hash = e.hash where seq = e.seq;
        end loop; end $$`)
    const made = holder(await endOf(), signer())
    expect(on('--anchor', made)).toMatchObject({ status: 2, text: expect.stringContaining('ei saa öelda') })
    // Also where it was laid into several folders of one disk.
    expect(on('--anchor', made, '--anchor', join(made, 'checkpoint-1.txt')).status).toBe(2)
    const withKey = on('--anchor', made, '--public-key', publicKeyText('signer-test', key))
    expect(withKey).toMatchObject({ status: 1, text: expect.stringContaining(join(made, 'checkpoint-1.txt')) })
    expect(on('--anchor', honest)).toMatchObject({ status: 1, text: expect.stringContaining('1–3') })
    expect(on('--anchor', made, '--anchor', honest).status).toBe(1)
  } finally {
    await other.close()
  }
}, 120_000)

test('the log of a dump is checked without a database: of a backup with the key from the safe, of a text with none', async () => {
  const vaults = makeVaults(mkdtempSync(join(tmpdir(), 'tugivork-dump-')))
  const { file } = await backUp(cast.urls.adminUrl, vaults, 'x.backup')
  expect(command('--dump', file, '--anchor', kept)).toMatchObject({ status: 2, text: expect.stringContaining('--key') })
  const opened = ['--dump', file, '--key', vaults.privateKeyFile]
  expect(command(...opened, '--anchor', kept)).toMatchObject({ status: 0, text: expect.stringContaining('(1)') })
  // Whether it is older, or its end was cut off, it cannot say itself.
  expect(command(...opened, '--anchor', `9:${'a'.repeat(64)}`)).toMatchObject({
    status: 2,
    text: expect.stringContaining('sündmuse 9 juures'),
  })
  const names = await cast.admin.query<{ names: string }>(
    `select (select string_agg(attname, ', ' order by attnum) from pg_attribute where attrelid = 'audit_event'::regclass and attnum > 0) as names`,
  )
  const columns = names.rows[0]?.names ?? ''
  const lines: Buffer[] = []
  for await (const part of copyOut(client, `copy public.audit_event (${columns}) to stdout`)) lines.push(part)
  const text = join(vaults.folder, 'dump.sql')
  const write = (rows: string) =>
    writeFileSync(
      text,
      `drop table person;\nCOPY public.audit_event (${columns}) FROM stdin;\n${rows}\\.\n\nselect 1 / 0;\n`,
    )
  const rows = Buffer.concat(lines).toString()
  write(rows)
  expect(command('--dump', text, '--anchor', kept).status).toBe(0)
  write(rows.replace('account.open', 'account.exit'))
  expect(command('--dump', text)).toMatchObject({ status: 1, text: expect.stringContaining('sündmuse 1 sisu') })
  writeFileSync(text, 'create table x ();')
  expect(command('--dump', text)).toMatchObject({ status: 2, text: expect.stringContaining('pg_dump') })
  rmSync(vaults.folder, { recursive: true })
}, 120_000)

test('the last event is the one with the highest number, beyond the ninth too', async () => {
  const other = await openCast()
  try {
    for (let look = 0; look < 11; look++) await openAccount.run(other.kim, {})
    expect((await verifyLog(other.admin, [])).text).toMatch(/11 sündmust. Viimane: 11:/)
  } finally {
    await other.close()
  }
})

test('a tail cut off is found only with what was kept elsewhere', async () => {
  const { anchors } = readAnchors([kept], [])
  expect((await verifyLog(client, anchors)).code).toBe(0)
  await meddle('delete from audit_event where seq = 3')
  expect((await verifyLog(client, [])).code).toBe(0)
  expect(await verifyLog(client, anchors)).toMatchObject({ code: 1, seq: 3, kind: 'missing' })
  expect(command('--anchor', kept)).toMatchObject({ status: 1, text: expect.stringContaining('sündmust 3 ei ole') })
}, 60_000)

test('a changed event is found, and which one, whatever the functions of the database say', async () => {
  await meddle(`update audit_event set action = 'nothing' where seq = 2`)
  await cast.admin.query(
    `create or replace function audit_hash(e audit_event) returns bytea language sql stable as 'select e.hash'`,
  )
  expect(await verifyLog(client, [])).toMatchObject({ code: 1, seq: 2, kind: 'changed' })
})

test('whoever may not read all of the log cannot tell', async () => {
  const reader = new Client({ connectionString: cast.urls.readUrl })
  await reader.connect()
  await expect(verifyLog(reader, [])).rejects.toThrow(/permission denied/)
  await reader.end()
})

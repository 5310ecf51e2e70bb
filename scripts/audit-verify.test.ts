// Does the check of the log find what an owner of the database could do to it?
import { spawnSync } from 'node:child_process'
import { generateKeyPairSync } from 'node:crypto'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openAccount } from '../app/access/account/accounts.server.ts'
import { readAnchors } from '../app/audit/checkpoint/anchors.ts'
import { bodyOf, publicKeyText, signatureOf } from '../app/audit/checkpoint/note.ts'
import { type Cast, openCast } from '../test/cast.ts'
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
function command(...args: string[]) {
  const env = { ...process.env, DATABASE_URL: cast.urls.adminUrl, TUGIVORK_DATA: join(tmpdir(), 'tugivork-no-such') }
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

test('anchors that all lie on one disk are said to be one holder’s; one kept in the hand is another', () => {
  const { privateKey } = generateKeyPairSync('ed25519')
  const [size = '', head = ''] = kept.split(':')
  const body = bodyOf({ origin: 'x/audit', size: Number(size), head, time: new Date().toISOString(), previous: null })
  const folders = [1, 2].map(() => {
    const folder = mkdtempSync(join(tmpdir(), 'tugivork-anchor-'))
    writeFileSync(join(folder, 'checkpoint-1.txt'), `${body}\n${signatureOf(body, 'signer-test', privateKey)}`)
    writeFileSync(join(folder, 'public-key-1.txt'), publicKeyText('signer-test', privateKey))
    return ['--anchor', folder]
  })
  expect(command(...folders.flat())).toMatchObject({
    status: 0,
    text: expect.stringContaining('loevad üheks hoidjaks'),
  })
  expect(command(...folders.flat(), '--anchor', kept).text).not.toContain('loevad üheks hoidjaks')
}, 60_000)

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

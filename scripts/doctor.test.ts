// Does the doctor find what is wrong, and say nothing of what is right?
import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { Client } from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { loadSecrets } from '../app/process/secrets.server.ts'
import { loadSigner } from '../app/process/signer.server.ts'
import { startEmbedded } from '../db/embedded.ts'
import { migrate } from '../db/migrate.ts'
import { freshDatabase, type TestDatabase } from '../test/database.ts'
import { openHostile } from '../test/hostile-provider.ts'
import { newFolder } from '../test/keepers.ts'
import { testPasswords } from '../test/secrets.ts'
import { examine } from './doctor.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await freshDatabase()
})
afterAll(() => database.close())

async function bad(env: Record<string, string>): Promise<string[]> {
  return (await examine(env)).filter(({ level }) => level === 'fail').map(({ said }) => said.key)
}

/** What the doctor finds while the change is in force. */
async function whileBroken(how: string, mend: string): Promise<string[]> {
  const client = new Client({ connectionString: database.adminUrl })
  await client.connect()
  await client.query(how)
  const found = await bad({ DATABASE_URL: database.adminUrl, TUGIVORK_DATA: newFolder() })
  await client.query(mend)
  await client.end()
  return found
}

test('a migrated database has nothing wrong', async () => {
  expect(await bad({ DATABASE_URL: database.adminUrl, TUGIVORK_DATA: newFolder() })).toEqual([])
})

test.each([
  [
    'a table without forced row security',
    'alter table person no force row level security',
    'alter table person force row level security',
    ['core.doctor.rows.bad'],
  ],
  [
    'a policy that is not in the files',
    'create policy all_open on person using (true)',
    'drop policy all_open on person',
    ['core.doctor.policies.bad'],
  ],
  [
    'set_config open to all',
    'grant execute on function pg_catalog.set_config(text, text, boolean) to public',
    'revoke execute on function pg_catalog.set_config(text, text, boolean) from public',
    ['core.doctor.setConfig.bad'],
  ],
  [
    'a door open to all',
    'grant execute on function door_system() to public',
    'revoke execute on function door_system() from public',
    ['core.doctor.functions.bad'],
  ],
  [
    'a schema open to all',
    'grant create on schema public to public',
    'revoke create on schema public from public',
    ['core.doctor.schema.bad'],
  ],
  [
    'a changed migration',
    "update meta.migration set checksum = 'x' || checksum where number = 1",
    'update meta.migration set checksum = substr(checksum, 2) where number = 1',
    ['core.migrate.changed'],
  ],
])('%s is found', async (_what, how, mend, found) => {
  expect(await whileBroken(how, mend)).toEqual(found)
})

test('a table that belongs to a login role, and one that is not guarded, are found', async () => {
  const found = await whileBroken(
    'create table loose (id int); alter table loose owner to tugivork_read',
    'drop table loose',
  )
  expect(found).toEqual(['core.doctor.roles.bad', 'core.doctor.rows.bad'])
})

test('in production a server that talks or may forget is refused', async () => {
  const production = {
    TUGIVORK_MODE: 'production',
    TUGIVORK_ORIGIN: 'https://tugivork.example',
    TUGIVORK_SECRETS: join(newFolder(), 'secrets.json'),
    TUGIVORK_SIGNER: join(newFolder(), 'signer.json'),
    TUGIVORK_ANCHORS: 'file:/srv/anchors, mailto:akt@agency.example',
    TUGIVORK_SENDER: 'tugivork@tugivork.example',
    SMTP_URL: 'smtp://127.0.0.1:1',
    DATABASE_URL: database.adminUrl,
    TUGIVORK_PROXIES: '127.0.0.1',
  }
  const found = await bad(production)
  expect(found).toContain('core.secrets.missing')
  expect(found).toContain('core.signer.missing')
  expect(found).toContain('core.doctor.mail.bad')
  expect(found).not.toContain('core.doctor.holders.bad')
  const oneDisk = { ...production, TUGIVORK_ANCHORS: 'file:/srv/anchors, file:/srv/more' }
  expect(await bad(oneDisk)).toContain('core.doctor.holders.bad')
  if (!process.env.DATABASE_URL) expect(found).toContain('core.doctor.durable.bad')
  // An address that tells what service this is stands on the lock screen of whoever gets a letter.
  const names = async (env: Record<string, string>) =>
    (await examine({ ...production, ...env })).find(({ said }) => said.key.startsWith('core.doctor.names'))
  expect(await names({})).toEqual({ level: 'warn', said: { key: 'core.doctor.names.bad' } })
  const quiet = { TUGIVORK_ORIGIN: 'https://leht.example', TUGIVORK_SENDER: 'teated@leht.example' }
  expect(await names(quiet)).toEqual({ level: 'ok', said: { key: 'core.doctor.names.ok' } })
  expect((await names({ ...quiet, TUGIVORK_SENDER: 'marac@leht.example' }))?.level).toBe('warn')
})

test('a place that has heard nothing of the log for an hour is found, and the public key is told', async () => {
  const folder = newFolder()
  const env = { DATABASE_URL: database.adminUrl, TUGIVORK_DATA: folder, TUGIVORK_ANCHORS: 'file:/srv/a, file:/srv/b' }
  loadSigner(join(folder, 'signer.json'))
  const client = new Client({ connectionString: database.adminUrl })
  await client.connect()
  await client.query(`
    insert into audit_event (seq, at, action, result, fields, prev, hash) values (1, now() - interval '2 hours', 'x', 'done', '{}', '\\x00', '\\x00');
    insert into audit_checkpoint (number, size, head, note) values (1, 1, '\\x00', 'x');
    insert into audit_delivery (place, number, delivered_at) values ('file:/srv/a', 1, now())`)
  const findings = await examine(env)
  expect(findings.find(({ said }) => said.key.startsWith('core.doctor.anchors'))).toEqual({
    level: 'warn',
    said: { key: 'core.doctor.anchors.bad', args: { names: 'file:/srv/b' } },
  })
  expect(findings.find(({ said }) => said.key === 'core.doctor.signer.ok')?.said.args?.key).toMatch(/^signer-.*\+.*\+/)
  expect(findings).toContainEqual({ level: 'ok', said: { key: 'core.doctor.pictures.ok' } })
  await client.query(`insert into audit_delivery (place, number, delivered_at) values ('file:/srv/b', 1, now())`)
  const later = await examine(env)
  expect(later.some(({ said }) => said.key === 'core.doctor.anchors.ok')).toBe(true)
  await client.end()
})

test('folders on one disk are one holder of the log; a second disk is a second', async () => {
  const [folder, other] = [newFolder(), newFolder()]
  for (const made of [folder, other]) mkdirSync(made, { recursive: true })
  const link = join(other, 'link')
  symlinkSync(folder, link)
  const found = async (anchors: string) => {
    const findings = await examine({ TUGIVORK_DATA: newFolder(), TUGIVORK_ANCHORS: anchors })
    return findings.find(({ said }) => said.key.startsWith('core.doctor.holders'))
  }
  for (const second of [other, link, join(other, 'not', 'yet')])
    expect(await found(`file:${folder}, file:${second}`)).toEqual({
      level: 'warn',
      said: { key: 'core.doctor.holders.bad', args: { names: `file:${folder}, file:${second}` } },
    })
  // What the kernel keeps under /proc is no part of any disk.
  const two = await found(`file:${folder}, file:/proc/anchors, file:${other}`)
  expect(two?.said).toEqual({
    key: 'core.doctor.holders.shared',
    args: { count: 2, names: `file:${folder}, file:${other}` },
  })
  expect((await found(`file:${folder}, mailto:akt@agency.example`))?.said.key).toBe('core.doctor.holders.ok')
})

test('keys that others may read, a wrong variable and a dead database are found', async () => {
  const folder = newFolder()
  mkdirSync(folder)
  const path = join(folder, 'secrets.json')
  loadSecrets(path)
  chmodSync(path, 0o644)
  const dead = { DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none', TUGIVORK_DATA: folder }
  expect(await bad(dead)).toEqual(['core.secrets.mode', 'core.doctor.database.bad'])
  expect(await bad({ PORT: 'x' })).toEqual(['core.config.port'])
})

test('the embedded database is examined while the program runs, and while it does not', async () => {
  const dataDir = newFolder()
  const env = { TUGIVORK_DATA: dataDir }
  expect((await examine(env)).at(-1)?.said.key).toBe('core.doctor.database.none')
  const { adminUrl, stop } = await startEmbedded({ dataDir })
  expect((await examine(env)).at(-1)?.said.key).toBe('core.doctor.migrations.none')
  await migrate(adminUrl, { rolePasswords: testPasswords })
  const client = new Client({ connectionString: adminUrl })
  await client.connect()
  await client.query('alter role tugivork_read bypassrls')
  await client.end()
  expect(await bad(env)).toEqual(['core.doctor.roles.bad'])
  // The next start takes the right away again.
  await migrate(adminUrl, { rolePasswords: testPasswords })
  await stop()
  expect(await bad(env)).toEqual([])
})

test('the state’s sign-in: a secret that others can read, a provider that is away, and one in order', async () => {
  const file = join(newFolder(), 'tara')
  mkdirSync(dirname(file))
  const env = (issuer: string) => ({
    ...{ DATABASE_URL: database.adminUrl, TUGIVORK_DATA: newFolder(), TUGIVORK_OIDC_ISSUER: issuer },
    ...{ TUGIVORK_OIDC_CLIENT_ID: 'tugivork-test', TUGIVORK_OIDC_CLIENT_SECRET_FILE: file },
  })
  const provider = await openHostile()
  expect(await bad(env(provider.issuer))).toEqual(['core.config.oidcFile'])
  writeFileSync(file, 'naidis\n', { mode: 0o644 })
  expect(await bad(env(provider.issuer))).toEqual(['core.config.oidcFile'])
  chmodSync(file, 0o600)
  expect(await bad(env(provider.issuer))).toEqual([])
  await provider.close()
  expect(await bad(env(provider.issuer))).toEqual(['core.doctor.oidc.bad'])
})

// How is the log of a dump looked at, without a database of ours and without a secret but that of a closed backup?
import { createReadStream, existsSync, readFileSync } from 'node:fs'
import { mkdtemp, open, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { Client } from 'pg'
import { Told } from '../app/i18n/bilingual.ts'
import { isBackup, readPrivate } from './backup/container.ts'
import { copyIn } from './backup/copy.ts'
import { copyText } from './backup/dump.ts'
import { loadTable } from './backup/load.ts'
import { startEmbedded } from './embedded.ts'

const table = 'audit_event'
// No key and no rule: what was put in twice, or is missing, is for the check to find.
const columns: Record<string, string> = {
  ...{ seq: 'bigint', at: 'timestamptz', actor: 'uuid', on_behalf_of: 'uuid', session_id: 'uuid', action: 'text' },
  ...{ object_kind: 'text', object_id: 'text', case_id: 'uuid', network_id: 'uuid', result: 'text', fields: 'text[]' },
  ...{ hits: 'int', reason_sealed: 'bytea', prev: 'bytea', hash: 'bytea' },
}

/**
 * Runs `work` on a throw-away database that holds the log of a dump and nothing else: of a backup of ours, which the key from the safe opens, or of what
 * `pg_dump` wrote as plain text. Of the dump only rows are taken; no statement in it is run.
 */
export async function onDumpedLog<R>(
  path: string,
  privateKeyFile: string | null,
  work: (client: Client) => Promise<R>,
): Promise<R> {
  if (!existsSync(path)) throw new Told('safekeeping.restore.noFile', { path })
  const folder = await mkdtemp(join(tmpdir(), 'tugivork-dump-'))
  try {
    const { adminUrl, stop } = await startEmbedded({ dataDir: folder, fsync: false })
    const client = new Client({ connectionString: adminUrl })
    try {
      await client.connect()
      const typed = Object.entries(columns).map(([name, type]) => `${name} ${type}`)
      await client.query(`create table public.${table} (${typed.join(', ')})`)
      if (await beginsAsBackup(path)) await fromBackup(client, path, privateKeyFile)
      else await fromText(client, path)
      return await work(client)
    } finally {
      await client.end()
      await stop()
    }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function beginsAsBackup(path: string): Promise<boolean> {
  const file = await open(path)
  const { buffer, bytesRead } = await file.read(Buffer.alloc(64), 0, 64, 0)
  await file.close()
  return isBackup(buffer.subarray(0, bytesRead))
}

async function fromBackup(client: Client, path: string, privateKeyFile: string | null): Promise<void> {
  if (!privateKeyFile) throw new Told('audit.verify.noSafe')
  if (!existsSync(privateKeyFile)) throw new Told('safekeeping.restore.noFile', { path: privateKeyFile })
  await loadTable(client, path, readPrivate(readFileSync(privateKeyFile, 'utf8'), privateKeyFile), table)
}

async function fromText(client: Client, path: string): Promise<void> {
  const lines = createInterface({ input: createReadStream(path), crlfDelay: Number.POSITIVE_INFINITY })
  const each = lines[Symbol.asyncIterator]()
  for (let next = await each.next(); !next.done; next = await each.next()) {
    const [, named] = /^COPY (?:public\.)?audit_event \(([^()]+)\) FROM stdin;$/.exec(next.value) ?? []
    if (!named) continue
    const names = named.split(', ').filter((name) => name in columns)
    if (names.length !== Object.keys(columns).length) break
    return copyIn(client, copyText(table, names, 'from stdin'), rowsOf(each))
  }
  throw new Told('audit.verify.noLog', { file: path })
}

async function* rowsOf(lines: AsyncIterator<string>): AsyncGenerator<Buffer> {
  for (let next = await lines.next(); !next.done && next.value !== '\\.'; next = await lines.next())
    yield Buffer.from(`${next.value}\n`)
}

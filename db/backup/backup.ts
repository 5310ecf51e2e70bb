// How is everything written down elsewhere, closed for the holder of a key that is not here?
import { createWriteStream, existsSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs'
import { mkdir, open } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import { Client } from 'pg'
import { Told } from '../../app/i18n/bilingual.ts'
import { ledgerHead } from '../../app/process/ledger.server.ts'
import { closing, readPublic } from './container.ts'
import { beginSnapshot, type Counts, dump, type Head, readHead } from './dump.ts'

export type BackupOptions = { adminUrl: string; to: string; publicKeyFile: string; indexId: string; ledgerFile: string }
export type Made = { file: string; keysFile: string; bytes: number; rows: number; tables: number }

/** The file of keys lies beside the backups; only the newest one is kept. */
export const keysBeside = (file: string): string => join(dirname(file), 'tugivork.keys')

/** Writes both files of a backup: whole and closed, or not at all. */
export async function makeBackup({ adminUrl, to, publicKeyFile, indexId, ledgerFile }: BackupOptions): Promise<Made> {
  if (!existsSync(publicKeyFile)) throw new Told('safekeeping.backup.noKey', { path: publicKeyFile })
  const recipient = readPublic(readFileSync(publicKeyFile, 'utf8'), publicKeyFile)
  const client = new Client({ connectionString: adminUrl, application_name: 'tugivork-backup' })
  await client.connect()
  try {
    await beginSnapshot(client)
    const found = { ...(await readHead(client)), indexId, ledger: ledgerHead(ledgerFile) }
    const file = await placeFor(to, found.madeAt)
    const keysFile = keysBeside(file)
    const counts: Counts = {}
    const write = (part: Head['part'], path: string, given: Counts) =>
      writeClosed(path, closing(recipient), dump(client, { part, ...found }, given))
    // First the keys: a backup without its keys would be worth nothing, keys that are newer than a backup do no harm.
    await write('keys', keysFile, {})
    await write('data', file, counts)
    await client.query('commit')
    const rows = Object.values(counts).reduce((sum, count) => sum + count, 0)
    const made = { file, keysFile, bytes: statSync(file).size, rows, tables: Object.keys(counts).length }
    await noteUpkeep(client, 'backup', { bytes: made.bytes, rows, tables: made.tables })
    return made
  } finally {
    await client.end()
  }
}

/** Remembers, for `npm run doctor`, when it was last done. */
export async function noteUpkeep(client: Client, kind: 'backup' | 'drill' | 'restore', note: object): Promise<void> {
  await client.query('insert into upkeep (kind, note) values ($1, $2)', [kind, JSON.stringify(note)])
}

/** A folder gets a file named after the moment; a file that is there already is never written over. */
async function placeFor(to: string, madeAt: string): Promise<string> {
  const path = resolve(to)
  const isFolder = to.endsWith('/') || statSync(path, { throwIfNoEntry: false })?.isDirectory()
  const file = isFolder ? join(path, `tugivork-${madeAt.replaceAll(':', '')}.backup`) : path
  await mkdir(dirname(file), { recursive: true, mode: 0o700 })
  if (existsSync(file)) throw new Told('safekeeping.backup.exists', { file })
  return file
}

async function writeClosed(path: string, closer: NodeJS.ReadWriteStream, frames: AsyncIterable<Buffer>): Promise<void> {
  const aside = `${path}.part`
  rmSync(aside, { force: true })
  try {
    await pipeline(
      Readable.from(frames, { objectMode: false, highWaterMark: 65_536 }),
      createGzip({ level: 4 }),
      closer,
      createWriteStream(aside, { flags: 'wx', mode: 0o600 }),
    )
    const written = await open(aside, 'r')
    await written.sync()
    await written.close()
    renameSync(aside, path)
  } catch (error) {
    rmSync(aside, { force: true })
    throw error
  }
}

// How is the file of keys changed while programs read it, and how do they notice?
import {
  chownSync,
  closeSync,
  fsyncSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { dirname } from 'node:path'
import type { KeySource, Keys } from '../core/keys/ring.server.ts'
import { Told } from '../i18n/bilingual.ts'
import { loadSecrets, type Secrets } from './secrets.server.ts'

/** The keys of the file in the form in which the process holds them. */
export function keysOf(secrets: Secrets): Keys {
  const { master, index, pepper, earlier, process } = secrets
  return { master: master.key, masterId: master.id, index: index.key, pepper: pepper.key, earlier, process }
}

/** The file as a source of keys: it has changed when it is another file than the one last read. */
export function keyFile(path: string): KeySource {
  const look = () => {
    const found = statSync(path, { throwIfNoEntry: false })
    return found ? `${found.ino}/${found.mtimeMs}/${found.size}` : ''
  }
  let seen = look()
  return {
    changed: () => look() !== seen,
    read: () => {
      seen = look()
      return keysOf(loadSecrets(path))
    },
  }
}

type Stored = { id: string; created: string; key: string }
/** The file as it is written; what this program does not know is kept. */
export type StoredSecrets = { master: Stored; earlier?: Stored[]; process?: Stored[] } & Record<string, unknown>

/**
 * Writes a changed file of keys in the place of the old one: whoever reads sees the old or the new one, and after a power cut too.
 * It keeps its owner and stays closed to others. One change at a time; a second one is told to wait.
 */
export function changeSecrets(path: string, change: (keys: StoredSecrets) => StoredSecrets): void {
  const lock = `${path}.lock`
  try {
    writeFileSync(lock, String(process.pid), { flag: 'wx', mode: 0o600 })
  } catch (error) {
    if ((error as { code?: string }).code !== 'EEXIST') throw error
    throw new Told('safekeeping.keys.locked', { path: lock })
  }
  try {
    loadSecrets(path)
    replaceFile(path, `${JSON.stringify(change(JSON.parse(readFileSync(path, 'utf8'))), null, 2)}\n`)
  } finally {
    rmSync(lock, { force: true })
  }
}

function replaceFile(path: string, text: string): void {
  const aside = `${path}.new`
  rmSync(aside, { force: true })
  const { uid, gid } = statSync(path)
  const file = openSync(aside, 'wx', 0o600)
  try {
    writeFileSync(file, text)
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
  // Run by root for a program that is another user: the file stays that user's.
  if (process.getuid?.() === 0) chownSync(aside, uid, gid)
  renameSync(aside, path)
  const folder = openSync(dirname(path), 'r')
  fsyncSync(folder)
  closeSync(folder)
}

// Which keys does this installation hold, and is the file that holds them safe?
import { createHmac, randomBytes } from 'node:crypto'
import { linkSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { z } from 'zod'
import type { Message } from '../core/errors.ts'
import { Told } from '../i18n/bilingual.ts'

const purposes = ['master', 'index', 'pepper', 'roles'] as const
type Purpose = (typeof purposes)[number]

/** One key: 32 bytes, the name under which sealed data remember it, and the day it was made. */
export type Secret = { id: string; created: string; key: Buffer }

/**
 * `master` wraps the keys of cases and people, `index` finds personal codes, `pepper` goes into password hashes,
 * `roles` yields the passwords of the database roles. They are separate, so that one that leaks opens one door.
 */
export type Secrets = Record<Purpose, Secret>

const stored = z.object({ id: z.string().min(1), created: z.iso.date(), key: z.base64url() })
const file = z.object({ master: stored, index: stored, pepper: stored, roles: stored })

/** Reads the keys; makes them where there is no such file yet. Throws where others may read it or a key is weak. */
export function loadSecrets(path: string): Secrets {
  const found = statSync(path, { throwIfNoEntry: false })
  if (!found) createSecrets(path)
  const problem = secretsProblem(path)
  if (problem) throw new Told(problem.key, problem.args)
  return parseSecrets(readFileSync(path, 'utf8'))
}

/** What is wrong with the file of keys, or `undefined` where all is well. */
export function secretsProblem(path: string): Message | undefined {
  const found = statSync(path, { throwIfNoEntry: false })
  if (!found) return { key: 'core.secrets.missing', args: { path } }
  const mode = found.mode & 0o777
  if ((mode & 0o177) !== 0) return { key: 'core.secrets.mode', args: { path, mode: mode.toString(8).padStart(4, '0') } }
  try {
    const secrets = parseSecrets(readFileSync(path, 'utf8'))
    const weak = purposes.find((purpose) => isWeak(secrets[purpose].key))
    if (weak) return { key: 'core.secrets.weak', args: { path, purpose: weak } }
    const distinct = new Set(purposes.map((purpose) => secrets[purpose].key.toString('hex')))
    return distinct.size === purposes.length ? undefined : { key: 'core.secrets.same', args: { path } }
  } catch {
    return { key: 'core.secrets.unreadable', args: { path } }
  }
}

/** The password of a database role; the same keys always give the same one, so it is written down nowhere. */
export function rolePassword(secrets: Secrets, role: string): string {
  return createHmac('sha256', secrets.roles.key).update(`database role ${role}`).digest('base64url')
}

function parseSecrets(text: string): Secrets {
  const parsed = file.parse(JSON.parse(text))
  const read = (purpose: Purpose): Secret => ({
    ...parsed[purpose],
    key: Buffer.from(parsed[purpose].key, 'base64url'),
  })
  return { master: read('master'), index: read('index'), pepper: read('pepper'), roles: read('roles') }
}

// Of 32 random bytes fewer than 16 different ones is something that does not happen by chance.
function isWeak(key: Buffer): boolean {
  return key.length < 32 || new Set(key).size < 16
}

function createSecrets(path: string): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
  const created = new Date().toISOString().slice(0, 10)
  const make = (purpose: Purpose) => ({
    id: `${purpose}-${created}-${randomBytes(3).toString('hex')}`,
    created,
    key: randomBytes(32).toString('base64url'),
  })
  const fresh = Object.fromEntries(purposes.map((purpose) => [purpose, make(purpose)]))
  // Written aside and linked: another process either sees no file or a whole one, and the first to make it wins.
  const aside = `${path}.${process.pid}`
  writeFileSync(aside, `${JSON.stringify(fresh, null, 2)}\n`, { mode: 0o600, flag: 'wx' })
  try {
    linkSync(aside, path)
  } catch (error) {
    if ((error as { code?: string }).code !== 'EEXIST') throw error
  } finally {
    rmSync(aside)
  }
}

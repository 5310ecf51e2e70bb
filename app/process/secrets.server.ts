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
 * `master` wraps the keys of cases and people, `index` finds personal codes, `pepper` makes the claims of sessions,
 * `roles` yields the passwords of the database roles. They are separate, so that one that leaks opens one door.
 */
export type Secrets = Record<Purpose, Secret> & {
  /** Master keys that still open something; a rotation that has come to its end leaves none. */
  earlier: Secret[]
  /** The first seals what belongs to the process, the others open what was sealed before. */
  process: Secret[]
  /** Since when every way in bears a seal made with `pepper`; from then on none is sealed but by its owner. Nothing: it is to be done once. */
  sealed?: string
}

const stored = z.object({ id: z.string().min(1), created: z.iso.date(), key: z.base64url() })
const file = z.object({
  master: stored,
  index: stored,
  pepper: stored,
  roles: stored,
  earlier: z.array(stored).default([]),
  process: z.array(stored).default([]),
  sealed: z.iso.date().optional(),
})

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
    const aside = [...secrets.earlier, ...secrets.process]
    const weak = purposes.find((purpose) => isWeak(secrets[purpose].key)) ?? aside.find(({ key }) => isWeak(key))?.id
    if (weak) return { key: 'core.secrets.weak', args: { path, purpose: weak } }
    const separate = [...purposes.map((purpose) => secrets[purpose]), ...secrets.process.slice(0, 1)]
    const distinct = new Set(separate.map(({ key }) => key.toString('hex')))
    return distinct.size === separate.length ? undefined : { key: 'core.secrets.same', args: { path } }
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
  const read = (one: z.output<typeof stored>): Secret => ({ ...one, key: Buffer.from(one.key, 'base64url') })
  const single = Object.fromEntries(purposes.map((purpose) => [purpose, read(parsed[purpose])]))
  return {
    ...(single as Record<Purpose, Secret>),
    earlier: parsed.earlier.map(read),
    process: parsed.process.map(read),
    ...(parsed.sealed && { sealed: parsed.sealed }),
  }
}

// Of 32 random bytes fewer than 16 different ones is something that does not happen by chance.
function isWeak(key: Buffer): boolean {
  return key.length < 32 || new Set(key).size < 16
}

/** A new key as the file holds it. */
export function makeSecret(purpose: string): { id: string; created: string; key: string } {
  const created = new Date().toISOString().slice(0, 10)
  const id = `${purpose}-${created}-${randomBytes(3).toString('hex')}`
  return { id, created, key: randomBytes(32).toString('base64url') }
}

function createSecrets(path: string): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
  const single = Object.fromEntries(purposes.map((purpose) => [purpose, makeSecret(purpose)]))
  // A new house has nothing yet that is not sealed.
  const sealed = new Date().toISOString().slice(0, 10)
  const fresh = { ...single, earlier: [], process: [makeSecret('process')], sealed }
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

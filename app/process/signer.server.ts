// With which key is it confirmed to outsiders how the log stood, and where does that key live?
import { createPrivateKey, generateKeyPairSync, type KeyObject, randomBytes } from 'node:crypto'
import { linkSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { z } from 'zod'
import type { Message } from '../core/errors.ts'
import { Told } from '../i18n/bilingual.ts'

/** A key of its own in a file of its own: whoever keeps the database, or holds the other keys, need not be able to sign. */
export type SignerKey = { name: string; key: KeyObject }

const file = z.object({ id: z.string().regex(/^[^\s+]+$/), created: z.iso.date(), key: z.base64() })

/** Reads the signing key; makes it where there is no such file yet. Throws where others may read it. */
export function loadSigner(path: string): SignerKey {
  if (!statSync(path, { throwIfNoEntry: false })) createSigner(path)
  const problem = signerProblem(path)
  if (problem) throw new Told(problem.key, problem.args)
  return parseSigner(path)
}

/** What is wrong with the file of the signing key, or `undefined` where all is well. */
export function signerProblem(path: string): Message | undefined {
  const found = statSync(path, { throwIfNoEntry: false })
  if (!found) return { key: 'core.signer.missing', args: { path } }
  const mode = found.mode & 0o777
  if ((mode & 0o177) !== 0) return { key: 'core.secrets.mode', args: { path, mode: mode.toString(8).padStart(4, '0') } }
  try {
    return parseSigner(path).key.asymmetricKeyType === 'ed25519'
      ? undefined
      : { key: 'core.signer.unreadable', args: { path } }
  } catch {
    return { key: 'core.signer.unreadable', args: { path } }
  }
}

function parseSigner(path: string): SignerKey {
  const { id, key } = file.parse(JSON.parse(readFileSync(path, 'utf8')))
  return { name: id, key: createPrivateKey({ key: Buffer.from(key, 'base64'), format: 'der', type: 'pkcs8' }) }
}

function createSigner(path: string): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
  const created = new Date().toISOString().slice(0, 10)
  const { privateKey } = generateKeyPairSync('ed25519')
  const key = privateKey.export({ format: 'der', type: 'pkcs8' }).toString('base64')
  const fresh = { id: `signer-${created}-${randomBytes(3).toString('hex')}`, created, key }
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

// With which secret does this installation show itself to the state's sign-in?
import { readFileSync, statSync } from 'node:fs'
import type { Message } from '../core/errors.ts'
import { Told } from '../i18n/bilingual.ts'
import type { OidcConfig } from './config.server.ts'

/** The secret, from the environment or from its file. Throws where the file will not do. */
export function oidcSecret({ secret }: OidcConfig): string {
  if ('value' in secret) return secret.value
  const problem = oidcSecretProblem(secret.file)
  if (problem) throw new Told(problem.key, problem.args)
  return readFileSync(secret.file, 'utf8').trim()
}

/** What is wrong with the file, or `undefined` where it holds a secret that others cannot read. */
export function oidcSecretProblem(path: string): Message | undefined {
  const found = statSync(path, { throwIfNoEntry: false })
  const closed = found?.isFile() && (found.mode & 0o177) === 0
  if (closed && readFileSync(path, 'utf8').trim() !== '') return undefined
  return { key: 'core.config.oidcFile', args: { path } }
}

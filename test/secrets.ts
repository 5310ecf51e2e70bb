// Which keys do tests use?
import { createHash } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { rolePassword, type Secret, type Secrets } from '../app/process/secrets.server.ts'
import { loginRoles, type RolePasswords } from '../db/roles.ts'

const secret = (purpose: string): Secret => ({
  id: `${purpose}-test`,
  created: '2026-01-01',
  key: createHash('sha256').update(`test key ${purpose}`).digest(),
})

/** Always the same: several runs may share one cluster, whose roles have one password each. */
export const testSecrets: Secrets = {
  master: secret('master'),
  index: secret('index'),
  pepper: secret('pepper'),
  roles: secret('roles'),
  earlier: [],
  process: [secret('process')],
  sealed: '2026-01-01',
}

export const testPasswords = Object.fromEntries(
  loginRoles.map((role) => [role, rolePassword(testSecrets, role)]),
) as RolePasswords

/** Writes the keys of tests for a program that is started by a test with `TUGIVORK_SECRETS`; returns the path. */
export function writeTestSecrets(folder: string): string {
  const path = join(folder, 'test-secrets.json')
  const asWritten = (name: string, value: unknown) =>
    name === 'key' ? Buffer.from((value as { data: number[] }).data).toString('base64url') : value
  writeFileSync(path, JSON.stringify(testSecrets, asWritten), { mode: 0o600 })
  return path
}

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
}

export const testPasswords = Object.fromEntries(
  loginRoles.map((role) => [role, rolePassword(testSecrets, role)]),
) as RolePasswords

/** Writes the keys of tests for a program that is started by a test with `TUGIVORK_SECRETS`; returns the path. */
export function writeTestSecrets(folder: string): string {
  const path = join(folder, 'test-secrets.json')
  const text = Object.entries(testSecrets).map(([purpose, { key, ...rest }]) => [
    purpose,
    { ...rest, key: key.toString('base64url') },
  ])
  writeFileSync(path, JSON.stringify(Object.fromEntries(text)), { mode: 0o600 })
  return path
}

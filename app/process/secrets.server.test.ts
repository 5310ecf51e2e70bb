// Are the keys made well, kept closed, and refused when they are not?
import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { loadSecrets, rolePassword } from './secrets.server.ts'

let path = ''
beforeEach(() => {
  path = join(mkdtempSync(join(tmpdir(), 'tugivork-keys-')), 'deeper', 'secrets.json')
})
afterEach(() => rmSync(join(path, '../..'), { recursive: true }))

function change(how: (keys: Record<'index' | 'master' | 'pepper', { key: string }>) => void): void {
  const keys = JSON.parse(readFileSync(path, 'utf8'))
  how(keys)
  writeFileSync(path, JSON.stringify(keys))
}

test('the first start makes five different keys that only the owner may read; the next finds the same', () => {
  const made = loadSecrets(path)
  expect(statSync(path).mode & 0o777).toBe(0o600)
  const { earlier, process, sealed, ...single } = made
  expect(earlier).toEqual([])
  expect(sealed).toBe(made.master.created)
  const keys = [...Object.values(single), ...process].map(({ key }) => key)
  expect(new Set(keys.map((key) => key.toString('hex'))).size).toBe(5)
  expect(keys.every((key) => key.length === 32)).toBe(true)
  expect(loadSecrets(path)).toEqual(made)
})

test.each([0o640, 0o604, 0o644, 0o700])('a file with mode %o is refused', (mode) => {
  loadSecrets(path)
  chmodSync(path, mode)
  expect(() => loadSecrets(path)).toThrow(/chmod 600/)
})

test('a short key, a guessable one, two alike and a broken file are refused', () => {
  loadSecrets(path)
  change((keys) => (keys.index.key = Buffer.from('lyhike').toString('base64url')))
  expect(() => loadSecrets(path)).toThrow(/„index”/)
  change((keys) => (keys.index.key = Buffer.alloc(32, 7).toString('base64url')))
  expect(() => loadSecrets(path)).toThrow(/„index”/)
  change((keys) => (keys.index.key = keys.master.key))
  expect(() => loadSecrets(path)).toThrow(/ühesugust/)
  change((keys) => Reflect.deleteProperty(keys, 'pepper'))
  expect(() => loadSecrets(path)).toThrow(/ei saa lugeda/)
})

test('each role has a password of its own, the same every time', () => {
  const secrets = loadSecrets(path)
  expect(rolePassword(secrets, 'tugivork_read')).toBe(rolePassword(loadSecrets(path), 'tugivork_read'))
  expect(rolePassword(secrets, 'tugivork_read')).not.toBe(rolePassword(secrets, 'tugivork_write'))
})

// Is the key that signs the log made well, kept closed, and refused when it is not?
import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { publicKeyText, readPublicKey } from '../audit/checkpoint/note.ts'
import { loadSigner } from './signer.server.ts'

let path = ''
beforeEach(() => {
  path = join(mkdtempSync(join(tmpdir(), 'tugivork-signer-')), 'deeper', 'signer.json')
})
afterEach(() => rmSync(join(path, '../..'), { recursive: true }))

const told = () => {
  const { name, key } = loadSigner(path)
  return publicKeyText(name, key)
}

test('the first start makes a key that only its owner may read; the next finds the same', () => {
  const made = told()
  expect(statSync(path).mode & 0o777).toBe(0o600)
  expect(told()).toBe(made)
  expect(readPublicKey(made)?.name).toMatch(/^signer-\d{4}-\d{2}-\d{2}-[0-9a-f]{6}$/)
  expect(made).not.toContain(JSON.parse(readFileSync(path, 'utf8')).key)
})

test.each([0o640, 0o604, 0o644])('a file with mode %o is refused', (mode) => {
  loadSigner(path)
  chmodSync(path, mode)
  expect(() => loadSigner(path)).toThrow(/chmod 600/)
})

test('a broken file is refused and not made anew', () => {
  loadSigner(path)
  writeFileSync(path, '{"id": "x"}')
  expect(() => loadSigner(path)).toThrow(/ei saa lugeda/)
})

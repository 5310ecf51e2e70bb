// Does the report of the proofs say what was counted, what failed and what was not run?
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { promises, proofs, reportOf } from './proof.ts'

test('a promise is told with its counts, its failures and its seed; one that was not tried says so', () => {
  const report = reportOf(
    [
      { promise: 'kill', what: 'kills', count: 200, failed: 0, seed: 7, seconds: 300 },
      { promise: 'kill', what: 'acknowledged visits', count: 12_345, failed: 1, seed: 7, seconds: 301 },
    ],
    'Engine: x.',
  )
  expect(report).toContain('| 200 kills, 12,345 acknowledged visits | 1 | 301 s, seed 7 |')
  expect(report).toContain('| 1,000 races, 1 winner each | not run | | |')
})

test('a figure that belongs to no promise is no figure', () => {
  const stray = { promise: 'nothing', what: 'x', count: 1, failed: 0, seconds: 1 }
  expect(() => reportOf([stray], '')).toThrow('no such promise: nothing')
})

test('each promise of the report is kept count of somewhere that `npm run proof` goes', () => {
  const root = join(import.meta.dirname, '..')
  const files = globSync('{app,db,test}/**/*.test.ts', { cwd: root })
  for (const proof of proofs)
    expect(
      files.filter((file) => file.startsWith(proof)),
      proof,
    ).not.toEqual([])
  const run = files.filter((file) => proofs.some((proof) => file.startsWith(proof)))
  const text = run.map((file) => readFileSync(join(root, file), 'utf8')).join('\n')
  const silent = Object.keys(promises).filter((name) => !RegExp(`(promise: |recordTests\\()'${name}'`).test(text))
  expect(silent).toEqual([])
})

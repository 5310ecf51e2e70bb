// Does the report of the proofs say what was counted, what failed and what was not run?
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { promises } from '../test/proof/promises.ts'
import { standards } from '../test/proof/standards.ts'
import { exitCodeOf, inShort, type Line, proofs, reportOf, sectionOf, shortOf, withRows } from './proof.ts'

const on18 = 'PostgreSQL 18.4'

test('a promise is told with its counts, its failures and its seed, its numbers and its server; one that was not tried says so', () => {
  const section = sectionOf(
    [
      { promise: 'kill', what: 'rounds of kill -9', count: 200, failed: 0, seed: 7, seconds: 300, engine: on18 },
      { promise: 'kill', what: 'acknowledged forms', count: 12_345, failed: 1, seed: 7, seconds: 301, engine: on18 },
      { promise: 'outage', what: 'outages', count: 50, failed: 0, seconds: 3, engine: 'PostgreSQL 15.14' },
    ],
    on18,
    ', x.',
  )
  expect(section).toMatch(/^## PostgreSQL 18\n\nPostgreSQL 18\.4, x\.\n/)
  expect(section).toContain('| T9 | v5.0.0-2.3.3 | 200 rounds')
  expect(section).toContain('| 200 rounds of kill -9, 12,345 acknowledged forms | 1 | 301 s, seed 7 |')
  expect(section).toContain('| 50 outages (on PostgreSQL 15.14) | 0; too few')
  expect(section).toContain('| T15 | v5.0.0-2.3.4, v5.0.0-2.3.5, v5.0.0-15.4.2 |')
  expect(section).toContain('| 1,000 races and 1,000 contests of every kind of decision, 1 winner each | not run | | |')
})

test('the report keeps what was found on each server, and says of one on which nothing was tried that it was not run', () => {
  const run = (before: string, engine: string, about: string) =>
    reportOf(before, engine, sectionOf([], engine, `, ${about}.`), inShort([], about))
  const first = run('', on18, 'first')
  expect(first).toMatch(
    /## PostgreSQL 18\n\nPostgreSQL 18\.4, first\.[^#]+\n- first:[^#]+## PostgreSQL 15\n\nnot run\n$/,
  )
  const second = run(first, 'PostgreSQL 15.14', 'second')
  expect(second).toMatch(/18\.4, first\.[^#]+## PostgreSQL 15\n\nPostgreSQL 15\.14, second\./)
  expect(second).not.toContain('not run\n\n#')
  // Of the run before a line is left, and of those before that, the newest first.
  const third = run(second, 'PostgreSQL 18.5', 'third')
  expect(third).toMatch(/18\.5, third\.[^#]+\n\n- third:.*\n- first:.*\n\n## PostgreSQL 15[^#]+15\.14, second\./)
  expect(third).not.toContain(', first.')
  expect(run(third, on18, 'fourth')).toMatch(/\n- fourth:.*\n- third:.*\n- first:.*\n\n## PostgreSQL 15/)
})

test('what is tried once more takes the place of its row, with its release; what was tried too seldom, and other servers, stay', () => {
  const lines = (promise: string, seconds: number): Line[] =>
    kept()
      .filter((line) => line.promise === promise)
      .map((line) => ({ ...line, seconds }))
  const first = sectionOf(kept(), on18, ', whole.')
  const before = reportOf(reportOf('', 'PostgreSQL 15.14', first, '- a'), on18, first, '- b')
  const few = [{ promise: 'kill', what: 'rounds of kill -9', count: 30, failed: 0, seconds: 77 }]
  const after = withRows(before, on18, [...lines('once', 55), ...few], '0.1.0 at abc')
  const changed = after.split('\n').filter((line, at) => line !== before.split('\n')[at])
  expect(changed).toHaveLength(1)
  expect(changed[0]).toMatch(/^\| A form sent many times has one effect \|.*\| 0 \| 55 s, 0\.1\.0 at abc \|$/)
  expect(after.indexOf('at abc')).toBeLessThan(after.indexOf('## PostgreSQL 15'))
  expect(withRows(before, 'PostgreSQL 17.1', lines('once', 55), 'x')).toBe(before)
  // A promise that is newer than the table is put where it belongs; a server on which nothing was tried yet gets one.
  const older = before.replace(/^\| A form sent many times .*\n/m, '')
  const added = withRows(older, on18, lines('once', 55), '0.1.0 at abc').split('\n')
  const place = (title: string) => added.findIndex((line) => line.startsWith(`| ${title}`))
  expect(place('A form sent many times')).toBe(place('While the database is away') + 1)
  const none = reportOf('', 'PostgreSQL 15.14', first, '- a')
  expect(withRows(none, on18, lines('once', 55), 'x')).toMatch(
    /## PostgreSQL 18\n\nPostgreSQL 18\.4, in parts\.[\s\S]+55 s, x \|/,
  )
})

test('a run in a line: what was tried, what failed, and what was tried too seldom', () => {
  const lines: Line[] = [
    { promise: 'kill', what: 'rounds of kill -9', count: 200, failed: 0, seconds: 3 },
    { promise: 'kill', what: 'acknowledged forms', count: 12_345, failed: 1, seconds: 3 },
  ]
  const others = Object.keys(promises).length - 1
  expect(inShort(lines, 'x')).toBe(`- x: 1 promises, 12,545 tries, 1 failed, ${others} tried too seldom`)
})

test('of every promise it is said which test of the plan it is, and which requirements it tries', () => {
  expect(Object.keys(standards)).toEqual(Object.keys(promises))
  const named = Object.values(standards).flatMap(({ asvs }) => asvs)
  expect(named.filter((id) => !/^\d+\.\d+\.\d+$/.test(id))).toEqual([])
})

test('a figure that belongs to no promise is no figure', () => {
  const stray = { promise: 'nothing', what: 'x', count: 1, failed: 0, seconds: 1 }
  expect(() => sectionOf([stray], on18, '')).toThrow('no such promise: nothing')
})

/** A run in which everything was tried just as often as is demanded, and nothing failed. */
const kept = (): Line[] =>
  Object.entries(promises).flatMap(([promise, { least }]) =>
    least.map(({ what, least: count, each }): Line => {
      const words = each ? `${what} at 3 routes` : what
      return { promise, what: words, count: each ? count * 3 : count, failed: 0, seconds: 1 }
    }),
  )

test('whoever tries everything as often as demanded is through; one failure that a test let pass is one too many', () => {
  const whole = { status: 0, whole: true }
  expect(exitCodeOf(kept(), whole)).toBe(0)
  expect(exitCodeOf(kept(), { ...whole, status: 1 })).toBe(1)
  expect(exitCodeOf(kept(), { ...whole, status: null })).toBe(1)
  for (const [at, line] of kept().entries()) {
    const failed = kept().with(at, { ...line, failed: 1 })
    expect(exitCodeOf(failed, whole), line.promise).toBe(1)
    // Also where only a part was asked for.
    expect(exitCodeOf(failed, { status: 0, whole: false }), line.promise).toBe(1)
  }
})

test('a promise that was not tried, or less than is demanded, is not kept; a part is judged by what it tried', () => {
  for (const promise of Object.keys(promises)) {
    const without = kept().filter((line) => line.promise !== promise)
    expect(exitCodeOf(without, { status: 0, whole: true }), promise).toBe(1)
    expect(exitCodeOf(without, { status: 0, whole: false }), promise).toBe(0)
  }
  for (const [at, line] of kept().entries()) {
    const less = kept().with(at, { ...line, count: line.count - 1 })
    // Of a sum one may be less where another is more.
    if (line.promise === 'bypass' && line.what === '') continue
    expect(exitCodeOf(less, { status: 0, whole: true }), `${line.promise}: ${line.what}`).toBe(1)
  }
  expect(exitCodeOf([], { status: 0, whole: false })).toBe(1)
  const few = [{ promise: 'kill', what: 'rounds of kill -9', count: 30, failed: 0, seconds: 9 }]
  expect(shortOf('kill', few)).toEqual(['30 rounds of kill -9 of 200', '0 acknowledged forms of 1,000'])
  expect(sectionOf(few, on18, '')).toContain('| 30 rounds of kill -9 | 0; too few: 30 rounds of kill -9 of 200, 0 ack')
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
  // Nor is anything demanded that nobody counts under that name.
  const named = Object.entries(promises).flatMap(([promise, { least }]) => least.map(({ what }) => [promise, what]))
  const uncounted = named.filter(
    ([promise, what]) => !RegExp(`'${promise}',\\s+(what: )?['\`]${what?.replaceAll('/', '.')}`).test(text),
  )
  expect(uncounted).toEqual([])
  expect(Object.values(promises).filter(({ least }) => least.length === 0)).toEqual([])
})

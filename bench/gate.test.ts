// Does the gate close on a figure that got worse, on a wrong answer and on what was not measured – and on nothing else?
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { measure } from './bench.ts'
import { accepted, exitCodeOf, gated } from './gate.ts'
import { atLeast, atMost, broken, notRun, told } from './rows.ts'
import { parts, readOptions, type Session } from './session.ts'

const known = { dear: { reached: 3, decision: 49 }, slow: { reached: 0.5, decision: 49 } }

test('processor time has a quarter of allowance, what is counted has none', () => {
  expect(gated(atMost('cpu', 2.5, 2, { steady: 'nearly' })).pass).toBe(true)
  expect(gated(atMost('cpu', 2.51, 2, { steady: 'nearly' })).pass).toBe(false)
  expect(gated(atMost('statements', 6, 6, { steady: 'exactly' })).pass).toBe(true)
  expect(gated(atMost('statements', 7, 6, { steady: 'exactly' })).pass).toBe(false)
})

test('what misses its goal is held to what was reached, and may not get worse', () => {
  expect(gated(atMost('dear', 3.75, 2, { steady: 'nearly' }), known).pass).toBe(true)
  const worse = gated(atMost('dear', 3.76, 2, { steady: 'nearly' }), known)
  expect([worse.pass, worse.goal]).toEqual([false, '≤ 3.75'])
  expect(worse.note).toContain('goal ≤ 2, 3 accepted in decision 49')
  expect(gated(atLeast('slow', 0.5, 0.6, { steady: 'exactly' }), known).pass).toBe(true)
  expect(gated(atLeast('slow', 0.49, 0.6, { steady: 'exactly' }), known).pass).toBe(false)
  // Of one that has come to reach its goal the goal holds.
  expect(gated(atMost('dear', 4, 3.5, { steady: 'exactly' }), known).pass).toBe(false)
})

test('what depends on the machine is told and not judged, but a wrong answer leaves no figure, and that is judged', () => {
  expect(gated(atLeast('requests/s', 0.1, 0.6)).pass).toBe(null)
  expect(gated(told('spread', 9)).pass).toBe(null)
  expect(gated(atLeast('requests/s', Number.NaN, 0.6)).pass).toBe(false)
  expect(gated(atMost('cpu', Number.NaN, 2, { steady: 'nearly' })).pass).toBe(false)
  expect(gated(broken('pages', 'the server did not start')).pass).toBe(false)
})

test('one missed goal, or nothing at all, ends a run with 1', () => {
  const good = atMost('a', 1, 2)
  expect(exitCodeOf([good, told('b', 1), notRun('c', 'not here')])).toBe(0)
  expect(exitCodeOf([good, atMost('b', 3, 2)])).toBe(1)
  expect(exitCodeOf([good, broken('b', 'x')])).toBe(1)
  expect(exitCodeOf([])).toBe(1)
})

test('a run with a failing row, or with a step that breaks off, fails; one that holds does not', async () => {
  const session = { options: { ...readOptions(['--gate']), only: parts } } as unknown as Session
  const holds = { part: 'pages' as const, run: async () => [atMost('a', 1, 2, { steady: 'exactly' })] }
  // What takes an hour is not asked for.
  const long = { part: 'held' as const, when: 'whole' as const, run: async () => [broken('long', 'it was asked')] }
  expect(exitCodeOf(await measure([holds, long], session))).toBe(0)
  const fails = { part: 'tenfold' as const, run: async () => [atMost('b', 1, 0, { steady: 'exactly' })] }
  expect(exitCodeOf(await measure([holds, fails], session))).toBe(1)
  const breaks = { part: 'browser' as const, run: () => Promise.reject(new Error('gone')) }
  const rows = await measure([breaks, holds], session)
  expect(rows.map(({ name, pass }) => [name, pass])).toEqual([
    ['browser', false],
    ['a', true],
  ])
  expect(exitCodeOf(rows)).toBe(1)
})

test('the gate does not pass where a steady figure could not be taken', async () => {
  const session = { options: { ...readOptions(['--gate']), only: parts } } as unknown as Session
  const rows = await measure([{ part: 'browser', run: async () => [notRun('browser', 'no Chromium')] }], session)
  expect(exitCodeOf(rows)).toBe(1)
})

test.each(Object.entries(accepted))('%s: what was accepted stands in the decision', (_name, { reached, decision }) => {
  const folder = join(import.meta.dirname, '../docs/decisions')
  const file = readdirSync(folder).find((name) => name.startsWith(String(decision).padStart(4, '0'))) ?? ''
  const told = readFileSync(join(folder, file), 'utf8')
  expect([String(reached), reached.toPrecision(2)].some((figure) => told.includes(figure))).toBe(true)
})

test('the script ends with what the rows come to', () => {
  const script = readFileSync(join(import.meta.dirname, '../scripts/bench.ts'), 'utf8')
  expect(script).toContain('process.exitCode = exitCodeOf(rows)')
})

test('the gate is quick and small unless it is told otherwise, and writes no figures', () => {
  const { gate, quick, times } = readOptions(['--gate'])
  expect([gate, quick, times]).toEqual([true, true, 0.25])
  expect(readOptions(['--times=1', '--gate']).times).toBe(1)
  expect(() => readOptions(['--gate', '--write'])).toThrow('one at a time')
})

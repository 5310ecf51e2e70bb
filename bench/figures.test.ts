// Do the figures of a run stand where the documentation keeps them, and are plans read rightly?
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { withFigures } from './figures.ts'
import { readMachine } from './machine.ts'
import { atLeast, atMost, notRun } from './rows.ts'
import { parts } from './session.ts'
import { scansIn } from './tenfold/plans.ts'

const page = readFileSync(join(import.meta.dirname, '../docs/bench.md'), 'utf8')
const on = { machine: readMachine(), day: '2026-11-26', quick: false }

test('figures of a part take the place of its last ones and of nothing else', () => {
  const rows = [atLeast('a list', 0.7, 0.6), atMost('a wait', 3, 2), notRun('a peer', 'not here')]
  const first = withFigures(page, 'pages', rows, on)
  expect(first).toContain('1 of 2 goals reached; 1 figures not run.')
  expect(first).toContain('| ✓ | a list | 0.7 × | ≥ 0.6 |')
  const second = withFigures(first, 'pages', rows.slice(0, 1), on)
  expect(second).not.toContain('a wait')
  expect(second.slice(0, page.indexOf('## Figures'))).toBe(page.slice(0, page.indexOf('## Figures')))
  const rest = '<!-- end of pages -->'
  expect(second.slice(second.indexOf(rest))).toBe(page.slice(page.indexOf(rest)))
  expect(() => withFigures('nothing', 'pages', rows, on)).toThrow('no place')
})

test.each(parts)('the documentation has a place for the figures of %s', (part) => {
  expect(() => withFigures(page, part, [], on)).not.toThrow()
})

test('a large table read whole is found in a plan, a small one is not, nor an index', () => {
  const log = `LOG:  duration: 4.1 ms  plan:
    ->  Seq Scan on visit v  (cost=0.00..1.00 rows=1 width=1)
      ->  Parallel Seq Scan on public.assignment  (cost=0.00..1.00)
      ->  Seq Scan on county  (cost=0.00..1.00)
      ->  Index Scan using need_pkey on need n  (cost=0.29..8.30)
      ->  Seq Scan on visit v_1  (cost=0.00..1.00)`
  expect(scansIn(log)).toEqual(['assignment', 'visit'])
})

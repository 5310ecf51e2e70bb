// Do the figures of a run stand where the documentation keeps them, and are plans read rightly?
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { withFigures } from './figures.ts'
import { readMachine } from './machine.ts'
import { atLeast, atMost, notRun } from './rows.ts'
import { parts } from './session.ts'
import { scansIn, stoppedIn } from './tenfold/plans.ts'

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

test('a large table read whole is found in a plan; a small one is not, nor one that stops half way or was never run, nor an index', () => {
  const log = `LOG:  duration: 4.1 ms  plan:
  Query Text: select 1
    ->  Seq Scan on visit v  (cost=0.00..1.00 rows=1 width=1) (actual time=0.1..0.9 rows=10.00 loops=1)
          Filter: (minutes > 3)
          Rows Removed by Filter: 990
      ->  Parallel Seq Scan on public.assignment  (cost=0.00..1.00) (actual time=0.1..0.9 rows=50 loops=2)
      ->  Seq Scan on county  (cost=0.00..1.00) (actual time=0.1..0.9 rows=15.00 loops=1)
      ->  Index Scan using need_pkey on need n  (cost=0.29..8.30) (actual time=0.1..0.9 rows=500.00 loops=1)
      ->  Seq Scan on case_file c  (cost=0.00..1.00) (actual time=0.1..0.9 rows=201.00 loops=1)
            Rows Removed by Filter: 40
      ->  Seq Scan on concern  (cost=0.00..1.00) (never executed)`
  const sizes = new Map(
    ['visit', 'assignment', 'need', 'case_file', 'concern'].map((table) => [
      table,
      table === 'assignment' ? 100 : 1000,
    ]),
  )
  expect(scansIn(log, sizes)).toEqual(['assignment', 'visit'])
  // How far the one came that stopped is told beside it.
  expect(stoppedIn(log, sizes)).toEqual(['case_file up to 24 %'])
})

// Do the figures of a run stand where the documentation keeps them, and are plans read rightly?
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { withFigures } from './figures.ts'
import { readMachine } from './machine.ts'
import { atLeast, atMost, notRun } from './rows.ts'
import { parts } from './session.ts'
import { askedIn, scansIn, scansRow } from './tenfold/plans.ts'

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

const log = `LOG:  duration: 4.1 ms  plan:
  Query Text: select 1
    ->  Seq Scan on visit v  (cost=0.00..1.00 rows=1 width=1) (actual time=0.1..0.9 rows=10.00 loops=1)
          Filter: (minutes > 3)
          Rows Removed by Filter: 990
      ->  Parallel Seq Scan on public.assignment  (cost=0.00..1.00) (actual time=0.1..0.9 rows=80 loops=2)
      ->  Seq Scan on county  (cost=0.00..1.00) (actual time=0.1..0.9 rows=15.00 loops=30)
      ->  Index Scan using need_pkey on need n  (cost=0.29..8.30) (actual time=0.1..0.9 rows=500.00 loops=1)
      ->  Seq Scan on case_file c  (cost=0.00..1.00) (actual time=0.1..0.9 rows=60.00 loops=1)
            Rows Removed by Filter: 40
      ->  Seq Scan on concern  (cost=0.00..1.00) (never executed)`
const tables = ['visit', 'assignment', 'need', 'case_file', 'concern']
const sizes = new Map([...tables.map((table) => [table, 5000] as const), ['county', 15]])

test('a large table of which more than a screenful is read without an index is found in a plan, whichever it is', () => {
  // Not a small one, nor a screenful, nor what was never run, nor an index.
  expect(scansIn(log, sizes)).toEqual([
    { table: 'assignment', read: 160, size: 5000 },
    { table: 'visit', read: 1000, size: 5000 },
  ])
  expect(scansIn(log.replaceAll('assignment', 'person_role'), new Map([['person_role', 4000]]))).toHaveLength(1)
})

test('only those who ask for pages are looked at, not the jobs that run meanwhile', () => {
  const entry = (who: string) => `${who} LOG:  duration: 1 ms  plan:\n\tQuery Text: select\n\t  and ${who}\n`
  const all = ['tugivork_jobs', 'tugivork_read', 'postgres', 'tugivork_write', 'tugivork_door'].map(entry).join('')
  expect(askedIn(all)).toBe(['tugivork_read', 'tugivork_write', 'tugivork_door'].map(entry).join(''))
})

test('a page with such a scan fails, unless a reason is named for this table on this page', () => {
  const scans = scansIn(log, sizes)
  expect(scansRow('a page', scans, {}).pass).toBe(false)
  expect(scansRow('a page', scans, { visit: 'it stops at 1000' }).pass).toBe(false)
  const row = scansRow('a page', scans, { visit: 'it stops at 1000', assignment: 'so does this' })
  expect(row.pass).toBe(true)
  expect(row.note).toContain('visit 1000 of 5000: it stops at 1000')
  expect(scansRow('a page', [], {}).pass).toBe(true)
})

// Can nobody work out a small count from what a whole report prints, alone or beside the reports before it?
import { expect, test } from 'vitest'
import { randomFacts } from '../../../test/facts.ts'
import { auditDisclosure } from '../disclosure-audit.ts'
import { type Period, parsePeriod } from '../period.ts'
import { computeFigures, type Figures } from './figures.ts'
import { countIds, indicators } from './indicator.ts'
import { type Group, publish, ruleOf, type Sibling, siblingPeriods } from './publish.ts'

const rule = ruleOf(5)
const periodOf = (key: string) => parsePeriod(key) as Period
const audit = (groups: readonly Group[]) =>
  groups.flatMap(({ tables, published }) => auditDisclosure(tables, published, rule))

test('an independent reader finds nothing in the whole published report of a month or a quarter', () => {
  for (const seed of [1, 2, 3, 4, 5, 6, 7, 8]) {
    const facts = randomFacts(seed, 20 + 12 * seed)
    for (const key of ['2026-05', '2026-Q2']) {
      const { groups } = publish(computeFigures(facts, periodOf(key)), periodOf(key), [], 5)
      expect(audit(groups), `${seed} ${key}`).toEqual([])
    }
  }
}, 60_000)

test('a quarter handed in after its months gives none of their small counts away', () => {
  for (const seed of [1, 2, 3, 4]) {
    const facts = randomFacts(seed, 30 + 10 * seed)
    const quarter = periodOf('2026-Q2')
    const siblings: Sibling[] = []
    for (const month of siblingPeriods(quarter, new Set())) {
      const figures = computeFigures(facts, month)
      const { shown } = publish(figures, month, siblings, 5)
      siblings.push({ period: month, figures, shown })
    }
    const { groups } = publish(computeFigures(facts, quarter), quarter, siblings, 5)
    expect(audit(groups), String(seed)).toEqual([])
  }
}, 60_000)

function withOneSmall(): { figures: Figures; period: Period } {
  const period = periodOf('2026')
  const figures = computeFigures(randomFacts(3, 90), period)
  return { figures, period }
}

test('no count from 1 to 4 is printed, and nothing that rests on a hidden count', () => {
  const { figures, period } = withOneSmall()
  const { shown } = publish(figures, period, [], 5)
  let hidden = 0
  for (const id of countIds) {
    for (const [place, value] of Object.entries(figures.values[id])) {
      if (shown[id][place] === 'hidden') hidden++
      else expect(value === 0 || (value ?? 0) >= 5, `${id} ${place}`).toBe(true)
    }
  }
  expect(hidden).toBeGreaterThan(10)
  for (const { id, shownWith } of indicators) {
    for (const [place, value] of Object.entries(shown[id])) {
      const rests = shownWith.some((count) => shown[count][place] === 'hidden')
      if (rests) expect(value, `${id} ${place}`).toBe('hidden')
    }
  }
})

// Whom does the help reach, in numbers that point at nobody?
import { answers as told } from '../../cases/diversity/diversity.ts'
import { type DisclosureRule, defaultRule, disclose } from '../disclosure.ts'
import type { LinkedTables, Published } from '../linked-tables.ts'

/** What is counted of each case that was brought in: what the victim said of herself, sex and age. */
export const reachAnswers = {
  ...told,
  sex: ['F', 'M', 'unknown'],
  age: ['under18', 'to24', 'to44', 'to64', 'from65', 'unknown'],
} as const
export type ReachFact = keyof typeof reachAnswers
export const reachFacts = Object.keys(reachAnswers) as ReachFact[]

export type ReachCount = { fact: string; answer: string; cases: number }

const all = 'all'
export const cellOf = (fact: ReachFact, answer: string) => `${fact}.${answer}`

/** For the whole country alone: of one network nearly every number would be hidden, and would cost others their place. */
export function reachTables(counts: readonly ReachCount[]): LinkedTables {
  const found = new Map(counts.map(({ fact, answer, cases }) => [`${fact}.${answer}`, cases]))
  const parts = reachFacts.map((fact) => reachAnswers[fact].map((answer) => cellOf(fact, answer)))
  return {
    cells: [
      { id: all, count: found.get('all.all') ?? 0 },
      ...parts.flat().map((id) => ({ id, count: found.get(id) ?? 0 })),
    ],
    sums: parts.map((ids) => ({ whole: all, parts: ids })),
  }
}

/** What may be shown: a number, or nothing where it is hidden. */
export function publishReach(counts: readonly ReachCount[], threshold: number): Record<string, number | null> {
  return Object.fromEntries(disclose(reachTables(counts), ruleOf(threshold)).published)
}
export const ruleOf = (threshold: number): DisclosureRule => ({ ...defaultRule, threshold })

export type Half = { fromOn: string; toOn: string }
export type ReachHalf = Half & { threshold: number; figures: Published }

/** The half-year in which this day is. */
export function halfOf(day: string): Half {
  const year = day.slice(0, 4)
  return day.slice(5, 7) < '07'
    ? { fromOn: `${year}-01-01`, toOn: `${year}-06-30` }
    : { fromOn: `${year}-07-01`, toOn: `${year}-12-31` }
}

/** The half-years that are over, from the one of the first day on; one never overlaps another, so no two tables can be subtracted. */
export function halvesOver(first: string, today: string): Half[] {
  const found: Half[] = []
  for (let half = halfOf(first); half.toOn < today; half = halfAfter(half)) found.push(half)
  return found
}

const halfAfter = ({ fromOn }: Half): Half =>
  halfOf(fromOn.slice(5, 7) === '01' ? `${fromOn.slice(0, 4)}-07-01` : `${Number(fromOn.slice(0, 4)) + 1}-01-01`)

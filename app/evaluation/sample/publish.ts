// What of a round of the country may be told to whoever may not read a word of it?
import { type Figures, figureId } from '../../supervision/sample/sample.ts'
import { type DisclosureRule, defaultRule, disclose } from '../disclosure.ts'
import type { LinkedTables } from '../linked-tables.ts'

export type Count = { question: number; answer: string; entries: number }

const all = figureId(0, 'looked')
const rest = (question: number) => `${question}/rest`
export const ruleOf = (threshold: number): DisclosureRule => ({ ...defaultRule, threshold })

/** Of each question how many entries are wanting, and how many are not; of the same entries all together. */
export function sampleTables(counts: readonly Count[], questions: number): LinkedTables {
  const count = (question: number, answer: string) =>
    counts.find((one) => one.question === question && one.answer === answer)?.entries ?? 0
  const looked = count(0, 'looked')
  const asked = Array.from({ length: questions }, (_, at) => at + 1)
  return {
    cells: [
      { id: all, count: looked },
      ...asked.flatMap((question) => {
        const no = count(question, 'no')
        return [
          { id: figureId(question, 'no'), count: no },
          { id: rest(question), count: looked - no },
        ]
      }),
    ],
    sums: asked.map((question) => ({ whole: all, parts: [figureId(question, 'no'), rest(question)] })),
  }
}

/**
 * The counts that are told. "Few" is said of a small count whose rest is not small: it says no more than that the count is between 1 and the
 * threshold, and is said only where that is as wide as the rule asks. Nothing is told where so few wrote that a number would say of whom.
 */
export function publishSample(
  counts: readonly Count[],
  questions: number,
  of: { volunteers: number; threshold: number },
): Figures {
  const tables = sampleTables(counts, questions)
  const rule = ruleOf(of.threshold)
  const { published, reasons } = disclose(tables, rule)
  const told = tables.cells.filter(({ id }) => !id.endsWith('/rest'))
  const silent = of.volunteers < of.threshold
  const wide = of.threshold - 2 >= rule.width
  return Object.fromEntries(
    told.map(({ id }) => {
      const question = Number(id.split('/')[0])
      const small = reasons.get(id) === 'small' && reasons.get(rest(question)) !== 'small'
      const few = small && wide && question > 0 && published.get(all) !== null
      return [id, silent ? null : few ? 'few' : (published.get(id) ?? null)]
    }),
  )
}

// What is a support person asked about herself, and how heavy is what she carries, by facts that are kept anyway?
import { z } from 'zod'
import { choice, id, longText, optional } from '../../core/form/fields.ts'

export const levels = ['well', 'fair', 'hard', 'exhausted'] as const
export const carries = ['no', 'sometimes', 'often'] as const
export const talks = ['no', 'next', 'soon'] as const

export const CheckinId = z.object({ id: id() })
export const WriteCheckin = z.object({
  level: choice(levels, { label: 'supervision.checkin.level', prefix: 'supervision.level' }),
  carries: choice(carries, { label: 'supervision.checkin.carries', prefix: 'supervision.carries' }),
  talk: choice(talks, { label: 'supervision.checkin.talk', prefix: 'supervision.talk' }),
  words: optional(longText({ label: 'supervision.checkin.words', max: 1000 })),
})
export type Answers = z.output<typeof WriteCheckin>

/** Facts of the last four weeks; none of them is asked for. */
export type Facts = {
  minutes: number
  supports: number
  concerns: number
  children: boolean
  /** Days since the last talk, or since there was somebody to talk about; null where nobody is supported. */
  daysSinceTalk: number | null
}

export type Part = 'hours' | 'supports' | 'concerns' | 'children' | 'talk'

/**
 * Points, each with its reason: one for every five hours, one for every support beyond the first, two for every danger or call for
 * help, one for work with children, one for every four weeks without a talk. Our own weights (anchors, D18): they order, they do not measure.
 */
export function loadOf(facts: Facts): { points: number; parts: Record<Part, number> } {
  const parts = {
    hours: Math.floor(facts.minutes / 300),
    supports: Math.max(0, facts.supports - 1),
    concerns: 2 * facts.concerns,
    children: facts.children && facts.supports > 0 ? 1 : 0,
    talk: Math.floor((facts.daysSinceTalk ?? 0) / 28),
  }
  return { points: Object.values(parts).reduce((sum, part) => sum + part, 0), parts }
}

/** From so many points on somebody carries much. */
export const much = 5

type Carrier = { county: string; points: number }

/**
 * Counties in which a covision is worth offering: at least a third of those who work there carry much, and there are so many of them
 * (`least`) that nobody is told apart. Where there are fewer, the county is not spoken of at all.
 */
export function whereCovision(carriers: readonly Carrier[], least: number): string[] {
  const groups = Map.groupBy(carriers, ({ county }) => county)
  return [...groups].flatMap(([county, own]) => {
    const heavy = own.filter(({ points }) => points >= much).length
    return own.length >= least && heavy * 3 >= own.length ? [county] : []
  })
}

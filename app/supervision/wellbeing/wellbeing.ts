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

const parts = ['hours', 'supports', 'concerns', 'children', 'talk'] as const
export type Part = (typeof parts)[number]

/**
 * What somebody carries, by facts of the last four weeks that are kept anyway, and the points that the database gives each of them
 * (`load_parts`, our own weights: they order, they do not measure).
 */
export type Load = {
  minutes: number
  supports: number
  concerns: number
  children: boolean
  /** Days since the last talk, or since there was somebody to talk about; null where nobody is supported. */
  talkDays: number | null
  points: Record<Part, number>
}

export const pointsOf = ({ points }: Pick<Load, 'points'>): number => parts.reduce((sum, part) => sum + points[part], 0)

/** From so many points on somebody carries much; `load_by_county` counts by the same. */
const much = 5

export type Level = 'light' | 'steady' | 'much'
export function levelOf(load: Pick<Load, 'points'>): Level {
  const points = pointsOf(load)
  return points >= much ? 'much' : points >= much / 2 ? 'steady' : 'light'
}

/** Of which parts a load is made, in their order; what is not there is not told. */
export const partsOf = (load: Load): Part[] =>
  parts.filter((part) =>
    part === 'hours'
      ? load.minutes > 0
      : part === 'talk'
        ? (load.talkDays ?? 0) > 0
        : part === 'children'
          ? load.points.children > 0
          : load[part] > 0,
  )

/** How many of those who work in a county – without one: in the whole country – carry much, in thirds. */
export type CountyLoad = { county: string | null; people: number; share: 'few' | 'third' | 'half' }

/** Counties in which a covision is worth offering: at least a third of those who work there carry much. */
export const whereCovision = (all: readonly CountyLoad[]): string[] =>
  all.flatMap(({ county, share }) => (county !== null && share !== 'few' ? [county] : []))

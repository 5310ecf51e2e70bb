// What is asked of somebody who leaves?
import { z } from 'zod'
import { choice, date, id, longText, optional } from '../../core/form/fields.ts'

const back = ['yes', 'maybe', 'no'] as const
export type Back = (typeof back)[number]

/** In the order in which they are asked and read. */
export const exitQuestions = ['good', 'hard', 'better'] as const

export const HoldExit = z.object({
  id: id(),
  heldOn: date({ label: 'papers.exit.heldOn' }),
  good: longText({ label: 'papers.exit.good', max: 1500 }),
  hard: longText({ label: 'papers.exit.hard', hint: 'papers.exit.hardHint', max: 1500 }),
  better: optional(longText({ label: 'papers.exit.better', max: 1500 })),
  back: choice(back, { label: 'papers.exit.back', prefix: 'papers.exit.says' }),
})

export const ExitAnswers = z.object({ good: z.string(), hard: z.string(), better: z.string().nullable() })
export type ExitAnswers = z.output<typeof ExitAnswers>

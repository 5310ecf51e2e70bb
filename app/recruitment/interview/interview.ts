// What is answered in an interview, and to which conclusion does it come?
import { z } from 'zod'
import { choice, date, id, longText, optional } from '../../core/form/fields.ts'
import { writeQuestions } from './questions.ts'

export const mostQuestions = 12
export const conclusions = ['fits', 'unsure', 'no'] as const
export type Conclusion = (typeof conclusions)[number]

/** The field of the nth answer. */
export const answerField = (nth: number) => `answer${nth + 1}`

const answers = Object.fromEntries(
  Array.from({ length: mostQuestions }, (_, nth) => [
    answerField(nth),
    optional(longText({ label: 'recruitment.interview.answer', max: 2000 })),
  ]),
)

export const HoldInterview = z.object({
  id: id(),
  /** The version that was shown: it is the one that was answered, whatever came after. */
  guide: z.coerce.number().int().positive(),
  heldOn: date({ label: 'recruitment.interview.heldOn' }),
  conclusion: choice(conclusions, {
    label: 'recruitment.interview.conclusion',
    prefix: 'recruitment.conclusion',
  }),
  ...answers,
})

export const WriteGuide = writeQuestions('recruitment.guide.lines')

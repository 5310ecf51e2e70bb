// On what ground may somebody be let into a case that is not theirs, and how is it judged afterwards?
import { z } from 'zod'
import { choice, id, longText, text } from '../../core/form/fields.ts'
import { compartments, purposes } from '../identity/reveal.ts'

export const grounds = ['danger', 'police', 'cut-off', 'other'] as const
export type Ground = (typeof grounds)[number]
export const outcomes = ['justified', 'unjustified', 'talk'] as const
export type Outcome = (typeof outcomes)[number]

/** From how many letters on it says what happened. */
export const wordsFrom = 20

const words = (meta: Parameters<typeof longText>[0]) =>
  longText(meta)
    .refine((said) => said.length >= wordsFrom, { error: 'cases.glass.wordsShort' })
    .meta({ kind: 'long', ...meta })

const numberMeta = { label: 'cases.glass.number', hint: 'cases.glass.numberHint', max: 20 } as const

/** By the exact number only: nobody looks for a case this way. */
export const AskGlass = z.object({
  number: text(numberMeta)
    .transform((typed, ctx): string => {
      const number = typed.toUpperCase().replace(/\s/g, '')
      if (/^M-\d{4}-\d{3,8}$/.test(number)) return number
      ctx.addIssue({ code: 'custom', message: 'cases.glass.numberWrong' })
      return z.NEVER
    })
    .meta({ kind: 'text', ...numberMeta }),
  ground: choice(grounds, { label: 'cases.glass.ground', prefix: 'cases.glass.ground' }),
  words: words({ label: 'cases.glass.words', hint: 'cases.glass.wordsHint', max: 1000 }),
})
export const GlassId = z.object({ id: id() })
export const AnswerGlass = GlassId.extend({
  answer: choice(['yes', 'no'], { label: 'cases.glass.answer', prefix: 'cases.glass.answer' }),
})
export const ReviewGlass = GlassId.extend({
  outcome: choice(outcomes, { label: 'cases.glass.outcome', prefix: 'cases.glass.outcome' }),
  words: words({ label: 'cases.glass.review', hint: 'cases.glass.reviewHint', max: 1000 }),
})
export const RevealGlass = GlassId.extend({ what: z.enum(compartments), item: id() })
export const RevealGlassFor = RevealGlass.extend({
  purpose: choice(
    purposes.filter((one) => one !== 'other'),
    { label: 'cases.reveal.purpose', prefix: 'cases.purpose' },
  ),
})

/** One of my own requests; which case it is, is known only while it is open. */
export type OwnGlass = {
  id: string
  number: string
  reason: Ground
  askedAt: Date
  openedAt: Date | null
  until: Date | null
  over: boolean
  answer: 'waits' | 'refused' | 'unanswered' | 'opened'
  outcome: Outcome | null
  caseId: string | null
  wordsSealed: Buffer
}

/** Somebody else's, for whoever agrees, answers for the case, or watches over all. */
export type WatchedGlass = {
  id: string
  person: string
  /** What they were called then, where that was another name. */
  personThen: string | null
  number: string
  network: string
  reason: Ground
  askedAt: Date
  openedAt: Date | null
  state: 'waits' | 'unanswered' | 'refused' | 'open' | 'to-review' | 'late' | Outcome
  secondBy: string | null
  secondThen: string | null
  reviewDueOn: string
  mayAnswer: boolean
  mayReview: boolean
}

// What is asked in one version of the questionnaire, and what do the answers add up to?
import { z } from 'zod'
import type { Locale } from '../../i18n/i18n.ts'

const Question = z.object({
  id: z.string().regex(/^[a-z_]+$/),
  critical: z.boolean(),
  et: z.string(),
  en: z.string(),
  ru: z.string(),
})
export type Question = z.output<typeof Question>

/** As the table keeps the questions of a version. */
export const Questions = z.array(Question).min(1)

export const answers = ['yes', 'no', 'unknown'] as const
export type Answer = (typeof answers)[number]

/** By question; what has not been asked yet is not there. */
export const Answers = z.record(z.string(), z.enum(answers))
export type Answers = z.output<typeof Answers>

export function wording(question: Question, locale: Locale): string {
  return question[locale]
}

/** How many were answered "yes", "don't know" and not at all, and how many of the critical ones with "yes". */
export function tally(questions: readonly Question[], given: Answers) {
  const with_ = (answer: Answer) => questions.filter((question) => given[question.id] === answer)
  const yes = with_('yes')
  return {
    yesCount: yes.length,
    unknownCount: with_('unknown').length,
    unanswered: questions.filter((question) => given[question.id] === undefined).map((question) => question.id),
    critical: yes.filter((question) => question.critical).map((question) => question.id),
  }
}

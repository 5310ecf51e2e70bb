// What is asked in an interview, in which version of the guide, and to which conclusion does it come?
import { z } from 'zod'
import { choice, date, id, longText, optional } from '../../core/form/fields.ts'
import { type Locale, locales } from '../../i18n/i18n.ts'

export const mostQuestions = 12
export const conclusions = ['fits', 'unsure', 'no'] as const
export type Conclusion = (typeof conclusions)[number]

/** One question in every language. */
export type Question = Record<Locale, string>
export type Guide = { version: number; questions: Question[]; createdAt: Date; by: string | null }

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

const oneALine = { hint: 'recruitment.guide.lines', max: 4000 } as const
export const WriteGuide = z.object({
  /** The version that was read: of two who change it at once the second hears so. */
  version: z.coerce.number().int().positive(),
  et: longText({ label: 'recruitment.guide.et', ...oneALine }),
  en: longText({ label: 'recruitment.guide.en', ...oneALine }),
  ru: longText({ label: 'recruitment.guide.ru', ...oneALine }),
})

/** A question a line, the nth of each language being the same one; or the language in which there are more or fewer. */
export function questionsFrom(
  typed: Record<Locale, string>,
): Question[] | { locale: Locale; count: number; of: number } {
  const lines = (locale: Locale) =>
    typed[locale]
      .split(/\r?\n/)
      .map((line) => line.trim())
      .filter(Boolean)
  const of = lines('et').length
  const other = locales.find((locale) => lines(locale).length !== of)
  if (other) return { locale: other, count: lines(other).length, of }
  return lines('et').map((et, nth) => ({ et, en: lines('en')[nth] ?? '', ru: lines('ru')[nth] ?? '' }))
}

export const linesOf = (questions: readonly Question[], locale: Locale): string =>
  questions.map((question) => question[locale]).join('\n')

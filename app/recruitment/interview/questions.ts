// How is a list of questions written in three languages, and read as the same questions in each?
import { z } from 'zod'
import { longText } from '../../core/form/fields.ts'
import { type Key, type Locale, locales } from '../../i18n/i18n.ts'

/** One question in every language. */
export type Question = Record<Locale, string>

/** One version of a list. It is never changed: what was answered stays beside the words that were asked. */
export type Questions = { version: number; questions: Question[]; createdAt: Date; by: string | null }

/** The form of a list, a question a line; the hint says how many there may be. */
export function writeQuestions(hint: Key) {
  const oneALine = { hint, max: 4000 }
  return z.object({
    /** The version that was read: of two who change it at once the second hears so. */
    version: z.coerce.number().int().positive(),
    et: longText({ label: 'recruitment.guide.et', ...oneALine }),
    en: longText({ label: 'recruitment.guide.en', ...oneALine }),
    ru: longText({ label: 'recruitment.guide.ru', ...oneALine }),
  })
}
export type WriteQuestions = z.output<ReturnType<typeof writeQuestions>>

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

/** The questions as the fields of the form in which they are changed. */
export function fieldsOf(questions: readonly Question[]): Record<Locale, string> {
  const lines = (locale: Locale) => questions.map((question) => question[locale]).join('\n')
  return { et: lines('et'), en: lines('en'), ru: lines('ru') }
}

// What is written down of a new version of the questionnaire, and when is it one?
import { z } from 'zod'
import type { Message } from '../../../core/errors.ts'
import { date, number, text } from '../../../core/form/fields.ts'
import { seen } from '../../../core/form/seen.ts'
import { type Locale, locales } from '../../../i18n/i18n.ts'
import type { Question } from '../instrument.ts'

const most = 60

/** The fields beside the questions: thresholds belong to the version (R2), and where they come from is said. */
export const VersionForm = z.object({
  name: text({ label: 'cases.form.name', max: 60 }),
  validFrom: date({ label: 'core.setting.validFrom' }),
  highFrom: number({ label: 'cases.form.highFrom', hint: 'cases.form.countHint', min: 1, max: most }),
  mediumFrom: number({ label: 'cases.form.mediumFrom', hint: 'cases.form.countHint', min: 1, max: most }),
  escalationFrom: number({ label: 'cases.form.escalationFrom', hint: 'cases.form.escalationHint', min: 1, max: 365 }),
  note: text({ label: 'core.setting.source', hint: 'core.setting.sourceHint', max: 500 }),
})

export const longest = 300
const wording = z.unknown().transform((raw) => (typeof raw === 'string' ? raw.normalize('NFC').trim() : ''))
const Asked = z.object({
  id: z.string().regex(/^[a-z_]{1,40}$/),
  critical: z.unknown().transform((raw) => raw === true || raw === 'yes' || raw === 'on'),
  et: wording,
  en: wording,
  ru: wording,
})

/** Places in the form for questions that were not asked before. */
export const places = ['new_a', 'new_b', 'new_c'] as const

export const fieldAt = (part: Locale | 'critical', id: string): string => `${part}.${id}`

/** A form sends each question as `et.<id>`, `en.<id>` and so on; a program may send them together. */
export const AddVersion = z.preprocess(
  (raw) => {
    if (typeof raw !== 'object' || raw === null || 'questions' in raw) return raw
    const typed = raw as Record<string, unknown>
    const ids = Object.keys(typed).flatMap((name) => (name.startsWith('et.') ? [name.slice(3)] : []))
    const part = (of: Locale | 'critical', id: string) => typed[fieldAt(of, id)]
    const questions = ids.slice(0, most + places.length).map((id) => ({
      ...{ id, critical: part('critical', id), et: part('et', id), en: part('en', id), ru: part('ru', id) },
    }))
    return { ...raw, questions }
  },
  VersionForm.extend({ seen: seen(), questions: z.array(Asked).max(most + places.length) }),
)
export type AddVersion = z.output<typeof AddVersion>

/** What is asked from then on: a question that is empty in every language is left out. */
export const askedIn = ({ questions }: Pick<AddVersion, 'questions'>): Question[] =>
  questions.filter((one) => locales.some((locale) => one[locale]))

/** What does not agree in a version, by field. */
export function judgeVersion(of: AddVersion): Record<string, Message> {
  const found: Record<string, Message> = {}
  const asked = askedIn(of)
  for (const one of asked)
    for (const locale of locales) {
      const { length } = one[locale]
      if (length === 0) found[fieldAt(locale, one.id)] = { key: 'core.error.missing' }
      if (length > longest) found[fieldAt(locale, one.id)] = { key: 'core.error.long', args: { max: longest, length } }
    }
  if (of.mediumFrom >= of.highFrom) found.mediumFrom = { key: 'cases.form.order' }
  if (of.highFrom > asked.length) found.highFrom = { key: 'cases.form.tooHigh', args: { count: asked.length } }
  return found
}

// To whom does a message go, in which words, and what may not stand in it?
import { z } from 'zod'
import type { Message } from '../../core/errors.ts'
import { id, longText, text, whenAsked } from '../../core/form/fields.ts'
import { type Locale, locales } from '../../i18n/i18n.ts'
import { languages, stages } from '../volunteer.ts'

/** `all`: everybody who has not left. */
export const audienceStatuses = ['active', 'paused', ...stages, 'all'] as const

// What a filter does not understand it leaves out, as in the list of support persons.
export const Audience = z.object({
  county: z
    .string()
    .regex(/^00\d\d$/)
    .optional()
    .catch(undefined),
  language: z.enum(languages).optional().catch(undefined),
  status: z.enum(audienceStatuses).catch('active'),
})
export type Audience = z.output<typeof Audience>

const title = { label: 'volunteers.message.subject', max: 100 } as const
const body = { label: 'volunteers.message.body', hint: 'volunteers.message.bodyHint', max: 3000 } as const

/** Said in as many languages as are needed. */
export const Worded = z.object({
  ...{ etTitle: whenAsked(text(title)), etBody: whenAsked(longText(body)) },
  ...{ enTitle: whenAsked(text(title)), enBody: whenAsked(longText(body)) },
  ...{ ruTitle: whenAsked(text(title)), ruBody: whenAsked(longText(body)) },
})
type Worded = z.output<typeof Worded>

export const NewMessage = Audience.extend({ template: id().optional().catch(undefined) })
/** `count`: to how many it was to go when it was looked at. */
export const SendMessage = NewMessage.extend({ ...Worded.shape, count: z.coerce.number().int().min(0) })
export const OneMessage = z.object({ message: id() })

/** `version`: the newest that was read; 0 for a template that is yet to be. */
export const WriteTemplate = Worded.extend({
  template: id(),
  version: z.coerce.number().int().min(0),
  name: text({ label: 'volunteers.message.templateName', max: 100 }),
})

export type Words = Partial<Record<Locale, { title: string; body: string }>>

/** In the languages that are needed; what was typed in another goes to nobody. */
export function wordsOf(input: Worded, needed: readonly Locale[]): Words {
  const said = needed.map(
    (locale) => [locale, { title: input[`${locale}Title`] ?? '', body: input[`${locale}Body`] ?? '' }] as const,
  )
  return Object.fromEntries(said)
}

/** The words as the fields of a form. */
export const fieldsOf = (words: Words): Record<string, string> =>
  Object.fromEntries(
    locales.flatMap((locale) => [
      [`${locale}Title`, words[locale]?.title ?? ''],
      [`${locale}Body`, words[locale]?.body ?? ''],
    ]),
  )

// The number of a case however it is written, and a personal code: a message is about the work, never about somebody in it.
const ofACase = /\bM\s?[-–]?\s?20\d\d\s?[-–/]?\s?\d{1,8}\b|(?<!\d)[1-8]\d{10}(?!\d)/iu

export const namesACase = (text: string | undefined): boolean => text !== undefined && ofACase.test(text)

/** A blank of a ready text, to be filled in before it goes: `{kuupäev}`. */
const blank = /\{[^{}\n]*\}/

type Wanted = { needed: readonly Locale[]; filled: boolean }

/** What is wrong with the words of the languages that are needed, said at the field. */
export function faultsOf(input: Worded, { needed, filled }: Wanted): Record<string, Message> {
  const faults: Record<string, Message> = {}
  for (const field of needed.flatMap((locale) => [`${locale}Title`, `${locale}Body`] as const)) {
    const said = input[field]
    const [left] = (filled && said?.match(blank)) || []
    if (!said) faults[field] = { key: 'core.error.missing' }
    else if (namesACase(said)) faults[field] = { key: 'volunteers.message.aboutCase' }
    else if (left) faults[field] = { key: 'volunteers.message.blank', args: { blank: left } }
  }
  return faults
}

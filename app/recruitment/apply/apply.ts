// What does somebody tell who wants to help, and what may they leave out?
import { z } from 'zod'
import { choice, choices, email, longText, optional } from '../../core/form/fields.ts'
import { name } from '../../core/form/name.ts'
import { languages } from '../../volunteers/volunteer.ts'
import { phone, placeFrom } from '../../volunteers/volunteer-input.ts'
import { sources } from '../recruitment.ts'

export const Apply = z.object({
  name: name({ label: 'recruitment.apply.name', max: 120 }),
  email: email({ label: 'recruitment.apply.email', hint: 'recruitment.apply.emailHint' }),
  phone: optional(phone({ label: 'recruitment.apply.phone', hint: 'recruitment.apply.phoneHint' })),
  county: placeFrom({ label: 'recruitment.apply.county' }),
  firstLanguage: choice(languages, { label: 'recruitment.apply.firstLanguage', prefix: 'volunteers.language' }),
  languages: choices(languages, { label: 'recruitment.apply.languages', prefix: 'volunteers.language' }),
  why: longText({ label: 'recruitment.apply.why', hint: 'recruitment.apply.whyHint', max: 1500 }),
  availability: optional(
    longText({ label: 'recruitment.apply.availability', hint: 'recruitment.apply.availabilityHint', max: 500 }),
  ),
  source: choice(sources, { label: 'recruitment.apply.source', prefix: 'recruitment.source' }),
})
export type Applied = z.output<typeof Apply>

/** What of it is sealed: who it is and what they wrote. */
export const Facts = z.object({
  name: z.string(),
  email: z.string(),
  phone: z.string().nullable(),
  why: z.string(),
  availability: z.string().nullable(),
})
export type Facts = z.output<typeof Facts>

// Where points in the name say nothing.
const dotless = ['gmail.com', 'googlemail.com']

/** The one mailbox behind an address: what is written after a plus, in capitals or in full-width letters, makes no second person. */
export function mailboxOf(address: string): string {
  const [name = '', domain = ''] = address.normalize('NFKC').trim().toLowerCase().split('@')
  const [box = ''] = name.split('+')
  const home = domain.replace(/\.$/, '')
  return dotless.includes(home) ? `${box.replaceAll('.', '')}@gmail.com` : `${box || name}@${home}`
}

/** Name of the field that no person sees: whoever fills it in is a program. */
export const trap = 'website'

/** The short name of a call in a link; anything else is no call. */
export const callFrom = (typed: unknown): string | null =>
  typeof typed === 'string' && /^[a-z0-9-]{3,24}$/.test(typed) ? typed : null

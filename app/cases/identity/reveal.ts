// For what purpose may somebody look at what is sealed?
import { z } from 'zod'
import { choice, id, optional, text } from '../../core/form/fields.ts'
import type { Key, T } from '../../i18n/i18n.ts'

export const purposes = ['contact', 'meeting', 'verify', 'safety', 'other'] as const

/** The two compartments: who somebody is, and where. */
export const compartments = ['identity', 'whereabouts'] as const
export type Compartment = (typeof compartments)[number]

export const RevealPlace = z.object({ id: id(), what: z.enum(compartments), item: id() })

/** One value or one identity at a time, with a purpose. */
export const Reveal = RevealPlace.extend({
  purpose: optional(choice(purposes, { label: 'cases.reveal.purpose', prefix: 'cases.purpose' })),
  reason: optional(text({ label: 'cases.reveal.reason', hint: 'cases.reveal.reasonHint', max: 300 })),
})
export type Reveal = z.output<typeof Reveal>

/** From how many letters on a reason says something. */
export const reasonFrom = 10

/** What is hidden, in a word: "Kannatanu", "Ohutu kontakt". */
export const hiddenWord = (what: Compartment, kind: string) =>
  `cases.${what === 'identity' ? 'person' : 'place'}.${kind}` as Key

/** The same with the number of an adult in danger: "Ohus täiskasvanu 2". */
export const itemWords = (t: T, what: Compartment, { kind, nth }: { kind: string; nth: number | null }) =>
  [t(hiddenWord(what, kind)), nth].filter(Boolean).join(' ')

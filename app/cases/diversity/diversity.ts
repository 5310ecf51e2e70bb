// What may a victim say of herself, so that it can be seen whom the help does not reach?
import { z } from 'zod'
import { choice, id, optional } from '../../core/form/fields.ts'
import { seen } from '../../core/form/seen.ts'

const whether = ['yes', 'no', 'unsaid', 'unasked'] as const
/** `unsaid`: she was asked and would rather not say; `unasked`: nobody has asked, the same as no answer. */
export const answers = {
  origin: ['estonian', 'russian', 'ukrainian', 'roma', 'other', 'unsaid', 'unasked'],
  disability: whether,
  lgbt: whether,
} as const
export type Fact = keyof typeof answers
export const facts = Object.keys(answers) as Fact[]

const prefix = 'cases.diversity.answer'

/** Nothing here has to be answered. */
export const Diversity = z.object({
  origin: optional(
    choice(answers.origin, { label: 'cases.diversity.origin', hint: 'cases.diversity.originHint', prefix }),
  ),
  disability: optional(
    choice(answers.disability, { label: 'cases.diversity.disability', hint: 'cases.diversity.disabilityHint', prefix }),
  ),
  lgbt: optional(choice(answers.lgbt, { label: 'cases.diversity.lgbt', hint: 'cases.diversity.lgbtHint', prefix })),
})
export type Diversity = z.output<typeof Diversity>

export const SaveDiversity = Diversity.extend({ id: id(), seen: seen() })

// What does she do when it gets dangerous, what is ready for it, and who has gone through it with her?
import { z } from 'zod'
import { choice, date, longText, optional, text, yes } from '../../core/form/fields.ts'
import { seen } from '../../core/form/seen.ts'
import { CaseId } from '../case.ts'

/** What the public advice of victim support asks, in the order in which it is talked through. */
export const steps = [
  'danger',
  'place',
  'leaving',
  'bag',
  'signal',
  'children',
  'injuries',
  'digital',
  'diary',
] as const
export type Step = (typeof steps)[number]

const ask = (step: Step) =>
  optional(longText({ label: `cases.safety.${step}`, hint: `cases.safety.${step}Hint`, max: 600 }))

/** Nothing has to be there of what she does not need; who went through it with her, and when, has to be. */
export const SafetyPlan = z.object({
  danger: ask('danger'),
  place: ask('place'),
  leaving: ask('leaving'),
  bag: ask('bag'),
  signal: ask('signal'),
  children: ask('children'),
  injuries: ask('injuries'),
  digital: ask('digital'),
  diary: ask('diary'),
  keptAt: optional(text({ label: 'cases.safety.keptAt', hint: 'cases.safety.keptAtHint', max: 200 })),
  madeWith: choice(['victim_support', 'womens_centre', 'other'], {
    label: 'cases.safety.madeWith',
    prefix: 'cases.safety.with',
  }),
  reviewedOn: date({ label: 'cases.safety.reviewedOn' }),
})
export type SafetyPlan = z.output<typeof SafetyPlan>

export const SaveSafetyPlan = CaseId.extend({
  ...SafetyPlan.shape,
  seen: seen(),
  tellSupport: yes({ label: 'cases.safety.tellSupport', hint: 'cases.safety.tellSupportHint' }),
})

/** A plan in which nothing stands is none. */
export const isEmpty = (plan: Partial<SafetyPlan>): boolean => steps.every((step) => !plan[step])

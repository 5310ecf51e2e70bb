// What does a support person tell of those she lives and works with, and how strongly does it speak when it is met again?
import { z } from 'zod'
import { longText, optional } from '../../core/form/fields.ts'
import type { Key } from '../../i18n/i18n.ts'

export const circleKinds = ['name', 'phone', 'address', 'work', 'car', 'school'] as const
export type CircleKind = (typeof circleKinds)[number]

/** How two that meet are alike; the first of each kind says that they may well be the same, the others that it is worth a question. */
export const linkClasses = ['name', 'phone', 'address', 'house', 'street', 'work', 'car', 'school'] as const
export type LinkClass = (typeof linkClasses)[number]

const kinds: Record<LinkClass, CircleKind> = {
  ...{ name: 'name', phone: 'phone', address: 'address', house: 'address', street: 'address' },
  ...{ work: 'work', car: 'car', school: 'school' },
}
export const kindOf = (of: LinkClass): CircleKind => kinds[of]

/** Once each, in the order in which they are offered. */
export const kindsOf = (classes: readonly string[]): CircleKind[] =>
  circleKinds.filter((kind) => classes.some((one) => kinds[one as LinkClass] === kind))

/** As many lines of one kind as one form takes. */
const linesAtOnce = 12
const longestLine = 160

const lines = (kind: CircleKind) => {
  const base = longText({
    label: `volunteers.circle.${kind}` as Key,
    hint: `volunteers.circle.${kind}Hint` as Key,
    max: 1200,
  })
  const split = base
    .transform((text, ctx): string[] => {
      const found = text.split('\n').flatMap((line) => line.trim().replace(/\s+/g, ' ') || [])
      if (found.length <= linesAtOnce && found.every((line) => line.length <= longestLine)) return [...new Set(found)]
      const params = { lines: linesAtOnce, max: longestLine }
      ctx.addIssue({ code: 'custom', message: 'volunteers.circle.tooMuch', params })
      return z.NEVER
    })
    .meta(base.meta() ?? {})
  return optional(split)
}

/** One line a person, number or place. */
export const TellCircle = z.object({
  ...{ name: lines('name'), phone: lines('phone'), address: lines('address') },
  ...{ work: lines('work'), car: lines('car'), school: lines('school') },
})

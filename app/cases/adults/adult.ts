// What is asked of another adult who is in danger beside the victim?
import { z } from 'zod'
import { choice, fieldMeta, id, longText, number, optional, text, whenAsked } from '../../core/form/fields.ts'
import { name } from '../../core/form/name.ts'

/** Her mother, a new partner, a grown-up child: who they are to her, why they are in danger, and as much of the rest as is known. */
export const Adult = z.object({
  relation: text({ label: 'cases.adult.relation', hint: 'cases.adult.relationHint', max: 200 }),
  atRisk: longText({ label: 'cases.adult.atRisk', hint: 'cases.adult.atRiskHint', max: 600 }),
  givenName: optional(name({ label: 'cases.field.givenName', max: 100 })),
  familyName: optional(name({ label: 'cases.field.familyName', max: 100 })),
  formerNames: optional(name({ label: 'cases.field.formerNames', hint: 'cases.field.formerNamesHint', max: 200 })),
  nationalId: optional(text({ label: 'cases.field.nationalId', hint: 'cases.field.nationalIdHint', max: 20 })),
  birthYear: optional(
    number({ label: 'cases.field.birthYear', hint: 'cases.field.birthYearHint', min: 1900, max: 2100 }),
  ),
  contact: optional(text({ label: 'cases.adult.contact', hint: 'cases.adult.contactHint', max: 300 })),
})
export type Adult = z.output<typeof Adult>
type Name = keyof Adult
const names = Object.keys(Adult.shape) as Name[]

/** At the referral up to three can be told; whoever else there is, on the page of the case. The end of each field's name. */
export const slots = ['', '2', '3'] as const

type Slot = (typeof slots)[number]

/** The name of a field of one of them: `relation2`. */
export const nameAt = <N extends Name, E extends Slot>(name: N, end: E): `${N}${E}` => `${name}${end}`

// What may be left empty of an adult on a page of their own may be here too; the rest is judged with the page.
const askedOf = (field: z.ZodType) => (fieldMeta(field).optional ? field : whenAsked(field))

const asked = <E extends Slot>(end: E) =>
  Object.fromEntries(names.map((name) => [nameAt(name, end), askedOf(Adult.shape[name])])) as Record<
    `${Name}${E}`,
    z.ZodType<string | number | undefined>
  >

export const Others = z.object({
  anyAdult: choice(['yes', 'no'], { label: 'cases.adult.any', hint: 'cases.adult.anyHint', prefix: 'cases.answer' }),
  ...asked(''),
  ...asked('2'),
  ...asked('3'),
})
export type Others = z.output<typeof Others>

/** Those of whom something was told; the first one always, for it was said that there is one. */
export function adultsIn(of: Others): { end: string; adult: Partial<Adult> }[] {
  if (of.anyAdult === 'no') return []
  const told = slots.map((end) => {
    const given = names.map((name) => [name, of[nameAt(name, end)]] as const).filter(([, value]) => value !== undefined)
    return { end, adult: Object.fromEntries(given) as Partial<Adult> }
  })
  return told.filter(({ end, adult }) => end === '' || Object.keys(adult).length > 0)
}

export const AddAdult = Adult.extend({ id: id() })

// What is asked of whoever used violence, and of a second or a third?
import { z } from 'zod'
import { fieldMeta, number, optional, text, whenAsked } from '../../core/form/fields.ts'
import { name } from '../../core/form/name.ts'

export const Perpetrator = z.object({
  relation: text({ label: 'cases.field.relationToVictim', hint: 'cases.field.relationHint', max: 200 }),
  givenName: optional(name({ label: 'cases.field.givenName', max: 100 })),
  familyName: optional(name({ label: 'cases.field.familyName', max: 100 })),
  formerNames: optional(name({ label: 'cases.field.formerNames', hint: 'cases.field.formerNamesHint', max: 200 })),
  nationalId: optional(text({ label: 'cases.field.nationalId', hint: 'cases.field.nationalIdHint', max: 20 })),
  birthYear: optional(
    number({ label: 'cases.field.birthYear', hint: 'cases.field.birthYearHint', min: 1900, max: 2100 }),
  ),
})
export type Perpetrator = z.output<typeof Perpetrator>
type Name = keyof Perpetrator
export const names = Object.keys(Perpetrator.shape) as Name[]

/** Besides the first up to two more at the referral; whoever else there is, on the page of the case. The end of each field's name. */
export const ends = ['2', '3'] as const
type End = (typeof ends)[number]
export const nameAt = <N extends Name, E extends End | ''>(name: N, end: E): `${N}${E}` => `${name}${end}`

const askedOf = (field: z.ZodType) => (fieldMeta(field).optional ? field : whenAsked(field))
const asked = <E extends End>(end: E) =>
  Object.fromEntries(names.map((name) => [nameAt(name, end), askedOf(Perpetrator.shape[name])])) as Record<
    `${Name}${E}`,
    z.ZodType<string | number | undefined>
  >

export const Perpetrators = z.object({ ...Perpetrator.shape, ...asked('2'), ...asked('3') })
export type Perpetrators = z.output<typeof Perpetrators>

/** The first one, and of the others those of whom something was told. */
export function perpetratorsIn(of: Perpetrators): { end: string; perpetrator: Partial<Perpetrator> }[] {
  const told = (['', ...ends] as const).map((end) => {
    const given = names.map((name) => [name, of[nameAt(name, end)]] as const).filter(([, value]) => value !== undefined)
    return { end, perpetrator: Object.fromEntries(given) as Partial<Perpetrator> }
  })
  return told.filter(({ end, perpetrator }) => end === '' || Object.keys(perpetrator).length > 0)
}

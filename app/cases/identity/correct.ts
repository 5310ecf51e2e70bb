// What is written anew where somebody of a case was taken down wrongly?
import { z } from 'zod'
import { choice, id, longText, number, optional, text } from '../../core/form/fields.ts'
import { name } from '../../core/form/name.ts'
import { seen } from '../../core/form/seen.ts'

const nationalId = { label: 'cases.field.nationalId', hint: 'cases.field.nationalIdHint', max: 20 } as const
const birthYear = { label: 'cases.field.birthYear', hint: 'cases.field.birthYearHint', min: 1900, max: 2100 } as const

export const PersonPlace = z.object({ id: id(), person: id() })

/** Everything anew: what is left empty is not known. The old row stays, set aside. */
export const Correct = PersonPlace.extend({
  /** The entry that whoever corrects has read. */
  seen: seen(),
  givenName: optional(name({ label: 'cases.field.givenName', max: 100 })),
  familyName: optional(name({ label: 'cases.field.familyName', max: 100 })),
  formerNames: optional(name({ label: 'cases.field.formerNames', hint: 'cases.field.formerNamesHint', max: 200 })),
  nationalId: optional(text(nationalId)),
  birthYear: optional(number(birthYear)),
  sex: optional(choice(['F', 'M'], { label: 'cases.field.sex', prefix: 'cases.sex' })),
  relation: optional(text({ label: 'cases.field.relationToVictim', hint: 'cases.field.relationHint', max: 200 })),
  atRisk: optional(longText({ label: 'cases.adult.atRisk', hint: 'cases.adult.atRiskHint', max: 600 })),
  why: longText({ label: 'cases.correct.why', hint: 'cases.correct.whyHint', max: 500 }),
})
export type Correct = z.output<typeof Correct>

// What may be written down about places, and about what the support person is told?
import { z } from 'zod'
import { choice, id, longText, number, optional } from '../../core/form/fields.ts'
import { name } from '../../core/form/name.ts'
import { seen } from '../../core/form/seen.ts'

export const placeKinds = [
  'safe_contact',
  'address',
  'shelter',
  'school',
  'workplace',
  'routine',
  'adult_contact',
] as const

/** `replaces`: the earlier value that is no longer true. */
export const Place = z.object({
  id: id(),
  kind: choice(placeKinds, { label: 'cases.place.kind', prefix: 'cases.place' }),
  /** Whose contact it is: the number of the adult in danger. */
  adult: optional(number({ label: 'cases.place.adult', hint: 'cases.place.adultHint', min: 1, max: 60 })),
  value: longText({ label: 'cases.place.value', hint: 'cases.place.valueHint', max: 500 }),
  replaces: optional(id()).meta({ label: 'cases.place.replaces' }),
})

/** What the support person reads: no surname, no place, no answers. */
export const Brief = z.object({
  id: id(),
  seen: seen(),
  givenName: optional(name({ label: 'cases.field.givenName', hint: 'cases.brief.givenNameHint', max: 100 })),
  safetyNote: optional(longText({ label: 'cases.field.safetyNote', hint: 'cases.field.safetyNoteHint', max: 1000 })),
  agreedTasks: optional(longText({ label: 'cases.field.agreedTasks', hint: 'cases.field.agreedTasksHint', max: 1000 })),
})
export type Brief = z.output<typeof Brief>

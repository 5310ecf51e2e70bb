// What may have changed in the victim's life since the risk was last assessed, and how soon is it looked at again?
import type { z } from 'zod'
import { choice, date, longText, optional } from '../../core/form/fields.ts'
import { CaseId } from '../case.ts'
import { dueBeforeHolidays } from '../tasks.ts'

/** Violence first, then the changes after which it often follows. */
export const incidentKinds = [
  'violence',
  'threat',
  'stalking',
  'breach',
  'left',
  'moved',
  'released',
  'pregnancy',
  'custody',
  'other',
] as const
export type IncidentKind = (typeof incidentKinds)[number]

export const policeAnswers = ['yes', 'no', 'unknown'] as const

export const RecordIncident = CaseId.extend({
  kind: choice(incidentKinds, { label: 'cases.incident.kind', prefix: 'cases.incident.kind' }),
  on: date({ label: 'cases.incident.on' }),
  police: choice(policeAnswers, { label: 'cases.incident.police', prefix: 'cases.answer' }),
  words: optional(longText({ label: 'cases.incident.words', hint: 'cases.incident.wordsHint', max: 2000 })),
})
export type RecordIncident = z.output<typeof RecordIncident>

/**
 * The day by which the risk is assessed again: so many working days from today, and never later than was planned anyway.
 * The checklist is a picture of one day; an incident or a change makes it old (domain notes, row 77).
 */
export function assessAgainBy(today: string, workingDays: number, planned: string | null): string {
  const due = dueBeforeHolidays(today, workingDays)
  return planned !== null && planned < due ? planned : due
}

// What is said when a support person is offered to the victim?
import { z } from 'zod'
import { choice, choices, date, id, longText, number, optional, text, yes } from '../../core/form/fields.ts'
import { hours, tasks } from '../../volunteers/limits/limits.ts'
import { CaseId, languages } from '../case.ts'

export const wantedSexes = ['any', 'F', 'M'] as const
export const declineReasons = ['not_now', 'has_support', 'no_trust', 'safety', 'other'] as const
export const closeReasons = ['goal_reached', 'victim_wish', 'moved', 'case_closed', 'mistake', 'other'] as const

/** What is asked after a yes, and what after a no: where it is asked, it must be answered. */
export const Following = z.object({
  language: choice(languages, { label: 'cases.need.language', prefix: 'cases.language' }),
  wantedSex: choice(wantedSexes, { label: 'cases.need.wantedSex', prefix: 'cases.need.sex' }),
  fromOn: date({ label: 'cases.need.fromOn' }),
  months: number({ label: 'cases.need.months', hint: 'cases.need.monthsHint', min: 1, max: 36 }),
  declineReason: choice(declineReasons, { label: 'cases.need.declineReason', prefix: 'cases.need.declined' }),
})
const following = Following.shape

/** Offered always; what follows depends on the answer. */
export const Offer = z.object({
  id: id(),
  offeredOn: date({ label: 'cases.need.offeredOn' }),
  answer: choice(['accepted', 'declined'], { label: 'cases.need.answer', prefix: 'cases.need.answer' }),
  declineReason: optional(following.declineReason),
  declineNote: optional(text({ label: 'cases.need.reasonNote', hint: 'cases.need.noNames', max: 300 })),
  language: optional(following.language),
  wantedSex: optional(following.wantedSex),
  fromOn: optional(following.fromOn),
  months: optional(following.months),
  hours: choices(hours, { label: 'cases.need.hours', hint: 'cases.need.hoursHint', prefix: 'volunteers.hour' }),
  tasks: choices(tasks, { label: 'cases.need.tasks', hint: 'cases.need.tasksHint', prefix: 'volunteers.task' }),
  avoidLocal: yes({ label: 'cases.need.avoidLocal', hint: 'cases.need.avoidLocalHint' }),
  note: optional(longText({ label: 'cases.need.note', hint: 'cases.need.noNames', max: 500 })),
})
export type Offer = z.output<typeof Offer>

/** Why nobody was offered to her. */
export const NotOffered = CaseId.extend({
  /** When the reason was given that whoever writes has read. */
  seen: optional(z.string().max(40)),
  why: longText({ label: 'cases.need.whyNot', hint: 'cases.need.whyNotHint', max: 500 }),
})

export const CloseNeed = z.object({
  id: id(),
  need: id(),
  reason: choice(closeReasons, { label: 'cases.need.closeReason', prefix: 'cases.need.closed' }),
  note: optional(text({ label: 'cases.need.reasonNote', hint: 'cases.need.noNames', max: 300 })),
})

/** Eleven digits in a row or a telephone number have no place where anybody may read. */
export const tellsTooMuch = (text: string | undefined): boolean =>
  text !== undefined && /\d{11}|\+?\d[\d\s-]{6,}\d/.test(text.replace(/\d{1,2}\.\d{1,2}\.\d{4}/g, ''))

/** What a need is, whoever records it: a referral's follow-up or the old workbook. */
export type NeedFacts = {
  caseId: string
  networkId: string
  countyCode: string
  municipalityCode: string | null
  language: string
  wantedSex: (typeof wantedSexes)[number]
  childCount: number
  avoidLocal: boolean
  hours?: string[]
  tasks?: string[]
  fromOn: string
  months: number
  note: string | null
  offeredOn: string
  importKey?: string
}

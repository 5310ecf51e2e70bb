// What does a month's report add up, when is it due, and how far has it come (R18, R19)?
import { z } from 'zod'
import { addDays, addWorkingDays, workingDaysBetween } from '../../core/calendar/working-days.ts'
import { choice, id, longText, optional } from '../../core/form/fields.ts'
import { month } from '../visit/visit.ts'

export const supervisionNeeds = ['no', 'talk', 'urgent'] as const
export type ReportStatus = 'draft' | 'submitted' | 'returned' | 'approved'

export const ReportMonth = z.object({ month: month() })
const summary = longText({ label: 'support.report.summary', hint: 'support.report.summaryHint', max: 4000 })

export const WriteReport = ReportMonth.extend({
  // Handing in asks for it, saving does not; so it is not called optional on the page.
  summary: optional(summary).meta({ ...summary.meta(), optional: false }),
  supervisionNeed: choice(supervisionNeeds, { label: 'support.report.need', prefix: 'support.need' }),
  step: z.enum(['save', 'submit']).catch('save'),
})

export const ReportId = z.object({ id: id() })
export const JudgeReport = ReportId.extend({
  verdict: choice(['approved', 'returned'], { label: 'support.review.verdict', prefix: 'support.verdict' }),
  remark: optional(longText({ label: 'support.review.remark', hint: 'support.review.remarkHint', max: 1000 })),
})

/** What a report counts; minutes, and money in cents. */
export type Figures = { contacts: number; minutes: number; expenseCents: number }
type Counted = Figures & { caseId: string; number: string; danger: boolean }
export type CaseLine = Figures & { caseId: string; number: string; dangers: number }

const nothing: Figures = { contacts: 0, minutes: 0, expenseCents: 0 }
const plus = (a: Figures, b: Figures): Figures => ({
  contacts: a.contacts + b.contacts,
  minutes: a.minutes + b.minutes,
  expenseCents: a.expenseCents + b.expenseCents,
})

export function sumOf(visits: readonly Figures[]): Figures {
  return visits.reduce<Figures>(plus, nothing)
}

/** The same per case, by case number. */
export function linesOf(visits: readonly Counted[]): CaseLine[] {
  const groups = Map.groupBy(visits, (visit) => visit.caseId)
  const lines = [...groups].map(([caseId, own]) => ({
    ...sumOf(own),
    ...{ caseId, number: own[0]?.number ?? '', dangers: own.filter((visit) => visit.danger).length },
  }))
  return lines.toSorted((a, b) => (a.number < b.number ? -1 : 1))
}

/** True where the figures handed in are still those of the rows. */
export const sameFigures = (a: Figures, b: Figures): boolean =>
  a.contacts === b.contacts && a.minutes === b.minutes && a.expenseCents === b.expenseCents

/** The last day of a month `2026-11`. */
export function monthEnd(ofMonth: string): string {
  return addDays(`${nextMonth(ofMonth)}-01`, -1)
}

/** The month after `2026-11`, or `by` months after (before, when negative). */
export function nextMonth(ofMonth: string, by = 1): string {
  const [year = 0, number = 1] = ofMonth.split('-').map(Number)
  return new Date(Date.UTC(year, number - 1 + by, 15)).toISOString().slice(0, 7)
}

/** So many working days after the month's end. */
export function dueOf(ofMonth: string, days: number): string {
  return addWorkingDays(monthEnd(ofMonth), days)
}

/** Working days past the due day; 0 where it is not late. */
export function workingDaysLate(dueOn: string, today: string): number {
  return workingDaysBetween(dueOn, today)
}

// What is the coordinator's report to the project manager, when is it due, and what may be done with it?
import { z } from 'zod'
import { addDays } from '../core/calendar/working-days.ts'
import { id, longText } from '../core/form/fields.ts'
import type { Definitions } from '../evaluation/indicators/definitions.ts'
import type { ShownFigures } from '../evaluation/indicators/publish.ts'
import { type Period, parsePeriod, periodOf, previousPeriod } from '../evaluation/period.ts'

export const reportStatuses = ['draft', 'submitted', 'returned', 'accepted'] as const
export type ReportStatus = (typeof reportStatuses)[number]

export const ReportId = z.object({ id: id() })
export const NewReport = z.object({
  period: z
    .unknown()
    .optional()
    .transform((raw, ctx): string => {
      const known = typeof raw === 'string' && parsePeriod(raw)
      if (known) return known.key
      ctx.addIssue({ code: 'custom', message: 'core.error.choose' })
      return z.NEVER
    })
    .meta({ kind: 'choice', label: 'reports.new.period', hint: 'reports.new.periodHint' }),
})
export const ReportText = ReportId.extend({
  ownText: longText({ label: 'reports.text.own', hint: 'reports.text.ownHint', max: 6000 }),
})
export const ReturnReport = ReportId.extend({
  remark: longText({ label: 'reports.return.remark', hint: 'reports.return.remarkHint', max: 2000 }),
})

/** What is stored of a report handed in: the figures that may be shown, from which count on, and what they meant; of the first reports the last is not known. */
export type StoredFigures = { threshold: number; shown: ShownFigures; definitions?: Definitions }

/** The day of the month after the period's end on which the report is due (setting `managerReportDueDay`). */
export function managerReportDueOn(period: Period, day: number): string {
  return addDays(addDays(period.to, 1), day - 1)
}

/** The periods a report may be begun for: the current ones and those that have ended, newest first. */
export function periodChoices(today: string, taken: ReadonlySet<string>): Period[] {
  const back = (kind: Period['kind'], count: number) => {
    const list = [periodOf(today, kind)]
    while (list.length < count) list.push(previousPeriod(list.at(-1) as Period))
    return list
  }
  return [...back('month', 6), ...back('quarter', 4), ...back('year', 2)].filter(({ key }) => !taken.has(key))
}

/** Something that is still missing; `blocks` what stands in the way of submitting. */
export type Missing = {
  code: 'notEnded' | 'noText' | 'reports' | 'pending' | 'concerns'
  blocks: boolean
  count: number
}

/** What is missing before a report may be, or had better be, submitted. `figures` are those of the whole country. */
export function missingOf(report: {
  toOn: string
  ownText: string
  today: string
  figures: { reportsMissing: number; reportsPending: number; concernsOpen: number }
}): Missing[] {
  const { figures } = report
  const found: Missing[] = [
    { code: 'notEnded', blocks: true, count: report.toOn >= report.today ? 1 : 0 },
    { code: 'noText', blocks: true, count: report.ownText.trim() === '' ? 1 : 0 },
    { code: 'pending', blocks: false, count: figures.reportsPending },
    { code: 'reports', blocks: false, count: figures.reportsMissing },
    { code: 'concerns', blocks: false, count: figures.concernsOpen },
  ]
  return found.filter(({ count }) => count > 0)
}

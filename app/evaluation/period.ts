// Which month, quarter or year is a report about, when does it begin and end, and when is it due?
import { addDays, addWorkingDays } from '../core/calendar/working-days.ts'

export type PeriodKind = 'month' | 'quarter' | 'year'

/** A reporting period: `key` is `2026-11`, `2026-Q4` or `2026`; `from` and `to` are its first and last date. */
export type Period = { kind: PeriodKind; key: string; from: string; to: string }

/** A period's name as a message still to be said in a language. */
export type PeriodLabel = { key: `evaluation.period.${PeriodKind}`; args: Record<string, string> }

const monthsOf: Record<PeriodKind, number> = { month: 1, quarter: 3, year: 12 }

/** Reads `2026-11`, `2026-Q4` or `2026`; null for anything else. Years 2000–2099, so that a typing slip is not a period. */
export function parsePeriod(text: string): Period | null {
  const [, year, quarter, month] = /^(20\d{2})(?:-(?:Q([1-4])|(0[1-9]|1[0-2])))?$/.exec(text) ?? []
  if (!year) return null
  if (quarter) return build('quarter', Number(year), (Number(quarter) - 1) * 3 + 1)
  return month ? build('month', Number(year), Number(month)) : build('year', Number(year), 1)
}

/** The period of a kind that a date `2026-11-23` lies in. Throws on a date that does not exist. */
export function periodOf(date: string, kind: PeriodKind): Period {
  const [year = 0, month = 1] = addDays(date, 0).split('-').map(Number)
  return build(kind, year, month - ((month - 1) % monthsOf[kind]))
}

/** The period of the same kind just before. */
export function previousPeriod(period: Period): Period {
  return periodOf(addDays(period.from, -1), period.kind)
}

/** The period of the same kind just after. */
export function nextPeriod(period: Period): Period {
  return periodOf(addDays(period.to, 1), period.kind)
}

/** The months of a period in order; a month holds itself. */
export function monthsIn(period: Period): Period[] {
  const months = [periodOf(period.from, 'month')]
  while ((months.at(-1)?.to ?? period.to) < period.to) months.push(nextPeriod(months.at(-1) as Period))
  return months
}

/** True where the date lies in the period, both ends counted. */
export function isIn(period: Period, date: string): boolean {
  // Written so, an earlier day is a smaller text; to reckon with days would cost a large report a second.
  const day = date.slice(0, 10)
  return day >= period.from && day <= period.to
}

/** The last day to hand in a report about the period: so many working days after its end (rule R18, a setting, default 5). */
export function reportDueOn(period: Period, workingDays = 5): string {
  return addWorkingDays(period.to, workingDays)
}

/** The period's name: "november 2026", "2026. aasta IV kvartal", "2026. aasta". Arguments are text, so that no year is written "2 026". */
export function periodLabel(period: Period): PeriodLabel {
  const year = period.key.slice(0, 4)
  const part = period.key.slice(period.kind === 'quarter' ? 6 : 5)
  if (period.kind === 'year') return { key: 'evaluation.period.year', args: { year } }
  if (period.kind === 'quarter') return { key: 'evaluation.period.quarter', args: { year, quarter: part } }
  return { key: 'evaluation.period.month', args: { year, month: part } }
}

/** A month's name short enough for a chart: "nov". */
export function shortMonth(period: Period): { key: 'evaluation.period.shortMonth'; args: Record<string, string> } {
  return { key: 'evaluation.period.shortMonth', args: { month: period.from.slice(5, 7) } }
}

function build(kind: PeriodKind, year: number, month: number): Period {
  const two = (value: number) => String(value).padStart(2, '0')
  const after = month + monthsOf[kind] > 12 ? `${year + 1}-01-01` : `${year}-${two(month + monthsOf[kind])}-01`
  const tail = { month: `-${two(month)}`, quarter: `-Q${(month + 2) / 3}`, year: '' }
  return { kind, key: `${year}${tail[kind]}`, from: `${year}-${two(month)}-01`, to: addDays(after, -1) }
}

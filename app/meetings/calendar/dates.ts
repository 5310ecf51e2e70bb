// On which days does a network meet that meets on the second Tuesday of every month?
import { addDays, addWorkingDays, isWorkingDay, weekdayOf } from '../../core/calendar/working-days.ts'

/** `week` 1–4 is the first to the fourth such weekday of a month, 5 its last; `weekday` 1 is Monday. */
export type Rhythm = { everyMonths: number; week: number; weekday: number }

const dayOf = (year: number, month: number, day: number) =>
  new Date(Date.UTC(year, month, day)).toISOString().slice(0, 10)

/** The day of a rhythm in the month of `day`; the next working day where that is a public holiday. */
export function dayIn(day: string, { week, weekday }: Pick<Rhythm, 'week' | 'weekday'>): string {
  const [year = 0, month = 1] = day.split('-').map(Number)
  const first = dayOf(year, month - 1, 1)
  const shift = (weekday - 1 - weekdayOf(first) + 7) % 7
  const nth = addDays(first, shift + (week - 1) * 7)
  const found = nth.slice(0, 7) === first.slice(0, 7) ? nth : addDays(nth, -7)
  return isWorkingDay(found) ? found : addWorkingDays(found, 1)
}

/** The next `count` days from `from` on. */
export function daysAhead(from: string, rhythm: Rhythm, count: number): string[] {
  const [year = 0, month = 1] = from.split('-').map(Number)
  const days: string[] = []
  const begins = dayIn(from, rhythm) >= from ? 0 : 1
  for (let at = 0; days.length < count; at += 1) {
    days.push(dayIn(dayOf(year, month - 1 + begins + at * rhythm.everyMonths, 1), rhythm))
  }
  return days
}

/** The last day on which the agenda is still open. */
export const cutOffOf = (onDate: string, daysBefore: number): string => addDays(onDate, -daysBefore)

// What date is so many days, months or working days later, which day of the week is it, and is it a working day in Estonia?
const dayMs = 86_400_000

// The holidays on a fixed date, Public Holidays and Days of National Importance Act § 1–2.
const fixedHolidays = ['01-01', '02-24', '05-01', '06-23', '06-24', '08-20', '12-24', '12-25', '12-26']

// A year's holidays are asked for on every step of a count, and never change.
const byYear = new Map<number, ReadonlySet<string>>()

/** True where the text is a date that exists, written `2026-11-23`. */
export function isDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false
  const time = Date.parse(`${text}T00:00:00Z`)
  return !Number.isNaN(time) && new Date(time).toISOString().slice(0, 10) === text
}

/** The date so many calendar days later (or earlier, when negative). Throws on a date that does not exist. */
export function addDays(date: string, days: number): string {
  if (!isDate(date)) throw new RangeError('not a date')
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * dayMs).toISOString().slice(0, 10)
}

/** `2026-01-31` + 1 month = `2026-02-28`: the same day, or the last one of a shorter month. */
export function addMonths(date: string, months: number): string {
  const [year = 0, month = 1, day = 1] = date.split('-').map(Number)
  const last = new Date(Date.UTC(year, month + months, 0))
  last.setUTCDate(Math.min(day, last.getUTCDate()))
  return last.toISOString().slice(0, 10)
}

/** Monday is 0. Throws on a date that does not exist. */
export function weekdayOf(date: string): number {
  return (new Date(`${addDays(date, 0)}T00:00:00Z`).getUTCDay() + 6) % 7
}

/** The Monday of the week of a date. */
export const mondayOf = (date: string): string => addDays(date, -weekdayOf(date))

/**
 * Easter Sunday of a Gregorian year as `2026-04-05`.
 * Source: the anonymous Gregorian computus (Nature, 20 April 1876), as given by J. Meeus, Astronomical Algorithms, chapter 8.
 */
export function easterSunday(year: number): string {
  const golden = year % 19
  const century = Math.floor(year / 100)
  const skippedLeaps = century - Math.floor(century / 4)
  const moonShift = Math.floor((century - Math.floor((century + 8) / 25) + 1) / 3)
  const epact = (19 * golden + skippedLeaps - moonShift + 15) % 30
  const weekday = (32 + 2 * (century % 4) + 2 * Math.floor((year % 100) / 4) - epact - ((year % 100) % 4)) % 7
  const late = Math.floor((golden + 11 * epact + 22 * weekday) / 451)
  return addDays(`${String(year).padStart(4, '0')}-03-22`, epact + weekday - 7 * late)
}

/** Every public holiday of a year in order, as dates; holidays that fall on a weekend are among them. */
export function publicHolidays(year: number): string[] {
  const easter = easterSunday(year)
  const moving = [addDays(easter, -2), easter, addDays(easter, 49)]
  return [...fixedHolidays.map((day) => `${easter.slice(0, 4)}-${day}`), ...moving].sort()
}

/** True on Monday to Friday, public holidays left out. */
export function isWorkingDay(date: string): boolean {
  return weekdayOf(date) < 5 && !holidaysOf(Number(date.slice(0, 4))).has(date)
}

/**
 * The `count`-th working day after `date` (`date` itself is not counted); before it when `count` is negative.
 * Zero gives the date itself, working day or not. Throws on a date that does not exist or a count that is not whole.
 */
export function addWorkingDays(date: string, count: number): string {
  if (!Number.isInteger(count)) throw new RangeError('not a whole number of working days')
  const step = Math.sign(count)
  let day = addDays(date, 0)
  for (let left = Math.abs(count); left > 0; ) {
    day = addDays(day, step)
    if (isWorkingDay(day)) left -= 1
  }
  return day
}

/** Working days after `from` up to and with `to`; 0 when `to` is not later. Throws on a date that does not exist. */
export function workingDaysBetween(from: string, to: string): number {
  let count = 0
  for (let day = addDays(from, 1); day <= to; day = addDays(day, 1)) if (isWorkingDay(day)) count += 1
  return count
}

function holidaysOf(year: number): ReadonlySet<string> {
  const known = byYear.get(year) ?? new Set(publicHolidays(year))
  byYear.set(year, known)
  return known
}

// How are dates, times, amounts and numbers written in each language?
import { type Locale, locales } from './i18n.ts'

const zone = 'Europe/Tallinn'
// To make one of these costs a hundred times what it costs to use it, and a list uses it in every row.
const clock = byMinute(
  new Intl.DateTimeFormat('et', { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone: zone }),
)
const calendar = byMinute(new Intl.DateTimeFormat('sv-SE', { timeZone: zone }))
const monthNames = Object.fromEntries(
  locales.map((locale) => [locale, new Intl.DateTimeFormat(locale, { month: 'long', timeZone: 'UTC' })]),
) as Record<Locale, Intl.DateTimeFormat>

const mostMinutes = 5000

// And to use it costs ten times what it costs to remember it: one line asks three times of the same instant, the next page again.
function byMinute(format: Intl.DateTimeFormat): (value: Date) => string {
  const said = new Map<number, string>()
  return (value) => {
    const minute = Math.floor(value.getTime() / 60_000)
    const known = said.get(minute)
    if (known !== undefined) return known
    if (said.size >= mostMinutes) said.clear()
    const text = format.format(value)
    said.set(minute, text)
    return text
  }
}

/** `2026-11-23` (a date without a time) or an instant → `23.11.2026`, in every language alike. */
export function formatDate(value: string | Date): string {
  const iso = typeof value === 'string' ? value.slice(0, 10) : isoDate(value)
  const [year, month, day] = iso.split('-')
  return `${day}.${month}.${year}`
}

/** An instant → `14.30` on the clock of Tallinn. */
export function formatTime(value: Date): string {
  return clock(value).replace(':', '.')
}

/** An instant → `23.11.2026 14.30`. */
export function formatInstant(value: Date): string {
  return `${formatDate(value)} ${formatTime(value)}`
}

/** The date in Tallinn of an instant, as `2026-11-23`. */
export function isoDate(value: Date): string {
  return calendar(value)
}

/** A month `2026-11` or `2026-11-01` → `november 2026` in the person's language. */
export function formatMonth(value: string, locale: Locale): string {
  const [year, month] = value.split('-').map(Number)
  const day = new Date(Date.UTC(year ?? 0, (month ?? 1) - 1, 15))
  return `${monthNames[locale].format(day)} ${year}`
}

/** Cents → `1 234,56 €` (no-break spaces). */
export function formatMoney(cents: number): string {
  return `${formatNumber(cents / 100, 2)}\u00a0€`
}

/** A number with a decimal comma and spaces between thousands; `digits` decimals at most, at least when money. */
export function formatNumber(value: number, digits = 1): string {
  const fixed = digits === 2 ? value.toFixed(2) : String(Number(value.toFixed(digits)))
  const [whole, rest] = fixed.split('.')
  const grouped = (whole ?? '0').replace(/\B(?=(\d{3})+(?!\d))/g, '\u00a0')
  return rest ? `${grouped},${rest}` : grouped
}

/** Minutes → hours with a decimal comma: 90 → `1,5`. */
export function formatHours(minutes: number): string {
  return formatNumber(minutes / 60)
}

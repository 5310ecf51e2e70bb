// How far from today is a day, in words?
import { type Locale, locales, type T } from '../i18n/i18n.ts'

/** ISO dates → whole days from the first to the second. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to.slice(0, 10)}T00:00Z`) - Date.parse(`${from.slice(0, 10)}T00:00Z`)) / 86_400_000)
}

const words = Object.fromEntries(
  locales.map((locale) => [locale, new Intl.RelativeTimeFormat(locale, { numeric: 'auto' })]),
) as Record<Locale, Intl.RelativeTimeFormat>

/** ISO dates → "täna", "homme", "3 päeva pärast", "eile"; stands beside the date, never in its place. */
export function relativeDay(day: string, today: string, locale: Locale): string {
  return words[locale].format(daysBetween(today, day), 'day')
}

/** A deadline in words: "tähtaeg homme", "aega 5 päeva", "3 päeva hiljaks jäänud". */
export function dueWords(due: string, today: string, t: T): string {
  const days = daysBetween(today, due)
  if (days < 0) return t('ui.due.late', { days: -days })
  if (days === 0) return t('ui.due.today')
  return days === 1 ? t('ui.due.tomorrow') : t('ui.due.left', { days })
}

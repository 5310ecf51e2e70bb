// Which days does a month show, and where does a key lead from a day? Days are UTC midnights, so no clock change moves them.

const day = 86_400_000

/** `28.02.2026` (or `28.2.2026`) → that day; null where no such day exists. */
export function readDay(text: string): Date | null {
  const parts = /^\s*(\d{1,2})\.(\d{1,2})\.(\d{4})\s*$/.exec(text)
  if (!parts) return null
  const [date, month, year] = [Number(parts[1]), Number(parts[2]), Number(parts[3])]
  const found = new Date(Date.UTC(year, month - 1, date))
  return found.getUTCMonth() === month - 1 && found.getUTCDate() === date ? found : null
}

/** A day → `28.02.2026`. */
export function writeDay(value: Date): string {
  const two = (number: number) => String(number).padStart(2, '0')
  return `${two(value.getUTCDate())}.${two(value.getUTCMonth() + 1)}.${value.getUTCFullYear()}`
}

/** The weeks (Monday first) that a month touches, each with seven days; days of other months are null. */
export function weeksOf(month: Date): (Date | null)[][] {
  const first = Date.UTC(month.getUTCFullYear(), month.getUTCMonth(), 1)
  const start = first - ((new Date(first).getUTCDay() + 6) % 7) * day
  const weeks: (Date | null)[][] = []
  for (let monday = start; monday <= first + 31 * day; monday += 7 * day) {
    const week = Array.from({ length: 7 }, (_, index) => new Date(monday + index * day))
    if (week.some((date) => date.getUTCMonth() === month.getUTCMonth())) {
      weeks.push(week.map((date) => (date.getUTCMonth() === month.getUTCMonth() ? date : null)))
    }
  }
  return weeks
}

/** The same date in another month, or that month's last day where it is shorter. */
export function addMonths(value: Date, months: number): Date {
  const [year, month] = [value.getUTCFullYear(), value.getUTCMonth() + months]
  const last = new Date(Date.UTC(year, month + 1, 0)).getUTCDate()
  return new Date(Date.UTC(year, month, Math.min(value.getUTCDate(), last)))
}

/** Where a key leads from a day in the grid; null where the key means nothing here. */
export function moveBy(value: Date, key: string, shift: boolean): Date | null {
  const weekday = (value.getUTCDay() + 6) % 7
  const days: Record<string, number> = {
    ArrowLeft: -1,
    ArrowRight: 1,
    ArrowUp: -7,
    ArrowDown: 7,
    Home: -weekday,
    End: 6 - weekday,
  }
  if (key === 'PageUp') return addMonths(value, shift ? -12 : -1)
  if (key === 'PageDown') return addMonths(value, shift ? 12 : 1)
  const step = days[key]
  return step === undefined ? null : new Date(value.getTime() + step * day)
}

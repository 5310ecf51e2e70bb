// How are days, months, hours and instants read and said on a device, by the clock of Tallinn?

const zone = 'Europe/Tallinn'
const iso = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' })
const clock = new Intl.DateTimeFormat('et', { timeZone: zone, hour: '2-digit', minute: '2-digit' })

export const dayOf = (instant: number): string => iso.format(instant)
export const dayBefore = (day: string): string => new Date(Date.parse(day) - 86_400_000).toISOString().slice(0, 10)
export const timeOf = (instant: number): string => clock.format(instant).replace(':', '.')
export const saidDay = (day: string): string => day.split('-').reverse().join('.')

export const saidMonth = (month: string, locale: string): string =>
  new Intl.DateTimeFormat(locale, { month: 'long', year: 'numeric', timeZone: 'UTC' }).format(Date.parse(`${month}-15`))

export const saidHours = (minutes: number): string => (minutes / 60).toFixed(1).replace('.', ',').replace(',0', '')

/** `28.02.2026` as `2026-02-28`; nothing where there is no such day. */
export function readDay(typed: string): string | null {
  const [, d = '', m = '', y = ''] = /^\s*(\d{1,2})\.(\d{1,2})\.(\d{4})\s*$/.exec(typed) ?? []
  const day = `${y}-${m.padStart(2, '0')}-${d.padStart(2, '0')}`
  const date = new Date(`${day}T12:00:00Z`)
  return y && !Number.isNaN(date.getTime()) && date.toISOString().slice(0, 10) === day ? day : null
}

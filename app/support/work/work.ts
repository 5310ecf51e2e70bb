// How much was done in a month or a year: contacts, time and money, without a name?

/** `from`: the first day of the month or year, an ISO date. */
export type SpanOfWork = { from: string; contacts: number; minutes: number; expenseCents: number }
export type NetworkOfWork = { id: string; name: string; contacts: number; minutes: number; expenseCents: number }
export type Work = { by: 'month' | 'year'; spans: SpanOfWork[]; networks: NetworkOfWork[] }

/** How many months the page looks back, the present one among them. */
export const monthsShown = 12

/** The first days of the last `count` months up to that of `today`, the earliest first. ISO dates. */
export function lastMonths(today: string, count = monthsShown): string[] {
  const [year = 0, month = 1] = today.split('-').map(Number)
  return Array.from({ length: count }, (_, at) =>
    new Date(Date.UTC(year, month - count + at, 1)).toISOString().slice(0, 10),
  )
}

/** The first days of the years from that of the first day given to that of `today`; only this one where none is given. ISO dates. */
export function yearsUntil(today: string, first = today): string[] {
  const [from, to] = [Number(first.slice(0, 4)), Number(today.slice(0, 4))]
  return Array.from({ length: Math.max(1, to - from + 1) }, (_, at) => `${from + at}-01-01`)
}

/** One entry for every month or year asked about, in their order; one without work has zeros. */
export function everySpan(firstDays: readonly string[], known: readonly SpanOfWork[]): SpanOfWork[] {
  const found = new Map(known.map((one) => [one.from, one]))
  return firstDays.map((from) => found.get(from) ?? { from, contacts: 0, minutes: 0, expenseCents: 0 })
}

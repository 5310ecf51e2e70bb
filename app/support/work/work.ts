// How much was done in a month: contacts, time and money, without a name?

export type MonthOfWork = { month: string; contacts: number; minutes: number; expenseCents: number }
export type NetworkOfWork = { id: string; name: string; contacts: number; minutes: number; expenseCents: number }
export type Work = { months: MonthOfWork[]; networks: NetworkOfWork[] }

/** How many months the page looks back, the present one among them. */
export const monthsShown = 12

/** The first days of the last `count` months up to that of `today`, the earliest first. ISO dates. */
export function lastMonths(today: string, count = monthsShown): string[] {
  const [year = 0, month = 1] = today.split('-').map(Number)
  return Array.from({ length: count }, (_, at) =>
    new Date(Date.UTC(year, month - count + at, 1)).toISOString().slice(0, 10),
  )
}

/** One entry for every month asked about, in their order; a month without work has zeros. */
export function everyMonth(months: readonly string[], known: readonly MonthOfWork[]): MonthOfWork[] {
  const found = new Map(known.map((one) => [one.month, one]))
  return months.map((month) => found.get(month) ?? { month, contacts: 0, minutes: 0, expenseCents: 0 })
}

// How are means, medians, shares and waiting times of small numbers computed honestly?

/** What is known about a set of waiting times, all in whole days; everything but the count is null when the set is empty. */
export type WaitingTimes = {
  count: number
  mean: number | null
  median: number | null
  shortest: number | null
  longest: number | null
}

/** A share with the range it may truly lie in, all between 0 and 1. */
export type ShareRange = { share: number; low: number; high: number }

/** Arithmetic mean, in the unit of the values; null for an empty set. Throws on a value that is no finite number. */
export function mean(values: readonly number[]): number | null {
  values.forEach(assertFinite)
  return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length
}

/** Middle value, or the mean of the two middle ones; null for an empty set. Throws on a value that is no finite number. */
export function median(values: readonly number[]): number | null {
  values.forEach(assertFinite)
  const sorted = [...values].sort((a, b) => a - b)
  const upper = sorted[Math.floor(sorted.length / 2)]
  const lower = sorted[Math.floor((sorted.length - 1) / 2)]
  return upper === undefined || lower === undefined ? null : (lower + upper) / 2
}

/** `part` out of `whole` as a number between 0 and 1; null when the whole is zero. Throws when the part is not within the whole. */
export function share(part: number, whole: number): number | null {
  assertWithin(part, whole)
  return whole === 0 ? null : part / whole
}

/**
 * The Wilson score interval of `part` out of `whole`; null when the whole is zero.
 * `z` is the normal quantile: 1.96 means 95 %. It stays inside 0–1 and is honest for counts as small as ours.
 * Source: E. B. Wilson, Probable Inference, the Law of Succession, and Statistical Inference, JASA 22 (1927), 209–212.
 */
export function wilson(part: number, whole: number, z = 1.96): ShareRange | null {
  assertWithin(part, whole)
  if (whole === 0) return null
  const observed = part / whole
  const spread = (z * z) / whole
  const centre = observed + spread / 2
  const reach = z * Math.sqrt((observed * (1 - observed)) / whole + spread / (4 * whole))
  return {
    share: observed,
    low: part === 0 ? 0 : Math.max(0, (centre - reach) / (1 + spread)),
    high: part === whole ? 1 : Math.min(1, (centre + reach) / (1 + spread)),
  }
}

/** Summary of waiting times given in whole days. Throws on a negative or fractional wait: that is a wrong record, not a statistic. */
export function waitingTimes(days: readonly number[]): WaitingTimes {
  for (const wait of days)
    if (!Number.isInteger(wait) || wait < 0) throw new RangeError('a wait is a whole number of days')
  const sorted = [...days].sort((a, b) => a - b)
  return {
    count: days.length,
    mean: mean(days),
    median: median(days),
    shortest: sorted[0] ?? null,
    longest: sorted.at(-1) ?? null,
  }
}

function assertFinite(value: number): void {
  if (!Number.isFinite(value)) throw new RangeError('not a finite number')
}

function assertWithin(part: number, whole: number): void {
  assertFinite(part)
  assertFinite(whole)
  if (part < 0 || part > whole) throw new RangeError('the part is not within the whole')
}

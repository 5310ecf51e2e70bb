// How is the synthetic Estonia different in every corner and yet the same at every start?

export type Random = {
  /** A number in [0, 1). */
  next: () => number
  /** A whole number in [from, to]. */
  whole: (from: number, to: number) => number
  pick: <V>(list: readonly V[]) => V
  chance: (share: number) => boolean
}

/** Mulberry32: small, quick and the same on every machine. Not for secrets. */
export function randomFrom(seed: number): Random {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
  const whole = (from: number, to: number) => from + Math.floor(next() * (to - from + 1))
  return { next, whole, pick: (list) => list[whole(0, list.length - 1)] as never, chance: (share) => next() < share }
}

/** `2026-11-23` moved by whole days. */
export function plusDays(day: string, days: number): string {
  return new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10)
}

/** The first day of the month `months` away from that of `day`. */
export function monthStart(day: string, months = 0): string {
  const [year, month] = day.split('-').map(Number)
  return new Date(Date.UTC(year ?? 0, (month ?? 1) - 1 + months, 1)).toISOString().slice(0, 10)
}

/** An instant on that day at a working hour. */
export function at(day: string, hour = 10): Date {
  return new Date(`${day}T${String(hour).padStart(2, '0')}:00:00Z`)
}

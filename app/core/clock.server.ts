// What time is it? One place, so that a test can stand at any day – and so that there is one clock, which is the database's.
import { isoDate } from '../i18n/format.ts'

let fixed: Date | null = null
let heard: { at: number; since: number } | null = null

/** By how much one hears the time late: the trip from the database. More than that is another time. */
const trip = 1000

/**
 * The database has said what time it is. It decides how long sessions, grants and locks last, so nothing here may think otherwise: from now on
 * time is counted from what it said, by a counter that nobody can set. What came over the shortest trip is the truest.
 */
export function hear(instant: Date): void {
  const apart = instant.getTime() - running().getTime()
  if (!heard || apart > 0 || apart < -trip) heard = { at: instant.getTime(), since: performance.now() }
}

// The machine's own clock counts only until the database has spoken for the first time.
const running = (): Date => (heard ? new Date(heard.at + performance.now() - heard.since) : new Date())

/** The present instant, or the one a test has set. */
export function now(): Date {
  return fixed ? new Date(fixed) : running()
}

/** How many minutes are left until then, counting the one that has begun. */
export const minutesUntil = (instant: Date): number =>
  Math.max(1, Math.ceil((instant.getTime() - now().getTime()) / 60_000))

/** Today in Tallinn as `2026-11-23`. */
export function today(): string {
  return isoDate(now())
}

/** For tests: stand still at this instant; `null` lets time run again. */
export function standAt(instant: Date | null): void {
  fixed = instant
}

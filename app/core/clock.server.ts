// What time is it? One place, so that a test can stand at any day.
import { isoDate } from '../i18n/format.ts'

let fixed: Date | null = null

/** The present instant, or the one a test has set. */
export function now(): Date {
  return fixed ? new Date(fixed) : new Date()
}

/** Today in Tallinn as `2026-11-23`. */
export function today(): string {
  return isoDate(now())
}

/** For tests: stand still at this instant; `null` lets time run again. */
export function standAt(instant: Date | null): void {
  fixed = instant
}

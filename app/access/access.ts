// How long may a session last, how long must one wait after a mistake, and where may the door lead to?
import { type Role, roles } from '../core/user.ts'

/** Every role a person can have; the process itself is nobody who could open a page. */
export const everybody: readonly Role[] = roles.filter((role) => role !== 'system')

export type Limits = { idleMinutes: number; absoluteMinutes: number; atOnce: number }

// shared/reference/security.md §3.6; staff and administrators by NIST SP 800-63B-4 AAL3, volunteers on their own phones below it.
const limits = {
  volunteer: { idleMinutes: 10, absoluteMinutes: 120, atOnce: 1 },
  staff: { idleMinutes: 15, absoluteMinutes: 480, atOnce: 2 },
  admin: { idleMinutes: 10, absoluteMinutes: 240, atOnce: 1 },
} as const satisfies Record<string, Limits>

/** In a demonstration many visitors are the same person at once, and nothing there is secret. */
export const demoLimits: Limits = { idleMinutes: 60, absoluteMinutes: 480, atOnce: 100 }

/** The limits of somebody with these roles: of each the strictest. */
export function limitsOf(held: readonly Role[]): Limits {
  const all = held.map((role) => limits[role === 'volunteer' || role === 'admin' ? role : 'staff'])
  const strictest = (part: keyof Limits) => Math.min(...all.map((one) => one[part]), limits.staff[part])
  return {
    idleMinutes: strictest('idleMinutes'),
    absoluteMinutes: strictest('absoluteMinutes'),
    atOnce: strictest('atOnce'),
  }
}

const growing = [2, 4, 8, 16, 32, 42]

/**
 * Seconds to wait after the first, second, third … failure in a row; the last value holds for all that follow. Never a lock: whoever
 * guesses at somebody's account must not be able to keep its owner out. An office shares one address, so that one is more patient.
 */
export const accountWaits: number[] = [0, 0, ...growing]
export const addressWaits: number[] = [...Array<number>(10).fill(0), ...growing]
/** For all who try passwords at one account, wherever they are, by the hour: more than whoever waits 42 seconds each time gets to in one. */
export const everywhereWaits: number[] = [...Array<number>(300).fill(0), ...growing]

/** Both factors have to have been shown within this time before a key to the house is changed (security.md §3.6). */
export const freshMinutes = 5

/** The path within our own site that an address names, or the first page: nobody is led away from here. */
export function safePath(to: unknown): string {
  if (typeof to !== 'string' || to.length > 500 || !/^\/(?![/\\])[\x21-\x7e]*$/.test(to)) return '/'
  const { pathname, search, origin } = new URL(to, 'http://here.invalid')
  if (origin !== 'http://here.invalid' || pathname.startsWith('//')) return '/'
  return /^\/(sign-in|sign-out|exit|language|demo)(\/|$)/.test(pathname) ? '/' : pathname + search
}

const systems: readonly [RegExp, string][] = [
  [/iPhone|iPad/, 'iOS'],
  [/Android/, 'Android'],
  [/Windows/, 'Windows'],
  [/Mac OS X/, 'macOS'],
  [/CrOS/, 'ChromeOS'],
  [/Linux/, 'Linux'],
]
const browsers: readonly [RegExp, string][] = [
  [/Edg/, 'Edge'],
  [/OPR\//, 'Opera'],
  [/SamsungBrowser/, 'Samsung Internet'],
  [/Firefox|FxiOS/, 'Firefox'],
  [/Chrome|CriOS/, 'Chrome'],
  [/Safari/, 'Safari'],
]

/** `Firefox, Android`: enough to know one's own phone again, too little to follow anybody. Empty where it says nothing. */
export function deviceOf(userAgent: string | undefined): string {
  const found = [browsers, systems].map((list) => list.find(([sign]) => sign.test(userAgent ?? ''))?.[1])
  return found.filter(Boolean).join(', ')
}

// Somebody came back from the state's sign-in and is not let in: which of our sentences is it, and where does it stand?
import type { Context } from 'hono'
import type { Env } from '../../core/page.tsx'
import type { Refusal } from './token.ts'
import type { Trip } from './trip.server.ts'

export const troubles = ['cancelled', 'late', 'away', 'unknown', 'again', 'level', 'other', 'refused'] as const

// Which check a bad token failed is for the audit, not for whoever sent it.
const sentences: Partial<Record<Refusal, (typeof troubles)[number]>> = {
  ...{ cancelled: 'cancelled', away: 'away', unknown: 'unknown', again: 'again', other: 'other' },
  ...{ trip: 'late', state: 'late', spent: 'late', level: 'level', method: 'level' },
}

/** Leads to an address of ours that holds nothing of the answer: it can be loaded again, and read in another language. */
export function toTrouble(c: Context<Env>, why: Refusal, trip: Trip | null): Response {
  const about = { why: sentences[why] ?? 'refused', for: trip?.purpose ?? 'sign-in', to: trip?.to ?? '/' }
  return c.redirect(`/sign-in/oidc/trouble?${new URLSearchParams(about)}`, 303)
}

// What is a substitution, which state is it in, and what is typed to set one up?
import { z } from 'zod'
import { choice, date, id, idFrom, longText, optional, text } from '../../core/form/fields.ts'

/** The two posts that stand in for one another (job description 1). */
export const lentRoles = ['coordinator', 'manager'] as const
export type LentRole = (typeof lentRoles)[number]

export const otherRole = (role: LentRole): LentRole => (role === 'coordinator' ? 'manager' : 'coordinator')

/** Never longer at a stretch, and never more than this many days ahead in all. */
export const longestDays = 30

/** `asked`: waits for an administrator · `over`: its last day has passed, somebody ended it, or one of the two lost the role. */
export type SubstitutionState = 'asked' | 'planned' | 'running' | 'over'

export type Substitution = {
  id: string
  giverId: string
  giver: string
  takerId: string
  taker: string
  role: LentRole
  validFrom: string
  validTo: string
  createdBy: string
  confirmedAt: Date | null
  confirmedBy: string | null
  endedAt: Date | null
  endedBy: string | null
  /** As the database says at this moment. */
  holds: boolean
}

export function stateOf(one: Substitution, today: string): SubstitutionState {
  if (one.endedAt || one.validTo < today) return 'over'
  if (one.createdBy !== one.giverId && !one.confirmedAt) return 'asked'
  if (one.validFrom > today) return 'planned'
  return one.holds ? 'running' : 'over'
}

const term = {
  validFrom: date({ label: 'access.substitution.from' }),
  validTo: date({ label: 'access.substitution.to', hint: 'access.substitution.toHint' }),
}

export const GiveSubstitution = z.object({
  takerId: idFrom({ label: 'access.substitution.who' }),
  role: optional(choice(lentRoles, { label: 'access.substitution.role', prefix: 'core.role' })),
  ...term,
})

export const AskSubstitution = z.object({ giverId: idFrom({ label: 'access.substitution.forWhom' }), ...term })

export const SubstitutionId = z.object({ id: id() })

/** The hash of the new session's claim comes from the page, which alone may know the cookie. */
export const NewSession = z.object({ claimHash: z.instanceof(Uint8Array) })

export const AddPromise = z.object({
  id: id(),
  text: text({ label: 'access.substitution.promise', hint: 'access.substitution.promiseHint', max: 300 }),
  dueOn: optional(date({ label: 'access.substitution.promiseDue' })),
})

export const FinishPromise = z.object({
  id: id(),
  promise: id(),
  answer: optional(
    longText({ label: 'access.substitution.answer', hint: 'access.substitution.promiseHint', max: 500 }),
  ),
})

export type PromiseLine = {
  id: string
  text: string
  dueOn: string | null
  doneAt: Date | null
  doneBy: string | null
  answer: string | null
}

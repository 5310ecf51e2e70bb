// Who may be asking?
import type { Locale } from '../i18n/i18n.ts'

export const roles = [
  'coordinator',
  'manager',
  'lead',
  'member',
  'supervisor',
  'volunteer',
  'trainer',
  'steering',
  'auditor',
  'admin',
  'system',
] as const
export type Role = (typeof roles)[number]

/** Somebody with a live session. `claim` is the bearer value that the database resolves; it never leaves the process. */
export type Person = {
  id: string
  sessionId: string
  name: string
  locale: Locale
  roles: Role[]
  networks: string[]
  method: string
  provedAt: Date
  /** Forms in which something typed waits to be sent. */
  drafts: string[]
  /** What an administrator does before anything else: show a key, or register one (two are the rule). Null for everybody else. */
  owes: 'prove' | 'register' | null
  claim: string
}

/** The first role in the order above: the one that decides what the frame offers. */
export function mainRole(person: Pick<Person, 'roles'>): Role | undefined {
  return roles.find((role) => person.roles.includes(role))
}

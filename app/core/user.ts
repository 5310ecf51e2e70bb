// Who may be asking?
import { formatDate } from '../i18n/format.ts'
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
  'referrer',
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
  /** So many seconds until pages are shown again, where somebody has looked at more within a minute than a person can. */
  waits?: number
  /**
   * What comes before anything else. An administrator shows a key, or registers one (two are the rule); whoever only helps and came in by a password
   * that does not count shows her key or card, or makes one. Null for everybody else.
   */
  owes: 'prove' | 'register' | null
  /** A case that is open to them only because of an emergency, and until when. */
  glass: { id: string; number: string; until: Date } | null
  claim: string
  /** Whose work this session does at the moment, and until which day; nobody's but one's own where it is null. */
  standsInFor: StandIn | null
  /** Whose work it did until just now: the term is over, and the person has not yet been told. */
  stoodInFor: string | null
}

/** Whose work is being done, for the frame of every page; `until` null where that is over. */
export function standInOf({
  standsInFor,
  stoodInFor,
}: Person): { name: string; until: string | null; handover: string } | null {
  if (!standsInFor) return stoodInFor === null ? null : { name: stoodInFor, until: null, handover: '' }
  const { name, until, substitutionId } = standsInFor
  return { name, until: formatDate(until), handover: `/substitution/${substitutionId}` }
}

export type StandIn = { id: string; name: string; until: string; substitutionId: string }

/** The first role in the order above: the one that decides what the frame offers. */
export function mainRole(person: Pick<Person, 'roles'>): Role | undefined {
  return roles.find((role) => person.roles.includes(role))
}

// What takes a second person, and how far is it?
import { z } from 'zod'
import { choice, email, id, longText, optional, text } from '../../core/form/fields.ts'
import { name } from '../../core/form/name.ts'
import type { Role } from '../../core/user.ts'

/**
 * `role`: a role is given · `reopen`: a closed account is opened, by a way back in · `recover`: somebody who lost the keys comes back in · `email`:
 * somebody's letters go to another address · `name`: somebody is called otherwise; of these two she hears, and may say that it stays as it is.
 */
export type ConfirmationKind = 'role' | 'reopen' | 'recover' | 'email' | 'name'

/** How one of the two has made sure who it is. */
export const ways = ['document', 'known', 'video'] as const

/** What her owner may keep as it is, until it is decided. */
export type Change = Extract<ConfirmationKind, 'email' | 'name'>

/** Each of the two has to have seen whose account it is. */
export const isSeen = (kind: ConfirmationKind): boolean => kind !== 'role'

/** It ends in a link that one of the two sends. */
export const opensAnew = (kind: ConfirmationKind): boolean => kind === 'recover' || kind === 'reopen'

export type State = 'waiting' | 'confirmed' | 'refused' | 'withdrawn' | 'first' | 'expired' | 'stopped'

export type Confirmation = {
  id: string
  kind: ConfirmationKind
  personId: string
  /** Of somebody whose record these eyes do not see, nothing. What they were called when it happened stands beside the name, where it was another. */
  name: string | null
  nameThen: string | null
  email: string | null
  role: Role | null
  network: string | null
  agency: string | null
  validFrom: string | null
  validTo: string | null
  way: (typeof ways)[number] | null
  reason: string | null
  /** Until its time is over. */
  newEmail: string | null
  newName: string | null
  proposedBy: string
  proposer: string | null
  proposerThen: string | null
  proposedAt: Date
  expiresAt: Date
  decision: Exclude<State, 'waiting' | 'expired' | 'stopped'> | null
  decidedBy: string | null
  decider: string | null
  deciderThen: string | null
  decidedAt: Date | null
  decisionWay: (typeof ways)[number] | null
  decisionReason: string | null
  stoppedAt: Date | null
  /** I may be the second person. */
  mine: boolean
  /** The volunteer of the register behind this person, and whether their contract is in force. */
  volunteerId: string | null
  code: string | null
  contract: boolean
}

export function stateOf(one: Pick<Confirmation, 'decision' | 'stoppedAt' | 'expiresAt'>, now: Date): State {
  if (one.stoppedAt) return 'stopped'
  if (one.decision) return one.decision
  return one.expiresAt <= now ? 'expired' : 'waiting'
}

/** Many of these may be confirmed by one press: who helps comes with a contract, and sees only what is assigned later. */
export const inBulk = (one: Pick<Confirmation, 'kind' | 'role'>): boolean =>
  one.kind === 'role' && (one.role === 'volunteer' || one.role === 'supervisor')

export const Confirm = z.object({
  id: id(),
  way: optional(choice(ways, { label: 'access.two.way', hint: 'access.two.wayHint', prefix: 'access.two.way' })),
})

export const ConfirmMany = z.object({
  ids: z.preprocess((raw) => (Array.isArray(raw) ? raw : [raw]), z.array(id()).min(1).max(500)),
})

export const Refuse = z.object({ id: id(), reason: text({ label: 'access.two.refuseReason', max: 300 }) })

export const Begin = z.object({
  id: id(),
  way: choice(ways, { label: 'access.two.way', hint: 'access.two.wayHint', prefix: 'access.two.way' }),
  reason: longText({ label: 'access.recover.note', hint: 'access.recover.noteHint', max: 300 }),
})

export const AskEmail = z.object({
  ...{ id: id(), email: email({ label: 'access.email.new', hint: 'access.email.newHint' }), way: Begin.shape.way },
  reason: longText({ label: 'access.two.reason', hint: 'access.email.reasonHint', max: 300 }),
})

const newName = name({ label: 'access.name.new', hint: 'access.name.newHint', max: 120 })
export const AskName = z.object({
  ...{ id: id(), name: newName, way: Begin.shape.way },
  reason: longText({ label: 'access.two.reason', hint: 'access.name.reasonHint', max: 300 }),
})
/** Of herself nobody has to say how she was seen: she has just proved it. */
export const AskOwnName = z.object({
  name: newName,
  reason: longText({ label: 'access.two.reason', hint: 'access.name.ownReasonHint', max: 300 }),
})

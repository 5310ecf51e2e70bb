// Who has an account, in which roles, and what does the administrator type to give one?
import { z } from 'zod'
import { choice, date, email, id, idFrom, longText, optional, personalCode, text } from '../../core/form/fields.ts'
import { name } from '../../core/form/name.ts'
import type { Role } from '../../core/user.ts'
import type { AccountState } from '../invitation/invitation.ts'
import { Begin } from '../two-people/confirmation.ts'

export const givenRoles = [
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
] as const satisfies readonly Role[]

const role = {
  role: choice(givenRoles, { label: 'access.people.role', prefix: 'core.role' }),
  networkId: optional(idFrom({ label: 'access.people.network', hint: 'access.people.networkHint' })),
  agency: optional(text({ label: 'access.people.agency', hint: 'access.people.agencyHint', max: 100 })),
  validFrom: date({ label: 'access.people.validFrom' }),
  validTo: date({ label: 'access.people.validTo', hint: 'access.people.validToHint' }),
  reason: longText({ label: 'access.two.reason', hint: 'access.two.reasonHint', max: 300 }),
}

type RoleInput = {
  role: Role
  networkId?: string | undefined
  agency?: string | undefined
  validFrom: string
  validTo: string
}

// A lead and a member belong to one network; everybody else to none. Whoever brings cases does so for a partner organisation.
function fits(input: RoleInput, ctx: z.core.$RefinementCtx) {
  const needs = input.role === 'lead' || input.role === 'member'
  const say = (path: string, message: string) => ctx.addIssue({ code: 'custom', path: [path], message })
  if (needs && !input.networkId) say('networkId', 'access.people.networkMissing')
  if (!needs && input.networkId) say('networkId', 'access.people.networkTooMuch')
  if (input.role === 'referrer' && !input.agency) say('agency', 'access.people.agencyMissing')
  if (input.validTo < input.validFrom) say('validTo', 'access.people.order')
}

export const AddPerson = z
  .object({
    name: name({ label: 'access.account.name', max: 120 }),
    email: email({ label: 'access.account.email', hint: 'access.people.emailHint' }),
    personalCode: optional(personalCode({ label: 'access.identity.code', hint: 'access.identity.codeHint' })),
    ...role,
  })
  .superRefine(fits)

/** Whose code it is; it opens nothing, it only keeps cases from those who are in them. */
export const SetCode = z.object({
  id: id(),
  personalCode: personalCode({ label: 'access.identity.code', hint: 'access.identity.codeHint' }),
})

export const GiveRole = z.object({ id: id(), ...role }).superRefine(fits)

export const EnablePerson = z.object({
  id: id(),
  way: Begin.shape.way,
  reason: longText({ label: 'access.two.reason', hint: 'access.two.reasonHint', max: 300 }),
})

export type Holding = {
  id: string
  role: Role
  network: string | null
  agency: string | null
  validFrom: string
  validTo: string
}
export type Holder = {
  id: string
  name: string
  email: string
  status: 'active' | 'disabled'
  roles: Holding[]
  /** How far the person is on the way in; null where it is not for the one who asks to know. */
  signIn: AccountState | null
  invitedUntil: Date | null
  /** Something about this person waits for a second one. */
  waits: boolean
}

/** Does a role hold on this day? */
export const inForce = (holding: Pick<Holding, 'validFrom' | 'validTo'>, day: string): boolean =>
  holding.validFrom <= day && day <= holding.validTo

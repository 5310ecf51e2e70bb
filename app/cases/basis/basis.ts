// On what ground may a case be worked on and shared, and what becomes of it when the victim says no?
import type { z } from 'zod'
import { choice, date, longText, optional, text } from '../../core/form/fields.ts'
import type { Agency } from '../../core/setting.ts'
import { CaseId } from '../case.ts'
import { picture } from './proof.ts'

/** What a case rests on now; `none`: the wish was taken back, and nothing is shared. */
export const grounds = ['consent', 'law', 'imported', 'none'] as const
export type Ground = (typeof grounds)[number]

/** Each word that was said about it. */
export type Word = { kind: 'consent' | 'law' | 'imported' } | { kind: 'withdrawn'; goesOn: GoesOn }

/** Where a wish is taken back, what the law carries on: nothing, the network without the support person, or both. */
export const goingOn = ['ends', 'network', 'all'] as const
export type GoesOn = (typeof goingOn)[number]

export const ways = ['written', 'spoken', 'digital'] as const

/** What a case rests on after `word`; null where that cannot be said now. The database says the same (basis_now). */
export function groundAfter(ground: Ground, word: Word): Ground | null {
  if (word.kind !== 'withdrawn') return word.kind === 'imported' ? null : word.kind
  if (ground !== 'consent' && ground !== 'imported') return null
  return word.goesOn === 'ends' ? 'none' : 'law'
}

/** Does what rested on the wish end on that day: the support person's work and the search for one? */
export const endsSupport = (word: Word): boolean => word.kind === 'withdrawn' && word.goesOn !== 'all'

const way = choice(ways, { label: 'cases.field.consentWay', prefix: 'cases.consentWay' })
const proof = optional(text({ label: 'cases.basis.proof', hint: 'cases.basis.proofHint', max: 300 }))

export const GiveConsent = CaseId.extend({
  on: date({ label: 'cases.field.consentOn' }),
  way,
  proof,
  file: picture,
})

export const UseLaw = CaseId.extend({
  why: longText({ label: 'cases.basis.whyLaw', hint: 'cases.basis.whyLawHint', max: 1000 }),
})

export const Withdraw = CaseId.extend({
  on: date({ label: 'cases.basis.withdrawnOn' }),
  way: choice(ways, { label: 'cases.basis.withdrawnWay', prefix: 'cases.consentWay' }),
  proof,
  file: picture,
  goesOn: choice(goingOn, { label: 'cases.basis.goesOn', prefix: 'cases.basis.goesOn' }),
  why: optional(longText({ label: 'cases.basis.whyGoesOn', hint: 'cases.basis.whyLawHint', max: 1000 })),
})
export type Withdraw = z.output<typeof Withdraw>

/** One word of the history, with what stands in it opened where it is for the one who looks. */
export type BasisLine = {
  id: string
  kind: Word['kind']
  onDate: string
  way: string | null
  goesOn: GoesOn | null
  lawText: string | null
  proof: string | null
  /** A picture of it is kept; to the network's own, it can be looked at. */
  picture: boolean
  reason: string | null
  recordedBy: string | null
  recordedAt: Date
}

/** By what somebody of the core group sees a case; empty where they do not see it yet. */
export const sights = ['lead', 'victim_support', 'referred', 'invited', 'assesses', 'told', 'acts', 'agency'] as const
export type Eye = { id: string; name: string; agency: Agency; why: (typeof sights)[number] | null }

/** Who has received something of a case. `code`: a support person, by hers; `until`: what was hers to see has ended. */
export type Recipient = {
  id: string
  name: string | null
  roles: string[]
  agency: string | null
  code: string | null
  from: Date
  to: Date
  actions: string[]
  opened: number
}

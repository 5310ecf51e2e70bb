// What is an erasure, and what is asked of the one who wants it and of the one who decides?
import { z } from 'zod'
import { choice, id, longText, mustTick, text } from '../../core/form/fields.ts'

/** A case, the record of a support person, the words about her and to her, or her papers of contract and money. */
export const kinds = ['case', 'volunteer', 'talks', 'papers'] as const
export type Kind = (typeof kinds)[number]

/** Of whom the time of the rule is over, and since when (R27). */
export type Due = { kind: Exclude<Kind, 'case'>; ownerId: string; label: string; since: string }

export const grounds = ['wish', 'term', 'mistake'] as const

export const AskErasure = z.object({
  number: text({ label: 'safekeeping.erasure.number', hint: 'safekeeping.erasure.numberHint', max: 20 }),
  ground: choice(grounds, { label: 'safekeeping.erasure.ground', prefix: 'safekeeping.erasure.ground' }),
  reason: longText({ label: 'safekeeping.erasure.reason', hint: 'safekeeping.erasure.reasonHint', max: 1000 }),
})

export const DecideErasure = z.object({
  id: id(),
  sure: mustTick({ label: 'safekeeping.erasure.sure' }),
})

export type Standing = 'waits' | 'done' | 'refused'

/** A request as those see it who may decide. `mine`: asked by the one who looks, who therefore cannot decide. */
export type Request = {
  id: string
  kind: Kind
  label: string
  ground: (typeof grounds)[number]
  askedAt: Date
  askedBy: string | null
  askedAs: 'auditor' | 'keeper'
  decidedAt: Date | null
  decidedBy: string | null
  standing: Standing
  decidable: boolean
}

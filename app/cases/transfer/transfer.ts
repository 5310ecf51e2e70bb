// What is a transfer of a case to another network, which ways does it go, and what must be said on each?
import { z } from 'zod'
import { choice, id, idFrom, longText, optional } from '../../core/form/fields.ts'
import { CaseId } from '../case.ts'
import type { Level } from '../risk/risk.ts'

export const transferReasons = ['moved', 'area', 'safety', 'other'] as const
export type TransferState = 'open' | Ending
/** Accepted and refused by the one asked, revoked by the one who asks, lapsed by the calendar. */
export type Ending = 'accepted' | 'refused' | 'revoked' | 'lapsed'

/** What may not be in order; the database finds it (transfer_lacks). */
export const lackKinds = [
  'ground',
  'risk',
  'risk-old',
  'risk-draft',
  'contact',
  'children',
  'actions',
  'tasks',
  'concern',
] as const
export type Lack = { kind: (typeof lackKinds)[number]; blocks: boolean }

/** How the case stands at the moment in which somebody decides. */
export type Case = { open: boolean; ground: string; keyed: boolean; busy: boolean }
type Asked = { state: TransferState; ground: 'consent' | 'law'; lapsesOn: string }

/** What is told to whoever is too late, or comes at the wrong moment. */
export type Hindrance = 'over' | 'shut' | 'busy'

/** Whether nobody was before them, and the days have not passed. */
export function overFor({ state, lapsesOn }: Pick<Asked, 'state' | 'lapsesOn'>, how: Ending, today: string): boolean {
  if (state !== 'open') return true
  return how === 'accepted' && lapsesOn < today
}

/** What comes of an answer; the database says the same, whoever asks it (transfer_answer). */
export function answered(asked: Asked, how: Ending, of: Case, today: string): 'done' | Hindrance {
  if (overFor(asked, how, today)) return 'over'
  if (how !== 'accepted') return 'done'
  const founded = of.ground !== 'none' && (asked.ground === 'law' || of.ground === 'consent')
  if (!of.open || !of.keyed || !founded) return 'shut'
  return of.busy ? 'busy' : 'done'
}

const why = { label: 'transfer.field.why', hint: 'transfer.field.whyHint' } as const

export const OpenTransfer = CaseId.extend({
  to: idFrom({ label: 'transfer.field.to', hint: 'transfer.field.toHint' }),
  reason: choice(transferReasons, { label: 'transfer.field.reason', prefix: 'transfer.reason' }),
  words: longText({ label: 'transfer.field.words', hint: 'transfer.field.wordsHint', max: 2000 }),
  urgency: choice(['usual', 'urgent'], { label: 'transfer.field.urgency', prefix: 'transfer.urgency' }),
  ground: choice(['consent', 'law'], { label: 'transfer.field.ground', prefix: 'transfer.ground' }),
  groundWords: longText({ label: 'transfer.field.groundWords', hint: 'transfer.field.groundWordsHint', max: 1000 }),
  why: optional(longText({ ...why, max: 1000 })),
})

/** The same where something is not in order. */
export const ExplainTransfer = OpenTransfer.extend({ why: longText({ ...why, max: 1000 }) })

export const TransferId = z.object({ id: id() })
const words = optional(longText({ label: 'transfer.field.answer', hint: 'transfer.field.answerHint', max: 1000 }))
export const Refuse = TransferId.extend({
  because: choice(['area', 'capacity', 'incomplete', 'conflict', 'other'], {
    label: 'transfer.field.because',
    prefix: 'transfer.refused',
  }),
  words,
})
export const Revoke = TransferId.extend({
  because: choice(['solved', 'wish', 'mistake', 'other'], {
    label: 'transfer.field.because',
    prefix: 'transfer.revoked',
  }),
  words,
})

/** One line of the list: what is needed to decide, and no more. */
export type TransferLine = {
  id: string
  caseId: string
  networkId: string
  toNetworkId: string
  from: string
  to: string
  /** The one who looks leads the network that gives, or the one that takes. */
  gives: boolean
  takes: boolean
  number: string
  county: string | null
  reason: (typeof transferReasons)[number]
  urgent: boolean
  level: Level | null
  children: boolean | null
  actions: number
  supported: boolean
  openedOn: string
  dueOn: string
  lapsesOn: string
  state: TransferState
  because: string | null
  answeredOn: string | null
}

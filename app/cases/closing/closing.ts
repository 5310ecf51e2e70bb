// When may a case be closed, with what word, and what is asked afterwards?
import { z } from 'zod'
import { choice, date, id, longText, optional, whenAsked } from '../../core/form/fields.ts'
import { CaseId } from '../case.ts'
import { NotOffered } from '../need/need.ts'

export const closingReasons = [
  'goal_reached',
  'victim_wish',
  'consent_withdrawn',
  'moved',
  'no_contact',
  'outside',
  'died',
  'mistake',
  'other',
] as const
export type ClosingReason = (typeof closingReasons)[number]
export const outcomes = ['safer', 'unchanged', 'worse', 'unknown'] as const

/** What may stand in the way; the database finds it (case_closing_gaps) and subjects that come later add their own. */
export const gapKinds = [
  'risk-none',
  'risk-old',
  'risk-draft',
  'risk-plan',
  'plan-people',
  'offer',
  'children',
  'action',
  'need',
  'asked',
  'support',
  'task-tell-victim-support',
  'task-tell-child-protection',
  'task-tell-recipients',
  'task-assess-transferred',
  'task-confirm-support',
  'task-share-actions',
  'transfer',
  'concern',
] as const
export type Gap = { kind: string; id: string | null }

/**
 * Of somebody who has died, or who is no case at all, the risk is not asked, and nobody is offered to them. Her children and whoever used
 * violence are still there when she has died.
 */
const waived = (kind: string, reason: ClosingReason) =>
  reason === 'mistake'
    ? kind.startsWith('risk-') || kind === 'offer' || kind === 'plan-people'
    : reason === 'died' && (kind.startsWith('risk-') || kind === 'offer')

/** What stands in the way of closing for this reason; the table itself says the same (closing_begins). */
export function blocking<G extends Pick<Gap, 'kind'>>(gaps: readonly G[], reason: ClosingReason): G[] {
  return gaps.filter(({ kind }) => !waived(kind, reason))
}

export const CloseCase = CaseId.extend({
  reason: choice(closingReasons, { label: 'cases.closing.reason', prefix: 'cases.closing.because' }),
  outcome: choice(outcomes, { label: 'cases.closing.outcome', prefix: 'cases.closing.outcome' }),
  words: longText({ label: 'cases.closing.words', hint: 'cases.closing.wordsHint', max: 2000 }),
  /** Asked where nobody was offered to her, and nobody has said why yet. */
  notOffered: whenAsked(NotOffered.shape.why),
})

export const Reopen = CaseId.extend({
  why: longText({ label: 'cases.closing.reopenWhy', hint: 'cases.closing.reopenHint', max: 1000 }),
})

export const followStates = ['better', 'same', 'worse', 'not_reached'] as const

export const FollowUpPlace = z.object({ id: id(), task: id() })
export const FollowUp = FollowUpPlace.extend({
  on: date({ label: 'cases.follow.on' }),
  state: choice(followStates, { label: 'cases.follow.state', prefix: 'cases.follow.state' }),
  incidents: choice(['none', 'some', 'unknown'], { label: 'cases.follow.incidents', prefix: 'cases.follow.incidents' }),
  risk: choice(['lower', 'same', 'higher', 'unknown'], { label: 'cases.follow.risk', prefix: 'cases.follow.risk' }),
  note: optional(longText({ label: 'cases.follow.note', hint: 'cases.follow.noteHint', max: 1000 })),
})
export type FollowUp = z.output<typeof FollowUp>

/** After this answer the case should be looked at anew. */
export const asksReopening = (of: Pick<FollowUp, 'incidents' | 'risk' | 'state'>): boolean =>
  of.incidents === 'some' || of.risk === 'higher' || of.state === 'worse'

/** The cases chosen from the list of flags, as the address and the form send them: one, several or none. */
export const Flags = z.object({
  case: z
    .union([z.string(), z.array(z.string())])
    .optional()
    .transform((raw) => (raw === undefined ? [] : Array.isArray(raw) ? raw : [raw]))
    .pipe(z.array(id()).max(500)),
})

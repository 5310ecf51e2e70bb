// What is an action, and what can become of it?
import { z } from 'zod'
import { CaseId } from '../../cases/case.ts'
import { PlanFields } from '../../cases/contact/contact-plan.ts'
import { channels } from '../../cases/contact/safe-contact.ts'
import type { Message } from '../../core/errors.ts'
import { choice, date, id, idFrom, longText, optional } from '../../core/form/fields.ts'
import type { Agency } from '../../core/setting.ts'

export const actionStates = ['open', 'done', 'not_done', 'impossible'] as const
export type ActionState = (typeof actionStates)[number]

/** How an action ends: that nobody did it and that circumstances took it away are different things. */
export const ends = ['done', 'not_done', 'impossible'] as const
export type End = (typeof ends)[number]

/** What somebody does for her safety; or that somebody tells her what was decided, which is owed after every decision. */
export const actionKinds = ['action', 'update'] as const
export type ActionKind = (typeof actionKinds)[number]

/** That nobody told her is no end: it is done, or it became impossible. */
export const endsOf = (kind: ActionKind): readonly End[] => (kind === 'update' ? ['done', 'impossible'] : ends)

export type Action = {
  id: string
  kind: ActionKind
  agency: Agency
  ownerId: string
  /** The meeting at which it was agreed. */
  meetingId: string | null
  owner: string
  dueOn: string
  state: ActionState
  endedAt: Date | null
  /** Empty to whoever may not read what it is about. */
  what: string | null
  result: string | null
  outcome: string | null
}

export const isOverdue = ({ state, dueOn }: Pick<Action, 'state' | 'dueOn'>, today: string): boolean =>
  state === 'open' && dueOn < today

/** Why this step cannot be taken; nothing where it can. `mine`: of its owner, or of the lead. */
export function actionRefusal(
  of: Pick<Action, 'state' | 'kind'>,
  step: { end: End; words: boolean; mine: boolean; planned: boolean },
): Message | null {
  if (!step.mine) return { key: 'meetings.plan.notYours' }
  if (of.state !== 'open') return { key: 'meetings.plan.ended' }
  if (!endsOf(of.kind).includes(step.end)) return { key: 'core.error.choose' }
  // She is told in a way that was looked at before.
  if (of.kind === 'update' && step.end === 'done' && !step.planned) return { key: 'meetings.update.planFirst' }
  return step.words ? null : { key: 'core.error.missing' }
}

export const NewAction = CaseId.extend({
  owner: idFrom({ label: 'meetings.plan.owner', hint: 'meetings.plan.ownerHint' }),
  dueOn: date({ label: 'meetings.plan.dueOn' }),
  what: longText({ label: 'meetings.plan.what', hint: 'meetings.plan.whatHint', max: 1000 }),
  result: longText({ label: 'meetings.plan.result', hint: 'meetings.plan.resultHint', max: 500 }),
  meeting: id().optional().catch(undefined),
  contact: choice(['none', ...channels], {
    label: 'meetings.plan.contact',
    hint: 'meetings.plan.contactHint',
    prefix: 'cases.contact.way',
  }),
  day: optional(date({ label: 'meetings.plan.contactOn' })),
  ...PlanFields.pick({ time: true, person: true, because: true }).shape,
})

export const EndAction = CaseId.extend({
  action: id(),
  end: choice(ends, { label: 'meetings.plan.end', prefix: 'meetings.plan.state' }),
  outcome: longText({ label: 'meetings.plan.outcome', hint: 'meetings.plan.outcomeHint', max: 1000 }),
})

export const gapKinds = ['risk', 'child', 'adult', 'perpetrator'] as const
export type GapKind = (typeof gapKinds)[number]
export type Gap = { kind: GapKind; missing: number }

/** One thing that must be answered: the `nth` ticked risk, child or perpetrator of the case, or the adult in danger of that number. */
export type MatrixRow = {
  kind: GapKind
  nth: number
  /** The question that was ticked, in every language; empty for people. */
  question: { et: string; en: string; ru: string } | null
  action: Pick<Action, 'id' | 'what' | 'state' | 'dueOn' | 'owner'> | null
  accepted: string | null
  /** The answer that stands, by its row. */
  answer: string | null
}

/** Answered is what somebody does or has done, or what was accepted; what failed leaves the risk open. */
export const isAnswered = ({ action, accepted }: Pick<MatrixRow, 'action' | 'accepted'>): boolean =>
  accepted !== null || action?.state === 'open' || action?.state === 'done'

export const MatrixPlace = CaseId.extend({ kind: z.enum(gapKinds), nth: z.coerce.number().int().min(1).max(60) })

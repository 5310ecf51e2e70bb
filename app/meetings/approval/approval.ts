// How does the plan of a case stand: has somebody else approved it as it is now?
import { z } from 'zod'
import { CaseId } from '../../cases/case.ts'
import type { Message } from '../../core/errors.ts'
import { choice, longText, whenAsked } from '../../core/form/fields.ts'

export const planStates = ['none', 'asked', 'returned', 'changed', 'approved'] as const
export type PlanState = (typeof planStates)[number]
export const planAnswers = ['approved', 'returned'] as const
export type PlanAnswer = (typeof planAnswers)[number]

/** `plan`: by what the plan is known now; `approvedPlan`: by what it was when the last request was answered. */
export type Standing = {
  plan: string
  id: string | null
  askedBy: string | null
  asker: string | null
  askedAt: Date | null
  answer: PlanAnswer | null
  answeredBy: string | null
  answerer: string | null
  answeredAt: Date | null
  approvedPlan: string | null
  /** What waits is mine to answer. */
  mine: boolean
}

/** What was agreed after the answer has been approved by nobody. */
export function planState(of: Pick<Standing, 'id' | 'answer' | 'plan' | 'approvedPlan'>): PlanState {
  if (!of.id) return 'none'
  if (!of.answer) return 'asked'
  if (of.answer === 'returned') return 'returned'
  return of.plan === of.approvedPlan ? 'approved' : 'changed'
}

export type PlanStep = { kind: 'ask'; gaps: boolean } | { kind: 'answer'; mine: boolean; read: boolean }

/** Why this step cannot be taken; nothing where it can. */
export function planRefusal(state: PlanState, step: PlanStep): Message | null {
  if (step.kind === 'ask') {
    if (state === 'asked') return { key: 'meetings.approval.waits' }
    if (state === 'approved') return { key: 'meetings.approval.already' }
    return step.gaps ? { key: 'meetings.approval.gaps' } : null
  }
  if (state !== 'asked') return { key: 'meetings.approval.nothing' }
  if (!step.mine) return { key: 'meetings.approval.notYours' }
  return step.read ? null : { key: 'meetings.approval.overtaken' }
}

export const AnswerPlan = CaseId.extend({
  /** By what the plan was known that whoever answers has read. */
  plan: z.string().max(64).optional().catch(undefined),
  answer: choice(planAnswers, { label: 'meetings.approval.answer', prefix: 'meetings.approval.answer' }),
  words: whenAsked(longText({ label: 'meetings.approval.words', hint: 'meetings.approval.wordsHint', max: 1000 })),
})

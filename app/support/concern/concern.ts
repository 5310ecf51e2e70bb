// What is a worry, how far has it come, and what may be said about it?
import { z } from 'zod'
import { id, idFrom, longText } from '../../core/form/fields.ts'

export type ConcernKind = 'danger' | 'help'
export const concernStates = ['raised', 'seen', 'answered', 'closed'] as const
export type ConcernState = (typeof concernStates)[number]

export const ConcernId = z.object({ id: id() })
export const AskHelp = z.object({ assignment: idFrom({ label: 'support.visit.assignment' }) })
export const AnswerConcern = ConcernId.extend({
  answer: longText({ label: 'support.concern.answer', hint: 'support.concern.answerHint', max: 2000 }),
})

type Times = { seenAt: Date | null; answeredAt: Date | null; closedAt: Date | null }

export function stateOf({ seenAt, answeredAt, closedAt }: Times): ConcernState {
  if (closedAt) return 'closed'
  if (answeredAt) return 'answered'
  return seenAt ? 'seen' : 'raised'
}

/** Whole hours that are left to say what was done; none where they have passed. */
export function hoursLeft({ raisedAt }: { raisedAt: Date }, hours: number, now: Date): number {
  return Math.max(0, Math.floor(hours - (now.getTime() - raisedAt.getTime()) / 3_600_000))
}

/** True where nobody has said within the hours of the setting what was done. */
export function isUnanswered(concern: { raisedAt: Date; answeredAt: Date | null }, hours: number, now: Date): boolean {
  return concern.answeredAt === null && now.getTime() - concern.raisedAt.getTime() > hours * 3_600_000
}

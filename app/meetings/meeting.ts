// How does a meeting go, from the day it is planned to the minutes that its chair has approved?
import type { Message } from '../core/errors.ts'

export const modes = ['sitting', 'closing'] as const
export type Mode = (typeof modes)[number]

export const phases = ['planned', 'closed', 'sitting', 'held', 'cancelled'] as const
export type Phase = (typeof phases)[number]

/** Why a case is on the agenda: by itself, or because somebody put it there. */
export const itemKinds = ['new', 'action', 'carried', 'twelve', 'added'] as const
export type ItemKind = (typeof itemKinds)[number]

/** What is known of a meeting when somebody wants to take a step. */
export type Standing = {
  phase: Phase
  onDate: string
  cutOffOn: string
}

export type Step =
  | { kind: 'invite' }
  | { kind: 'move'; to: string; reason: boolean }
  | { kind: 'cancel'; reason: boolean }
  | { kind: 'close' }
  | { kind: 'add'; reason: boolean }
  | { kind: 'arrange' }

const over: Message = { key: 'meetings.error.over' }

/** After the agenda has closed, or its last day has passed, whatever is added is late. */
export const isLate = ({ phase, cutOffOn }: Standing, today: string): boolean => phase !== 'planned' || cutOffOn < today

/** Why this step cannot be taken now; nothing where it can. */
export function refusal(of: Standing, step: Step, today: string): Message | null {
  const ahead = of.phase === 'planned' || of.phase === 'closed'
  switch (step.kind) {
    case 'invite':
    case 'close':
      return of.phase === 'planned' ? null : { key: 'meetings.error.closed' }
    case 'move':
      if (!ahead) return { key: 'meetings.error.begun' }
      if (step.to !== of.onDate && !step.reason) return { key: 'meetings.error.reason' }
      return step.to < today ? { key: 'meetings.error.past' } : null
    case 'cancel':
      if (!ahead) return { key: 'meetings.error.begun' }
      return step.reason ? null : { key: 'meetings.error.reason' }
    case 'add':
      if (!ahead && of.phase !== 'sitting') return over
      return step.reason ? null : { key: 'meetings.error.reason' }
    case 'arrange':
      return ahead || of.phase === 'sitting' ? null : over
  }
}

// How does a meeting go, from the day it is planned to the minutes that its chair has approved?
import type { Message } from '../core/errors.ts'

export const modes = ['sitting', 'closing'] as const
export type Mode = (typeof modes)[number]

export const phases = ['planned', 'closed', 'sitting', 'held', 'cancelled'] as const
export type Phase = (typeof phases)[number]

/** Why a case is on the agenda: by itself, or because somebody put it there. */
export const itemKinds = ['new', 'transferred', 'action', 'carried', 'twelve', 'added'] as const
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
  | { kind: 'research' }
  | { kind: 'begin' }
  | { kind: 'attend' }
  | { kind: 'decide'; pledged: boolean; reason: boolean }
  | { kind: 'end' }

const reason: Message = { key: 'meetings.error.reason' }
const over: Message = { key: 'meetings.error.over' }

/** After the agenda has closed, or its last day has passed, whatever is added is late. */
export const isLate = ({ phase, cutOffOn }: Standing, today: string): boolean => phase !== 'planned' || cutOffOn < today

type Ruled = { [K in Step['kind']]: (of: Standing, step: Extract<Step, { kind: K }>, today: string) => Message | null }

const isAhead = ({ phase }: Standing) => phase === 'planned' || phase === 'closed'
const isOpen = (of: Standing) => isAhead(of) || of.phase === 'sitting'
const whilePlanned = ({ phase }: Standing): Message | null =>
  phase === 'planned' ? null : { key: 'meetings.error.closed' }
const afterClosing = ({ phase }: Standing): Message | null =>
  phase === 'closed' || phase === 'sitting' ? null : { key: 'meetings.error.notNow' }

const rules: Ruled = {
  invite: whilePlanned,
  close: whilePlanned,
  move: (of, step, today) => {
    if (!isAhead(of)) return { key: 'meetings.error.begun' }
    if (step.to !== of.onDate && !step.reason) return reason
    return step.to < today ? { key: 'meetings.error.past' } : null
  },
  cancel: (of, step) => (isAhead(of) ? (step.reason ? null : reason) : { key: 'meetings.error.begun' }),
  add: (of, step) => (isOpen(of) ? (step.reason ? null : reason) : over),
  arrange: (of) => (isOpen(of) ? null : over),
  research: afterClosing,
  attend: afterClosing,
  // Who answers in writing has until the closing date; who sits, begins on the day.
  begin: (of, _step, today) => {
    if (of.phase !== 'closed')
      return { key: of.phase === 'planned' ? 'meetings.error.openYet' : 'meetings.error.notNow' }
    return of.onDate > today ? { key: 'meetings.error.early' } : null
  },
  decide: (of, step) => {
    if (of.phase !== 'sitting') return { key: 'meetings.error.notNow' }
    if (!step.pledged) return { key: 'meetings.pledge.first' }
    return step.reason ? null : reason
  },
  end: (of) => (of.phase === 'sitting' ? null : { key: 'meetings.error.notNow' }),
}

/** Why this step cannot be taken now; nothing where it can. */
export function refusal(of: Standing, step: Step, today: string): Message | null {
  const rule: (of: Standing, step: never, today: string) => Message | null = rules[step.kind]
  return rule(of, step as never, today)
}

// What has to be done in a case, by when, and what is the next thing?
import { addDays, isWorkingDay, weekdayOf } from '../core/calendar/working-days.ts'
import type { Ground } from './basis/basis.ts'
import type { Level } from './risk/risk.ts'

export const taskKinds = [
  'tell-victim-support',
  'tell-child-protection',
  'tell-recipients',
  'assess-again',
  'follow-up',
  'assess-transferred',
  'confirm-support',
  'share-actions',
] as const
export type TaskKind = (typeof taskKinds)[number]
export type OpenTask = { id: string; kind: TaskKind; dueOn: string }

/**
 * By when something has to be done where somebody may be in danger: so many working days after `day`, but a public holiday in between gives no delay.
 * What would be due on one is due on the last working day before it, and never before `day` itself.
 */
export function dueBeforeHolidays(day: string, workingDays: number): string {
  let at = day
  for (let left = workingDays; left > 0; ) {
    at = addDays(at, 1)
    if (weekdayOf(at) < 5) left -= 1
  }
  while (at > day && !isWorkingDay(at)) at = addDays(at, -1)
  return at
}

/** What is known of a case when its next step is asked for. */
export type Standing = {
  status: string
  /** What the case rests on; without anything it is shared with nobody. */
  basis: Ground
  level: Level | null
  /** Somebody has prepared an assessment that waits for its trained assessor. */
  draft: boolean
  need: string | null
  tasks: readonly Pick<OpenTask, 'kind' | 'dueOn'>[]
}

export const nextSteps = [
  ...taskKinds,
  'ground',
  'assess',
  'finish-draft',
  'offer',
  'wait-match',
  'wait-answer',
  'supported',
  'none',
] as const
export type NextStep = { kind: (typeof nextSteps)[number]; dueOn?: string }

/** One thing at a time: first who must be told, then what came from another network, then the risk, then the support person, then the next look. */
export function nextStep(of: Standing, today: string): NextStep {
  const due = (kind: TaskKind) => of.tasks.find((task) => task.kind === kind)
  if (of.status === 'closed') {
    const after = due('tell-recipients') ?? due('follow-up')
    return after ? { kind: after.kind, dueOn: after.dueOn } : { kind: 'none' }
  }
  const tell = due('tell-victim-support') ?? due('tell-child-protection') ?? due('tell-recipients')
  if (tell) return { kind: tell.kind, dueOn: tell.dueOn }
  if (of.basis === 'none') return { kind: 'ground' }
  const arrived = due('assess-transferred') ?? due('confirm-support') ?? due('share-actions')
  if (arrived) return { kind: arrived.kind, dueOn: arrived.dueOn }
  if (of.draft) return { kind: 'finish-draft' }
  if (!of.level) return { kind: 'assess' }
  const again = due('assess-again')
  if (again && again.dueOn <= today) return { kind: 'assess-again', dueOn: again.dueOn }
  if (of.need === 'open') return { kind: 'wait-match' }
  if (of.need === 'proposed') return { kind: 'wait-answer' }
  if (of.need === 'covered') return { kind: 'supported' }
  if (of.level === 'high' && of.need === null) return { kind: 'offer' }
  return again ? { kind: 'assess-again', dueOn: again.dueOn } : { kind: 'none' }
}

// Who is on the way to becoming a volunteer, what comes next with each of them, and who would fall through?
import { addDays } from '../core/calendar/working-days.ts'
import type { Key } from '../i18n/i18n.ts'
import { daysBetween } from '../ui/date.ts'
import type { Stage } from '../volunteers/volunteer.ts'
import type { ReferenceCount } from './reference/reference.ts'

/** Where somebody heard of it. */
export const sources = ['friend', 'social', 'media', 'web', 'event', 'school', 'work', 'organisation', 'other'] as const
export type Source = (typeof sources)[number]

/** What can be agreed as the next step; `wait` is for somebody else's turn. */
export const steps = ['call', 'meet', 'references', 'background', 'training', 'contract', 'decide', 'wait'] as const
export type Step = (typeof steps)[number]

/** `new` has only been handed in; the others are stages of a volunteer's own history. */
export type Place = 'new' | Stage

export type NextStep = { step: Step; dueOn: string; owner: string; note: string | null }

/** Somebody on the way: since when in this stage, and what was agreed last. `name` is null for those who may not open it. */
export type OnTheWay = {
  id: string
  code: string
  name: string | null
  place: Place
  since: string
  county: string
  next: NextStep | null
  /** Of those who were asked about them; nothing before somebody was. */
  references: ReferenceCount | null
}

/** Whole days in the stage. */
export const daysWaiting = (one: Pick<OnTheWay, 'since'>, today: string): number => daysBetween(one.since, today)

/**
 * Since when nothing is agreed with somebody: from the day they came to the stage, or from the day after which the agreed step is late. Null
 * while a step lies ahead.
 */
export function idleSince({ since, next }: Pick<OnTheWay, 'since' | 'next'>, today: string): string | null {
  if (next && next.dueOn >= today) return null
  return next && next.dueOn > since ? next.dueOn : since
}

/** Somebody with whom nothing is agreed for so many days that they would fall through. */
export function fallsThrough(one: Pick<OnTheWay, 'since' | 'next'>, today: string, days: number): boolean {
  const since = idleSince(one, today)
  return since !== null && addDays(since, days) <= today
}

/** The one next thing to do with somebody, in words: what was agreed, or what the stage asks for. */
export function toDo({ place, next }: Pick<OnTheWay, 'place' | 'next'>): Key {
  return next ? `recruitment.step.${next.step}` : `recruitment.todo.${place}`
}

/** The step that usually follows when somebody comes to a stage. */
export const usualStep: Record<Stage, Step> = {
  candidate: 'call',
  interview: 'meet',
  background: 'background',
  training: 'training',
  contract: 'contract',
}

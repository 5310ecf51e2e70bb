// What are the minutes of a meeting, and until when are they for internal use only?

import type { Message } from '../../core/errors.ts'
import { choice, date, id, longText, optional, whenAsked } from '../../core/form/fields.ts'
import { seen } from '../../core/form/seen.ts'
import type { Settings } from '../../core/setting.ts'
import { formatDate } from '../../i18n/format.ts'
import type { Phase } from '../meeting.ts'
import { MeetingId } from '../meetings.server.ts'

export const grounds = ['private_life', 'internal'] as const
export type Ground = (typeof grounds)[number]

/** How long a mark is in force: settings of the day. */
export type MarkYears = Pick<Settings, 'markInternalYears' | 'markPrivateYears' | 'markExtendYears'>

/** The day on which the mark ends by itself; `madeOn`: of the first version, for to mend a word does not make it longer. */
export const groundUntil = (madeOn: string, ground: Ground, years: MarkYears): string =>
  markedUntil(madeOn, ground === 'internal' ? years.markInternalYears : years.markPrivateYears)

/** So many years later. As the database reckons: of 29 February the day before. */
export function markedUntil(from: string, count: number): string {
  const [year = 0, month = 1, day = 1] = from.split('-').map(Number)
  const until = new Date(Date.UTC(year + count, month - 1, day))
  return until.getUTCDate() === day ? until.toISOString().slice(0, 10) : `${year + count}-02-28`
}

/** Why the mark cannot be prolonged until then: that of internal work only, once, and by so many years (R26). */
export function extensionRefusal(
  of: { madeOn: string; ground: Ground; before: string | null },
  until: string,
  years: MarkYears,
): Message | null {
  if (of.ground !== 'internal') return { key: 'meetings.minutes.extendGround' }
  if (of.before) return of.before === until ? null : { key: 'meetings.minutes.extendOnce' }
  const from = groundUntil(of.madeOn, of.ground, years)
  const last = markedUntil(of.madeOn, years.markInternalYears + years.markExtendYears)
  return until > from && until <= last
    ? null
    : { key: 'meetings.minutes.extendDays', args: { from: formatDate(from), last: formatDate(last) } }
}

export type Version = {
  id: string
  version: number
  ground: Ground
  madeOn: string
  untilOn: string
  /** Where it was prolonged. */
  extendedUntil: string | null
  reason: string | null
  by: string
  approvedBy: string | null
  approvedAt: Date | null
}

/** What is known when somebody wants to take a step with the minutes. */
export type MinutesStanding = { phase: Phase; pledged: boolean; waiting: boolean; versions: number }
export type MinutesStep =
  | { kind: 'read' }
  | { kind: 'write'; reason: boolean }
  | { kind: 'correct' }
  | { kind: 'approve'; chairs: boolean }

/** Why this step cannot be taken now; nothing where it can. */
export function minutesRefusal(of: MinutesStanding, step: MinutesStep): Message | null {
  if (!of.pledged) return { key: 'meetings.pledge.first' }
  if (step.kind === 'read') return null
  if (of.phase !== 'held') return { key: 'meetings.minutes.notHeld' }
  if (step.kind === 'write') {
    if (of.waiting) return { key: 'meetings.minutes.waits' }
    return of.versions > 0 && !step.reason ? { key: 'meetings.error.reason' } : null
  }
  if (!of.waiting) return { key: 'meetings.minutes.nothing' }
  return step.kind === 'approve' && !step.chairs ? { key: 'meetings.minutes.chairOnly' } : null
}

export const WriteMinutes = MeetingId.extend({
  ground: choice(grounds, { label: 'meetings.minutes.ground', prefix: 'meetings.minutes.ground' }),
  extendUntil: optional(date({ label: 'meetings.minutes.extend', hint: 'meetings.minutes.extendHint' })),
  reason: whenAsked(longText({ label: 'meetings.minutes.reason', hint: 'meetings.field.reasonHint', max: 500 })),
})

export const CorrectDecision = MeetingId.extend({
  case: id(),
  seen: seen(),
  words: longText({ label: 'meetings.live.words', max: 2000 }),
  reason: longText({ label: 'meetings.live.reason', max: 2000 }),
})

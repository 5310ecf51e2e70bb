// What is a supervision session, who may be in it, and how does the supervision of somebody stand?
import { z } from 'zod'
import { Invalid, type Message } from '../core/errors.ts'
import { choice, choices, date, id, idFrom, idsFrom, longText, optional, text, yes } from '../core/form/fields.ts'
import { readClock } from '../core/form/read-clock.ts'
import { type Sitting, sittings } from '../core/setting.ts'
import { formatDate } from '../i18n/format.ts'
import type { T } from '../i18n/i18n.ts'
import { daysBetween } from '../ui/date.ts'

export type Kind = Sitting

/** What a session may have been about; the database holds the same list. */
export const topics = [
  'case',
  'safety',
  'boundaries',
  'network',
  'methods',
  'load',
  'wellbeing',
  'papers',
  'growth',
  'other',
] as const
export type Topic = (typeof topics)[number]

export const SessionId = z.object({ id: id() })

export const PlanSession = z.object({
  kind: choice(sittings, { label: 'supervision.kind', prefix: 'supervision.kind' }),
  volunteers: idsFrom({ label: 'supervision.session.who', min: 1 }),
  day: date({ label: 'supervision.session.day', hint: 'supervision.session.dayHint' }),
  time: optional(text({ label: 'supervision.session.time', hint: 'supervision.session.timeHint', max: 5 })),
  shared: yes({ label: 'supervision.session.shared', hint: 'supervision.session.sharedHint' }),
})

export const HoldSession = SessionId.extend({
  heldOn: date({ label: 'supervision.session.heldOn' }),
  came: idsFrom({ label: 'supervision.session.came', min: 1 }),
  topics: choices(topics, { label: 'supervision.session.topics', prefix: 'supervision.topic', min: 1 }),
  words: optional(longText({ label: 'supervision.session.words', hint: 'supervision.session.wordsHint', max: 4000 })),
  nextOn: optional(date({ label: 'supervision.session.nextOn', hint: 'supervision.session.nextOnHint' })),
})

/** For the coordinator with the name of whom it is about; a supervisor speaks for herself. */
export const TellAbsence = z.object({
  supervisor: optional(idFrom({ label: 'supervision.away.who' })),
  fromOn: date({ label: 'supervision.away.from' }),
  toOn: date({ label: 'supervision.away.to', hint: 'supervision.away.toHint' }),
})

export const NameDeputy = z.object({
  supervisor: idFrom({ label: 'supervision.deputy.supervisor' }),
  deputy: idFrom({ label: 'supervision.deputy.deputy' }),
})

/** The longest absence that is told at once, in days. */
export const longestAway = 92

/** The time as it is kept; nothing where no time was said. */
export function readTime(typed: string | undefined): string | null {
  if (typed === undefined) return null
  const read = readClock(typed)
  if (read === null) throw new Invalid({ time: { key: 'supervision.error.time' } })
  return read
}

/** `05.11.2026 kell 14.00` */
export function timeWords(t: T, { plannedOn, plannedAt }: { plannedOn: string; plannedAt: string | null }): string {
  const date = formatDate(plannedOn)
  return plannedAt ? t('supervision.session.at', { date, time: plannedAt }) : date
}

/** A talk is between two; a group and a covision have at least two others, of whom those of other supervisors may still come. */
export function checkSize(kind: Kind, count: number, shared = false): void {
  if (shared && kind !== 'covision') throw new Invalid({ shared: { key: 'supervision.error.shared' } })
  const wrong: Message | null =
    kind === 'individual' && count !== 1
      ? { key: 'supervision.error.one' }
      : kind !== 'individual' && count < 2 && !shared
        ? { key: 'supervision.error.several' }
        : null
  if (wrong) throw new Invalid({ volunteers: wrong })
}

/** How the supervision of one volunteer stands; of what was spoken it knows nothing. */
export type Standing = {
  volunteerId: string
  supervisorId: string | null
  lastOn: string | null
  covisionOn: string | null
  /** The last day for sitting together with others again, where covision is among the kinds of the order; and when they do. */
  covisionDue: string | null
  covisionNext: string | null
  nextOn: string | null
  nextAt: string | null
  nextKind: Kind | null
  /** The last day for the next talk; only where somebody is being supported. */
  dueOn: string | null
  deputyId: string | null
  /** Who has the duty in the supervisor's place. */
  onDuty: string | null
  why: 'away' | 'lapse' | null
  until: string | null
}

export type State = 'unguided' | 'moved' | 'overdue' | 'soon' | 'forgotten' | 'fine'

/** In how many days a talk that is due is called soon. */
const soon = 7

/** The most urgent thing that can be said of it; `quietFrom`: whoever has no case is forgotten when nobody sat with them since that day. */
export function stateOf(standing: Standing, today: string, quietFrom: string, since: string | null): State {
  if (standing.supervisorId === null) return 'unguided'
  if (standing.why === 'lapse') return 'moved'
  if (standing.dueOn !== null && standing.dueOn < today) return 'overdue'
  const last = standing.lastOn ?? since
  if (standing.dueOn === null && last !== null && last < quietFrom) return 'forgotten'
  if (standing.dueOn === null || standing.nextOn !== null) return 'fine'
  return daysBetween(today, standing.dueOn) <= soon ? 'soon' : 'fine'
}

/** From so many days before its last day on a covision that nobody has planned is asked for. */
const covisionSoon = 14

export type CovisionState = 'none' | 'planned' | 'fine' | 'soon' | 'overdue'

export function covisionState(
  { covisionDue, covisionNext }: Pick<Standing, 'covisionDue' | 'covisionNext'>,
  today: string,
): CovisionState {
  if (covisionDue === null) return 'none'
  if (covisionNext !== null) return 'planned'
  const days = daysBetween(today, covisionDue)
  return days < 0 ? 'overdue' : days <= covisionSoon ? 'soon' : 'fine'
}

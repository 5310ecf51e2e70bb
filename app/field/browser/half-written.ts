// What stands in the form of a visit where something was half written in it and a meeting that is over says more – or something else?
import type { Entry } from '../kept/outbox.ts'
import { dayBefore, readDay, saidDay } from './days.ts'

export type Typed = Record<string, string>
/** `on`: the day on which it was typed. `before`: what was half written before it and is still to be finished. */
export type Draft = { values: Typed; of: Entry | null; on: string; before: Draft | null }

/** Everything that is half written, the newest first. */
export const stackOf = (draft: Draft | null): Draft[] => (draft ? [draft, ...stackOf(draft.before)] : [])

const stacked = (drafts: readonly Draft[]): Draft | null =>
  drafts.reduceRight<Draft | null>((before, draft) => ({ ...draft, before }), null)

/** This one on top, to be gone on with; the others wait behind it as they stood. */
export function withFirst(draft: Draft | null, nth: number): Draft | null {
  const all = stackOf(draft)
  return stacked([...all.slice(nth, nth + 1), ...all.slice(0, nth), ...all.slice(nth + 1)])
}

/** Without this one. */
export const without = (draft: Draft | null, nth: number): Draft | null =>
  stacked(stackOf(draft).filter((_, at) => at !== nth))

/** The day that was meant, whatever "today" is by now. */
export function dayMeant({ day, otherDay }: Typed, on: string): string | null {
  if (day === 'own') return readDay(otherDay ?? '')
  return day === 'yesterday' ? dayBefore(on) : on
}

/** As it stands in the form today: what was called today when it was typed keeps its date. */
export function asTyped({ values, on }: Pick<Draft, 'values' | 'on'>, today: string): Typed {
  if (values.day === undefined || values.day === 'own' || on === today) return values
  const meant = dayMeant(values, on) ?? on
  return meant === dayBefore(today)
    ? { ...values, day: 'yesterday' }
    : { ...values, day: 'own', otherDay: saidDay(meant) }
}

// Where nothing was said yet but of whom and when, nothing was half written.
const says = ({ values }: Draft) =>
  ['way', 'minutes', 'note', 'expense', 'expenseNote', 'danger'].some((name) => values[name])

const told = ['way', 'minutes', 'ownMinutes'] as const

/** Values for the form, what waits behind them, and what was typed of the same meeting and has given way to what is known of it. */
export type Begun = { values: Typed; before: Draft | null; gaveWay: Typed | null }

/**
 * What is known of a meeting that is over is newer than what was typed of it: day, way and minutes are the meeting's, the words stay hers. What was
 * half written of anything else is not touched; it waits.
 */
export function begunWith(known: Typed, draft: Draft | null, today: string): Begun {
  if (!draft || !says(draft)) return { values: known, before: draft?.before ?? null, gaveWay: null }
  const { values, of, on, before } = draft
  const same = of === null && values.assignment === known.assignment && dayMeant(values, on) === dayMeant(known, today)
  if (!same) return { values: known, before: draft, gaveWay: null }
  const minutes = (typed: Typed) => (typed.minutes === 'own' ? typed.ownMinutes : typed.minutes)
  const differs =
    (values.way !== undefined && values.way !== known.way) ||
    (minutes(values) !== undefined && minutes(values) !== minutes(known))
  const gaveWay = differs ? Object.fromEntries(told.map((name) => [name, values[name] ?? ''])) : null
  return { values: { ...values, ...known }, before, gaveWay }
}

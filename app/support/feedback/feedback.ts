// What may be said of an entry that was read, and how often should contact be?
import { z } from 'zod'
import { id, longText, number, optional } from '../../core/form/fields.ts'
import { daysBetween } from '../../ui/date.ts'

export const EntryId = z.object({ id: id() })
export const ReadEntry = EntryId.extend({
  reply: optional(longText({ label: 'support.entry.reply', hint: 'support.entry.replyHint', max: 1000 })),
})

export const RhythmOf = z.object({ id: id() })
export const AgreeRhythm = RhythmOf.extend({
  days: number({ label: 'support.rhythm.days', hint: 'support.rhythm.daysHint', min: 1, max: 90 }),
})

/** A running support with the days that were agreed between contacts, or none, and the last contact, or none. */
export type Contact = { startOn: string | null; last: string | null; agreed: number | null }

/** How many days of silence there have been beyond what was agreed (or what holds where nothing was); 0 where there is no need to worry. */
export function daysQuiet({ startOn, last, agreed }: Contact, usual: number, today: string): number {
  const from = last && startOn && last > startOn ? last : startOn
  return from === null ? 0 : Math.max(0, daysBetween(from, today) - (agreed ?? usual))
}

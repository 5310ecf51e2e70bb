// When is a support person away, and what has to be said of it?
import { z } from 'zod'
import { date, id } from '../../core/form/fields.ts'

/** Both days included. */
export type Away = { id: string; fromOn: string; toOn: string }

/** Longer than this is a pause, which the coordinator arranges with her. */
export const longestAway = 92
/** From so many days before it begins those whom it concerns see it on their first page. */
export const toldAhead = 14

export const TellAway = z.object({
  id: id(),
  fromOn: date({ label: 'support.away.from' }),
  toOn: date({ label: 'support.away.to', hint: 'support.away.toHint' }),
})
export const EndAway = z.object({ away: id() })

export const overlaps = (one: Pick<Away, 'fromOn' | 'toOn'>, other: Pick<Away, 'fromOn' | 'toOn'>): boolean =>
  one.fromOn <= other.toOn && other.fromOn <= one.toOn

// Is a case that came back a repeat, by the older and by the newer of the two published definitions, and why do they differ?
import type { z } from 'zod'
import { addMonths } from '../../core/calendar/working-days.ts'
import { choice, date, idFrom } from '../../core/form/fields.ts'
import { CaseId } from '../case.ts'

export const pairs = ['same', 'other', 'unknown'] as const
export const crimes = ['yes', 'no', 'unknown'] as const
export type Answer = 'yes' | 'no' | 'unknown'

/** `earlierOn`: when the victim was last referred; `incidentOn`: the day of what happened since. */
export type RepeatFacts = {
  earlierOn: string
  incidentOn: string
  months: number
  pair: (typeof pairs)[number]
  crime: Answer
}
export type Repeat = { within: boolean; older: Answer; newer: Answer }

/**
 * The older definition counts what would be a crime; the newer one any abuse between the same two people, seen in the light of control. Both
 * within so many months of the last referral.
 */
export function repeatOf({ earlierOn, incidentOn, months, pair, crime }: RepeatFacts): Repeat {
  const within = incidentOn >= earlierOn && incidentOn <= addMonths(earlierOn, months)
  if (!within) return { within, older: 'no', newer: 'no' }
  return { within, older: crime, newer: pair === 'same' ? 'yes' : pair === 'other' ? 'no' : 'unknown' }
}

/** Somebody who was in danger beside another has been here, but it is no repeat of hers. */
export const isSameVictim = ({ how }: { how: string }) => how === 'code' || how === 'name'

export const JudgeRepeat = CaseId.extend({
  earlier: idFrom({ label: 'cases.repeat.earlier' }),
  incidentOn: date({ label: 'cases.repeat.incidentOn' }),
  pair: choice(pairs, { label: 'cases.repeat.pair', prefix: 'cases.repeat.pair' }),
  crime: choice(crimes, { label: 'cases.repeat.crime', hint: 'cases.repeat.crimeHint', prefix: 'cases.answer' }),
})
export type JudgeRepeat = z.output<typeof JudgeRepeat>

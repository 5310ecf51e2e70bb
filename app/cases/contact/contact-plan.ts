// What is said of a contact that somebody plans, and what has to be said where it goes against what she asked for?
import { z } from 'zod'
import { Invalid, type Message } from '../../core/errors.ts'
import { choice, clock, date, id, longText, optional, text, whenAsked } from '../../core/form/fields.ts'
import { minuteOf } from '../../core/form/read-clock.ts'
import { reasonFrom } from '../identity/reveal.ts'
import { type Broken, brokenWords, judgeContact, type Plan, type Safe } from './judge-contact.ts'
import { channels } from './safe-contact.ts'

export const PlanFields = z.object({
  channel: choice(channels, { label: 'cases.guard.way', prefix: 'cases.contact.way' }),
  day: date({ label: 'cases.guard.onDay' }),
  time: optional(
    clock({ label: 'cases.guard.atTime', hint: 'cases.guard.atTimeHint', wrong: 'cases.guard.wrongTime' }),
  ),
  person: optional(text({ label: 'cases.guard.throughWhom', hint: 'cases.guard.throughWhomHint', max: 100 })),
  because: whenAsked(longText({ label: 'cases.guard.because', hint: 'cases.guard.becauseHint', max: 500 })),
})
export const PlanContact = PlanFields.extend({ id: id() })
export const PlanPlace = z.object({ id: id(), plan: id() })

type Said = Partial<z.output<typeof PlanFields>>

/** The plan as it is judged; Invalid with a sentence at each field that does not say enough. */
export function readPlan(said: Said & { channel: Plan['channel'] }, today: string): Plan {
  const wrong: Record<string, Message> = {}
  if (said.time && !said.day) wrong.day = { key: 'core.error.dateMissing' }
  if (said.day && said.day < today) wrong.day = { key: 'cases.guard.past' }
  if (said.channel === 'through' && !said.person) wrong.person = { key: 'core.error.missing' }
  if (Object.keys(wrong).length > 0) throw new Invalid(wrong)
  const person = said.channel === 'through' ? (said.person ?? null) : null
  const minute = said.time ? minuteOf(said.time) : null
  return { channel: said.channel, onDate: said.day ?? null, minute, person }
}

/**
 * Which rules the plan goes against, where a reason is given; without one it stops there, and the form says what she asked for.
 * The reason is asked for only then.
 */
export function guardContact(plan: Plan, safe: Safe, because: string | undefined): Broken[] {
  const broken = judgeContact(plan, safe)
  if (broken.length === 0 || (because?.trim().length ?? 0) >= reasonFrom) return broken
  const why = { key: 'cases.guard.becauseNeeded', args: { min: reasonFrom } } as const
  throw new Invalid({ ...brokenWords(broken, plan, safe.rules), because: why })
}

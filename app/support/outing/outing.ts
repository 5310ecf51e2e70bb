// When should somebody be back from meeting a person, and what may be said of it?
import { z } from 'zod'
import { Invalid, type Message } from '../../core/errors.ts'
import { choice, clock, id, idFrom, longText, optional, text, whenAsked } from '../../core/form/fields.ts'
import { minuteOf } from '../../core/form/read-clock.ts'

/** What is asked beside a planned contact: its hours, which a meeting always has, and how to reach her if no sign comes. */
export const OutingFields = z.object({
  time: whenAsked(
    clock({ label: 'cases.guard.atTime', hint: 'support.outing.timeHint', wrong: 'cases.guard.wrongTime' }),
  ),
  until: whenAsked(
    clock({ label: 'support.outing.until', hint: 'support.outing.untilHint', wrong: 'cases.guard.wrongTime' }),
  ),
  reach: optional(text({ label: 'support.outing.reach', hint: 'support.outing.reachHint', max: 200 })),
})

export const OutingId = z.object({ id: id() })

/** What she can press: there, over, longer, came to nothing. */
export const presses = ['in', 'out', 'longer', 'otherwise'] as const
export type Press = (typeof presses)[number]
export const PressOuting = OutingId.extend({ what: z.enum(presses, { error: 'core.error.choose' }) })

const answers = ['safe', 'called'] as const
export const AnswerOuting = OutingId.extend({
  how: choice(answers, { label: 'support.outing.how', prefix: 'support.outing.how' }),
  note: whenAsked(longText({ label: 'support.outing.note', hint: 'support.outing.noteHint', max: 1000 })),
})

export const BeginDrill = z.object({ volunteer: idFrom({ label: 'support.drill.who' }) })

/** The steps of the ladder by who is told: she, whoever guides her, the coordinator. */
export const steps = ['own', 'guide', 'coordinator'] as const

// A meeting over midnight is one; half a day is none any more.
const longest = 12 * 60

export type Span = { onDate: string; from: number; minutes: number }
type Said = { channel: string; day: string; time?: string | undefined; until?: string | undefined }

/** From when to when somebody is to be waited for; nothing where nobody asked for it. In person both are said. */
export function readOuting({ channel, day, time, until }: Said): Span | null {
  if (channel !== 'in_person' && !until) return null
  const wrong: Record<string, Message> = {}
  if (!time) wrong.time = { key: 'support.outing.timeNeeded' }
  if (!until) wrong.until = { key: 'support.outing.untilNeeded' }
  if (!time || !until) throw new Invalid(wrong)
  const [from, to] = [minuteOf(time), minuteOf(until)]
  const minutes = to > from ? to - from : to - from + 24 * 60
  if (minutes > longest) throw new Invalid({ until: { key: 'support.outing.long', args: { hours: longest / 60 } } })
  return { onDate: day, from, minutes }
}

/** One that is waited for, or was. */
export type Outing = {
  id: string
  networkId: string | null
  caseId: string | null
  assignmentId: string | null
  /** The code of the case; a drill has none. */
  number: string | null
  volunteer: string
  phone: string | null
  mine: boolean
  channel: string | null
  beginsAt: Date
  untilAt: Date
  inAt: Date | null
  rung: number
  ending: 'out' | 'otherwise' | 'safe' | 'called' | 'drilled' | 'stopped' | null
  endedAt: Date | null
  heardAt: Date | null
  endedBy: string | null
}

/** Made up, to try the ladder: it has no case. */
export const isDrill = ({ caseId }: Pick<Outing, 'caseId'>): boolean => caseId === null

/** A step that the ladder has taken; `told`: how many there were to tell. */
export type Taken = {
  step: number
  dueAt: Date
  takenAt: Date
  told: number
  answeredAt: Date | null
  answeredBy: string | null
}

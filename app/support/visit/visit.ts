// What is a visit, what may be said about it, and on which days may it have been?
import { z } from 'zod'
import { Invalid, type Message } from '../../core/errors.ts'
import {
  choice,
  date,
  id,
  idFrom,
  longText,
  money,
  number,
  optional,
  text,
  whenAsked,
  yes,
} from '../../core/form/fields.ts'

export const ways = ['meeting', 'phone', 'accompanying', 'other'] as const
export type Way = (typeof ways)[number]

/** Minutes that one tap says; any other length is typed. */
export const quickMinutes = [15, 30, 45, 60, 90, 120] as const

/** The radio answer that opens a field of its own. */
export const own = 'own'

export const VisitFields = z.object({
  day: text({ label: 'support.visit.day', max: 10 }),
  otherDay: whenAsked(date({ label: 'support.visit.otherDay' })),
  way: choice(ways, { label: 'support.visit.way', prefix: 'support.way' }),
  minutes: text({ label: 'support.visit.minutes', max: 5 }),
  ownMinutes: whenAsked(number({ label: 'support.visit.ownMinutes', min: 1, max: 1440 })),
  note: optional(longText({ label: 'support.visit.note', hint: 'support.visit.noteHint', max: 1000 })),
  expense: optional(money({ label: 'support.visit.expense', hint: 'support.visit.expenseHint', maxCents: 50_000 })),
  expenseNote: optional(text({ label: 'support.visit.expenseNote', max: 100 })),
  danger: yes({ label: 'support.visit.danger', hint: 'support.visit.dangerHint' }),
})

export const LogVisit = VisitFields.extend({ assignment: idFrom({ label: 'support.visit.assignment' }) })

export const CorrectVisit = VisitFields.extend({
  id: id(),
  reason: text({ label: 'support.visit.reason', hint: 'support.visit.reasonHint', max: 200 }),
})

/** A month as `2026-11`. */
export const month = () => z.string().regex(/^20\d\d-(0[1-9]|1[0-2])$/)
export const monthOf = (day: string): string => day.slice(0, 7)

/** The facts of one visit as they are kept; money in cents. */
export type VisitFacts = {
  onDate: string
  way: Way
  minutes: number
  note: string | null
  expenseCents: number
  expenseNote: string | null
  danger: boolean
}
type Days = { today: string; from: string | null; until: string | null }

/** The form as facts. Throws Invalid with a sentence at every field that does not fit. */
export function readVisit(input: z.output<typeof VisitFields>, days: Days): VisitFacts {
  const wrong: Record<string, Message> = {}
  const onDate = readDay(input, days, wrong)
  const minutes = readMinutes(input, wrong)
  const expenseCents = input.expense ?? 0
  if (expenseCents > 0 && !input.expenseNote) wrong.expenseNote = { key: 'support.error.expenseNote' }
  if (onDate === null || minutes === null || Object.keys(wrong).length > 0) throw new Invalid(wrong)
  const { way, danger, note = null } = input
  return { onDate, way, minutes, note, expenseCents, expenseNote: (expenseCents && input.expenseNote) || null, danger }
}

function readDay(input: z.output<typeof VisitFields>, { today, from, until }: Days, wrong: Record<string, Message>) {
  const typed = input.day === own
  const day = typed ? input.otherDay : /^\d{4}-\d{2}-\d{2}$/.test(input.day) ? input.day : undefined
  const field = typed ? 'otherDay' : 'day'
  if (!day) wrong[field] = { key: typed ? 'core.error.dateMissing' : 'core.error.choose' }
  else if (day > today) wrong[field] = { key: 'support.error.future' }
  else if ((from && day < from) || (until && day > until)) wrong[field] = { key: 'support.error.outside' }
  return wrong[field] || !day ? null : day
}

function readMinutes(input: z.output<typeof VisitFields>, wrong: Record<string, Message>): number | null {
  if (input.minutes === own) {
    if (input.ownMinutes === undefined) wrong.ownMinutes = { key: 'core.error.numberMissing' }
    return input.ownMinutes ?? null
  }
  const minutes = Number(input.minutes)
  if ((quickMinutes as readonly number[]).includes(minutes)) return minutes
  wrong.minutes = { key: 'core.error.choose' }
  return null
}

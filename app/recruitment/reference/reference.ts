// What is a referee asked about a candidate, and how far is it with each of them?
import { z } from 'zod'
import { choice, email, id, longText, mustTick, optional, text } from '../../core/form/fields.ts'
import { name } from '../../core/form/name.ts'
import { locales } from '../../i18n/i18n.ts'

/** Whom to ask, and in which language the letter is. */
export const AskReference = z.object({
  id: id(),
  name: name({ label: 'recruitment.reference.name', max: 120 }),
  email: email({ label: 'recruitment.reference.email' }),
  locale: choice(locales, { label: 'recruitment.reference.locale', prefix: 'volunteers.language' }),
  agreed: mustTick({ label: 'recruitment.reference.agreed' }),
})

export const OneReference = z.object({ id: id(), reference: id() })

/** The form that is asked today. What is asked otherwise gets the next number, and this one keeps its words. */
export const formNow = 1
const says = ['yes', 'mostly', 'no', 'unknown'] as const

export const AnswerReference = z.object({
  known: longText({ label: 'recruitment.reference.q.known', hint: 'recruitment.reference.q.knownHint', max: 600 }),
  silence: choice(says, { label: 'recruitment.reference.q.silence', prefix: 'recruitment.reference.says' }),
  choice: choice(says, { label: 'recruitment.reference.q.choice', prefix: 'recruitment.reference.says' }),
  calm: longText({ label: 'recruitment.reference.q.calm', max: 1000 }),
  worry: optional(
    longText({ label: 'recruitment.reference.q.worry', hint: 'recruitment.reference.q.worryHint', max: 1000 }),
  ),
  phone: optional(text({ label: 'recruitment.reference.q.phone', hint: 'recruitment.reference.q.phoneHint', max: 40 })),
})

/** In the order in which they are asked and read. */
export const questions = ['known', 'silence', 'choice', 'calm', 'worry', 'phone'] as const
export type Question = (typeof questions)[number]
export const isChoice = (question: Question): question is 'silence' | 'choice' =>
  question === 'silence' || question === 'choice'

export const Answers = z.object({
  ...{ known: z.string(), silence: z.enum(says), choice: z.enum(says), calm: z.string() },
  ...{ worry: z.string().nullable(), phone: z.string().nullable() },
})
export type Answers = z.output<typeof Answers>

export type ReferenceState = 'asked' | 'answered' | 'expired' | 'revoked'

type Known = { answeredAt: Date | null; revokedAt: Date | null; expiresAt: Date }

export function stateOf({ answeredAt, revokedAt, expiresAt }: Known, now: Date): ReferenceState {
  if (answeredAt) return 'answered'
  if (revokedAt) return 'revoked'
  return expiresAt <= now ? 'expired' : 'asked'
}

/** How many of those who were asked answered, and whether a link has run out; those who are not asked any more do not count. */
export type ReferenceCount = { asked: number; answered: number; expired: number }

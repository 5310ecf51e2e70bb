// What is a case, as far as a list may tell it: never a name, a code or a place where somebody lives?
import { z } from 'zod'
import { id } from '../core/form/fields.ts'
import type { Ground } from './basis/basis.ts'
import type { Level } from './risk/risk.ts'
import { levels } from './risk/risk.ts'
import type { OpenTask } from './tasks.ts'

/** ISO 639-1, as volunteers speak them. */
export const languages = ['et', 'ru', 'en', 'uk', 'fi', 'lv', 'lt', 'de', 'fr'] as const

/** Who brought the case; `unknown` comes with the old workbook. */
export const sources = [
  'police',
  'victim_support',
  'municipality',
  'child_protection',
  'womens_centre',
  'health',
  'prosecutor',
  'probation',
  'school',
  'victim',
  'other',
] as const

/** Of the need for a support person; `none`: has not been offered yet. */
export const needStates = ['none', 'open', 'proposed', 'covered', 'declined', 'closed'] as const
export type NeedState = (typeof needStates)[number]

/** Something in the case should have been done by now, or has to be done within seven days. */
export const dueStates = ['late', 'week'] as const

/** It came from another network; somebody has asked another network to take it. */
export const movedStates = ['came', 'leaving'] as const

export const perPage = 50
/** Of more cases than this a list says that there are more, not how many. */
export const mostCounted = 1000

// A filter typed by hand in the address that means nothing filters nothing.
const lenient = <S extends z.ZodType>(schema: S) => schema.optional().catch(undefined)

export const CaseFilter = z.object({
  number: lenient(
    z
      .string()
      .trim()
      .max(20)
      .transform((text) => text || undefined),
  ),
  county: lenient(z.string().regex(/^00\d{2}$/)),
  risk: lenient(z.enum([...levels, 'none'])),
  need: lenient(z.enum(needStates)),
  due: lenient(z.enum(dueStates)),
  moved: lenient(z.enum(movedStates)),
  status: z.enum(['open', 'closed', 'all']).catch('open').default('open'),
  page: z.coerce.number().int().min(1).catch(1).default(1),
})
export type CaseFilter = z.output<typeof CaseFilter>

export const CaseId = z.object({ id: id() })

/** One line of the list; `level` is empty where nobody has assessed yet, or where the one who looks may not know. */
export type CaseRow = {
  id: string
  networkId: string
  number: string
  network: string
  countyCode: string
  county: string
  referredOn: string
  status: 'open' | 'closed'
  repeatOf: string | null
  legalBasis: Ground
  consentOn: string | null
  level: Level | null
  past: { level: Level; yesCount: number }[]
  draftFor: string | null
  needStatus: Exclude<NeedState, 'none'> | null
  helper: string | null
  /** The transfer that waits for another network's answer. */
  leaving: string | null
  tasks: OpenTask[]
}

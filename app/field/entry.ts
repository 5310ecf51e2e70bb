// What does a device send of what was written where there was no network?
import { z } from 'zod'
import { id } from '../core/form/fields.ts'
import { presses } from '../support/outing/outing.ts'
import { WriteReport } from '../support/report/month-report.ts'
import { LogVisit } from '../support/visit/visit.ts'
import { mostLetters, mostTogether } from './kept/together.ts'

/** The device gives every entry a name of its own; whatever comes under a name that has been taken counts no second time. */
const sent = { device: id(), entry: id() }

export const SendVisit = LogVisit.extend(sent)

const count = () => z.coerce.number().int().min(0)

/** What was pressed on the way, and when by the clock of the device. */
export const SendOuting = z.object({
  ...sent,
  outing: id(),
  what: z.enum(presses, { error: 'core.error.choose' }),
  at: z.coerce.number().int().min(0).max(8e15),
})
export const SendReport = WriteReport.extend({
  ...sent,
  /** The report that she had before her, 0 where there was none; and what the entries added up to then. */
  version: count(),
  contacts: count().catch(0),
  minutesSum: count().catch(0),
  expenseCents: count().catch(0),
})

const SentEntry = z.looseObject({ kind: z.enum(['visit', 'outing', 'report']), entry: z.string().max(50) })
export type SentEntry = z.output<typeof SentEntry>

// A device that keeps to what fits sends half as much: what it counts is letters of its own.
const small = (entries: readonly unknown[]) => JSON.stringify(entries).length <= 2 * mostLetters

/** Several in one request; each is then read by itself. */
export const SentTogether = z.object({ entries: z.array(SentEntry).min(1).max(mostTogether).refine(small) })

/** Why it was not taken, as something for her to decide: with what it would be taken. */
export type Refusal = {
  refused: 'changed' | 'figures'
  again: Partial<Pick<z.output<typeof SendReport>, 'version' | 'contacts' | 'minutesSum' | 'expenseCents'>>
  theirs: string | null
}

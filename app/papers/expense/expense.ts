// What may a support person claim, how is it reckoned, and how does a claim stand?
import { z } from 'zod'
import { Invalid, type Message } from '../../core/errors.ts'
import { choice, date, id, idFrom, money, number, optional, text, whenAsked } from '../../core/form/fields.ts'
import type { Receipt } from '../receipt/receipt.server.ts'
import { readReceipt } from '../receipt/receipt.server.ts'

export const kinds = ['car', 'ticket', 'parking', 'food', 'other'] as const
export type Kind = (typeof kinds)[number]

export const states = ['sent', 'approved', 'returned', 'withdrawn'] as const
export type State = (typeof states)[number]

type Stands = { decision: string | null; withdrawnAt: Date | null }
export const stateOf = ({ decision, withdrawnAt }: Stands): State =>
  withdrawnAt ? 'withdrawn' : ((decision as 'approved' | 'returned' | null) ?? 'sent')

/** The picture is read while the form is, before there is a transaction; nothing chosen is no receipt. */
const receipt = z
  .unknown()
  .optional()
  .transform(async (raw, ctx): Promise<Receipt | null> => {
    if (!(raw instanceof File) || (raw.size === 0 && !raw.name)) return null
    try {
      return await readReceipt(Buffer.from(await raw.arrayBuffer()))
    } catch (error) {
      const said = error instanceof Invalid ? error.fields.file : undefined
      if (!said) throw error
      ctx.addIssue({ code: 'custom', message: said.key, params: said.args })
      return z.NEVER
    }
  })
  .meta({ kind: 'file', label: 'papers.expense.receipt', hint: 'papers.expense.receiptHint', optional: true })

export const Claim = z.object({
  kind: choice(kinds, { label: 'papers.expense.kind', prefix: 'papers.expense.kind' }),
  onDate: date({ label: 'papers.expense.onDate' }),
  km: whenAsked(number({ label: 'papers.expense.km', hint: 'papers.expense.kmHint', min: 1, max: 2000 })),
  sum: whenAsked(money({ label: 'papers.expense.sum', hint: 'papers.expense.sumHint', maxCents: 500_000 })),
  words: text({ label: 'papers.expense.words', hint: 'papers.expense.wordsHint', max: 200 }),
  assignment: optional(idFrom({ label: 'papers.expense.assignment' })),
  file: receipt,
  /** The claim that was sent back, which this one takes the place of. */
  follows: id().optional(),
})
export type Claim = z.output<typeof Claim>

export const OneExpense = z.object({ expense: id() })
export const ReturnExpense = OneExpense.extend({
  reason: text({ label: 'papers.expense.reason', hint: 'papers.expense.reasonHint', max: 300 }),
})

export type Rules = { today: string; kmCents: number; monthCents: number; earliest: string; claimedCents: number }
export type Reckoned = { kind: Kind; onDate: string; km: number | null; centsPerKm: number | null; cents: number }

/** The claim in cents: of the own car so many kilometres at the rate of the day, of anything else what the receipt says. */
export function reckoned(claim: Claim, rules: Rules, hasReceipt: boolean): Reckoned {
  const wrong: Record<string, Message> = {}
  const car = claim.kind === 'car'
  if (claim.onDate > rules.today) wrong.onDate = { key: 'papers.expense.future' }
  if (claim.onDate < rules.earliest) wrong.onDate = { key: 'papers.expense.late' }
  if (car && claim.km === undefined) wrong.km = { key: 'core.error.numberMissing' }
  if (!car && !claim.sum) wrong.sum = { key: 'core.error.numberMissing' }
  if (!car && !hasReceipt) wrong.file = { key: 'papers.expense.receiptMissing' }
  const cents = car ? (claim.km ?? 0) * rules.kmCents : (claim.sum ?? 0)
  const left = rules.monthCents - rules.claimedCents
  if (cents > left)
    wrong[car ? 'km' : 'sum'] = { key: 'papers.expense.ceiling', args: { left: Math.max(0, left) / 100 } }
  if (Object.keys(wrong).length > 0) throw new Invalid(wrong)
  const { kind, onDate } = claim
  return { kind, onDate, km: car ? (claim.km ?? null) : null, centsPerKm: car ? rules.kmCents : null, cents }
}

// How is a claim read, in a list and alone, with what lies sealed in it?
import { type RawBuilder, sql } from 'kysely'
import type { Db } from '../../core/db.server.ts'
import { findVault, type Place } from '../../core/seal.server.ts'
import type { ReceiptForm } from '../receipt/receipt.server.ts'
import { type Kind, type State, stateOf } from './expense.ts'

type Column = 'words_sealed' | 'receipt_sealed' | 'reason_sealed'
export const placeOf = (column: Column, row: string): Place => ({ table: 'expense', column, row })

type Row = {
  id: string
  volunteerId: string
  code: string
  name: string
  kind: Kind
  onDate: string
  km: number | null
  centsPerKm: number | null
  cents: number
  /** The case, for whoever sees it. */
  number: string | null
  receiptForm: ReceiptForm | null
  sentAt: Date
  decision: string | null
  decidedAt: Date | null
  decidedBy: string | null
  withdrawnAt: Date | null
  /** It was made anew. */
  followed: boolean
}
export type ExpenseLine = Row & { state: State; words: string | null; reason: string | null }

/** Claims with their words, the newest first; the receipt itself is asked for alone. */
export async function expensesWhere(db: Db, condition: RawBuilder<unknown>): Promise<ExpenseLine[]> {
  const { rows } = await sql<Row & { wordsSealed: Buffer | null; reasonSealed: Buffer | null }>`
    select e.id, e.volunteer_id, v.code, v.name, e.kind, e.on_date, e.km, e.cents_per_km, e.cents, a.number, e.receipt_form, e.sent_at,
      e.decision, e.decided_at, p.name as decided_by, e.withdrawn_at, f.id is not null as followed, e.words_sealed, e.reason_sealed
    from expense e join volunteer v on v.id = e.volunteer_id left join assignment a on a.id = e.assignment_id
      left join person p on p.id = e.decided_by left join expense f on f.follows_id = e.id
    where ${condition} order by e.sent_at desc, e.id limit 500`.execute(db)
  const lines: ExpenseLine[] = []
  for (const { wordsSealed, reasonSealed, ...row } of rows) {
    const vault = wordsSealed || reasonSealed ? await findVault(db, row.id) : null
    const words = vault && wordsSealed ? vault.open(placeOf('words_sealed', row.id), wordsSealed) : null
    const reason = vault && reasonSealed ? vault.open(placeOf('reason_sealed', row.id), reasonSealed) : null
    lines.push({ ...row, state: stateOf(row), words, reason })
  }
  return lines
}

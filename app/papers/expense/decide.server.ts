// Which claims wait for the coordinator, and how are they approved or sent back?
import { sql } from 'kysely'
import { z } from 'zod'
import { mustBeFresh } from '../../access/fresh.ts'
import type { Db } from '../../core/db.server.ts'
import { Conflict, NotFound } from '../../core/errors.ts'
import { command, query } from '../../core/operation.server.ts'
import type { File as Sent } from '../../core/page.tsx'
import { findVault, openVault } from '../../core/seal.server.ts'
import type { Person } from '../../core/user.ts'
import { mailTo } from '../../process/mail.server.ts'
import { receiptTypes } from '../receipt/receipt.server.ts'
import { OneExpense, ReturnExpense } from './expense.ts'
import { type ExpenseLine, expensesWhere, placeOf } from './lines.server.ts'
import { aboutExpense } from './own.server.ts'

const coordinator = { roles: ['coordinator'] } as const

const waiting = sql`e.decision is null and e.withdrawn_at is null`

/** What waits, the oldest first, and what was decided last. */
export const listExpenses = query(
  'expense.list',
  {
    ...coordinator,
    input: z.object({}),
    about: (_: unknown, { waits }: { waits: ExpenseLine[] }) => ({ hits: waits.length }),
  },
  async (db) => ({
    waits: (await expensesWhere(db, waiting)).toReversed(),
    decided: (await expensesWhere(db, sql`e.decided_at > now() - interval '60 days'`)).slice(0, 50),
  }),
)

/** How many claims wait, for the first page. */
export async function expensesWaiting(db: Db): Promise<number> {
  const { rows } = await sql<{ count: number }>`select count(*)::int as count from expense e where ${waiting}`.execute(
    db,
  )
  return rows[0]?.count ?? 0
}

async function one(db: Db, expense: string): Promise<ExpenseLine> {
  const [line] = await expensesWhere(db, sql`e.id = ${expense}::uuid`)
  if (!line) throw new NotFound()
  return line
}

export const openExpense = query(
  'expense.open',
  { roles: ['coordinator', 'volunteer'], input: OneExpense, about: aboutExpense },
  async (db, { expense }, me) => {
    const line = await one(db, expense)
    const own = await db
      .selectFrom('volunteer')
      .select('personId')
      .where('id', '=', line.volunteerId)
      .executeTakeFirst()
    return { ...line, own: own?.personId === me.id }
  },
)
export type Opened = Awaited<ReturnType<typeof openExpense.run>>

/** A claim that nobody has decided yet, and that is not one's own. */
async function toDecide(db: Db, expense: string, me: Person): Promise<ExpenseLine & { personId: string | null }> {
  await db.selectFrom('expense').select('id').where('id', '=', expense).forUpdate().executeTakeFirst()
  const line = await one(db, expense)
  const { personId } = await db
    .selectFrom('volunteer')
    .select('personId')
    .where('id', '=', line.volunteerId)
    .executeTakeFirstOrThrow()
  if (line.state !== 'sent') throw new Conflict({ key: 'papers.expense.decided' })
  if (personId === me.id) throw new Conflict({ key: 'papers.expense.ownClaim' })
  return { ...line, personId }
}

const decided = (
  db: Db,
  expense: string,
  decision: 'approved' | 'returned',
  me: Person,
  reasonSealed: Buffer | null = null,
) =>
  db
    .updateTable('expense')
    .set({ decision, decidedBy: me.id, decidedAt: sql<Date>`now()`, reasonSealed })
    .where('id', '=', expense)
    .execute()

/** Money is approved in person (decision 17); to send a claim back for mending is work like all other. */
export const approveExpense = command(
  'expense.approve',
  { ...coordinator, inPerson: true, input: OneExpense, about: aboutExpense },
  async (db, { expense }, me) => {
    await toDecide(db, expense, me)
    await decided(db, expense, 'approved', me)
    return { id: expense }
  },
)

/** With a reason, closed under the key of the claim; she hears that something waits for her. */
export const returnExpense = command(
  'expense.return',
  { ...coordinator, input: ReturnExpense, about: aboutExpense },
  async (db, { expense, reason }, me) => {
    const { personId } = await toDecide(db, expense, me)
    const vault = await openVault(db, expense)
    await decided(db, expense, 'returned', me, vault.seal(placeOf('reason_sealed', expense), reason))
    if (personId) await mailTo(db, personId, 'new-task')
    return { id: expense }
  },
)

/** The receipt as it was kept: for whoever decides, and for her whose it is. */
export const receiptFile = query(
  'expense.receipt',
  { roles: ['coordinator', 'volunteer'], input: OneExpense, about: aboutExpense, turn: 'export' },
  async (db, { expense }, me) => {
    mustBeFresh(me)
    const row = await db
      .selectFrom('expense')
      .select(['id', 'receiptForm', 'receiptSealed'])
      .where('id', '=', expense)
      .executeTakeFirstOrThrow()
    const vault = row.receiptSealed ? await findVault(db, row.id) : null
    if (!vault || !row.receiptSealed || !row.receiptForm) throw new NotFound()
    const bytes = Buffer.from(vault.open(placeOf('receipt_sealed', row.id), row.receiptSealed), 'base64')
    return { id: row.id, form: row.receiptForm as keyof typeof receiptTypes, bytes }
  },
)

export async function receiptFileOf({ form, bytes }: Awaited<ReturnType<typeof receiptFile.run>>): Promise<Sent> {
  return { body: bytes, type: receiptTypes[form], name: `kviitung.${form}` }
}

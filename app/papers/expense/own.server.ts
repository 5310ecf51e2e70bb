// What has a support person claimed, and how does she claim what she has paid?
import { randomBytes, randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { z } from 'zod'
import { addDays } from '../../core/calendar/working-days.ts'
import { today } from '../../core/clock.server.ts'
import type { Db } from '../../core/db.server.ts'
import { Conflict, Invalid, NotFound } from '../../core/errors.ts'
import { id } from '../../core/form/fields.ts'
import { masterNow } from '../../core/keys/ring.server.ts'
import { command, query } from '../../core/operation.server.ts'
import { findVault, type Vault, vaultOf, wrapKey } from '../../core/seal.server.ts'
import { settingsOn } from '../../core/settings.server.ts'
import type { Person } from '../../core/user.ts'
import { ownVolunteer } from '../../support/visit/supported.server.ts'
import type { ReceiptForm } from '../receipt/receipt.server.ts'
import { Claim, OneExpense, type Reckoned, type Rules, reckoned, stateOf } from './expense.ts'
import { type ExpenseLine, expensesWhere, placeOf } from './lines.server.ts'

const volunteer = { roles: ['volunteer'] } as const
export const aboutExpense = (_: unknown, output: { id: string }) => ({ kind: 'expense', id: output.id })

export const listOwnExpenses = query(
  'expense.own.list',
  {
    ...volunteer,
    input: z.object({}),
    about: (_: unknown, { lines }: { lines: ExpenseLine[] }) => ({ hits: lines.length }),
  },
  async (db, _, me) => {
    const { id } = await ownVolunteer(db, me)
    return { lines: await expensesWhere(db, sql`e.volunteer_id = ${id}`), rules: await rulesNow(db) }
  },
)

async function rulesNow(db: Db) {
  const { kmCents, expenseMonthEuros, expenseDays } = await settingsOn(db)
  return { kmCents, monthEuros: expenseMonthEuros, days: expenseDays }
}

const Form = z.object({ follows: id().optional().catch(undefined) })

/** The form: what is paid for, for which of her supports; with the words of a claim that was sent back. */
export const openClaim = query('expense.own.form', { ...volunteer, input: Form }, async (db, { follows }, me) => {
  const { id } = await ownVolunteer(db, me)
  const supports = await db
    .selectFrom('assignment')
    .select(['id', 'number'])
    .where('volunteerId', '=', id)
    .where('status', '=', 'active')
    .orderBy('number')
    .execute()
  const before = follows ? await toMend(db, follows, id) : null
  return { today: today(), supports, rules: await rulesNow(db), before }
})
export type Opened = Awaited<ReturnType<typeof openClaim.run>>

/** A claim of her own that was sent back and has not been made anew. */
async function toMend(db: Db, expense: string, volunteerId: string): Promise<ExpenseLine> {
  const [line] = await expensesWhere(db, sql`e.id = ${expense}::uuid and e.volunteer_id = ${volunteerId}`)
  if (line?.state !== 'returned') throw new NotFound()
  if (line.followed) throw new Conflict({ key: 'papers.expense.mended' })
  return line
}

/** What counts of a month already: all that was neither sent back nor taken back. */
async function claimedIn(db: Db, volunteerId: string, day: string): Promise<number> {
  const { rows } = await sql<{ cents: number }>`select coalesce(sum(cents), 0)::int as cents from expense
    where volunteer_id = ${volunteerId} and decision is distinct from 'returned' and withdrawn_at is null
      and date_trunc('month', on_date) = date_trunc('month', ${day}::date)`.execute(db)
  return rows[0]?.cents ?? 0
}

async function rulesOn(db: Db, volunteerId: string, day: string): Promise<Rules> {
  const { kmCents, expenseMonthEuros, expenseDays } = await settingsOn(db, day)
  const claimedCents = await claimedIn(db, volunteerId, day)
  return {
    today: today(),
    kmCents,
    monthCents: expenseMonthEuros * 100,
    earliest: addDays(today(), -expenseDays),
    claimedCents,
  }
}

type Kept = { form: ReceiptForm; base64: string }

/** The receipt that came with the form, or that of the claim which was sent back. */
async function receiptOf(db: Db, claim: Claim, before: ExpenseLine | null): Promise<Kept | null> {
  if (claim.file) return { form: claim.file.form, base64: claim.file.bytes.toString('base64') }
  if (!before?.receiptForm) return null
  const row = await db
    .selectFrom('expense')
    .select('receiptSealed')
    .where('id', '=', before.id)
    .executeTakeFirstOrThrow()
  const vault = row.receiptSealed ? await findVault(db, before.id) : null
  if (!vault || !row.receiptSealed) return null
  return { form: before.receiptForm, base64: vault.open(placeOf('receipt_sealed', before.id), row.receiptSealed) }
}

/** One claim after the other, so that two at once do not go over what a month allows. */
const inTurn = (db: Db, volunteerId: string) => sql`select hold_expenses(${volunteerId}::uuid)`.execute(db)

/** A file that is sent in is looked through and drawn, which costs a second and much memory: only so many a day, whatever becomes of them. */
export const takeReceipt = command(
  'expense.receipt.take',
  { ...volunteer, input: z.object({}), turn: 'upload' },
  async () => undefined,
)

const hasFile = (raw: unknown): boolean => {
  const file = (raw as { file?: unknown } | null)?.file
  return file instanceof File && (file.size > 0 || file.name !== '')
}

export const claimExpense = command(
  'expense.claim',
  {
    ...{ ...volunteer, input: Claim, about: aboutExpense },
    ahead: async (me, raw) => hasFile(raw) && takeReceipt.run(me, {}),
  },
  async (db, claim, me) => {
    const { id: volunteerId } = await ownVolunteer(db, me)
    await inTurn(db, volunteerId)
    const before = claim.follows ? await toMend(db, claim.follows, volunteerId) : null
    const assignment = claim.assignment ? await supported(db, claim.assignment, volunteerId) : null
    const receipt = await receiptOf(db, claim, before)
    const facts = reckoned(claim, await rulesOn(db, volunteerId, claim.onDate), receipt !== null)
    return {
      id: await keep(db, me, {
        facts,
        words: claim.words,
        receipt,
        assignment,
        volunteerId,
        follows: before?.id ?? null,
      }),
    }
  },
)

async function supported(db: Db, assignment: string, volunteerId: string): Promise<string> {
  const row = await db
    .selectFrom('assignment')
    .select('id')
    .where('id', '=', assignment)
    .where('volunteerId', '=', volunteerId)
    .where('status', '=', 'active')
    .executeTakeFirst()
  if (!row) throw new Invalid({ assignment: { key: 'core.error.choose' } })
  return row.id
}

type New = {
  facts: Reckoned
  words: string
  receipt: Kept | null
  assignment: string | null
  volunteerId: string
  follows: string | null
}

/** The claim whole, and then its key: the words and the receipt are closed under it before there is a row. */
async function keep(
  db: Db,
  me: Person,
  { facts, words, receipt, assignment, volunteerId, follows }: New,
): Promise<string> {
  const [id, key, master] = [randomUUID(), randomBytes(32), masterNow()]
  const vault: Vault = vaultOf([key], { kind: 'expense', id })
  await db
    .insertInto('expense')
    .values({
      ...{ id, volunteerId, assignmentId: assignment, followsId: follows, sentBy: me.id, ...facts },
      wordsSealed: vault.seal(placeOf('words_sealed', id), words),
      receiptForm: receipt?.form ?? null,
      receiptSealed: receipt ? vault.seal(placeOf('receipt_sealed', id), receipt.base64) : null,
    })
    .execute()
  const wrapped = wrapKey(master.key, id, key)
  await db.insertInto('sealedKey').values({ kind: 'expense', ownerId: id, masterId: master.id, wrapped }).execute()
  return id
}

/** As long as nobody has decided, a claim can be taken back. */
export const withdrawExpense = command(
  'expense.withdraw',
  { ...volunteer, input: OneExpense, about: aboutExpense },
  async (db, { expense }, me) => {
    const { id: volunteerId } = await ownVolunteer(db, me)
    const row = await db
      .selectFrom('expense')
      .select(['id', 'decision', 'withdrawnAt'])
      .where('id', '=', expense)
      .where('volunteerId', '=', volunteerId)
      .executeTakeFirstOrThrow()
    if (stateOf(row) !== 'sent') throw new Conflict({ key: 'papers.expense.decided' })
    const done = await db
      .updateTable('expense')
      .set({ withdrawnAt: sql<Date>`now()` })
      .where('id', '=', expense)
      .where('decision', 'is', null)
      .where('withdrawnAt', 'is', null)
      .returning('id')
      .executeTakeFirst()
    // In the same moment somebody has decided: then it is not taken back, and not called so.
    if (!done) throw new Conflict({ key: 'papers.expense.decided' })
    return done
  },
)

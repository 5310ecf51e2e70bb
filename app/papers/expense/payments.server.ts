// What is to be paid to whom for a month, and how does the list get to accounting?
import { sql } from 'kysely'
import { z } from 'zod'
import { mustBeFresh } from '../../access/fresh.ts'
import { today } from '../../core/clock.server.ts'
import type { Db } from '../../core/db.server.ts'
import { query } from '../../core/operation.server.ts'
import type { File as Sent } from '../../core/page.tsx'
import type { Person } from '../../core/user.ts'
import { formatMonth } from '../../i18n/format.ts'
import type { Locale, T } from '../../i18n/i18n.ts'
import type { ReportDocument, TableBlock } from '../../reports/document/document.ts'
import { renderers } from '../../reports/document/renderers.ts'
import { month, monthOf } from '../../support/visit/visit.ts'
import { type ExpenseLine, expensesWhere } from './lines.server.ts'

const OfMonth = z.object({ month: month().catch(() => monthOf(today())) })

/** Claims that were approved in a month: each stands in one list and in no other. */
const approvedIn = (db: Db, ofMonth: string): Promise<ExpenseLine[]> =>
  expensesWhere(
    db,
    sql`e.decision = 'approved' and to_char(e.decided_at at time zone 'Europe/Tallinn', 'YYYY-MM') = ${ofMonth}`,
  )

export type Payment = { code: string; name: string; claims: number; km: number; cents: number }

/** One line for each person, by name; the sums of which the list is made. */
export function paymentsOf(lines: readonly ExpenseLine[]): Payment[] {
  const people = [...Map.groupBy(lines, ({ volunteerId }) => volunteerId).values()]
  const sum = (own: readonly ExpenseLine[], of: (line: ExpenseLine) => number) =>
    own.reduce((all, line) => all + of(line), 0)
  return people
    .flatMap((own): Payment[] => {
      const [first] = own
      if (!first) return []
      const km = sum(own, (line) => line.km ?? 0)
      return [{ code: first.code, name: first.name, claims: own.length, km, cents: sum(own, (line) => line.cents) }]
    })
    .toSorted((a, b) => a.name.localeCompare(b.name, 'et') || a.code.localeCompare(b.code))
}

async function opened(db: Db, ofMonth: string, me: Person) {
  const lines = await approvedIn(db, ofMonth)
  return {
    month: ofMonth,
    thisMonth: monthOf(today()),
    lines,
    payments: paymentsOf(lines),
    madeOn: today(),
    locale: me.locale as Locale,
  }
}
export type Payments = Awaited<ReturnType<typeof opened>>

const about = (_: unknown, { lines }: { lines: ExpenseLine[] }) => ({ kind: 'expense', hits: lines.length })

export const openPayments = query(
  'expense.payments',
  { roles: ['coordinator'], input: OfMonth, about },
  (db, input, me) => opened(db, input.month, me),
)

export const paymentsDocument = query(
  'expense.payments.document',
  { roles: ['coordinator'], input: OfMonth, about, turn: 'export' },
  (db, input, me) => {
    mustBeFresh(me)
    return opened(db, input.month, me)
  },
)

/** A workbook for accounting: who gets how much, and of which claims that is made. No case and no word of what it was for. */
export async function paymentsFile(data: Payments, t: T): Promise<Sent> {
  const { load, type } = renderers.xlsx
  const render = await load()
  return { body: await render(documentOf(data, t)), type, name: `kulud-${data.month}.xlsx` }
}

export function documentOf(data: Payments, t: T): ReportDocument {
  return {
    locale: data.locale,
    title: t('papers.payments.documentTitle', { month: formatMonth(data.month, data.locale) }),
    author: t('core.role.coordinator'),
    madeOn: data.madeOn,
    blocks: [peopleTable(data, t), claimsTable(data, t)],
    definitions: [],
  }
}

const total = (lines: readonly { cents: number }[]) => ({ cents: lines.reduce((sum, { cents }) => sum + cents, 0) })
const kilometres = (lines: readonly { km: number | null }[]) => ({
  number: lines.reduce((sum, { km }) => sum + (km ?? 0), 0),
})

function peopleTable({ payments }: Payments, t: T): TableBlock {
  const columns = ['code', 'name', 'claims', 'km', 'sum'] as const
  return {
    kind: 'table',
    caption: t('papers.payments.people'),
    columns: columns.map((name, at) => ({ name: t(`papers.payments.${name}`), numeric: at > 1 })),
    rows: payments.map(({ code, name, claims, km, cents }) => [
      code,
      name,
      { number: claims },
      { number: km },
      { cents },
    ]),
    total: [
      t('papers.payments.total'),
      '',
      { number: payments.reduce((sum, { claims }) => sum + claims, 0) },
      kilometres(payments),
      total(payments),
    ],
  }
}

function claimsTable({ lines }: Payments, t: T): TableBlock {
  const columns = ['code', 'name', 'date', 'kind', 'km', 'rate', 'sum'] as const
  return {
    kind: 'table',
    caption: t('papers.payments.claims'),
    columns: columns.map((name, at) => ({ name: t(`papers.payments.${name}`), numeric: at > 3 })),
    rows: lines
      .toReversed()
      .map(({ code, name, onDate, kind, km, centsPerKm, cents }) => [
        ...[code, name, { date: onDate }, t(`papers.expense.kind.${kind}`)],
        ...[km === null ? '' : { number: km }, centsPerKm === null ? '' : { cents: centsPerKm }, { cents }],
      ]),
    total: [t('papers.payments.total'), '', '', '', kilometres(lines), '', total(lines)],
  }
}

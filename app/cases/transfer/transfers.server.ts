// Which cases are being given over, which were, and what may be known of one before somebody says yes?
import { type RawBuilder, sql } from 'kysely'
import { z } from 'zod'
import { today } from '../../core/clock.server.ts'
import type { Db } from '../../core/db.server.ts'
import { NotFound } from '../../core/errors.ts'
import { casesShown, query } from '../../core/operation.server.ts'
import { findVault, openForProcess } from '../../core/seal.server.ts'
import type { Role } from '../../core/user.ts'
import { overFor, TransferId, type TransferLine } from './transfer.ts'

const lookers: readonly Role[] = ['lead', 'coordinator']
const mostListed = 200

// The figures are those that were taken down when it was asked: nothing of the case itself is read.
const lines = (which: RawBuilder<unknown>) => sql<TransferLine>`
  select t.id, t.case_id, t.network_id, t.to_network_id, f.name as "from", g.name as "to", t.network_id = any((select auth_led())::uuid[]) as gives,
    t.to_network_id = any((select auth_led())::uuid[]) as takes, t.number, county.name as county, t.reason, t.urgent, t.level, t.children, t.actions, t.supported,
    (t.opened_at at time zone 'Europe/Tallinn')::date as opened_on, t.due_on, t.lapses_on, t.state, t.because,
    (t.answered_at at time zone 'Europe/Tallinn')::date as answered_on
  from case_transfer t join network f on f.id = t.network_id join network g on g.id = t.to_network_id left join county on county.code = t.county_code
  where ${which}`

type Of = Pick<TransferLine, 'id' | 'caseId' | 'networkId'>
type Whole = Of & Partial<Pick<TransferLine, 'toNetworkId' | 'state'>>

/** What a transfer is known by, in the network that has the case: the one that gives it until the other has said yes. */
export const keyOf = ({ id, caseId, networkId, toNetworkId = networkId, state }: Whole): Of => ({
  ...{ id, caseId },
  networkId: state === 'accepted' ? toNetworkId : networkId,
})

/** What a log entry should know of a look at a transfer, and of an answer to it. */
export const aboutTransfer = (_input: unknown, { transfer }: { transfer: Whole }) => ({
  kind: 'transfer',
  ...keyOf(transfer),
})

/** Open ones first by their day, then what is over, the latest first. */
export const listTransfers = query(
  'transfer.list',
  {
    roles: lookers,
    input: z.object({}),
    about: (_input: unknown, { open, over }: { open: TransferLine[]; over: TransferLine[] }) => ({
      ...{ kind: 'transfer', hits: open.length + over.length },
      ...casesShown([...open, ...over].map(({ caseId }) => caseId)),
    }),
  },
  async (db) => {
    const [open, over] = await Promise.all([
      lines(sql`t.state = 'open' order by t.due_on, t.number limit ${mostListed}`).execute(db),
      lines(sql`t.state <> 'open' order by t.answered_at desc limit ${mostListed}`).execute(db),
    ])
    return { open: open.rows, over: over.rows, today: today() }
  },
)

/** One transfer for whom it concerns; NotFound for everybody else. */
export async function transferOf(db: Db, id: string): Promise<TransferLine> {
  const { rows } = await lines(sql`t.id = ${id}`).execute(db)
  if (!rows[0]) throw new NotFound()
  return rows[0]
}

/** The open transfers that wait for this lead, and those of theirs that have ended otherwise than they asked within a week. */
export async function transfersWaiting(db: Db): Promise<TransferLine[]> {
  const { rows } =
    await lines(sql`(t.network_id = any((select auth_led())::uuid[]) or t.to_network_id = any((select auth_led())::uuid[]))
    and (t.state = 'open' or (t.state in ('refused', 'lapsed') and t.answered_at > now() - interval '7 days'
      and not exists (select from case_transfer n where n.case_id = t.case_id and n.opened_at > t.opened_at))) order by t.due_on`).execute(
      db,
    )
  return rows
}

/** How many have waited for longer than they should: for the coordinator. */
export async function countLate(db: Db): Promise<number> {
  const { rows } = await sql<{ late: number }>`select count(*)::int as late from case_transfer
    where state = 'open' and due_on < ${today()}::date - 1`.execute(db)
  return rows[0]?.late ?? 0
}

export const openTransfer = query(
  'transfer.open',
  { roles: lookers, input: TransferId, about: aboutTransfer },
  async (db, { id }) => {
    const transfer = await transferOf(db, id)
    const { gives, takes } = transfer
    const may = {
      accept: takes && !overFor(transfer, 'accepted', today()),
      refuse: takes && !overFor(transfer, 'refused', today()),
      revoke: gives && !overFor(transfer, 'revoked', today()),
    }
    return { transfer, may, today: today(), ...(gives || takes ? await wordsOf(db, transfer) : nothing) }
  },
)

type Said = { words: string | null; ground: string | null; why: string | null; answer: string | null }
const nothing: Said = { words: null, ground: null, why: null, answer: null }

// What was written of the case opens with its key: to the giver until it has gone over, to the taker from then on. The answer is for both.
async function wordsOf(db: Db, { id, caseId }: TransferLine): Promise<Said> {
  const row = await db
    .selectFrom('caseTransfer')
    .select(['wordsSealed', 'groundSealed', 'whySealed', 'answerSealed'])
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  const vault = await findVault(db, caseId)
  const open = (column: string, sealed: Buffer | null) =>
    vault && sealed ? vault.open({ table: 'case_transfer', column, row: id }, sealed) : null
  return {
    words: open('words_sealed', row.wordsSealed),
    ground: open('ground_sealed', row.groundSealed),
    why: open('why_sealed', row.whySealed),
    answer: row.answerSealed ? openForProcess('transfer', row.answerSealed) : null,
  }
}

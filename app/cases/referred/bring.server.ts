// How does somebody bring a case that they will not see, hear what became of it, and add what they learn?
import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import type { z } from 'zod'
import type { Db } from '../../core/db.server.ts'
import { NotFound } from '../../core/errors.ts'
import { command, query } from '../../core/operation.server.ts'
import { openKey, type WrappedKey } from '../../core/seal.server.ts'
import { countsAs, takeTurn } from '../../core/turn/turns.server.ts'
import { AddToReferral, type Caller, ReferralId, type Sent } from './referred.ts'

// What is sent and what is added is counted together; whoever belongs to a network brings as many as there are.
countsAs('referral', 'case.refer')

const about = ({ id }: { id: string }) => ({ kind: 'referral', id })
const brings = { roles: ['referrer'] as const, about }

/** By this the database lets somebody from outside write the rest of the case, within this transaction and never again. Answers by what they will know it. */
export async function bringReferral(db: Db, of: { networkId: string; caseId: string }): Promise<string | null> {
  await takeTurn(db, 'referral')
  const { rows } = await sql<{
    id: string
  }>`select referral_begin(${of.caseId}::uuid, ${of.networkId}::uuid) as id`.execute(db)
  return rows[0]?.id ?? null
}

/** What this person has sent, the latest first, and whom to call about each. */
export async function sentByMe(db: Db): Promise<Sent[]> {
  type Row = Omit<Sent, 'callers'> & { callers: string[] }
  const { rows } = await sql<Row>`select * from referrals_mine()`.execute(db)
  const ids = [...new Set(rows.flatMap((row) => row.callers))]
  const people: Caller[] = ids.length
    ? await db.selectFrom('person').select(['id', 'name', 'email', 'phone']).where('id', 'in', ids).execute()
    : []
  return rows.map((row) => ({
    ...row,
    callers: row.callers.flatMap((id) => people.find((person) => person.id === id) ?? []),
  }))
}

async function oneSent(db: Db, id: string): Promise<Sent> {
  const sent = (await sentByMe(db)).find((one) => one.id === id)
  if (!sent) throw new NotFound()
  return sent
}

export const openAddToReferral = query('referral.add.open', { ...brings, input: ReferralId }, async (db, { id }) => ({
  sent: await oneSent(db, id),
}))

/** It reaches whoever has the case now, and is closed with the key of the case; whoever wrote it does not read it again. */
export const addToReferral = command(
  'referral.add',
  { ...brings, input: AddToReferral, turn: 'referral' },
  async (db, { id, words }: z.output<typeof AddToReferral>) => {
    const { rows } = await sql<WrappedKey & { ownerId: string }>`select * from referral_key(${id}::uuid)`.execute(db)
    const [key] = rows
    if (!key) throw new NotFound()
    const row = randomUUID()
    const sealed = openKey(key, key.ownerId).seal({ table: 'referral_word', column: 'words_sealed', row }, words)
    await sql`select referral_add(${id}::uuid, ${row}::uuid, ${sealed})`.execute(db)
    return {}
  },
)

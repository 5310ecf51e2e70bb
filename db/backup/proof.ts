// Do the values of a restored database open, and are those who were erased gone from it again?
import type { Client } from 'pg'
import { type SealedColumn, sealedColumns } from '../../app/core/keys/sealed-columns.ts'
import { openForProcess, openKey, type WrappedKey } from '../../app/core/seal.server.ts'
import type { Erased } from '../../app/process/ledger.server.ts'

const sample = 20

const again: Record<Erased['kind'], string> = {
  case: 'select erase_case($1)',
  volunteer: 'select erase_volunteer($1), erase_talks($1)',
  talks: 'select erase_talks($1)',
  papers: `select papers_forget($1, ($2::timestamptz at time zone 'Europe/Tallinn')::date)`,
}

/** Erases again whom the ledger names; answers how many had come back with the backup. */
export async function replayErasures(client: Client, erased: readonly Erased[]): Promise<number> {
  let back = 0
  for (const { kind, owner, at } of erased) {
    const { rows } = await client.query<{ alive: boolean }>(
      'select exists (select from sealed_key where owner_id = $1 and wrapped is not null) as alive',
      [owner],
    )
    if (rows[0]?.alive && (kind === 'case' || kind === 'volunteer')) back++
    // What is due with the papers is what was due on that day.
    await client.query(again[kind], kind === 'papers' ? [owner, at] : [owner])
    await client.query(`select audit_append('erasure.replay', $1, $2, $3, null, 'done', '{}', null, null)`, [
      kind,
      owner,
      kind === 'case' ? owner : null,
    ])
  }
  return back
}

/** Opens some values of every sealed column with the keys that are here; throws at the first that does not open. */
export async function openSamples(client: Client): Promise<number> {
  let opened = 0
  for (const one of sealedColumns)
    opened += one.kind === 'process' ? await openReasons(client, one) : await openSome(client, one)
  return opened
}

async function openSome(client: Client, { table, column, owner }: SealedColumn): Promise<number> {
  const { rows } = await client.query<Row>(
    `select t.id, t.${owner} as owner, t.${column} as value, k.kind, k.master_id as "masterId", k.wrapped, k.wrapped_other as "wrappedOther"
     from ${table} t join sealed_key k on k.owner_id = t.${owner} and k.wrapped is not null
     where t.${column} is not null order by md5(t.id::text) limit ${sample}`,
  )
  for (const { id, owner: of, value, ...key } of rows) openKey(key, of).open({ table, column, row: id }, value)
  return rows.length
}
type Row = WrappedKey & { id: string; owner: string; value: Buffer }

// Why somebody looked can be opened by the process alone; the other seals of the process hold their owner in their use.
async function openReasons(client: Client, { table, column }: SealedColumn): Promise<number> {
  if (table !== 'audit_event' && table !== 'reveal') return 0
  const { rows } = await client.query<{ value: Buffer }>(
    `select ${column} as value from ${table} where octet_length(${column}) > 0 order by md5(${column}::text) limit ${sample}`,
  )
  for (const { value } of rows) openForProcess('reason', value)
  return rows.length
}

// How does a case get a new key while people read and write in it?
import { randomBytes } from 'node:crypto'
import type { Client } from 'pg'
import { Unopenable } from '../../app/core/errors.ts'
import { masterKey } from '../../app/core/keys/ring.server.ts'
import { type SealedColumn, sealedColumns } from '../../app/core/keys/sealed-columns.ts'
import { unwrapKey, type Vault, vaultOf, wrapKey } from '../../app/core/seal.server.ts'

export type CaseRotated = { values: number; broken: number }
type Row = {
  master_id: string
  wrapped: Buffer
  wrapped_other: Buffer | null
  change_phase: 'offered' | 'turned' | null
}

const lock = `hashtextextended('case key ' || $1, 0)`

/**
 * Four steps, each of which leaves everything readable: the new key is offered beside the present one · it takes its place and the
 * other still opens · every value is closed anew · the old key goes. Between them those who began earlier may end. Broken off anywhere, it
 * goes on from there. Nothing where the case has no key any more.
 */
export async function rotateCaseKey(client: Client, caseId: string): Promise<CaseRotated | null> {
  await client.query(`select pg_advisory_lock(${lock})`, [caseId])
  try {
    if (!(await offer(client, caseId))) return null
    await othersEnded(client)
    await client.query(
      `update sealed_key set wrapped = wrapped_other, wrapped_other = wrapped, change_phase = 'turned'
       where owner_id = $1 and change_phase = 'offered'`,
      [caseId],
    )
    await othersEnded(client)
    const result = await closeAnew(client, caseId)
    await othersEnded(client)
    await client.query(
      `update sealed_key set wrapped_other = null, change_phase = null, changed_at = now() where owner_id = $1 and change_phase = 'turned'`,
      [caseId],
    )
    return result
  } finally {
    await client.query(`select pg_advisory_unlock(${lock})`, [caseId])
  }
}

async function keyOf(client: Client, caseId: string, how = ''): Promise<Row | undefined> {
  const { rows } = await client.query<Row>(
    `select master_id, wrapped, wrapped_other, change_phase from sealed_key
     where owner_id = $1 and kind = 'case' and wrapped is not null ${how}`,
    [caseId],
  )
  return rows[0]
}

/** The key under the master key that the row itself names, so that a change of the master key at the same time does no harm. */
function opened(row: Row, caseId: string, wrapped: Buffer): Buffer {
  const key = unwrapKey(masterOf(row, caseId), caseId, wrapped)
  if (!key) throw broken(caseId)
  return key
}

function masterOf({ master_id }: Row, caseId: string): Buffer {
  const master = masterKey(master_id)
  if (!master) throw broken(caseId)
  return master
}

const broken = (caseId: string) =>
  new Unopenable({ table: 'sealed_key', column: 'wrapped', row: caseId, owner: { kind: 'case', id: caseId } })

async function offer(client: Client, caseId: string): Promise<boolean> {
  await client.query('begin')
  try {
    const row = await keyOf(client, caseId, 'for update')
    if (row && row.change_phase === null) {
      opened(row, caseId, row.wrapped)
      await client.query(`update sealed_key set wrapped_other = $2, change_phase = 'offered' where owner_id = $1`, [
        caseId,
        wrapKey(masterOf(row, caseId), caseId, randomBytes(32)),
      ])
    }
    await client.query('commit')
    return row !== undefined
  } catch (error) {
    await client.query('rollback')
    throw error
  }
}

/** Waits until nobody is left who began before now: whoever begins later finds the keys as they are now. */
async function othersEnded(client: Client): Promise<void> {
  const { rows } = await client.query<{ now: string }>('select clock_timestamp()::text as now')
  for (;;) {
    const { rowCount } = await client.query(
      `select from pg_stat_activity where datname = current_database() and xact_start < $1::timestamptz
         and usename in ('tugivork_read', 'tugivork_write') limit 1`,
      [rows[0]?.now],
    )
    if (!rowCount) return
    await new Promise((done) => setTimeout(done, 25))
  }
}

async function closeAnew(client: Client, caseId: string): Promise<CaseRotated> {
  const row = await keyOf(client, caseId)
  // Erased in the meantime, or ended by somebody else: there is nothing to close anew.
  if (!row?.wrapped_other) return { values: 0, broken: 0 }
  const owner = { kind: 'case', id: caseId } as const
  const fresh = vaultOf([opened(row, caseId, row.wrapped)], owner)
  const old = vaultOf([opened(row, caseId, row.wrapped_other)], owner)
  const sum = { values: 0, broken: 0 }
  for (const one of sealedColumns.filter(({ kind }) => kind === 'case')) {
    const { values, broken } = await closeColumn(client, caseId, one, fresh, old)
    sum.values += values
    sum.broken += broken
  }
  return sum
}

async function closeColumn(client: Client, caseId: string, one: SealedColumn, fresh: Vault, old: Vault) {
  const { table, column, owner } = one
  const { rows } = await client.query<{ id: string; value: Buffer }>(
    `select id, ${column} as value from ${table} where ${owner} = $1 and ${column} is not null`,
    [caseId],
  )
  const found = { values: 0, broken: 0 }
  for (const { id, value } of rows) {
    const place = { table, column, row: id }
    if (tried(() => fresh.open(place, value)) !== undefined) continue
    const text = tried(() => old.open(place, value))
    if (text === undefined) found.broken++
    else {
      // What somebody has written since is newer, and closed with the new key already.
      await client.query(`update ${table} set ${column} = $4 where ${owner} = $1 and id = $2 and ${column} = $3`, [
        ...[caseId, id, value],
        fresh.seal(place, text),
      ])
      found.values++
    }
  }
  return found
}

function tried(open: () => string): string | undefined {
  try {
    return open()
  } catch (error) {
    if (error instanceof Unopenable) return undefined
    throw error
  }
}

// What of a database goes into a backup, all of it as of one moment?
import type { Client } from 'pg'
import type { LedgerHead } from '../../app/process/ledger.server.ts'
import { copyOut } from './copy.ts'
import { frame } from './frames.ts'

export type Part = 'data' | 'keys'
export type Applied = { number: number; name: string; checksum: string }

/** What stands at the beginning of both files of a backup. */
export type Head = {
  part: Part
  madeAt: string
  migrations: Applied[]
  audit: { seq: number; hash: string } | null
  masters: string[]
  indexId: string
  ledger: LedgerHead
}
export type Counts = Record<string, number>
export type TableHead = { table: string; columns: string[] }

// The keys of cases and people go into a file of their own, of which only the newest is kept: a key that was destroyed must not
// live on in last month's backup.
const keyTables = ['sealed_key']

const tablesQuery = `select c.relname as table, array_agg(a.attname::text order by a.attnum) as columns
  from pg_class c join pg_attribute a on a.attrelid = c.oid
  where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
  group by c.relname order by c.relname`

const headQuery = `select
  (select json_agg(json_build_object('number', number, 'name', name, 'checksum', checksum) order by number) from meta.migration) as migrations,
  (select json_build_object('seq', seq, 'hash', encode(hash, 'hex')) from audit_event order by seq desc limit 1) as audit,
  (select coalesce(json_agg(distinct master_id), '[]') from sealed_key where wrapped is not null) as masters,
  to_char(now() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as "madeAt"`

/** Begins the one snapshot in which everything is read. */
export async function beginSnapshot(client: Client): Promise<void> {
  await client.query('begin isolation level repeatable read read only')
}

export async function readHead(client: Client): Promise<Omit<Head, 'part' | 'indexId' | 'ledger'>> {
  const { rows } = await client.query(headQuery)
  return rows[0]
}

/** The frames of one file. */
export async function* dump(client: Client, head: Head, counts: Counts): AsyncGenerator<Buffer> {
  yield frame('H', head)
  const { rows } = await client.query<TableHead>(tablesQuery)
  for (const { table, columns } of rows) {
    if (keyTables.includes(table) !== (head.part === 'keys')) continue
    yield frame('T', { table, columns })
    let lines = 0
    for await (const rows of copyOut(client, copyText(table, columns, 'to stdout'))) {
      lines += countLines(rows)
      yield frame('D', rows)
    }
    yield frame('E', { rows: lines })
    counts[table] = lines
  }
  yield frame('Z', { counts, sequences: head.part === 'data' ? await readSequences(client) : [] })
}

export function copyText(table: string, columns: string[], direction: 'to stdout' | 'from stdin'): string {
  const quoted = (name: string) => `"${name.replaceAll('"', '""')}"`
  return `copy public.${quoted(table)} (${columns.map(quoted).join(', ')}) ${direction}`
}

// In the text form every row ends with the only line break that it can hold.
function countLines(bytes: Buffer): number {
  let lines = 0
  for (let at = bytes.indexOf(10); at >= 0; at = bytes.indexOf(10, at + 1)) lines++
  return lines
}

export type Sequence = { name: string; last: string | null }

async function readSequences(client: Client): Promise<Sequence[]> {
  const { rows } = await client.query<Sequence>(
    `select sequencename as name, last_value::text as last from pg_sequences where schemaname = 'public'`,
  )
  return rows
}

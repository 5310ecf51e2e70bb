// Which identifiers are there in every table, what has become of what they name, and which of them does somebody not see?

import { sql } from 'kysely'
import type { Client } from 'pg'
import { asPerson } from '../../../app/core/db.server.ts'
import type { Actor } from '../matrix/actors.ts'

/** `foreign`: somebody else's · `ended`: a right, a term, a support that is over · `erased`: of what was erased. */
export type Kind = 'foreign' | 'ended' | 'erased'
export type Named = { table: string; id: string; kind: Kind; caseId: string | null }

type Table = { name: string; of: string | null; ended: string | null; readable: boolean }

// By what a row says that it is over: a moment at which it ended, or the last day on which it held.
const moments = 'ended_at revoked_at withdrawn_at superseded_at removed_at voided_at cancelled_at emptied_at'
const days = 'valid_to end_on'

async function tablesOf(admin: Client): Promise<Table[]> {
  const { rows } = await admin.query<{ name: string; columns: string[]; readable: boolean }>(
    `select c.relname as name, array_agg(a.attname::text) as columns, has_column_privilege('tugivork_read', c.oid, 'id', 'select') as readable
     from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
     where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'
       and exists (select from pg_attribute i where i.attrelid = c.oid and i.attname = 'id' and i.atttypid = 'uuid'::regtype and not i.attisdropped)
     group by c.oid, c.relname order by 1`,
  )
  return rows.map(({ name, columns, readable }) => {
    const over = [
      ...moments.split(' ').flatMap((column) => (columns.includes(column) ? [`${column} is not null`] : [])),
      ...days.split(' ').flatMap((column) => (columns.includes(column) ? [`${column} < current_date`] : [])),
    ]
    const of = name === 'case_file' ? 'id' : columns.includes('case_id') ? 'case_id' : null
    return { name, of, ended: over.length > 0 ? over.join(' or ') : null, readable }
  })
}

export type Ids = { all: Named[]; tables: Table[] }

/** Everything that has an identifier, and what was erased of these cases; `ended` are cases of which somebody's part is over. */
export async function idsOf(admin: Client, { erased, ended }: { erased: Named[]; ended: string[] }): Promise<Ids> {
  const tables = await tablesOf(admin)
  const gone = new Set(erased.map(({ id }) => id))
  const all: Named[] = [...erased]
  for (const { name, of, ended: over } of tables) {
    const { rows } = await admin.query<{ id: string; over: boolean; case_id: string | null }>(
      `select id, coalesce(${over ?? 'false'}, false) as over, ${of ?? 'null::uuid'} as case_id from ${name} order by id`,
    )
    for (const { id, over: isOver, case_id: caseId } of rows) {
      const isEnded = isOver || (caseId !== null && ended.includes(caseId))
      if (!gone.has(id)) all.push({ table: name, id, kind: isEnded ? 'ended' : 'foreign', caseId })
    }
  }
  return { all, tables }
}

/** Everything of one case, by table. */
export async function rowsOfCase(admin: Client, caseId: string): Promise<Named[]> {
  const rows: Named[] = []
  for (const { name, of } of await tablesOf(admin)) {
    if (!of) continue
    const found = await admin.query<{ id: string }>(`select id from ${name} where ${of} = $1`, [caseId])
    rows.push(...found.rows.map(({ id }) => ({ table: name, id, kind: 'erased' as const, caseId })))
  }
  return rows
}

/** What of all this the database shows to this person, by the policies that another proof tries row by row. */
export async function seenBy({ tables }: Ids, who: Actor): Promise<Set<string>> {
  const seen = new Set<string>()
  await asPerson('read', who.person?.claim ?? '', async (db) => {
    for (const { name } of tables.filter(({ readable }) => readable)) {
      const { rows } = await sql<{ id: string }>`select id from ${sql.table(name)}`.execute(db)
      for (const { id } of rows) seen.add(id)
    }
  })
  return seen
}

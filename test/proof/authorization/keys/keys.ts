// By which keys could whoever adds a row run into one that is not shown to them: what must be unique, and what must be there?
import { createHash } from 'node:crypto'
import type { Client } from 'pg'
import type { Row } from '../world/world.ts'
import { insert } from '../writing/draw.ts'
import type { Drawn } from '../writing/trying.ts'

export type Key = {
  kind: 'unique' | 'reference'
  table: string
  columns: string[]
  /** Where the row is that one runs into, and which of its columns are meant. */
  of: string
  ofColumns: string[]
  types: string[]
}

/** Every key of whose columns the writing login fills all that there are. */
export async function keysOf(owner: Client): Promise<Key[]> {
  const named = (of: string, from: string) =>
    `(select array_agg(attname::text order by place) from unnest(${from}) with ordinality k (number, place) join pg_attribute on attrelid = ${of} and attnum = number)`
  const { rows } = await owner.query<Key>(
    `select * from (
       select 'reference' as kind, conrelid::regclass::text as "table", ${named('conrelid', 'conkey')} as columns, confrelid::regclass::text as of,
         ${named('confrelid', 'confkey')} as "ofColumns", conrelid, conkey from pg_constraint where contype = 'f' and connamespace = 'public'::regnamespace
       union all select 'unique', indrelid::regclass::text, ${named('indrelid', 'indkey::int2[]')}, indrelid::regclass::text, ${named('indrelid', 'indkey::int2[]')}, indrelid, indkey::int2[]
         from pg_index join pg_class c on c.oid = indrelid where relnamespace = 'public'::regnamespace and indisunique and indexprs is null) key,
     lateral (select array_agg(format_type(atttypid, null) order by array_position(conkey, attnum)) as types,
       bool_and(has_column_privilege('tugivork_write', attrelid, attnum, 'insert')) as filled from pg_attribute where attrelid = conrelid and attnum = any (conkey)) a
     where filled order by 2, 1, 3`,
  )
  return rows
}

/** The same row with other values in these columns; nothing where its text cannot be taken apart. */
export function changed({ table, text }: Drawn, values: Row): string | null {
  const parts = /^insert into \w+ \(([^)]*)\) values \((.*)\)$/s.exec(text)
  const columns = parts?.[1]?.split(', ') ?? []
  const written =
    parts?.[2]?.match(/(?: ?E?'(?:[^']|'')*'|[^,'()]+|\((?:[^()']|'(?:[^']|'')*')*\))+/g)?.map((one) => one.trim()) ??
    []
  if (columns.length === 0 || columns.length !== written.length) return null
  const row = new Map(columns.map((column, at) => [column, written[at] ?? 'null']))
  for (const [column, value] of Object.entries(insertable(values))) row.set(column, value)
  return `insert into ${table} (${[...row.keys()].join(', ')}) values (${[...row.values()].join(', ')})`
}
const insertable = (values: Row) =>
  Object.fromEntries(Object.entries(values).map(([column, value]) => [column, literalOf(value)]))
const literalOf = (value: string | null) =>
  /values \((.*)\)$/s.exec(insert('x', { x: value }, true).text)?.[1] ?? 'null'

/** A value of that kind that nothing has. */
export function strange(type: string, of: string): string | null {
  const hash = createHash('sha256').update(of).digest('hex')
  if (type === 'uuid') return hash.replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*$/, '$1-$2-4$3-8$4-$5')
  // As long as what is kept there: digests, and the indexes of cards.
  if (type === 'bytea') return `\\x${hash}`
  if (type === 'text') return `x${hash.slice(0, 12)}`
  return null
}

/** The column by which one would guess: what case and network it is stays. */
export function guessed({ columns, types }: Key): { column: string; type: string } | null {
  const able = columns
    .map((column, at) => ({ column, type: types[at] ?? '' }))
    .filter(({ type }) => strange(type, '') !== null)
  return able.findLast(({ column }) => !['network_id', 'case_id'].includes(column)) ?? able.at(-1) ?? null
}

/** The values of a row that somebody would run into, and values beside which there is nothing. */
export function beside(key: Key, row: Row): { there: Row; nowhere: Row } | null {
  const there = Object.fromEntries(key.columns.map((column, at) => [column, row[key.ofColumns[at] ?? ''] ?? null]))
  const by = guessed(key)
  if (!by || Object.values(there).some((value) => value === null)) return null
  return { there, nowhere: { ...there, [by.column]: strange(by.type, Object.values(there).join()) } }
}

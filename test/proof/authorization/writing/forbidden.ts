// What may nobody do by a statement, whoever they are: because no login has the right to the table or the column at all?
import type { Client } from 'pg'
import { added, changed, filledLater, hidden, hiddenColumns, removed } from '../rules/changes.ts'
import type { World } from '../world/world.ts'

const kinds = ['select', 'insert', 'update', 'delete', 'truncate', 'trigger'] as const
type Kind = (typeof kinds)[number]

/** By the written rules: may the process, by the login that writes, do this to a column at all? The other login only looks. */
function isRight(kind: Kind, table: string, column: string): boolean {
  if (kind === 'select') return !hidden.includes(table) && !hiddenColumns.has(`${table}.${column}`)
  if (kind === 'insert') return added.includes(table) && !filledLater[table]?.includes(column)
  if (kind === 'update') return changed[table]?.includes(column) ?? false
  return kind === 'delete' && removed.includes(table)
}

/** `case_file insert`, `case_file update`, `draft delete`: what the writing login may try. */
export const writing = new Set([
  ...added.map((table) => `${table} insert`),
  ...Object.keys(changed).map((table) => `${table} update`),
  ...removed.map((table) => `${table} delete`),
])

/** Every right that a login has and should not have, or has not and should: `tugivork_read update case_file.version`. */
export async function strayRights(owner: Client): Promise<string[]> {
  const { rows } = await owner.query<{ login: string; table: string; column: string } & Record<Kind, boolean>>(
    `select login, relname as "table", attname as "column", ${kinds.map(has).join(', ')}
     from pg_class c join pg_attribute a on a.attrelid = c.oid, unnest('{tugivork_read, tugivork_write}'::text[]) login
     where relnamespace = 'public'::regnamespace and relkind in ('r', 'p', 'v', 'm') and attnum > 0 and not attisdropped`,
  )
  const wrong = rows.flatMap(({ login, table, column, ...found }) =>
    kinds.flatMap((kind) => {
      const wanted = (login === 'tugivork_write' || kind === 'select') && isRight(kind, table, column)
      const whole = kind === 'delete' || kind === 'truncate' || kind === 'trigger'
      return found[kind] === wanted ? [] : [`${login} ${kind} ${table}${whole ? '' : `.${column}`}`]
    }),
  )
  return [...new Set(wrong)]
}

const has = (kind: Kind) =>
  kind === 'delete' || kind === 'truncate' || kind === 'trigger'
    ? `has_table_privilege(login, c.oid, '${kind}') as ${kind}`
    : `has_column_privilege(login, c.oid, attnum, '${kind}') as ${kind}`

/** One statement for each column, and for taking away and emptying, that no right of the writing login covers. */
export function forbidden({ tables }: World): string[] {
  return [...tables.values()].flatMap(({ name, rows }) => {
    const all = Object.keys(rows[0] ?? {})
    const closed = all.filter((column) => !isRight('update', name, column))
    return [
      ...closed.map((column) => `update ${name} set ${column} = ${column}`),
      ...(removed.includes(name) ? [] : [`delete from ${name}`]),
      ...(added.includes(name) ? [] : [`insert into ${name} default values`]),
      `truncate ${name}`,
    ]
  })
}

/** The same for the login that only reads: every column of every table. */
export function forbiddenToReader({ tables }: World): string[] {
  return [...tables.values()].flatMap(({ name, rows }) => [
    ...Object.keys(rows[0] ?? {}).map((column) => `update ${name} set ${column} = ${column}`),
    ...[`delete from ${name}`, `insert into ${name} default values`, `truncate ${name}`],
  ])
}

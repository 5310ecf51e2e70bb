// What may nobody do by a statement, whoever they are: because no login has the right to the table or the column at all?
import type { Client } from 'pg'
import type { World } from '../world/world.ts'

export type Grants = {
  /** `case_file insert`, `case_file update`, `draft delete`: what the writing login may try. */
  writing: Set<string>
  readable: Set<string>
  /** `case_file.version`: the columns that may be changed. */
  columns: Set<string>
  /** What the login that serves looking may write: nothing. */
  readerWrites: string[]
}

export async function grantsOf(owner: Client): Promise<Grants> {
  const { rows } = await owner.query<{ login: string; kind: string; name: string; column: string }>(
    `select grantee as login, lower(privilege_type) as kind, table_name as name, column_name as column
     from information_schema.column_privileges where table_schema = 'public' and grantee in ('tugivork_read', 'tugivork_write')`,
  )
  const { rows: whole } = await owner.query<{ login: string; kind: string; name: string }>(
    `select grantee as login, lower(privilege_type) as kind, table_name as name from information_schema.role_table_grants
     where table_schema = 'public' and privilege_type in ('DELETE', 'TRUNCATE', 'TRIGGER') and grantee in ('tugivork_read', 'tugivork_write')`,
  )
  const writes = [...rows, ...whole].filter(({ kind }) => kind !== 'select' && kind !== 'references')
  const byWriter = writes.filter(({ login }) => login === 'tugivork_write')
  return {
    writing: new Set(byWriter.map(({ name, kind }) => `${name} ${kind}`)),
    readable: new Set(
      rows.flatMap(({ kind, login, name }) => (kind === 'select' && login === 'tugivork_read' ? [name] : [])),
    ),
    columns: new Set(
      rows.flatMap(({ kind, login, name, column }) =>
        kind === 'update' && login === 'tugivork_write' ? [`${name}.${column}`] : [],
      ),
    ),
    readerWrites: writes.flatMap(({ login, name, kind }) => (login === 'tugivork_read' ? [`${name} ${kind}`] : [])),
  }
}

/** One statement for each column, and for taking away and emptying, that no right of the writing login covers. */
export function forbidden({ tables }: World, { writing, columns }: Grants): string[] {
  return [...tables.values()].flatMap(({ name, rows }) => {
    const all = Object.keys(rows[0] ?? {})
    const closed = all.filter((column) => !columns.has(`${name}.${column}`))
    return [
      ...closed.map((column) => `update ${name} set ${column} = ${column}`),
      ...(writing.has(`${name} delete`) ? [] : [`delete from ${name}`]),
      ...(writing.has(`${name} insert`) ? [] : [`insert into ${name} default values`]),
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

// What has changed in the database between two moments, in every table there is?
import type { Client } from 'pg'

/** Of each table in which anything was done: how many rows more there are, and how many were written. */
export type Effects = Record<string, string>
type Count = { name: string; rows: number; written: number }
export type Moment = { mark: string; counts: Map<string, number> }

let statement = ''

async function countsOf(admin: Client, mark: string): Promise<Count[]> {
  if (!statement) {
    const { rows } = await admin.query<{ name: string }>(
      `select quote_ident(relname) as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r' order by 1`,
    )
    const each = rows.map(
      ({ name }) =>
        `select '${name}' as name, count(*)::int as rows, (count(*) filter (where xmin::text::bigint >= $1::bigint))::int as written from ${name}`,
    )
    statement = each.join(' union all ')
  }
  return (await admin.query<Count>(statement, [mark])).rows
}

/** From now on what is written counts. */
export async function momentOf(admin: Client): Promise<Moment> {
  const { rows } = await admin.query<{ mark: string }>(
    'select (pg_snapshot_xmax(pg_current_snapshot())::text::bigint & 4294967295)::text as mark',
  )
  const mark = rows[0]?.mark ?? ''
  return { mark, counts: new Map((await countsOf(admin, mark)).map(({ name, rows }) => [name, rows])) }
}

export async function effectsSince(admin: Client, { mark, counts }: Moment): Promise<Effects> {
  const now = await countsOf(admin, mark)
  const changed = now.filter(({ name, rows, written }) => written > 0 || rows !== counts.get(name))
  return Object.fromEntries(
    changed.map(({ name, rows, written }) => [name, `${rows - (counts.get(name) ?? 0)} more, ${written} written`]),
  )
}

/** What differs, in words. */
export function difference(one: Effects, other: Effects): string {
  const names = [...new Set([...Object.keys(one), ...Object.keys(other)])].filter((name) => one[name] !== other[name])
  return names.map((name) => `${name}: ${one[name]}, not ${other[name]}`).join('; ')
}

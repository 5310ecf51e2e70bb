// Which rows does somebody see? Asked of every row of a table for each attempt that is drawn; it stays the same as long as nothing of the world does.
import { mayRead } from '../rules/reading.ts'
import type { Rights } from '../rules/rights.ts'
import type { Row } from '../world/world.ts'

const known = new WeakMap<Rights, Map<string, Map<Row, boolean>>>()

/** By the login that writes. */
export function sees(rights: Rights, table: string, row: Row): boolean {
  const tables = known.get(rights) ?? new Map<string, Map<Row, boolean>>()
  known.set(rights, tables)
  const rows = tables.get(table) ?? new Map<Row, boolean>()
  tables.set(table, rows)
  const seen = rows.get(row) ?? mayRead(rights, table, row, 'tugivork_write')
  rows.set(row, seen)
  return seen
}

// How is an attempt to write put into words that the database understands?
import { escapeLiteral } from 'pg'
import type { Row } from '../world/world.ts'

type Value = string | number | boolean | null | string[]
export type Values = Record<string, Value>

export function literal(value: Value): string {
  if (value === null) return 'null'
  if (Array.isArray(value)) return `'{${value.join(',')}}'`
  return typeof value === 'string' ? escapeLiteral(value) : String(value)
}

/** Values that the database works out itself: the moment, and an hour before it. */
export const now = 'now()'
export const anHourAgo = `now() - interval '1 hour'`
const written = (value: Value) => (value === now || value === anHourAgo ? value : literal(value))

export function insertion(table: string, row: Values): string {
  const values = Object.values(row).map(written).join(', ')
  return `insert into ${table} (${Object.keys(row).join(', ')}) values (${values})`
}

/** Of one row, as far as it has an id; otherwise of whichever there are. */
export function change(table: string, row: Row, set: Values): string {
  const assignments = Object.entries(set).map(([column, value]) => `${column} = ${written(value)}`)
  return `update ${table} set ${assignments.join(', ')}${row.id ? ` where id = ${literal(row.id)}` : ''}`
}

// In what are the rows of an invented world collected, before any database knows of them?
import { createHash } from 'node:crypto'
import { plusDays, type Random, randomFrom } from '../../../../db/seed/random.ts'

type Value = string | number | boolean | null | string[] | Record<string, unknown>
export type NewRow = Record<string, Value>

export type Book = {
  random: Random
  /** One after the other in a drawn order, each once before any comes again: so none of them is left to chance where there are turns enough. */
  inTurn: <Item>(of: string, items: readonly Item[]) => Item
  /** Rows by table, in the order in which they were put. */
  rows: Map<string, NewRow[]>
  put: (table: string, row: NewRow) => string
  uuid: () => string
  /** So many days from today in Tallinn, `2026-11-23`. */
  day: (days: number) => string
  /** So many minutes from now. */
  minute: (minutes: number) => string
  /** What the numbers of cases, codes and names are counted by. */
  next: () => number
}

/** A book for the rows of one world; the same seed gives the same world, but for its days. */
export function openBook(seed: number, now = Date.now()): Book {
  const random = randomFrom(seed)
  const rows = new Map<string, NewRow[]>()
  const today = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Tallinn' }).format(now)
  let count = 0
  const next = () => ++count
  const uuid = () => {
    const hex = createHash('sha256').update(`${seed}/${next()}`).digest('hex')
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`
  }
  const bags = new Map<string, unknown[]>()
  const inTurn = <Item>(of: string, items: readonly Item[]): Item => {
    const left = bags.get(of)?.length ? (bags.get(of) as Item[]) : [...items]
    const [item] = left.splice(random.whole(0, left.length - 1), 1)
    bags.set(of, left)
    return item as Item
  }
  const put = (table: string, row: NewRow) => {
    rows.set(table, [...(rows.get(table) ?? []), row])
    return String(row.id ?? '')
  }
  const minute = (minutes: number) => new Date(now + minutes * 60_000).toISOString()
  return { random, inTurn, rows, put, uuid, day: (days) => plusDays(today, days), minute, next }
}

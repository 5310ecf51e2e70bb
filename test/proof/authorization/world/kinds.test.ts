// Has each invented world a row of every kind that any of them has? Where chance draws none, a rule that speaks of it would not be asked at all.
import { expect, test } from 'vitest'
import { seed } from '../../../draws.ts'
import { scale } from '../../record.ts'
import type { NewRow } from './book.ts'
import { invent } from './world.ts'

/** What a rule can ask of a row: how it stands, of what sort it is, and whether something is noted in it. */
const sorts =
  /^(?:kind|state|status|phase|decision|outcome|answer|part|what|role|rung|level|channel|drawn_as|legal_basis|shared|attended)$/
const noted = /_(?:at|on|by|id)$/

const kindsOf = (table: string, row: NewRow): string[] => [
  table,
  ...Object.entries(row).flatMap(([column, value]) => {
    if (sorts.test(column)) return [`${table}: ${column} is ${value}`]
    return noted.test(column) ? [`${table}: ${column} is ${value === null ? 'empty' : 'there'}`] : []
  }),
]

test('what one world has, every world has', { timeout: 120_000 }, () => {
  const worlds = Array.from({ length: scale(10, 60) }, (_, more) => {
    const { book } = invent(seed + more, { people: 2, volunteers: 8, casesEach: 5, oneAuditor: more % 2 === 1 })
    return new Set([...book.rows].flatMap(([table, rows]) => rows.flatMap((row) => kindsOf(table, row))))
  })
  const known = new Set(worlds.flatMap((kinds) => [...kinds]))
  expect(known.size).toBeGreaterThan(500)
  const missing = worlds.flatMap((kinds, more) =>
    [...known].filter((kind) => !kinds.has(kind)).map((kind) => `${seed + more}: ${kind}`),
  )
  expect(missing).toEqual([])
})

// What is a single attempt to write, and how is one drawn from a world?
import { escapeLiteral } from 'pg'
import type { Random } from '../../../../db/seed/random.ts'
import type { Login } from '../rules/cases.ts'
import { caseOf, mayRead } from '../rules/reading.ts'
import { closed, inNetwork, type Rights, walledOff } from '../rules/rights.ts'
import type { Row } from '../world/world.ts'

export type Attempt = {
  table: string
  /** What is tried, for the report: `case_file insert`. */
  name: string
  text: string
  /** The oracle's word. */
  allowed: boolean
  /** Nothing may be reached at all: a refusal by the table would come too late. */
  untouched?: boolean
}

export type Given = {
  rights: Rights
  random: Random
  /** Whoever tries. */
  me: string
  /** The name under which it is written: mostly one's own. */
  signed: string
  honest: boolean
}
/** Draws one attempt, or none where the world has no row for it. */
export type Draw = (given: Given) => Attempt | null

type Value = string | number | boolean | null | string[]

export function literal(value: Value): string {
  if (value === null) return 'null'
  if (Array.isArray(value)) return `'{${value.join(',')}}'`
  return typeof value === 'string' ? escapeLiteral(value) : String(value)
}

/** A value that the database works out itself. */
export const now = 'now()'
const written = (value: Value) => (value === now ? 'now()' : literal(value))

export function insert(table: string, row: Record<string, Value>, allowed: boolean): Attempt {
  const values = Object.values(row).map(written).join(', ')
  return {
    table,
    name: `${table} insert`,
    text: `insert into ${table} (${Object.keys(row).join(', ')}) values (${values})`,
    allowed,
  }
}

/** Without a role, and with nothing of their own in a table, nobody changes anything there. */
function isStranger({ roles, facts, me }: Rights, table: string): boolean {
  const rows = table === 'substitution_promise' ? facts.rows('substitution') : facts.rows(table)
  const owns = ({ id, person_id, giver_id, taker_id }: Row) => [id, person_id, giver_id, taker_id].includes(me)
  return roles.size === 0 && (me === null || !rows.some(owns))
}

/** Changes one row; what cannot be seen cannot be changed, so its reader must be allowed to see it. */
export function update(given: Given, table: string, row: Row, set: Record<string, Value>, allowed: boolean): Attempt {
  const assignments = Object.entries(set).map(([column, value]) => `${column} = ${written(value)}`)
  const attempt = { table, name: `${table} update`, text: `update ${table} set ${assignments.join(', ')}` }
  // A statement that names no row reads none: what may be seen does not hold it back.
  const blind = isStranger(given.rights, table) && given.random.chance(0.5)
  if (blind) return { ...attempt, allowed: false, untouched: true }
  const seen = mayRead(given.rights, table, row, 'tugivork_write')
  const where = row.id ? ` where id = ${literal(row.id)}` : ''
  return { ...attempt, text: attempt.text + where, allowed: allowed && seen }
}

export const pick = (
  { random, rights }: Given,
  table: string,
  wanted: (row: Row) => boolean = () => true,
): Row | null => {
  const rows = rights.facts.rows(table).filter(wanted)
  return rows.length ? random.pick(rows) : null
}

/** A row that this person reads, as often as there is one: attempts that must fail anyway prove less. */
export function pickSeen(given: Given, table: string, wanted: (row: Row) => boolean = () => true): Row | null {
  const seen = (row: Row) => wanted(row) && mayRead(given.rights, table, row, 'tugivork_write' satisfies Login)
  const behindWall = (row: Row) => wanted(row) && walledOff(given.rights, caseOf(table, row))
  // What is one's own network's and yet not to be seen is what a weaker rule would give first.
  const atHome = (row: Row) => wanted(row) && inNetwork(given.rights, row) && !seen(row)
  const over = (row: Row) => closed(given.rights, caseOf(table, row)) && seen(row)
  const draw = given.random.next()
  const near = [seen, seen, seen, seen, seen, over, over, behindWall, behindWall, atHome, atHome, wanted][
    Math.floor(draw * 12)
  ]
  return pick(given, table, near) ?? pick(given, table, wanted)
}

/** Now and then a case of another network than this row's: what names the case by itself must not take it. */
export const foreign = (given: Given, { network_id }: Row): Row | null =>
  given.random.chance(0.15)
    ? pick(given, 'case_file', (one) => one.network_id !== network_id && one.status === 'open')
    : null

/** A case; behind no wall where `open` asks for one that may be written to. */
export const place = (row: Row) => ({ network_id: row.network_id ?? null, case_id: row.case_id ?? row.id ?? null })
export const open = ({ rights }: Given, caseId: string | null | undefined) => !walledOff(rights, caseId)

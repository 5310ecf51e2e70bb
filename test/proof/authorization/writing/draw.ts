// What is a single attempt to write, and how is one drawn from a world?
import type { Random } from '../../../../db/seed/random.ts'
import { keptFrom } from '../rules/invited.ts'
import { caseOf, mayRead } from '../rules/reading.ts'
import { closed, inNetwork, type Rights, walledOff } from '../rules/rights.ts'
import type { Row } from '../world/world.ts'
import { sees } from './seen.ts'
import { atAnotherMoment, begun, changed, doneBefore } from './spoiled.ts'
import { change, insertion, literal, now, type Values } from './statements.ts'

export type Attempt = {
  table: string
  /** What is tried, for the report: `case_file insert`. */
  name: string
  text: string
  /** The oracle's word. */
  allowed: boolean
  /** Nothing may be reached at all: a refusal by the table would come too late. */
  untouched?: boolean
  /** The same with one thing about it that is refused to everybody: where it is allowed, these are tried as well. */
  spoiled?: (today: string) => string[]
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

export { literal, now }

export function insert(table: string, row: Values, allowed: boolean): Attempt {
  const spoiled = (today: string) => begun(table, row, today).map((one) => insertion(table, one))
  return { table, name: `${table} insert`, text: insertion(table, row), allowed, spoiled }
}

/** The same with a time that the database works out. */
export function until(attempt: Attempt, time: string): Attempt {
  const worded = (text: string) => text.replace(`'@until'`, time)
  return { ...attempt, text: worded(attempt.text), spoiled: (today) => (attempt.spoiled?.(today) ?? []).map(worded) }
}

/** The same in the transaction in which that was done. */
export function after(before: string, attempt: Attempt): Attempt {
  const worded = (text: string) => `${before}; ${text}`
  return { ...attempt, text: worded(attempt.text), spoiled: (today) => (attempt.spoiled?.(today) ?? []).map(worded) }
}

/** Without a role, and with nothing of their own in a table, nobody changes anything there. */
function isStranger({ roles, facts, me }: Rights, table: string): boolean {
  const rows = table === 'substitution_promise' ? facts.rows('substitution') : facts.rows(table)
  const owns = ({ id, person_id, giver_id, taker_id }: Row) => [id, person_id, giver_id, taker_id].includes(me)
  return roles.size === 0 && (me === null || !rows.some(owns))
}

/** Changes one row; what cannot be seen cannot be changed, so its reader must be allowed to see it; and what was noted once stays as it was noted. */
export function update(given: Given, table: string, row: Row, set: Values, allowed: boolean): Attempt {
  const about = { table, name: `${table} update` }
  // A statement that names no row reads none: what may be seen does not hold it back.
  const blind = isStranger(given.rights, table) && given.random.chance(0.5)
  if (blind) return { ...about, text: change(table, {}, set), allowed: false, untouched: true }
  const seen = mayRead(given.rights, table, row, 'tugivork_write')
  const again = Object.keys(set).some((column) => set[column] === now && row[column])
  const spoiled = () => [
    ...[...atAnotherMoment(table, set), ...changed(table, set, given)].map((other) => change(table, row, other)),
    ...doneBefore(given.rights.facts, table, row, set).map((one) => change(table, one, set)),
  ]
  return { ...about, text: change(table, row, set), allowed: allowed && seen && !again, spoiled }
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
  const seen = (row: Row) => wanted(row) && sees(given.rights, table, row)
  const behindWall = (row: Row) => wanted(row) && walledOff(given.rights, caseOf(table, row))
  // What is one's own network's and yet not to be seen, or by another office alone, is what a weaker rule would give first.
  const atHome = (row: Row) =>
    wanted(row) && inNetwork(given.rights, row) && (!seen(row) || keptFrom(given.rights, caseOf(table, row)))
  const over = (row: Row) => closed(given.rights, caseOf(table, row)) && seen(row)
  const draw = given.random.next()
  const near = [seen, seen, seen, seen, seen, over, over, behindWall, behindWall, atHome, atHome, wanted][
    Math.floor(draw * 12)
  ]
  return pick(given, table, near) ?? pick(given, table, wanted)
}

/** Now and then a case of another network than this row's, my own before others: what names the case by itself must not take it. */
export function foreign(given: Given, { network_id }: Row): Row | null {
  const elsewhere = (one: Row) => one.network_id !== network_id && one.status === 'open'
  return given.random.chance(0.15)
    ? (pick(given, 'case_file', (one) => elsewhere(one) && inNetwork(given.rights, one)) ??
        pick(given, 'case_file', elsewhere))
    : null
}

/** A case; behind no wall where `open` asks for one that may be written to. */
export const place = (row: Row) => ({ network_id: row.network_id ?? null, case_id: row.case_id ?? row.id ?? null })
export const open = ({ rights }: Given, caseId: string | null | undefined) => !walledOff(rights, caseId)

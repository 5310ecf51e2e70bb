// May somebody ask another network to take a case over, and give an action to somebody else? Decision 28: the lead of the network that has it.
import { agencyOf } from '../../rules/meetings.ts'
import { closed, leads, unfounded } from '../../rules/rights.ts'
import type { Row } from '../../world/world.ts'
import { type Draw, type Given, insert, open, pick, pickSeen, place, update } from '../draw.ts'

/** Assessed, and not asked for already. */
function ready({ rights }: Given, of: Row): boolean {
  const levels = rights.facts.rows('assessment').filter((row) => row.case_id === of.id && row.state !== 'draft')
  return of.status === 'open' && !unfounded(rights, of.id) && levels.some((row) => !row.superseded_at)
}

const ask: Draw = (given) => {
  const { rights } = given
  const asked = new Set(
    rights.facts.rows('case_transfer').flatMap((row) => (row.state === 'open' ? [row.case_id] : [])),
  )
  const free = (row: Row) => !asked.has(row.id ?? null)
  const mine = (row: Row) => free(row) && leads(rights, row) && ready(given, row)
  const of = (given.random.chance(0.6) ? pick(given, 'case_file', mine) : null) ?? pickSeen(given, 'case_file', free)
  const to = pick(given, 'network', (row) => row.id !== of?.network_id)
  if (!of || !to) return null
  const words = { ground_sealed: '\\x01', words_sealed: '\\x01', why_sealed: '\\x01' }
  const row = { ...place(of), to_network_id: to.id ?? '', reason: 'area', urgent: true, ground: 'law', ...words }
  const allowed = leads(rights, of) && ready(given, of) && to.status === 'active' && open(given, of.id)
  return insert('case_transfer', { ...row, opened_by: given.signed }, allowed && given.honest)
}

const hand: Draw = (given) => {
  const { rights } = given
  const row = pickSeen(given, 'case_action', ({ state }) => state === 'open')
  const here = (role: Row) => role.network_id === row?.network_id
  const owner = given.random.chance(0.8) ? pick(given, 'person_role', here)?.person_id : pick(given, 'person')?.id
  if (!row || !owner) return null
  const agency = agencyOf(rights.facts, row.network_id, owner)
  const said = given.random.chance(0.8) ? (agency ?? 'police') : 'health'
  const alive = open(given, row.case_id) && !closed(rights, row.case_id)
  const allowed = leads(rights, row) && alive && agency !== null && said === agency
  return update(given, 'case_action', row, { owner_id: owner, agency: said }, allowed)
}

export const transferDraws: Draw[] = [ask, hand]

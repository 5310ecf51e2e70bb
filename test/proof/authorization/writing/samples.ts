// May somebody answer about an entry that was drawn, put it before the next talk, or change what is asked? Decision 42.
import { guidesRow, has } from '../rules/rights.ts'
import { knowsRound, mine } from '../rules/supervision.ts'
import type { Row } from '../world/world.ts'
import { type Draw, type Given, insert, pick, pickSeen, place } from './draw.ts'

/** Of those whom one guides, never one's own, while the case is open to her. */
const guides = ({ rights }: Given, row: Row) =>
  guidesRow(rights, row) && !mine(rights, row) && rights.supervised.has(row.case_id ?? '')

const roundOf = ({ rights }: Given, row: Row) => rights.facts.one('sample_round', row.round_id)
/** It was drawn, in a round that runs and of which one may know. */
function waits(given: Given, row: Row): boolean {
  const round = roundOf(given, row)
  return row.drawn_as !== null && round !== undefined && !round.ended_at && knowsRound(given.rights, round)
}

const answer: Draw = (given) => {
  const known = new Set(given.rights.facts.rows('sample_look').map((row) => row.entry_id))
  const free = (row: Row) => !known.has(row.id ?? null)
  const of =
    (given.random.chance(0.6)
      ? pick(given, 'sample_entry', (row) => free(row) && guides(given, row) && waits(given, row))
      : null) ?? pickSeen(given, 'sample_entry', free)
  if (!of) return null
  const row = { ...place(of), entry_id: of.id ?? '', volunteer_id: of.volunteer_id ?? '', answers: ['yes'] }
  return insert(
    'sample_look',
    { ...row, looked_by: given.signed },
    given.honest && guides(given, of) && waits(given, of),
  )
}

/** What was looked at is put before the next talk; also when the round is over. */
const speak: Draw = (given) => {
  const known = new Set(given.rights.facts.rows('sample_topic').map((row) => row.entry_id))
  const looked = new Set(given.rights.facts.rows('sample_look').map((row) => row.entry_id))
  const free = (row: Row) => !known.has(row.id ?? null)
  const of =
    (given.random.chance(0.6)
      ? pick(given, 'sample_entry', (row) => free(row) && looked.has(row.id ?? null) && guides(given, row))
      : null) ?? pickSeen(given, 'sample_entry', free)
  if (!of) return null
  const row = { ...place(of), entry_id: of.id ?? '', volunteer_id: of.volunteer_id ?? '', put_by: given.signed }
  return insert('sample_topic', row, given.honest && looked.has(of.id ?? null) && guides(given, of))
}

const questions: Draw = (given) => {
  const row = { version: given.random.whole(1000, 1e9), questions: '["x"]', created_by: given.signed }
  return insert('sample_checklist', row, has(given.rights, 'coordinator') && given.honest)
}

export const sampleDraws: Draw[] = [answer, speak, questions]

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

/** Now and then it is said of somebody else whom one guides. */
const another = (given: Given, of: Row) =>
  (given.random.chance(0.15)
    ? pick(given, 'volunteer', ({ id }) => given.rights.supervisees.has(id ?? '') && id !== of.volunteer_id)?.id
    : null) ??
  of.volunteer_id ??
  ''
/** Of whom but one half is so: one guides her, and not in that case; or it is open to her by another. */
const half = (given: Given, row: Row) =>
  guidesRow(given.rights, row) !== given.rights.supervised.has(row.case_id ?? '') && !mine(given.rights, row)
/** Somebody guided herself, from before nobody could. */
const herself = ({ rights }: Given, row: Row) => mine(rights, row) && rights.supervised.has(row.case_id ?? '')

function near(given: Given, wanted: (row: Row) => boolean): Row | null {
  const first = given.random.pick([guides, guides, guides, half, herself, null])
  return first && pick(given, 'sample_entry', (row) => wanted(row) && first(given, row))
}

const answer: Draw = (given) => {
  const known = new Set(given.rights.facts.rows('sample_look').map((row) => row.entry_id))
  const free = (row: Row) => !known.has(row.id ?? null)
  const of = near(given, (row) => free(row) && waits(given, row)) ?? pickSeen(given, 'sample_entry', free)
  if (!of) return null
  const who = another(given, of)
  const row = { ...place(of), entry_id: of.id ?? '', volunteer_id: who, answers: ['yes'] }
  const meant = guides(given, of) && waits(given, of) && who === of.volunteer_id
  return insert('sample_look', { ...row, looked_by: given.signed }, given.honest && meant)
}

/** What was looked at is put before the next talk; also when the round is over. */
const speak: Draw = (given) => {
  const known = new Set(given.rights.facts.rows('sample_topic').map((row) => row.entry_id))
  const looked = new Set(given.rights.facts.rows('sample_look').map((row) => row.entry_id))
  const free = (row: Row) => !known.has(row.id ?? null)
  const of = near(given, (row) => free(row) && looked.has(row.id ?? null)) ?? pickSeen(given, 'sample_entry', free)
  if (!of) return null
  const who = another(given, of)
  const row = { ...place(of), entry_id: of.id ?? '', volunteer_id: who, put_by: given.signed }
  const meant = looked.has(of.id ?? null) && guides(given, of) && who === of.volunteer_id
  return insert('sample_topic', row, given.honest && meant)
}

const questions: Draw = (given) => {
  const row = { version: given.random.whole(1000, 1e9), questions: '["x"]', created_by: given.signed }
  return insert('sample_checklist', row, has(given.rights, 'coordinator') && given.honest)
}

export const sampleDraws: Draw[] = [answer, speak, questions]

// May somebody make a paper, keep its signed copy, take either back, or change a wording? The access table: the coordinator, in her own name.
import { has } from '../rules/rights.ts'
import { type Draw, type Given, insert, now, pickSeen, update } from './draw.ts'

const coordinates = ({ rights }: Given) => has(rights, 'coordinator')

const wording: Draw = (given) => {
  const words = '{"et": "x", "en": "x", "ru": "x"}'
  const row = { kind: 'pledge', version: given.random.whole(1000, 1e9), from_on: '2026-12-01', words }
  return insert('paper_template', { ...row, created_by: given.signed }, coordinates(given) && given.honest)
}

const make: Draw = (given) => {
  const of = pickSeen(given, 'volunteer')
  if (!of) return null
  const row = { volunteer_id: of.id ?? '', kind: 'pledge', template: 101, locale: 'et', made_on: '2026-11-20' }
  return insert('paper', { ...row, facts_sealed: '\\x01', made_by: given.signed }, coordinates(given) && given.honest)
}

/** A copy is of a paper that still counts, and of which there is none yet. */
const sign: Draw = (given) => {
  const copied = new Set(
    given.rights.facts.rows('paper_signed').flatMap((row) => (row.superseded_at ? [] : [row.paper_id])),
  )
  const paper = pickSeen(given, 'paper', ({ id }) => !copied.has(id ?? ''))
  if (!paper) return null
  const row = {
    paper_id: paper.id ?? '',
    volunteer_id: paper.volunteer_id ?? '',
    form: 'seen',
    signed_on: '2026-11-20',
  }
  const allowed = coordinates(given) && given.honest && !paper.superseded_at
  return insert('paper_signed', { ...row, recorded_by: given.signed }, allowed)
}

const drop =
  (table: 'paper' | 'paper_signed'): Draw =>
  (given) => {
    const row = pickSeen(given, table)
    const set = { superseded_at: now, superseded_reason: 'viga' }
    return row && update(given, table, row, set, coordinates(given) && !row.superseded_at)
  }

const exit: Draw = (given) => {
  const of = pickSeen(given, 'volunteer')
  if (!of) return null
  const row = { volunteer_id: of.id ?? '', held_on: '2026-11-02', back: 'no', answers_sealed: '\\x01' }
  return insert('exit_talk', { ...row, recorded_by: given.signed }, coordinates(given) && given.honest)
}

export const paperDraws: Draw[] = [exit, wording, make, sign, drop('paper'), drop('paper_signed')]

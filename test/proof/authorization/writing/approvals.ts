// May somebody ask that a plan be approved, or answer? `case.plan.ask`, `case.plan.answer`: anybody of the network; whoever chairs or leads, and not who asked.
import { chairOf } from '../rules/meetings.ts'
import { closed, leads, sharesCase } from '../rules/rights.ts'
import type { Row } from '../world/world.ts'
import { type Draw, type Given, insert, now, open, pick, pickSeen, place, update } from './draw.ts'

const current = (row: Row) => row.superseded_at === null

/** Every risk that was ticked last, the adults in danger and the one who used violence have an answer; in this world no child is counted. */
function whole({ rights }: Given, of: Row): boolean {
  const rows = (table: string) => rights.facts.rows(table).filter((row) => row.case_id === of.id)
  const answers = rows('risk_answer').filter(current)
  const last = rows('assessment').find((row) => row.state === 'final' && current(row))
  const asked = [
    ...Array.from({ length: Number(last?.yes_count ?? 0) }, (_, at) => ['risk', String(at + 1)] as const),
    ...rows('case_person')
      .filter((row) => row.kind === 'adult' && current(row))
      .map((row) => ['adult', row.adult_nth ?? ''] as const),
    ['perpetrator', '1'] as const,
  ]
  return asked.every(([kind, nth]) => answers.some((row) => row.kind === kind && row.nth === nth))
}

const ask: Draw = (given) => {
  const waits = given.rights.facts.rows('plan_approval').filter(({ answer }) => !answer)
  const free = (row: Row) => !waits.some(({ case_id }) => case_id === row.id)
  const ready = (row: Row) => free(row) && whole(given, row)
  const of = pickSeen(given, 'case_file', given.random.chance(0.8) ? ready : free)
  if (!of) return null
  const keeps = sharesCase(given.rights, of) && open(given, of.id) && !closed(given.rights, of.id)
  return insert('plan_approval', { ...place(of), asked_by: given.signed }, keeps && ready(of) && given.honest)
}

/** Whoever chairs or leads, and not the one who asked. */
const mayAnswer = ({ rights }: Given, row: Row) =>
  sharesCase(rights, row) &&
  (leads(rights, row) || chairOf(rights.facts, row.network_id) === rights.me) &&
  row.asked_by !== rights.me

const answer: Draw = (given) => {
  const waits = (row: Row) => row.answer === null
  const mine = (row: Row) => waits(row) && mayAnswer(given, row)
  const row =
    (given.random.chance(0.5) ? pick(given, 'plan_approval', mine) : null) ?? pickSeen(given, 'plan_approval', waits)
  if (!row) return null
  const alive = open(given, row.case_id) && !closed(given.rights, row.case_id)
  const set = { answer: 'approved', answered_by: given.signed, answered_at: now }
  return update(given, 'plan_approval', row, set, mayAnswer(given, row) && alive && given.honest)
}

export const approvalDraws: Draw[] = [ask, answer]

// May it be written how she may be reached, and may a contact be planned and taken back? Who brought the case, who leads, who helps.
import { closed, leads, runs, sharesCase, unfounded } from '../../rules/rights.ts'
import type { Row } from '../../world/world.ts'
import { type Draw, type Given, insert, now, open, pick, pickSeen, place, update } from '../draw.ts'

const writes = (given: Given, row: Row) => {
  const id = row.case_id ?? row.id
  return sharesCase(given.rights, row) && open(given, id) && !closed(given.rights, id)
}
/** The lead, and the one who brought the case; her own plan whoever of the network has gone through it with her. */
const says = (given: Given, row: Row, part: string | null = row.part ?? null) => {
  const file = given.rights.facts.one('case_file', row.case_id ?? row.id)
  const own = part === 'plan' || part === 'told'
  return writes(given, row) && (own || leads(given.rights, row) || file?.created_by === given.me)
}

/** Closed, she is still reached by the lead, as long as somebody has to ask how she is. */
const reached = ({ rights }: Given, row: Row, id: string): boolean =>
  !closed(rights, id) ||
  (leads(rights, row) &&
    rights.facts.rows('case_task').some((one) => one.case_id === id && one.kind === 'follow-up' && !one.done_at))

const said: Draw = (given) => {
  const part = given.random.pick(['rules', 'people', 'plan', 'told'])
  const there = given.rights.facts.rows('safe_contact').filter((one) => one.part === part && !one.superseded_at)
  const without = (row: Row) => !there.some((one) => one.case_id === row.id)
  const of = pickSeen(given, 'case_file', without)
  if (!of) return null
  const row = { ...place(of), part, words_sealed: '\\x01' }
  return insert('safe_contact', { ...row, recorded_by: given.signed }, says(given, of, part) && given.honest)
}

const setAside: Draw = (given) => {
  const row = pickSeen(given, 'safe_contact', ({ superseded_at }) => superseded_at === null)
  return row && update(given, 'safe_contact', row, { superseded_at: now }, says(given, row))
}

const plan: Draw = (given) => {
  const of = pickSeen(given, 'case_file')
  if (!of) return null
  // What a support person plans she plans herself.
  const others = (row: Row) => row.case_id === of.id && row.volunteer_id !== given.rights.volunteer
  const under = given.random.chance(0.15) ? pick(given, 'assignment', others) : null
  const words = { channel: 'call', on_date: '2026-12-24', assignment_id: under?.id ?? null }
  const may = sharesCase(given.rights, of) && open(given, of.id) && reached(given, of, of.id ?? '') && !under
  return insert('contact_plan', { ...place(of), ...words, recorded_by: given.signed }, may && given.honest)
}

/** Under her assignment, while it runs; never through somebody else. */
const planOfHelper: Draw = (given) => {
  const { rights } = given
  const mine = (row: Row) => rights.volunteer !== null && row.volunteer_id === rights.volunteer
  // … nor under the support of another in a case in which she helps.
  const beside = (row: Row) => rights.supported.has(row.case_id ?? '') && !(mine(row) && runs(rights.facts, row))
  const near = given.random.pick([mine, mine, mine, beside, null])
  const of = (near && pick(given, 'assignment', near)) ?? pick(given, 'assignment')
  if (!of) return null
  const id = of.case_id ?? ''
  const through = given.random.chance(0.2)
  const words = { channel: through ? 'through' : 'call', person_sealed: through ? '\\x01' : null }
  const row = { ...place(of), assignment_id: of.id ?? '', ...words, on_date: '2026-12-24', recorded_by: given.signed }
  const helps = mine(of) && runs(rights.facts, of) && rights.supported.has(id)
  const written = open(given, id) && !closed(rights, id) && (!unfounded(rights, id) || leads(rights, of))
  return insert('contact_plan', row, helps && !through && written && given.honest)
}

const takeBack: Draw = (given) => {
  const row = pickSeen(given, 'contact_plan', ({ withdrawn_at }) => withdrawn_at === null)
  if (!row) return null
  const { rights } = given
  const id = row.case_id ?? ''
  const helps = row.assignment_id !== null && rights.supported.has(id)
  const own = row.recorded_by === rights.me && (sharesCase(rights, row) || helps)
  const allowed = (leads(rights, row) || own) && open(given, id) && reached(given, row, id)
  return update(given, 'contact_plan', row, { withdrawn_at: now, withdrawn_by: given.signed }, allowed && given.honest)
}

export const contactDraws: Draw[] = [said, said, setAside, plan, planOfHelper, planOfHelper, takeBack, takeBack]

// May somebody claim what was paid, take it back, or decide on it? The access table: each her own, and the coordinator on everybody's but her own.
import { mayRead } from '../rules/reading.ts'
import { has } from '../rules/rights.ts'
import type { Row } from '../world/world.ts'
import { after, type Draw, type Given, insert, now, pick, pickSeen, update } from './draw.ts'

const mine = ({ rights }: Given, row: Row) => rights.volunteer !== null && row.volunteer_id === rights.volunteer
const waits = (row: Row) => !row.decision && !row.withdrawn_at
const id = '00000000-0000-4000-8000-0000000c0001'

const ofHers = (given: Given) => {
  const own = given.random.chance(0.6) ? pick(given, 'volunteer', (row) => row.id === given.rights.volunteer) : null
  return own ?? pickSeen(given, 'volunteer')
}
const claimOf = (volunteer: string, by: string) => ({
  ...{ id, volunteer_id: volunteer, kind: 'parking', on_date: '2026-11-02', cents: 250, words_sealed: '\\x01' },
  ...{ receipt_form: 'jpg', receipt_sealed: '\\x01', sent_by: by },
})
const claim: Draw = (given) => {
  const of = ofHers(given)
  if (!of) return null
  // For a support that she is in, or for none.
  const own = (row: Row) => row.volunteer_id === of.id
  const support = given.random.chance(0.4)
    ? pick(given, 'assignment', given.random.chance(0.6) ? own : undefined)
    : null
  const row = { ...claimOf(of.id ?? '', given.signed), assignment_id: support?.id ?? null }
  const seen = support === null || (own(support) && mayRead(given.rights, 'assignment', support, 'tugivork_write'))
  const hers = of.id === given.rights.volunteer && seen
  return insert('expense', row, hers && given.honest)
}

/** The key comes with the claim; to one that is there already nobody adds another. */
const key: Draw = (given) => {
  const of = ofHers(given)
  if (!of) return null
  const row = { kind: 'expense', owner_id: id, master_id: 'm', wrapped: '\\x01' }
  const added = insert('sealed_key', row, of.id === given.rights.volunteer && given.honest)
  const { text } = insert('expense', claimOf(of.id ?? '', given.signed), false)
  return after(text, added)
}

/** … and of what was claimed before there is none to come. */
const lateKey: Draw = (given) => {
  const keyed = new Set(given.rights.facts.rows('sealed_key').map((row) => row.owner_id))
  const of = pick(
    given,
    'expense',
    (row) => !keyed.has(row.id ?? null) && (mine(given, row) || given.random.chance(0.1)),
  )
  const row = { kind: 'expense', owner_id: of?.id ?? '', master_id: 'm', wrapped: '\\x01' }
  return of && insert('sealed_key', row, false)
}

const withdraw: Draw = (given) => {
  const row =
    (given.random.chance(0.6) ? pick(given, 'expense', (one) => mine(given, one) && waits(one)) : null) ??
    pickSeen(given, 'expense')
  return row && update(given, 'expense', row, { withdrawn_at: now }, mine(given, row) && waits(row))
}

const decide: Draw = (given) => {
  // Whoever claims does not decide, whatever else they are.
  const own = given.random.chance(0.2) ? pick(given, 'expense', (one) => mine(given, one) && waits(one)) : null
  const row = own ?? pickSeen(given, 'expense', given.random.chance(0.7) ? waits : undefined)
  if (!row) return null
  const approves = given.random.chance(0.4)
  const how = approves
    ? { decision: 'approved', reason_sealed: null }
    : { decision: 'returned', reason_sealed: '\\x01' }
  const set = { ...how, decided_by: given.signed, decided_at: now }
  // Her own is her own while she stands in for somebody, too.
  const hers = given.rights.facts.one('volunteer', row.volunteer_id)?.person_id === given.rights.me
  // Decision 17: money is approved in person.
  const may = !approves || given.rights.inPerson
  const allowed = has(given.rights, 'coordinator') && given.honest && waits(row) && !hers && may
  return update(given, 'expense', row, set, allowed)
}

export const expenseDraws: Draw[] = [claim, key, lateKey, withdraw, decide]

// May somebody say that an entry was read, agree on a rhythm, and write or see how somebody is? Decision 29.
import { guidesRow } from '../rules/rights.ts'
import { mine } from '../rules/supervision.ts'
import type { Row } from '../world/world.ts'
import { type Draw, type Given, insert, now, pick, pickSeen, place, update } from './draw.ts'

/** Of those whom one guides, never one's own, while the case is open to her. */
const guides = ({ rights }: Given, row: Row) =>
  rights.supervisees.has(row.volunteer_id ?? '') && !mine(rights, row) && rights.supervised.has(row.case_id ?? '')
/** Of those first, and of those of whom but one half is so. */
const half = ({ rights }: Given, row: Row) =>
  rights.supervisees.has(row.volunteer_id ?? '') !== rights.supervised.has(row.case_id ?? '')
/** Somebody guided herself, from before nobody could. */
const herself = ({ rights }: Given, row: Row) => mine(rights, row) && rights.supervised.has(row.case_id ?? '')
/** Now and then it is said of somebody else whom one guides. */
const another = (given: Given, of: Row) =>
  given.random.chance(0.15)
    ? pick(given, 'volunteer', ({ id }) => given.rights.supervisees.has(id ?? '') && id !== of.volunteer_id)
    : null
const near = (given: Given, table: string, wanted: (row: Row) => boolean) => {
  const first = given.random.pick([guides, guides, guides, half, herself, null])
  return (first && pick(given, table, (row) => wanted(row) && first(given, row))) ?? pickSeen(given, table, wanted)
}

const read: Draw = (given) => {
  const known = new Set(given.rights.facts.rows('visit_reading').map((row) => row.visit_id))
  const of = near(given, 'visit', ({ id }) => !known.has(id ?? null))
  if (!of) return null
  const other = another(given, of)
  const who = other?.id ?? of.volunteer_id ?? ''
  const row = { ...place(of), visit_id: of.id ?? '', volunteer_id: who, read_by: given.signed }
  return insert('visit_reading', row, given.honest && !other && guides(given, of) && guidesRow(given.rights, of))
}
const rhythm: Draw = (given) => {
  const of = near(given, 'assignment', () => true)
  if (!of) return null
  const other = another(given, of)
  const row = {
    ...place(of),
    assignment_id: of.id ?? '',
    volunteer_id: other?.id ?? of.volunteer_id ?? '',
    days: 7,
    set_by: given.signed,
  }
  const allowed = of.status === 'active' && !other && guides(given, of) && guidesRow(given.rights, of)
  return insert('contact_rhythm', row, given.honest && allowed)
}

const write: Draw = (given) => {
  const own = given.random.chance(0.6) ? given.rights.volunteer : null
  const of = own ?? pick(given, 'volunteer')?.id ?? ''
  return insert('wellbeing_checkin', { volunteer_id: of }, given.rights.volunteer === of)
}
const close: Draw = (given) => {
  const closed = given.random.chance(0.2)
  const open = (row: Row) => (row.answers_sealed !== null) === closed
  const row =
    pick(given, 'wellbeing_checkin', (one) => open(one) && mine(given.rights, one)) ??
    pickSeen(given, 'wellbeing_checkin', open)
  const allowed = row !== null && mine(given.rights, row) && !closed
  return row && update(given, 'wellbeing_checkin', row, { answers_sealed: '\\x02' }, allowed)
}
const see: Draw = (given) => {
  const written = given.random.chance(0.8)
  const free = (row: Row) => (row.answers_sealed !== null) === written && row.seen_at === null
  const guided = (row: Row) => given.rights.supervisees.has(row.volunteer_id ?? '') && !mine(given.rights, row)
  const own = (row: Row) => given.rights.supervisees.has(row.volunteer_id ?? '') && mine(given.rights, row)
  const first = given.random.chance(0.2) ? own : guided
  const row =
    pick(given, 'wellbeing_checkin', (one) => free(one) && first(one)) ?? pickSeen(given, 'wellbeing_checkin', free)
  const seen = { seen_by: given.signed, seen_at: now }
  return row && update(given, 'wellbeing_checkin', row, seen, guided(row) && written && given.honest)
}
const key: Draw = (given) => {
  const keyed = new Set(given.rights.facts.rows('sealed_key').map((row) => row.owner_id))
  const free = (row: Row) => !keyed.has(row.id ?? null)
  const of =
    pick(given, 'wellbeing_checkin', (row) => free(row) && mine(given.rights, row)) ??
    pick(given, 'wellbeing_checkin', free)
  const row = { kind: 'checkin', owner_id: of?.id ?? '', master_id: 'm', wrapped: '\\x01' }
  return of && insert('sealed_key', row, mine(given.rights, of))
}

export const entryDraws: Draw[] = [read, rhythm, write, close, see, key]

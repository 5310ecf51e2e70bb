// May a file of the minutes go out, of which cases, and who tells those who hold one? R10, R26.
import { pledged } from '../rules/meetings.ts'
import { has, sharesCase } from '../rules/rights.ts'
import type { Row } from '../world/world.ts'
import { type Draw, insert, open, pick, pickSeen, place } from './draw.ts'

/** A file goes out of the minutes of a meeting at which one promised silence, under one's own name. */
const handOut: Draw = (given) => {
  const of = pickSeen(given, 'meeting')
  if (!of) return null
  const row = { network_id: of.network_id ?? '', meeting_id: of.id ?? '', version: 1, form: 'pdf' }
  const shut = { recipient_sealed: '\\x01', why_sealed: '\\x01', sha256: `\\x${'ab'.repeat(32)}` }
  const allowed = pledged(given.rights, { ...of, meeting_id: of.id ?? null }) && given.honest
  return insert('outgoing_file', { ...row, ...shut, sent_by: given.signed }, allowed)
}
/** … and of which cases something stood in it: of one's own file, and of cases of that network that one sees. */
const handedOut: Draw = (given) => {
  const mine = (row: Row) => row.sent_by === given.me
  const file =
    (given.random.chance(0.7) ? pick(given, 'outgoing_file', mine) : null) ?? pickSeen(given, 'outgoing_file')
  const told = new Set(
    given.rights.facts.rows('outgoing_case').flatMap((row) => (row.file_id === file?.id ? [row.case_id] : [])),
  )
  const free = (row: Row) => !told.has(row.id ?? null)
  const home = (row: Row) => free(row) && row.network_id === file?.network_id
  const of = (given.random.chance(0.7) ? pick(given, 'case_file', home) : null) ?? pickSeen(given, 'case_file', free)
  if (!file || !of) return null
  const own = mine(file) && file.network_id === of.network_id
  const row = { ...place(of), file_id: file.id ?? '' }
  return insert('outgoing_case', row, own && sharesCase(given.rights, of) && open(given, of.id))
}
/** Whoever holds a file that went out is told by the lead, and by nobody else but the coordinator, who writes to anybody. */
const tellHolder: Draw = (given) =>
  insert(
    'mail_outbox',
    { kind: 'mark-changed', to_sealed: '\\x01', locale: 'et' },
    has(given.rights, 'lead', 'coordinator'),
  )

export const outgoingDraws: Draw[] = [handOut, handedOut, tellHolder]

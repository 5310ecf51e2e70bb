// May a file of the minutes go out, of which cases, who tells those who hold one, and who says until when a part is closed? R10, R26.
import { pledged } from '../rules/meetings.ts'
import { given as gone, has, leads, sharesCase } from '../rules/rights.ts'
import type { Row } from '../world/world.ts'
import { type Draw, foreign, type Given, insert, now, open, pick, pickSeen, place, update } from './draw.ts'

const isCurrent = (row: Row) => row.superseded_at === null

/** From when the mark of an annex is counted: the lead who reads the minutes, once at a time. */
const markAnnex: Draw = (given) => {
  const { rows } = given.rights.facts
  const told = rows('annex_mark').filter(isCurrent)
  const free = (item: Row) => !told.some((one) => one.meeting_id === item.meeting_id && one.case_id === item.case_id)
  const written = (item: Row) => rows('minutes').some(({ meeting_id }) => meeting_id === item.meeting_id)
  const near = (item: Row) => free(item) && written(item) && leads(given.rights, item)
  const of =
    (given.random.chance(0.5) ? pick(given, 'agenda_item', near) : null) ?? pickSeen(given, 'agenda_item', free)
  if (!of) return null
  const other = foreign(given, of) ?? unlisted(given, of)
  const there = written(of)
  const mine = leads(given.rights, of) && pledged(given.rights, of) && sharesCase(given.rights, of)
  const alive = open(given, of.case_id) && !gone(given.rights, of.case_id) && of.removed_at === null
  // Whoever is of both networks sees at the meeting of one a case that is the other's by now.
  const home = given.rights.facts.one('case_file', of.case_id)?.network_id === of.network_id
  const row = {
    network_id: of.network_id ?? '',
    case_id: other?.id ?? of.case_id ?? '',
    meeting_id: of.meeting_id ?? '',
  }
  const said = { ground: 'death', from_sealed: '\\x01', recorded_by: given.signed }
  return insert('annex_mark', { ...row, ...said }, mine && there && alive && home && other === null && given.honest)
}
/** Now and then a case of the same network of which that meeting did not speak. */
function unlisted(given: Given, of: Row): Row | null {
  const listed = given.rights.facts.rows('agenda_item').filter(({ meeting_id }) => meeting_id === of.meeting_id)
  const free = (row: Row) => row.network_id === of.network_id && !listed.some(({ case_id }) => case_id === row.id)
  return given.random.chance(0.15) ? pick(given, 'case_file', free) : null
}
const unmarkAnnex: Draw = (given) => {
  const mine = (row: Row) => leads(given.rights, row) && pledged(given.rights, row) && open(given, row.case_id)
  const own = (row: Row) => isCurrent(row) && mine(row)
  const row =
    (given.random.chance(0.7) ? pick(given, 'annex_mark', own) : null) ?? pickSeen(given, 'annex_mark', isCurrent)
  return row && update(given, 'annex_mark', row, { superseded_at: now }, mine(row))
}

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

export const outgoingDraws: Draw[] = [handOut, handedOut, tellHolder, markAnnex, unmarkAnnex]

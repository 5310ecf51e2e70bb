// Which files went out of which minutes, of which cases did something stand in them, and until when are those parts closed?
import type { Book } from './book.ts'
import type { Case } from './cases.ts'
import type { People } from './people.ts'

/** By some of those who promised silence at a meeting that was held; a case that has moved since takes along that something of it went out. */
export function putOutgoing(book: Book, people: People, cases: Case[]): void {
  const by = people.ids.lead0
  for (const { network_id, case_id, meeting_id } of (book.rows.get('agenda_item') ?? []).filter(
    ({ outcome }) => outcome,
  ))
    if (book.random.chance(0.7)) {
      const mark = { ground: 'birth', years: 110, from_sealed: '\\x01', recorded_by: String(by) }
      const of = { network_id: String(network_id), case_id: String(case_id), meeting_id: String(meeting_id) }
      book.put('annex_mark', {
        ...of,
        id: book.uuid(),
        ...mark,
        superseded_at: book.random.chance(0.2) ? book.minute(-3) : null,
      })
    }
  const held = new Set((book.rows.get('meeting') ?? []).filter(({ phase }) => phase === 'held').map(({ id }) => id))
  const promises = (book.rows.get('meeting_pledge') ?? []).filter(({ meeting_id }) => held.has(meeting_id))
  const closed = { recipient_sealed: '\\x01', why_sealed: '\\x01', sha256: `\\x${'cd'.repeat(32)}` }
  for (const { network_id, meeting_id, person_id } of promises.filter(() => book.random.chance(0.5))) {
    const file_id = book.uuid()
    const file = { network_id: String(network_id), id: file_id, meeting_id: String(meeting_id) }
    book.put('outgoing_file', { ...file, version: 1, form: 'docx', ...closed, sent_by: String(person_id) })
    for (const one of cases.filter((one) => book.random.chance(one.networkId === network_id ? 0.4 : 0.05)))
      book.put('outgoing_case', { network_id: one.networkId, case_id: one.id, id: book.uuid(), file_id })
  }
}

// Which files went out of which minutes, and of which cases did something stand in them?
import type { Book } from './book.ts'
import type { Case } from './cases.ts'

/** By some of those who promised silence at a meeting that was held; a case that has moved since takes along that something of it went out. */
export function putOutgoing(book: Book, cases: Case[]): void {
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

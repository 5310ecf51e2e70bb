// What had been said in the invented world before, and was set aside?
import { randomFrom } from '../../../../db/seed/random.ts'
import type { Book } from './book.ts'

const once = ['research', 'victim_view', 'case_decision', 'risk_answer', 'meeting_attendance', 'annex_mark']

/** Every second thing or so was said differently once. After the meetings and the plans are there. */
export function putSetAside(book: Book): void {
  // By a chance of its own, so that the rest of the world is the one it was.
  const random = randomFrom(47)
  const before = { superseded_at: book.minute(-40) }
  for (const table of once)
    for (const row of (book.rows.get(table) ?? []).filter(() => random.chance(0.5)))
      book.put(table, { ...row, id: book.uuid(), ...before })
  // Everybody has spoken for somebody else first, for victim support too.
  for (const row of book.rows.get('agency_seat') ?? [])
    for (const agency of ['victim_support', 'health'].filter((one) => one !== row.agency))
      book.put('agency_seat', { ...row, id: book.uuid(), agency, ...before })
}

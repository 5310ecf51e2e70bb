// Which values were set, and which wait for a second person?
import type { Book } from './book.ts'
import { looksADay } from './looks.ts'
import type { People } from './people.ts'

export function putSettings(book: Book, people: People): void {
  book.put('setting', { name: 'naidis', valid_from: '2026-01-01', value: {}, note: 'x' })
  book.put('setting', { name: 'watchDenials', valid_from: '2026-01-01', value: 5, note: 'x' })
  // A brake that has been drawn tighter than it was: looser again takes two.
  book.put('setting', { name: 'revealsPerDay', valid_from: '2026-01-01', value: looksADay, note: 'x' })
  // What will be set one day does not hold yet.
  for (const [name, value] of [
    ['revealsPerDay', 50],
    ['supervisionWeeks', 1],
    ['flagMonths', 1],
    ['planSelfApproval', 'yes'],
  ] as const)
    book.put('setting', { name, valid_from: '2032-01-01', value, note: 'x' })
  for (const [asker, value] of [
    ['coordinator1', 8],
    ['admin1', 9],
  ] as const)
    book.put('setting_asked', {
      ...{ id: book.uuid(), name: 'revealsPerDay', value, valid_from: book.day(1), note: 'x' },
      ...{ asked_by: people.ids[asker] ?? '', expires_at: book.minute(5_000) },
      ...{ decision: null, decided_by: null, decided_at: null, decision_reason: null },
    })
}

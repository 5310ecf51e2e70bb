// What was counted of the whole country, and by what is it measured?
import type { Book } from './book.ts'
import type { People } from './people.ts'

/** Of two half-years it was told whom the help reached, of one of them from where they came. */
export function putCounted(book: Book, people: People): void {
  const half = { from_on: '2025-07-01', to_on: '2025-12-31', threshold: 5, figures: {} }
  for (const table of ['reach_half', 'capacity_half']) book.put(table, half)
  book.put('reach_half', { ...half, from_on: '2025-01-01', to_on: '2025-06-30' })
  const fact = { id: book.uuid(), what: 'women', county_code: '0045', hundredths: 100, valid_from: '2026-01-01' }
  book.put('capacity_fact', { ...fact, source: 'x', set_by: people.ids.coordinator1 ?? '' })
}

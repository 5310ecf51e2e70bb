// What ties those who help to a case in the invented world, as far as anybody knows of it?
import type { Book, NewRow } from './book.ts'
import type { People } from './people.ts'
import type { Volunteer } from './volunteers.ts'

export function putTie(book: Book, people: People, volunteers: Volunteer[], of: NewRow): void {
  const { id: volunteer_id, personId } = book.random.pick(volunteers)
  const recorded_by = personId ?? people.ids.coordinator1 ?? ''
  book.put('volunteer_tie', {
    id: book.uuid(),
    volunteer_id,
    municipality_code: null,
    case_id: of.case_id ?? null,
    reason: 'x',
    recorded_by,
  })
}

/** Something told for the comparison, met by somebody, asked about and answered. */
export function putLink(book: Book, people: People, volunteers: Volunteer[], of: NewRow): void {
  const recorded_by = people.ids.lead0 ?? ''
  const fact = { ...of, id: book.uuid(), about: 'perpetratorKin', kind: 'phone', recorded_by }
  const item_id = book.put('case_link_fact', fact)
  const met = { about: fact.about, class: 'phone' }
  book.put('case_link_key', { ...of, ...met, id: book.uuid(), item_id, key_index: null })
  const volunteer_id = book.random.pick(volunteers).id
  const pair_id = book.put('conflict_pair', { ...of, id: book.uuid(), volunteer_id })
  book.put('conflict_link', { ...of, ...met, id: book.uuid(), pair_id, item_id })
  book.put('conflict_word', { ...of, id: book.uuid(), pair_id, kind: 'asked', recorded_by, reason_sealed: null })
}

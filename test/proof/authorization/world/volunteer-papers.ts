// Which papers were made with the volunteers of the invented world, and of which is there a signed copy?
import type { Book } from './book.ts'
import type { People } from './people.ts'
import type { Volunteer } from './volunteers.ts'

/** Three messages that went to everybody who can read them; half of them have. */
export function putMessages(book: Book, people: People, volunteers: Volunteer[]): void {
  const sent_by = people.ids.coordinator1 ?? ''
  const words = { et: { title: 'x', body: 'x' } }
  const template = { template: book.uuid(), version: 1, name: 'Näidis', words, created_by: sent_by }
  book.put('message_template', template)
  for (const version of [101, 102])
    book.put('material', { situation: 'silence', version, words, changed: 'x', created_by: sent_by })
  for (const status of ['active', 'paused', 'all']) {
    const message_id = book.uuid()
    book.put('message', { id: message_id, status, words, sent_by, sent_at: book.minute(-600) })
    for (const { id: volunteer_id, personId } of volunteers) {
      // The last one did not go to everybody who is there by now.
      if (!personId || (status === 'all' && book.inTurn('copy', [true, false, false]))) continue
      book.put('message_copy', { message_id, volunteer_id, locale: 'et', title: 'x', body: 'x', sent_by })
      if (book.random.chance(0.5)) book.put('message_read', { message_id, volunteer_id })
    }
  }
}

/** Of everybody one that was signed, one that waits, and sometimes one that was taken back. */
export function putVolunteerPapers(book: Book, people: People, volunteers: Volunteer[]): void {
  const by = people.ids.coordinator1 ?? ''
  const words = { et: 'x', en: 'x', ru: 'x' }
  for (const version of [101, 102])
    book.put('paper_template', { kind: 'pledge', version, from_on: '2026-02-01', words, created_by: by })
  for (const { id } of volunteers.slice(0, 12)) {
    const talk = { id: book.uuid(), volunteer_id: id, held_on: '2026-11-02', back: 'maybe', answers_sealed: '\\x01' }
    book.put('exit_talk', { ...talk, recorded_by: by })
  }
  for (const { id } of volunteers)
    for (const state of ['signed', 'waits', ...(book.random.chance(0.5) ? ['dropped'] : [])]) {
      const paper_id = book.uuid()
      const over = { superseded_at: book.minute(-60), superseded_reason: 'viga' }
      const gone = state === 'dropped' ? over : { superseded_at: null, superseded_reason: null }
      const paper = {
        id: paper_id,
        volunteer_id: id,
        kind: 'pledge',
        template: 101,
        locale: 'et',
        made_on: '2026-02-02',
      }
      book.put('paper', { ...paper, facts_sealed: '\\x01', made_by: by, ...gone })
      if (state === 'waits') continue
      const copy = {
        id: book.uuid(),
        paper_id,
        volunteer_id: id,
        form: 'seen',
        signed_on: '2026-02-03',
        recorded_by: by,
      }
      book.put('paper_signed', { ...copy, ...gone })
    }
}

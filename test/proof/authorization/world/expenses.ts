// What have the volunteers of the invented world claimed, and what became of it?
import type { Book } from './book.ts'
import type { People } from './people.ts'
import type { Volunteer } from './volunteers.ts'

/** Of everybody a claim that waits, one that was decided, one that she took back; each with its key, and the first two for a support where there is one. */
export function putExpenses(book: Book, people: People, volunteers: Volunteer[]): void {
  const by = people.ids.coordinator1 ?? ''
  const supports = book.rows.get('assignment') ?? []
  const walls = (book.rows.get('wall') ?? []).filter((one) => one.person_id === by && !one.lifted_at)
  const walled = new Set(walls.map((one) => one.case_id))
  for (const { id: volunteer_id, personId } of volunteers) {
    const own = supports.filter((one) => one.volunteer_id === volunteer_id)
    const of = own.find((one) => walled.has(one.case_id)) ?? own[0]
    for (const state of ['waits', 'approved', 'withdrawn']) {
      const id = book.uuid()
      const decided = { decision: 'approved', decided_by: by, decided_at: book.minute(-90) }
      const claim = { id, volunteer_id, kind: 'car', on_date: '2026-11-02', km: 10, cents_per_km: 30, cents: 300 }
      book.put('expense', {
        ...{ ...claim, words_sealed: '\\x01', sent_by: personId ?? by, sent_at: book.minute(-120) },
        ...(state === 'approved' ? decided : { decision: null, decided_by: null, decided_at: null }),
        withdrawn_at: state === 'withdrawn' ? book.minute(-90) : null,
        ...(of && state !== 'withdrawn' ? { assignment_id: of.id ?? null, case_id: of.case_id ?? null } : {}),
      })
      // Of what she took back the key is gone.
      if (state === 'withdrawn') continue
      const key = { id: book.uuid(), kind: 'expense', owner_id: id, network_id: null }
      book.put('sealed_key', { ...key, master_id: 'm', wrapped: '\\x01' })
    }
  }
}

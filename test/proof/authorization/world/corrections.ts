// Who in the invented world was taken down wrongly and put right while others may be looking?
import { randomFrom } from '../../../../db/seed/random.ts'
import type { Book } from './book.ts'

/** Of some who used violence there is a later entry. After the people of the cases are there. */
export function putCorrections(book: Book): void {
  // By a chance of its own, so that the rest of the world is the one it was.
  const random = randomFrom(45)
  for (const { id, network_id, case_id, kind, recorded_by } of book.rows.get('case_person') ?? []) {
    if (kind !== 'perpetrator' || !random.chance(0.6)) continue
    const of = { id: book.uuid(), network_id: network_id ?? null, case_id: case_id ?? null, kind }
    const why = { corrects_id: id ?? null, correction_sealed: '\\x01' }
    book.put('case_person', { ...of, ...why, recorded_by: recorded_by ?? null, superseded_at: null })
  }
  // Who was put right is set aside, and so is some of what was told and who came.
  const corrected = new Set((book.rows.get('case_person') ?? []).map((row) => row.corrects_id))
  for (const row of book.rows.get('case_person') ?? [])
    if (corrected.has(row.id ?? '') && random.chance(0.5)) row.superseded_at = book.minute(-5)
  for (const table of ['research', 'meeting_attendance'])
    for (const row of book.rows.get(table) ?? []) if (random.chance(0.2)) row.superseded_at = book.minute(-5)
}

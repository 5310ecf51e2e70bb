// Who has offered to help in the invented world, through which call, and what was agreed with them?
import type { Book } from './book.ts'
import type { People } from './people.ts'
import type { Volunteer } from './volunteers.ts'

export function putRecruitment(book: Book, people: People, volunteers: Volunteer[]): void {
  const by = people.ids.coordinator1 ?? ''
  const campaign_id = book.uuid()
  const call = { id: campaign_id, name: 'Näidis-kutse', code: 'naidis', source: 'event', version: 7 }
  book.put('campaign', { ...call, from_on: '2026-01-01', until_on: '2027-01-01', created_by: by })
  const target = {
    kind: 'recruit',
    county_codes: ['0045'],
    languages: ['ru'],
    people: 3,
    by_on: book.day(60),
    set_by: by,
  }
  const gap = { needs: 4, fitting: 1, places: 1 }
  for (let index = 0; index < 6; index++) {
    const over =
      index < 2
        ? { ended_by: by, ended_at: book.minute(-5), ended_why: 'reached' }
        : { ended_by: null, ended_at: null, ended_why: null }
    book.put('recruiting_target', { id: book.uuid(), ...target, ...gap, ...over })
  }
  for (let index = 0; index < 12; index++) putApplication(book, campaign_id, by, index === 0)
  for (const { id } of volunteers.slice(0, 6)) {
    const step = { id: book.uuid(), volunteer_id: id, step: 'call', due_on: book.day(3), owner_id: by, note: 'x' }
    book.put('recruitment_step', { ...step, recorded_by: by, recorded_at: book.minute(-60) })
  }
  for (let version = 1; version <= 8; version++)
    book.put('interview_guide', { version: 100 + version, questions: ['x'], created_by: by })
  for (const { id } of volunteers.slice(0, 12)) {
    const talk = { id: book.uuid(), volunteer_id: id, guide: 101, held_on: '2026-11-01', answers_sealed: '\\x01' }
    book.put('interview', { ...talk, conclusion: 'fits', recorded_by: by })
  }
  for (const { id } of volunteers.slice(0, 12)) putReference(book, id, by)
  const over = { id: book.uuid(), name: 'Näidis-kutse', code: 'naidis-2', source: 'web', created_by: by }
  const days = { from_on: '2026-01-01', until_on: '2027-01-01' }
  book.put('campaign', { ...over, ...days, ended_by: by, ended_at: book.minute(-5) })
  for (let version = 1; version <= 6; version++)
    book.put('campaign_was', { campaign_id, version, name: 'Näidis', source: 'web', ...days, changed_by: by })
  book.put('application_try', { address_key: '\\x01', at: book.minute(-5) })
  book.put('mail_outbox', { id: book.uuid(), kind: 'application', to_sealed: '\\x01', locale: 'et' })
}

// One that waits, one that was answered, one that was taken back.
function putReference(book: Book, volunteer_id: string, by: string): void {
  for (const [at, state] of ['asked', 'answered', 'revoked'].entries()) {
    const id = book.uuid()
    const token_hash = `\\x${id.replaceAll('-', '')}${id.replaceAll('-', '')}`
    const asked = { id, volunteer_id, referee_sealed: '\\x01', locale: 'et', token_hash, expires_at: book.minute(600) }
    const answered = state === 'answered' ? { answered_at: book.minute(-5), form: 1, answers_sealed: '\\x01' } : {}
    const none = { answered_at: null, form: null, answers_sealed: null }
    const revoked_at = state === 'revoked' ? book.minute(-5) : null
    book.put('reference_request', {
      ...asked,
      sent_at: book.minute(-60 - at),
      asked_by: by,
      ...none,
      ...answered,
      revoked_at,
    })
    if (state !== 'answered') continue
    const key = { id: book.uuid(), kind: 'reference', owner_id: id, network_id: null, master_id: 'm', wrapped: '\\x01' }
    book.put('sealed_key', key)
  }
}

/** Of one of them nothing is left. */
function putApplication(book: Book, campaign_id: string, by: string, erased: boolean): void {
  const id = book.uuid()
  const refused = !erased && book.inTurn('application', [true, false, false])
  const decided = refused
    ? { outcome: 'refused', no_reason: 'other', decided_by: by, decided_at: book.minute(-30) }
    : { outcome: null, no_reason: null, decided_by: null, decided_at: null }
  const kept = { facts_sealed: erased ? null : '\\x01', erased_at: erased ? book.minute(-9) : null }
  const who = { id, code: `AV-${book.next()}`, once_key: book.uuid(), email_index: '\\x01', ...kept }
  const where = { county_code: '0045', languages: ['et'], locale: 'et', source: 'friend', campaign_id }
  book.put('application', { ...who, ...where, arrived_at: book.minute(-600), ...decided })
  const key = { id: book.uuid(), kind: 'volunteer', owner_id: id, network_id: null, master_id: 'm', wrapped: '\\x01' }
  book.put('sealed_key', key)
}

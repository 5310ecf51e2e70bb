// Who helps in the invented world: volunteers with and without an account, with and without somebody who guides them?
import type { Book } from './book.ts'
import type { People } from './people.ts'

export type Volunteer = { id: string; personId: string | null }

const withAccount = [
  ...['volunteer1', 'volunteer2', 'volunteer3', 'volunteer4', 'volunteerOver', 'volunteerLater', 'volunteerShut'],
  // … the next one by somebody who guides nobody any more.
  'volunteer5',
  ...['volunteerMember', 'supervisorVolunteer', 'managerOfMuch', 'volunteerNot', 'coordinatorVolunteer'],
]
const guides = [
  ...['supervisor1', 'supervisor2', 'supervisorOver', 'supervisorLead', 'supervisorCoordinator'],
  ...['supervisorVolunteer', 'managerOfMuch', 'lead1', 'supervisorMember'],
]
const statuses = ['active', 'active', 'active', 'paused', 'candidate', 'ended']

/** Everybody who has an account for it, and `more` who have none; each with places, papers, ties and a history. */
export function putVolunteers(book: Book, people: People, more: number): Volunteer[] {
  const names = [...withAccount, ...Array.from({ length: more }, () => null)]
  return names.map((name, index) => {
    const personId = name ? (people.ids[name] ?? null) : null
    // Somebody guides herself, from before nobody could; that gives her nothing over herself.
    const other = index % 7 === 6 ? null : (people.ids[guides[index % guides.length] ?? ''] ?? null)
    const guide = name === 'managerOfMuch' ? personId : other
    return { id: putVolunteer(book, people, personId, guide), personId }
  })
}

function putVolunteer(book: Book, people: People, person_id: string | null, supervisor_id: string | null): string {
  const { chance } = book.random
  const [id, number] = [book.uuid(), book.next()]
  const name = `Näidis-Abi ${number}`
  const status = book.inTurn('volunteer', statuses)
  const created_by = people.ids.coordinator1 ?? ''
  const row = {
    id,
    code: `TI-${100_000 + number}`,
    person_id,
    name,
    search_name: name.toLowerCase(),
    county_code: '0045',
    status,
  }
  book.put('volunteer', { ...row, languages: ['et'], supervisor_id, created_by })
  book.put('volunteer_area', { volunteer_id: id, county_code: '0037', municipality_code: null })
  book.put('volunteer_known', {
    id: book.uuid(),
    volunteer_id: id,
    county_code: '0045',
    recorded_at: book.minute(-9e4),
  })
  book.put('volunteer_status', {
    id: book.uuid(),
    volunteer_id: id,
    status,
    from_on: '2022-01-01',
    recorded_by: created_by,
  })
  for (const kind of ['contract', 'background']) {
    const over = chance(0.3)
    const superseded = { superseded_at: over ? book.minute(-60) : null, superseded_reason: over ? 'viga' : null }
    const paper = { id: book.uuid(), volunteer_id: id, kind, valid_from: '2025-01-01', passed: true }
    book.put('volunteer_evidence', { ...paper, recorded_by: created_by, ...superseded })
  }
  const tie = { volunteer_id: id, municipality_code: '0511', reason: 'x', recorded_by: created_by }
  book.put('volunteer_tie', { ...tie, id: book.uuid() })
  const back = { withdrawn_at: book.minute(-60), withdrawn_by: created_by, withdrawn_reason: 'x' }
  book.put('volunteer_tie', { ...tie, id: book.uuid(), ...back })
  if (chance(0.8))
    book.put('sealed_key', {
      id: book.uuid(),
      kind: 'volunteer',
      owner_id: id,
      network_id: null,
      master_id: 'm',
      wrapped: '\\x01',
    })
  putCircle(book, id)
  const days = { from_on: '2026-12-01', to_on: '2026-12-15', told_by: created_by }
  book.put('volunteer_away', { id: book.uuid(), volunteer_id: id, ...days })
  const over = { ended_by: created_by, ended_at: book.minute(-60) }
  book.put('volunteer_away', { id: book.uuid(), volunteer_id: id, ...days, ...over })
  const limits = { reach: 'near', hours: ['evening'], refuses: ['court'], told_by: created_by }
  book.put('volunteer_limit', { id: book.uuid(), volunteer_id: id, ...limits })
  if (person_id) putDevices(book, person_id)
  putReports(book, id, person_id ?? created_by, supervisor_id ?? created_by)
  return id
}

/** One that is in use, one that was shut out and one that was emptied; something has come from each. */
function putDevices(book: Book, person_id: string): void {
  for (const state of ['stands', 'shut', 'emptied']) {
    const token_hash = `\\x${book.uuid().replaceAll('-', '').repeat(2)}`
    const shut = state === 'shut'
    const ended = { revoked_at: shut ? book.minute(-50) : null, revoked_by: shut ? person_id : null }
    const emptied_at = state === 'emptied' ? book.minute(-50) : null
    const row = { id: book.uuid(), person_id, kind: 'phone', token_hash, emptied_at, ...ended }
    const device_id = book.put('field_device', row)
    book.put('field_entry', { device_id, id: book.uuid() })
  }
}

/** What she has told of her circle, each line under its own key, and the form in which it is compared. */
function putCircle(book: Book, volunteer_id: string): void {
  for (let line = 0; line < 2; line++) {
    const id = book.put('volunteer_circle', { id: book.uuid(), volunteer_id, kind: 'name', value_sealed: '\\x01' })
    book.put('sealed_key', {
      id: book.uuid(),
      kind: 'circle',
      owner_id: id,
      network_id: null,
      master_id: 'm',
      wrapped: '\\x01',
    })
    const key_index = `\\x0${line}${book.next().toString(16).padStart(8, '0')}`
    book.put('volunteer_link_key', { id: book.uuid(), volunteer_id, fact_id: id, class: 'name', key_index })
  }
}

function putReports(book: Book, volunteer_id: string, writer: string, guide: string): void {
  // The month in which a support of hers has just ended among them: whether its report is answered decides who still sees it.
  for (const days of [-10, -41, -72, -134].slice(0, book.random.whole(1, 4))) {
    const month = `${book.day(days).slice(0, 7)}-01`
    const id = book.uuid()
    const status = book.inTurn('report', ['draft', 'submitted', 'returned', 'approved'])
    book.put('month_report', { id, volunteer_id, month, due_on: '2026-11-06', status, summary_sealed: '\\x01' })
    if (book.random.chance(0.8))
      book.put('sealed_key', {
        id: book.uuid(),
        kind: 'report',
        owner_id: id,
        network_id: null,
        master_id: 'm',
        wrapped: '\\x01',
      })
    if (status === 'draft') continue
    book.put('month_report_event', { id: book.uuid(), report_id: id, kind: 'submitted', recorded_by: writer })
    if (status !== 'submitted')
      book.put('month_report_event', { id: book.uuid(), report_id: id, kind: status, remark: 'x', recorded_by: guide })
  }
}

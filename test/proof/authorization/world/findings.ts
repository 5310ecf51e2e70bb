// What did the rules over the log find in the invented world, and what was judged?
import type { Book } from './book.ts'
import type { Case } from './cases.ts'
import type { People } from './people.ts'

/** What was found about everybody who may look at findings, and about some others; some of it is judged. */
export function putFindings(book: Book, people: People, cases: Case[]): void {
  const concerned = ['auditor1', 'auditor2', 'auditorLead', 'admin1', 'coordinator1', 'lead0', 'member0', 'volunteer1']
  const finding = (person_id: string, of: Case | null, judged_by: string | null) => {
    const about = {
      case_id: of?.id ?? null,
      network_id: of?.networkId ?? null,
      key: book.uuid(),
      rule: of ? 'reveal' : 'hours',
    }
    const events = { count: 1, first_seq: 1, last_seq: 1, from_at: book.minute(-90), to_at: book.minute(-80) }
    const judged = judged_by
      ? { judgement: 'explained', judged_by, judged_at: book.minute(-10), words_sealed: '\\x01' }
      : { judgement: null, judged_by: null, judged_at: null, words_sealed: null }
    const id = book.uuid()
    book.put('watch_finding', { id, person_id, ...about, ...events, ...judged })
    // Whoever looked at it stands in the log.
    looked(person_id, id)
    looked(book.random.pick(people.all), id)
  }
  const looked = (actor: string, id: string | null) =>
    book.put('audit_event', {
      ...{ seq: 2_000_000 + book.next(), at: book.minute(-5), actor, object_kind: 'finding', object_id: id },
      ...{ action: id ? 'watch.open' : 'watch.list', case_id: null, network_id: null, on_behalf_of: null },
      ...{ result: 'done', fields: [], prev: '\\x00', hash: '\\x00' },
    })
  for (const name of concerned.filter((one) => people.ids[one])) {
    const who = people.ids[name] ?? ''
    for (const one of [null, book.random.pick(cases), book.random.pick(cases)]) finding(who, one, null)
    finding(who, null, people.ids[name === 'auditor2' ? 'auditor1' : 'auditor2'] ?? '')
  }
  for (const who of people.all) looked(who, null)
  book.put('watch_round', { until_seq: 1, found: 0 })
  // They raise nothing any more, so that what happens in the world finds nobody beside these.
  for (const { id, networkId } of cases.slice(0, 2))
    book.put('bait_case', { network_id: networkId, case_id: id, retired_at: book.minute(-5) })
  book.put('case_number_left', { number: 'M-2025-0999' })
}

// Which cases has the core group not been invited for yet, and who of it knows of them all the same?
import type { Book, NewRow } from './book.ts'
import type { Case } from './cases.ts'
import type { People } from './people.ts'

/** The last one of each network, and in every second network the one that could be closed, stand on no agenda to which people were invited. */
export function awaits(people: People, cases: Case[], one: Case): boolean {
  const nth = cases.filter(({ networkId }) => networkId === one.networkId).indexOf(one)
  return nth === 4 || (nth === 3 && people.networks.indexOf(one.networkId) % 2 === 1)
}

/** One was on an agenda and was left off again: of that nothing is told there any more. */
export function putLeftOff(book: Book, of: NewRow, by: string): void {
  const item = { ...of, id: book.uuid(), kind: 'new', position: 90, outcome: null, heard_by: null, heard_at: null }
  const removed = { removed_by: by, removed_at: book.minute(-60), removal_sealed: '\\x01' }
  book.put('agenda_item', { ...item, ...removed })
}

/** Each was left off one agenda; and of each network somebody, or an agency, has something to do in one of them. */
export function putInvitations(book: Book, people: People, cases: Case[]): void {
  const by = people.ids.lead0 ?? ''
  const waiting = cases.filter((one) => awaits(people, cases, one))
  for (const { id, networkId } of waiting) {
    const invited = (book.rows.get('meeting') ?? []).find(
      (row) => row.network_id === networkId && row.phase === 'closed',
    )
    putLeftOff(book, { network_id: networkId, case_id: id, meeting_id: String(invited?.id) }, by)
  }
  const of = (network: number, nth: 3 | 4) => {
    const there = cases.filter(({ networkId }) => networkId === people.networks[network])
    return { network_id: people.networks[network] ?? '', case_id: there[nth]?.id ?? '' }
  }
  const does = (where: ReturnType<typeof of>, who: string, agency: string) =>
    book.put('case_action', {
      ...{ ...where, id: book.uuid(), kind: 'action', agency, owner_id: people.ids[who] ?? '', due_on: book.day(9) },
      ...{ what_sealed: '\\x01', result_sealed: '\\x01', state: 'open', outcome_sealed: null },
      ...{ ended_by: null, ended_at: null, recorded_by: by },
    })
  // Hers, and her agency's, of which another of the same core group is; and what an agency elsewhere took on before the case came here.
  does(of(0, 4), 'member0', 'police')
  does(of(2, 4), 'member1', 'police')
  does(of(2, 4), 'member2', 'other')
  const held = (book.rows.get('meeting') ?? []).find(
    (row) => row.network_id === people.networks[1] && row.phase === 'held',
  )
  const told = { words_sealed: null, relevance_sealed: null, told_to: [], superseded_at: null, recorded_by: by }
  for (const [nth, agency] of [
    [4, 'police'],
    [3, 'health'],
  ] as const)
    book.put('research', { ...of(1, nth), id: book.uuid(), meeting_id: String(held?.id), agency, ...told })
  // Whoever brought a case knows of it.
  for (const row of book.rows.get('case_file') ?? [])
    if (row.id === of(1, 4).case_id) row.created_by = people.ids.ofTwo ?? ''
  const flags = { by_count: false, by_judgement: false, by_escalation: false, by_critical: false, by_repeat: false }
  const judged = { instrument_id: book.uuid(), made_on: '2026-03-03', with_victim: true, yes_count: 3, ...flags }
  const sealed = { assessor_trained_on: '2021-03-01', answers_sealed: '\\x01', level: 'standard' }
  // Of one case one draft waits at a time.
  for (const row of book.rows.get('assessment') ?? [])
    if (row.case_id === of(3, 4).case_id && row.state === 'draft') row.superseded_at = book.minute(-9)
  // What waits for whom, what somebody judged before it was put right, and a draft that was given to somebody else.
  for (const [where, assessor, state, superseded_at, prepared] of [
    [of(3, 4), 'adminOver', 'draft', null, 'lead0'],
    [of(1, 3), 'leadMoved', 'final', book.minute(-4), 'referrerMember'],
    [of(2, 4), 'ofThree', 'draft', book.minute(-3), 'lead0'],
  ] as const)
    book.put('assessment', {
      ...{ ...where, id: book.uuid(), assessor_id: people.ids[assessor] ?? '', ...judged, ...sealed, state },
      ...{ prepared_by: people.ids[prepared] ?? '', superseded_at },
    })
}

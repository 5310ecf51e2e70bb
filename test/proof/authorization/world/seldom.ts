// What comes up so seldom that an ordinary world has none of it: rows by which a rule decides that hardly ever has to?
import type { Book, NewRow } from './book.ts'
import type { Case } from './cases.ts'
import { leadOf, type People } from './people.ts'
import { putSeldomRights } from './seldom-rights.ts'
import type { Volunteer } from './volunteers.ts'

type Given = { book: Book; people: People; cases: Case[]; volunteers: Volunteer[] }

/** After everything else is there. */
export function putSeldom(given: Given): void {
  putInTheWay(given)
  putVictims(given)
  putConflicts(given)
  putFlags(given)
  putTerms(given)
  putAnswers(given)
  putWord(given)
  putSeldomRights(given)
}

/** Who set a password of her own, of whose sessions none is left. */
function putWord({ book, people }: Given): void {
  for (const word of book.rows.get('credential') ?? [])
    if (word.person_id === people.ids.neverIn) word.password_once = book.random.chance(0.5)
}

const place = ({ networkId, id }: Case) => ({ network_id: networkId, case_id: id })

/** Each alone stands in the way of closing what could be closed otherwise; in the first two networks it still can be. */
function putInTheWay({ book, people, cases, volunteers }: Given): void {
  const quiet = cases.filter((one) => one.quiet && people.networks.indexOf(one.networkId) > 1)
  for (const one of quiet) {
    const of = { ...place(one), id: book.uuid() }
    const by = leadOf(people, one.networkId)
    const way = book.inTurn('in the way', ['task', 'action', 'worry', 'asked', 'helped'])
    const open = (row: NewRow) => row.case_id === one.id && row.state === 'open'
    for (const row of (book.rows.get('case_transfer') ?? []).filter(open))
      Object.assign(row, { state: 'lapsed', answered_at: book.minute(-60) })
    if (way === 'task')
      book.put('case_task', { ...of, kind: 'tell-victim-support', due_on: book.day(2), done_at: null, done_by: null })
    else if (way === 'action') {
      const what = { kind: 'action', agency: 'police', owner_id: by, due_on: book.day(9), what_sealed: '\\x01' }
      const stands = { state: 'open', outcome_sealed: null, ended_by: null, ended_at: null }
      book.put('case_action', { ...of, ...what, result_sealed: '\\x01', ...stands, recorded_by: by })
    } else putHelped(book, one, way, volunteers, by)
  }
}

function putHelped(book: Book, one: Case, way: string, volunteers: Volunteer[], by: string): void {
  const of = { ...place(one), number: one.number }
  const volunteer_id = book.random.pick(volunteers).id
  const asked = way === 'asked'
  const need = { county_code: '0045', language: 'et', from_on: '2026-04-01', months: 8, created_by: by }
  const need_id = book.put('need', { ...of, id: book.uuid(), ...need, status: asked ? 'proposed' : 'closed' })
  const support = { need_id, volunteer_id, chosen_by_solver: true, load_before: 0, created_by: by, supervisor_id: null }
  const days = asked ? { start_on: null, end_on: null } : { start_on: book.day(-90), end_on: book.day(-10) }
  book.put('assignment', { ...of, id: book.uuid(), ...support, status: asked ? 'proposed' : 'ended', ...days })
  if (way === 'worry')
    book.put('concern', { ...of, id: book.uuid(), volunteer_id, kind: 'help', raised_by: by, seen_at: null })
}

/** Who was taken down wrongly first, and whose code nobody knows. */
function putVictims({ book, cases }: Given): void {
  for (const [index, one] of cases.entries()) {
    const victim = (book.rows.get('case_person') ?? []).find((row) => row.id === one.persons[0])
    if (!victim) continue
    book.put('case_person', { ...victim, id: book.uuid(), superseded_at: book.minute(-90) })
    if (index % 4 === 1) victim.personal_code_index = null
    const adult = (book.rows.get('case_person') ?? []).find((row) => row.id === one.persons[3])
    if (adult) book.put('case_person', { ...adult, id: book.uuid(), superseded_at: book.minute(-90) })
  }
}

/** What was said of those who may know each other, before more was found and after; and what was found and is gone, or is but a likeness. */
function putConflicts({ book }: Given): void {
  const links = new Map((book.rows.get('conflict_link') ?? []).map((row) => [row.pair_id, row]))
  for (const { id, network_id = null, case_id = null } of [...(book.rows.get('conflict_pair') ?? [])]) {
    const link = links.get(id ?? null)
    if (!link) continue
    link.found_at = book.minute(-100)
    const said = (kind: string, ago: number) => {
      const by = (book.rows.get('conflict_word') ?? []).find((row) => row.pair_id === id)?.recorded_by ?? null
      const word = {
        network_id,
        case_id,
        id: book.uuid(),
        pair_id: id ?? null,
        recorded_by: by,
        reason_sealed: '\\x01',
      }
      book.put('conflict_word', { ...word, kind, recorded_at: book.minute(-ago) })
    }
    const how = book.inTurn('conflict', ['conflict', 'clear', 'clear before', 'both', 'gone', 'weak', 'unsaid'])
    if (how === 'conflict') said('conflict', 50)
    if (how === 'clear' || how === 'both') said('clear', 50)
    if (how === 'clear before' || how === 'both') said(how === 'both' ? 'conflict' : 'clear', 200)
    link.gone_at = how === 'gone' ? book.minute(-20) : null
    if (how === 'weak') link.class = 'work'
  }
}

/** What was carried over at the last meeting that heard of it; and what was taken off already, before a year that has passed since. */
function putFlags({ book, people, cases }: Given): void {
  const heard = (book.rows.get('agenda_item') ?? []).filter((row) => row.outcome === 'planned')
  for (const [index, row] of heard.entries()) if (index % 3 === 0) row.outcome = 'carried'
  const lifted_by = people.ids.lead0 ?? ''
  for (const one of cases.filter(({ alive }) => !alive))
    book.put('marac_flag_lift', { ...place(one), id: book.uuid(), lifted_by, lifted_at: book.minute(-1_500_000) })
}

/** Somebody answers for the country and leads a network; and an administrator is one of two who stand in. */
function putTerms({ book, people }: Given): void {
  const [person_id, network_id] = [people.ids.coordinator2 ?? '', people.networks[0] ?? '']
  const term = { valid_from: '2020-01-01', valid_to: '2999-12-31' }
  book.put('person_role', { id: book.uuid(), person_id, role: 'lead', network_id, agency: 'politsei', ...term })
  const [giver_id, taker_id] = [people.ids.adminCoordinator ?? '', people.ids.manager2 ?? '']
  const asked = { role: 'coordinator', valid_from: book.day(-2), valid_to: book.day(5), created_by: taker_id }
  const waits = { confirmed_by: null, confirmed_at: null, ended_by: null, ended_at: null }
  book.put('substitution', { id: book.uuid(), giver_id, taker_id, ...asked, ...waits })
}

/** What waits for a chair who does not sit there any more. */
function putAnswers({ book, people }: Given): void {
  const first = (row: NewRow) => row.network_id === people.networks[0] && row.version === 2
  for (const row of (book.rows.get('minutes') ?? []).filter(first))
    Object.assign(row, { approved_at: null, approved_by: null })
}

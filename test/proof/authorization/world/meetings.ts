// When does each network meet, who speaks there for whom, and what stands on the agenda?
import type { Book, NewRow } from './book.ts'
import type { Case } from './cases.ts'
import { awaits, putLeftOff } from './invitations.ts'
import { leadOf, type People } from './people.ts'

/** A meeting to which people were invited and one that is only planned, with cases on both. */
export function putMeetings(book: Book, people: People, cases: Case[]): void {
  const lead = people.ids.lead0 ?? ''
  for (const network_id of people.networks) {
    const rhythm = { mode: 'sitting', every_months: 1, week: 2, weekday: 3, recorded_by: lead }
    book.put('network_rhythm', { network_id, id: book.uuid(), valid_from: '2026-01-01', ...rhythm })
    for (const [name, agency] of seats)
      book.put('agency_seat', {
        ...{ network_id, id: book.uuid(), person_id: people.ids[name] ?? '', agency },
        ...{ recorded_by: lead, superseded_at: null },
      })
    // What somebody spoke for before counts no more.
    book.put('agency_seat', {
      ...{ network_id, id: book.uuid(), person_id: people.ids.member2 ?? '', agency: 'victim_support' },
      ...{ recorded_by: lead, superseded_at: book.minute(-9) },
    })
    putCancelled(book, people, network_id)
    for (const phase of phases) putMeeting(book, people, cases, network_id, phase)
  }
  // In every second network the flag of what is closed may still be taken off.
  const waits = ({ alive, networkId }: Case) => !alive && people.networks.indexOf(networkId) % 2 === 0
  for (const one of cases.filter((one) => book.random.chance(0.4) && !waits(one)))
    book.put('marac_flag_lift', { network_id: one.networkId, case_id: one.id, id: book.uuid(), lifted_by: lead })
}

const seats = [
  ['member0', 'police'],
  // Her role says victim support, the lead says otherwise.
  ['ofTwo', 'police'],
  // Victim support has a second voice beside the lead's.
  ['member1', 'victim_support'],
  // So the lead says, and her role says the police; by another office she knows of a meeting before anybody is invited.
  ['memberAuditor', 'victim_support'],
  // Nobody knows which agency that is.
  ['volunteerMember', 'other'],
] as const

/** Only planned, invited to, agenda closed, under way, held. */
const phases = ['planned', 'invited', 'closed', 'sitting', 'held'] as const
type Phase = (typeof phases)[number]

function putMeeting(book: Book, people: People, cases: Case[], network_id: string, phase: Phase): void {
  const [id, lead, at] = [book.uuid(), people.ids.lead0 ?? '', phases.indexOf(phase)]
  const days = 40 - at * 12
  const when = { on_date: book.day(days), cut_off_on: book.day(days - 3), invited_at: at > 0 ? book.minute(-99) : null }
  const went = { closed_at: at > 1 ? book.minute(-90) : null, begun_at: at > 2 ? book.minute(-80) : null }
  // Whoever chairs is of the network; nobody has to be named.
  const here = (book.rows.get('person_role') ?? []).filter((row) => row.network_id === network_id && isNow(book, row))
  const nth = people.networks.indexOf(network_id)
  // In the first network whoever chaired the last one does not sit there any more; in the fourth nobody was named for the next.
  const lately = [people.ids.memberOver, null, null, people.ids.ofThree][nth] ?? null
  const named = book.random.pick([null, null, ...here.map((row) => String(row.person_id))])
  const chair_id = phase === 'held' ? lately : nth === 3 ? null : named
  book.put('meeting', {
    ...{ network_id, id, mode: 'sitting', ...when, ...went, ended_at: at > 3 ? book.minute(-70) : null, chair_id },
    ...{ phase: phase === 'invited' ? 'planned' : phase, created_by: lead },
  })
  const moved = { kind: 'moved', was_on: book.day(days - 1), reason_sealed: '\\x01', recorded_by: lead }
  book.put('meeting_event', { network_id, id: book.uuid(), meeting_id: id, ...moved })
  const of = { network_id, meeting_id: id }
  const theirs = cases.filter((one) => one.networkId === network_id && (at === 0 || !awaits(people, cases, one)))
  // Where it sits everything is spoken of but for what could be closed; elsewhere some.
  const listed = theirs.filter(({ quiet }) => (phase === 'sitting' ? !quiet : book.random.chance(0.6)))
  for (const [index, one] of listed.entries())
    book.put('agenda_item', {
      ...{ ...of, case_id: one.id, id: book.uuid(), kind: 'added', position: index + 1 },
      ...{ reason_sealed: '\\x01', added_by: lead, removed_at: null },
      // What was heard is written down; some of it only afterwards. What is closed nobody spoke of in the first network, so that its flag has passed.
      ...(phase === 'held' && index % 2 === 0 && (one.alive || nth > 0)
        ? { outcome: 'planned', heard_by: lead, heard_at: book.minute(-75) }
        : unheard),
    })
  const off = theirs.find((one) => !listed.includes(one))
  if (off) putLeftOff(book, { ...of, case_id: off.id }, lead)
  for (const one of listed.filter(() => book.random.chance(0.5))) putView(book, { ...of, case_id: one.id }, lead)
  if (at > 0) putSaid(book, people, of, listed, at)
  // Before anybody was invited somebody had said that they cannot come.
  else putCame(book, people, of, 'apologies')
}

/** Who was to chair it is not in the chair for that. */
function putCancelled(book: Book, { ids, networks }: People, network_id: string): void {
  const chair_id = [ids.member0, ids.ofTwo, ids.volunteerMember][networks.indexOf(network_id)] ?? null
  const when = { on_date: book.day(1), cut_off_on: book.day(-2), invited_at: book.minute(-99) }
  const row = { network_id, id: book.uuid(), mode: 'sitting', ...when, chair_id, created_by: ids.lead0 ?? '' }
  book.put('meeting', { ...row, closed_at: null, begun_at: null, ended_at: null, phase: 'cancelled' })
}

/** What she said herself, or why nobody asked her. */
export function putView(book: Book, of: NewRow, recorded_by: string): void {
  const words = { wants_sealed: '\\x01', asked_on: book.day(-1), way: 'call', not_asked_sealed: null }
  const none = { wants_sealed: null, asked_on: null, way: null, not_asked_sealed: '\\x01' }
  const said = book.random.pick([words, none])
  book.put('victim_view', { ...of, id: book.uuid(), ...said, recorded_by, superseded_at: null })
}

const isNow = (book: Book, { valid_from, valid_to }: NewRow) =>
  String(valid_from) <= book.day(0) && book.day(0) <= String(valid_to)

const promising = ['lead0', 'lead1', 'lead2', 'lead3', 'ofTwo', 'ofThree', 'member0', 'member1', 'member2', 'leadMoved']

/** Who promised silence, who came, and what was told, decided and agreed. */
function putSaid(
  book: Book,
  people: People,
  of: { network_id: string; meeting_id: string },
  cases: Case[],
  at: number,
): void {
  const { chance, pick } = book.random
  const recorded_by = people.ids.lead0 ?? ''
  // The lead, and who chairs, while it sits and when it is written down; of the others some.
  const sure = [leadOf(people, of.network_id), people.ids.ofTwo, people.ids.ofThree]
  for (const person_id of promising.map((name) => people.ids[name] ?? ''))
    if ((at > 2 && sure.includes(person_id)) || chance(0.6))
      book.put('meeting_pledge', { ...of, id: book.uuid(), person_id })
  putCame(book, people, of, 'present')
  if (at > 3) putMinutes(book, of, recorded_by, people.networks.indexOf(of.network_id) % 2 === 0)
  for (const one of cases) {
    const said = { ...of, case_id: one.id, recorded_by }
    for (const agency of ['police', 'victim_support'].filter(() => chance(0.4))) {
      const told_to = pick([[], ['police'], ['victim_support'], ['health']])
      const words = told_to.length ? '\\x01' : null
      const told = { agency, words_sealed: words, relevance_sealed: words, told_to, superseded_at: null }
      book.put('research', { ...said, id: book.uuid(), ...told })
    }
    const words = { words_sealed: '\\x01', reason_sealed: '\\x01', superseded_at: null }
    if (cases.indexOf(one) % 3 === 1) book.put('case_decision', { ...said, id: book.uuid(), ...words })
    if (!one.quiet) putAction(book, people, said)
  }
}

function putCame(book: Book, people: People, of: NewRow, kind: 'present' | 'apologies'): void {
  const [recorded_by, person_id] = [people.ids.lead0 ?? '', people.ids.member0 ?? '']
  const row = { ...of, id: book.uuid(), person_id, agency: 'police', kind, recorded_by, superseded_at: null }
  book.put('meeting_attendance', row)
}

/** Two versions; in every second network the later one waits for its chair. */
function putMinutes(book: Book, of: { network_id: string; meeting_id: string }, by: string, finished: boolean): void {
  for (const version of [1, 2]) {
    const approved = version === 1 || finished
    const kept = { ground: 'private_life', made_on: '2026-01-01', until_on: '2101-01-01', recorded_by: by }
    const word = { approved_by: approved ? by : null, approved_at: approved ? book.minute(-9) : null }
    book.put('minutes', {
      ...of,
      id: book.uuid(),
      version,
      ...kept,
      reason_sealed: version > 1 ? '\\x01' : null,
      ...word,
    })
  }
}

function putAction(
  book: Book,
  people: People,
  said: { network_id: string; case_id: string; recorded_by: string },
): void {
  const owner_id = book.random.pick([people.ids.member0, people.ids.member1, people.ids.ofTwo, people.ids.lead2]) ?? ''
  const what = { what_sealed: '\\x01', result_sealed: '\\x01', due_on: book.day(9), agency: 'police', owner_id }
  const ended = book.random.chance(0.3)
    ? { state: 'done', outcome_sealed: '\\x01', ended_by: owner_id, ended_at: book.minute(-5) }
    : stillOpen
  const action_id = book.put('case_action', { ...said, id: book.uuid(), kind: 'action', ...what, ...ended })
  putUpdate(book, said, { ...what, ...stillOpen, kind: 'update' })
  const answer = { network_id: said.network_id, case_id: said.case_id, recorded_by: said.recorded_by, kind: 'child' }
  const nth = (book.rows.get('risk_answer')?.length ?? 0) % 25
  book.put('risk_answer', { ...answer, id: book.uuid(), nth: nth + 1, action_id, superseded_at: null })
}

/** That she is owed word of it; how she is reached for it is planned, or was and is not any more. */
function putUpdate(book: Book, said: NewRow, action: NewRow): void {
  const action_id = book.put('case_action', { ...said, id: book.uuid(), ...action })
  const { network_id, case_id, recorded_by } = said
  const taken = book.random.chance(0.3)
  const over = { withdrawn_at: taken ? book.minute(-5) : null, withdrawn_by: taken ? (recorded_by ?? null) : null }
  const plan = { network_id, case_id, id: book.uuid(), action_id, channel: 'call', on_date: book.day(3), recorded_by }
  if (book.random.chance(0.7)) book.put('contact_plan', { ...plan, ...over } as NewRow)
}

const unheard = { outcome: null, heard_by: null, heard_at: null }
const stillOpen = { state: 'open', outcome_sealed: null, ended_by: null, ended_at: null }

// Which cases are there, and what stands in them: people, places, judgements, tasks and what a support person is told?
import { plusDays } from '../../../../db/seed/random.ts'
import type { Book } from './book.ts'
import { leadOf, type People } from './people.ts'

export type Case = {
  id: string
  networkId: string
  number: string
  /** Its rows of `case_whereabouts` and `case_person`. */
  places: string[]
  persons: string[]
  /** Something is done in it: it is open and has a ground. */
  alive: boolean
  /** Nothing stands in the way of closing it. */
  quiet: boolean
  /** Which of the places the present brief opens. */
  opened: string[]
}

type Standing = { status: 'open' | 'closed'; basis: string; quiet?: boolean }

// How a case can stand. Each network has one of each, whatever the draw; every further one is drawn.
const standings: Standing[] = [
  { status: 'open', basis: 'law' },
  { status: 'open', basis: 'none' },
  { status: 'closed', basis: 'law' },
  { status: 'open', basis: 'consent', quiet: true },
  { status: 'open', basis: 'imported' },
]

/** As many cases in each network: open, closed, taken over from a workbook, and such as were erased. */
export function putCases(book: Book, people: People, each: number): Case[] {
  const { pick, chance } = book.random
  const any = (): Standing => ({
    status: chance(0.3) ? 'closed' : 'open',
    basis: pick(['law', 'law', 'law', 'imported', 'consent', 'none', 'none']),
    quiet: chance(0.3),
  })
  return people.networks.flatMap((networkId) =>
    Array.from({ length: each }, (_, index) => putCase(book, people, networkId, standings[index] ?? any())),
  )
}

function putCase(book: Book, people: People, networkId: string, standing: Standing): Case {
  const { pick, chance } = book.random
  const { status, basis: legal_basis } = standing
  const id = book.uuid()
  const number = `M-2026-${String(book.next()).padStart(4, '0')}`
  const created_by = pick([leadOf(people, networkId), people.ids.lead0, people.ids.coordinator1]) ?? ''
  const alive = status === 'open' && legal_basis !== 'none'
  const quiet = alive && standing.quiet === true
  const file = { network_id: networkId, id, number, county_code: '0045', language: 'et', source: 'police', created_by }
  book.put('case_file', {
    ...file,
    status,
    referred_on: plusDays('2026-01-02', book.rows.get('case_file')?.length ?? 0),
    ...groundOf(legal_basis),
  })
  const county = { county_code: '0045', recorded_at: book.minute(-9e4) }
  book.put('case_known', { network_id: networkId, case_id: id, id: book.uuid(), ...county })
  const erased = book.inTurn('key', [true, false, false, false, false, false])
    ? { wrapped: null, destroyed_at: book.minute(-500) }
    : { wrapped: '\\x01', destroyed_at: null }
  const key = { id: book.uuid(), kind: 'case', owner_id: id, network_id: networkId, master_id: 'm' }
  // The last one of each network was referred a moment ago: nothing is closed with its key yet.
  if (standing !== standings.at(-1)) book.put('sealed_key', { ...key, ...erased })
  const of = { network_id: networkId, case_id: id }
  // What came with a workbook the coordinator brought.
  const by = legal_basis === 'imported' ? (people.ids.coordinator1 ?? '') : leadOf(people, networkId)
  putGround(book, of, legal_basis, by)
  const persons = putPersons(book, of, created_by)
  putBefore(book, of, persons[0] ?? '', created_by)
  const places = putPlaces(book, of, created_by)
  const opened = places.filter(() => chance(0.4))
  // Where nothing carries it any more there is a brief that must not open; where it is closed there is one in every second network, and where there is none none begins.
  const even = people.networks.indexOf(networkId) % 2 === 0
  const drawn = legal_basis === 'none' || (status === 'open' && chance(0.8)) || even
  // And in the other networks there is one, whatever the draw, to which one may be written.
  const briefed = drawn && (even || standing !== standings[0])
  putBriefs(book, of, created_by, opened, places, briefed)
  putContact(book, of, created_by)
  putDiversity(book, of, created_by, standing === standings[0])
  putJudgements(book, of, created_by, quiet)
  if (chance(0.6)) putIncident(book, of, created_by)
  putEnd(book, of, created_by, status)
  if (status === 'closed' || chance(0.3))
    book.put('key_change', { id: book.uuid(), ...of, why: 'suspicion', asked_by: created_by, done_at: null })
  return { id, networkId, number, places, persons, opened, alive, quiet }
}

const groundOf = (legal_basis: string) => ({
  legal_basis,
  consent_on: legal_basis === 'consent' ? '2026-03-02' : null,
  consent_way: legal_basis === 'consent' ? 'spoken' : null,
})

/** The words on which it rests; where nothing carries it, the wish was taken back. */
function putGround(book: Book, of: Of, basis: string, recorded_by: string): void {
  const word = { ...of, on_date: '2026-03-02', recorded_by, recorded_at: book.minute(-90_000) }
  const first = basis === 'none' ? 'consent' : basis
  const way = first === 'consent' ? 'spoken' : null
  book.put('case_basis', { ...word, id: book.uuid(), kind: first, way, goes_on: null })
  if (basis === 'none') book.put('case_basis', { ...word, id: book.uuid(), kind: 'withdrawn', way, goes_on: 'ends' })
}

type Of = { network_id: string; case_id: string }

function putPersons(book: Book, of: Of, recorded_by: string): string[] {
  return ['victim', 'perpetrator', 'child', 'adult'].map((kind, index) => {
    const superseded_at = index === 2 && book.random.chance(0.5) ? book.minute(-90) : null
    return book.put('case_person', {
      ...of,
      id: book.uuid(),
      kind,
      adult_nth: kind === 'adult' ? 1 : null,
      given_name_sealed: '\\x01',
      personal_code_index: codeOf(book, of, kind),
      recorded_by,
      superseded_at,
    })
  })
}

/** Two victims a network, who come back again and again; and one who lived beside another before. */
function codeOf(book: Book, of: Of, kind: string): string | null {
  const code = kind === 'victim' ? book.inTurn('victim', [0, 1, 9]) : 9
  return kind === 'victim' || kind === 'adult' ? `\\x${of.network_id.slice(0, 8)}0${code}` : null
}

/** The same victim comes back, case after case of a network; now and then the lead has said so. */
function putBefore(book: Book, of: Of, victim: string, recorded_by: string): void {
  const earlier = (book.rows.get('case_file') ?? []).slice(0, -1).filter((row) => row.network_id === of.network_id)
  // Of every second one what her name sounds like is known, and that is alike.
  const key_index = book.inTurn('name', [`\\x${of.network_id.slice(0, 8)}0a`, null])
  book.put('case_name_key', { ...of, id: book.uuid(), person_row: victim, key_index })
  book.put('case_surname', { ...of, id: book.uuid(), person_row: victim, name_index: null })
  for (const { id } of earlier.filter(() => book.random.chance(0.4)))
    book.put('case_repeat', {
      ...{ ...of, id: book.uuid(), earlier_case_id: String(id), incident_on: '2026-10-10', pair: 'same', crime: 'yes' },
      recorded_by,
    })
}

function putPlaces(book: Book, of: Of, recorded_by: string): string[] {
  return ['safe_contact', 'address', 'school', 'adult_contact'].map((kind, index) => {
    const superseded_at = index === 2 && book.random.chance(0.5) ? book.minute(-90) : null
    return book.put('case_whereabouts', {
      ...of,
      id: book.uuid(),
      kind,
      adult_nth: kind === 'adult_contact' ? 1 : null,
      value_sealed: '\\x01',
      recorded_by,
      superseded_at,
    })
  })
}

function putBriefs(book: Book, of: Of, recorded_by: string, opened: string[], places: string[], now: boolean) {
  const brief = { ...of, tasks_sealed: '\\x01', recorded_by }
  if (now) book.put('case_brief', { ...brief, id: book.uuid(), whereabouts_ids: opened, superseded_at: null })
  if (book.inTurn('brief', [true, true, false]))
    book.put('case_brief', { ...brief, id: book.uuid(), whereabouts_ids: places, superseded_at: book.minute(-40) })
}

/** What she said of how to reach her, now and before; and that the network plans to. */
function putContact(book: Book, of: Of, recorded_by: string): void {
  const said = { ...of, words_sealed: '\\x01', recorded_by }
  for (const part of ['rules', 'people', 'plan', 'told']) {
    if (book.random.chance(0.7)) book.put('safe_contact', { ...said, id: book.uuid(), part, superseded_at: null })
    if (book.random.chance(0.4))
      book.put('safe_contact', { ...said, id: book.uuid(), part, superseded_at: book.minute(-40) })
  }
  const taken = book.random.chance(0.3)
    ? { withdrawn_at: book.minute(-5), withdrawn_by: recorded_by }
    : { withdrawn_at: null, withdrawn_by: null }
  const plan = { ...of, id: book.uuid(), assignment_id: null, channel: 'call', on_date: '2026-12-24', recorded_by }
  if (book.random.chance(0.6)) book.put('contact_plan', { ...plan, ...taken })
}

/** What she said of herself; of what was said before nothing is left. In each network one woman can still be asked, whatever the draw. */
function putDiversity(book: Book, of: Of, recorded_by: string, unasked: boolean): void {
  const none = { origin: null, disability: null, lgbt: null, superseded_at: book.minute(-40) }
  const said = { origin: 'roma', disability: 'no', lgbt: 'unsaid', superseded_at: null }
  const asked = book.inTurn('diversity', [true, true, true, false])
  if (asked && !unasked) book.put('case_diversity', { ...of, id: book.uuid(), ...said, recorded_by })
  if (book.inTurn('said before', [true, false, false]))
    book.put('case_diversity', { ...of, id: book.uuid(), ...none, recorded_by })
}

function putJudgements(book: Book, of: Of, assessor_id: string, quiet: boolean): void {
  const flags = { by_count: false, by_judgement: false, by_escalation: false, by_critical: false, by_repeat: false }
  const made = {
    ...of,
    instrument_id: book.uuid(),
    made_on: '2026-03-03',
    assessor_id,
    with_victim: true,
    yes_count: 3,
  }
  for (const state of ['final', 'draft', 'imported'].filter(() => book.random.chance(0.5))) {
    const answers_sealed = state === 'imported' ? null : '\\x01'
    const trained = { assessor_trained_on: '2021-03-01', answers_sealed, level: 'standard', state }
    const superseded_at = book.random.chance(0.2) ? book.minute(-30) : null
    book.put('assessment', { ...made, ...flags, ...trained, id: book.uuid(), superseded_at })
  }
  for (const kind of ['tell-victim-support', 'assess-again']) {
    const done = quiet || book.random.chance(0.5)
    const task = { ...of, id: book.uuid(), kind, due_on: book.day(book.random.whole(-5, 5)) }
    book.put('case_task', { ...task, done_at: done ? book.minute(-20) : null, done_by: done ? assessor_id : null })
  }
}

/** What has happened since the risk was assessed. */
function putIncident(book: Book, of: Of, recorded_by: string): void {
  const word = {
    kind: book.inTurn('incident', ['violence', 'left', 'moved']),
    police: 'unknown',
    words_sealed: '\\x01',
  }
  book.put('case_incident', { ...of, id: book.uuid(), on_date: book.day(-2), ...word, recorded_by })
}

/** How it was closed, before it began anew or for good; and what is asked afterwards. */
function putEnd(book: Book, of: Of, by: string, status: string): void {
  const closing = { ...of, reason: 'goal_reached', outcome: 'safer', words_sealed: '\\x01', closed_by: by }
  const again = { reopened_at: book.minute(-99), reopened_by: by, reopened_sealed: '\\x01' }
  const never = { reopened_at: null, reopened_by: null, reopened_sealed: null }
  // Some flags may be taken off by now, and some not before a day or two.
  const closed_on = book.day(book.inTurn('closed', [-500, -400, -363]))
  const began = book.inTurn(`began anew ${status}`, [true, false, false])
  if (began) book.put('case_closing', { ...closing, id: book.uuid(), closed_on, ...again })
  const asks = { ...of, kind: 'follow-up', due_on: book.day(3) }
  // What was to be asked after it was closed once is not asked while it goes on; and it may be done without having been written down.
  if (began) book.put('case_task', { ...asks, id: book.uuid(), done_at: null, done_by: null })
  if (status === 'open') return
  book.put('case_task', { ...asks, id: book.uuid(), done_at: book.minute(-20), done_by: by })
  book.put('case_closing', { ...closing, id: book.uuid(), closed_on, ...never })
  // Of every second one nobody has to ask any more.
  for (const done of book.inTurn('asks afterwards', [[true, false], [true]])) {
    const finished = { done_at: done ? book.minute(-20) : null, done_by: done ? by : null }
    const task_id = book.put('case_task', { ...asks, id: book.uuid(), ...finished })
    if (!done) continue
    const heard = { state: 'better', incidents: 'none', risk: 'same', recorded_by: by }
    book.put('case_follow_up', { ...of, id: book.uuid(), task_id, on_date: book.day(-1), ...heard })
  }
}

// Who steps in for whom in the invented world, who is away, and which talks were planned, held and called off?
import type { Book } from './book.ts'
import type { People } from './people.ts'
import type { Volunteer } from './volunteers.ts'

// Each line is a duty that moves, or one that a weaker rule would let move.
const deputies: [supervisor: string, deputy: string, ended?: true][] = [
  ['supervisor1', 'supervisor2'],
  ['supervisor2', 'supervisorLead'],
  ['supervisorLead', 'supervisorVolunteer'],
  ['supervisorVolunteer', 'supervisor1'],
  ['supervisorOver', 'supervisor1'],
  ['supervisorCoordinator', 'supervisor2'],
  ['managerOfMuch', 'supervisorOver'],
  ['lead1', 'supervisor2'],
  ['supervisorCoordinator', 'supervisorLead', true],
]
const absences: [who: string, from: number, to: number, back?: true][] = [
  ['supervisor1', -3, 4],
  ['supervisorVolunteer', -3, 0],
  ['supervisorLead', -3, 4, true],
  ['supervisorCoordinator', 1, 9],
  ['supervisor2', -9, -1],
  ['managerOfMuch', -1, 9],
  ['supervisorOver', -1, 9],
  // A victim support worker says it in the same place.
  ['lead1', 2, 9],
]
const leaders = ['supervisor1', 'supervisor2', 'supervisorLead', 'supervisorVolunteer', 'supervisorCoordinator']
const topics = ['safety', 'load']

export function putSupervision(book: Book, people: People, volunteers: Volunteer[]): void {
  const of = (name: string) => people.ids[name] ?? ''
  const by = of('coordinator1')
  for (const [supervisor, deputy, ended] of deputies) {
    const over = { ended_by: ended ? by : null, ended_at: ended ? book.minute(-9) : null }
    const row = { id: book.uuid(), supervisor_id: of(supervisor), deputy_id: of(deputy), from_on: book.day(-400) }
    book.put('supervision_deputy', { ...row, set_by: by, ...over })
  }
  for (const [who, from, to, back] of absences) {
    const over = { ended_by: back ? of(who) : null, ended_at: back ? book.minute(-9) : null }
    const row = {
      id: book.uuid(),
      supervisor_id: of(who),
      from_on: book.day(from),
      to_on: book.day(to),
      told_by: of(who),
    }
    book.put('supervision_absence', { ...row, ...over })
  }
  for (const row of book.rows.get('volunteer') ?? [])
    row.supervisor_since = book.random.chance(0.3) ? null : book.day(-120)
  // Nobody guides herself, also where it would fall to her.
  for (const row of book.rows.get('volunteer') ?? [])
    if (row.person_id === of('supervisorVolunteer')) row.supervisor_id = of('supervisorLead')
  putForgotten(book, of('supervisor1'))
  for (const volunteer of volunteers) putCheckins(book, people, volunteer)
  for (const volunteer of volunteers)
    for (let talk = 0; talk < 3; talk++) putTalk(book, people, [volunteer, ...others(book, volunteers, volunteer)])
}

/** A covision for others whose day has gone by, and that nobody held or called off. */
function putForgotten(book: Book, led_by: string): void {
  const past = { planned_on: book.day(-1), held_on: null, called_off_at: null }
  book.put('supervision_session', { id: book.uuid(), kind: 'covision', led_by, ...past, shared: true })
}

/** What each says of herself: seen, not yet seen, and a row that is still to be closed. */
function putCheckins(book: Book, people: People, { id: volunteer_id }: Volunteer): void {
  for (const stage of ['seen', 'new', 'open']) {
    const seen =
      stage === 'seen'
        ? { seen_by: people.ids.supervisor1 ?? '', seen_at: book.minute(-9) }
        : { seen_by: null, seen_at: null }
    const [id, answers_sealed] = [book.uuid(), stage === 'open' ? null : '\\x01']
    book.put('wellbeing_checkin', { id, volunteer_id, answers_sealed, ...seen })
    if (stage !== 'open' || book.random.chance(0.5))
      book.put('sealed_key', {
        id: book.uuid(),
        kind: 'checkin',
        owner_id: id,
        network_id: null,
        master_id: 'm',
        wrapped: '\\x01',
      })
  }
}

/** Of some visits that they were read; of some supports how often contact was agreed. After both are there. */
export function putReadings(book: Book, people: People): void {
  const by = people.ids.supervisor1 ?? ''
  for (const { network_id, case_id, id, volunteer_id } of book.rows.get('visit') ?? [])
    if (book.inTurn('read', [true, false])) {
      const row = {
        network_id: network_id ?? '',
        case_id: case_id ?? '',
        id: book.uuid(),
        visit_id: id ?? '',
        volunteer_id: volunteer_id ?? '',
      }
      book.put('visit_reading', { ...row, read_by: by, reply_sealed: '\\x01' })
    }
  for (const { network_id, case_id, id, volunteer_id } of book.rows.get('assignment') ?? [])
    if (book.random.chance(0.4)) {
      const row = {
        network_id: network_id ?? '',
        case_id: case_id ?? '',
        id: book.uuid(),
        assignment_id: id ?? '',
        volunteer_id: volunteer_id ?? '',
      }
      book.put('contact_rhythm', { ...row, days: 7, set_by: by })
    }
}

/** Mostly a talk between two; sometimes a group of whomever, who are guided by one or by several. */
function others(book: Book, volunteers: Volunteer[], one: Volunteer): Volunteer[] {
  if (book.random.chance(0.6)) return []
  const more = book.random.pick(volunteers)
  return more.id === one.id ? [] : [more]
}

const stages = ['held', 'held', 'planned', 'off'] as const

function putTalk(book: Book, people: People, who: Volunteer[]): void {
  const { pick, chance } = book.random
  const guides = new Map((book.rows.get('volunteer') ?? []).map((row) => [row.id, row.supervisor_id]))
  const own = guides.get(who[0]?.id ?? '')
  const led_by = typeof own === 'string' && chance(0.7) ? own : (people.ids[pick(leaders)] ?? '')
  const [id, stage, ago] = [book.uuid(), book.inTurn('talk', stages), pick([20, 34, 36, 90])]
  const kind = who.length === 1 ? 'individual' : book.inTurn('together', ['group', 'covision'])
  const held_on = stage === 'held' ? book.day(-ago) : null
  const called_off_at = stage === 'off' ? book.minute(-60) : null
  const shared = kind === 'covision' && book.inTurn('shared', [true, true, false])
  const planned_on = book.day(book.inTurn(`planned ${stage} ${shared}`, [5, 5, -ago]))
  book.put('supervision_session', { id, kind, planned_on, led_by, held_on, called_off_at, shared })
  for (const { id: volunteer_id } of who)
    book.put('supervision_participant', {
      session_id: id,
      volunteer_id,
      led_by,
      attended: held_on ? chance(0.7) : null,
    })
  if (!held_on && chance(0.8)) return
  if (chance(0.7)) {
    book.put('supervision_note', { session_id: id, topics, words_sealed: '\\x01', written_by: led_by })
    book.put('sealed_key', {
      id: book.uuid(),
      kind: 'session',
      owner_id: id,
      network_id: null,
      master_id: 'm',
      wrapped: '\\x01',
    })
  }
}

// Which rounds of review are there in the invented world, what was drawn in each, and what was answered?
import { type Random, randomFrom } from '../../../../db/seed/random.ts'
import type { Book, NewRow } from './book.ts'
import type { People } from './people.ts'

const rounds: [of: string | null, over: boolean][] = [
  ['supervisor1', false],
  ['supervisor2', true],
  ['supervisorLead', false],
  ['supervisorVolunteer', false],
  [null, false],
  [null, true],
]

/** Rounds of some who guide and of the country, running and over; every visit is in some of them. After the visits are there. */
export function putSamples(book: Book, people: People): void {
  const by = people.ids.coordinator1 ?? ''
  // By a chance of its own, so that the rest of the world is the one it was.
  const random = randomFrom(42)
  for (let version = 2; version <= 5; version++)
    book.put('sample_checklist', { version: 100 + version, questions: ['x'], created_by: by })
  for (const [of, over] of rounds) {
    const supervisor_id = of ? (people.ids[of] ?? '') : null
    const id = book.uuid()
    const told = {
      percent: 10,
      confidence: 95,
      checklist: 102,
      entries: 9,
      closed: 0,
      volunteers: 3,
      sample: 5,
      flagged: 1,
    }
    const ended = over ? { ended_by: by, ended_at: book.minute(-9) } : { ended_by: null, ended_at: null }
    const days = { from_on: book.day(-90), to_on: book.day(-1), due_on: book.day(9) }
    book.put('sample_round', { id, supervisor_id, ...days, ...told, seed: '0'.repeat(64), opened_by: by, ...ended })
    for (const visit of book.rows.get('visit') ?? []) if (random.chance(0.35)) putEntry(book, random, by, id, visit)
  }
}

function putEntry(book: Book, random: Random, by: string, round_id: string, visit: NewRow): void {
  const { network_id = '', case_id = '', id: visit_id = '', volunteer_id = '' } = visit
  const [place, id] = [{ network_id, case_id }, book.uuid()]
  const drawn_as = random.pick(['random', 'random', 'random', 'flagged', 'everyone', null])
  book.put('sample_entry', {
    ...place,
    id,
    round_id,
    visit_id,
    volunteer_id,
    flagged: false,
    ticket: '\\x01',
    drawn_as,
  })
  if (drawn_as === null || random.chance(0.5)) return
  const look = { ...place, id: book.uuid(), entry_id: id, volunteer_id, follows: null, answers: ['no'], looked_by: by }
  book.put('sample_look', { ...look, notes_sealed: '\\x01' })
  if (random.chance(0.5))
    book.put('sample_topic', { ...place, id: book.uuid(), entry_id: id, volunteer_id, put_by: by })
}

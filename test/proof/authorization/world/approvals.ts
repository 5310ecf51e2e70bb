// Of which plans in the invented world has everything an answer, and who has asked that they be approved?
import { randomFrom } from '../../../../db/seed/random.ts'
import type { Book } from './book.ts'
import type { Case } from './cases.ts'
import { leadOf, type People } from './people.ts'

/** Every second plan or so is whole; of some it was asked, answered, or both, one after the other. After the meetings are there. */
export function putApprovals(book: Book, people: People, cases: Case[]): void {
  // By a chance of its own, so that the rest of the world is the one it was.
  const random = randomFrom(46)
  for (const one of cases) {
    const of = { network_id: one.networkId, case_id: one.id }
    const lead = leadOf(people, one.networkId)
    if (random.chance(0.6)) answerAll(book, of, lead)
    const asked_by = random.pick([lead, people.ids.member0, people.ids.ofTwo, people.ids.ofThree]) ?? lead
    const unanswered = { answer: null, answered_by: null, answered_at: null, words_sealed: null, plan: null }
    const word = {
      answer: 'returned',
      answered_by: lead,
      answered_at: book.minute(-50),
      words_sealed: '\\x01',
      plan: 'x',
    }
    const request = { ...of, asked_by, asked_at: book.minute(-60) }
    if (random.chance(0.4)) book.put('plan_approval', { ...request, ...word, id: book.uuid() })
    if (random.chance(0.5)) book.put('plan_approval', { ...request, ...unanswered, id: book.uuid() })
  }
}

/** Each risk of the last assessment, the adult in danger and the one who used violence: accepted for a reason. */
function answerAll(book: Book, of: { network_id: string; case_id: string }, recorded_by: string): void {
  const said = { ...of, action_id: null, accepted_sealed: '\\x01', recorded_by, superseded_at: null }
  for (const kind of ['adult', 'perpetrator'])
    book.put('risk_answer', { ...said, id: book.uuid(), kind, nth: 1, assessment_id: null })
  const judged = (book.rows.get('assessment') ?? []).filter(
    (row) => row.case_id === of.case_id && row.state === 'final' && row.superseded_at === null,
  )
  for (const { id, yes_count } of judged)
    for (let nth = 1; nth <= Number(yes_count); nth++)
      book.put('risk_answer', { ...said, id: book.uuid(), kind: 'risk', nth, assessment_id: id ?? null })
}

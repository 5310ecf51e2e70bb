// Which cases of the invented world came from outside, and what was added to them?
import { randomFrom } from '../../../../db/seed/random.ts'
import type { Book } from './book.ts'
import type { Case } from './cases.ts'
import type { People } from './people.ts'

/** Every second case or so, by whoever brings cases now, did once, or is also a member of a network. */
export function putReferrals(book: Book, people: People, cases: Case[]): void {
  // By a chance of its own, so that the rest of the world is the one it was.
  const random = randomFrom(53)
  const { ids } = people
  for (const one of cases.filter(() => random.chance(0.5))) {
    const of = { network_id: one.networkId, case_id: one.id }
    const id = book.uuid()
    const person_id = random.pick([ids.referrer1, ids.referrer1, ids.referrerOver, ids.referrerMember]) ?? ''
    book.put('referral', { ...of, id, person_id, agency: 'Näidis-haigla', sent_to: one.networkId })
    if (random.chance(0.5))
      book.put('referral_word', { ...of, id: book.uuid(), referral_id: id, words_sealed: '\\x01' })
  }
}

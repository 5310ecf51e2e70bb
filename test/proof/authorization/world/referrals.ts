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
  const hidden = putWalled(book, people, cases)
  for (const one of cases.filter(({ id }) => id === hidden?.id || random.chance(0.5))) {
    const of = { network_id: one.networkId, case_id: one.id }
    const id = book.uuid()
    const anybody = random.pick([ids.referrer1, ids.referrer1, ids.referrerOver, ids.referrerMember])
    const person_id = (one === hidden ? ids.referrerOfOne : anybody) ?? ''
    book.put('referral', { ...of, id, person_id, agency: 'Näidis-haigla', sent_to: one.networkId })
    if (random.chance(0.5))
      book.put('referral_word', { ...of, id: book.uuid(), referral_id: id, words_sealed: '\\x01' })
  }
}

/** Somebody has brought one case, and before it a wall stands for the lead: to her not even the name is known. */
function putWalled(book: Book, { ids, networks }: People, cases: Case[]): Case | undefined {
  const shared = new Set(
    (book.rows.get('case_file') ?? []).flatMap(({ id, status, legal_basis }) =>
      status === 'open' && legal_basis !== 'none' ? [id] : [],
    ),
  )
  const one = cases.find(({ id, networkId }) => networkId === networks[0] && shared.has(id))
  if (one)
    book.put('wall', {
      ...{ id: book.uuid(), person_id: ids.lead0 ?? '', network_id: one.networkId, case_id: one.id },
      ...{ number: one.number, source: 'own-code', fact: book.uuid(), set_at: book.minute(-300) },
      ...{ lift_asked_by: null, lift_asked_at: null, lift_reason_sealed: null, lifted_by: null, lifted_at: null },
    })
  return one
}

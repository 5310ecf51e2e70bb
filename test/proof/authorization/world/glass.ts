// Who was let into a case because somebody's life could not wait: uses in force, and such as show nothing?
import type { Book } from './book.ts'
import type { Case } from './cases.ts'
import { putMistakenLooks } from './looks.ts'
import type { People } from './people.ts'
import type { Claim } from './sessions.ts'

type Use = {
  who: string
  reason: 'danger' | 'police'
  how: 'open' | 'expired' | 'ended' | 'waiting' | 'refused' | 'no such case'
  /** A wall has come to stand before it meanwhile. */
  walled?: true
}

const uses: Use[] = [
  { who: 'lead1', reason: 'danger', how: 'open' },
  { who: 'lead2', reason: 'police', how: 'open' },
  { who: 'member1', reason: 'danger', how: 'open' },
  { who: 'member2', reason: 'police', how: 'open' },
  { who: 'ofTwo', reason: 'danger', how: 'open' },
  { who: 'supervisor1', reason: 'danger', how: 'open' },
  { who: 'supervisorOver', reason: 'danger', how: 'open' },
  { who: 'leadOver', reason: 'danger', how: 'open' },
  { who: 'managerOfMuch', reason: 'danger', how: 'open' },
  { who: 'volunteer1', reason: 'danger', how: 'open' },
  { who: 'lead3', reason: 'danger', how: 'open', walled: true },
  { who: 'lead1', reason: 'danger', how: 'expired' },
  { who: 'lead2', reason: 'danger', how: 'ended' },
  { who: 'lead3', reason: 'danger', how: 'waiting' },
  { who: 'member1', reason: 'danger', how: 'refused' },
  { who: 'member2', reason: 'danger', how: 'no such case' },
]

/** Each with looks of its person at who and where; worked once by naming the use, once by naming another's. */
export function putGlass(book: Book, people: People, cases: Case[], claims: Claim[]): void {
  const begun = uses.map((use, index) => {
    const of = cases[(index * 5 + 2) % cases.length] as Case
    const id = putUse(book, people, use, of)
    if (use.how === 'open') putLooks(book, people.ids[use.who] ?? '', of)
    if (use.how === 'open') putMistakenLooks(book, people.ids[use.who] ?? '', of, cases[index] as Case)
    if (use.how === 'ended') leaveNobodyToJudge(book, of)
    if (use.walled) putWall(book, people.ids[use.who] ?? '', of)
    return { ...use, id }
  })
  const sessions = claims.filter(({ claim }) => claim !== null)
  const work = (name: string, how: string, glass: string) => {
    const session = sessions.find((claim) => claim.name === name)
    if (session) claims.push({ name: `${name}, ${how}`, claim: session.claim, glass })
  }
  for (const { who, how, id } of begun) work(who, `in an emergency (${how})`, id)
  const [first, second] = begun
  if (first) work('member2', 'by the emergency of another', first.id)
  if (second) work('coordinator1', 'by the emergency of another', second.id)
  const much = begun.find(({ who }) => who === 'managerOfMuch')
  const desk = 'managerOfMuch, standing in for a coordinator, with much of one’s own'
  if (much) work(desk, 'in an emergency', much.id)
}

/** Before whoever could judge it stands a wall: then it is the administrator's. */
function leaveNobodyToJudge(book: Book, of: Case): void {
  const judges = (book.rows.get('person_role') ?? []).filter(
    ({ role, network_id }) => role === 'auditor' || (role === 'lead' && network_id === of.networkId),
  )
  for (const person_id of new Set(judges.map((row) => String(row.person_id))))
    book.put('wall', {
      ...{ id: book.uuid(), person_id, network_id: of.networkId, case_id: of.id },
      ...{ number: of.number, source: 'own-code', fact: book.uuid(), set_at: book.minute(-300) },
      ...{ lift_asked_by: null, lift_asked_at: null, lift_reason_sealed: null, lifted_by: null, lifted_at: null },
    })
}

function putUse(book: Book, people: People, { who, reason, how }: Use, of: Case): string {
  const opened = how === 'open' || how === 'expired' || how === 'ended'
  // What is open outlasts the longest of proofs: nothing is asked but when it ends.
  const begun = how === 'expired' ? -90 : how === 'open' ? 540 : -5
  const place =
    how === 'no such case' ? { network_id: null, case_id: null } : { network_id: of.networkId, case_id: of.id }
  return book.put('break_glass', {
    ...{
      id: book.uuid(),
      person_id: people.ids[who] ?? '',
      number: of.number,
      ...place,
      reason,
      words_sealed: '\\x01',
    },
    ...{ needs_second: true, second_by: opened ? (people.ids.coordinator1 ?? null) : null },
    ...{
      second_at: opened ? book.minute(begun) : null,
      refused_by: how === 'refused' ? (people.ids.lead0 ?? null) : null,
    },
    ...{ refused_at: how === 'refused' ? book.minute(-1) : null, opened_at: opened ? book.minute(begun) : null },
    ...{ until: opened ? book.minute(begun + 60) : null, ended_at: how === 'ended' ? book.minute(-1) : null },
    review_due_on: book.day(1),
  })
}

function putWall(book: Book, person_id: string, { networkId: network_id, id: case_id, number }: Case): void {
  const standing = {
    lift_asked_by: null,
    lift_asked_at: null,
    lift_reason_sealed: null,
    lifted_by: null,
    lifted_at: null,
  }
  const row = { id: book.uuid(), person_id, network_id, case_id, number, source: 'own-code', fact: book.uuid() }
  book.put('wall', { ...row, set_at: book.minute(-3), ...standing })
}

function putLooks(book: Book, person_id: string, of: Case): void {
  for (const [what, items] of [
    ['identity', of.persons],
    ['whereabouts', of.places],
  ] as const) {
    const look = {
      network_id: of.networkId,
      case_id: of.id,
      person_id,
      what,
      item_id: items[0] ?? null,
      purpose_sealed: '\\x01',
    }
    book.put('reveal', { id: book.uuid(), ...look, at: book.minute(-3000), until: book.minute(600) })
    const over = { item_id: items[2] ?? null, at: book.minute(-3000), until: book.minute(-1) }
    book.put('reveal', { id: book.uuid(), ...look, ...over })
  }
}

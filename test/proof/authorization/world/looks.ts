// Who in the invented world looks at what is sealed, and who has looked at as much today as a day has?
import type { Book } from './book.ts'
import type { Case } from './cases.ts'
import { leadOf, type People } from './people.ts'

/** How many looks a day has in these worlds. */
export const looksADay = 5

/** One coordinator has none left; another has closed the notes of a workbook as often, which is no look. All of it is over. */
export function putSpentLooks(book: Book, people: People, cases: Case[]): void {
  const over = { purpose_sealed: '\\x01', at: book.minute(0), until: book.minute(0) }
  for (const [name, what] of [
    ['supervisorCoordinator', 'identity'],
    ['adminCoordinator', 'import'],
  ] as const)
    for (let nth = 0; nth < looksADay; nth++) {
      const { id, networkId, persons } = cases[nth % cases.length] as Case
      const of = { network_id: networkId, case_id: id, item_id: what === 'import' ? null : (persons[0] ?? null) }
      book.put('reveal', { ...of, id: book.uuid(), person_id: people.ids[name] ?? '', what, ...over })
    }
  for (const [nth, name] of ['coordinator1', 'lead0', 'lead1', 'lead2', 'lead3'].entries()) {
    const one = cases.find(({ networkId, alive }) => networkId === people.networks[nth % 4] && alive) as Case
    putMistakenLooks(book, people.ids[name] ?? '', one, cases.find(({ id }) => id !== one.id) as Case)
  }
}

/** One that lasts, at where she is. */
export function putLook(book: Book, person_id: string, { id, networkId }: Case, item_id: string): void {
  const lasting = { purpose_sealed: '\\x01', at: book.minute(-3000), until: book.minute(600) }
  const of = { network_id: networkId, case_id: id }
  book.put('reveal', { ...of, id: book.uuid(), person_id, what: 'whereabouts', item_id, ...lasting })
}

/** Looks that say something else than what they are at, or of another case: by these nothing is shown. */
export function putMistakenLooks(book: Book, person_id: string, one: Case, other: Case): void {
  const lasting = { person_id, purpose_sealed: '\\x01', at: book.minute(-3000), until: book.minute(600) }
  const look = (of: Case, what: string, item: string | undefined) =>
    book.put('reveal', {
      ...{ network_id: of.networkId, case_id: of.id, id: book.uuid(), what, item_id: item ?? null },
      ...lasting,
    })
  look(one, 'whereabouts', one.persons[1])
  look(one, 'identity', one.places[1])
  look(other, 'identity', one.persons[1])
  look(other, 'whereabouts', one.places[1])
}

// Most looks are those of people who could begin one today; some of people who no longer could.
const lookers = [
  ...['coordinator1', 'coordinator2', 'manager1', 'manager2', 'supervisorCoordinator', 'adminCoordinator'],
  ...['lead0', 'lead1', 'lead2', 'lead3', 'ofTwo', 'ofThree', 'member0', 'member1', 'member2', 'managerOfMuch'],
  ...[
    'volunteer1',
    'volunteer2',
    'volunteer3',
    'volunteer4',
    'volunteerMember',
    'volunteerOver',
    'supervisorVolunteer',
  ],
  ...['supervisor1', 'auditor1', 'leadOver', 'coordinatorOver', 'system', 'admin1'],
]

/** At a case: with looks that last, and looks that are over. */
export function putLooks(book: Book, people: People, one: Case): void {
  const of = { network_id: one.networkId, case_id: one.id }
  const lasting = { purpose_sealed: '\\x01', at: book.minute(-3000), until: book.minute(600) }
  // Of a case that is over its lead sees where she is: then it shows whether she might still change it.
  const over = { ...of, person_id: leadOf(people, one.networkId), what: 'whereabouts', ...lasting }
  if (!one.alive) for (const item_id of one.places) book.put('reveal', { ...over, id: book.uuid(), item_id })
  for (const name of lookers.filter(() => book.random.chance(0.55))) {
    const what = book.random.pick(['identity', 'whereabouts', 'whereabouts', 'import'])
    const item_id = what === 'import' ? null : book.random.pick(what === 'identity' ? one.persons : one.places)
    const until = book.random.chance(0.3) ? book.minute(-1) : book.minute(600)
    // Not of today: how many looks a day has is another rule's business.
    book.put('reveal', { ...of, ...lasting, id: book.uuid(), person_id: people.ids[name] ?? '', what, item_id, until })
  }
}

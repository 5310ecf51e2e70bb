// Who lives in the invented world, and which roles have they, had they or will they have?
import type { Book } from './book.ts'

/** `lastDay`: the role ends with today; `firstDay`: it begins with today. */
export type When = 'now' | 'over' | 'later' | 'lastDay' | 'firstDay'
type Post = [role: string, network?: number, when?: When]

export type People = {
  networks: string[]
  /** Everybody's id by name. */
  ids: Record<string, string>
  all: string[]
}

// Each line is somebody whom a weaker rule would let in, or a stricter one keep out.
const cast: Record<string, Post[]> = {
  coordinator1: [['coordinator']],
  coordinator2: [['coordinator']],
  coordinatorOver: [['coordinator', undefined, 'over']],
  coordinatorLater: [['coordinator', undefined, 'later']],
  coordinatorShut: [['coordinator']],
  coordinatorVolunteer: [['coordinator'], ['volunteer']],
  bothPosts: [['coordinator'], ['manager']],
  manager1: [['manager']],
  manager2: [['manager']],
  managerOver: [['manager', undefined, 'over']],
  managerOfMuch: [['manager'], ['lead', 0], ['supervisor'], ['volunteer'], ['auditor']],
  lead0: [['lead', 0]],
  lead1: [['lead', 1]],
  lead2: [['lead', 2, 'lastDay']],
  lead3: [['lead', 3, 'firstDay']],
  leadEnded: [['lead', 4]],
  leadOver: [['lead', 0, 'over']],
  leadLater: [['lead', 1, 'later']],
  leadShut: [['lead', 0]],
  leadMoved: [
    ['lead', 0, 'over'],
    ['member', 1],
  ],
  member0: [['member', 0]],
  member1: [['member', 1]],
  member2: [['member', 2]],
  memberOver: [['member', 0, 'over']],
  // One agency of a core group, and something for the whole country besides: the one takes nothing from the other.
  memberCoordinator: [['member', 2], ['coordinator']],
  memberManager: [['member', 2], ['manager']],
  memberAuditor: [['member', 0], ['auditor']],
  ofTwo: [
    ['lead', 0],
    ['member', 1],
  ],
  ofThree: [
    ['member', 0],
    ['member', 2],
    ['lead', 3],
  ],
  supervisor1: [['supervisor']],
  supervisor2: [['supervisor']],
  supervisorOver: [['supervisor', undefined, 'over']],
  supervisorLead: [['supervisor'], ['lead', 1]],
  supervisorCoordinator: [['supervisor'], ['coordinator']],
  supervisorVolunteer: [['supervisor'], ['volunteer']],
  // She guides somebody who helps in cases of her network to which she is not invited.
  supervisorMember: [['supervisor'], ['member', 2]],
  volunteer1: [['volunteer']],
  volunteer2: [['volunteer']],
  volunteer3: [['volunteer']],
  volunteer4: [['volunteer', undefined, 'lastDay']],
  volunteer5: [['volunteer']],
  volunteerOver: [['volunteer', undefined, 'over']],
  volunteerLater: [['volunteer', undefined, 'later']],
  volunteerShut: [['volunteer']],
  volunteerMember: [['volunteer'], ['member', 2]],
  volunteerNot: [['trainer']],
  trainer: [['trainer']],
  steering: [['steering']],
  steeringTrainer: [['steering'], ['trainer']],
  auditor1: [['auditor']],
  auditor2: [['auditor']],
  auditorOver: [['auditor', undefined, 'over']],
  auditorLead: [['auditor'], ['lead', 2]],
  admin1: [['admin']],
  admin2: [['admin']],
  adminOneKey: [['admin']],
  adminCoordinator: [['admin'], ['coordinator']],
  adminAuditor: [['admin'], ['auditor']],
  adminOver: [
    ['admin', undefined, 'over'],
    ['member', 3],
  ],
  referrer1: [['referrer']],
  referrerOver: [['referrer', undefined, 'over']],
  referrerOfOne: [['referrer']],
  referrerMember: [['referrer'], ['member', 1]],
  // They were invited, and have never come in: by no session but one that was shown to them, by no word but the one they were given.
  neverIn: [['volunteer']],
  shownOnly: [['volunteer']],
  nobody: [],
  system: [['system']],
}

// What waits for a second auditor is then the administrator's to decide.
const withOneAuditor: Record<string, Post[]> = {
  ...{ auditor2: [['auditor', undefined, 'over']], auditorLead: [['lead', 2]], adminAuditor: [['admin']] },
  memberAuditor: [['member', 0]],
  managerOfMuch: [['manager'], ['lead', 0], ['supervisor'], ['volunteer']],
}

/** The one who leads a network today and nothing else. */
export const leadOf = ({ networks, ids }: People, network: string): string =>
  [ids.lead0, ids.lead1, ids.lead2, ids.lead3, ids.leadEnded][networks.indexOf(network)] ?? ''

// By the words of a role that two gave.
const forVictims = new Set(['member1', 'ofTwo'])
const shut = new Set(['coordinatorShut', 'leadShut', 'volunteerShut'])
const counties = ['0037', '0045', '0079', '0068', '0081']
const someRoles = ['coordinator', 'manager', 'lead', 'member', 'supervisor', 'volunteer', 'trainer', 'auditor']

/** Five networks – the last has ended – and everybody of the cast, with `more` people of random posts beside them. */
export function putPeople(book: Book, { people: more, oneAuditor }: { people: number; oneAuditor?: boolean }): People {
  const networks = counties.map((county, index) => {
    const id = book.uuid()
    const status = index === 4 ? 'ended' : 'active'
    book.put('network', { id, name: `Näidisvõrgustik ${index + 1}`, started_on: '2019-01-01', status })
    book.put('network_area', { network_id: id, county_code: county, municipality_code: null })
    return id
  })
  const everybody: Record<string, Post[]> = { ...cast, ...(oneAuditor ? withOneAuditor : {}) }
  for (let index = 0; index < more; index++)
    everybody[`some${index}`] = randomPosts(book, oneAuditor ? someRoles.slice(0, -1) : someRoles)
  const ids: Record<string, string> = {}
  for (const [name, posts] of Object.entries(everybody)) ids[name] = putPerson(book, name, posts, networks)
  return { networks, ids, all: Object.values(ids) }
}

function randomPosts(book: Book, roles: string[]): Post[] {
  const { pick, whole } = book.random
  // Nobody answers for the country and is one agency of a network besides.
  const left = pick(['coordinator', 'member'])
  const possible = roles.filter((role) => role !== left)
  return Array.from({ length: whole(1, 3) }, () => {
    const role = pick(possible)
    const network = role === 'lead' || role === 'member' ? whole(0, 4) : undefined
    return [role, network, pick(['now', 'now', 'now', 'over', 'later'] as const)] satisfies Post
  })
}

function putPerson(book: Book, name: string, posts: Post[], networks: string[]): string {
  const id = book.uuid()
  const status = shut.has(name) ? 'disabled' : 'active'
  // … some only yesterday: what was judged before that they could not judge.
  const trained = book.inTurn('trained', ['2021-03-01', '2021-03-01', book.day(-1), null, null])
  const email = `${name.toLowerCase()}@naidis.example`
  book.put('person', { id, email, name: `Näidis-${name}`, status, marac_trained_on: trained })
  if (book.random.chance(0.5))
    book.put('former_name', {
      ...{ id: book.uuid(), person_id: id, name: `Näidis-Enne-${name}` },
      ...{ held_from: '2020-01-01', held_until: '2024-01-01' },
    })
  for (const [role, network, when = 'now'] of posts) {
    const [from, to] = termOf(book, when)
    const network_id = network === undefined ? null : (networks[network] ?? null)
    book.put('person_role', {
      id: book.uuid(),
      person_id: id,
      role,
      network_id,
      agency: network_id
        ? forVictims.has(name)
          ? 'ohvriabi'
          : 'politsei'
        : role === 'referrer'
          ? 'Näidis-haigla'
          : null,
      valid_from: from,
      valid_to: to,
    })
  }
  return id
}

function termOf(book: Book, when: When): [string, string] {
  if (when === 'over') return ['2020-01-01', book.day(-1)]
  if (when === 'later') return [book.day(1), '2999-12-31']
  if (when === 'lastDay') return ['2020-01-01', book.day(0)]
  if (when === 'firstDay') return [book.day(0), '2999-12-31']
  return ['2020-01-01', '2999-12-31']
}

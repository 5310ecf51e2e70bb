// Who are two hundred people at work, and what does each of them do?
import type { Ask } from '../load/load.ts'
import {
  type Crowd,
  type Guest,
  type Helper,
  inTurn,
  look,
  type Network,
  type Supervisor,
  writeVisit,
} from '../load/people.ts'

/** What one of them asks for next. */
type Acts = () => Ask
type Office = { name: string; acts: Acts[] }

// Of ten that somebody of a core group opens eight are cases; a coordinator and a supervisor read a list as often as one thing in it; a support
// person writes down one visit for two looks. With as many of each as below that makes seven looks, two lists and one visit of ten.
const inNetwork = (guest: Guest, cases: () => string): Acts =>
  turns([...alike(4, () => caseOf(guest, cases())), () => look(guest, '/cases')])
const coordinating = (guest: Guest, cases: () => string): Acts =>
  turns([() => look(guest, '/cases'), () => caseOf(guest, cases())])
const supervising = (guest: Supervisor): Acts => {
  const assignment = inTurn(guest.assignments)
  return turns([() => look(guest, '/assignments'), () => look(guest, `/assignments/${assignment()}`)])
}
const helping = (guest: Helper, origin: string): Acts =>
  turns([...alike(2, () => look(guest, `/assignments/${guest.assignment}`)), () => writeVisit(guest, origin)])

const caseOf = (guest: Guest, id: string) => look(guest, `/cases/${id}/timeline`)
const alike = (count: number, act: Acts): Acts[] => Array.from({ length: count }, () => act)

function turns(acts: readonly Acts[]): Acts {
  const turn = inTurn(acts)
  return () => turn()()
}

/** Two leads and four members of each network, and of the offices above them as many as there may be at work at one time. */
export function peopleAtWork({ networks, coordinators, supervisors, volunteers }: Crowd, origin: string): Office[] {
  const seated = networks.flatMap((network) => {
    const members = network.guests.filter((guest) => !network.leads.includes(guest))
    return [...network.leads.slice(0, 2), ...members.slice(0, 4)].map((guest) => inNetwork(guest, casesFrom([network])))
  })
  return [
    { name: 'in core groups', acts: seated },
    { name: 'coordinators', acts: coordinators.slice(0, 20).map((one) => coordinating(one, casesFrom(networks))) },
    { name: 'supervisors', acts: supervisors.slice(0, 18).map(supervising) },
    { name: 'support persons', acts: volunteers.slice(0, 60).map((one) => helping(one, origin)) },
  ]
}

/** Each begins somewhere else, so that no two ask for the same case after one another. */
let begun = 0
function casesFrom(networks: readonly Network[]): () => string {
  const cases = networks.flatMap((network) => network.cases.slice(0, 500))
  let at = begun++ * 37
  return () => cases[at++ % cases.length] ?? ''
}

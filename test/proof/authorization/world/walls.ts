// Before whom does a wall stand in the invented world, and which of them are asked to be lifted?
import type { Book } from './book.ts'
import type { Case } from './cases.ts'
import type { People } from './people.ts'

// Whoever may see much is kept from something: in force, asked to be lifted, and lifted.
const walled = [
  ...['coordinator1', 'coordinator2', 'manager1', 'manager2', 'managerOfMuch', 'lead0', 'lead1', 'ofTwo', 'member0'],
  ...['member1', 'volunteer1', 'volunteer2', 'volunteer3', 'volunteerMember', 'supervisor1', 'supervisorLead'],
  ...['supervisorVolunteer', 'auditor1', 'auditor2', 'auditorLead', 'admin1', 'adminCoordinator', 'system'],
]

/** In each case for some of them; and where everybody helps for one who is away and for one who is not, so that whoever steps in stands before it too. */
export function putWalls(book: Book, people: People, cases: Case[]): void {
  const crowd = cases.find(({ alive, quiet, networkId }) => alive && !quiet && networkId === people.networks[0])
  const sure = (name: string, one: Case) =>
    one === crowd && ['supervisor1', 'supervisorVolunteer', 'auditor1'].includes(name)
  for (const one of cases)
    for (const [index, name] of walled.filter((name) => sure(name, one) || book.random.chance(0.14)).entries()) {
      const asker = people.ids[name === 'auditor1' ? 'auditor2' : 'auditor1'] ?? ''
      const lifter = people.ids[name === 'admin2' ? 'admin1' : 'admin2'] ?? ''
      // Standing, whatever the clock says; asked to be lifted, and lifted.
      const stage = sure(name, one) ? 1 : book.inTurn('wall', [0, 1, 1, 2, 3])
      book.put('wall', {
        ...{ id: book.uuid(), person_id: people.ids[name] ?? '', network_id: one.networkId, case_id: one.id },
        ...{ number: one.number, source: 'own-code', fact: book.uuid() },
        set_at: book.minute(stage === 0 ? 600 : -300),
        // Of some the auditors were told.
        told_at: index % 3 === 0 ? book.minute(-9) : null,
        ...{ lift_asked_by: stage > 1 ? asker : null, lift_asked_at: stage > 1 ? book.minute(-200) : null },
        ...{ lift_reason_sealed: stage > 1 ? '\\x01' : null },
        ...{ lifted_by: stage > 2 ? lifter : null, lifted_at: stage > 2 ? book.minute(-100) : null },
      })
    }
}

// Which supervisors does the workbook name, and who are they in the register?

import { helperRole, isAskedFor, propose } from '../../access/two-people/confirmations.server.ts'
import type { Db } from '../../core/db.server.ts'
import { Invalid, type Message } from '../../core/errors.ts'
import type { Person } from '../../core/user.ts'
import { supervisorsIn } from '../../volunteers/volunteers.server.ts'
import { fold } from '../cells.ts'
import type { Preview } from '../preview.ts'
import type { Content } from './content.server.ts'

/** `chosen` is a person's id, an e-mail for somebody new, or nothing: the volunteers then wait for a supervisor. */
export type Named = { place: number; name: string; volunteers: number; chosen: string }

/** Names of supervisors in the workbook, each once, with the person of the same name already chosen. */
export function supervisorsNamed(
  preview: Preview,
  people: { id: string; name: string }[],
  chosen: Content['supervisors'],
): Named[] {
  const rows = preview.sheets.flatMap((sheet) => (sheet.kind === 'volunteers' ? sheet.rows : []))
  const names = rows
    .filter((row) => row.outcome !== 'duplicate' && row.outcome !== 'refused')
    .flatMap((row) => (row.values.supervisor ? [row.values.supervisor] : []))
  const found = [...Map.groupBy(names, fold).values()].map((same) => ({ name: same[0] ?? '', volunteers: same.length }))
  const sorted = found.toSorted((a, b) => (a.name < b.name ? -1 : 1))
  return sorted.map((one, place) => {
    const known = people.find((person) => fold(person.name) === fold(one.name))
    return { ...one, place, chosen: chosen[one.name] ?? known?.id ?? '' }
  })
}

const isEmail = (text: string) => /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text) && text.length <= 200

/** Reads what was chosen for each name; `new` needs an e-mail, because an account without one is nobody's. */
export function chosenSupervisors(
  named: Named[],
  people: { id: string }[],
  given: { supervisors: Record<string, string>; emails: Record<string, string> },
): Content['supervisors'] {
  const wrong: Record<string, Message> = {}
  const chosen = named.map(({ place, name, chosen: before }): [string, string] => {
    const answer = given.supervisors[place]
    if (answer === undefined) return [name, before]
    const email = (given.emails[place] ?? '').toLowerCase()
    if (answer === 'new' && !isEmail(email)) {
      wrong[`email.${place}`] = { key: email ? 'core.error.email' : 'core.error.missing', args: { value: email } }
    }
    if (answer !== '' && answer !== 'new' && !people.some((person) => person.id === answer))
      wrong[`supervisor.${place}`] = { key: 'core.error.choose' }
    return [name, answer === 'new' ? email : answer]
  })
  if (Object.keys(wrong).length > 0) throw new Invalid(wrong)
  return Object.fromEntries(chosen)
}

/** Finds or makes the person of each name; whoever is new may sign in when a second person has confirmed it and an invitation was sent. */
export async function writeSupervisors(
  db: Db,
  me: Person,
  named: Named[],
): Promise<{ ids: Map<string, string>; made: string[] }> {
  const ids = new Map<string, string>()
  const made: string[] = []
  const known = new Set((await supervisorsIn(db)).map((person) => person.id))
  for (const { place, name, chosen } of named) {
    if (chosen === '') continue
    if (!chosen.includes('@')) {
      ids.set(fold(name), chosen)
      continue
    }
    const there = await db.selectFrom('person').select('id').where('email', '=', chosen).executeTakeFirst()
    // Somebody else's account is not made a supervisor's on the word of a spreadsheet.
    if (there && !known.has(there.id) && !(await isAskedFor(db, there.id, 'supervisor')))
      throw new Invalid({ [`email.${place}`]: { key: 'imports.supervisor.taken', args: { email: chosen } } })
    // Who stands in for the coordinator makes no accounts.
    if (!there && me.standsInFor)
      throw new Invalid({ [`email.${place}`]: { key: 'core.error.inPerson', args: { name: me.standsInFor.name } } })
    const id = there?.id ?? (await insertSupervisor(db, me, name, chosen))
    if (!there) {
      made.push(id)
      known.add(id)
    }
    ids.set(fold(name), id)
  }
  return { ids, made }
}

async function insertSupervisor(db: Db, me: Person, name: string, email: string): Promise<string> {
  const { id } = await db.insertInto('person').values({ name, email }).returning('id').executeTakeFirstOrThrow()
  await propose(db, me, helperRole('supervisor', id))
  return id
}

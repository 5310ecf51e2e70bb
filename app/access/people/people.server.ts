// Who has an account, and how does the administrator give and take it?
import { randomInt, randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { z } from 'zod'
import { today } from '../../core/clock.server.ts'
import type { Db } from '../../core/db.server.ts'
import { Conflict, Invalid, NotFound, Refused } from '../../core/errors.ts'
import { id } from '../../core/form/fields.ts'
import { command, query } from '../../core/operation.server.ts'
import type { Person } from '../../core/user.ts'
import { mustBeFresh } from '../fresh.ts'
import { hashPassword } from '../passwords.server.ts'
import { AddPerson, GiveRole, type Holder, type Holding } from './account-holder.ts'

const readers = ['coordinator', 'admin'] as const
const aboutPerson = (input: { id: string }) => ({ kind: 'person', id: input.id })

export const listPeople = query('people.list', { roles: readers, input: z.object({}) }, (db) => holders(db))

export const openPerson = query(
  'people.open',
  { roles: readers, input: z.object({ id: id() }), about: aboutPerson },
  async (db, input) => {
    const [found] = await holders(db, input.id)
    if (!found) throw new NotFound()
    return { holder: found, networks: await networks(db) }
  },
)

export const choicesForPerson = query('people.choices', { roles: ['admin'], input: z.object({}) }, async (db) => ({
  networks: await networks(db),
}))

const networks = (db: Db) =>
  db.selectFrom('network').select(['id', 'name']).where('status', '=', 'active').orderBy('name').execute()

type State = { personId: string; passwordOnce: boolean; ready: boolean }

async function holders(db: Db, only?: string): Promise<Holder[]> {
  const people = await db
    .selectFrom('person')
    .select(['id', 'name', 'email', 'status'])
    .$if(only !== undefined, (some) => some.where('id', '=', only ?? ''))
    .where('id', 'not in', (inner) => inner.selectFrom('personRole').select('personId').where('role', '=', 'system'))
    .execute()
  const roles = await db
    .selectFrom('personRole')
    .leftJoin('network', 'network.id', 'personRole.networkId')
    .select(['personRole.id', 'personId', 'role', 'network.name as network', 'agency', 'validFrom', 'validTo'])
    .where('personId', 'in', people.length ? people.map((person) => person.id) : [randomUUID()])
    .orderBy('validFrom')
    .execute()
  const states = await sql<State>`select * from credential_states()`.execute(db)
  const byPerson = Map.groupBy(roles, (row) => row.personId)
  return people
    .map((person) => ({
      ...person,
      status: person.status as Holder['status'],
      roles: (byPerson.get(person.id) ?? []).map(({ personId: _, ...holding }) => holding as Holding),
      signIn: signInOf(states.rows.find((state) => state.personId === person.id)),
    }))
    .toSorted((a, b) => a.name.localeCompare(b.name, 'et'))
}

function signInOf(state: State | undefined): Holder['signIn'] {
  if (!state) return 'none'
  if (state.passwordOnce) return 'once'
  return state.ready ? 'ready' : 'setup'
}

export const addPerson = command(
  'people.add',
  {
    roles: ['admin'],
    input: AddPerson,
    about: (_input, output: { id: string }) => ({ kind: 'person', id: output.id }),
  },
  async (db, input, me) => {
    mustBeFresh(me)
    const made = randomUUID()
    const taken = await db.selectFrom('person').select('id').where('email', '=', input.email).executeTakeFirst()
    if (taken) throw new Invalid({ email: { key: 'access.people.taken' } })
    await db.insertInto('person').values({ id: made, name: input.name, email: input.email }).execute()
    await give(db, made, input)
    return { id: made }
  },
)

export const giveRole = command(
  'people.giveRole',
  { roles: ['admin'], input: GiveRole, about: aboutPerson },
  async (db, input, me) => {
    other(me, input.id)
    await give(db, input.id, input)
  },
)

type Given = Pick<z.output<typeof GiveRole>, 'role' | 'networkId' | 'agency' | 'validFrom' | 'validTo'>

async function give(db: Db, personId: string, { role, networkId, agency, validFrom, validTo }: Given) {
  if (validTo < today()) throw new Invalid({ validTo: { key: 'access.people.past' } })
  const row = { personId, role, networkId: networkId ?? null, agency: agency ?? null, validFrom, validTo }
  await db.insertInto('personRole').values(row).execute()
}

/** The role ends now: its last day was yesterday, or it never was where it had only begun. */
export const endRole = command(
  'people.endRole',
  { roles: ['admin'], input: z.object({ id: id(), roleId: id() }), about: aboutPerson },
  async (db, input, me) => {
    other(me, input.id)
    const ended = await db
      .updateTable('personRole')
      .set({ validTo: sql<string>`least(valid_to, greatest(${today()}::date, valid_from) - 1)` })
      .where('id', '=', input.roleId)
      .where('personId', '=', input.id)
      .returning('id')
      .executeTakeFirst()
    if (!ended) throw new NotFound()
  },
)

export const disablePerson = command(
  'people.disable',
  { roles: ['admin'], input: z.object({ id: id() }), about: aboutPerson },
  (db, input, me) => setStatus(db, input.id, me, 'disabled'),
)

export const enablePerson = command(
  'people.enable',
  { roles: ['admin'], input: z.object({ id: id() }), about: aboutPerson },
  (db, input, me) => setStatus(db, input.id, me, 'active'),
)

// A trigger ends the sessions of a closed account in this same transaction.
async function setStatus(db: Db, personId: string, me: Person, status: Holder['status']) {
  other(me, personId)
  const changed = await db
    .updateTable('person')
    .set({ status })
    .where('id', '=', personId)
    .where('status', '<>', status)
    .returning('id')
    .executeTakeFirst()
  if (!changed) throw new Conflict({ key: 'access.people.already' })
}

/** A password for one use, seen once; what opened the account before is void. */
export const issuePassword = command(
  'people.issuePassword',
  { roles: ['admin'], input: z.object({ id: id() }), about: aboutPerson },
  async (db, input, me) => {
    other(me, input.id)
    const person = await db
      .selectFrom('person')
      .select(['name', 'email'])
      .where('id', '=', input.id)
      .executeTakeFirstOrThrow()
    const password = oncePassword()
    await sql`select credential_issue(${input.id}, ${await hashPassword(password)})`.execute(db)
    return { ...person, password, id: input.id }
  },
)

/** Twenty letters and digits that cannot be taken for one another, 95 bits, in groups that can be read out. */
export function oncePassword(): string {
  const letters = 'abcdefghjkmnpqrstuvwxyz2346789'
  const group = () => Array.from({ length: 5 }, () => letters[randomInt(letters.length)]).join('')
  return [group(), group(), group(), group()].join('-')
}

// Nobody gives rights or keys to themselves; every change wants a fresh proof (security.md §3.6).
function other(me: Person, personId: string) {
  mustBeFresh(me)
  if (me.id === personId) throw new Refused({ key: 'access.people.self' })
}

// Who has an account, and how does the administrator give and take it?
import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { z } from 'zod'
import { today } from '../../core/clock.server.ts'
import type { Db } from '../../core/db.server.ts'
import { Conflict, Invalid, NotFound, Refused } from '../../core/errors.ts'
import { id } from '../../core/form/fields.ts'
import { command, query } from '../../core/operation.server.ts'
import type { Person } from '../../core/user.ts'
import { mailTo } from '../../process/mail.server.ts'
import { mustBeFresh } from '../fresh.ts'
import { accountStates, type OnTheWay } from '../invitation/invitations.server.ts'
import { historyOf, propose } from '../two-people/confirmations.server.ts'
import { formerNamesOf } from '../two-people/names.server.ts'
import { setOwnCode } from '../walls/own-codes.server.ts'
import { AddPerson, EnablePerson, GiveRole, type Holder, type Holding } from './account-holder.ts'

const readers = ['coordinator', 'admin'] as const
const aboutPerson = (input: { id: string }) => ({ kind: 'person', id: input.id })

export const listPeople = query('people.list', { roles: readers, input: z.object({}) }, (db) => holders(db))

export const openPerson = query(
  'people.open',
  { roles: readers, input: z.object({ id: id() }), about: aboutPerson },
  async (db, input) => {
    const [found] = await holders(db, input.id)
    if (!found) throw new NotFound()
    const former = await formerNamesOf(db, input.id)
    return { holder: found, former, networks: await networks(db), history: await historyOf(db, input.id) }
  },
)

export const choicesForPerson = query('people.choices', { roles: ['admin'], input: z.object({}) }, async (db) => ({
  networks: await networks(db),
}))

const networks = (db: Db) =>
  db.selectFrom('network').select(['id', 'name']).where('status', '=', 'active').orderBy('name').execute()

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
  const [states, asked] = [await accountStates(db), await askedFor(db)]
  const byPerson = Map.groupBy(roles, (row) => row.personId)
  return people
    .map((person) => ({
      ...person,
      status: person.status as Holder['status'],
      roles: (byPerson.get(person.id) ?? []).map(({ personId: _, ...holding }) => holding as Holding),
      ...onTheWay(states.get(person.id)),
      waits: asked.has(person.id),
    }))
    .toSorted((a, b) => a.name.localeCompare(b.name, 'et'))
}

const onTheWay = (state: OnTheWay | undefined): Pick<Holder, 'signIn' | 'invitedUntil'> => ({
  signIn: state?.state ?? null,
  invitedUntil: state?.state === 'invited' ? state.until : null,
})

/** For whom something waits for a second person. */
async function askedFor(db: Db): Promise<Set<string>> {
  const rows = await db
    .selectFrom('confirmation')
    .select('personId')
    .where('decision', 'is', null)
    .where('stoppedAt', 'is', null)
    .where('expiresAt', '>', sql<Date>`now()`)
    .execute()
  return new Set(rows.map((row) => row.personId))
}

export const addPerson = command(
  'people.add',
  {
    roles: ['admin'],
    input: AddPerson,
    about: (_input, output: { id: string; first: boolean }) => ({ kind: 'person', id: output.id }),
  },
  async (db, input, me) => {
    mustBeFresh(me)
    const made = randomUUID()
    const taken = await db.selectFrom('person').select('id').where('email', '=', input.email).executeTakeFirst()
    if (taken) throw new Invalid({ email: { key: 'access.people.taken' } })
    await db.insertInto('person').values({ id: made, name: input.name, email: input.email }).execute()
    const { first } = await give(db, me, made, input)
    if (input.personalCode) await setOwnCode(db, made, input.personalCode.code)
    return { id: made, first }
  },
)

export const giveRole = command(
  'people.giveRole',
  { roles: ['admin'], input: GiveRole, about: aboutPerson },
  async (db, input, me) => {
    other(me, input.id)
    await db.selectFrom('person').select('id').where('id', '=', input.id).executeTakeFirstOrThrow()
    return give(db, me, input.id, input)
  },
)

type Given = Pick<z.output<typeof GiveRole>, 'role' | 'networkId' | 'agency' | 'validFrom' | 'validTo' | 'reason'>

// The role begins when a second person has confirmed it.
async function give(db: Db, me: Person, personId: string, given: Given) {
  if (given.validTo < today()) throw new Invalid({ validTo: { key: 'access.people.past' } })
  const { role, networkId = null, agency = null, validFrom, validTo, reason } = given
  if (networkId && !(await networks(db)).some(({ id }) => id === networkId))
    throw new Invalid({ networkId: { key: 'core.error.choose' } })
  return propose(db, me, { kind: 'role', personId, role, networkId, agency, validFrom, validTo, reason })
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
      .where('validTo', '>=', today())
      .returning('id')
      .executeTakeFirst()
    if (ended) return
    const over = await db
      .selectFrom('personRole')
      .select('id')
      .where('id', '=', input.roleId)
      .where('personId', '=', input.id)
      .executeTakeFirst()
    throw over ? new Conflict({ key: 'access.people.roleOver' }) : new NotFound()
  },
)

/** One person is enough, and fast. A trigger ends everything that opens a closed account in this same transaction. */
export const disablePerson = command(
  'people.disable',
  { roles: ['admin'], input: z.object({ id: id() }), about: aboutPerson },
  async (db, input, me) => {
    other(me, input.id)
    const changed = await db
      .updateTable('person')
      .set({ status: 'disabled' })
      .where('id', '=', input.id)
      .where('status', '=', 'active')
      .returning('id')
      .executeTakeFirst()
    if (!changed) throw new Conflict({ key: 'access.people.already' })
  },
)

/** Opened again by two who have both seen its owner: this asks the second one. She comes in by the link that follows, and hears of it now. */
export const enablePerson = command(
  'people.enable',
  { roles: ['admin'], input: EnablePerson, about: aboutPerson },
  async (db, input, me) => {
    other(me, input.id)
    const person = await db.selectFrom('person').select('status').where('id', '=', input.id).executeTakeFirstOrThrow()
    if (person.status === 'active') throw new Conflict({ key: 'access.people.already' })
    await propose(db, me, { kind: 'reopen', personId: input.id, way: input.way, reason: input.reason })
    await mailTo(db, input.id, 'recovery-begun')
  },
)

// Nobody gives rights or keys to themselves; every change wants a fresh proof (security.md §3.6).
function other(me: Person, personId: string) {
  mustBeFresh(me)
  if (me.id === personId) throw new Refused({ key: 'access.people.self' })
}

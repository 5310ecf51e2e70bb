// Who asks for what takes two, who may be the second, and what do they decide?
import { randomUUID } from 'node:crypto'
import { type RawBuilder, sql } from 'kysely'
import { z } from 'zod'
import { now, today } from '../../core/clock.server.ts'
import type { Db } from '../../core/db.server.ts'
import { Conflict, Invalid, NotFound } from '../../core/errors.ts'
import { id } from '../../core/form/fields.ts'
import { command, query, waitFor } from '../../core/operation.server.ts'
import { settingsOn } from '../../core/settings.server.ts'
import type { Person, Role } from '../../core/user.ts'
import { mailTo } from '../../process/mail.server.ts'
import { mustBeFresh } from '../fresh.ts'
import type { Asked } from '../settings/asked.ts'
import { settingsAsked, settingsToConfirm } from '../settings/set.server.ts'
import { Confirm, type Confirmation, ConfirmMany, inBulk, isSeen, Refuse, stateOf } from './confirmation.ts'

export const deciders = ['admin', 'coordinator', 'manager', 'supervisor'] as const satisfies readonly Role[]
const about = (input: { id: string }) => ({ kind: 'confirmation', id: input.id })
/** What is asked for somebody is about her. */
export const aboutPerson = (input: { id: string }) => ({ kind: 'person', id: input.id })

export const isOpen = sql<boolean>`c.decision is null and c.stopped_at is null and c.expires_at > now()`
const isMine = sql<boolean>`coalesce(auth_person() = any (confirmation_deciders(c.kind, c.role, c.person_id, c.proposed_by)), false)
  and confirmation_asker_may(c)`

function rowsWhere(condition: RawBuilder<boolean>): RawBuilder<Confirmation> {
  return sql<Confirmation>`
    select c.id, c.kind, c.person_id, coalesce(p.name, v.name) as name, name_then(c.person_id, c.proposed_at) as name_then, p.email, c.role, n.name as network, c.agency, c.valid_from, c.valid_to,
      c.way, c.reason, c.new_email, c.new_name, c.proposed_by, asked.name as proposer, name_then(c.proposed_by, c.proposed_at) as proposer_then,
      c.proposed_at, c.expires_at, c.decision, c.decided_by, other.name as decider, name_then(c.decided_by, c.decided_at) as decider_then, c.decided_at,
      c.decision_way, c.decision_reason, c.stopped_at, ${isMine} as mine, v.id as volunteer_id, v.code,
      exists (select 1 from volunteer_evidence e where e.volunteer_id = v.id and e.kind = 'contract' and e.superseded_at is null
        and e.valid_from <= ${today()}::date and coalesce(e.valid_to >= ${today()}::date, true)) as contract
    from confirmation c left join person p on p.id = c.person_id left join volunteer v on v.person_id = c.person_id
      left join person asked on asked.id = c.proposed_by left join person other on other.id = c.decided_by left join network n on n.id = c.network_id
    where ${condition} order by c.proposed_at desc`
}

export const confirmations = async (db: Db, condition: RawBuilder<boolean>) =>
  (await rowsWhere(condition).execute(db)).rows

export type Lists = { mine: Confirmation[]; asked: Confirmation[]; settings: Asked[] }

/** What waits for me, and what I have asked for within thirty days. */
export const listConfirmations = query(
  'confirmation.list',
  {
    roles: deciders,
    input: z.object({}),
    about: (_input, output: Lists) => ({ hits: output.mine.length + output.settings.length }),
  },
  async (db, _input, me): Promise<Lists> => ({
    mine: await confirmations(db, sql<boolean>`${isOpen} and ${isMine}`),
    asked: await confirmations(
      db,
      sql<boolean>`c.proposed_by = ${me.id} and c.proposed_at > now() - interval '30 days'`,
    ),
    settings: await settingsAsked(db, me),
  }),
)

export const openConfirmation = query(
  'confirmation.open',
  { roles: deciders, input: z.object({ id: id() }), about },
  (db, input) => oneOf(db, input.id),
)

async function oneOf(db: Db, the: string): Promise<Confirmation> {
  const [found] = await confirmations(db, sql<boolean>`c.id = ${the}`)
  if (!found) throw new NotFound()
  return found
}

/** Everything that two people ever agreed on about one person, the latest first. */
export const historyOf = (db: Db, personId: string): Promise<Confirmation[]> =>
  confirmations(db, sql<boolean>`c.person_id = ${personId}`)

/** Does this role already wait for a second person? */
export async function isAskedFor(db: Db, personId: string, role: Role): Promise<boolean> {
  return (
    (await confirmations(db, sql<boolean>`${isOpen} and c.person_id = ${personId} and c.role = ${role}`)).length > 0
  )
}

/** How many things wait for me as the second person. */
export async function waitingForMe(db: Db): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int + ${settingsToConfirm} as count from confirmation c where ${isOpen} and ${isMine}`.execute(db)
  return rows[0]?.count ?? 0
}

export const confirm = command(
  'confirmation.confirm',
  { roles: deciders, inPerson: true, input: Confirm, about },
  async (db, input, me) => {
    mustBeFresh(me)
    const found = await oneOf(db, input.id)
    if (isSeen(found.kind) && !input.way) throw new Invalid({ way: { key: 'core.error.choose' } })
    await decide(db, input.id, 'confirmed', null, isSeen(found.kind) ? (input.way ?? null) : null).catch((error) => {
      // Between the asking and the word of the second person somebody else has got that address.
      throw found.kind === 'email' && isTaken(error) ? new Conflict({ key: 'access.email.takenSince' }) : error
    })
    // She who asked for herself hears of it by the change.
    if (found.proposedBy !== found.personId) await mailTo(db, found.proposedBy, 'new-task')
    return { kind: found.kind, personId: found.personId }
  },
)

/** Those who help, as many as were ticked, or none of them. */
export const confirmMany = command(
  'confirmation.confirmMany',
  { roles: deciders, inPerson: true, input: ConfirmMany },
  async (db, input, me) => {
    mustBeFresh(me)
    const asked = new Set<string>()
    // In one order, or two who press at once would wait for one another.
    for (const the of input.ids.toSorted()) {
      const found = await oneOf(db, the)
      if (!inBulk(found)) throw new NotFound()
      await decide(db, the, 'confirmed', null, null)
      asked.add(found.proposedBy)
    }
    for (const proposer of asked) await mailTo(db, proposer, 'new-task')
    return { count: input.ids.length }
  },
)

export const refuse = command(
  'confirmation.refuse',
  { roles: deciders, inPerson: true, input: Refuse, about },
  async (db, input, me) => {
    mustBeFresh(me)
    await decide(db, input.id, 'refused', input.reason, null)
    return { id: input.id }
  },
)

export const withdraw = command(
  'confirmation.withdraw',
  { roles: deciders, inPerson: true, input: z.object({ id: id() }), about },
  async (db, input) => {
    const done = await sql<{ done: boolean }>`select confirmation_withdraw(${input.id}) as done`.execute(db)
    if (done.rows[0]?.done) return
    const found = await oneOf(db, input.id)
    throw stateOf(found, now()) === 'waiting' ? new NotFound() : new Conflict({ key: 'access.two.notOpen' })
  },
)

async function decide(db: Db, the: string, how: 'confirmed' | 'refused', why: string | null, seen: string | null) {
  const done = await sql<{
    done: boolean
  }>`select confirmation_decide(${the}, ${how}, ${why}, ${seen}) as done`.execute(db)
  if (!done.rows[0]?.done) throw new Conflict({ key: 'access.two.notOpen' })
}

/** A row that may be there once is there already: somebody has the address. */
export const isTaken = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === '23505'

export type Wanted = {
  kind: Confirmation['kind']
  personId: string
  role?: Role
  networkId?: string | null
  agency?: string | null
  newEmail?: string
  newName?: string
  /** Under which spellings the register finds it. */
  newSearch?: string
  validFrom?: string
  validTo?: string
  way?: string
  reason: string | null
}

/** The role of somebody who helps, from today and without a last day: it ends with the contract, by one person's hand. */
export const helperRole = (role: 'volunteer' | 'supervisor', personId: string): Wanted => ({
  ...{ kind: 'role', personId, role, reason: null },
  ...{ validFrom: today(), validTo: '2999-12-31' },
})

/** Asks for something that takes two. Those who could be the second are told, unless they know already that something waits. */
export async function propose(db: Db, me: Person, wanted: Wanted): Promise<{ id: string; first: boolean }> {
  const the = randomUUID()
  const { role = null } = wanted
  // What two ask for one person at once is asked one after the other: the second finds that it waits already.
  await waitFor(db, `person/${wanted.personId}`)
  await refuseTwice(db, wanted)
  const { confirmDays } = await settingsOn(db)
  const expiresAt = sql<Date>`now() + make_interval(days => ${confirmDays})`
  await db
    .insertInto('confirmation')
    .values({ ...wanted, id: the, proposedBy: me.id, expiresAt })
    .execute()
  const { decision } = await oneOf(db, the)
  if (decision === 'first') return { id: the, first: true }
  const others = await sql<{ id: string; told: boolean }>`
    select d as id, exists (select 1 from confirmation c where c.id <> ${the} and ${isOpen}
      and d = any (confirmation_deciders(c.kind, c.role, c.person_id, c.proposed_by))) as told
    from unnest(confirmation_deciders(${wanted.kind}, ${role}, ${wanted.personId}, ${me.id})) d`.execute(db)
  if (others.rows.length === 0) throw new Conflict({ key: 'access.two.nobody' })
  for (const other of others.rows) if (!other.told) await mailTo(db, other.id, 'new-task')
  return { id: the, first: false }
}

// Asked twice, it would be given twice.
async function refuseTwice(db: Db, { kind, personId, role, networkId }: Wanted) {
  const same = await confirmations(
    db,
    sql<boolean>`${isOpen} and c.kind = ${kind} and c.person_id = ${personId} and c.role is not distinct from ${role ?? null}
      and c.network_id is not distinct from ${networkId ?? null}::uuid`,
  )
  if (same.length > 0) throw new Conflict({ key: 'access.two.already' })
}

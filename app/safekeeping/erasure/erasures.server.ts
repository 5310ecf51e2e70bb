// How does one ask for an erasure and another carry it out, and how is it kept from coming back with a backup?
import { sql } from 'kysely'
import { z } from 'zod'
import type { Db } from '../../core/db.server.ts'
import { Conflict, Invalid, NotFound } from '../../core/errors.ts'
import { id } from '../../core/form/fields.ts'
import { command, query } from '../../core/operation.server.ts'
import { openKept } from '../../core/seal.server.ts'
import type { Person, Role } from '../../core/user.ts'
import { writeErasure } from '../../process/ledger.server.ts'
import { erasuresDue } from './due.server.ts'
import { AskErasure, DecideErasure, type Due, type Kind, type Request } from './erasure.ts'
import { type Found, insertRequest } from './requests.server.ts'

const deciders: readonly Role[] = ['auditor', 'coordinator', 'lead']

/** Requests that the one who asks may see, those that wait first. */
export async function requestsFor(db: Db, me: Person, only?: string): Promise<(Request & { reason: Buffer })[]> {
  const other = me.roles.includes('auditor')
  const keeper = me.roles.includes('coordinator') || me.roles.includes('lead')
  const { rows } = await sql<Request & { reason: Buffer }>`
    select e.id, e.kind, e.label, e.ground, e.asked_at, e.decided_at, e.reason_sealed as reason,
      asked.name as asked_by, decided.name as decided_by, e.asked_as, coalesce(e.outcome, 'waits') as standing,
      e.outcome is null and e.asked_by <> ${me.id} and case e.asked_as when 'auditor' then ${keeper}::boolean else ${other}::boolean end as decidable
    from erasure e left join person asked on asked.id = e.asked_by left join person decided on decided.id = e.decided_by
    where e.id = ${only ?? null} or ${only ?? null}::uuid is null
    order by e.outcome is not null, coalesce(e.decided_at, e.asked_at) desc limit 200`.execute(db)
  return rows
}

export type Waiting = { count: number; askedAt: Date | null; first: string | null; due: number }

/** How many requests wait for this person's decision, and since when, and of how much the time is over: for the first page. */
export async function erasuresToDecide(db: Db, me: Person): Promise<Waiting> {
  const mine = (await requestsFor(db, me)).filter(({ decidable }) => decidable).toReversed()
  const due = (await erasuresDue(db)).length
  return { count: mine.length, askedAt: mine[0]?.askedAt ?? null, first: mine[0]?.id ?? null, due }
}

type Listed = { requests: Request[]; due: Due[] }

export const listErasures = query(
  'erasure.list',
  {
    roles: deciders,
    input: z.object({}),
    about: (_: unknown, { requests, due }: Listed) => ({ kind: 'erasure', hits: requests.length + due.length }),
  },
  async (db, _input, me): Promise<Listed> => ({
    requests: (await requestsFor(db, me)).map(({ reason: _, ...request }) => request),
    due: await erasuresDue(db),
  }),
)

/** The form, with the number that one came from. */
export const openErasureForm = query(
  'erasure.form',
  { roles: deciders, input: z.object({ number: z.string().max(20).optional().catch(undefined) }) },
  async (_db, input) => ({ number: input.number ?? '' }),
)

const about = (_: unknown, output: Found & { id: string }) => ({
  kind: 'erasure',
  id: output.id,
  ...(output.kind === 'case' ? { caseId: output.owner, networkId: output.networkId ?? undefined } : {}),
})

/** The case or the volunteer of that number, as far as the one who asks may see it. */
async function find(db: Db, number: string): Promise<Found> {
  const label = number.trim().toUpperCase()
  const [one] = label.startsWith('TI-')
    ? await db.selectFrom('volunteer').select(['id', 'code as label']).where('code', '=', label).execute()
    : []
  if (one) return { kind: 'volunteer', owner: one.id, networkId: null, label: one.label }
  const found = await db
    .selectFrom('caseFile')
    .select(['id', 'networkId', 'number'])
    .where('number', '=', label)
    .executeTakeFirst()
  if (!found) throw new Invalid({ number: { key: 'safekeeping.erasure.unknown', args: { number: label } } })
  return { kind: 'case', owner: found.id, networkId: found.networkId, label: found.number }
}

export const askErasure = command(
  'erasure.ask',
  { roles: deciders, inPerson: true, input: AskErasure, about },
  async (db, input, me) => {
    const found = await find(db, input.number)
    // Only the coordinator answers for volunteers.
    if (found.kind === 'volunteer' && !me.roles.includes('auditor') && !me.roles.includes('coordinator')) {
      throw new Invalid({ number: { key: 'safekeeping.erasure.unknown', args: { number: found.label } } })
    }
    if (await isErased(db, found)) {
      throw new Invalid({ number: { key: 'safekeeping.erasure.already', args: { number: found.label } } })
    }
    if (found.kind === 'volunteer' && input.ground === 'term' && !(await isDue(db, found)))
      throw new Invalid({ ground: { key: 'safekeeping.due.notYet', args: { number: found.label } } })
    return { id: await insertRequest(db, me, { ...found, ground: input.ground, reason: input.reason }), ...found }
  },
)

/** The time of what is kept of somebody is over; of a case it is for people to judge. */
async function isDue(db: Db, { kind, owner }: Pick<Found, 'kind' | 'owner'>): Promise<boolean> {
  const { rows } = await sql<{ due: boolean }>`select erasure_is_due(${kind}, ${owner}::uuid) as due`.execute(db)
  return rows[0]?.due ?? false
}

async function isErased(db: Db, { kind, owner }: Found): Promise<boolean> {
  const done = await db
    .selectFrom('erasure')
    .select('id')
    .where('ownerId', '=', owner)
    .where('kind', '=', kind)
    .where('outcome', '=', 'done')
    .executeTakeFirst()
  return done !== undefined
}

/** One request with its reason, for the one who has to decide. */
export const openErasure = query(
  'erasure.open',
  { roles: deciders, input: z.object({ id: id() }), about: (input) => ({ kind: 'erasure', id: input.id }) },
  async (db, input, me) => {
    const [request] = await requestsFor(db, me, input.id)
    if (!request) throw new NotFound()
    const { reason, ...rest } = request
    return { ...rest, why: openKept('erasure', reason) }
  },
)

async function decide(db: Db, request: string, yes: boolean): Promise<Found & { id: string }> {
  const row = await db
    .selectFrom('erasure')
    .select(['label', 'networkId', 'kind', 'ownerId as owner', 'ground'])
    .where('id', '=', request)
    .executeTakeFirst()
  // Between the request and the answer somebody may have come back, or the rule may have changed.
  if (yes && row?.ground === 'term' && row.kind !== 'case' && !(await isDue(db, { ...row, kind: row.kind as Kind })))
    throw new Conflict({ key: 'safekeeping.due.noMore' })
  const { rows } = await sql<{ kind: Kind; ownerId: string }>`
    select kind, owner_id from decide_erasure(${request}::uuid, ${yes})`.execute(db)
  const [decided] = rows
  if (!row || !decided) throw new NotFound()
  // The ledger comes before the commit: an erasure that nobody remembers would be undone by the next restore.
  if (yes) writeErasure(decided.kind, decided.ownerId)
  return { id: request, kind: decided.kind, owner: decided.ownerId, networkId: row.networkId, label: row.label }
}

/** The second person says yes: the key is destroyed at once, and nothing brings it back. */
export const confirmErasure = command(
  'erasure.confirm',
  { roles: deciders, inPerson: true, input: DecideErasure, about },
  async (db, input) => decide(db, input.id, true),
)

export const refuseErasure = command(
  'erasure.refuse',
  { roles: deciders, inPerson: true, input: z.object({ id: id() }), about },
  async (db, input) => decide(db, input.id, false),
)

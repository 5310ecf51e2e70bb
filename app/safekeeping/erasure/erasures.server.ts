// How does one ask for an erasure and another carry it out, and how is it kept from coming back with a backup?
import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { z } from 'zod'
import type { Db } from '../../core/db.server.ts'
import { Conflict, Invalid, NotFound } from '../../core/errors.ts'
import { id } from '../../core/form/fields.ts'
import { command, query } from '../../core/operation.server.ts'
import { openForProcess, sealForProcess } from '../../core/seal.server.ts'
import type { Person, Role } from '../../core/user.ts'
import { writeErasure } from '../../process/ledger.server.ts'
import { AskErasure, DecideErasure, type Request } from './erasure.ts'

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

export type Waiting = { count: number; askedAt: Date | null; first: string | null }

/** How many requests wait for this person's decision, and since when: for the first page. */
export async function erasuresToDecide(db: Db, me: Person): Promise<Waiting> {
  const mine = (await requestsFor(db, me)).filter(({ decidable }) => decidable).toReversed()
  return { count: mine.length, askedAt: mine[0]?.askedAt ?? null, first: mine[0]?.id ?? null }
}

export const listErasures = query(
  'erasure.list',
  { roles: deciders, input: z.object({}) },
  async (db, _input, me): Promise<Request[]> => (await requestsFor(db, me)).map(({ reason: _, ...request }) => request),
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

type Found = { kind: 'case' | 'volunteer'; owner: string; networkId: string | null; label: string }

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
    const request = randomUUID()
    const asAuditor = me.roles.includes('auditor')
    // Only the coordinator answers for volunteers.
    if (found.kind === 'volunteer' && !asAuditor && !me.roles.includes('coordinator')) {
      throw new Invalid({ number: { key: 'safekeeping.erasure.unknown', args: { number: found.label } } })
    }
    if (await isErased(db, found.owner)) {
      throw new Invalid({ number: { key: 'safekeeping.erasure.already', args: { number: found.label } } })
    }
    await sql`insert into erasure (id, kind, owner_id, network_id, label, ground, asked_by, asked_as, reason_sealed)
    values (${request}, ${found.kind}, ${found.owner}, ${found.networkId}, ${found.label}, ${input.ground}, ${me.id},
      ${asAuditor ? 'auditor' : 'keeper'}, ${sealForProcess('erasure', input.reason)})`
      .execute(db)
      .catch((error: { code?: string }) => {
        throw error.code === '23505' ? new Conflict({ key: 'safekeeping.erasure.asked' }) : error
      })
    return { id: request, ...found }
  },
)

async function isErased(db: Db, owner: string): Promise<boolean> {
  const done = await db
    .selectFrom('erasure')
    .select('id')
    .where('ownerId', '=', owner)
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
    return { ...rest, why: openForProcess('erasure', reason) }
  },
)

async function decide(db: Db, request: string, yes: boolean): Promise<Found & { id: string }> {
  const row = await db.selectFrom('erasure').select(['label', 'networkId']).where('id', '=', request).executeTakeFirst()
  const { rows } = await sql<{ kind: 'case' | 'volunteer'; ownerId: string }>`
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

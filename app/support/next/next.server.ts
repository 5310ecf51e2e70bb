// How does a support person plan when she will next reach her: within what she asked for, or for a reason?
import { sql } from 'kysely'
import { z } from 'zod'
import { guardContact, PlanContact, PlanPlace, readPlan } from '../../cases/contact/contact-plan.ts'
import type { Broken } from '../../cases/contact/judge-contact.ts'
import { insertPlan, plansOf, takeBack } from '../../cases/contact/plans.server.ts'
import { readSafe } from '../../cases/contact/read-safe.server.ts'
import type { Channel } from '../../cases/contact/safe-contact.ts'
import { sealReason } from '../../cases/identity/reveal.server.ts'
import { now, today } from '../../core/clock.server.ts'
import type { Db } from '../../core/db.server.ts'
import { Invalid, NotFound } from '../../core/errors.ts'
import { id } from '../../core/form/fields.ts'
import { command, query } from '../../core/operation.server.ts'
import { openVault } from '../../core/seal.server.ts'
import type { Person } from '../../core/user.ts'
import { OutingFields, readOuting } from '../outing/outing.ts'
import { callOff, waitedFor, waitFor } from '../outing/outings.server.ts'
import { type Loggable, loggable } from '../visit/supported.server.ts'

const roles = ['volunteer'] as const

const keyOf = ({ id, caseId, networkId }: Loggable) => ({ id, caseId, networkId })

type Of = { of: Pick<Loggable, 'id' | 'caseId' | 'networkId'> }
const about = (_: unknown, { of }: Of) => ({
  kind: 'assignment',
  id: of.id,
  caseId: of.caseId,
  networkId: of.networkId,
})
// What the log keeps of a plan: that it went against her word, and why.
const aboutPlanned = (input: { because?: string | undefined }, output: Of & { broken: readonly Broken[] }) => ({
  ...about(input, output),
  reason: output.broken.length > 0 && input.because ? sealReason(input.because) : undefined,
})

/** One's own support that runs; NotFound where it is not one's own, or over. */
async function mine(db: Db, me: Person, assignment: string): Promise<Loggable> {
  const found = (await loggable(db, me)).find((one) => one.id === assignment && one.mine)
  if (!found) throw new NotFound()
  return found
}

/** The form, below what she asked for and beside what is planned already. */
export const openNext = query(
  'support.next',
  { roles, input: z.object({ id: id() }), about },
  async (db, input, me) => {
    const of = await mine(db, me, input.id)
    const safe = await readSafe(db, of.caseId)
    const plans = (await plansOf(db, of.caseId, safe)).filter((plan) => plan.assignmentId === of.id)
    return { of, safe, plans, waited: await waitedFor(db, of.id) }
  },
)

/** What she has planned next in one of these supports of hers, until an hour after its time. */
export async function nextPlanned(db: Db, supports: readonly string[]) {
  if (supports.length === 0) return null
  const ago = new Date(now().getTime() - 3_600_000)
  const row = await db
    .selectFrom('contactPlan')
    .select(['assignmentId', 'atMinute as minute'])
    .select([sql<Channel>`channel`.as('channel'), sql<string>`on_date`.as('onDate')])
    .where('assignmentId', 'in', supports)
    .where('withdrawnAt', 'is', null)
    .where(
      sql<boolean>`(on_date + coalesce(at_minute, 1439) * interval '1 minute') at time zone 'Europe/Tallinn' > ${ago}`,
    )
    .orderBy('onDate')
    .orderBy('atMinute')
    .limit(1)
    .executeTakeFirst()
  return row ?? null
}

const PlanNext = PlanContact.extend(OutingFields.shape)

/** Where she meets her, or says until when it lasts, she is waited for. */
export const planNext = command(
  'support.next.plan',
  { roles, input: PlanNext, about: aboutPlanned },
  async (db, input: z.output<typeof PlanNext>, me) => {
    const of = await mine(db, me, input.id)
    if (input.channel === 'through') throw new Invalid({ channel: { key: 'core.error.choose' } })
    const vault = await openVault(db, of.caseId)
    const span = readOuting(input)
    const plan = { ...readPlan(input, today()), until: span && span.from + span.minutes }
    const broken = guardContact(plan, await readSafe(db, of.caseId, vault), input.because)
    const place = { networkId: of.networkId, caseId: of.caseId, assignmentId: of.id }
    const planId = await insertPlan(db, me, place, { plan, broken, because: input.because }, vault)
    if (span) await waitFor(db, me, { ...of, planId }, { ...span, reach: input.reach })
    return { of: keyOf(of), broken, waited: span !== null }
  },
)

export const withdrawNext = command(
  'support.next.withdraw',
  { roles, input: PlanPlace, about },
  async (db, input, me) => {
    const of = await mine(db, me, input.id)
    await takeBack(db, me, of.caseId, input.plan)
    await callOff(db, input.plan)
    return { of: keyOf(of) }
  },
)

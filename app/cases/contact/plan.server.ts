// How does the network plan to reach her: within what she said, or for a reason that is written down?
import type { z } from 'zod'
import { today } from '../../core/clock.server.ts'
import type { Db } from '../../core/db.server.ts'
import { Conflict } from '../../core/errors.ts'
import { command, query } from '../../core/operation.server.ts'
import { openVault } from '../../core/seal.server.ts'
import type { Person } from '../../core/user.ts'
import { CaseId } from '../case.ts'
import { aboutCase, type CaseHead, caseHead } from '../case-file.server.ts'
import { keepers } from '../cases.server.ts'
import { sealReason } from '../identity/reveal.server.ts'
import { guardContact, PlanContact, PlanPlace, readPlan } from './contact-plan.ts'
import { insertPlan, takeBack } from './plans.server.ts'
import { readSafe } from './read-safe.server.ts'

/** Is she still to be reached: the case is open, or it is closed and somebody has to ask how she is? */
export const isReached = ({ status, tasks }: Pick<CaseHead, 'status' | 'tasks'>): boolean =>
  status === 'open' || tasks.some(({ kind }) => kind === 'follow-up')

async function reachedHead(db: Db, me: Person, caseId: string) {
  const head = await caseHead(db, me, caseId)
  if (!isReached(head)) throw new Conflict({ key: 'cases.closing.readOnly' })
  return head
}

/** The form stands below what she asked for. */
export const openPlanContact = query(
  'case.contact.plan.open',
  { roles: keepers, input: CaseId, about: aboutCase },
  async (db, { id }, me) => {
    const head = await caseHead(db, me, id)
    return { head, safe: await readSafe(db, head.id), today: today() }
  },
)

type Planned = { head: { id: string; networkId: string }; against: boolean }

/** What the log keeps of a plan: that it went against her word, and why. */
export const aboutPlan = ({ because }: { because?: string | undefined }, { head, against }: Planned) => ({
  ...aboutCase(null, { head }),
  reason: against && because ? sealReason(because) : undefined,
})

export const planContact = command(
  'case.contact.plan',
  { roles: keepers, input: PlanContact, about: aboutPlan },
  async (db, input: z.output<typeof PlanContact>, me): Promise<Planned> => {
    const head = await reachedHead(db, me, input.id)
    const vault = await openVault(db, head.id)
    const plan = readPlan(input, today())
    const broken = guardContact(plan, await readSafe(db, head.id, vault), input.because)
    const of = { networkId: head.networkId, caseId: head.id }
    await insertPlan(db, me, of, { plan, broken, because: input.because }, vault)
    return { head: { id: head.id, networkId: head.networkId }, against: broken.length > 0 }
  },
)

export const withdrawContact = command(
  'case.contact.withdraw',
  { roles: keepers, input: PlanPlace, about: aboutCase },
  async (db, { id, plan }, me) => {
    const head = await reachedHead(db, me, id)
    await takeBack(db, me, head.id, plan)
    return { head: { id: head.id, networkId: head.networkId } }
  },
)

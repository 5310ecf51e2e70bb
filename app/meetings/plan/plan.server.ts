// What has been agreed in a case, by whom and until when, and which risk has nobody answered?
import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import type { z } from 'zod'
import { CaseId } from '../../cases/case.ts'
import { aboutCase, caseHead, oneCase } from '../../cases/case-file.server.ts'
import { keepers } from '../../cases/cases.server.ts'
import { guardContact, readPlan } from '../../cases/contact/contact-plan.ts'
import { aboutPlan } from '../../cases/contact/plan.server.ts'
import { insertPlan, plansOf } from '../../cases/contact/plans.server.ts'
import { readSafe } from '../../cases/contact/read-safe.server.ts'
import { today } from '../../core/clock.server.ts'
import type { Db } from '../../core/db.server.ts'
import { Conflict, Invalid, NotFound } from '../../core/errors.ts'
import { command, query } from '../../core/operation.server.ts'
import { openVault, type Vault } from '../../core/seal.server.ts'
import type { Person, Role } from '../../core/user.ts'
import { mailAbout } from '../../process/mail.server.ts'
import { planStanding } from '../approval/approval.server.ts'
import { chairsDay } from '../chair/chair.server.ts'
import { seatsOf } from '../core-group/seats.server.ts'
import { actionRefusal, EndAction, NewAction } from './action.ts'
import { actionsOf, gapsOf } from './actions.server.ts'
import { matrixOf } from './matrix.server.ts'

const planners: readonly Role[] = ['lead', 'member', 'coordinator']

export const openPlan = query(
  'case.plan',
  { roles: planners, input: CaseId, about: aboutCase },
  async (db, { id }, me) => {
    const head = await caseHead(db, me, id)
    const actions = await actionsOf(db, id, head.own)
    const contacts = head.own ? (await plansOf(db, id, await readSafe(db, id))).filter((one) => one.actionId) : []
    return {
      head,
      actions,
      contacts,
      chairsDay: await chairsDay(db),
      leads: head.own && me.roles.includes('lead'),
      matrix: head.own ? await matrixOf(db, id, actions) : null,
      gaps: head.own ? await gapsOf(db, id) : [],
      approval: head.own ? await planStanding(db, id) : null,
    }
  },
)

export const openNewAction = query(
  'case.action.add.open',
  { roles: keepers, input: NewAction.pick({ id: true, meeting: true }), about: aboutCase },
  async (db, { id, meeting }, me) => {
    const head = await caseHead(db, me, id)
    if (!head.own) throw new NotFound()
    const seats = await seatsOf(db, head.networkId)
    return { head, meeting: meeting ?? null, seats, safe: await readSafe(db, head.id) }
  },
)

/** One owner, one day, one result that can be checked (R23); the owner hears that something waits. */
export const addAction = command(
  'case.action.add',
  { roles: keepers, input: NewAction, about: aboutPlan },
  async (db, input: z.output<typeof NewAction>, me) => {
    const head = await caseHead(db, me, input.id)
    if (head.status !== 'open') throw new Conflict({ key: 'meetings.plan.closed' })
    if (input.dueOn < today()) throw new Invalid({ dueOn: { key: 'meetings.error.past' } })
    const seat = (await seatsOf(db, head.networkId)).find((one) => one.personId === input.owner)
    if (!seat) throw new Invalid({ owner: { key: 'core.error.choose' } })
    const row = randomUUID()
    const vault = await openVault(db, head.id)
    const reaching = await reachingHer(db, head.id, input, vault)
    const seal = (column: string, words: string) => vault.seal({ table: 'case_action', column, row }, words)
    await db
      .insertInto('caseAction')
      .values({
        ...{ networkId: head.networkId, caseId: head.id, id: row, meetingId: input.meeting ?? null },
        ...{ agency: seat.agency, ownerId: seat.personId, dueOn: input.dueOn, recordedBy: me.id },
        ...{ whatSealed: seal('what_sealed', input.what), resultSealed: seal('result_sealed', input.result) },
      })
      .execute()
    const of = { networkId: head.networkId, caseId: head.id }
    if (reaching) await insertPlan(db, me, { ...of, actionId: row }, reaching, vault)
    if (seat.personId !== me.id) await mailAbout(db, head.id, seat.personId, 'new-task')
    const against = (reaching?.broken.length ?? 0) > 0
    return { head: { id: head.id, networkId: head.networkId }, against, action: row, meeting: input.meeting ?? null }
  },
)

/** Where she is to be reached for it, that keeps to what she asked for, or there is a reason; nothing where she is not. */
async function reachingHer(db: Db, caseId: string, input: z.output<typeof NewAction>, vault: Vault) {
  const { contact: channel, because } = input
  if (channel === 'none') return null
  const plan = readPlan({ ...input, channel }, today())
  const safe = await readSafe(db, caseId, vault)
  try {
    return { plan, broken: guardContact(plan, safe, because), because }
  } catch (error) {
    // What is said of the way stands at the field that asks for it here.
    if (!(error instanceof Invalid)) throw error
    const { channel: way, ...fields } = error.fields
    throw new Invalid(way ? { ...fields, contact: way } : fields)
  }
}

/** One action of a case of one's own network, and whether it is theirs to end. */
export async function actionFor(db: Db, me: Person, caseId: string, actionId: string) {
  const head = await caseHead(db, me, caseId)
  const action = (await actionsOf(db, caseId, head.own)).find((one) => one.id === actionId)
  if (!head.own || !action) throw new NotFound()
  return { head, action, mine: action.ownerId === me.id || me.roles.includes('lead') }
}

/** Does a contact with her stand that was planned for this action? */
async function isPlanned(db: Db, actionId: string): Promise<boolean> {
  const plan = await db
    .selectFrom('contactPlan')
    .select('id')
    .where('actionId', '=', actionId)
    .where('withdrawnAt', 'is', null)
    .executeTakeFirst()
  return plan !== undefined
}

export const openEndAction = query(
  'case.action.end.open',
  { roles: keepers, input: EndAction.pick({ id: true, action: true }), about: aboutCase },
  async (db, input, me) => {
    const found = await actionFor(db, me, input.id, input.action)
    return { ...found, planned: await isPlanned(db, found.action.id) }
  },
)

/** What came of it: done, not done, or no longer possible, in words. */
export const endAction = command(
  'case.action.end',
  { roles: keepers, input: EndAction, about: aboutCase, oneByOne: oneCase },
  async (db, input: z.output<typeof EndAction>, me) => {
    const { head, action, mine } = await actionFor(db, me, input.id, input.action)
    const planned = await isPlanned(db, action.id)
    const refused = actionRefusal(action, { end: input.end, words: true, mine, planned })
    if (refused) throw new Conflict(refused)
    const vault = await openVault(db, head.id)
    const place = { table: 'case_action', column: 'outcome_sealed', row: action.id }
    await db
      .updateTable('caseAction')
      .set({
        state: input.end,
        outcomeSealed: vault.seal(place, input.outcome),
        endedBy: me.id,
        endedAt: sql<Date>`now()`,
      })
      .where('id', '=', action.id)
      .execute()
    return { head: { id: head.id, networkId: head.networkId } }
  },
)

// Who tells her what was decided, by when, and is it looked at first whether that is safe?
import { randomUUID } from 'node:crypto'
import type { z } from 'zod'
import { aboutCase } from '../../cases/case-file.server.ts'
import { keepers } from '../../cases/cases.server.ts'
import { guardContact, PlanFields, readPlan } from '../../cases/contact/contact-plan.ts'
import { aboutPlan } from '../../cases/contact/plan.server.ts'
import { insertPlan, plansOf } from '../../cases/contact/plans.server.ts'
import { readSafe } from '../../cases/contact/read-safe.server.ts'
import { addWorkingDays } from '../../core/calendar/working-days.ts'
import { today } from '../../core/clock.server.ts'
import type { Db } from '../../core/db.server.ts'
import { Conflict, NotFound } from '../../core/errors.ts'
import { command, query } from '../../core/operation.server.ts'
import { openVault } from '../../core/seal.server.ts'
import { settingsOn } from '../../core/settings.server.ts'
import type { Person } from '../../core/user.ts'
import { translator } from '../../i18n/i18n.ts'
import { seatsOf } from '../core-group/seats.server.ts'
import type { MeetingHead } from '../meetings.server.ts'
import { EndAction } from './action.ts'
import { actionFor } from './plan.server.ts'

/** After a decision she is owed word of it: once a case and meeting, by the one who wrote it down, until that person gives it to somebody else. */
export async function oweUpdate(db: Db, me: Person, head: MeetingHead, caseId: string): Promise<void> {
  const owed = await db
    .selectFrom('caseAction')
    .select('id')
    .where('meetingId', '=', head.id)
    .where('caseId', '=', caseId)
    .where('kind', '=', 'update')
    .executeTakeFirst()
  const seat = (await seatsOf(db, head.networkId)).find(({ personId }) => personId === me.id)
  if (owed || !seat) return
  const row = randomUUID()
  const vault = await openVault(db, caseId)
  const t = translator(me.locale)
  const seal = (column: string, words: string) => vault.seal({ table: 'case_action', column, row }, words)
  await db
    .insertInto('caseAction')
    .values({
      ...{ networkId: head.networkId, caseId, id: row, meetingId: head.id, kind: 'update' },
      ...{ agency: seat.agency, ownerId: me.id, recordedBy: me.id },
      dueOn: addWorkingDays(today(), (await settingsOn(db)).safeUpdateDays),
      whatSealed: seal('what_sealed', t('meetings.update.what')),
      resultSealed: seal('result_sealed', t('meetings.update.result')),
    })
    .execute()
}

const Place = EndAction.pick({ id: true, action: true })
export const PlanUpdate = PlanFields.extend(Place.shape)

/** An open action of one's own, or of one's network for its lead; NotFound for everybody else. */
async function reachingFor(db: Db, me: Person, input: z.output<typeof Place>) {
  const { head, action, mine } = await actionFor(db, me, input.id, input.action)
  if (!mine) throw new NotFound()
  return { head, action, safe: await readSafe(db, head.id) }
}

export const openPlanUpdate = query(
  'case.action.contact.open',
  { roles: keepers, input: Place, about: aboutCase },
  async (db, input, me) => {
    const { safe, ...of } = await reachingFor(db, me, input)
    const plans = (await plansOf(db, of.head.id, safe)).filter(({ actionId }) => actionId === of.action.id)
    return { ...of, safe, plans }
  },
)

/** How and when she is told: within what she asked for, or for a reason that is written down. */
export const planUpdate = command(
  'case.action.contact',
  { roles: keepers, input: PlanUpdate, about: aboutPlan },
  async (db, input: z.output<typeof PlanUpdate>, me) => {
    const { head, action } = await reachingFor(db, me, input)
    if (action.state !== 'open') throw new Conflict({ key: 'meetings.plan.ended' })
    const vault = await openVault(db, head.id)
    const plan = readPlan(input, today())
    const broken = guardContact(plan, await readSafe(db, head.id, vault), input.because)
    const of = { networkId: head.networkId, caseId: head.id, actionId: action.id }
    await insertPlan(db, me, of, { plan, broken, because: input.because }, vault)
    return { head: { id: head.id, networkId: head.networkId }, against: broken.length > 0 }
  },
)

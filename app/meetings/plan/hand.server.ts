// How does the lead give an open action to somebody else of the core group?
import type { z } from 'zod'
import { aboutCase } from '../../cases/case-file.server.ts'
import { Conflict, Invalid, NotFound } from '../../core/errors.ts'
import { idFrom } from '../../core/form/fields.ts'
import { command, query } from '../../core/operation.server.ts'
import { mailAbout } from '../../process/mail.server.ts'
import { seatsOf } from '../core-group/seats.server.ts'
import { EndAction } from './action.ts'
import { actionFor } from './plan.server.ts'

const Place = EndAction.pick({ id: true, action: true })
export const HandAction = Place.extend({ owner: idFrom({ label: 'meetings.plan.owner' }) })

const lead = { roles: ['lead'] as const, about: aboutCase }

export const openHandAction = query('case.action.hand.open', { ...lead, input: Place }, async (db, input, me) => {
  const { head, action } = await actionFor(db, me, input.id, input.action)
  return { head, action, seats: await seatsOf(db, head.networkId) }
})

/** From one owner to another; the new one hears that something waits. */
export const handAction = command(
  'case.action.hand',
  { ...lead, input: HandAction },
  async (db, input: z.output<typeof HandAction>, me) => {
    const { head, action } = await actionFor(db, me, input.id, input.action)
    if (action.state !== 'open') throw new Conflict({ key: 'meetings.plan.ended' })
    const seat = (await seatsOf(db, head.networkId)).find((one) => one.personId === input.owner)
    if (!seat) throw new Invalid({ owner: { key: 'core.error.choose' } })
    const changed = await db
      .updateTable('caseAction')
      .set({ ownerId: seat.personId, agency: seat.agency })
      .where('id', '=', action.id)
      .where('state', '=', 'open')
      .executeTakeFirst()
    if (Number(changed.numUpdatedRows) === 0) throw new NotFound()
    if (seat.personId !== me.id) await mailAbout(db, head.id, seat.personId, 'new-task')
    return { head: { id: head.id, networkId: head.networkId } }
  },
)

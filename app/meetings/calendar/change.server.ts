// How is a planned meeting announced, moved to another day or called off?
import { sql } from 'kysely'
import type { z } from 'zod'
import type { Db } from '../../core/db.server.ts'
import { Invalid, NotFound } from '../../core/errors.ts'
import { idFrom, longText, optional } from '../../core/form/fields.ts'
import { command, query } from '../../core/operation.server.ts'
import type { Person } from '../../core/user.ts'
import { mailTo } from '../../process/mail.server.ts'
import { seatsOf } from '../core-group/seats.server.ts'
import {
  aboutMeeting,
  ledMeeting,
  type MeetingHead,
  MeetingId,
  meetingHead,
  oneMeeting,
  sealWords,
} from '../meetings.server.ts'
import { cutOffOn, mayChair, mustBeFree, on, where } from './calendar.server.ts'

export const ChangeMeeting = MeetingId.extend({
  onDate: on,
  ...where,
  chair: optional(idFrom({ label: 'meetings.field.chair' })),
  reason: optional(longText({ label: 'meetings.field.moveReason', hint: 'meetings.field.reasonHint', max: 500 })),
})

export const openChange = query(
  'meeting.change.open',
  { roles: ['lead'], input: MeetingId, about: aboutMeeting },
  async (db, input, me) => {
    const head = await meetingHead(db, me, input.id)
    if (!head.leads) throw new NotFound()
    return { head, seats: await seatsOf(db, head.networkId) }
  },
)

/** Another day needs a reason; whoever was invited hears that something has changed. */
export const changeMeeting = command(
  'meeting.change',
  { roles: ['lead'], input: ChangeMeeting, about: aboutMeeting, oneByOne: oneMeeting },
  async (db, input, me) => {
    const head = await ledMeeting(db, me, input.id, { kind: 'move', to: input.onDate, reason: true })
    const moved = input.onDate !== head.onDate
    if (moved && !input.reason) throw new Invalid({ reason: { key: 'meetings.error.reason' } })
    await mayChair(db, head.networkId, input.chair)
    if (moved) await mustBeFree(db, head.networkId, input.onDate)
    await db
      .updateTable('meeting')
      .set({
        ...{ onDate: input.onDate, cutOffOn: moved ? await movedCutOff(db, head, input.onDate) : head.cutOffOn },
        ...{
          mode: input.mode,
          startsAt: input.startsAt ?? null,
          place: input.place ?? null,
          chairId: input.chair ?? null,
        },
      })
      .where('id', '=', head.id)
      .execute()
    if (moved) await tellOfDate(db, me, head, 'moved', input.reason ?? '')
    return { head }
  },
)

// An agenda that has closed stays closed.
async function movedCutOff(db: Db, head: MeetingHead, to: string): Promise<string> {
  if (head.phase === 'planned') return cutOffOn(db, to)
  return head.cutOffOn < to ? head.cutOffOn : to
}

async function tellOfDate(
  db: Db,
  me: Person,
  head: MeetingHead,
  kind: 'moved' | 'cancelled',
  words: string,
): Promise<void> {
  await db
    .insertInto('meetingEvent')
    .values({
      networkId: head.networkId,
      meetingId: head.id,
      kind,
      wasOn: head.onDate,
      reasonSealed: sealWords(words),
      recordedBy: me.id,
    })
    .execute()
  if (head.invitedAt) await tellSeats(db, me, head.networkId)
}

/** A letter without content to everybody of the core group but the one who did it. */
export async function tellSeats(db: Db, me: Person, networkId: string): Promise<number> {
  const others = (await seatsOf(db, networkId)).filter((seat) => seat.personId !== me.id)
  for (const seat of others) await mailTo(db, seat.personId, 'new-task')
  return others.length
}

/** The same to whoever chairs: that something of the meeting waits for them. */
export async function tellChair(db: Db, me: Person, { networkId, chairId }: MeetingHead): Promise<void> {
  const seat = (await seatsOf(db, networkId)).find(({ personId }) => personId === chairId)
  if (seat && seat.personId !== me.id) await mailTo(db, seat.personId, 'new-task')
}

export const CancelMeeting = MeetingId.extend({
  reason: longText({ label: 'meetings.field.cancelReason', hint: 'meetings.field.reasonHint', max: 500 }),
})

/** What was on its agenda is on the next one by itself. */
export const cancelMeeting = command(
  'meeting.cancel',
  { roles: ['lead'], input: CancelMeeting, about: aboutMeeting, oneByOne: oneMeeting },
  async (db, input: z.output<typeof CancelMeeting>, me) => {
    const head = await ledMeeting(db, me, input.id, { kind: 'cancel', reason: true })
    await db.updateTable('meeting').set({ phase: 'cancelled' }).where('id', '=', head.id).execute()
    await tellOfDate(db, me, head, 'cancelled', input.reason)
    return { head }
  },
)

/** From now on the members of the core group see the meeting and its agenda. */
export const inviteToMeeting = command(
  'meeting.invite',
  { roles: ['lead'], input: MeetingId, about: aboutMeeting, oneByOne: oneMeeting },
  async (db, input, me) => {
    const head = await ledMeeting(db, me, input.id, { kind: 'invite' })
    await db
      .updateTable('meeting')
      .set({ invitedAt: sql<Date>`now()` })
      .where('id', '=', head.id)
      .where('invitedAt', 'is', null)
      .execute()
    if (!head.invitedAt) await tellSeats(db, me, head.networkId)
    return { head }
  },
)

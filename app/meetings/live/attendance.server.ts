// Who was there, who excused themselves and sent what, who looked on, and who has promised silence?
import { sql } from 'kysely'
import type { z } from 'zod'
import type { Db } from '../../core/db.server.ts'
import { Invalid, NotFound } from '../../core/errors.ts'
import { choice, date, id, longText, mustTick, optional } from '../../core/form/fields.ts'
import { name } from '../../core/form/name.ts'
import { command, query } from '../../core/operation.server.ts'
import { openForProcess } from '../../core/seal.server.ts'
import { type Agency, agencies } from '../../core/setting.ts'
import type { Person } from '../../core/user.ts'
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
import { hasPledged } from '../research/research.server.ts'

export const kinds = ['present', 'apologies', 'observer'] as const
export type Presence = {
  personId: string | null
  name: string
  agency: Agency
  kind: (typeof kinds)[number]
  sent: string | null
  sentOn: string | null
}

export async function attendanceOf(db: Db, head: Pick<MeetingHead, 'id' | 'own'>): Promise<Presence[]> {
  const rows = await db
    .selectFrom('meetingAttendance')
    .leftJoin('person', 'person.id', 'meetingAttendance.personId')
    .select(['personId', 'person.name', 'agency', 'kind', 'observerSealed', 'sentSealed', 'sentOn'])
    .where('meetingId', '=', head.id)
    .where('supersededAt', 'is', null)
    .orderBy('meetingAttendance.recordedAt')
    .execute()
  const open = (sealed: Buffer | null) => (sealed && head.own ? openForProcess('meeting', sealed) : null)
  return rows.map((row) => ({
    ...{ personId: row.personId, agency: row.agency as Agency, kind: row.kind as Presence['kind'] },
    ...{ name: row.name ?? open(row.observerSealed) ?? '', sent: open(row.sentSealed), sentOn: row.sentOn },
  }))
}

/** Everybody of the core group, whether they are there and whether they have promised silence; then those who looked on. */
export const openAttendance = query(
  'meeting.attendance',
  { roles: ['lead', 'member'], input: MeetingId, about: aboutMeeting },
  async (db, input, me) => {
    const head = await meetingHead(db, me, input.id)
    if (!head.own) throw new NotFound()
    const there = await attendanceOf(db, head)
    const pledges = await db.selectFrom('meetingPledge').select('personId').where('meetingId', '=', head.id).execute()
    const seats = (await seatsOf(db, head.networkId)).map((seat) => ({
      ...seat,
      presence: there.find((one) => one.personId === seat.personId) ?? null,
      pledged: pledges.some((one) => one.personId === seat.personId),
    }))
    return { head, seats, observers: there.filter((one) => one.kind === 'observer') }
  },
)

type Line = {
  personId: string | null
  agency: Agency
  kind: Presence['kind']
  observer?: string
  sent?: string
  sentOn?: string
}

async function writeLine(db: Db, me: Person, head: MeetingHead, line: Line): Promise<void> {
  if (line.personId) {
    await db
      .updateTable('meetingAttendance')
      .set({ supersededAt: sql<Date>`now()` })
      .where('meetingId', '=', head.id)
      .where('personId', '=', line.personId)
      .where('supersededAt', 'is', null)
      .execute()
  }
  await db
    .insertInto('meetingAttendance')
    .values({
      ...{
        networkId: head.networkId,
        meetingId: head.id,
        personId: line.personId,
        agency: line.agency,
        kind: line.kind,
        recordedBy: me.id,
      },
      ...{
        observerSealed: line.observer ? sealWords(line.observer) : null,
        sentSealed: line.sent ? sealWords(line.sent) : null,
        sentOn: line.sentOn ?? null,
      },
    })
    .execute()
}

export const SeatAt = MeetingId.extend({ person: id() })

async function seatAt(db: Db, me: Person, input: z.output<typeof SeatAt>) {
  const head = await ledMeeting(db, me, input.id, { kind: 'attend' })
  const seat = (await seatsOf(db, head.networkId)).find((one) => one.personId === input.person)
  if (!seat) throw new NotFound()
  return { head, seat }
}

export const markPresent = command(
  'meeting.attendance.present',
  { roles: ['lead'], input: SeatAt, about: aboutMeeting, oneByOne: oneMeeting },
  async (db, input, me) => {
    const { head, seat } = await seatAt(db, me, input)
    await writeLine(db, me, head, { personId: seat.personId, agency: seat.agency, kind: 'present' })
    return { head }
  },
)

export const Apologies = SeatAt.extend({
  sent: optional(longText({ label: 'meetings.attendance.sent', hint: 'meetings.attendance.sentHint', max: 2000 })),
  sentOn: optional(date({ label: 'meetings.attendance.sentOn' })),
})

export const openApologies = query(
  'meeting.attendance.apologies.open',
  { roles: ['lead'], input: SeatAt, about: aboutMeeting },
  async (db, input, me) => seatAt(db, me, input),
)

/** Whoever cannot come may have sent what they know: it is kept with the day on which it came. */
export const recordApologies = command(
  'meeting.attendance.apologies',
  { roles: ['lead'], input: Apologies, about: aboutMeeting, oneByOne: oneMeeting },
  async (db, input: z.output<typeof Apologies>, me) => {
    const { head, seat } = await seatAt(db, me, input)
    if (input.sent && !input.sentOn) throw new Invalid({ sentOn: { key: 'core.error.dateMissing' } })
    const sent = input.sent ? { sent: input.sent, sentOn: input.sentOn } : {}
    await writeLine(db, me, head, { personId: seat.personId, agency: seat.agency, kind: 'apologies', ...sent })
    return { head }
  },
)

export const Observer = MeetingId.extend({
  name: name({ label: 'meetings.attendance.observer', max: 100 }),
  agency: choice(agencies, { label: 'meetings.group.agency', prefix: 'core.agency' }),
  signed: mustTick({ label: 'meetings.attendance.signed' }),
})

export const openObserver = query(
  'meeting.attendance.observer.open',
  { roles: ['lead'], input: MeetingId, about: aboutMeeting },
  async (db, input, me) => ({ head: await ledMeeting(db, me, input.id, { kind: 'attend' }) }),
)

/** Somebody without an account, who has promised silence on paper. */
export const addObserver = command(
  'meeting.attendance.observer',
  { roles: ['lead'], input: Observer, about: aboutMeeting },
  async (db, input: z.output<typeof Observer>, me) => {
    const head = await ledMeeting(db, me, input.id, { kind: 'attend' })
    await writeLine(db, me, head, { personId: null, agency: input.agency, kind: 'observer', observer: input.name })
    return { head }
  },
)

export const Pledge = MeetingId.extend({ silent: mustTick({ label: 'meetings.pledge.tick' }) })

export const openPledge = query(
  'meeting.pledge.open',
  { roles: ['lead', 'member'], input: MeetingId, about: aboutMeeting },
  async (db, input, me) => {
    const head = await meetingHead(db, me, input.id)
    if (!head.own) throw new NotFound()
    return { head, pledged: await hasPledged(db, me, head.id) }
  },
)

/** I keep to myself what I hear at this meeting: said once, by nobody but myself. */
export const pledgeSilence = command(
  'meeting.pledge',
  { roles: ['lead', 'member'], inPerson: true, input: Pledge, about: aboutMeeting },
  async (db, input: z.output<typeof Pledge>, me) => {
    const head = await meetingHead(db, me, input.id)
    if (!head.own) throw new NotFound()
    if (!(await hasPledged(db, me, head.id))) {
      await db
        .insertInto('meetingPledge')
        .values({ networkId: head.networkId, meetingId: head.id, personId: me.id })
        .execute()
    }
    return { head }
  },
)

// How are meetings planned ahead?
import { z } from 'zod'
import { today } from '../../core/clock.server.ts'
import type { Db } from '../../core/db.server.ts'
import { Invalid } from '../../core/errors.ts'
import { choice, clock, date, idFrom, number, optional, text } from '../../core/form/fields.ts'
import { command, query } from '../../core/operation.server.ts'
import { settingsOn } from '../../core/settings.server.ts'
import type { Person } from '../../core/user.ts'
import { NetworkChoice, networkFor, seatsOf } from '../core-group/seats.server.ts'
import { modes } from '../meeting.ts'
import { oneCalendar } from '../meetings.server.ts'
import { cutOffOf, daysAhead } from './dates.ts'

const whole = ['1', '2', '3', '4', '5'] as const
export const where = {
  mode: choice(modes, { label: 'meetings.field.mode', prefix: 'meetings.mode' }),
  startsAt: optional(
    clock({ label: 'meetings.field.startsAt', hint: 'meetings.field.startsAtHint', wrong: 'meetings.error.clock' }),
  ),
  place: optional(text({ label: 'meetings.field.place', hint: 'meetings.field.placeHint', max: 100 })),
}

export const PlanMeetings = z.object({
  network: idFrom({ label: 'meetings.field.network' }),
  ...where,
  week: choice(whole, { label: 'meetings.field.week', prefix: 'meetings.week' }),
  weekday: choice(whole, { label: 'meetings.field.weekday', prefix: 'meetings.weekday' }),
  everyMonths: number({ label: 'meetings.field.everyMonths', min: 1, max: 6 }),
  count: number({ label: 'meetings.field.count', min: 1, max: 24 }),
  chair: optional(idFrom({ label: 'meetings.field.chair' })),
})

export const openPlan = query('meeting.plan.open', { roles: ['lead'], input: NetworkChoice }, async (db, input, me) => {
  const { network, networks } = await networkFor(db, me, input.network)
  const rhythm = await db
    .selectFrom('networkRhythm')
    .selectAll()
    .where('networkId', '=', network.id)
    .where('validFrom', '<=', today())
    .orderBy('validFrom', 'desc')
    .orderBy('recordedAt', 'desc')
    .executeTakeFirst()
  const { meetingMonths, agendaCutOffDays } = await settingsOn(db)
  return {
    network,
    networks,
    rhythm: rhythm ?? null,
    meetingMonths,
    agendaCutOffDays,
    seats: await seatsOf(db, network.id),
  }
})

/** Keeps the rhythm and plans the days ahead; a month that has its meeting already gets no second one. */
export const planMeetings = command(
  'meeting.plan',
  {
    roles: ['lead'],
    input: PlanMeetings,
    oneByOne: oneCalendar,
    about: (input: z.output<typeof PlanMeetings>, output: { days: string[] }) => ({
      kind: 'network',
      id: input.network,
      networkId: input.network,
      hits: output.days.length,
    }),
  },
  async (db, input, me) => {
    const { network } = await networkFor(db, me, input.network)
    await mayChair(db, network.id, input.chair)
    const rhythm = { everyMonths: input.everyMonths, week: Number(input.week), weekday: Number(input.weekday) }
    const place = { mode: input.mode, startsAt: input.startsAt ?? null, place: input.place ?? null }
    await db
      .insertInto('networkRhythm')
      .values({ networkId: network.id, validFrom: today(), ...place, ...rhythm, recordedBy: me.id })
      .execute()
    const known = await db
      .selectFrom('meeting')
      .select('onDate')
      .where('networkId', '=', network.id)
      .where('phase', '<>', 'cancelled')
      .execute()
    const months = new Set(known.map((one) => one.onDate.slice(0, 7)))
    const days = daysAhead(today(), rhythm, input.count).filter((day) => !months.has(day.slice(0, 7)))
    for (const day of days)
      await addMeeting(db, me, { networkId: network.id, onDate: day, chairId: input.chair ?? null, ...place })
    return { days }
  },
)

type NewMeeting = {
  networkId: string
  onDate: string
  chairId: string | null
  mode: string
  startsAt: string | null
  place: string | null
}

async function addMeeting(db: Db, me: Person, of: NewMeeting) {
  return db
    .insertInto('meeting')
    .values({ ...of, cutOffOn: await cutOffOn(db, of.onDate), createdBy: me.id })
    .returning('id')
    .executeTakeFirstOrThrow()
}

// As the setting will be on that day; a meeting that is called at short notice closes its agenda today.
export async function cutOffOn(db: Db, onDate: string): Promise<string> {
  const last = cutOffOf(onDate, (await settingsOn(db, onDate)).agendaCutOffDays)
  return [last, today()].toSorted().at(-1) ?? last
}

export async function mayChair(db: Db, networkId: string, chair: string | undefined): Promise<void> {
  if (chair && !(await seatsOf(db, networkId)).some((seat) => seat.personId === chair))
    throw new Invalid({ chair: { key: 'core.error.choose' } })
}

export const on = date({ label: 'meetings.field.onDate' })

export const NewMeeting = z.object({
  network: idFrom({ label: 'meetings.field.network' }),
  onDate: on,
  ...where,
  chair: optional(idFrom({ label: 'meetings.field.chair' })),
})

/** A single meeting beside the rhythm. */
export const callMeeting = command(
  'meeting.call',
  {
    roles: ['lead'],
    input: NewMeeting,
    oneByOne: oneCalendar,
    about: (input: z.output<typeof NewMeeting>, output: { id: string }) => ({
      kind: 'meeting',
      id: output.id,
      networkId: input.network,
    }),
  },
  async (db, input, me) => {
    const { network } = await networkFor(db, me, input.network)
    if (input.onDate < today()) throw new Invalid({ onDate: { key: 'meetings.error.past' } })
    await mayChair(db, network.id, input.chair)
    await mustBeFree(db, network.id, input.onDate)
    const { id: made } = await addMeeting(db, me, {
      ...{ networkId: network.id, onDate: input.onDate, chairId: input.chair ?? null },
      ...{ mode: input.mode, startsAt: input.startsAt ?? null, place: input.place ?? null },
    })
    return { id: made }
  },
)

export async function mustBeFree(db: Db, networkId: string, day: string): Promise<void> {
  const there = await db
    .selectFrom('meeting')
    .select('id')
    .where('networkId', '=', networkId)
    .where('onDate', '=', day)
    .where('phase', '<>', 'cancelled')
    .executeTakeFirst()
  if (there) throw new Invalid({ onDate: { key: 'meetings.error.taken' } })
}

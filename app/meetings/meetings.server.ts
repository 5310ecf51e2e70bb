// Which meetings has this person, and what is known of one of them?
import { sql } from 'kysely'
import { z } from 'zod'
import { today } from '../core/clock.server.ts'
import type { Db } from '../core/db.server.ts'
import { Conflict, NotFound } from '../core/errors.ts'
import { id } from '../core/form/fields.ts'
import { query } from '../core/operation.server.ts'
import { openForProcess, sealForProcess } from '../core/seal.server.ts'
import type { Person, Role } from '../core/user.ts'
import { coreAgenciesOn, missingOf, seatsOf } from './core-group/seats.server.ts'
import { type Mode, type Phase, refusal, type Step } from './meeting.ts'

/** Who may look at meetings; which ones, the policies say. */
export const readers: readonly Role[] = ['lead', 'member', 'coordinator', 'auditor']

export const MeetingId = z.object({ id: id() })

export type MeetingRow = {
  id: string
  networkId: string
  network: string
  mode: Mode
  onDate: string
  startsAt: string | null
  place: string | null
  cutOffOn: string
  phase: Phase
  chairId: string | null
  chair: string | null
  invitedAt: Date | null
  items: number
}

// Of the items each person counts those that they may know of.
const meetings = (db: Db) =>
  db
    .selectFrom('meeting')
    .innerJoin('network', 'network.id', 'meeting.networkId')
    .leftJoin('person as chair', 'chair.id', 'meeting.chairId')
    .select([
      'meeting.id',
      'meeting.networkId',
      'network.name as network',
      'meeting.mode',
      'meeting.onDate',
      'meeting.startsAt',
    ])
    .select([
      'meeting.place',
      'meeting.cutOffOn',
      'meeting.phase',
      'meeting.chairId',
      'chair.name as chair',
      'meeting.invitedAt',
    ])
    .select(
      sql<number>`(select count(*)::int from agenda_item i where i.meeting_id = meeting.id and i.removed_at is null)`.as(
        'items',
      ),
    )
    .$castTo<MeetingRow>()

/** A meeting as everybody who may know of it sees it; NotFound for everybody else. */
export async function meetingHead(db: Db, me: Person, meetingId: string) {
  const row = await meetings(db).where('meeting.id', '=', meetingId).executeTakeFirst()
  if (!row) throw new NotFound()
  const own = me.networks.includes(row.networkId)
  return { ...row, own, leads: own && me.roles.includes('lead'), today: today() }
}
export type MeetingHead = Awaited<ReturnType<typeof meetingHead>>

/** What an audit event should know of a look at a meeting. */
export const aboutMeeting = (_input: unknown, output: { head: Pick<MeetingRow, 'id' | 'networkId'> }) => ({
  kind: 'meeting',
  id: output.head.id,
  networkId: output.head.networkId,
})

/** Of two who change one meeting, or the calendar of one network, at once the second waits for the first. */
export const oneMeeting = ({ id }: { id: string }): string => `meeting/${id}`
export const oneCalendar = ({ network }: { network: string }): string => `meetings/${network}`

/** The meeting for its lead, in a state that allows the step; otherwise it says why not. */
export async function ledMeeting(db: Db, me: Person, meetingId: string, step: Step): Promise<MeetingHead> {
  const head = await meetingHead(db, me, meetingId)
  if (!head.leads) throw new NotFound()
  const said = refusal(head, step, head.today)
  if (said) throw new Conflict(said)
  return head
}

/** Why a date was moved or given up: words of officials, closed for the process. */
export const sealWords = (words: string): Buffer => sealForProcess('meeting', words)

type Listed = { ahead: readonly unknown[]; past: readonly unknown[] }
const aboutListed = (_input: unknown, { ahead, past }: Listed) => ({
  kind: 'meeting',
  hits: ahead.length + past.length,
})

/** Those ahead, the next one first, and the latest that are over. */
export const listMeetings = query(
  'meeting.list',
  { roles: readers, input: z.object({}), about: aboutListed },
  async (db, _input, me) => {
    const day = today()
    const ahead = await meetings(db)
      .where('meeting.phase', 'in', ['planned', 'closed', 'sitting'])
      .orderBy('meeting.onDate')
      .orderBy('network.name')
      .limit(60)
      .execute()
    const past = await meetings(db)
      .where('meeting.phase', 'in', ['held', 'cancelled'])
      .orderBy('meeting.onDate', 'desc')
      .orderBy('network.name')
      .limit(24)
      .execute()
    return {
      today: day,
      ahead,
      past,
      many: me.roles.includes('coordinator') || me.roles.includes('auditor') || me.networks.length > 1,
    }
  },
)

export type DateEvent = { kind: 'moved' | 'cancelled'; wasOn: string; at: Date; who: string; words: string | null }

/** What became of the date; the words are for the network. */
export async function dateEvents(db: Db, head: MeetingHead): Promise<DateEvent[]> {
  const rows = await db
    .selectFrom('meetingEvent')
    .innerJoin('person', 'person.id', 'meetingEvent.recordedBy')
    .select(['kind', 'wasOn', 'recordedAt', 'person.name as who', 'reasonSealed'])
    .where('meetingId', '=', head.id)
    .orderBy('recordedAt', 'desc')
    .execute()
  return rows.map((row) => ({
    kind: row.kind as DateEvent['kind'],
    wasOn: row.wasOn,
    at: row.recordedAt,
    who: row.who,
    words: head.own ? openForProcess('meeting', row.reasonSealed) : null,
  }))
}

/** Core agencies for whom nobody sits in this network. */
export async function coreGaps(db: Db, head: MeetingHead) {
  return head.own ? missingOf(await coreAgenciesOn(db, head.onDate), await seatsOf(db, head.networkId)) : []
}

/** The next meeting of each network that this person may know of, for the first page. */
export async function nextMeetings(db: Db): Promise<MeetingRow[]> {
  const rows = await meetings(db)
    .where('meeting.phase', 'in', ['planned', 'closed', 'sitting'])
    .orderBy('meeting.onDate')
    .limit(20)
    .execute()
  return rows.filter((row, at) => rows.findIndex((one) => one.networkId === row.networkId) === at)
}

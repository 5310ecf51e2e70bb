// What stands in the minutes of a meeting, and who has written, corrected and approved them?
import { sql } from 'kysely'
import type { z } from 'zod'
import { outgoingOfMeeting } from '../../cases/outgoing/outgoing.server.ts'
import type { Db } from '../../core/db.server.ts'
import { Conflict, Invalid, NotFound } from '../../core/errors.ts'
import { mustHaveRead } from '../../core/form/seen.ts'
import { command, query } from '../../core/operation.server.ts'
import { findVault, openKept } from '../../core/seal.server.ts'
import { settingsOn } from '../../core/settings.server.ts'
import type { Person } from '../../core/user.ts'
import { agendaOf } from '../agenda/agenda.server.ts'
import { ItemOf } from '../agenda/agenda.ts'
import { tellChair, tellSeats } from '../calendar/change.server.ts'
import { attendanceOf } from '../live/attendance.server.ts'
import { standingDecision, writeDecision } from '../live/live.server.ts'
import { aboutMeeting, type MeetingHead, MeetingId, meetingHead, oneMeeting, sealWords } from '../meetings.server.ts'
import { actionsOf } from '../plan/actions.server.ts'
import { hasPledged } from '../research/research.server.ts'
import { annexMarks } from './annexes.server.ts'
import { tellHolders } from './holders.server.ts'
import {
  CorrectDecision,
  extensionRefusal,
  type Ground,
  groundUntil,
  type MarkYears,
  type MinutesStep,
  minutesRefusal,
  type Version,
  WriteMinutes,
} from './minutes.ts'

const writers = ['lead', 'member'] as const

async function versionsOf(db: Db, meetingId: string): Promise<Version[]> {
  const rows = await db
    .selectFrom('minutes')
    .innerJoin('person', 'person.id', 'minutes.recordedBy')
    .leftJoin('person as chair', 'chair.id', 'minutes.approvedBy')
    .select([
      'minutes.id',
      'version',
      'ground',
      'madeOn',
      'untilOn',
      'extendedUntil',
      'reasonSealed',
      'person.name as by',
      'chair.name as approvedBy',
      'approvedAt',
    ])
    .where('meetingId', '=', meetingId)
    .orderBy('version', 'desc')
    .execute()
  return rows.map(({ reasonSealed, ...row }) => ({
    ...row,
    ground: row.ground as Ground,
    reason: openKept('meeting', reasonSealed),
  }))
}

/** The meeting whose minutes allow this step; otherwise it says why not. Before the promise there are none. */
async function minutesFor(db: Db, me: Person, meetingId: string, step: MinutesStep) {
  const head = await meetingHead(db, me, meetingId)
  if (!head.own) throw new NotFound()
  const pledged = await hasPledged(db, me, head.id)
  const versions = await versionsOf(db, head.id)
  const waiting = versions.find((one) => one.approvedAt === null) ?? null
  const refused = minutesRefusal(
    { phase: head.phase, pledged, waiting: waiting !== null, versions: versions.length },
    step,
  )
  if (refused) throw new Conflict(refused)
  return { head, versions, waiting, chairs: await mayApprove(db, head, me) }
}

/** Whoever was named to chair; where nobody was, or the chair does not sit there any more, the lead. */
async function mayApprove(db: Db, { chairId, networkId, leads }: MeetingHead, me: Person): Promise<boolean> {
  if (chairId === me.id) return true
  if (!leads || !chairId) return leads
  const { rows } = await sql<{ sits: boolean }>`
    select agency_of(${networkId}::uuid, ${chairId}::uuid) is not null as sits`.execute(db)
  return rows[0]?.sits === false
}

/** What stands of each case: as it was decided until `asOf`, or now. */
async function recordOf(db: Db, head: MeetingHead, asOf: Date | null) {
  const { lines } = await agendaOf(db, head)
  const moment = asOf ? sql`${asOf}::timestamptz` : sql`clock_timestamp()`
  const { rows } = await sql<{ id: string; caseId: string; words: string; reason: string }>`
    select id, case_id, encode(words_sealed, 'hex') as words, encode(reason_sealed, 'hex') as reason from case_decision
    where meeting_id = ${head.id}::uuid and recorded_at <= ${moment} and (superseded_at is null or superseded_at > ${moment})`.execute(
    db,
  )
  return Promise.all(
    lines.map(async (line) => {
      const row = rows.find((one) => one.caseId === line.caseId)
      const vault = row ? await findVault(db, line.caseId) : null
      const open = (column: string, hex: string) =>
        vault?.open({ table: 'case_decision', column, row: row?.id ?? '' }, Buffer.from(hex, 'hex')) ?? null
      const agreed = (await actionsOf(db, line.caseId, true)).filter((action) => action.meetingId === head.id)
      return {
        ...line,
        decision: row?.id ?? null,
        words: row ? open('words_sealed', row.words) : null,
        why: row ? open('reason_sealed', row.reason) : null,
        actions: agreed,
      }
    }),
  )
}

/** The newest version with what stands in it, and all versions there are. */
export async function readMinutes(db: Db, me: Person, meetingId: string) {
  const { head, versions, waiting, chairs } = await minutesFor(db, me, meetingId, { kind: 'read' })
  const newest = versions[0] ?? null
  const record = await recordOf(db, head, newest?.approvedAt ?? null)
  const of = { meetingId: head.id, madeOn: versions.at(-1)?.madeOn ?? head.today }
  const marks = await annexMarks(db, { ...of, cases: record.map(({ caseId }) => caseId) })
  return { head, versions, waiting, chairs, newest, there: await attendanceOf(db, head), record, marks }
}
export type OpenedMinutes = Awaited<ReturnType<typeof readMinutes>>

export const openMinutes = query(
  'meeting.minutes',
  { roles: writers, input: MeetingId, about: aboutMeeting },
  async (db, input, me) => ({
    ...(await readMinutes(db, me, input.id)),
    outgoing: await outgoingOfMeeting(db, input.id),
  }),
)

export const openWriteMinutes = query(
  'meeting.minutes.write.open',
  { roles: ['lead'], input: MeetingId, about: aboutMeeting },
  async (db, input, me) => {
    const { head, versions } = await minutesFor(db, me, input.id, { kind: 'write', reason: true })
    if (!head.leads) throw new NotFound()
    const extended = versions.find((one) => one.extendedUntil)?.extendedUntil ?? null
    return { head, newest: versions[0] ?? null, extended }
  },
)

/** A version for the chair to approve; after the first one, for a reason. */
export const writeMinutes = command(
  'meeting.minutes.write',
  { roles: ['lead'], input: WriteMinutes, about: aboutMeeting, oneByOne: oneMeeting },
  async (db, input: z.output<typeof WriteMinutes>, me) => {
    const { head, versions } = await minutesFor(db, me, input.id, { kind: 'write', reason: true })
    if (!head.leads) throw new NotFound()
    if (versions.length > 0 && !input.reason) throw new Invalid({ reason: { key: 'meetings.error.reason' } })
    const mark = markOf(versions, head.today, input, await settingsOn(db))
    await db
      .insertInto('minutes')
      .values({
        ...{
          networkId: head.networkId,
          meetingId: head.id,
          version: versions.length + 1,
          recordedBy: me.id,
        },
        ...mark,
        madeOn: head.today,
        reasonSealed: versions.length > 0 && input.reason ? sealWords(input.reason) : null,
      })
      .execute()
    // The chair hears that it waits; where the mark has changed, everybody who may hold the earlier version (R26).
    const before = versions[0]
    if (before && (before.ground !== mark.ground || before.untilOn !== mark.untilOn)) {
      await tellSeats(db, me, head.networkId)
      await tellHolders(db, await outgoingOfMeeting(db, head.id))
    } else await tellChair(db, me, head)
    return { head }
  },
)

/** The mark of the version to come: it runs from the first one, and what was prolonged stays so. */
function markOf(versions: readonly Version[], today: string, said: z.output<typeof WriteMinutes>, years: MarkYears) {
  const { ground, extendUntil } = said
  const before = versions.find((one) => one.extendedUntil)?.extendedUntil ?? null
  const madeOn = versions.at(-1)?.madeOn ?? today
  const refused = extendUntil ? extensionRefusal({ madeOn, ground, before }, extendUntil, years) : null
  if (refused) throw new Invalid({ extendUntil: refused })
  const extendedUntil = (ground === 'internal' && versions.length > 0 && (extendUntil ?? before)) || null
  return { ground, extendedUntil, untilOn: extendedUntil ?? groundUntil(madeOn, ground, years) }
}

const about = (input: { case: string }, output: { head: MeetingHead }) => ({
  ...aboutMeeting(input, output),
  caseId: input.case,
})

export const openCorrectDecision = query(
  'meeting.minutes.correct.open',
  { roles: ['lead'], input: ItemOf, about },
  async (db, input, me) => {
    const { head } = await minutesFor(db, me, input.id, { kind: 'correct' })
    const line = (await recordOf(db, head, null)).find((one) => one.caseId === input.case)
    if (!head.leads || !line?.outcome) throw new NotFound()
    return { head, line }
  },
)

/** While a version waits for its chair, what was written down wrongly is put right; the old words stay. */
export const correctDecision = command(
  'meeting.minutes.correct',
  { roles: ['lead'], input: CorrectDecision, about, oneByOne: oneMeeting },
  async (db, input: z.output<typeof CorrectDecision>, me) => {
    const { head } = await minutesFor(db, me, input.id, { kind: 'correct' })
    const line = (await agendaOf(db, head)).lines.find((one) => one.caseId === input.case)
    if (!head.leads || !line?.outcome) throw new NotFound()
    mustHaveRead(input.seen, await standingDecision(db, head.id, input.case))
    await writeDecision(db, me, head, input)
    return { head }
  },
)

/** By the chair, in person: from then on this version stays as it is. */
export const approveMinutes = command(
  'meeting.minutes.approve',
  { roles: writers, inPerson: true, input: MeetingId, about: aboutMeeting, oneByOne: oneMeeting },
  async (db, input, me) => {
    const chairs = await mayApprove(db, await meetingHead(db, me, input.id), me)
    const { head, waiting } = await minutesFor(db, me, input.id, { kind: 'approve', chairs })
    await db
      .updateTable('minutes')
      .set({ approvedBy: me.id, approvedAt: sql<Date>`now()` })
      .where('id', '=', waiting?.id ?? '')
      .execute()
    return { head }
  },
)

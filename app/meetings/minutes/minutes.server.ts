// What stands in the minutes of a meeting, and who has written, corrected and approved them?
import { sql } from 'kysely'
import type { z } from 'zod'
import type { Db } from '../../core/db.server.ts'
import { Conflict, NotFound } from '../../core/errors.ts'
import { mustHaveRead } from '../../core/form/seen.ts'
import { command, query } from '../../core/operation.server.ts'
import { findVault, openForProcess } from '../../core/seal.server.ts'
import type { Person } from '../../core/user.ts'
import { agendaOf } from '../agenda/agenda.server.ts'
import { ItemOf } from '../agenda/agenda.ts'
import { attendanceOf } from '../live/attendance.server.ts'
import { standingDecision, writeDecision } from '../live/live.server.ts'
import { aboutMeeting, type MeetingHead, MeetingId, meetingHead, sealWords } from '../meetings.server.ts'
import { actionsOf } from '../plan/actions.server.ts'
import { hasPledged } from '../research/research.server.ts'
import {
  CorrectDecision,
  type Ground,
  type MinutesStep,
  markedUntil,
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
    reason: reasonSealed ? openForProcess('meeting', reasonSealed) : null,
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
  return { head, versions, waiting, chairs: mayApprove(head, me) }
}

const mayApprove = (head: MeetingHead, me: Person): boolean => (head.chairId ? head.chairId === me.id : head.leads)

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
  return { head, versions, waiting, chairs, newest, there: await attendanceOf(db, head), record }
}
export type OpenedMinutes = Awaited<ReturnType<typeof readMinutes>>

export const openMinutes = query(
  'meeting.minutes',
  { roles: writers, input: MeetingId, about: aboutMeeting },
  async (db, input, me) => readMinutes(db, me, input.id),
)

export const openWriteMinutes = query(
  'meeting.minutes.write.open',
  { roles: ['lead'], input: MeetingId, about: aboutMeeting },
  async (db, input, me) => {
    const { head, versions } = await minutesFor(db, me, input.id, { kind: 'write', reason: true })
    if (!head.leads) throw new NotFound()
    return { head, first: versions.length === 0 }
  },
)

/** A version for the chair to approve; after the first one, for a reason. */
export const writeMinutes = command(
  'meeting.minutes.write',
  { roles: ['lead'], input: WriteMinutes, about: aboutMeeting },
  async (db, input: z.output<typeof WriteMinutes>, me) => {
    const { head, versions } = await minutesFor(db, me, input.id, { kind: 'write', reason: input.reason !== undefined })
    if (!head.leads) throw new NotFound()
    await db
      .insertInto('minutes')
      .values({
        ...{
          networkId: head.networkId,
          meetingId: head.id,
          version: versions.length + 1,
          recordedBy: me.id,
          ground: input.ground,
        },
        ...{ madeOn: head.today, untilOn: markedUntil(head.today, input.ground) },
        reasonSealed: versions.length > 0 && input.reason ? sealWords(input.reason) : null,
      })
      .execute()
    return { head }
  },
)

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
  { roles: ['lead'], input: CorrectDecision, about },
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
  { roles: writers, inPerson: true, input: MeetingId, about: aboutMeeting },
  async (db, input, me) => {
    const chairs = mayApprove(await meetingHead(db, me, input.id), me)
    const { head, waiting } = await minutesFor(db, me, input.id, { kind: 'approve', chairs })
    await db
      .updateTable('minutes')
      .set({ approvedBy: me.id, approvedAt: sql<Date>`now()` })
      .where('id', '=', waiting?.id ?? '')
      .execute()
    return { head }
  },
)

// What does a core group need before its eyes while it speaks of one case, and what is written down then?
import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { z } from 'zod'
import type { Db } from '../../core/db.server.ts'
import { Conflict, NotFound } from '../../core/errors.ts'
import { choice, longText } from '../../core/form/fields.ts'
import { mustHaveRead, seen } from '../../core/form/seen.ts'
import { command, query } from '../../core/operation.server.ts'
import { findVault, openVault } from '../../core/seal.server.ts'
import type { Person } from '../../core/user.ts'
import { agendaOf, outcomes } from '../agenda/agenda.server.ts'
import { ItemOf } from '../agenda/agenda.ts'
import { planStanding } from '../approval/approval.server.ts'
import { coreAgenciesOn, missingOf } from '../core-group/seats.server.ts'
import { refusal } from '../meeting.ts'
import { aboutMeeting, ledMeeting, type MeetingHead, MeetingId, meetingHead, oneMeeting } from '../meetings.server.ts'
import { actionsOf, gapsOf } from '../plan/actions.server.ts'
import { oweUpdate } from '../plan/update.server.ts'
import { answeredFor, askedIn, hasPledged, toldOf } from '../research/research.server.ts'
import { silentOf } from '../research/research.ts'
import { asksHer, viewOf, viewsKnown } from '../view/known.server.ts'
import { attendanceOf } from './attendance.server.ts'

const about = (input: { case: string }, output: { head: MeetingHead }) => ({
  ...aboutMeeting(input, output),
  caseId: input.case,
})

export type Decision = { id: string; words: string; reason: string }

async function decisionOf(db: Db, meetingId: string, caseId: string): Promise<Decision | null> {
  const row = await db
    .selectFrom('caseDecision')
    .select(['id', 'wordsSealed', 'reasonSealed'])
    .where('meetingId', '=', meetingId)
    .where('caseId', '=', caseId)
    .where('supersededAt', 'is', null)
    .executeTakeFirst()
  const vault = row ? await findVault(db, caseId) : null
  if (!row || !vault) return null
  const open = (column: string, sealed: Buffer) => vault.open({ table: 'case_decision', column, row: row.id }, sealed)
  return { id: row.id, words: open('words_sealed', row.wordsSealed), reason: open('reason_sealed', row.reasonSealed) }
}

export const OpenLive = ItemOf.extend({ wall: z.literal('yes').optional().catch(undefined) })

/** One case after another. Before the promise of silence there is nothing to see but the promise; on the wall there are no words at all. */
export const openLive = query(
  'meeting.live',
  { roles: ['lead', 'member'], input: OpenLive, about },
  async (db, input, me) => {
    const head = await meetingHead(db, me, input.id)
    const { lines } = await agendaOf(db, head)
    const at = lines.findIndex((line) => line.caseId === input.case)
    const line = lines[at]
    if (!head.own || !line) throw new NotFound()
    const [pledged, onWall] = [await hasPledged(db, me, head.id), input.wall === 'yes']
    const silent = silentOf(await askedIn(db, head.networkId), await answeredFor(db, head.id), line.caseId)
    const near = { before: lines[at - 1]?.caseId ?? null, after: lines[at + 1]?.caseId ?? null }
    const common = { head, line, at: at + 1, all: lines.length, ...near, pledged, onWall, silent }
    const actions = (await actionsOf(db, line.caseId, pledged && !onWall)).filter(({ state }) => state === 'open')
    const words = pledged && !onWall
    return {
      ...common,
      actions,
      gaps: await gapsOf(db, line.caseId),
      approval: words ? await planStanding(db, line.caseId) : null,
      missing: await missingThere(db, head),
      told: words ? await toldOf(db, head.id, line.caseId) : [],
      decision: words ? await decisionOf(db, head.id, line.caseId) : null,
      view: words ? await viewOf(db, head.id, line.caseId) : null,
      known: (await viewsKnown(db, head.id))(line.caseId),
      asks: await asksHer(db, head.networkId),
    }
  },
)

/** Core agencies of whom nobody is there; in writing: of whom nobody has answered anything. */
export async function missingThere(db: Db, head: MeetingHead) {
  const core = await coreAgenciesOn(db, head.onDate)
  const there =
    head.mode === 'closing'
      ? await answeredFor(db, head.id)
      : (await attendanceOf(db, head)).filter(({ kind }) => kind === 'present')
  return missingOf(core, there)
}

export const Decide = ItemOf.extend({
  seen: seen(),
  outcome: choice(outcomes, { label: 'meetings.live.outcome', prefix: 'meetings.outcome' }),
  words: longText({ label: 'meetings.live.words', hint: 'meetings.live.wordsHint', max: 2000 }),
  reason: longText({ label: 'meetings.live.reason', hint: 'meetings.live.reasonHint', max: 2000 }),
})

/** What was decided of a case, and why; said again while the meeting lasts it takes the place of what was said before. */
export const decideItem = command(
  'meeting.decide',
  { roles: ['lead'], input: Decide, about, oneByOne: oneMeeting },
  async (db, input: z.output<typeof Decide>, me) => {
    const head = await ledMeeting(db, me, input.id, { kind: 'arrange' })
    const refused = refusal(
      head,
      { kind: 'decide', pledged: await hasPledged(db, me, head.id), reason: true },
      head.today,
    )
    if (refused) throw new Conflict(refused)
    const { lines } = await agendaOf(db, head)
    const at = lines.findIndex((one) => one.caseId === input.case)
    const line = lines[at]
    if (!line?.id) throw new NotFound()
    const heard = line.outcome ? {} : { heardBy: me.id, heardAt: sql<Date>`now()` }
    await db
      .updateTable('agendaItem')
      .set({ outcome: input.outcome, ...heard })
      .where('id', '=', line.id)
      .execute()
    mustHaveRead(input.seen, await standingDecision(db, head.id, input.case))
    await writeDecision(db, me, head, input)
    // What was put off is nothing to be told yet.
    if (input.outcome !== 'carried') await oweUpdate(db, me, head, input.case)
    return { head, next: lines[at + 1]?.caseId ?? null }
  },
)

/** Which words stand now; those who write others have to have read them. */
export async function standingDecision(db: Db, meetingId: string, caseId: string): Promise<string | null> {
  const row = await db
    .selectFrom('caseDecision')
    .select('id')
    .where('meetingId', '=', meetingId)
    .where('caseId', '=', caseId)
    .where('supersededAt', 'is', null)
    .executeTakeFirst()
  return row?.id ?? null
}

type Words = { case: string; words: string; reason: string }

/** New words take the place of those that stand; the old ones stay readable for whoever answers for them. */
export async function writeDecision(db: Db, me: Person, head: MeetingHead, input: Words): Promise<void> {
  await db
    .updateTable('caseDecision')
    .set({ supersededAt: sql<Date>`now()` })
    .where('meetingId', '=', head.id)
    .where('caseId', '=', input.case)
    .where('supersededAt', 'is', null)
    .execute()
  const row = randomUUID()
  const vault = await openVault(db, input.case)
  const seal = (column: string, words: string) => vault.seal({ table: 'case_decision', column, row }, words)
  const sealed = { wordsSealed: seal('words_sealed', input.words), reasonSealed: seal('reason_sealed', input.reason) }
  await db
    .insertInto('caseDecision')
    .values({
      networkId: head.networkId,
      caseId: input.case,
      id: row,
      meetingId: head.id,
      ...sealed,
      recordedBy: me.id,
    })
    .execute()
}

/** From here on the agenda is spoken of; the first case is opened. */
export const beginMeeting = command(
  'meeting.begin',
  { roles: ['lead'], input: MeetingId, about: aboutMeeting, oneByOne: oneMeeting },
  async (db, input, me) => {
    const head = await ledMeeting(db, me, input.id, { kind: 'begin' })
    await db
      .updateTable('meeting')
      .set({ phase: 'sitting', begunAt: sql<Date>`now()` })
      .where('id', '=', head.id)
      .execute()
    return { head }
  },
)

/** What was not reached comes by itself to the next meeting. */
export const endMeeting = command(
  'meeting.end',
  { roles: ['lead'], input: MeetingId, about: aboutMeeting, oneByOne: oneMeeting },
  async (db, input, me) => {
    const head = await ledMeeting(db, me, input.id, { kind: 'end' })
    await db
      .updateTable('meeting')
      .set({ phase: 'held', endedAt: sql<Date>`now()` })
      .where('id', '=', head.id)
      .execute()
    return { head }
  },
)

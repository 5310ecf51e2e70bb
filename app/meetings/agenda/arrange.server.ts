// How does the lead put a case on the agenda, leave one off, order them and close it?
import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import type { z } from 'zod'
import { today } from '../../core/clock.server.ts'
import { asPerson, type Db } from '../../core/db.server.ts'
import { Conflict, NotFound } from '../../core/errors.ts'
import { idFrom, longText } from '../../core/form/fields.ts'
import { command, query } from '../../core/operation.server.ts'
import { openVault } from '../../core/seal.server.ts'
import type { Person } from '../../core/user.ts'
import type { Job } from '../../process/jobs.server.ts'
import { mailTo } from '../../process/mail.server.ts'
import { tellSeats } from '../calendar/change.server.ts'
import { seatsOf } from '../core-group/seats.server.ts'
import { type ItemKind, isLate } from '../meeting.ts'
import { aboutMeeting, ledMeeting, type MeetingHead, MeetingId, meetingHead, oneMeeting } from '../meetings.server.ts'
import { agendaOf } from './agenda.server.ts'
import { ItemOf } from './agenda.ts'

export const AddItem = MeetingId.extend({
  case: idFrom({ label: 'meetings.field.case', hint: 'meetings.field.caseHint' }),
  reason: longText({ label: 'meetings.field.addReason', hint: 'meetings.field.addReasonHint', max: 500 }),
})

/** Open cases of the network that are not on this agenda. */
export const openAddItem = query(
  'meeting.agenda.add.open',
  { roles: ['lead'], input: MeetingId, about: aboutMeeting },
  async (db, input, me) => {
    const head = await meetingHead(db, me, input.id)
    if (!head.leads) throw new NotFound()
    const cases = await db
      .selectFrom('caseFile')
      .select(['id', 'number'])
      .where('networkId', '=', head.networkId)
      .where('status', '=', 'open')
      .where(({ not, exists, selectFrom }) =>
        not(
          exists(
            selectFrom('agendaItem')
              .select('agendaItem.id')
              .whereRef('agendaItem.caseId', '=', 'caseFile.id')
              .where('meetingId', '=', head.id)
              .where('removedAt', 'is', null),
          ),
        ),
      )
      .orderBy('number', 'desc')
      .limit(500)
      .execute()
    return { head, cases }
  },
)

type NewItem = { caseId: string; kind: ItemKind; reason?: string; removed?: string }

// A line of the agenda, or the note that a case was left off it before it came.
async function insertItem(db: Db, me: Person, head: MeetingHead, of: NewItem): Promise<void> {
  const row = randomUUID()
  const vault = await openVault(db, of.caseId)
  const seal = (column: string, words: string | undefined) =>
    words === undefined ? null : vault.seal({ table: 'agenda_item', column, row }, words)
  const last = await db
    .selectFrom('agendaItem')
    .select(({ fn }) => fn.max('position').as('position'))
    .where('meetingId', '=', head.id)
    .executeTakeFirst()
  const removed =
    of.removed === undefined
      ? {}
      : { removedBy: me.id, removedAt: sql<Date>`now()`, removalSealed: seal('removal_sealed', of.removed) }
  await db
    .insertInto('agendaItem')
    .values({
      ...{ networkId: head.networkId, caseId: of.caseId, id: row, meetingId: head.id, kind: of.kind, addedBy: me.id },
      ...{ position: (last?.position ?? 0) + 1, reasonSealed: seal('reason_sealed', of.reason), ...removed },
    })
    .execute()
}

const withCase = (input: { case: string }, output: { head: MeetingHead }) => ({
  ...aboutMeeting(input, output),
  caseId: input.case,
})

/** With a reason; after the agenda has closed it is marked as late. */
export const addItem = command(
  'meeting.agenda.add',
  { roles: ['lead'], input: AddItem, about: withCase, oneByOne: oneMeeting },
  async (db, input: z.output<typeof AddItem>, me) => {
    const head = await ledMeeting(db, me, input.id, { kind: 'add', reason: true })
    const { lines } = await agendaOf(db, head)
    if (lines.some((line) => line.caseId === input.case)) throw new Conflict({ key: 'meetings.error.there' })
    const known = await db
      .selectFrom('caseFile')
      .select('id')
      .where('id', '=', input.case)
      .where('networkId', '=', head.networkId)
      .where('status', '=', 'open')
      .executeTakeFirst()
    if (!known) throw new NotFound()
    await insertItem(db, me, head, { caseId: input.case, kind: 'added', reason: input.reason })
    if (head.phase !== 'planned') await tellSeats(db, me, head.networkId)
    return { head }
  },
)

/** What would come by itself stands on the agenda already now, so that it can be ordered. */
export const keepItem = command(
  'meeting.agenda.keep',
  { roles: ['lead'], input: ItemOf, about: withCase, oneByOne: oneMeeting },
  async (db, input: z.output<typeof ItemOf>, me) => {
    const head = await ledMeeting(db, me, input.id, { kind: 'arrange' })
    if (isLate(head, head.today)) throw new Conflict({ key: 'meetings.error.closed' })
    const line = (await agendaOf(db, head)).coming.find((one) => one.caseId === input.case)
    if (!line) throw new NotFound()
    await insertItem(db, me, head, { caseId: line.caseId, kind: line.kind })
    return { head }
  },
)

export const RemoveItem = ItemOf.extend({
  reason: longText({ label: 'meetings.field.removeReason', hint: 'meetings.field.removeReasonHint', max: 500 }),
})

export const openRemoveItem = query(
  'meeting.agenda.remove.open',
  { roles: ['lead'], input: ItemOf, about: withCase },
  async (db, input: z.output<typeof ItemOf>, me) => {
    const head = await meetingHead(db, me, input.id)
    return { head, line: await lineFor(db, head, input.case) }
  },
)

async function lineFor(db: Db, head: MeetingHead, caseId: string) {
  const { lines, coming } = await agendaOf(db, head)
  const line = [...lines, ...coming].find((one) => one.caseId === caseId)
  if (!head.leads || !line) throw new NotFound()
  return line
}

/** Left off this one agenda, with a reason; what is still to be heard comes by itself to the next. */
export const removeItem = command(
  'meeting.agenda.remove',
  { roles: ['lead'], input: RemoveItem, about: withCase, oneByOne: oneMeeting },
  async (db, input: z.output<typeof RemoveItem>, me) => {
    const head = await ledMeeting(db, me, input.id, { kind: 'arrange' })
    const line = await lineFor(db, head, input.case)
    if (line.outcome) throw new Conflict({ key: 'meetings.error.heard' })
    if (!line.id) {
      await insertItem(db, me, head, { caseId: line.caseId, kind: line.kind, removed: input.reason })
      return { head }
    }
    const vault = await openVault(db, line.caseId)
    await db
      .updateTable('agendaItem')
      .set({
        removedBy: me.id,
        removedAt: sql<Date>`now()`,
        removalSealed: vault.seal({ table: 'agenda_item', column: 'removal_sealed', row: line.id }, input.reason),
      })
      .where('id', '=', line.id)
      .execute()
    return { head }
  },
)

/** One place up; the one above comes down. */
export const raiseItem = command(
  'meeting.agenda.raise',
  { roles: ['lead'], input: ItemOf, about: withCase, oneByOne: oneMeeting },
  async (db, input: z.output<typeof ItemOf>, me) => {
    const head = await ledMeeting(db, me, input.id, { kind: 'arrange' })
    const { lines } = await agendaOf(db, head)
    const at = lines.findIndex((line) => line.caseId === input.case)
    const [line, above] = [lines[at], lines[at - 1]]
    if (!line) throw new NotFound()
    // Positions are given anew, so that two that were equal cannot stay so.
    const order = above ? lines.toSpliced(at - 1, 2, line, above) : lines
    for (const [place, one] of order.entries()) {
      await db
        .updateTable('agendaItem')
        .set({ position: place + 1 })
        .where('id', '=', one.id)
        .execute()
    }
    return { head }
  },
)

/** The twelve months are over: agencies need no longer keep an eye on the case. */
export const liftFlag = command(
  'meeting.agenda.lift',
  { roles: ['lead'], input: ItemOf, about: withCase, oneByOne: oneMeeting },
  async (db, input: z.output<typeof ItemOf>, me) => {
    const head = await ledMeeting(db, me, input.id, { kind: 'arrange' })
    const line = (await agendaOf(db, head)).coming.find((one) => one.caseId === input.case && one.kind === 'twelve')
    if (!line) throw new NotFound()
    const { rows } = await sql<{ passed: boolean }>`select flag_passed(${line.caseId}::uuid) as passed`.execute(db)
    if (!rows[0]?.passed) throw new Conflict({ key: 'meetings.lift.early' })
    await db
      .insertInto('maracFlagLift')
      .values({ networkId: head.networkId, caseId: line.caseId, liftedBy: me.id })
      .execute()
    return { head }
  },
)

/** Before its last day, by hand: what belongs there is taken up, and the core group is told. */
export const closeAgenda = command(
  'meeting.agenda.close',
  { roles: ['lead'], input: MeetingId, about: aboutMeeting, oneByOne: oneMeeting },
  async (db, input, me) => {
    const head = await ledMeeting(db, me, input.id, { kind: 'close' })
    await sql`select agenda_close(${head.id}::uuid)`.execute(db)
    await tellSeats(db, me, head.networkId)
    return { head }
  },
)

/** On the morning after its last day an agenda closes by itself. */
export async function closeDueAgendas(system: Person): Promise<number> {
  return asPerson('write', system.claim, async (db) => {
    const due = await db
      .selectFrom('meeting')
      .select(['id', 'networkId'])
      .where('phase', '=', 'planned')
      .where('cutOffOn', '<', today())
      .execute()
    for (const meeting of due) {
      await sql`select agenda_close(${meeting.id}::uuid)`.execute(db)
      for (const seat of await seatsOf(db, meeting.networkId))
        await mailTo(db, seat.personId, 'new-task', `agenda:${meeting.id}:${seat.personId}`)
    }
    return due.length
  })
}

export const agendasClose: Job = { name: 'agendas-close', cron: '5 6 * * *', run: closeDueAgendas }

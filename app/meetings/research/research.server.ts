// Which agency has been asked what about which case, and what has it answered?
import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { addDays } from '../../core/calendar/working-days.ts'
import { today } from '../../core/clock.server.ts'
import { asPerson, type Db } from '../../core/db.server.ts'
import { Conflict, Invalid, NotFound } from '../../core/errors.ts'
import { mustHaveRead } from '../../core/form/seen.ts'
import { command, query } from '../../core/operation.server.ts'
import { findVault, openVault } from '../../core/seal.server.ts'
import { type Agency, agencies } from '../../core/setting.ts'
import { settingsOn } from '../../core/settings.server.ts'
import type { Person } from '../../core/user.ts'
import type { Job } from '../../process/jobs.server.ts'
import { mailTo } from '../../process/mail.server.ts'
import { agendaOf } from '../agenda/agenda.server.ts'
import { ItemOf } from '../agenda/agenda.ts'
import { seatsOf } from '../core-group/seats.server.ts'
import { refusal } from '../meeting.ts'
import { aboutMeeting, type MeetingHead, MeetingId, meetingHead, oneMeeting, readers } from '../meetings.server.ts'
import { AnswerResearch, silentOf, type Told } from './research.ts'

type Answered = { caseId: string; agency: Agency }

/** Who has answered, not what. */
export async function answeredFor(db: Db, meetingId: string): Promise<Answered[]> {
  return (await sql<Answered>`select case_id, agency from research_answered(${meetingId}::uuid)`.execute(db)).rows
}

/** The agencies that sit in the network: each of them is asked about each case. */
export async function askedIn(db: Db, networkId: string): Promise<Agency[]> {
  const seats = await seatsOf(db, networkId)
  return agencies.filter((agency) => seats.some((seat) => seat.agency === agency))
}

async function myAgency(db: Db, me: Person, networkId: string): Promise<Agency | null> {
  return (await seatsOf(db, networkId)).find((seat) => seat.personId === me.id)?.agency ?? null
}

/** The cases of a meeting, who has answered about each, and which of them wait for my agency. */
export const openResearch = query(
  'meeting.research',
  { roles: readers, input: MeetingId, about: aboutMeeting },
  async (db, input, me) => {
    const head = await meetingHead(db, me, input.id)
    const { lines } = await agendaOf(db, head)
    const [asked, answered] = [await askedIn(db, head.networkId), await answeredFor(db, head.id)]
    const mine = head.own ? await myAgency(db, me, head.networkId) : null
    const cases = lines.map(({ caseId, number, kind }) => {
      const silent = silentOf(asked, answered, caseId)
      return { caseId, number, kind, silent, waits: mine !== null && silent.includes(mine) }
    })
    return { head, asked, mine, cases }
  },
)

/** What was told of a case for a meeting, as far as this person may know it. */
export async function toldOf(db: Db, meetingId: string, caseId: string): Promise<Told[]> {
  const rows = await db
    .selectFrom('research')
    .leftJoin('person', 'person.id', 'research.recordedBy')
    .select([
      'research.id',
      'agency',
      'person.name as by',
      'research.recordedAt',
      'wordsSealed',
      'relevanceSealed',
      'toldTo',
    ])
    .where('meetingId', '=', meetingId)
    .where('caseId', '=', caseId)
    .where('supersededAt', 'is', null)
    .execute()
  const vault = rows.length ? await findVault(db, caseId) : null
  const told = rows.map((row): Told => {
    const open = (column: string, sealed: Buffer | null) =>
      vault && sealed ? vault.open({ table: 'research', column, row: row.id }, sealed) : null
    return {
      ...{
        id: row.id,
        agency: row.agency as Agency,
        by: row.by ?? '',
        at: row.recordedAt,
        toldTo: row.toldTo as Agency[],
      },
      ...{ words: open('words_sealed', row.wordsSealed), relevance: open('relevance_sealed', row.relevanceSealed) },
    }
  })
  return told.toSorted((a, b) => agencies.indexOf(a.agency) - agencies.indexOf(b.agency))
}

/** Have I promised silence at this meeting? */
export async function hasPledged(db: Db, me: Person, meetingId: string): Promise<boolean> {
  const row = await db
    .selectFrom('meetingPledge')
    .select('id')
    .where('meetingId', '=', meetingId)
    .where('personId', '=', me.id)
    .executeTakeFirst()
  return row !== undefined
}

async function asking(db: Db, me: Person, meetingId: string, caseId: string) {
  const head = await meetingHead(db, me, meetingId)
  const line = (await agendaOf(db, head)).lines.find((one) => one.caseId === caseId)
  const mine = head.own ? await myAgency(db, me, head.networkId) : null
  if (!line || !mine) throw new NotFound()
  return { head, line, mine }
}

const about = (input: { case: string }, output: { head: MeetingHead }) => ({
  ...aboutMeeting(input, output),
  caseId: input.case,
})

export const openAnswerResearch = query(
  'meeting.research.open',
  { roles: ['lead', 'member'], input: ItemOf, about },
  async (db, input, me) => {
    const { head, line, mine } = await asking(db, me, input.id, input.case)
    const told = await toldOf(db, head.id, input.case)
    const own = told.find((one) => one.agency === mine) ?? null
    return {
      head,
      line,
      mine,
      own,
      others: told.filter((one) => one.agency !== mine),
      pledged: await hasPledged(db, me, head.id),
      asked: await askedIn(db, head.networkId),
    }
  },
)

/** "Nothing known" is an answer; what is known comes with why it is needed and who may be told. A later answer takes the place of an earlier. */
export const answerResearch = command(
  'meeting.research.answer',
  { roles: ['lead', 'member'], input: AnswerResearch, about, oneByOne: oneMeeting },
  async (db, input: AnswerResearch, me) => {
    const { head, mine } = await asking(db, me, input.id, input.case)
    const refused = refusal(head, { kind: 'research' }, head.today)
    if (refused) throw new Conflict(refused)
    const some = input.known === 'something'
    if (some && !input.words) throw new Invalid({ words: { key: 'core.error.missing' } })
    if (some && !input.relevance) throw new Invalid({ relevance: { key: 'meetings.research.why' } })
    if (some && input.toldTo.length === 0) throw new Invalid({ toldTo: { key: 'core.error.choose' } })
    // Of two who answer for one agency the second reads first what the other has said.
    const before = (await toldOf(db, head.id, input.case)).find((one) => one.agency === mine)
    mustHaveRead(input.seen, before?.id ?? null)
    await db
      .updateTable('research')
      .set({ supersededAt: sql<Date>`now()` })
      .where('meetingId', '=', head.id)
      .where('caseId', '=', input.case)
      .where('agency', '=', mine)
      .where('supersededAt', 'is', null)
      .execute()
    const row = randomUUID()
    const vault = await openVault(db, input.case)
    const seal = (column: string, words: string | undefined) =>
      some && words ? vault.seal({ table: 'research', column, row }, words) : null
    await db
      .insertInto('research')
      .values({
        ...{
          networkId: head.networkId,
          caseId: input.case,
          id: row,
          meetingId: head.id,
          agency: mine,
          recordedBy: me.id,
        },
        ...{
          wordsSealed: seal('words_sealed', input.words),
          relevanceSealed: seal('relevance_sealed', input.relevance),
        },
        toldTo: some ? input.toldTo : [],
      })
      .execute()
    return { head }
  },
)

export type Waiting = { meetingId: string; onDate: string; count: number }

/** On how many cases my agency still has to answer, by meeting: for the first page. */
export async function researchWaiting(db: Db, me: Person): Promise<Waiting[]> {
  const { rows } = await sql<Waiting>`
    select m.id as meeting_id, m.on_date, count(*)::int as count from meeting m join agenda_item i on i.meeting_id = m.id and i.removed_at is null
    where m.phase in ('closed', 'sitting') and m.network_id = any(${me.networks}::uuid[])
      and not exists (select from research r where r.meeting_id = m.id and r.case_id = i.case_id and r.agency = agency_of(m.network_id, ${me.id}::uuid) and r.superseded_at is null)
    group by m.id, m.on_date order by m.on_date`.execute(db)
  return rows
}

/** Some days before the meeting everybody of an agency that has not answered hears once that something waits. */
export async function remindOfResearch(system: Person): Promise<number> {
  return asPerson('write', system.claim, async (db) => {
    const until = addDays(today(), (await settingsOn(db)).researchRemindDays)
    const near = await db
      .selectFrom('meeting')
      .select(['id', 'networkId'])
      .where('phase', '=', 'closed')
      .where('onDate', '<=', until)
      .execute()
    let told = 0
    for (const meeting of near) {
      const items = await db
        .selectFrom('agendaItem')
        .select('caseId')
        .where('meetingId', '=', meeting.id)
        .where('removedAt', 'is', null)
        .execute()
      const answered = await answeredFor(db, meeting.id)
      for (const seat of await seatsOf(db, meeting.networkId)) {
        if (!items.some(({ caseId }) => silentOf([seat.agency], answered, caseId).length > 0)) continue
        await mailTo(db, seat.personId, 'reminder', `research:${meeting.id}:${seat.personId}`)
        told += 1
      }
    }
    return told
  })
}

export const researchReminders: Job = { name: 'research-reminders', cron: '25 8 * * 1-5', run: remindOfResearch }

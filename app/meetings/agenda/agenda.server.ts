// Which cases are on the agenda of a meeting, which will come by themselves, and why?
import { sql } from 'kysely'
import type { Level } from '../../cases/risk/risk.ts'
import type { Db } from '../../core/db.server.ts'
import { query } from '../../core/operation.server.ts'
import { findVault } from '../../core/seal.server.ts'
import type { ItemKind } from '../meeting.ts'
import {
  aboutMeeting,
  coreGaps,
  dateEvents,
  type MeetingHead,
  MeetingId,
  meetingHead,
  readers,
} from '../meetings.server.ts'
import { minutesWaiting } from '../minutes/waiting.server.ts'
import { asksHer, viewsKnown } from '../view/known.server.ts'
import type { ViewState } from '../view/view.ts'

export const outcomes = ['planned', 'carried', 'no_action'] as const
export type Outcome = (typeof outcomes)[number]

export type AgendaLine = {
  /** Empty for what comes by itself when the agenda closes. */
  id: string | null
  caseId: string
  number: string
  kind: ItemKind
  late: boolean
  level: Level | null
  lastOn: string | null
  reason: string | null
  outcome: Outcome | null
}
/** The same with whether she was asked what she wants herself; nothing where twelve months have passed. */
export type ShownLine = AgendaLine & { view: ViewState | null }
type Row = Omit<AgendaLine, 'reason'> & { reasonSealed: string | null }

const level = sql`(select a.level from assessment a where a.case_id = c.id and a.state <> 'draft' and a.superseded_at is null
  order by a.made_on desc, a.recorded_at desc limit 1)`

const lastHeard = (
  meetingId: string,
) => sql`(select max(e.on_date) from agenda_item o join meeting e on e.id = o.meeting_id
  where o.case_id = c.id and o.outcome is not null and e.id <> ${meetingId}::uuid)`

/** The lines in their order, then what will come by itself. */
export async function agendaOf(
  db: Db,
  head: Pick<MeetingHead, 'id' | 'own'>,
): Promise<{ lines: AgendaLine[]; coming: AgendaLine[] }> {
  const lines = await sql<Row>`
    select i.id, i.case_id, c.number, i.kind, i.late, ${level} as level, ${lastHeard(head.id)} as last_on, i.outcome, encode(i.reason_sealed, 'hex') as reason_sealed
    from agenda_item i join case_file c on c.id = i.case_id
    where i.meeting_id = ${head.id}::uuid and i.removed_at is null order by i.position, i.added_at`.execute(db)
  const coming = await sql<Row>`
    select null::uuid as id, d.case_id, c.number, d.kind, false as late, ${level} as level, d.last_on, null as outcome, null as reason_sealed
    from agenda_candidates(${head.id}::uuid) d join case_file c on c.id = d.case_id
    order by array_position(array['action', 'transferred', 'new', 'carried', 'twelve'], d.kind), c.number`.execute(db)
  const open = async (row: Row): Promise<AgendaLine> => {
    const { reasonSealed, ...line } = row
    return { ...line, reason: head.own ? await reasonOf(db, row) : null }
  }
  return { lines: await Promise.all(lines.rows.map(open)), coming: await Promise.all(coming.rows.map(open)) }
}

/** Why somebody put a case there; of an erased case nothing is left to read. */
async function reasonOf(db: Db, { id, caseId, reasonSealed }: Row): Promise<string | null> {
  if (!reasonSealed || !id) return null
  const vault = await findVault(db, caseId)
  return (
    vault?.open({ table: 'agenda_item', column: 'reason_sealed', row: id }, Buffer.from(reasonSealed, 'hex')) ?? null
  )
}

export type RemovedLine = { caseId: string; number: string; who: string; at: Date; words: string | null }

/** What was left off, by whom and why. */
async function removedFrom(db: Db, head: MeetingHead): Promise<RemovedLine[]> {
  const rows = await db
    .selectFrom('agendaItem')
    .innerJoin('caseFile', 'caseFile.id', 'agendaItem.caseId')
    .innerJoin('person', 'person.id', 'agendaItem.removedBy')
    .select([
      'agendaItem.id',
      'agendaItem.caseId',
      'caseFile.number',
      'person.name as who',
      'agendaItem.removedAt',
      'agendaItem.removalSealed',
    ])
    .where('meetingId', '=', head.id)
    .where('removedAt', 'is not', null)
    .orderBy('removedAt')
    .execute()
  return Promise.all(
    rows.map(async ({ id, caseId, number, who, removedAt, removalSealed }) => {
      const vault = head.own && removalSealed ? await findVault(db, caseId) : null
      const words =
        vault && removalSealed
          ? vault.open({ table: 'agenda_item', column: 'removal_sealed', row: id }, removalSealed)
          : null
      return { caseId, number, who, at: removedAt as Date, words }
    }),
  )
}

const minutesStep = async (db: Db, meetingId: string) =>
  (await minutesWaiting(db)).find((one) => one.meetingId === meetingId) ?? null

/** One meeting: when and where, what is on its agenda and what became of its date. */
export const openMeeting = query(
  'meeting.open',
  { roles: readers, input: MeetingId, about: aboutMeeting },
  async (db, input, me) => {
    const head = await meetingHead(db, me, input.id)
    const agenda = await agendaOf(db, head)
    const known = await viewsKnown(db, head.id)
    const told = (line: AgendaLine): ShownLine => ({
      ...line,
      view: line.kind === 'twelve' ? null : known(line.caseId),
    })
    return {
      head,
      lines: agenda.lines.map(told),
      coming: agenda.coming.map(told),
      asks: await asksHer(db, head.networkId),
      removed: await removedFrom(db, head),
      events: await dateEvents(db, head),
      gaps: await coreGaps(db, head),
      // When it is over: minutes that wait for me.
      waits: head.phase === 'held' ? await minutesStep(db, head.id) : null,
    }
  },
)
export type OpenedMeeting = Awaited<ReturnType<typeof openMeeting.run>>

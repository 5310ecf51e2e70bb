// Which entries has nobody read yet, and how does a support person learn that hers was?
import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { z } from 'zod'
import { today } from '../../core/clock.server.ts'
import type { Db } from '../../core/db.server.ts'
import { Conflict, NotFound } from '../../core/errors.ts'
import { command, query } from '../../core/operation.server.ts'
import { findVault, openVault } from '../../core/seal.server.ts'
import { settingsOn } from '../../core/settings.server.ts'
import type { Person } from '../../core/user.ts'
import { guidedByMe } from '../visit/supported.server.ts'
import { openVisitRow, type VisitRow } from '../visit/visits-read.server.ts'
import { EntryId, ReadEntry } from './feedback.ts'

export type Unread = {
  id: string
  number: string
  name: string
  onDate: string
  recordedOn: string
  danger: boolean
  days: number
}

/** Entries of those whom the person who asks guides that nobody has read, the oldest first; never her own, and never what an old workbook told. */
export async function unreadEntries(db: Db, me: Person): Promise<Unread[]> {
  const { rows } = await sql<Unread>`
    select v.id, v.number, w.name, v.on_date, to_char(v.recorded_at at time zone 'Europe/Tallinn', 'YYYY-MM-DD') as recorded_on, v.danger,
      (${today()}::date - (v.recorded_at at time zone 'Europe/Tallinn')::date) as days
    from visit v join volunteer w on w.id = v.volunteer_id
    where v.volunteer_id = ${guidedByMe} and w.person_id is distinct from ${me.id} and v.recorded_by <> ${me.id} and v.superseded_at is null
      and v.import_key is null and v.case_id = any ((select auth_supervised())::uuid[])
      and not exists (select from visit_reading r where r.visit_id = v.id)
    order by v.danger desc, v.recorded_at limit 200`.execute(db)
  return rows
}

export const listEntries = query(
  'support.entry.list',
  {
    roles: ['supervisor'],
    input: z.object({}),
    about: (_: unknown, { entries }: { entries: unknown[] }) => ({ kind: 'visit', hits: entries.length }),
  },
  async (db, _, me) => ({ entries: await unreadEntries(db, me), unreadDays: (await settingsOn(db)).unreadDays }),
)

const about = (_: unknown, { visit }: { visit: Pick<VisitRow, 'id' | 'caseId' | 'networkId'> }) => ({
  kind: 'visit',
  id: visit.id,
  caseId: visit.caseId,
  networkId: visit.networkId,
})

const place = (row: string) => ({ table: 'visit_reading', column: 'reply_sealed', row })

/** Who has read this entry, when, and what they said – where the key of the case is (still) for the person who asks; once, and once more for each round that found something. */
export async function readingsOf(db: Db, visit: { id: string; caseId: string }) {
  const rows = await db
    .selectFrom('visitReading')
    .leftJoin('person', 'person.id', 'readBy')
    .select(['visitReading.id', 'readAt', 'replySealed', 'entryId', 'person.name as by'])
    .where('visitId', '=', visit.id)
    .orderBy('readAt')
    .execute()
  const vault = rows.some((row) => row.replySealed) ? await findVault(db, visit.caseId) : null
  return rows.map(({ id, by, readAt, replySealed, entryId }) => {
    const reply = replySealed && vault ? vault.open(place(id), replySealed) : null
    return { by, readAt, entryId, reply, closed: replySealed !== null && reply === null }
  })
}

/** One entry, for whoever guides the one who wrote it. */
export const openEntry = query(
  'support.entry.open',
  { roles: ['supervisor'], input: EntryId, about },
  async (db, { id }, me) => {
    const visit = await openVisitRow(db, me, id)
    if (visit.mine) throw new NotFound()
    return { visit, readings: await readingsOf(db, visit) }
  },
)

/** Read, with or without a word; the support person sees it where she wrote. */
export const readEntry = command(
  'support.entry.read',
  { roles: ['supervisor'], input: ReadEntry, about },
  async (db, input, me) => {
    const visit = await openVisitRow(db, me, input.id)
    if (visit.mine) throw new NotFound()
    if (visit.supersededAt || (await readingsOf(db, visit)).length > 0)
      throw new Conflict({ key: 'support.error.entryRead' })
    await writeReading(db, me, visit, input.reply ?? null, null)
    // The form's result is kept for who presses twice: it names the entry, and does not repeat it.
    return { visit: { id: visit.id, caseId: visit.caseId, networkId: visit.networkId } }
  },
)

/** That it was read, and what was said of it; `entryId` where a round found what is said. */
export async function writeReading(
  db: Db,
  me: Person,
  visit: VisitRow,
  reply: string | null,
  entryId: string | null,
): Promise<void> {
  const { networkId, caseId, volunteerId } = visit
  const id = randomUUID()
  const replySealed = reply ? (await openVault(db, caseId)).seal(place(id), reply) : null
  await db
    .insertInto('visitReading')
    .values({ id, networkId, caseId, visitId: visit.id, volunteerId, entryId, readBy: me.id, replySealed })
    .execute()
}

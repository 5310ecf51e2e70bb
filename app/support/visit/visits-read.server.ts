// Which visits are there, month by month, and what was noted of one of them?
import { sql } from 'kysely'
import { z } from 'zod'
import { today } from '../../core/clock.server.ts'
import type { Db } from '../../core/db.server.ts'
import { query } from '../../core/operation.server.ts'
import { findVault } from '../../core/seal.server.ts'
import type { Person } from '../../core/user.ts'
import { ownVolunteer } from './supported.server.ts'
import { month, monthOf, type Way } from './visit.ts'

const columns = [
  'visit.id',
  'visit.networkId',
  'visit.caseId',
  'visit.number',
  'visit.assignmentId',
  'visit.volunteerId',
  'visit.onDate',
  'visit.wholeMonth',
  'visit.contacts',
  'visit.minutes',
  'visit.expenseCents',
  'visit.expenseNote',
  'visit.danger',
  'visit.outside',
  'visit.correctsId',
] as const

/** One visit with its note; `closed` where there is a note whose key is not (or no longer) for the person who asks. */
export async function openVisitRow(db: Db, me: Person, id: string) {
  const row = await db
    .selectFrom('visit')
    .innerJoin('volunteer', 'volunteer.id', 'visit.volunteerId')
    .leftJoin('person', 'person.id', 'visit.recordedBy')
    .select(columns)
    .select(['visit.noteSealed', 'visit.recordedBy', 'visit.recordedAt', 'visit.supersededAt', 'volunteer.personId'])
    .select([sql<Way>`visit.way`.as('way'), 'person.name as recordedByName', 'volunteer.name as volunteer'])
    .where('visit.id', '=', id)
    .executeTakeFirstOrThrow()
  const { noteSealed, personId, ...visit } = row
  const note = await noteOf(db, { ...visit, noteSealed })
  return { ...visit, mine: personId === me.id, note, closed: noteSealed !== null && note === null }
}
export type VisitRow = Awaited<ReturnType<typeof openVisitRow>>

async function noteOf(db: Db, visit: { id: string; caseId: string; noteSealed: Buffer | null }) {
  if (!visit.noteSealed) return null
  const vault = await findVault(db, visit.caseId)
  return vault?.open({ table: 'visit', column: 'note_sealed', row: visit.id }, visit.noteSealed) ?? null
}

/** The visits of one volunteer in one month that count, in order; without what was noted. */
export async function visitsOf(db: Db, volunteerId: string, ofMonth: string) {
  return db
    .selectFrom('visit')
    .select(columns)
    .select(sql<Way>`visit.way`.as('way'))
    .where('volunteerId', '=', volunteerId)
    .where('supersededAt', 'is', null)
    .where(sql<boolean>`to_char(on_date, 'YYYY-MM') = ${ofMonth}`)
    .orderBy('onDate')
    .orderBy('recordedAt')
    .execute()
}
export type Visit = Awaited<ReturnType<typeof visitsOf>>[number]

/** The same of one case, with the notes that the key opens. */
export async function notedVisitsOf(db: Db, of: { volunteerId: string; month: string; caseId: string }) {
  const visits = (await visitsOf(db, of.volunteerId, of.month)).filter((visit) => visit.caseId === of.caseId)
  const vault = await findVault(db, of.caseId)
  const sealed = await db
    .selectFrom('visit')
    .select(['id', 'noteSealed'])
    .where('id', 'in', [...visits.map((visit) => visit.id), never])
    .execute()
  const notes = new Map(sealed.map((row) => [row.id, row.noteSealed]))
  return visits.map((visit) => {
    const note = notes.get(visit.id) ?? null
    const place = { table: 'visit', column: 'note_sealed', row: visit.id }
    return { ...visit, note: note && vault ? vault.open(place, note) : null, closed: note !== null && !vault }
  })
}
const never = '00000000-0000-0000-0000-000000000000'

/** Own visits of one month, and the months that have any. */
export const listVisits = query(
  'support.visit.list',
  {
    roles: ['volunteer'],
    input: z.object({ month: month().optional().catch(undefined) }),
    about: (_: unknown, { visits }: { visits: Visit[] }) => ({ kind: 'visit', hits: visits.length }),
  },
  async (db, input, me) => {
    const { id } = await ownVolunteer(db, me)
    const shown = input.month ?? monthOf(today())
    const months = await db
      .selectFrom('visit')
      .select(sql<string>`to_char(on_date, 'YYYY-MM')`.as('month'))
      .distinct()
      .where('volunteerId', '=', id)
      .where('supersededAt', 'is', null)
      .orderBy('month', 'desc')
      .execute()
    const all = new Set([...months.map((row) => row.month), shown, monthOf(today())])
    return { month: shown, months: [...all].sort().reverse(), visits: await visitsOf(db, id, shown) }
  },
)

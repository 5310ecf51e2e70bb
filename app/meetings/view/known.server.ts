// Of which cases on an agenda is it known what she wants herself, and whose is it to ask her?
import { sql } from 'kysely'
import type { Channel } from '../../cases/contact/safe-contact.ts'
import { addDays } from '../../core/calendar/working-days.ts'
import { today } from '../../core/clock.server.ts'
import type { Db } from '../../core/db.server.ts'
import { findVault } from '../../core/seal.server.ts'
import type { View, ViewState } from './view.ts'

/** Of each case that she was asked, or was not for a reason; of the others nothing is written down. */
export async function viewsKnown(db: Db, meetingId: string): Promise<(caseId: string) => ViewState> {
  const { rows } = await sql<{
    caseId: string
    asked: boolean
  }>`select case_id, asked from views_known(${meetingId}::uuid)`.execute(db)
  const known = new Map(rows.map(({ caseId, asked }) => [caseId, asked]))
  return (caseId) => {
    const asked = known.get(caseId)
    return asked === undefined ? 'missing' : asked ? 'asked' : 'not_asked'
  }
}

/** The victim support worker: who leads the network, and whoever speaks there for victim support. */
export async function asksHer(db: Db, networkId: string): Promise<boolean> {
  const { rows } = await sql<{ asks: boolean }>`select ${networkId}::uuid = any (auth_led())
    or ${`${networkId}/victim_support`} = any (auth_seats()) as asks`.execute(db)
  return rows[0]?.asks === true
}

/** Her view as it stands, to whom it may be shown; nothing to everybody else. */
export async function viewOf(db: Db, meetingId: string, caseId: string): Promise<View | null> {
  const row = await db
    .selectFrom('victimView')
    .leftJoin('person as asker', 'asker.id', 'victimView.askedBy')
    .leftJoin('person as writer', 'writer.id', 'victimView.recordedBy')
    .select(['victimView.id', 'askedOn as on', sql<Channel | null>`way`.as('way'), 'asker.name as askedBy'])
    .select(['asker.id as askedById', 'writer.name as by', 'recordedAt as at'])
    .select(['wantsSealed', 'fearsSealed', 'saferSealed', 'notAskedSealed'])
    .where('meetingId', '=', meetingId)
    .where('caseId', '=', caseId)
    .where('supersededAt', 'is', null)
    .executeTakeFirst()
  const vault = row ? await findVault(db, caseId) : null
  if (!row || !vault) return null
  const { wantsSealed, fearsSealed, saferSealed, notAskedSealed, ...told } = row
  const open = (column: string, sealed: Buffer | null) =>
    sealed ? vault.open({ table: 'victim_view', column, row: row.id }, sealed) : null
  return {
    ...{ ...told, by: told.by ?? '' },
    ...{ wants: open('wants_sealed', wantsSealed), fears: open('fears_sealed', fearsSealed) },
    ...{ safer: open('safer_sealed', saferSealed), why: open('not_asked_sealed', notAskedSealed) },
  }
}

export type ViewsWaiting = { meetingId: string; networkId: string; onDate: string; cutOffOn: string; count: number }

const soon = 14

/** At which meetings of the next two weeks she has not been asked yet, and of how many cases: for whoever asks her. */
export async function viewsWaiting(db: Db): Promise<ViewsWaiting[]> {
  const { rows } = await sql<ViewsWaiting>`
    select m.id as meeting_id, m.network_id, m.on_date, m.cut_off_on, count(*)::int as count from meeting m cross join lateral views_missing(m.id) v
    where m.phase in ('planned', 'closed', 'sitting') and m.cut_off_on <= ${addDays(today(), soon)}::date
    group by m.id, m.network_id, m.on_date, m.cut_off_on order by m.on_date`.execute(db)
  return rows
}

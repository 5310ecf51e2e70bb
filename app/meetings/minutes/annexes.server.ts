// Which mark has each annex of the minutes of a meeting?
import { sql } from 'kysely'
import type { Db } from '../../core/db.server.ts'
import { findVault } from '../../core/seal.server.ts'
import { settingsOn } from '../../core/settings.server.ts'
import type { AnnexGround, AnnexMark } from './annex.ts'
import { markedUntil } from './minutes.ts'

type Row = { id: string; caseId: string; ground: AnnexGround; years: number; fromSealed: Buffer | null }

/** By case; where nothing else was said, the years of private life from the day on which the minutes were made. */
export async function annexMarks(
  db: Db,
  of: { meetingId: string; madeOn: string; cases: readonly string[] },
): Promise<Map<string, AnnexMark>> {
  const { markPrivateYears } = await settingsOn(db)
  const { rows } = await sql<Row>`select id, case_id, ground, years, from_sealed from annex_mark
    where meeting_id = ${of.meetingId} and superseded_at is null`.execute(db)
  const marks = of.cases.map(async (caseId): Promise<[string, AnnexMark]> => {
    const row = rows.find((one) => one.caseId === caseId)
    const usual = { id: row?.id ?? null, ground: 'private_life' as const, from: of.madeOn }
    const day = row?.fromSealed ? await openedDay(db, row) : null
    // Of a case that was erased it is not known any more whose day it was.
    if (!row || !day) return [caseId, { ...usual, until: markedUntil(of.madeOn, row?.years ?? markPrivateYears) }]
    return [caseId, { id: row.id, ground: row.ground, from: day, until: markedUntil(day, row.years) }]
  })
  return new Map(await Promise.all(marks))
}

async function openedDay(db: Db, { id, caseId, fromSealed }: Row): Promise<string | null> {
  const vault = await findVault(db, caseId)
  return vault && fromSealed ? vault.open({ table: 'annex_mark', column: 'from_sealed', row: id }, fromSealed) : null
}

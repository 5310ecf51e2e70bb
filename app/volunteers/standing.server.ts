// How do these volunteers stand today: ready or not, with how much to do, and since when with nothing?
import { sql } from 'kysely'
import { today } from '../core/clock.server.ts'
import type { Db } from '../core/db.server.ts'
import type { Settings } from '../core/setting.ts'
import {
  type Evidence,
  type EvidenceKind,
  type EvidenceState,
  evidenceState,
  hasRoom,
  isForgotten,
  type Load,
  neededKinds,
  type Readiness,
  readiness,
  type Status,
  type StatusLine,
  statusOn,
  unusedSince,
} from './volunteer.ts'

export type Standing = {
  now: Pick<StatusLine, 'status' | 'fromOn' | 'untilOn'>
  readiness: Readiness
  papers: Record<EvidenceKind, EvidenceState>
  /** The kinds of paper that this volunteer works by. */
  needed: EvidenceKind[]
  load: Load
  max: number
  hasRoom: boolean
  unusedSince: string | null
  forgotten: boolean
}

type Row = { id: string; childContact: boolean | null; maxCases: number | null }

/** The rows of these volunteers in a table of theirs, whatever their number. */
export function ofThese(ids: readonly string[]) {
  return sql<string>`any(${ids}::uuid[])`
}

/** The standing of each of these volunteers, by id; four questions to the database however many they are. */
export async function standingsOf(db: Db, rows: readonly Row[], settings: Settings): Promise<Map<string, Standing>> {
  const ids = rows.map((row) => row.id)
  const [papers, history, load] = [await papersOf(db, ids), await historyOf(db, ids), await loadOf(db, ids)]
  return new Map(
    rows.map((row) => {
      const facts = { papers: papers.get(row.id) ?? [], history: history.get(row.id) ?? [], load: load.get(row.id) }
      return [row.id, standing(row, facts, settings)]
    }),
  )
}

/** The standing of one volunteer. */
export async function standingOf(db: Db, row: Row, settings: Settings): Promise<Standing> {
  const found = (await standingsOf(db, [row], settings)).get(row.id)
  if (!found) throw new Error('a volunteer without a standing')
  return found
}

type Facts = { papers: Evidence[]; history: StatusLine[]; load: Load | undefined }

function standing(row: Row, { papers, history, load = idle }: Facts, settings: Settings): Standing {
  const day = today()
  const max = row.maxCases ?? settings.maxActiveCases
  const since = unusedSince(load, history, day)
  return {
    now: statusOn(history, day),
    readiness: readiness(row, papers, history, settings, day),
    papers: evidenceState(papers, day, settings),
    needed: neededKinds(row),
    load,
    max,
    hasRoom: hasRoom(load, max),
    unusedSince: since,
    forgotten: isForgotten(since, settings, day),
  }
}

const idle: Load = { active: 0, proposed: 0, lastUsed: null }

async function papersOf(db: Db, ids: string[]): Promise<Map<string, Evidence[]>> {
  const rows = await db
    .selectFrom('volunteerEvidence')
    .select(['volunteerId', 'kind', 'validFrom', 'validTo', 'passed'])
    .where('volunteerId', '=', ofThese(ids))
    .where('supersededAt', 'is', null)
    .execute()
  return Map.groupBy(
    rows.map((row) => ({ ...row, kind: row.kind as EvidenceKind })),
    (row) => row.volunteerId,
  )
}

async function historyOf(db: Db, ids: string[]): Promise<Map<string, StatusLine[]>> {
  const rows = await db
    .selectFrom('volunteerStatus')
    .select(['volunteerId', 'status', 'fromOn', 'untilOn', 'recordedAt'])
    .where('volunteerId', '=', ofThese(ids))
    .execute()
  return Map.groupBy(
    rows.map((row) => ({ ...row, status: row.status as Status })),
    (row) => row.volunteerId,
  )
}

async function loadOf(db: Db, ids: string[]): Promise<Map<string, Load>> {
  const { rows } = await sql<Load & { volunteerId: string }>`select * from volunteer_load(${ids}::uuid[])`.execute(db)
  return new Map(rows.map((row) => [row.volunteerId, row]))
}

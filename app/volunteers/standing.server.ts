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
  type Pause,
  pauseOf,
  type Readiness,
  readiness,
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
  /** Whether she runs, or is asked for, a support in a case that has children today; who asks learns of no case behind a wall of theirs. */
  families: boolean
  load: Load
  max: number
  hasRoom: boolean
  unusedSince: string | null
  forgotten: boolean
  pause: Pause | null
}

type Row = { id: string; childContact: boolean | null; maxCases: number | null }

/** The standing of each of these volunteers, by id; one question to the database however many they are. */
export async function standingsOf(db: Db, rows: readonly Row[], settings: Settings): Promise<Map<string, Standing>> {
  const facts = await factsOf(
    db,
    rows.map((row) => row.id),
  )
  return new Map(rows.map((row) => [row.id, standing(row, facts.get(row.id) ?? nothing, settings)]))
}

/** The standing of one volunteer. */
export async function standingOf(db: Db, row: Row, settings: Settings): Promise<Standing> {
  const found = (await standingsOf(db, [row], settings)).get(row.id)
  if (!found) throw new Error('a volunteer without a standing')
  return found
}

type Facts = { papers: Evidence[]; history: StatusLine[]; load: Load; families: boolean }

const nothing: Facts = { papers: [], history: [], load: { active: 0, proposed: 0, lastUsed: null }, families: false }

function standing(row: Row, { papers, history, load, families }: Facts, settings: Settings): Standing {
  const day = today()
  const max = row.maxCases ?? settings.maxActiveCases
  const since = unusedSince(load, history, day)
  const meets = { childContact: row.childContact, families }
  return {
    now: statusOn(history, day),
    readiness: readiness(meets, papers, history, settings, day),
    papers: evidenceState(papers, day, settings),
    needed: neededKinds(meets),
    families,
    load,
    max,
    hasRoom: hasRoom(load, max),
    unusedSince: since,
    forgotten: isForgotten(since, settings, day),
    pause: pauseOf(history, day, settings.pauseStepDays),
  }
}

type Told = { id: string; papers: Evidence[] | null; history: StatusLine[] | null; families: boolean | null } & {
  [Fact in keyof Load]: Load[Fact] | null
}

async function factsOf(db: Db, ids: string[]): Promise<Map<string, Facts>> {
  const { rows } = await sql<Told>`
    select v.id, p.papers, h.history, l.active, l.proposed, l.last_used, l.families
    from unnest(${ids}::uuid[]) v (id)
      left join (select volunteer_id, json_agg(json_build_object('kind', kind, 'valid_from', valid_from, 'valid_to', valid_to, 'passed', passed)) as papers
        from volunteer_evidence where volunteer_id = any(${ids}::uuid[]) and superseded_at is null group by volunteer_id) p on p.volunteer_id = v.id
      left join (select volunteer_id, json_agg(json_build_object('status', status, 'from_on', from_on, 'until_on', until_on, 'recorded_at', recorded_at)) as history
        from volunteer_status where volunteer_id = any(${ids}::uuid[]) group by volunteer_id) h on h.volunteer_id = v.id
      left join volunteer_load(${ids}::uuid[]) l on l.volunteer_id = v.id`.execute(db)
  return new Map(
    rows.map(({ id, papers, history, active, proposed, lastUsed, families }) => {
      const load = { active: active ?? 0, proposed: proposed ?? 0, lastUsed }
      const lines = (history ?? []).map((line) => ({ ...line, recordedAt: new Date(line.recordedAt) }))
      return [id, { papers: papers ?? [], history: lines, load, families: families ?? false }]
    }),
  )
}

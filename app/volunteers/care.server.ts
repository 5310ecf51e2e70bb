// Whose papers are about to lapse, who has been forgotten, and who is told?
import { sql } from 'kysely'
import { holdersOf } from '../access/holders.server.ts'
import { today } from '../core/clock.server.ts'
import { asPerson, type Db } from '../core/db.server.ts'
import { settingsOn } from '../core/settings.server.ts'
import type { Person } from '../core/user.ts'
import type { Job } from '../process/jobs.server.ts'
import { mailTo } from '../process/mail.server.ts'
import { daysBetween } from '../ui/date.ts'
import { type Standing, standingsOf } from './standing.server.ts'
import type { EvidenceKind, Pause } from './volunteer.ts'

type Known = {
  id: string
  code: string
  name: string
  personId: string | null
  supervisorId: string | null
  childContact: boolean | null
  standing: Standing
}

/** Everybody who works or pauses, with the standing of today. */
async function working(db: Db): Promise<Known[]> {
  const rows = await db
    .selectFrom('volunteer')
    .select(['id', 'code', 'name', 'personId', 'supervisorId', 'childContact', 'maxCases'])
    .where('status', 'in', ['active', 'paused'])
    .orderBy('code')
    .execute()
  const standings = await standingsOf(db, rows, await settingsOn(db))
  return rows.flatMap((row) => {
    const standing = standings.get(row.id)
    return standing ? [{ ...row, standing }] : []
  })
}

/**
 * A paper that somebody works by and that ends within the warning time (`soon`) or has ended (`lapsed`); or a check that does not hold while a
 * support in a case with children asks for it (`missing`: there was none, or the answer was no).
 */
type Ending = { kind: EvidenceKind } & (
  | { state: 'soon'; until: string }
  | { state: 'lapsed'; until: string }
  | { state: 'missing'; until: null }
)
export type Lapse = Ending & { volunteerId: string; code: string; name: string }

/** Papers that end within `evidenceWarnDays` or have ended, the earliest first; of volunteers the asker may see. */
export async function lapsingEvidence(db: Db): Promise<Lapse[]> {
  return lapsesOf(await working(db)).map(({ who: { id, code, name }, ...lapse }) => ({
    ...{ volunteerId: id, code, name },
    ...lapse,
  }))
}

function lapsesOf(people: Known[]) {
  const order = ({ until }: Ending) => until ?? ''
  return people
    .flatMap((who) => who.standing.needed.flatMap((kind) => endingsOf(who, kind).map((one) => ({ who, ...one }))))
    .toSorted((a, b) => (order(a) < order(b) ? -1 : order(a) > order(b) ? 1 : 0))
}

function endingsOf({ standing: { papers, families } }: Known, kind: EvidenceKind): Ending[] {
  const { state, until } = papers[kind]
  if (state === 'valid') return []
  if (state === 'soon' || state === 'lapsed') return until === null ? [] : [{ kind, state, until }]
  return kind === 'background' && families ? [{ kind, state: 'missing', until: null }] : []
}

export type EndingPaper = Pick<Lapse, 'volunteerId' | 'code' | 'kind'> & { until: string }

/** Papers somebody works by whose last day lies between these two, the earliest first; of volunteers the asker may see. */
export async function papersEnding(db: Db, from: string, to: string): Promise<EndingPaper[]> {
  return (await working(db))
    .flatMap(({ id, code, standing }) =>
      standing.needed.map((kind) => ({ volunteerId: id, code, kind, until: standing.papers[kind].until })),
    )
    .flatMap(({ until, ...paper }) => (until !== null && from <= until && until <= to ? [{ ...paper, until }] : []))
    .toSorted((a, b) => (a.until < b.until ? -1 : a.until > b.until ? 1 : 0))
}

export type Pausing = { volunteerId: string; code: string; since: string; pause: Pause }

/** Pauses that are over, or without an end for `pauseStepDays`: a word is due. The earliest first; of volunteers the asker may see. */
export async function pausesWaiting(db: Db): Promise<Pausing[]> {
  return (await working(db))
    .flatMap(({ id, code, standing: { now, pause } }) =>
      pause ? [{ volunteerId: id, code, since: now.fromOn, pause }] : [],
    )
    .toSorted((a, b) => (a.since < b.since ? -1 : a.since > b.since ? 1 : 0))
}

export type Forgotten = { volunteerId: string; code: string; name: string; since: string }

/** Active volunteers without a case for `unusedMonths` (R20), the longest wait first; of volunteers the asker may see. */
export async function careList(db: Db): Promise<Forgotten[]> {
  return (await working(db))
    .flatMap(({ id, code, name, standing }) =>
      standing.forgotten && standing.unusedSince ? [{ volunteerId: id, code, name, since: standing.unusedSince }] : [],
    )
    .toSorted((a, b) => (a.since < b.since ? -1 : a.since > b.since ? 1 : 0))
}

/**
 * Warns once when a paper comes within the first warning time, once within the second, and once when it has lapsed (R15): the coordinators and
 * the volunteer always; whoever guides her at the second warning and on lapse, where there are cases in hand. Papers of one last day share an
 * e-mail, since it says nothing and a whole course may have signed on one day.
 */
export const evidenceLapses: Job = { name: 'evidence.lapses', cron: '30 6 * * *', run: warnOfLapses }

async function warnOfLapses(system: Person): Promise<number> {
  return asPerson('write', system.claim, async (db) => {
    const { evidenceLastDays } = await settingsOn(db)
    const coordinators = await holdersOf(db, 'coordinator')
    const volunteers = new Set(await holdersOf(db, 'volunteer'))
    const letters = new Map<string, string>()
    const hidden = await hiddenFrom(db)
    for (const { who, kind, until } of lapsesOf(await working(db))) {
      const stage = until === null ? null : stageOf(until, evidenceLastDays)
      if (stage === null) continue
      const supervisor = stage !== 'first' && who.standing.load.active > 0 ? who.supervisorId : null
      const own = who.personId !== null && volunteers.has(who.personId) ? who.personId : null
      const walled = kind === 'background' && who.childContact !== true ? hidden.get(who.id) : undefined
      for (const person of [...coordinators, supervisor, own])
        if (person && !walled?.has(person)) letters.set(`evidence/${stage}/${until}/${person}`, person)
    }
    for (const [key, person] of letters) await mailTo(db, person, 'reminder', key)
    return letters.size
  })
}

/** From whom everything is hidden because of which somebody needs a check: a letter would tell that there is something. */
async function hiddenFrom(db: Db): Promise<Map<string, Set<string>>> {
  const { rows } = await sql<{ volunteerId: string; personId: string }>`select * from families_hidden()`.execute(db)
  const grouped = Map.groupBy(rows, ({ volunteerId }) => volunteerId)
  return new Map([...grouped].map(([id, own]) => [id, new Set(own.map(({ personId }) => personId))]))
}

// What lapsed longer ago is on the coordinator's home page; an import of old papers sends nobody a pile of e-mail.
function stageOf(until: string, lastDays: number): 'first' | 'last' | 'lapsed' | null {
  const days = daysBetween(today(), until)
  if (days < -lastDays) return null
  if (days < 0) return 'lapsed'
  return days <= lastDays ? 'last' : 'first'
}

// Whose papers are about to lapse, who has been forgotten, and who is told?
import { holdersOf } from '../access/holders.server.ts'
import { today } from '../core/clock.server.ts'
import { asPerson, type Db } from '../core/db.server.ts'
import { settingsOn } from '../core/settings.server.ts'
import type { Person } from '../core/user.ts'
import type { Job } from '../process/jobs.server.ts'
import { mailTo } from '../process/mail.server.ts'
import { daysBetween } from '../ui/date.ts'
import { type Standing, standingsOf } from './standing.server.ts'
import type { EvidenceKind } from './volunteer.ts'

type Known = {
  id: string
  code: string
  name: string
  personId: string | null
  supervisorId: string | null
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

/** A paper that somebody works by and that ends within the warning time (`soon`) or has ended (`lapsed`). */
export type Lapse = {
  volunteerId: string
  code: string
  name: string
  kind: EvidenceKind
  state: 'soon' | 'lapsed'
  until: string
}

/** Papers that end within `evidenceWarnDays` or have ended, the earliest first; of volunteers the asker may see. */
export async function lapsingEvidence(db: Db): Promise<Lapse[]> {
  return lapsesOf(await working(db)).map(({ who, ...lapse }) => ({
    volunteerId: who.id,
    code: who.code,
    name: who.name,
    ...lapse,
  }))
}

function lapsesOf(people: Known[]) {
  return people
    .flatMap((who) => who.standing.needed.map((kind) => ({ who, ...who.standing.papers[kind] })))
    .flatMap(({ who, kind, state, until }) =>
      (state === 'soon' || state === 'lapsed') && until !== null ? [{ who, kind, state, until }] : [],
    )
    .toSorted((a, b) => (a.until < b.until ? -1 : a.until > b.until ? 1 : 0))
}

export type EndingPaper = Pick<Lapse, 'volunteerId' | 'code' | 'kind' | 'until'>

/** Papers somebody works by whose last day lies between these two, the earliest first; of volunteers the asker may see. */
export async function papersEnding(db: Db, from: string, to: string): Promise<EndingPaper[]> {
  return (await working(db))
    .flatMap(({ id, code, standing }) =>
      standing.needed.map((kind) => ({ volunteerId: id, code, kind, until: standing.papers[kind].until })),
    )
    .flatMap(({ until, ...paper }) => (until !== null && from <= until && until <= to ? [{ ...paper, until }] : []))
    .toSorted((a, b) => (a.until < b.until ? -1 : a.until > b.until ? 1 : 0))
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
    for (const { who, until } of lapsesOf(await working(db))) {
      const stage = stageOf(until, evidenceLastDays)
      if (stage === null) continue
      const supervisor = stage !== 'first' && who.standing.load.active > 0 ? who.supervisorId : null
      const own = who.personId !== null && volunteers.has(who.personId) ? who.personId : null
      for (const person of [...coordinators, supervisor, own])
        if (person) letters.set(`evidence/${stage}/${until}/${person}`, person)
    }
    for (const [key, person] of letters) await mailTo(db, person, 'reminder', key)
    return letters.size
  })
}

// What lapsed longer ago is on the coordinator's home page; an import of old papers sends nobody a pile of e-mail.
function stageOf(until: string, lastDays: number): 'first' | 'last' | 'lapsed' | null {
  const days = daysBetween(today(), until)
  if (days < -lastDays) return null
  if (days < 0) return 'lapsed'
  return days <= lastDays ? 'last' : 'first'
}

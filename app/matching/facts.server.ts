// Which needs, volunteers and rules does matching stand on today, as the database knows them?
import { sql } from 'kysely'
import { addMonths } from '../core/calendar/working-days.ts'
import { today } from '../core/clock.server.ts'
import type { Db } from '../core/db.server.ts'
import { NotFound } from '../core/errors.ts'
import { settingsOn } from '../core/settings.server.ts'
import { placesIn } from '../partners/places.server.ts'
import { circlesTold } from '../volunteers/circle/circle.server.ts'
import { kindsOf } from '../volunteers/circle/circle.ts'
import { limitsOf } from '../volunteers/limits/limits.server.ts'
import { type Hour, type Limits, noLimits, refusedBy, type Task } from '../volunteers/limits/limits.ts'
import { type Standing, standingsOf } from '../volunteers/standing.server.ts'
import type { Candidate, Need } from './eligibility.ts'
import { byPapers } from './lasting/able.ts'
import { linksNow, type MatchLink } from './links/links.server.ts'
import type { World } from './plan.ts'

/** A need beyond what matching looks at; `number` is the engine's id. */
export type NeedLine = {
  id: string
  number: string
  caseId: string
  networkId: string
  countyCode: string
  language: string
  wantedSex: string
  fromOn: string
  months: number
  agreedOn: string | null
  hours: string[]
  tasks: string[]
}
/** A volunteer beyond what matching looks at; `code` is the engine's id. */
export type VolunteerLine = {
  id: string
  code: string
  name: string
  personId: string | null
  supervisorId: string | null
}

/** The world of matching and, by the engine's ids, the rows it was made of. */
export type Facts = {
  world: World
  needs: Map<string, NeedLine>
  volunteers: Map<string, VolunteerLine>
  counties: { code: string; name: string }[]
  links: readonly MatchLink[]
}

/** Every open need and every volunteer who has not left; one question to each table, however many rows there are. */
export async function factsNow(db: Db): Promise<Facts> {
  const settings = await settingsOn(db)
  const { counties } = await placesIn(db)
  const tiles = Object.fromEntries(counties.map(({ code, col, row }) => [code, { col, row }]))
  const { maxActiveCases, backgroundMonths, lapseForecast } = settings
  const rows = await volunteersIn(db)
  const standings = await standingsOf(db, rows, settings)
  const [areas, away, limits] = [await areasIn(db), await awayIn(db), await limitsOf(db, 'all')]
  const needs = await needsIn(db)
  const past = await pastOf(db)
  const [links, told] = [await linksNow(db), await circlesTold(db)]
  const ties = [...(await tiesIn(db)), ...links.filter(({ state }) => state === 'conflict').map(asTie)]
  const codes = new Map(rows.map((row) => [row.id, row.code]))
  return {
    world: {
      needs: needs.map((need) => ({ ...asNeed(need, past, ties, codes), links: linksOf(need, links, codes) })),
      volunteers: rows.flatMap((row) => {
        const standing = standings.get(row.id)
        return standing
          ? [
              {
                ...asCandidate(row, standing, areas.get(row.id) ?? [], ties),
                ...asLimits(row, limits.get(row.id) ?? noLimits),
                circleTold: told.has(row.id),
                away: away.get(row.id) ?? [],
              },
            ]
          : []
      }),
      settings: { maxActiveCases, backgroundMonths, lapseForecast, tiles },
      today: today(),
    },
    needs: new Map(needs.map((need) => [need.number, need])),
    volunteers: new Map(rows.map((row) => [row.code, row])),
    counties,
    links,
  }
}

/** A volunteer by the row's id; NotFound where there is none, or where she has left. */
export function volunteerById(facts: Facts, volunteerId: string): VolunteerLine {
  const volunteer = [...facts.volunteers.values()].find((one) => one.id === volunteerId)
  if (!volunteer) throw new NotFound()
  return volunteer
}

function volunteersIn(db: Db) {
  return db
    .selectFrom('volunteer')
    .select(['id', 'code', 'name', 'personId', 'supervisorId', 'childContact', 'maxCases', 'languages', 'sex'])
    .select(['countyCode', 'municipalityCode', 'remoteOnly', 'hasCar'])
    .where('status', '<>', 'ended')
    .orderBy('code')
    .execute()
}
type VolunteerRow = Awaited<ReturnType<typeof volunteersIn>>[number]

async function areasIn(db: Db) {
  const rows = await db
    .selectFrom('volunteerArea')
    .select(['volunteerId', 'countyCode as county', 'municipalityCode as municipality'])
    .orderBy('countyCode')
    .orderBy('municipalityCode')
    .execute()
  return Map.groupBy(rows, (row) => row.volunteerId)
}

/** Days to come on which somebody is away. */
async function awayIn(db: Db) {
  const rows = await db
    .selectFrom('volunteerAway')
    .select(['volunteerId', 'fromOn as from', 'toOn as to'])
    .where('endedAt', 'is', null)
    .where('toOn', '>=', today())
    .orderBy('fromOn')
    .execute()
  return Map.groupBy(rows, (row) => row.volunteerId)
}

/** What volunteers declared, and the cases that a wall keeps from them: to whoever chooses a person, both are ties. */
async function tiesIn(db: Db) {
  const declared = await db
    .selectFrom('volunteerTie')
    .select(['volunteerId', 'municipalityCode', 'caseId'])
    .where('withdrawnAt', 'is', null)
    .orderBy('volunteerId')
    .orderBy('recordedAt')
    .execute()
  const walled = await sql<{ volunteerId: string; caseId: string }>`select * from walled_volunteers()`.execute(db)
  return [...declared, ...walled.rows.map((row) => ({ ...row, municipalityCode: null }))]
}
type Tie = Awaited<ReturnType<typeof tiesIn>>[number]

/** What the case worker has called a conflict keeps somebody from a case like a tie that she told of herself. */
const asTie = ({ volunteerId, caseId }: MatchLink): Tie => ({ volunteerId, caseId, municipalityCode: null })

/** What nobody has spoken of yet, by the engine's ids; the strongest kind stands for all. */
function linksOf(need: NeedRow, links: readonly MatchLink[], codes: ReadonlyMap<string, string>) {
  return links.flatMap(({ caseId, volunteerId, state, strong, classes }) => {
    const [volunteer, [kind]] = [codes.get(volunteerId), kindsOf(classes)]
    return caseId === need.caseId && state === 'open' && volunteer && kind ? [{ volunteer, kind, strong }] : []
  })
}

async function needsIn(db: Db) {
  const rows = await db
    .selectFrom('need')
    .leftJoin('caseFile', 'caseFile.id', 'need.caseId')
    .select(['need.id', 'need.number', 'need.caseId', 'need.networkId', 'need.countyCode', 'need.municipalityCode'])
    .select(['need.language', 'wantedSex', 'need.childCount', 'avoidLocal', 'fromOn', 'months', 'caseFile.repeatOf'])
    .select(['need.hours', 'need.tasks'])
    .where('need.status', '=', 'open')
    .orderBy('need.number')
    .execute()
  const agreed = await db
    .selectFrom('needEvent')
    .select(({ fn }) => ['needId', fn.min<string>('onDate').as('on')])
    .where('kind', '=', 'opened')
    .groupBy('needId')
    .execute()
  const since = new Map(agreed.map(({ needId, on }) => [needId, on]))
  return rows.map((row) => ({ ...row, agreedOn: since.get(row.id) ?? null }))
}
type NeedRow = Awaited<ReturnType<typeof needsIn>>[number]

/** Who said no and who helped before, in every case that has had anybody. */
async function pastOf(db: Db) {
  const rows = await db
    .selectFrom('assignment')
    .select(['caseId', 'volunteerId', 'status'])
    .distinct()
    .where('status', 'in', ['declined', 'ended'])
    .execute()
  return Map.groupBy(rows, (row) => row.caseId)
}
type Past = Awaited<ReturnType<typeof pastOf>>

function asNeed(row: NeedRow, past: Past, ties: readonly Tie[], codes: ReadonlyMap<string, string>): Need {
  const named = (ids: readonly string[]) => [...new Set(ids.flatMap((id) => codes.get(id) ?? []))].sort()
  const own = past.get(row.caseId) ?? []
  // Who helped the same victim in an earlier case is known to her too.
  const before = [...own, ...(row.repeatOf ? (past.get(row.repeatOf) ?? []) : [])]
  const from = row.fromOn
  return {
    ...{ id: row.number, county: row.countyCode, municipality: row.municipalityCode, language: row.language },
    ...{ wantedSex: row.wantedSex as Need['wantedSex'], childCount: row.childCount, avoidLocal: row.avoidLocal },
    ...{ from, until: addMonths(from, row.months), agreed: row.agreedOn !== null },
    ...{ hours: row.hours as Hour[], tasks: row.tasks as Task[] },
    conflicts: named(ties.filter((tie) => tie.caseId === row.caseId).map((tie) => tie.volunteerId)),
    declinedBy: named(own.filter(({ status }) => status === 'declined').map((one) => one.volunteerId)),
    supportedBefore: named(before.filter(({ status }) => status === 'ended').map((one) => one.volunteerId)),
  }
}

/** What she said herself, and what follows from how she supports. */
function asLimits({ remoteOnly, hasCar }: VolunteerRow, { reach, hours, refuses }: Limits) {
  const all = refusedBy({ refuses, remoteOnly, hasCar })
  return { near: reach === 'near', hours, refuses: all, remoteOnly: all.includes('meeting') }
}

function asCandidate(
  row: VolunteerRow,
  standing: Standing,
  areas: Candidate['areas'],
  ties: readonly Tie[],
): Candidate {
  const { papers, now, load } = standing
  const known = ties.filter((tie) => tie.volunteerId === row.id).flatMap((tie) => tie.municipalityCode ?? [])
  return {
    id: row.code,
    ...byPapers(papers, now),
    ...{
      childContact: standing.needed.includes('background'),
      languages: row.languages,
      sex: row.sex as Candidate['sex'],
    },
    ...{ county: row.countyCode, municipality: row.municipalityCode, remoteOnly: row.remoteOnly },
    areas: areas.map(({ county, municipality }) => ({ county, municipality })),
    knownIn: [...new Set(known)].sort(),
    ...{ active: load.active + load.proposed, maxCases: row.maxCases, waitingSince: standing.unusedSince },
  }
}

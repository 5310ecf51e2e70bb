// Of whom does a paper end before it should, where can each of them come, and on which days would all of them renew?
import { sql } from 'kysely'
import { addDays } from '../../core/calendar/working-days.ts'
import { today } from '../../core/clock.server.ts'
import type { Db } from '../../core/db.server.ts'
import { settingsOn } from '../../core/settings.server.ts'
import { countyDistance, type Tiles } from '../../matching/goals.ts'
import { placesIn } from '../../partners/places.server.ts'
import { limitsOf } from '../../volunteers/limits/limits.server.ts'
import { noLimits } from '../../volunteers/limits/limits.ts'
import type { Standing } from '../../volunteers/standing.server.ts'
import type { EvidenceKind } from '../../volunteers/volunteer.ts'
import { type Lapsing, renewalPlan, type Session } from './renewal.ts'

export type Renewal = { days: number; people: number; sessions: Session[] }

export type Working = { id: string; code: string; name: string; countyCode: string; standing: Standing }

/** Of those who work, the first day on which something that is needed will have ended: within the days of the rule, or before her support is over. */
async function lapsingIn(db: Db, working: readonly Working[], days: number, tiles: Tiles): Promise<Lapsing[]> {
  const [ends, areas, limits] = [await supportsEnd(db), await areasIn(db), await limitsOf(db, 'all')]
  return working.flatMap(({ standing, ...row }): Lapsing[] => {
    const first = firstEnd(standing)
    const needed = [addDays(today(), days), ends.get(row.id) ?? ''].toSorted().at(-1) ?? ''
    // What has ended already is among what is due today.
    if (!first || first.until < today() || first.until >= needed) return []
    const near = (limits.get(row.id) ?? noLimits).reach === 'near'
    const neighbours = near
      ? []
      : Object.keys(tiles).filter((other) => countyDistance(row.countyCode, other, tiles) <= 1)
    const reach = [...new Set([row.countyCode, ...neighbours, ...(areas.get(row.id) ?? [])])]
    return [{ id: row.id, code: row.code, name: row.name, ...first, home: row.countyCode, reach }]
  })
}

/** The paper that ends first, of those that are needed: contract, pledge, check and – where it has an end – the training. */
function firstEnd({ needed, papers }: Standing): { kind: EvidenceKind; until: string } | undefined {
  return needed
    .flatMap((kind) => (papers[kind].until === null ? [] : { kind, until: papers[kind].until }))
    .toSorted((a, b) => a.until.localeCompare(b.until))[0]
}

/** Until when the supports that run now are expected to last. */
async function supportsEnd(db: Db): Promise<Map<string, string>> {
  const { rows } = await sql<{ id: string; ends: string }>`
    select a.volunteer_id as id, to_char(max(a.start_on + make_interval(months => n.months)), 'YYYY-MM-DD') as ends
    from assignment a join need n on n.id = a.need_id where a.status = 'active' group by a.volunteer_id`.execute(db)
  return new Map(rows.map(({ id, ends }) => [id, ends]))
}

async function areasIn(db: Db): Promise<Map<string, string[]>> {
  const rows = await db.selectFrom('volunteerArea').select(['volunteerId', 'countyCode']).execute()
  const grouped = Map.groupBy(rows, ({ volunteerId }) => volunteerId)
  return new Map([...grouped].map(([id, own]) => [id, own.map(({ countyCode }) => countyCode)]))
}

/** The fewest days of renewal for those who work; recomputed from the facts whenever somebody looks. */
export async function renewalNow(db: Db, working: readonly Working[]): Promise<Renewal> {
  const { renewalDays } = await settingsOn(db)
  const { counties } = await placesIn(db)
  const tiles = Object.fromEntries(counties.map(({ code, col, row }) => [code, { col, row }]))
  const people = await lapsingIn(db, working, renewalDays, tiles)
  const codes = counties.map(({ code }) => code)
  const sessions = renewalPlan(people, codes, (from, to) => countyDistance(from, to, tiles))
  return { days: renewalDays, people: people.length, sessions }
}

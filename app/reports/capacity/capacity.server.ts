// What was published of the cases of a half-year by county, what are they measured by, and who has said that?
import { sql } from 'kysely'
import { z } from 'zod'
import { today } from '../../core/clock.server.ts'
import { asPerson, type Db } from '../../core/db.server.ts'
import { Invalid } from '../../core/errors.ts'
import { command, query } from '../../core/operation.server.ts'
import { settingsOn } from '../../core/settings.server.ts'
import type { Person } from '../../core/user.ts'
import { locales } from '../../i18n/i18n.ts'
import { placesIn } from '../../partners/places.server.ts'
import type { Job } from '../../process/jobs.server.ts'
import {
  type CountyCount,
  capacityLines,
  type Held,
  type Measure,
  MeasureIn,
  publishCapacity,
  readLines,
  SayFacts,
} from './capacity.ts'

const readers = ['lead', 'coordinator', 'steering'] as const

/** A half-year by its first day; anything else is the latest. */
const HalfIn = z.object({ from: z.string().optional().catch(undefined) })

export const openCapacity = query(
  'report.capacity',
  { roles: readers, input: HalfIn, about: () => ({ kind: 'capacity' }) },
  (db, { from }) => capacityOf(db, from),
)

/** The same for a file: it holds what the page shows, and that is published. */
export const capacityDocument = query(
  'report.capacity.document',
  {
    roles: readers,
    input: HalfIn.extend({ kind: z.enum(['pdf', 'docx', 'xlsx']), lang: z.enum(locales).catch('et') }),
    about: () => ({ kind: 'capacity' }),
    turn: 'export',
  },
  async (db, { from, kind, lang }) => ({ kind, lang, ...(await capacityOf(db, from)) }),
)

async function capacityOf(db: Db, from: string | undefined) {
  const rows = await db
    .selectFrom('capacityHalf')
    .select(['fromOn', 'toOn', 'threshold', 'figures'])
    .orderBy('fromOn', 'desc')
    .limit(20)
    .execute()
  const half = rows.find((one) => one.fromOn === from) ?? rows[0] ?? null
  const day = half?.toOn ?? today()
  const { counties } = await placesIn(db)
  const facts = await factsOn(db, day)
  const band = await settingsOn(db, day)
  const figures = new Map(Object.entries((half?.figures ?? {}) as Record<string, number | null>))
  const codes = counties.map(({ code }) => code)
  return {
    ...{ day, counties, facts, band, figures },
    halves: rows.map(({ fromOn, toOn }) => ({ fromOn, toOn })),
    half: half && { fromOn: half.fromOn, toOn: half.toOn, threshold: half.threshold },
    lines: half ? capacityLines(figures, heldOf(facts), codes, band) : [],
  }
}
export type CapacityFacts = Awaited<ReturnType<typeof capacityOf>>

export type Fact = Record<'what' | 'countyCode' | 'validFrom' | 'source', string> & { hundredths: number }

/** What holds on a day, one line a county and measure. */
async function factsOn(db: Db, day: string): Promise<Fact[]> {
  const { rows } = await sql<Fact>`
    select distinct on (what, county_code) what, county_code, hundredths, valid_from, source from capacity_fact
    where valid_from <= ${day}::date order by what, county_code, valid_from desc, set_at desc`.execute(db)
  return rows
}

const heldOf = (facts: readonly Fact[]): Held => {
  const of = (measure: Measure) =>
    new Map(facts.filter(({ what }) => what === measure).map((fact) => [fact.countyCode, fact.hundredths]))
  return { women: of('women'), workers: of('workers'), coordination: of('coordination') }
}

export const openFacts = query(
  'report.capacity.facts',
  { roles: ['coordinator'], input: MeasureIn, about: ({ measure }) => ({ kind: 'capacity', id: measure }) },
  async (db, { measure: what }) => ({
    what,
    today: today(),
    counties: (await placesIn(db)).counties,
    facts: (await factsOn(db, today())).filter((fact) => fact.what === what),
    coming: await db
      .selectFrom('capacityFact')
      .select(['countyCode', 'hundredths', 'validFrom'])
      .where('what', '=', what)
      .where('validFrom', '>', today())
      .orderBy('validFrom')
      .execute(),
  }),
)

/** All counties at once, as they stand in a table; only what is another number than before is a new line. */
export const sayFacts = command(
  'report.capacity.say',
  {
    roles: ['coordinator'],
    inPerson: true,
    input: SayFacts,
    about: ({ measure }) => ({ kind: 'capacity', id: measure }),
  },
  async (db, { measure: what, lines, validFrom, source }, me) => {
    const read = readLines(lines, (await placesIn(db)).counties, what)
    const before = new Map(
      (await factsOn(db, validFrom)).filter((fact) => fact.what === what).map((fact) => [fact.countyCode, fact]),
    )
    const changed = [...read].filter(([code, hundredths]) => before.get(code)?.hundredths !== hundredths)
    if (changed.length === 0) throw new Invalid({ lines: { key: 'reports.capacity.error.same' } })
    await db
      .insertInto('capacityFact')
      .values(
        changed.map(([countyCode, hundredths]) => ({ what, countyCode, hundredths, validFrom, source, setBy: me.id })),
      )
      .execute()
    return { what, changed: changed.length }
  },
)

/** The half-years of which it is told whom the help reached, and not yet from where they came. */
export async function publishHalves(system: Person): Promise<number> {
  return asPerson('write', system.claim, async (db) => {
    const { rows: due } = await sql<{ fromOn: string; toOn: string; figures: Record<string, number | null> }>`
      select r.from_on, r.to_on, r.figures from reach_half r left join capacity_half c on c.from_on = r.from_on where c.from_on is null order by 1`.execute(
      db,
    )
    const codes = (await placesIn(db)).counties.map(({ code }) => code)
    const { smallCount: threshold } = await settingsOn(db)
    for (const { fromOn, toOn, figures: told } of due) {
      const { rows: counts } = await sql<CountyCount>`
        select * from capacity_counts(${fromOn}::date, ${toOn}::date)`.execute(db)
      const figures = JSON.stringify(publishCapacity(counts, codes, told.all ?? null, threshold))
      await db.insertInto('capacityHalf').values({ fromOn, toOn, threshold, figures }).execute()
    }
    return due.length
  })
}

/** After `reach.published`, on the same night. */
export const capacityPublished: Job = { name: 'capacity.published', cron: '40 5 * * *', run: publishHalves }

// Where are support persons missing: for the needs of today, for one more case, and month by month?
import { sql } from 'kysely'
import { z } from 'zod'
import { languages } from '../../cases/case.ts'
import { today } from '../../core/clock.server.ts'
import type { Db } from '../../core/db.server.ts'
import { query } from '../../core/operation.server.ts'
import { settingsOn } from '../../core/settings.server.ts'
import { factsNow } from '../../matching/facts.server.ts'
import { coverageOf, soon } from '../../matching/solution.server.ts'
import { placesIn } from '../../partners/places.server.ts'
import { targetsIn } from '../../recruitment/target/standing.server.ts'
import { lastMonths } from '../../support/work/work.ts'

/** What cannot be read is Estonian, for a choice of the map is no form. */
const CoverageIn = z.object({ language: z.enum(languages).catch('et') })

/** `waiting`: needs at the end of the month, or today, for which nobody had been asked. */
export type MonthOfNeeds = { month: string; waiting: number; opened: number; covered: number }

/** `found` is empty while it is still being reckoned. */
export const openCoverage = query(
  'evaluation.coverage',
  { roles: ['coordinator'], input: CoverageIn, about: () => ({ kind: 'need' }) },
  async (db, { language }) => {
    const facts = await factsNow(db)
    const { supportMonths } = await settingsOn(db)
    const { counties } = await placesIn(db)
    return {
      ...{ language, months: supportMonths, counties, needs: [...facts.needs.values()] },
      volunteers: [...facts.volunteers.values()],
      targets: await targetsIn(db),
      history: await monthsOfNeeds(db),
      found: await soon(coverageOf(facts.world, { language, months: supportMonths })),
    }
  },
)
export type CoverageFacts = Awaited<ReturnType<typeof openCoverage.run>>

/** The last twelve months, this one included, as the history of the needs tells them. */
async function monthsOfNeeds(db: Db): Promise<MonthOfNeeds[]> {
  const months = lastMonths(today())
  const { rows } = await sql<MonthOfNeeds>`
    with event as materialized (
      select e.need_id, e.kind, e.on_date, lead(e.on_date) over (partition by e.need_id order by e.on_date, e.recorded_at, e.id) as until from need_event e)
    select m.month::text as month,
      (select count(*) from event where kind in ('opened', 'reopened', 'declined') and on_date < m.month + interval '1 month'
        and (until is null or until >= m.month + interval '1 month'))::int as waiting,
      (select count(*) from event where kind = 'opened' and on_date >= m.month and on_date < m.month + interval '1 month')::int as opened,
      (select count(*) from event where kind = 'covered' and on_date >= m.month and on_date < m.month + interval '1 month')::int as covered
    from unnest(${sql.val(months)}::date[]) as m(month) order by m.month`.execute(db)
  return rows
}

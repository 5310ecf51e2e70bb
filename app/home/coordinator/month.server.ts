// Which rows stand behind a figure of this month?
import { sql } from 'kysely'
import { z } from 'zod'
import { now, today } from '../../core/clock.server.ts'
import type { Db } from '../../core/db.server.ts'
import { query } from '../../core/operation.server.ts'
import { loadFacts } from '../../evaluation/indicators/facts.server.ts'
import { computeFigures } from '../../evaluation/indicators/figures.ts'
import { type Period, periodOf } from '../../evaluation/period.ts'
import { type MonthFigureId, monthFigureIds, monthFigures, monthRows } from './month.ts'

/** One row as it is shown: what it is called, where it opens, and what else is told of it. */
export type MonthRow = {
  id: string
  name: string
  href: string
  county: string
  person: string | null
  onDate: string | null
  until: string | null
  minutes: number | null
}

export const openMonthFigure = query(
  'home.month',
  {
    roles: ['coordinator'],
    input: z.object({ figure: z.enum(monthFigureIds) }),
    about: (_, { rows }: MonthAnswer) => ({ kind: 'figure', hits: rows.length }),
  },
  async (db, { figure }) => {
    const period = periodOf(today(), 'month')
    const figures = computeFigures(await loadFacts(db, period, now()), period)
    const value = monthFigures(figures).find((one) => one.id === figure)?.value ?? null
    return { figure, value, period, rows: await readers[figure](db, monthRows(figures, figure)) }
  },
)
export type MonthAnswer = { figure: MonthFigureId; value: number | null; period: Period; rows: MonthRow[] }

const list = (ids: readonly string[]) => sql<string>`any(${ids}::uuid[])`

async function needs(db: Db, ids: string[]): Promise<MonthRow[]> {
  const { rows } = await sql<MonthRow>`
    select n.id, n.number as name, '/matching/' || n.id as href, county.name as county, v.code as person,
      opened.on_date, a.start_on as until, null::int as minutes
    from need n join county on county.code = n.county_code
    left join lateral (select min(e.on_date) as on_date from need_event e where e.need_id = n.id and e.kind = 'opened') opened on true
    left join lateral (select s.id, s.volunteer_id, s.start_on from assignment s where s.need_id = n.id and s.start_on is not null
      order by s.start_on limit 1) a on true
    left join volunteer v on v.id = a.volunteer_id
    where n.id = ${list(ids)} order by n.number`.execute(db)
  return rows
}

async function volunteers(db: Db, ids: string[]): Promise<MonthRow[]> {
  const { rows } = await sql<MonthRow>`
    select v.id, v.code as name, '/volunteers/' || v.id as href, county.name as county, v.name as person,
      null::date as on_date, null::date as until, null::int as minutes
    from volunteer v join county on county.code = v.county_code where v.id = ${list(ids)} order by v.code`.execute(db)
  return rows
}

async function visits(db: Db, ids: string[]): Promise<MonthRow[]> {
  const { rows } = await sql<MonthRow>`
    select x.id, x.number as name, '/cases/' || x.case_id as href, county.name as county, v.code as person,
      x.on_date, null::date as until, x.minutes
    from visit x join case_file c on c.id = x.case_id join county on county.code = c.county_code
    join volunteer v on v.id = x.volunteer_id where x.id = ${list(ids)} order by x.on_date desc, x.number`.execute(db)
  return rows
}

const readers: Record<MonthFigureId, (db: Db, ids: string[]) => Promise<MonthRow[]>> = {
  needsCovered: needs,
  volunteersActive: volunteers,
  hours: visits,
  waitMean: needs,
}

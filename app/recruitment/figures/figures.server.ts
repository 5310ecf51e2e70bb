// What has become of those who came within a year, stage by stage?
import { sql } from 'kysely'
import { z } from 'zod'
import { addMonths } from '../../core/calendar/working-days.ts'
import { today } from '../../core/clock.server.ts'
import type { Db } from '../../core/db.server.ts'
import { query } from '../../core/operation.server.ts'
import { readers } from '../pipeline/pipeline.server.ts'
import { byWeek, type Passage, stageFigures } from './figures.ts'

const weeks = 12

// Whoever was on file already came to no stage. A stage is over on the day on which the next line begins.
async function passagesSince(db: Db, day: string): Promise<Passage[]> {
  const { rows } = await sql<Passage>`
    select 'new' as place, case outcome when 'taken' then 'on' when 'refused' then 'no' end as how,
      (decided_at at time zone 'Europe/Tallinn')::date - (arrived_at at time zone 'Europe/Tallinn')::date as days
    from application where outcome is distinct from 'known' and (arrived_at at time zone 'Europe/Tallinn')::date >= ${day}::date
    union all
    select l.status, case when l.after = 'ended' then 'no' when l.after is not null then 'on' end, l.until - l.from_on
    from (select status, from_on, lead(status) over w as after, lead(from_on) over w as until from volunteer_status
      window w as (partition by volunteer_id order by from_on, recorded_at)) l
    where l.status in ('candidate', 'interview', 'background', 'training', 'contract') and l.from_on >= ${day}::date`.execute(
    db,
  )
  return rows
}

async function arrivals(db: Db): Promise<string[]> {
  const { rows } = await sql<{ day: string }>`
    select (arrived_at at time zone 'Europe/Tallinn')::date as day from application
    where arrived_at > now() - make_interval(weeks => ${weeks + 1})`.execute(db)
  return rows.map(({ day }) => day)
}

export const openRecruitmentFigures = query(
  'recruitment.figures',
  { roles: readers, input: z.object({}) },
  async (db) => {
    const since = addMonths(today(), -12)
    const stages = stageFigures(await passagesSince(db, since))
    return { since, stages, weeks: byWeek(await arrivals(db), today(), weeks) }
  },
)

// How far is each target: who was found for it since the day it was set, and who is on the way?
import { type RawBuilder, sql } from 'kysely'
import { today } from '../../core/clock.server.ts'
import type { Db } from '../../core/db.server.ts'
import { stages } from '../../volunteers/volunteer.ts'
import { type Ending, standingOf, type Target } from './target.ts'

type Row = Omit<Target, 'gap' | 'ended'> & {
  /** The gap, where it is for the person who asks. */
  needs: number | null
  fitting: number
  places: number
  endedOn: string | null
  endedWhy: Ending
}

const trained = sql`exists (select from volunteer_evidence e where e.volunteer_id = v.id and e.kind = 'training' and e.passed
  and e.superseded_at is null and e.valid_from >= t.set_on)`
const everTrained = sql`exists (select from volunteer_evidence e where e.volunteer_id = v.id and e.kind = 'training' and e.passed
  and e.superseded_at is null)`
const began = sql`(select min(s.from_on) from volunteer_status s where s.volunteer_id = v.id and s.status = 'active') >= t.set_on`

/** Volunteers who speak one of the languages and work in one of the counties, of whom this is true. */
const fitting = (that: RawBuilder<unknown>) => sql`(select count(*) from volunteer v where v.languages && t.languages
  and (v.county_code = any (t.county_codes) or exists (select from volunteer_area a where a.volunteer_id = v.id and a.county_code = any (t.county_codes)))
  and ${that})`

/** All, or one: those that run first, by their day. */
export async function targetsIn(db: Db, only?: string): Promise<Target[]> {
  const before = [...stages]
  const { rows } = await sql<Row>`
    with t as (select id, kind, county_codes, languages, people, by_on, set_at, ended_at, ended_why,
        (set_at at time zone 'Europe/Tallinn')::date as set_on from recruiting_target
      where ${only ?? null}::uuid is null or id = ${only ?? null})
    select t.id, t.kind, t.county_codes as counties, t.languages, t.people, t.by_on, t.set_on, g.needs, g.fitting, g.places,
      (t.ended_at at time zone 'Europe/Tallinn')::date as ended_on, t.ended_why,
      (case t.kind when 'recruit' then ${fitting(sql`v.status in ('active', 'paused') and ${began}`)}
        else ${fitting(sql`v.status <> 'ended' and ${trained}`)} end)::int as found,
      (case t.kind when 'recruit' then ${fitting(sql`v.status = any (${before}::text[])`)}
          + (select count(*) from application p where p.outcome is null and p.erased_at is null and p.languages && t.languages and p.county_code = any (t.county_codes))
        else ${fitting(sql`v.status <> 'ended' and not ${everTrained}`)} end)::int as coming
    from t left join target_gaps() g on g.target_id = t.id order by t.ended_at desc nulls first, t.by_on, t.set_at`.execute(
    db,
  )
  return rows.map(({ needs, fitting: fit, places, endedOn, endedWhy, ...target }) => ({
    ...target,
    gap: needs === null ? null : { needs, fitting: fit, places },
    ended: endedOn === null ? null : { on: endedOn, why: endedWhy },
  }))
}

/** For the coordinator's first page. */
export const lateTargets = async (db: Db): Promise<Target[]> =>
  (await targetsIn(db)).filter((target) => standingOf(target, today()) === 'late')

// What of matching waits for whom today: needs without a person, questions without an answer, volunteers without a case?
import { sql } from 'kysely'
import { today } from '../core/clock.server.ts'
import type { Db } from '../core/db.server.ts'
import { careList } from '../volunteers/care.server.ts'
import { lateBefore } from './assignment/assignments.server.ts'

export type OpenNeed = { id: string; number: string; county: string; fromOn: string; openedOn: string }

/** Needs that nobody has been asked about, the longest wait first; of those the asker may see. Opens at /matching/:id. */
export async function openNeedsWithoutPerson(db: Db): Promise<OpenNeed[]> {
  const { rows } = await sql<OpenNeed>`
    select n.id, n.number, c.name as county, n.from_on,
      coalesce((select max(e.on_date) from need_event e where e.need_id = n.id and e.kind in ('opened', 'reopened')), n.from_on) as opened_on
    from need n join county c on c.code = n.county_code where n.status = 'open' order by opened_on, n.number`.execute(
    db,
  )
  return rows
}

export type WaitingProposal = { id: string; number: string; askedOn: string; county: string | null; late: boolean }

/** Questions that have no answer yet, the oldest first: a volunteer's own, or everybody's for the coordinator. `late`: longer than `answerDays`. */
export async function proposalsWaiting(db: Db): Promise<WaitingProposal[]> {
  const limit = await lateBefore(db)
  const { rows } = await sql<WaitingProposal>`
    select a.id, a.number, (a.created_at at time zone 'Europe/Tallinn')::date as asked_on, c.name as county,
      (a.created_at at time zone 'Europe/Tallinn')::date < ${limit} as late
    from assignment a left join need n on n.id = a.need_id left join county c on c.code = n.county_code
    where a.status = 'proposed' order by a.created_at`.execute(db)
  return rows
}

export type CountyCoverage = {
  code: string
  name: string
  tileCol: number
  tileRow: number
  needs: number
  covered: number
}

/** Per county the needs that want somebody today (open, asked, covered) and how many of them have somebody; all 15 counties. */
export async function coverageByCounty(db: Db): Promise<CountyCoverage[]> {
  const { rows } = await sql<CountyCoverage>`
    select c.code, c.name, c.tile_col, c.tile_row, count(n.id)::int as needs,
      (count(n.id) filter (where n.status = 'covered'))::int as covered
    from county c left join need n on n.county_code = c.code and n.status in ('open', 'proposed', 'covered')
    group by c.code, c.name, c.tile_col, c.tile_row order by c.name collate "et-x-icu"`.execute(db)
  return rows
}

export type UnusedVolunteer = { volunteerId: string; code: string; name: string; since: string; months: number }

/** Active volunteers without a case for longer than `unusedMonths`, the longest wait first, with full months. */
export async function unusedVolunteers(db: Db): Promise<UnusedVolunteer[]> {
  const day = today()
  return (await careList(db)).map((one) => ({ ...one, months: fullMonths(one.since, day) }))
}

function fullMonths(from: string, to: string): number {
  const at = (date: string) => date.split('-').map(Number) as [number, number, number]
  const [a, b] = [at(from), at(to)]
  return (b[0] - a[0]) * 12 + b[1] - a[1] - (b[2] < a[2] ? 1 : 0)
}

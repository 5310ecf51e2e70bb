// What was known at an instant, as the rows say that were recorded by then and not yet superseded?
import { sql } from 'kysely'
import { type Db, waitFor } from '../../core/db.server.ts'
import { settingsOn } from '../../core/settings.server.ts'
import { isoDate } from '../../i18n/format.ts'
import type { Evidence, StatusLine } from '../../volunteers/volunteer.ts'
import type { ConcernFact, Facts, Help, NeedFact, ReportFact, VisitFact, VolunteerFact } from './facts.ts'

/** First and last date of what is asked about. */
export type Span = { from: string; to: string }

/**
 * The facts of a span of dates as known at `knownAt`: rows recorded by then and not superseded by then. Statuses of needs and
 * supports come from their events, home counties and counties of cases from their histories, so that later changes alter nothing.
 * Few statements, whose number does not grow; the caller's rights decide on the rows (reports are computed for the coordinator, who sees all of them).
 */
export async function loadFacts(db: Db, span: Span, knownAt: Date): Promise<Facts> {
  // A whole country is put in order in memory, and not on the disk; and it may take longer than a page, for nobody opens it often.
  await sql`set local work_mem = '32MB'`.execute(db)
  await sql`set local statement_timeout = '20s'`.execute(db)
  waitFor(db, 21_000)
  const counties = await db.selectFrom('county').select('code').orderBy('code').execute()
  return {
    counties: counties.map(({ code }) => code),
    knownOn: isoDate(knownAt),
    settings: await settingsOn(db, span.to),
    needs: await loadNeeds(db, span, knownAt),
    visits: await loadVisits(db, span, knownAt),
    volunteers: await loadVolunteers(db, span, knownAt),
    reports: await loadReports(db, span, knownAt),
    concerns: await loadConcerns(db, span, knownAt),
  }
}

/**
 * Only needs that a date of the span can find open, helped or heard of for the first time, and perhaps some more of which no figure of the span tells
 * anything: those with an event since its first date, those that are open or helped now, and those of which something was written down after
 * `knownAt`, by which they may have been open or helped then. Indexes lead to each of these; nobody reads what was over long before.
 */
const needsOf = ({ from }: Span, knownAt: Date) => sql<{ needId: string }>`
  select need_id from need_event where on_date >= ${from} or recorded_at > ${knownAt}
  union select id from need where status in ('open', 'proposed', 'covered')
  union select need_id from assignment where status = 'active'
  union select need_id from assignment where id = any (array(
    select assignment_id from assignment_event where kind = 'ended' and (on_date >= ${from} or recorded_at > ${knownAt})))`

async function loadNeeds(db: Db, span: Span, knownAt: Date): Promise<NeedFact[]> {
  const { rows: those } = await needsOf(span, knownAt).execute(db)
  const ids = those.map(({ needId }) => needId)
  const { rows: places } = await sql<{ id: string; county: string }>`
    select id, county_code as county from need where id = any (${ids}::uuid[])`.execute(db)
  const countyOf = new Map(places.map(({ id, county }) => [id, county]))
  const { rows: events } = await sql<{ needId: string; kind: string; onDate: string }>`
    select need_id, kind, on_date from need_event
    where need_id = any (${ids}::uuid[]) and recorded_at <= ${knownAt} order by on_date, recorded_at, id`.execute(db)
  const eventsOf = Map.groupBy(events, ({ needId }) => needId)
  const { rows: help } = await sql<Help & { needId: string }>`
    select a.need_id, a.volunteer_id, y.on_date as "from", min(z.on_date) as until, ${hasChildren(knownAt)} as children
    from assignment a join assignment_event y on y.assignment_id = a.id and y.kind = 'accepted' and y.recorded_at <= ${knownAt}
    left join assignment_event z on z.assignment_id = a.id and z.kind = 'ended' and z.recorded_at <= ${knownAt}
    where a.need_id = any (${ids}::uuid[]) group by a.network_id, a.case_id, a.need_id, a.volunteer_id, a.id, y.on_date order by y.on_date, a.id`.execute(
    db,
  )
  const helpOf = Map.groupBy(help, ({ needId }) => needId)
  return [...eventsOf].flatMap(([id, list]) => {
    const county = countyOf.get(id)
    const events = list.map(({ kind, onDate }) => ({ kind, onDate }))
    const helped = (helpOf.get(id) ?? []).map(({ needId: _, ...one }) => one)
    return county === undefined ? [] : [{ id, county, events, help: helped }]
  })
}

// Of the case of a support that is called a.
const hasChildren = (knownAt: Date) => sql<boolean>`coalesce((select k.child_count > 0 from case_known k
  where k.network_id = a.network_id and k.case_id = a.case_id and k.recorded_at <= ${knownAt} order by k.recorded_at desc limit 1), false)`

const countyOfCase = (knownAt: Date) => sql<string>`(select k.county_code from case_known k
  where k.case_id = row.case_id and k.recorded_at <= ${knownAt} order by k.recorded_at desc limit 1)`

// The county of each case is looked up once, and not for every visit.
async function loadVisits(db: Db, span: Span, knownAt: Date): Promise<VisitFact[]> {
  const { rows: visits } = await sql<Omit<VisitFact, 'county'>>`
    select id, case_id, volunteer_id, on_date, contacts, minutes, expense_cents from visit where on_date between ${span.from} and ${span.to}
      and recorded_at <= ${knownAt} and (superseded_at is null or superseded_at > ${knownAt}) order by on_date, id`.execute(
    db,
  )
  const cases = [...new Set(visits.map(({ caseId }) => caseId))]
  const { rows: places } = await sql<{ caseId: string; county: string }>`
    select row.case_id, ${countyOfCase(knownAt)} as county from unnest(${cases}::uuid[]) row(case_id)`.execute(db)
  const countyOf = new Map(places.map(({ caseId, county }) => [caseId, county]))
  return visits.map((visit) => ({ ...visit, county: countyOf.get(visit.caseId) ?? '' }))
}

async function loadVolunteers(db: Db, span: Span, knownAt: Date): Promise<VolunteerFact[]> {
  type Known = Pick<VolunteerFact, 'id' | 'county' | 'childContact' | 'maxCases'>
  const { rows: people } = await sql<Known>`
    select distinct on (volunteer_id) volunteer_id as id, county_code as county, child_contact, max_cases from volunteer_known
    where recorded_at <= ${knownAt} order by volunteer_id, recorded_at desc`.execute(db)
  const { rows: evidence } = await sql<Evidence & { volunteerId: string }>`
    select volunteer_id, kind, valid_from, valid_to, passed from volunteer_evidence
    where recorded_at <= ${knownAt} and (superseded_at is null or superseded_at > ${knownAt})`.execute(db)
  const { rows: history } = await sql<StatusLine & { volunteerId: string }>`
    select volunteer_id, status, from_on, until_on, recorded_at from volunteer_status where recorded_at <= ${knownAt}`.execute(
    db,
  )
  const [askedOf, awayOf] = [await loadAsked(db, span, knownAt), await loadAway(db, span, knownAt)]
  const evidenceOf = Map.groupBy(evidence, ({ volunteerId }) => volunteerId)
  const historyOf = Map.groupBy(history, ({ volunteerId }) => volunteerId)
  return people.map((person) => ({
    ...person,
    evidence: evidenceOf.get(person.id) ?? [],
    history: historyOf.get(person.id) ?? [],
    asked: (askedOf.get(person.id) ?? []).map(({ volunteerId: _, ...one }) => one),
    away: (awayOf.get(person.id) ?? []).map(({ volunteerId: _, ...one }) => one),
  }))
}

/**
 * Only supports that a date of the span can find asked for and unanswered, and perhaps some more: those unanswered now, and those with an answer since
 * its first date or written down after `knownAt`.
 */
const askedIn = ({ from }: Span, knownAt: Date) => sql<{ id: string }>`
  select id from assignment where status = 'proposed'
  union select assignment_id from assignment_event where kind <> 'proposed' and (on_date >= ${from} or recorded_at > ${knownAt})`

// Asked, until she or somebody else has said a word about it.
async function loadAsked(db: Db, span: Span, knownAt: Date) {
  const { rows: those } = await askedIn(span, knownAt).execute(db)
  const { rows } = await sql<Help>`
    select a.volunteer_id, p.on_date as "from", min(o.on_date) as until, ${hasChildren(knownAt)} as children
    from assignment a join assignment_event p on p.assignment_id = a.id and p.kind = 'proposed' and p.recorded_at <= ${knownAt}
    left join assignment_event o on o.assignment_id = a.id and o.kind <> 'proposed' and o.recorded_at <= ${knownAt}
    where a.id = any (${those.map(({ id }) => id)}::uuid[]) and p.on_date <= ${span.to}
    group by a.network_id, a.case_id, a.volunteer_id, a.id, p.on_date
    having min(o.on_date) is null or min(o.on_date) >= ${span.from} order by p.on_date, a.id`.execute(db)
  return Map.groupBy(rows, ({ volunteerId }) => volunteerId)
}

async function loadAway(db: Db, span: Span, knownAt: Date) {
  const { rows } = await sql<{ volunteerId: string; from: string; to: string }>`
    select volunteer_id, from_on as "from", to_on as "to" from volunteer_away
    where told_at <= ${knownAt} and (ended_at is null or ended_at > ${knownAt}) and from_on <= ${span.to} and to_on >= ${span.from}
    order by from_on, id`.execute(db)
  return Map.groupBy(rows, ({ volunteerId }) => volunteerId)
}

async function loadReports(db: Db, span: Span, knownAt: Date): Promise<ReportFact[]> {
  const { rows } = await sql<ReportFact>`
    select r.id, r.month, r.due_on, (min(e.recorded_at) at time zone 'Europe/Tallinn')::date as submitted_on,
      (select k.county_code from volunteer_known k where k.volunteer_id = r.volunteer_id and k.recorded_at <= ${knownAt}
        order by k.recorded_at desc limit 1) as county
    from month_report r left join month_report_event e on e.report_id = r.id and e.kind = 'submitted' and e.recorded_at <= ${knownAt}
    where r.month between ${span.from} and ${span.to} and r.created_at <= ${knownAt} group by r.id order by r.month, r.id`.execute(
    db,
  )
  return rows
}

async function loadConcerns(db: Db, span: Span, knownAt: Date): Promise<ConcernFact[]> {
  const { rows } = await sql<ConcernFact>`
    select row.id, ${countyOfCase(knownAt)} as county, (row.raised_at at time zone 'Europe/Tallinn')::date as raised_on,
      case when row.answered_at <= ${knownAt} then (extract(epoch from row.answered_at - row.raised_at) / 3600)::float8 end as hours_to_answer
    from concern row where row.raised_at <= ${knownAt} and row.raised_at >= ${span.from}::date::timestamp at time zone 'Europe/Tallinn'
      and row.raised_at < (${span.to}::date + 1)::timestamp at time zone 'Europe/Tallinn'
    order by row.raised_at, row.id`.execute(db)
  return rows
}

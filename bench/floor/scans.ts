// What would a search and a report cost without any design: the same questions asked of the rows themselves, under the same policies?
import type { Script, Step } from './script.ts'
import type { FloorPlan } from './server.ts'

const audit = (action: string): Step => ({
  text: `select audit_append($1, null, null, null, null, 'done', '{}', null, null)`,
  values: [{ as: action }],
})
const asked = (action: string, text: string, values: unknown[] = []): Script => ({
  access: 'read',
  steps: [{ text, values: values.map((as) => ({ as })) }, audit(action)],
})

/** A name as `volunteer_named` knows it: a word begins so, or sounds so. */
const named = `select id, code, name, county_code, languages, status from volunteer
  where search_name ~ $1 or $2 operator(public.<%) search_name order by name collate "et-x-icu", code limit 50`

/** In which of one's cases are these people, asked of each case; the names, which it would have to open one by one, it is told beforehand. */
const everybody = `select c.id, c.number, c.referred_on, p.kind from case_file c cross join lateral people_of(c.id) p
  where c.network_id = any ((select auth_networks())::uuid[]) and p.id = any ($1::uuid[]) order by c.referred_on desc, c.number desc limit 50`

/** The pages of work (app/support/work/work.server.ts) from the visits: of twelve months by month, or of all by year; and by network. */
const sumsBy = (span: string, since: string) => `with work as materialized (
    select coalesce(v.done_in, v.network_id) as network_id, date_trunc('${span}', v.on_date)::date as "from",
      sum(v.contacts) as contacts, sum(v.minutes) as minutes, sum(v.expense_cents) as expense_cents
    from visit v where v.superseded_at is null ${since} group by 1, 2)
  select (select coalesce(json_agg(s), '[]') from (select "from", sum(contacts)::float8 as contacts, sum(minutes)::float8 as minutes,
      sum(expense_cents)::float8 as expense_cents from work group by 1) s) as spans,
    (select coalesce(json_agg(n), '[]') from (select network.id, network.name, sum(contacts)::float8 as contacts, sum(minutes)::float8 as minutes,
      sum(expense_cents)::float8 as expense_cents from work join network on network.id = work.network_id
      group by network.id, network.name order by network.name collate "et-x-icu") n) as networks`

/** What the scans ask about: a volunteer's name, the people of a case who have one name, and the first day of the report. */
export type Asked = { volunteer: string; people: readonly string[]; since: string }

/** Pages of the floor that have no script of the product's: what the goals of search and reports are measured against. */
export const scans = ({ volunteer, people, since }: Asked): FloorPlan['pages'] => [
  { method: 'GET', path: '/scan/search', script: asked('volunteer.list', named, [`\\m${volunteer}`, volunteer]) },
  { method: 'GET', path: '/scan/find', script: asked('case.find', everybody, [people]) },
  {
    ...{ method: 'GET', path: '/scan/report' },
    script: asked('report.open', sumsBy('month', 'and v.on_date >= $1::date'), [since]),
  },
  { method: 'GET', path: '/scan/years', script: asked('report.open', sumsBy('year', '')) },
]

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

/** Whose cases these are, asked of each case of one's networks; the names, which it would have to open one by one, it leaves closed. */
const everybody = `select c.id, c.number, c.referred_on, p.kind from case_file c cross join lateral people_of(c.id) p
  where c.network_id = any ((select auth_networks())::uuid[]) and right(p.id::text, 3) = $1 order by c.referred_on desc limit 50`

/** Contacts, hours and money by network and month from the visits; where each network's own are asked for, the policies leave the others out. */
const sums = `select n.name, date_trunc('month', v.on_date)::date as month, v.way, sum(v.contacts)::int as contacts, sum(v.minutes)::int as minutes,
    sum(v.expense_cents)::int as expense_cents
  from visit v join network n on n.id = v.network_id where v.superseded_at is null group by 1, 2, 3 order by 1, 2, 3`

/** Pages of the floor that have no script of the product's: what the goals of search and reports are measured against. */
export const scans = (word: string): FloorPlan['pages'] => [
  { method: 'GET', path: '/scan/search', script: asked('volunteer.list', named, [`\\m${word}`, word]) },
  { method: 'GET', path: '/scan/find', script: asked('case.find', everybody, ['abc']) },
  { method: 'GET', path: '/scan/report', script: asked('report.open', sums) },
]

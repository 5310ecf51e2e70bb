// May somebody offer, propose, answer, visit, worry, report and answer for it? R11, R14, R16, R18; `matching.*`, `assignment.*`, `support.*`.
import { mayRead } from '../rules/reading.ts'
import { closed, guidesRow, has, leads, sharesCase, unfounded, walledOff } from '../rules/rights.ts'
import type { Row } from '../world/world.ts'
import { type Draw, type Given, insert, now, open, pick, pickSeen, place, update } from './draw.ts'
import { keptApart } from './kept-apart.ts'

const mine = ({ rights }: Given, volunteer: string | null | undefined) =>
  rights.volunteer !== null && volunteer === rights.volunteer
const guided = ({ rights }: Given, volunteer: string | null | undefined) => rights.supervisees.has(volunteer ?? '')
const keeps = (given: Given, row: Row) => has(given.rights, 'coordinator') || sharesCase(given.rights, row)
/** A case in which something is still written. */
const alive = (given: Given, id: string | null | undefined) => open(given, id) && !closed(given.rights, id)

const need: Draw = (given) => {
  const of = pickSeen(given, 'case_file')
  if (!of) return null
  const row = {
    ...place(of),
    number: of.number ?? '',
    county_code: '0045',
    language: 'et',
    from_on: '2026-11-01',
    months: 8,
    // A need begins as a question.
    status: given.random.pick(['open', 'declined', 'covered']),
  }
  // What comes from a workbook the coordinator brings.
  const import_key = given.random.chance(0.3) ? `n/${given.random.next()}` : null
  const theirs = import_key === null || has(given.rights, 'coordinator')
  const begins = row.status !== 'covered' && alive(given, of.id) && !unfounded(given.rights, of.id) && theirs
  return insert('need', { ...row, import_key, created_by: given.signed }, keeps(given, of) && begins && given.honest)
}

const mendNeed: Draw = (given) => {
  const row = pickSeen(given, 'need')
  return row && update(given, 'need', row, { version: 2 }, keeps(given, row) && alive(given, row.case_id))
}

/** That somebody was found is told by the answer alone. */
const needEvent: Draw = (given) => {
  // While somebody is asked or found it is for the answer to say how it goes on.
  const free = (row: Row) => !['proposed', 'covered'].includes(row.status ?? '')
  const other = given.random.chance(0.2)
  const of = pickSeen(given, 'need', (row) => (other ? !free(row) : row.status === 'open'))
  if (!of) return null
  const kind = given.random.pick(['declined', 'closed', 'covered'])
  const row = { ...place(of), need_id: of.id ?? '', kind, on_date: '2026-11-02', recorded_by: given.signed }
  const told = keeps(given, of) && kind !== 'covered' && free(of)
  return insert('need_event', row, told && alive(given, of.case_id) && given.honest)
}

const propose: Draw = (given) => {
  const of = pickSeen(given, 'need', ({ status }) => status === 'open')
  // Somebody of whom something was found in this case, as often as anybody.
  const pair = given.random.chance(0.5) ? pick(given, 'conflict_pair', ({ case_id }) => case_id === of?.case_id) : null
  const helper = given.rights.facts.one('volunteer', pair?.volunteer_id) ?? pick(given, 'volunteer')
  if (!of || !helper) return null
  const status = given.random.chance(0.8) ? 'proposed' : 'active'
  const support = { ...place(of), need_id: of.id ?? '', number: of.number ?? '', volunteer_id: helper.id ?? '', status }
  const founded = alive(given, of.case_id) && !unfounded(given.rights, of.case_id)
  const free = founded && !keptApart(given, of.case_id, helper.id ?? null)
  const allowed = has(given.rights, 'coordinator') && status === 'proposed' && free && given.honest
  return insert('assignment', { ...support, chosen_by_solver: true, load_before: 0, created_by: given.signed }, allowed)
}

/** Yes and no are the volunteer's own words; taking back and ending are the coordinator's and the lead's (decision 20). */
const answer: Draw = (given) => {
  const own = (row: Row) => mine(given, row.volunteer_id) && row.status === 'proposed'
  // What is over in a closed case is answered by nobody.
  const over = (row: Row) => closed(given.rights, row.case_id)
  const helps = (row: Row) => mine(given, row.volunteer_id) && row.status === 'active'
  const near = given.random.pick([over, own, own, own, helps])
  const of =
    pick(given, 'assignment', near) ??
    pickSeen(given, 'assignment', (row) => ['proposed', 'active'].includes(row.status ?? ''))
  if (!of) return null
  // What was answered is not answered again.
  const said =
    of.status === 'active' ? ['ended', 'ended', 'accepted', 'declined'] : ['accepted', 'declined', 'withdrawn']
  const kind = over(of) ? 'ended' : given.random.pick(said)
  const byKeeper = kind === 'ended' || kind === 'withdrawn'
  const keeper = has(given.rights, 'coordinator') || leads(given.rights, of)
  const hers = mine(given, of.volunteer_id) && of.status === 'proposed'
  const allowed = (byKeeper ? keeper : hers) && alive(given, of.case_id)
  const row = {
    ...place(of),
    assignment_id: of.id ?? '',
    kind,
    on_date: given.rights.facts.today,
    recorded_by: given.signed,
  }
  return insert(
    'assignment_event',
    { ...row, no_conflict_declared: kind === 'accepted' ? true : null },
    allowed && given.honest,
  )
}

/** One's own, or of whom one guides; of somebody else in the same case; or whichever. */
function pickSupport(given: Given): Row | null {
  const { supported, supervised } = given.rights
  const own = (row: Row) => mine(given, row.volunteer_id) || guided(given, row.volunteer_id)
  const beside = (row: Row) => (supported.has(row.case_id ?? '') || supervised.has(row.case_id ?? '')) && !own(row)
  const near = given.random.pick([own, own, own, beside, null])
  return (near && pick(given, 'assignment', near)) ?? pick(given, 'assignment')
}

/**
 * A visit is under a support that lasts, by who helps, or for her by who guides her. Of what is over she is told nothing any more, also where she
 * helps in the same case by another.
 */
function visits(given: Given, support: Row): boolean {
  const { supported, supervised } = given.rights
  const byHer = mine(given, support.volunteer_id) && supported.has(support.case_id ?? '')
  const forHer = guided(given, support.volunteer_id) && supervised.has(support.case_id ?? '')
  const happened = support.status === 'active' || support.status === 'ended'
  return (byHer || forHer) && happened && mayRead(given.rights, 'assignment', support, 'tugivork_write')
}

const visit: Draw = (given) => {
  // It is under that, and does not come from a workbook.
  const key = `n/${given.random.next()}`
  const usual = [false, null] as const
  const others = [[true, null] as const, [false, key] as const, [true, key] as const, [true, key] as const]
  const [none, import_key] = given.random.pick([usual, usual, usual, usual, usual, usual, ...others])
  const behindWall = (row: Row) => walledOff(given.rights, row.case_id)
  const of = (none && given.random.chance(0.3) ? pick(given, 'assignment', behindWall) : null) ?? pickSupport(given)
  if (!of) return null
  // … and not under somebody else's in the same case.
  const beside = (one: Row) => one.case_id === of.case_id && one.volunteer_id !== of.volunteer_id
  const under = (given.random.chance(0.2) ? pick(given, 'assignment', beside) : null) ?? of
  const row = {
    ...{ ...place(of), assignment_id: none ? null : (under.id ?? ''), volunteer_id: of.volunteer_id ?? '' },
    ...{ number: of.number ?? '', import_key },
  }
  const what = { on_date: given.rights.facts.today, way: 'phone', minutes: 10, recorded_by: given.signed }
  const meant = under === of && !none && import_key === null
  // … or it does, without one, and the coordinator brings it.
  const brought = none && import_key !== null && has(given.rights, 'coordinator') && open(given, of.case_id)
  return insert('visit', { ...row, ...what }, ((meant && visits(given, of)) || brought) && given.honest)
}

/** Old months come with a workbook and have no support above them; what has one and does not come with a workbook is a visit like every other. */
const oldVisit: Draw = (given) => {
  const own = given.random.chance(0.3) ? pickSupport(given) : null
  const of = own ? given.rights.facts.one('case_file', own.case_id) : pickSeen(given, 'case_file')
  const helper = pick(given, 'volunteer')
  if (!of || !helper) return null
  const import_key = given.random.chance(0.7) ? `n/${given.random.next()}` : null
  const other = given.random.chance(0.2) ? pick(given, 'assignment', ({ case_id }) => case_id === of.id) : null
  const under = own ?? other
  const volunteer_id = under?.volunteer_id ?? helper.id ?? ''
  const row = { ...place(of), assignment_id: under?.id ?? null, volunteer_id, number: of.number ?? '', import_key }
  const what = { on_date: '2026-01-01', way: 'other', minutes: 90, recorded_by: given.signed }
  const brought = has(given.rights, 'coordinator') && import_key !== null && !under && open(given, of.id)
  const allowed = brought || (import_key === null && under !== null && visits(given, under))
  return insert('visit', { ...row, ...what }, allowed && given.honest)
}

const setVisitAside: Draw = (given) => {
  const own = (row: Row) =>
    row.superseded_at === null && (mine(given, row.volunteer_id) || guided(given, row.volunteer_id))
  const row =
    (given.random.chance(0.7) ? pick(given, 'visit', own) : null) ??
    pickSeen(given, 'visit', (one) => one.superseded_at === null)
  if (!row) return null
  const byHer = mine(given, row.volunteer_id) && given.rights.supported.has(row.case_id ?? '')
  // What she wrote herself; what the volunteer wrote is the volunteer's to mend.
  const forHer = guided(given, row.volunteer_id) && row.recorded_by === given.me
  return update(given, 'visit', row, { superseded_at: now, superseded_reason: 'viga' }, byHer || forHer)
}

const worry: Draw = (given) => {
  const of = pickSupport(given)
  if (!of) return null
  const { supported, supervised } = given.rights
  const byHer = mine(given, of.volunteer_id) && supported.has(of.case_id ?? '')
  const forHer = guided(given, of.volunteer_id) && supervised.has(of.case_id ?? '')
  const row = {
    ...place(of),
    number: of.number ?? '',
    volunteer_id: of.volunteer_id ?? '',
    kind: 'help',
    raised_by: given.signed,
  }
  return insert('concern', row, (byHer || forHer) && alive(given, of.case_id) && given.honest)
}

/** `support.concern.see`: the lead of the network and who guides her. */
const seeWorry: Draw = (given) => {
  const row = pickSeen(given, 'concern', ({ seen_at }) => seen_at === null)
  if (!row) return null
  const allowed = (leads(given.rights, row) || guidesRow(given.rights, row)) && alive(given, row.case_id)
  return update(given, 'concern', row, { seen_at: now, seen_by: given.signed }, allowed && given.honest)
}

const writable = (row: Row) => ['draft', 'returned'].includes(row.status ?? '')

/** Reports of one's own and of those one guides first: of the others nobody may write anything. */
function pickReport(given: Given): Row | null {
  const near = (row: Row) => mine(given, row.volunteer_id) || guided(given, row.volunteer_id)
  return (given.random.chance(0.8) ? pick(given, 'month_report', near) : null) ?? pickSeen(given, 'month_report')
}

const writeReport: Draw = (given) => {
  const row = pickReport(given)
  const allowed = row !== null && mine(given, row.volunteer_id) && writable(row)
  return row && update(given, 'month_report', row, { summary_sealed: '\\x02' }, allowed)
}

/** The volunteer hands in; who guides her approves or returns, and never her own. */
const judgeReport: Draw = (given) => {
  const of = pickReport(given)
  if (!of) return null
  const kind = given.random.pick(['submitted', 'returned', 'approved'])
  const own = given.rights.facts.one('volunteer', of.volunteer_id)?.person_id === given.me
  const judged =
    guided(given, of.volunteer_id) &&
    !own &&
    (of.status === 'submitted' || (of.status === 'approved' && kind === 'returned'))
  const allowed = kind === 'submitted' ? mine(given, of.volunteer_id) && writable(of) : judged
  const row = { report_id: of.id ?? '', kind, remark: 'x', figures: of.figures ?? null, recorded_by: given.signed }
  return insert('month_report_event', row, allowed && given.honest)
}

/** A month that nobody has begun, with a day that a report can be due on. */
const beginReport: Draw = (given) => {
  const of = given.random.chance(0.4)
    ? pick(given, 'volunteer', ({ id }) => id === given.rights.volunteer)
    : pick(given, 'volunteer')
  if (!of) return null
  const due_on = given.random.chance(0.8) ? '2025-02-07' : '2030-01-01'
  const status = given.random.chance(0.8) ? 'draft' : 'approved'
  const timely = due_on < '2025-04-01' && mine(given, of.id)
  const allowed = status === 'draft' && (timely || has(given.rights, 'system'))
  return insert('month_report', { volunteer_id: of.id ?? '', month: '2025-01-01', due_on, status }, allowed)
}

export const supportDraws: Draw[] = [
  ...[need, mendNeed, needEvent, propose, answer, answer, visit, visit, oldVisit, setVisitAside, worry, seeWorry],
  ...[beginReport, writeReport, judgeReport, judgeReport],
]

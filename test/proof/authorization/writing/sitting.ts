// May somebody promise, tell, decide and agree? `meeting.*`, `case.action.*`: in one's own name, and where it is one's own to say.
import { agencyOf, asks, pledged } from '../rules/meetings.ts'
import { mayRead } from '../rules/reading.ts'
import { closed, given as gone, inNetwork, leads, sharesCase } from '../rules/rights.ts'
import type { Row } from '../world/world.ts'
import { type Draw, foreign, type Given, insert, now, open, pick, pickSeen, place, update } from './draw.ts'
import { meetingOf } from './minutes.ts'
import type { Values } from './statements.ts'

const phaseOf = (given: Given, row: Row) => meetingOf(given, row)?.phase ?? ''
const underWay = (given: Given, row: Row) => ['closed', 'sitting'].includes(phaseOf(given, row))
/** A case in which something is still written, that is not hidden from me. */
const alive = (given: Given, row: Row) => open(given, row.case_id) && !closed(given.rights, row.case_id)
const aside = { superseded_at: now }
const isCurrent = (row: Row) => row.superseded_at === null

const promise: Draw = (given) => {
  const held = given.rights.facts.rows('meeting_pledge')
  const free = (row: Row) => !held.some((one) => one.meeting_id === row.id && one.person_id === given.signed)
  const of = pickSeen(given, 'meeting', free)
  if (!of) return null
  const known = inNetwork(given.rights, of) && (of.invited_at !== null || leads(given.rights, of))
  const invited = known && of.phase !== 'cancelled'
  const row = { network_id: of.network_id ?? '', meeting_id: of.id ?? '', person_id: given.signed }
  return insert('meeting_pledge', row, invited && given.honest)
}

const attend: Draw = (given) => {
  const of = pickSeen(given, 'meeting')
  if (!of) return null
  const lasts = ['closed', 'sitting'].includes(of.phase ?? '')
  const came = given.rights.facts.rows('meeting_attendance').filter(isCurrent)
  const absent = ({ id }: Row) => !came.some((row) => row.meeting_id === of.id && row.person_id === id)
  // Whoever is of the core group comes for an agency that they speak for; whoever is not watches.
  const person = given.random.chance(0.5) ? pick(given, 'person', absent) : null
  const speaks = person ? agencyOf(given.rights.facts, of.network_id, person.id) : 'other'
  const agency = given.random.chance(0.7) ? (speaks ?? 'police') : 'health'
  const who: Values = person
    ? { person_id: person.id ?? '', kind: 'present' }
    : { person_id: null, kind: 'observer', observer_sealed: '\\x01' }
  const row = { network_id: of.network_id ?? '', meeting_id: of.id ?? '', agency, ...who, recorded_by: given.signed }
  const fits = person === null || agency === speaks
  return insert('meeting_attendance', row, leads(given.rights, of) && lasts && fits && given.honest)
}
const attended: Draw = (given) => {
  const row = pickSeen(given, 'meeting_attendance', isCurrent)
  return row && update(given, 'meeting_attendance', row, aside, leads(given.rights, row) && underWay(given, row))
}

/** An item of an agenda about which this has not been said yet. */
function pickItem(given: Given, table: string, wanted: (item: Row) => boolean = () => true, agency?: string) {
  const said = given.rights.facts.rows(table).filter(isCurrent)
  const same = (one: Row, item: Row) => one.meeting_id === item.meeting_id && one.case_id === item.case_id
  const free = (item: Row) => !said.some((one) => same(one, item) && (!agency || one.agency === agency)) && wanted(item)
  // Of what has gone to another network nothing is said here any more, also by whoever is of both.
  const gone = (item: Row) => free(item) && inNetwork(given.rights, item) && !isHere(given, item)
  return (given.random.chance(0.15) ? pick(given, 'agenda_item', gone) : null) ?? pickSeen(given, 'agenda_item', free)
}

/** It is a case of that network, and has not gone to another since. */
const isHere = ({ rights }: Given, of: Row) => rights.facts.one('case_file', of.case_id)?.network_id === of.network_id

/** Where something is said, and whether its case is one of that network's. */
function about(given: Given, of: Row) {
  const other = foreign(given, of)
  const where = { network_id: of.network_id ?? '', case_id: other?.id ?? of.case_id ?? '' }
  return [{ ...where, meeting_id: of.meeting_id ?? '' }, other === null && isHere(given, of)] as const
}

const tell: Draw = (given) => {
  const own = (row: Row) => row.person_id === given.me && isCurrent(row)
  const seat = given.random.chance(0.8) ? pick(given, 'agency_seat', own) : null
  const agency = seat?.agency ?? given.random.pick(['police', 'victim_support', 'health'])
  const there = (item: Row) => item.network_id === seat?.network_id && underWay(given, item)
  const of = pickItem(given, 'research', seat && given.random.chance(0.8) ? there : undefined, agency)
  if (!of) return null
  const mine = sharesCase(given.rights, of) && agencyOf(given.rights.facts, of.network_id, given.me) === agency
  const row = { ...place(of), meeting_id: of.meeting_id ?? '', agency, recorded_by: given.signed }
  // Of what was left off an agenda nobody is asked.
  const listed = underWay(given, of) && of.removed_at === null && isHere(given, of)
  return insert('research', row, mine && listed && alive(given, of) && given.honest)
}
const told: Draw = (given) => {
  const row = pickSeen(given, 'research', isCurrent)
  const mine = row !== null && agencyOf(given.rights.facts, row.network_id, given.me) === row.agency
  return row && update(given, 'research', row, aside, mine && underWay(given, row) && alive(given, row))
}

/** Before the meeting or at it, by whoever asks her; a member who asks knows of a meeting from the invitation on. */
const beforeTheEnd = (given: Given, row: Row) => {
  const of = meetingOf(given, row)
  const known = leads(given.rights, row) || of?.invited_at !== null
  return known && ['planned', 'closed', 'sitting'].includes(of?.phase ?? '')
}
const mayAsk = (given: Given, row: Row) =>
  asks(given.rights, row) && sharesCase(given.rights, row) && !gone(given.rights, row.case_id)

const askHer: Draw = (given) => {
  const of = pickItem(given, 'victim_view')
  if (!of) return null
  const [row, ours] = about(given, of)
  const allowed = mayAsk(given, of) && beforeTheEnd(given, of) && alive(given, of) && ours
  return insert(
    'victim_view',
    { ...row, not_asked_sealed: '\\x01', recorded_by: given.signed },
    allowed && given.honest,
  )
}
const askedAnew: Draw = (given) => {
  const row = pickSeen(given, 'victim_view', isCurrent)
  if (!row) return null
  return update(given, 'victim_view', row, aside, mayAsk(given, row) && beforeTheEnd(given, row) && alive(given, row))
}

/** That she is told of a decision: the lead, of a meeting of the network, once. */
const oweHer: Draw = (given) => {
  const { rights } = given
  const owed = rights.facts.rows('case_action').filter(({ kind }) => kind === 'update')
  const free = (item: Row) =>
    isHere(given, item) && !owed.some((one) => one.meeting_id === item.meeting_id && one.case_id === item.case_id)
  const of = pickSeen(given, 'agenda_item', free)
  if (!of) return null
  const agency = agencyOf(rights.facts, of.network_id, given.me)
  const what = { owner_id: given.me, due_on: '2031-01-01', what_sealed: '\\x01', result_sealed: '\\x01' }
  const row = { ...place(of), meeting_id: of.meeting_id ?? '', kind: 'update', agency: agency ?? 'police', ...what }
  const allowed = leads(rights, of) && alive(given, of) && given.honest
  return insert('case_action', { ...row, recorded_by: given.signed }, allowed)
}

const minutesWait = ({ rights }: Given, { meeting_id }: Row) =>
  rights.facts.rows('minutes').some((one) => one.meeting_id === meeting_id && !one.approved_at)

/** The lead, after the promise, while the meeting sits; of what was heard there also while a version of the minutes waits for its chair. */
const decide: Draw = (given) => {
  const mine = (item: Row) =>
    leads(given.rights, item) && pledged(given.rights, item) && phaseOf(given, item) === 'sitting'
  const of = pickItem(given, 'case_decision', given.random.chance(0.4) ? mine : undefined)
  if (!of) return null
  const heard = of.outcome !== null && minutesWait(given, of)
  const sits = phaseOf(given, of) === 'sitting' && of.removed_at === null
  const allowed = leads(given.rights, of) && pledged(given.rights, of) && (heard || sits)
  const [row, ours] = about(given, of)
  const said = { words_sealed: '\\x01', reason_sealed: '\\x01', recorded_by: given.signed }
  return insert('case_decision', { ...row, ...said }, allowed && ours && alive(given, of) && given.honest)
}
/** … and what was written down wrongly while a version of the minutes waits for its chair. */
const undecide: Draw = (given) => {
  const row = pickSeen(given, 'case_decision', isCurrent)
  if (!row) return null
  const waits = minutesWait(given, row)
  const allowed = leads(given.rights, row) && pledged(given.rights, row) && (waits || phaseOf(given, row) === 'sitting')
  return update(given, 'case_decision', row, aside, allowed && open(given, row.case_id))
}

/** Anybody of the network agrees on an action for somebody who sits in the core group. */
const agree: Draw = (given) => {
  const of = pickSeen(given, 'case_file', ({ status }) => status === 'open' || given.random.chance(0.2))
  const sits = (row: Row) => agencyOf(given.rights.facts, of?.network_id, row.id) !== null
  const owner = (given.random.chance(0.8) ? pick(given, 'person', sits) : null) ?? pick(given, 'person')
  if (!of || !owner) return null
  const agency = agencyOf(given.rights.facts, of.network_id, owner.id)
  const said = given.random.chance(0.8) ? (agency ?? 'police') : 'health'
  const what = { owner_id: owner.id ?? '', due_on: '2031-01-01', what_sealed: '\\x01', result_sealed: '\\x01' }
  const keeps = sharesCase(given.rights, of) && open(given, of.id) && !closed(given.rights, of.id)
  const at = given.random.chance(0.3) ? pick(given, 'meeting') : null
  // A meeting of that network, of which the one who agrees knows.
  const here =
    at === null || (at.network_id === of.network_id && mayRead(given.rights, 'meeting', at, 'tugivork_write'))
  const allowed = keeps && said === agency && here && given.honest
  const row = { ...place(of), agency: said, meeting_id: at?.id ?? null, ...what, recorded_by: given.signed }
  return insert('case_action', row, allowed)
}
const endAction: Draw = (given) => {
  const mine = (row: Row) => row.state === 'open' && row.owner_id === given.me
  const row = (given.random.chance(0.5) ? pick(given, 'case_action', mine) : null) ?? pickSeen(given, 'case_action')
  if (!row) return null
  const own = sharesCase(given.rights, row) && (row.owner_id === given.me || leads(given.rights, row))
  const set = { state: 'done', outcome_sealed: '\\x02', ended_by: given.signed, ended_at: now }
  // She was told in a way that had been planned.
  const plans = given.rights.facts.rows('contact_plan').filter((one) => one.action_id === row.id && !one.withdrawn_at)
  const ends = row.state === 'open' && (row.kind !== 'update' || plans.length > 0)
  return update(given, 'case_action', row, set, own && ends && alive(given, row) && given.honest)
}

const answerRisk: Draw = (given) => {
  const of = pickSeen(given, 'case_file')
  if (!of) return null
  const row = { ...place(of), kind: 'child', nth: given.random.whole(30, 60), accepted_sealed: '\\x01' }
  const allowed = sharesCase(given.rights, of) && open(given, of.id) && !closed(given.rights, of.id)
  return insert('risk_answer', { ...row, recorded_by: given.signed }, allowed && given.honest)
}
const unanswerRisk: Draw = (given) => {
  const row = pickSeen(given, 'risk_answer', isCurrent)
  return row && update(given, 'risk_answer', row, aside, sharesCase(given.rights, row) && alive(given, row))
}

export const sittingDraws: Draw[] = [
  ...[
    promise,
    attend,
    attended,
    tell,
    told,
    askHer,
    askedAnew,
    oweHer,
    decide,
    undecide,
    agree,
    endAction,
    answerRisk,
    unanswerRisk,
  ],
]

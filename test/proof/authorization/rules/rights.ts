// Who is it that bears a claim, and what have they a right to begin with? From the written rules alone, without SQL.
import { createHash } from 'node:crypto'
import type { Claim } from '../world/sessions.ts'
import type { Row, World } from '../world/world.ts'
import { byBarredPassword } from './barred.ts'
import { keptFrom } from './invited.ts'
import { dutiesOf } from './supervision.ts'

/** The rows of a world by table, for looking things up. */
export type Facts = {
  today: string
  now: number
  rows: (table: string) => Row[]
  one: (table: string, id: string | null | undefined) => Row | undefined
}

export type Rights = {
  facts: Facts
  /** Nobody where the session is over, or is nobody's. */
  me: string | null
  /** The roles that count: one's own, or at another's desk the lent one alone. */
  roles: Set<string>
  /** The networks of a lead or a member. */
  networks: Set<string>
  /** Whose desk it is. */
  desk: string | null
  inPerson: boolean
  /** §3.6: who it is was proved within the last five minutes. */
  fresh: boolean
  /** Cases that do not exist for whoever sits here (architecture §4, decision 13). */
  walled: Set<string>
  /** The volunteer that I am. */
  volunteer: string | null
  /** The volunteers that I guide. */
  supervisees: Set<string>
  /** Cases that I support today, in which I was asked, and those of my supervisees. */
  supported: Set<string>
  asked: Set<string>
  supervised: Set<string>
  guidedSupports: Set<string>
  /** Of the volunteers those whom I guide in somebody's place, and the cases that do not exist for that somebody (decision 30). */
  deputed: Set<string>
  behind: Set<string>
  /** The case of an emergency access that is in force and by which this work is done (decision 16). */
  glass: { caseId: string; danger: boolean } | null
}

export function factsOf(world: World): Facts {
  const rows = (table: string) => world.tables.get(table)?.rows ?? []
  const indexes = new Map<string, Map<string, Row>>()
  const one = (table: string, id: string | null | undefined) => {
    if (!indexes.has(table)) indexes.set(table, new Map(rows(table).map((row) => [row.id ?? '', row])))
    return id ? indexes.get(table)?.get(id) : undefined
  }
  return { today: world.today, now: Date.now(), rows, one }
}

const after = (time: string | null | undefined, now: number) => Date.parse(time ?? '') > now

/** Security 3.2, 3.6: a session counts until it is ended, idle or too old, and never longer than its person's account is open. */
function liveSession(facts: Facts, claim: string | null): Row | null {
  if (claim === null) return null
  const hash = `\\x${createHash('sha256').update(claim).digest('hex')}`
  const session = facts.rows('session').find((row) => row.claim_hash === hash)
  if (!session || session.ended_at) return null
  if (!after(session.idle_until, facts.now) || !after(session.absolute_until, facts.now)) return null
  return isOpen(facts, session.person_id) ? session : null
}

const isOpen = (facts: Facts, person: string | null | undefined) => facts.one('person', person)?.status === 'active'

/** Roles have a first and a last day, both of them included. */
export function rolesOf(facts: Facts, person: string | null): Row[] {
  if (!isOpen(facts, person)) return []
  const mine = facts.rows('person_role').filter((row) => row.person_id === person)
  return mine.filter((row) => (row.valid_from ?? '') <= facts.today && facts.today <= (row.valid_to ?? ''))
}

/** Decision 11: an administrator has no right before two keys are there and one of them opened the session; a demonstration is exempt. */
function owesKeys(facts: Facts, session: Row, held: Row[]): boolean {
  if (!held.some((row) => row.role === 'admin')) return byBarredPassword(facts, session)
  if (session.method === 'demo') return false
  const keys = facts.rows('passkey').filter((row) => row.person_id === session.person_id)
  return keys.length < 2 || session.method !== 'passkey'
}

/** … and a key that is there – of a helper also a card – is shown before anything counts as proof; the first ones are added before there is one to show. */
function mustShowKey(facts: Facts, session: Row): boolean {
  const cards = facts.rows('person_identity').filter((row) => row.person_id === session.person_id && !row.again_at)
  const card = cards.length > 0 && byBarredPassword(facts, session)
  const keys = card || facts.rows('passkey').some((row) => row.person_id === session.person_id)
  return keys && session.method !== 'passkey' && owesKeys(facts, session, rolesOf(facts, session.person_id ?? null))
}

/** Decision 11, standing in: between coordinator and manager, in its days, confirmed where the taker asked, both in office. */
function holds(facts: Facts, term: Row): boolean {
  if (term.ended_at || (term.created_by !== term.giver_id && !term.confirmed_at)) return false
  if ((term.valid_from ?? '') > facts.today || facts.today > (term.valid_to ?? '')) return false
  const has = (person: string | null | undefined, role: string) =>
    rolesOf(facts, person ?? null).some((row) => row.role === role)
  const other = term.role === 'coordinator' ? 'manager' : 'coordinator'
  return has(term.giver_id, term.role ?? '') && has(term.taker_id, other)
}

/** Everything that follows from one claim. */
export function rightsOf(facts: Facts, { claim, glass }: Claim): Rights {
  const session = liveSession(facts, claim)
  const me = session?.person_id ?? null
  const begun = facts.one('substitution', session?.substitution_id)
  // Decision 11: it ends by itself; whoever sat there sits at their own desk again.
  const term = begun && holds(facts, begun) ? begun : undefined
  const held = session && !owesKeys(facts, session, rolesOf(facts, me)) ? rolesOf(facts, me) : []
  const own = term ? [] : held
  const lent = term && held.length > 0 ? [term.role ?? ''] : []
  const roles = new Set(term ? lent : own.map((row) => row.role ?? ''))
  const networks = new Set(own.flatMap((row) => (row.network_id ? [row.network_id] : [])))
  const desk = term ? (term.giver_id ?? null) : me
  const walls = facts.rows('wall').filter((row) => !row.lifted_at && (row.person_id === me || row.person_id === desk))
  const walled = new Set(walls.map((row) => row.case_id ?? ''))
  const proved = session?.method === 'demo' || after(session?.proved_at, facts.now - 5 * 60_000)
  const fresh = session !== null && session.factors !== '1' && proved && !mustShowKey(facts, session)
  const rights = { facts, me, roles, networks, desk, inPerson: me !== null && !term, fresh, walled }
  return { ...rights, ...helpOf(rights), glass: glassOf(rights, glass) }
}

type Known = Pick<Rights, 'facts' | 'me' | 'roles' | 'walled'>

/**
 * R11: a support is open from the yes of who helps until its last day; what is asked waits for an answer. Decision 7 gives it to the
 * supervisor as long, and until the reports of its months are answered.
 */
function helpOf({ facts, me, roles, walled }: Known) {
  const records = facts.rows('volunteer')
  const volunteer = roles.has('volunteer') ? (records.find((row) => row.person_id === me)?.id ?? null) : null
  const guided = records.filter((row) => roles.has('supervisor') && row.supervisor_id === me)
  const duties = roles.has('supervisor') ? dutiesOf(facts, me) : []
  const deputed = new Set(duties.map((duty) => duty.volunteer))
  const supervisees = new Set([...guided.map((row) => row.id ?? ''), ...deputed])
  const absent = new Set(duties.map((duty) => duty.supervisor))
  const walls = facts.rows('wall').filter((row) => !row.lifted_at && absent.has(row.person_id ?? ''))
  const behind = new Set(walls.map((row) => row.case_id ?? ''))
  const past = (row: Row) => deputed.has(row.volunteer_id ?? '') && behind.has(row.case_id ?? '')
  const of = (wanted: (row: Row) => boolean) => {
    const found = facts.rows('assignment').filter(wanted)
    return new Set(found.flatMap((row) => (row.case_id && !walled.has(row.case_id) ? [row.case_id] : [])))
  }
  const mine = (row: Row) => volunteer !== null && row.volunteer_id === volunteer
  const guides = (row: Row) =>
    supervisees.has(row.volunteer_id ?? '') && !past(row) && (runs(facts, row) || unanswered(facts, row))
  return {
    ...{ volunteer, supervisees, deputed, behind },
    supported: of((row) => mine(row) && runs(facts, row)),
    asked: of((row) => mine(row) && row.status === 'proposed'),
    supervised: of(guides),
    /** The supports in which I guide, by their own ids. */
    guidedSupports: new Set(
      facts.rows('assignment').flatMap((row) => (guides(row) && !walled.has(row.case_id ?? '') ? [row.id ?? ''] : [])),
    ),
  }
}

/**
 * Decision 16: a use that was opened, is not over, is one's own, and that the work itself names. Leads, members and supervisors are let
 * in, in person and as long as they are one; a wall stands before it.
 */
function glassOf(rights: Omit<Rights, 'glass' | keyof ReturnType<typeof helpOf>>, glass: string | undefined) {
  const { facts, me } = rights
  const use = facts.one('break_glass', glass)
  if (!use || use.person_id !== me || !use.opened_at || use.ended_at || !after(use.until, facts.now)) return null
  if (!rights.inPerson || !['lead', 'member', 'supervisor'].some((role) => rights.roles.has(role))) return null
  return rights.walled.has(use.case_id ?? '') ? null : { caseId: use.case_id ?? '', danger: use.reason === 'danger' }
}

export function runs(facts: Facts, assignment: Row): boolean {
  return assignment.status === 'active' && (assignment.end_on === null || (assignment.end_on ?? '') >= facts.today)
}

/** A support that has ended, while a report of one of its months is not approved, or that of its last month not written. */
function unanswered(facts: Facts, { status, start_on, end_on, volunteer_id }: Row): boolean {
  if (status !== 'ended' || !end_on) return false
  const month = (day: string) => `${day.slice(0, 7)}-01`
  const reports = facts.rows('month_report').filter((row) => row.volunteer_id === volunteer_id)
  const last = reports.find((row) => row.month === month(end_on))
  if (last?.status !== 'approved') return true
  const from = month(start_on ?? end_on)
  return reports.some((row) => row.status !== 'approved' && (row.month ?? '') >= from && (row.month ?? '') <= end_on)
}

export const has = (rights: Rights, ...roles: string[]) => roles.some((role) => rights.roles.has(role))
/** Whether a row of a case is out of sight, whatever else its reader may do. */
export const walledOff = (rights: Rights, caseId: string | null | undefined) => rights.walled.has(caseId ?? '')
/** Of a network in which one is the lead today; a member's other network is not led. */
export function leads({ facts, me, roles, networks }: Rights, row: Row): boolean {
  if (!roles.has('lead') || !networks.has(row.network_id ?? '')) return false
  return rolesOf(facts, me).some((role) => role.role === 'lead' && role.network_id === row.network_id)
}

/** Decision 18: a case that rests on nothing any more. */
export const unfounded = ({ facts }: Rights, caseId: string | null | undefined) =>
  facts.one('case_file', caseId)?.legal_basis === 'none'

/** Decision 20: closed, it is only read. */
export const closed = ({ facts }: Rights, caseId: string | null | undefined) =>
  facts.one('case_file', caseId)?.status === 'closed'

/**
 * A case of one's network; without a ground, and closed, it is there for its lead alone, and the other agencies are strangers (18, 20); so they
 * are before their invitation (52).
 */
export function sharesCase(rights: Rights, row: Row): boolean {
  const id = row.case_id ?? row.id
  const alive = !unfounded(rights, id) && !closed(rights, id) && !keptFrom(rights, id)
  return (
    inNetwork(rights, row) && (alive || leads(rights, { network_id: networkNow(rights, id) ?? row.network_id ?? null }))
  )
}

type Transfers = (rights: Rights, caseId: string | null | undefined) => boolean
const accepted = ({ facts }: Rights, caseId: string | null | undefined) =>
  facts.rows('case_transfer').filter((row) => row.case_id === caseId && row.state === 'accepted')
const networkNow = ({ facts }: Rights, caseId: string | null | undefined) =>
  facts.one('case_file', caseId)?.network_id ?? null

/** Decision 29: what was of my network and is so no longer; of it nothing is left there but one line for its lead. */
export const given: Transfers = (rights, caseId) =>
  !rights.networks.has(networkNow(rights, caseId) ?? '') &&
  accepted(rights, caseId).some((row) => rights.networks.has(row.network_id ?? ''))

/** … and what came from elsewhere to a network that I lead. */
export const received: Transfers = (rights, caseId) =>
  leads(rights, { network_id: networkNow(rights, caseId) }) &&
  accepted(rights, caseId).some((row) => leads(rights, { network_id: row.to_network_id ?? null }))

/** R12: leads and members see their own networks. */
export const inNetwork = (rights: Rights, row: Row) => rights.networks.has(row.network_id ?? '')

/** Somebody whom I guide; in another's place never what does not exist for that other. */
export const guidesRow = ({ supervisees, deputed, behind }: Rights, row: Row) =>
  supervisees.has(row.volunteer_id ?? '') && !(deputed.has(row.volunteer_id ?? '') && behind.has(row.case_id ?? ''))

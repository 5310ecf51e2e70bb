// May whoever bears this claim read this row? One rule for each table, none taken from the policies.
import type { Row } from '../world/world.ts'
import { caseRules, type Login, ofThisDesk, type Rule } from './cases.ts'
import { hidden } from './changes.ts'
import { keptFrom } from './invited.ts'
import { meetingRules } from './meetings.ts'
import { paperRules } from './papers.ts'
import { recruitmentRules } from './recruitment.ts'
import { has, inNetwork, leads, type Rights, received, rolesOf, sharesCase, walledOff } from './rights.ts'
import { supervisionRules } from './supervision.ts'
import { supportRules } from './support.ts'

const nobody: Rule = () => false
const everybody: Rule = () => true
const own: Rule = (rights, row) => row.person_id === rights.me
const byProcess: Rule = (rights) => has(rights, 'system')

/** `report.list`, `report.accept`: who writes; who answers what was handed in; when it is accepted, who reads. */
const period: Rule = (rights, row) =>
  has(rights, 'coordinator') ||
  (row.status !== 'draft' && has(rights, 'manager')) ||
  (row.status === 'accepted' && has(rights, 'steering', 'auditor'))
const ofPeriod: Rule = (rights, row, login) => {
  const report = rights.facts.one('period_report', row.report_id)
  return report !== undefined && period(rights, report, login)
}

/**
 * One's own trail and what was done in one's name, but for what was asked in vain, which would tell what exists; a network's cases
 * (`case.views`); everything for the auditor.
 */
const logged: Rule = (rights, row, login) => {
  if (row.action?.startsWith('watch.') && row.actor !== rights.me && !ofFindingSeen(rights, row, login)) return false
  if (has(rights, 'auditor')) return true
  const mine = row.actor === rights.me || row.on_behalf_of === rights.me
  if (row.result !== 'denied' && received(rights, row.case_id)) return true
  return (mine && row.result !== 'denied') || seenByNetwork(rights, row)
}

/** Decision 35: of what is found about somebody the log is silent to them as well. */
const ofFindingSeen: Rule = (rights, row, login) => {
  const one = rights.facts.one('watch_finding', row.object_id)
  return one !== undefined && mayRead(rights, 'watch_finding', one, login)
}

/** That one of its own, or somebody who sees every case, was refused a case of the network would tell of a wall; that somebody looked, of a case that is not known yet. */
function seenByNetwork(rights: Rights, row: Row): boolean {
  if (row.case_id === null || !inNetwork(rights, row)) return false
  if (!leads(rights, row) && keptFrom(rights, row.case_id)) return false
  if (row.result !== 'denied') return true
  const roles = rights.facts.rows('person_role').filter((role) => role.person_id === row.actor)
  const outside = (role: Row) => ['lead', 'member'].includes(role.role ?? '') && !inNetwork(rights, role)
  return row.actor !== null && roles.every(outside)
}

/** Decision 13: the auditors, never about themselves; the administrator what waits for a decision that no second auditor can take. */
const wall: Rule = (rights, row) => {
  if (row.person_id === rights.me) return false
  if (has(rights, 'auditor', 'system')) return true
  if (!has(rights, 'admin') || !row.lift_asked_by || row.lifted_at || row.lift_asked_by === rights.me) return false
  const others = rights.facts.rows('person').filter(({ id }) => id !== row.person_id && id !== row.lift_asked_by)
  return !others.some(({ id }) => rolesOf(rights.facts, id ?? null).some(({ role }) => role === 'auditor'))
}

/** What was found about somebody: the auditors, never about themselves; where nobody else is one, the administrator. */
const finding: Rule = (rights, row) => {
  if (row.person_id === rights.me) return false
  if (has(rights, 'auditor')) return true
  const others = rights.facts.rows('person').filter(({ id, status }) => id !== row.person_id && status === 'active')
  const auditors = others.filter(({ id }) => rolesOf(rights.facts, id ?? null).some(({ role }) => role === 'auditor'))
  return has(rights, 'admin') && auditors.length === 0
}

/** By what the log is gone through is for whoever answers for it; everything else for everybody who is signed in. */
const setting: Rule = (rights, row) => !row.name?.startsWith('watch') || has(rights, 'auditor', 'system')

/** Who answers for people sees all of them; everybody sees themselves, colleagues of their network, those who ever had a post, and who brought a case of theirs. */
const person: Rule = (rights, row, login) =>
  row.id === rights.me ||
  has(rights, 'coordinator', 'manager', 'admin', 'auditor', 'system') ||
  rolesEver(rights, row).some((role) => posts.includes(role.role ?? '') || inNetwork(rights, role)) ||
  rights.facts
    .rows('break_glass')
    .some((use) => use.person_id === row.id && mayRead(rights, 'break_glass', use, login)) ||
  rights.facts.rows('referral').some((one) => one.person_id === row.id && brought(rights, one))
/** Decision 53: whoever brought a case from outside is known to its network. */
const brought = (rights: Rights, row: Row) => sharesCase(rights, row) && !walledOff(rights, row.case_id)
const rolesEver = ({ facts }: Rights, { id }: Row) => facts.rows('person_role').filter((role) => role.person_id === id)
const posts = ['coordinator', 'manager', 'lead', 'supervisor']

/** Decision 14: who asks and decides, the auditor; of a way back in, another address or name also its owner and the supervisor. */
const confirmation: Rule = (rights, row) => {
  if (row.proposed_by === rights.me || has(rights, 'admin', 'coordinator', 'manager', 'auditor')) return true
  const guided = [...rights.supervisees].some((id) => {
    const volunteer = rights.facts.one('volunteer', id)
    return volunteer?.supervisor_id === rights.me && volunteer?.person_id === row.person_id
  })
  return ['recover', 'email', 'name'].includes(row.kind ?? '') && (row.person_id === rights.me || guided)
}

const accessRules: Record<string, Rule> = {
  person,
  // What somebody was called is for whoever may know what she is called.
  former_name: (rights, row, login) => {
    const whose = rights.facts.one('person', row.person_id)
    return whose !== undefined && person(rights, whose, login)
  },
  // Who holds which role, and who stands in for whom, is no secret inside the service.
  person_role: everybody,
  session: own,
  draft: own,
  saved_filter: own,
  calendar_feed: own,
  // Only a command asks whether it was sent before.
  once: (rights, row, login) => login === 'tugivork_write' && own(rights, row, login),
  passkey: own,
  declared_relation: own,
  person_identity: (rights, row, login) => own(rights, row, login) || has(rights, 'admin'),
  substitution: everybody,
  substitution_promise: (rights, row) => {
    const term = rights.facts.one('substitution', row.substitution_id)
    return term?.giver_id === rights.me || term?.taker_id === rights.me
  },
  confirmation,
  // What waits for a second person is known to those who set, who may be that one, and to the auditor.
  setting_asked: (rights) => has(rights, 'admin', 'coordinator', 'manager', 'auditor'),
  wall,
  watch_finding: finding,
  watch_round: (rights) => has(rights, 'auditor', 'admin'),
  mail_outbox: byProcess,
  audit_event: logged,
  audit_checkpoint: (rights) => has(rights, 'system', 'auditor', 'admin'),
  audit_delivery: (rights) => has(rights, 'system', 'auditor', 'admin'),
  upkeep: (rights) => has(rights, 'auditor', 'admin'),
  // Asked for by the database itself.
  master_retired: nobody,
  import_batch: ofThisDesk,
  period_report: period,
  period_report_event: ofPeriod,
  period_report_snapshot: (rights) => has(rights, 'coordinator'),
  county: everybody,
  municipality: everybody,
  network: everybody,
  network_area: everybody,
  instrument: everybody,
  setting,
  // Numbers of which none is small, for those who steer, the coordinator and the leads; the process makes them.
  reach_half: (rights) => has(rights, 'lead', 'coordinator', 'steering', 'system'),
  capacity_half: (rights) => has(rights, 'lead', 'coordinator', 'steering', 'system'),
  // By what the country is measured.
  capacity_fact: (rights) => has(rights, 'lead', 'coordinator', 'steering', 'system'),
}

export const readingRules: Record<string, Rule> = {
  ...caseRules,
  ...supportRules,
  ...meetingRules,
  ...recruitmentRules,
  ...paperRules,
  ...supervisionRules,
  ...accessRules,
  ...Object.fromEntries(hidden.map((table) => [table, nobody])),
}

/** Which case a row tells of, if any. */
export function caseOf(table: string, row: Row): string | null {
  if (table === 'case_file') return row.id ?? null
  if (table === 'sealed_key' || table === 'erasure') return row.owner_id ?? null
  return row.case_id ?? null
}

/** The oracle's answer: nobody without a session, nothing behind a wall, and then the rule of the table. */
export function mayRead(rights: Rights, table: string, row: Row, login: Login): boolean {
  if (rights.me === null || walledOff(rights, caseOf(table, row))) return false
  const rule = readingRules[table]
  if (!rule) throw new Error(`no written rule for ${table}`)
  return rule(rights, row, login)
}

// Who may read what of volunteers, needs and support? R11, R12, R16, R18 and the access table.

import type { Row } from '../world/world.ts'
import { type Rule, readByGlass } from './cases.ts'
import { guidesRow, has, inNetwork, type Rights, runs, sharesCase, walledOff } from './rights.ts'

/** A network sees the volunteers who help in its cases or are asked to. */
function helpsHere(rights: Rights, volunteer: string | null | undefined): boolean {
  if (rights.networks.size === 0) return false
  const supports = rights.facts.rows('assignment').filter((row) => row.volunteer_id === volunteer)
  const here = supports.filter((row) => inNetwork(rights, row) && !rights.walled.has(row.case_id ?? ''))
  return here.some((row) => row.status === 'active' || row.status === 'proposed')
}

const isMine = (rights: Rights, volunteer: string | null | undefined) =>
  (rights.volunteer !== null && volunteer === rights.volunteer) || rights.supervisees.has(volunteer ?? '')

/** `volunteer.list`, `volunteer.own`: the country's to those who answer for it, otherwise one's own. */
const ofVolunteer = (rights: Rights, volunteer: string | null | undefined) =>
  has(rights, 'coordinator', 'manager', 'auditor', 'system') ||
  isMine(rights, volunteer) ||
  isMyself(rights, volunteer) ||
  helpsHere(rights, volunteer)

/** One's own record is one's own, like one's account, even when nobody calls on it any more. */
const isMyself = (rights: Rights, volunteer: string | null | undefined) =>
  rights.facts.one('volunteer', volunteer)?.person_id === rights.me

const isHers: Rule = (rights, row) => rights.volunteer !== null && row.volunteer_id === rights.volunteer
const byVolunteer: Rule = (rights, row) => ofVolunteer(rights, row.volunteer_id)

const known: Rule = (rights, row, login) =>
  has(rights, 'coordinator', 'auditor') || sharesCase(rights, row) || readByGlass(rights, row, login)

/** R11: what I support or am asked for, and what those whom I guide support, as long as it lasts. */
const concernsMe: Rule = (rights, row) => {
  const id = row.case_id ?? ''
  return rights.supported.has(id) || rights.asked.has(id) || rights.supervised.has(id)
}

/** Reminders are written by the process (R16, R18). */
const process: Rule = (rights) => has(rights, 'system')

/**
 * A support is of those who are in it: of the volunteer while she is asked or helps, of her supervisor as a row without content also
 * afterwards (decision 7: a row without the key is a row with closed columns).
 */
const support: Rule = (rights, row, login) => {
  const assignment = row.assignment_id ? rights.facts.one('assignment', row.assignment_id) : row
  if (!assignment) return false
  if (known(rights, row, login) || process(rights, row, login)) return true
  if (guidesRow(rights, assignment)) return true
  const open = assignment.status === 'proposed' || runs(rights.facts, assignment)
  return open && rights.volunteer !== null && assignment.volunteer_id === rights.volunteer
}

/** What a volunteer wrote herself stays in her sight, with its note closed (decision 7); so for who guides her. */
const byHelper: Rule = (rights, row) =>
  guidesRow(rights, row) || (rights.volunteer !== null && row.volunteer_id === rights.volunteer)

/** `support.overdue.list`, `support.report.*`, `support.supervision.*`. */
const monthly: Rule = (rights, row) =>
  has(rights, 'coordinator', 'auditor', 'system') || isMine(rights, row.volunteer_id)

/** Decision 41: whose end is waited for is hers and whoever guides her; the coordinator's once the ladder has come so far, and of every drill. */
const outing: Rule = (rights, row, login) =>
  byHelper(rights, row, login) || (has(rights, 'coordinator') && (row.case_id === null || row.rung === '3'))

const isOwn = (rights: Rights, device: Row | undefined) => rights.me !== null && device?.person_id === rights.me

export const supportRules: Record<string, Rule> = {
  volunteer: (rights, row) => ofVolunteer(rights, row.id),
  volunteer_area: byVolunteer,
  // For the figures of reports, which the coordinator composes.
  volunteer_known: (rights) => has(rights, 'coordinator'),
  volunteer_status: byVolunteer,
  volunteer_evidence: byVolunteer,
  volunteer_tie: (rights, row) =>
    has(rights, 'coordinator') || (rights.volunteer !== null && row.volunteer_id === rights.volunteer),
  volunteer_away: byVolunteer,
  volunteer_limit: byVolunteer,
  material: (rights) => has(rights, 'volunteer', 'supervisor', 'coordinator', 'trainer', 'manager'),
  message_template: (rights) => has(rights, 'coordinator'),
  message: (rights) => has(rights, 'coordinator'),
  message_copy: (rights, row, login) => has(rights, 'coordinator') || isHers(rights, row, login),
  // That she has read it is known to her alone.
  message_read: isHers,
  // A device is its owner's; what is on which the coordinator sees.
  field_device: (rights, row) => isOwn(rights, row) || has(rights, 'coordinator'),
  field_entry: (rights, row) => isOwn(rights, rights.facts.one('field_device', row.device_id)),
  volunteer_circle: (rights, row) => rights.volunteer !== null && row.volunteer_id === rights.volunteer,
  need: (rights, row, login) =>
    known(rights, row, login) || process(rights, row, login) || concernsMe(rights, row, login),
  need_event: (rights, row, login) =>
    has(rights, 'coordinator') || sharesCase(rights, row) || readByGlass(rights, row, login),
  assignment: support,
  assignment_event: support,
  visit: (rights, row, login) => known(rights, row, login) || byHelper(rights, row, login),
  // Whoever sees a support sees how often contact was agreed in it.
  contact_rhythm: support,
  concern: (rights, row, login) =>
    known(rights, row, login) || process(rights, row, login) || byHelper(rights, row, login),
  outing,
  outing_step: (rights, row, login) => {
    const of = rights.facts.one('outing', row.outing_id)
    return of !== undefined && !walledOff(rights, of.case_id) && outing(rights, of, login)
  },
  month_report: monthly,
  month_report_event: (rights, row, login) => {
    const report = rights.facts.one('month_report', row.report_id)
    return report !== undefined && monthly(rights, report, login)
  },
  work_sum: (rights, row) => has(rights, 'coordinator') || inNetwork(rights, row),
}

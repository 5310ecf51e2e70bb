// May somebody keep volunteers, accounts, roles, reports, rules and the work of the process? The access table and decisions 11 and 14.
import { plusDays } from '../../../../db/seed/random.ts'
import { has } from '../rules/rights.ts'
import type { Row } from '../world/world.ts'
import { askedDraws, isProcess } from './asked.ts'
import { awayDraws } from './away.ts'
import { type Draw, type Given, insert, now, open, pick, pickSeen, until, update } from './draw.ts'

const coordinates = ({ rights }: Given) => has(rights, 'coordinator')
const byProcess = ({ rights }: Given) => has(rights, 'system')

const volunteer: Draw = (given) => {
  const row = {
    name: 'Näidis-Uus',
    search_name: 'naidis-uus',
    county_code: '0045',
    languages: ['et'],
    created_by: given.signed,
  }
  return insert('volunteer', row, coordinates(given) && given.honest)
}
const mendVolunteer: Draw = (given) => {
  const row = pickSeen(given, 'volunteer')
  return row && update(given, 'volunteer', row, { notes: 'x' }, coordinates(given))
}
const ofVolunteer =
  (table: string, more: (given: Given) => Record<string, string | boolean | null>): Draw =>
  (given) => {
    const of = pickSeen(given, 'volunteer')
    return of && insert(table, { volunteer_id: of.id ?? '', ...more(given) }, coordinates(given) && given.honest)
  }
const mendPaper: Draw = (given) => {
  const row = pickSeen(given, 'volunteer_evidence', ({ superseded_at }) => superseded_at === null)
  return (
    row && update(given, 'volunteer_evidence', row, { superseded_at: now, superseded_reason: 'x' }, coordinates(given))
  )
}
const tie: Draw = (given) => {
  const of = given.random.chance(0.4)
    ? pick(given, 'volunteer', ({ id }) => id === given.rights.volunteer)
    : pickSeen(given, 'volunteer')
  if (!of) return null
  const row = { volunteer_id: of.id ?? '', municipality_code: '0511', reason: 'x', recorded_by: given.signed }
  return insert('volunteer_tie', row, (coordinates(given) || of.id === given.rights.volunteer) && given.honest)
}

/** A tie to a place is taken back by whoever could have told of it; one to a case stays. */
const untie: Draw = (given) => {
  const own = (row: Row) => row.volunteer_id === given.rights.volunteer
  const row = (given.random.chance(0.5) ? pick(given, 'volunteer_tie', own) : null) ?? pickSeen(given, 'volunteer_tie')
  if (!row) return null
  const set = { withdrawn_at: now, withdrawn_by: given.signed, withdrawn_reason: 'x' }
  const allowed = row.municipality_code !== null && (coordinates(given) || own(row)) && given.honest
  return update(given, 'volunteer_tie', row, set, allowed)
}

const account: Draw = (given) => {
  const email = `uus${given.random.whole(1, 1e9)}@naidis.example`
  return insert(
    'person',
    { email, name: 'Näidis-Uus' },
    has(given.rights, 'admin', 'coordinator') && given.rights.inPerson,
  )
}
const mendSelf: Draw = (given) => {
  const row = pickSeen(given, 'person', ({ id }) => given.random.chance(0.1) || id === given.me)
  if (!row) return null
  // Without its own account the process would fall silent.
  const allowed = (row.id === given.me || has(given.rights, 'admin')) && !isProcess(given, row)
  // What somebody is called, no statement changes.
  const name = given.rights.roles.size > 0 && given.random.chance(0.2)
  return update(given, 'person', row, name ? { name: 'Näidis-Teine' } : { phone: '+372 5550000' }, allowed && !name)
}

/**
 * One person ends a role, never their own; nobody makes one longer, and the process keeps its own. The coordinator ends the role of a
 * volunteer; whoever stands in for her may, and may only end it: from yesterday on.
 */
const endRole: Draw = (given) => {
  const { today } = given.rights.facts
  // Mostly one that holds today; one's own and that of the process more often than chance would have it.
  const over = given.random.chance(0.15)
  const holds = ({ valid_from, valid_to }: Row) => (valid_from ?? '') <= today && (valid_to ?? '') >= today !== over
  const near = given.random.pick([
    ({ person_id }: Row) => person_id === given.me,
    ({ role }: Row) => role === 'system',
    ...[null, null, null, null, null, null],
  ])
  const row =
    (near && pick(given, 'person_role', (one) => holds(one) && near(one))) ?? pickSeen(given, 'person_role', holds)
  if (!row) return null
  const valid_to = given.random.pick(['3000-01-01', today, plusDays(today, -1), plusDays(today, -2)])
  if (valid_to < plusDays(row.valid_from ?? '', -1)) return null
  const ends = valid_to < today && (row.valid_to ?? '') >= today
  const helps = coordinates(given) && row.role === 'volunteer' && (given.rights.inPerson || ends)
  const longer = valid_to > (row.valid_to ?? '')
  const allowed =
    (has(given.rights, 'admin') || helps) && row.role !== 'system' && row.person_id !== given.me && !longer
  return update(given, 'person_role', row, { valid_to }, allowed)
}

/** Decision 14: every role by the administrator, those who help by the coordinator; in person, in one's own name, never for oneself. */
const askRole: Draw = (given) => {
  const process = given.random.chance(0.1)
  const whom = pick(given, 'person', (row) => row.status === 'active' && isProcess(given, row) === process)
  if (!whom || given.signed === whom.id) return null
  const role = given.random.pick(['volunteer', 'supervisor', 'trainer', 'manager'])
  const helps = coordinates(given) && ['volunteer', 'supervisor'].includes(role)
  const row = {
    kind: 'role',
    person_id: whom.id ?? '',
    role,
    valid_from: given.rights.facts.today,
    valid_to: '2999-12-31',
    reason: 'x',
  }
  const may = (has(given.rights, 'admin') || helps) && given.rights.inPerson
  const allowed = may && !process && given.honest
  const attempt = insert('confirmation', { ...row, proposed_by: given.signed, expires_at: '@until' }, allowed)
  return until(attempt, `now() + interval '5 days'`)
}

const questionnaire: Draw = (given) => {
  const row = {
    name: 'Näidis',
    version: given.random.whole(1, 1e6),
    valid_from: '2026-01-01',
    questions: '[]',
    note: 'x',
  }
  return insert(
    'instrument',
    { ...row, high_from: 1, medium_from: 1, escalation_from: 1 },
    has(given.rights, 'coordinator', 'admin'),
  )
}

/** One's own card after a fresh proof, and nobody's else. */
const card: Draw = (given) => {
  const linked = new Set(given.rights.facts.rows('person_identity').map((row) => row.person_id))
  const free = (row: Row) => !linked.has(row.id ?? null)
  const helpers = (row: Row) => free(row) && onlyHelps(given, row)
  const own = given.random.chance(0.4) ? given.rights.facts.one('person', given.me) : null
  const whom =
    own && free(own)
      ? own
      : ((given.random.chance(0.5) ? pick(given, 'person', helpers) : null) ?? pick(given, 'person', free))
  if (!whom) return null
  const self = whom.id === given.me && given.rights.fresh
  const allowed = self && given.honest
  const subject_index = `\\x${given.random.whole(1e8, 9e8).toString(16).padStart(32, '0')}`
  return insert('person_identity', { person_id: whom.id ?? '', subject_index, linked_by: given.signed }, allowed)
}
const onlyHelps = ({ rights }: Given, { id }: Row) => {
  const roles = rights.facts.rows('person_role').filter((row) => row.person_id === id)
  return roles.length > 0 && roles.every((row) => row.role === 'volunteer')
}

/** What was found is judged once, in one's own name, by whoever sees it. */
const judgeFinding: Draw = (given) => {
  const row = pickSeen(given, 'watch_finding', ({ judgement }) => judgement === null || given.random.chance(0.1))
  if (!row) return null
  const set = { judgement: 'explained', judged_by: given.signed, judged_at: now, words_sealed: '\\x01' }
  const judges = has(given.rights, 'auditor', 'admin') && row.judgement === null
  return update(given, 'watch_finding', row, set, judges && given.honest)
}
const workbook: Draw = (given) => {
  const behalf = given.rights.inPerson ? null : given.rights.desk
  const made_for = given.random.chance(0.8) ? behalf : (pick(given, 'person')?.id ?? null)
  const row = { sha256: 'y', counts: '{}', made_by: given.signed, made_for }
  return insert('import_batch', row, coordinates(given) && given.honest && made_for === behalf)
}
const decideWorkbook: Draw = (given) => {
  const row = pickSeen(given, 'import_batch')
  return row && update(given, 'import_batch', row, { state: 'discarded', decided_at: now }, coordinates(given))
}

const told =
  (table: string, column: string): Draw =>
  (given) => {
    const row = pickSeen(given, table, (one) => one[column] === null)
    return row && update(given, table, row, { [column]: now }, byProcess(given) && open(given, row.case_id))
  }
const checkpoint: Draw = (given) =>
  insert(
    'audit_checkpoint',
    { number: given.random.whole(1e6, 1e9), size: 1, head: '\\x00', note: 'x' },
    byProcess(given),
  )
const delivery: Draw = (given) =>
  insert('audit_delivery', { number: 1, place: `p${given.random.next()}` }, byProcess(given))
const delivered: Draw = (given) => {
  const text = `update audit_delivery set attempts = 2 where number = 1`
  return { table: 'audit_delivery', name: 'audit_delivery update', text, allowed: byProcess(given) }
}

export const peopleDraws: Draw[] = [
  ...[volunteer, mendVolunteer, mendPaper, tie, untie, account, mendSelf, endRole, askRole],
  ...askedDraws,
  ...[questionnaire, card],
  ofVolunteer('volunteer_evidence', ({ signed }) => ({
    kind: 'pledge',
    valid_from: '2026-01-01',
    passed: true,
    recorded_by: signed,
  })),
  ofVolunteer('volunteer_status', ({ signed }) => ({ status: 'paused', from_on: '2026-11-01', recorded_by: signed })),
  ...[
    judgeFinding,
    workbook,
    decideWorkbook,
    told('wall', 'told_at'),
    told('break_glass', 'told_asked_at'),
    told('mail_outbox', 'sent_at'),
  ],
  ...[checkpoint, delivery, delivered, ...awayDraws],
]

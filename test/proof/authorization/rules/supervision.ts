// Who guides whom in somebody's place, and who may know of a talk? Decision 29, from its text and without SQL.

import type { Row } from '../world/world.ts'
import type { Rule } from './cases.ts'
import { type Facts, guidesRow, has, type Rights, rolesOf, runs } from './rights.ts'

const plus = (day: string, days: number) =>
  new Date(Date.parse(`${day}T00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)
const inOffice = (facts: Facts, person: string | null | undefined) =>
  rolesOf(facts, person ?? null).some(({ role }) => role === 'supervisor')
/** Four weeks between two talks, and one more before the duty moves: nobody has set anything else in these worlds. */
const patience = 4 * 7 + 7

/** A supervisor is away on the days she named, unless she came back before. */
const isAway = (facts: Facts, supervisor: string) =>
  facts
    .rows('supervision_absence')
    .some(
      (row) =>
        row.supervisor_id === supervisor &&
        !row.ended_at &&
        (row.from_on ?? '') <= facts.today &&
        facts.today <= (row.to_on ?? ''),
    )

/** Whoever supports somebody was not sat with in time: counted from the last talk, and from nothing before there was somebody to count. */
function lapsed(facts: Facts, volunteer: Row, from: string): boolean {
  const running = facts
    .rows('assignment')
    .filter((row) => row.volunteer_id === volunteer.id && runs(facts, row) && (row.start_on ?? '9') <= facts.today)
  if (running.length === 0) return false
  const begun = running.map((row) => row.start_on ?? '').toSorted()[0] ?? ''
  const came = facts
    .rows('supervision_participant')
    .filter((row) => row.volunteer_id === volunteer.id && row.attended === 'true')
  const held = came.flatMap((row) => {
    const session = facts.one('supervision_session', row.session_id)
    return session?.held_on && session.kind !== 'covision' ? [session.held_on] : []
  })
  const clock = [...held, begun, volunteer.supervisor_since ?? '', from].toSorted().at(-1) ?? ''
  return facts.today > plus(clock, patience)
}

/** Those whom this person guides for somebody else, and for whom. Both are in office, and nobody guides herself. */
export function dutiesOf(facts: Facts, me: string | null): { volunteer: string; supervisor: string }[] {
  if (!inOffice(facts, me)) return []
  const lines = facts.rows('supervision_deputy').filter((row) => row.deputy_id === me && !row.ended_at)
  return lines.flatMap(({ supervisor_id, from_on }) => {
    const supervisor = supervisor_id ?? ''
    if (!inOffice(facts, supervisor)) return []
    const guided = facts.rows('volunteer').filter((row) => row.supervisor_id === supervisor && row.person_id !== me)
    const moved = guided.filter((row) => isAway(facts, supervisor) || lapsed(facts, row, from_on ?? ''))
    return moved.map((row) => ({ volunteer: row.id ?? '', supervisor }))
  })
}

const participants = ({ facts }: Rights, session: string | null | undefined) =>
  facts.rows('supervision_participant').filter((row) => row.session_id === session)

/** What was spoken of: whoever led it, while she guides somebody of them; and whoever guides everybody of them. */
export function readsNote(rights: Rights, session: string | null | undefined): boolean {
  const all = participants(rights, session)
  const guided = all.filter((row) => rights.supervisees.has(row.volunteer_id ?? ''))
  if (guided.length === 0) return false
  return guided.length === all.length || rights.facts.one('supervision_session', session)?.led_by === rights.me
}

export const openTalk = ({ facts }: Rights, session: string | null | undefined) => {
  const row = facts.one('supervision_session', session)
  return row !== undefined && !row.held_on && !row.called_off_at
}

const knows: Rule = (rights, row) =>
  rights.supervisees.has(row.volunteer_id ?? '') || (rights.volunteer !== null && row.volunteer_id === rights.volunteer)
export const mine = (rights: Rights, row: Row) => rights.volunteer !== null && row.volunteer_id === rights.volunteer
/** A round of the country is known to the coordinator and to those who look; one of her own to the supervisor, and to whoever stands in for her. */
export function knowsRound(rights: Rights, row: Row): boolean {
  if (has(rights, 'system')) return true
  if (!row.supervisor_id) return has(rights, 'coordinator', 'supervisor')
  if (!has(rights, 'supervisor')) return false
  const duties = dutiesOf(rights.facts, rights.me)
  return row.supervisor_id === rights.me || duties.some(({ supervisor }) => supervisor === row.supervisor_id)
}
const found: Rule = (rights, row) => guidesRow(rights, row)
const stepsIn: Rule = (rights) => has(rights, 'coordinator', 'auditor', 'supervisor', 'system')

/** A covision to come that others may bring somebody to; whoever guides nobody has nothing to do with it. */
export const isOpenToOthers = (rights: Rights, session: Row) =>
  has(rights, 'supervisor') &&
  rights.supervisees.size > 0 &&
  session.shared === 'true' &&
  openTalk(rights, session.id) &&
  (session.planned_on ?? '') >= rights.facts.today

export const supervisionRules: Record<string, Rule> = {
  supervision_deputy: stepsIn,
  // A victim support worker says it in the same place, and knows of her own days alone.
  supervision_absence: (rights, row, login) =>
    stepsIn(rights, row, login) || (has(rights, 'lead') && row.supervisor_id === rights.me),
  supervision_session: (rights, row, login) =>
    participants(rights, row.id).some((one) => knows(rights, one, login)) || isOpenToOthers(rights, row),
  // Whoever writes a session down knows who was in it.
  supervision_participant: (rights, row, login) => knows(rights, row, login) || readsNote(rights, row.session_id),
  supervision_note: (rights, row) => readsNote(rights, row.session_id),
  // What somebody says of herself is hers, and of whoever guides her: not the coordinator's, the auditor's, the process's.
  wellbeing_checkin: knows,
  // What is asked about entries is known to those who are asked, and to those who answer; what was answered, to whoever guides them.
  sample_checklist: (rights) => has(rights, 'coordinator', 'supervisor', 'volunteer', 'system'),
  sample_round: knowsRound,
  sample_entry: found,
  sample_look: found,
  sample_topic: found,
  // That an entry was read is told to the one who wrote it, by whoever guides her.
  visit_reading: (rights, row) => guidesRow(rights, row) || mine(rights, row),
}

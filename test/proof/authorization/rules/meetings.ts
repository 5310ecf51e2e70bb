// Who may read when a network meets and what is on its agenda? `meeting.*`: the lead keeps it, members are invited, the coordinator counts.

import { addMonths } from '../../../../app/core/calendar/working-days.ts'
import type { Row } from '../world/world.ts'
import type { Rule } from './cases.ts'
import { type Facts, given, has, inNetwork, leads, type Rights, received, sharesCase, walledOff } from './rights.ts'

/** A member sees a meeting from the invitation on. */
const meeting: Rule = (rights, row) =>
  has(rights, 'coordinator', 'auditor', 'system') ||
  leads(rights, row) ||
  (inNetwork(rights, row) && row.invited_at !== null)

/** Whether I have promised silence at this meeting of my network (decision 23). */
export const pledged = (rights: Rights, row: Row) =>
  inNetwork(rights, row) &&
  rights.facts
    .rows('meeting_pledge')
    .some((promise) => promise.meeting_id === row.meeting_id && promise.person_id === rights.me)

/** For which agency somebody speaks in a network: as its lead says, otherwise for victim support who leads, and the others as their role reads. */
export function agencyOf(
  facts: Facts,
  network: string | null | undefined,
  person: string | null | undefined,
): string | null {
  const seat = facts
    .rows('agency_seat')
    .find((row) => row.network_id === network && row.person_id === person && !row.superseded_at)
  const here = facts.rows('person_role').filter((row) => row.person_id === person && row.network_id === network)
  const posts = here.filter((row) => (row.valid_from ?? '') <= facts.today && facts.today <= (row.valid_to ?? ''))
  if (posts.length === 0) return null
  return seat?.agency ?? (posts.some((row) => row.role === 'lead') ? 'victim_support' : 'police')
}

/** Whether the words of a role that they hold there today name this agency. */
export const wordsSay = (
  facts: Facts,
  network: string | null | undefined,
  person: string | null,
  words: string,
): boolean =>
  facts
    .rows('person_role')
    .some(
      (row) =>
        row.person_id === person &&
        row.network_id === network &&
        row.agency === words &&
        (row.valid_from ?? '') <= facts.today &&
        facts.today <= (row.valid_to ?? ''),
    )

/** Whoever was named for the next meeting to which people were invited, otherwise for the last one held, as long as they sit there. */
export function chairOf(facts: Facts, network: string | null | undefined): string | null {
  const known = facts
    .rows('meeting')
    .filter((row) => row.network_id === network && row.chair_id !== null && row.invited_at !== null)
    .filter((row) => row.phase !== 'cancelled' && agencyOf(facts, network, row.chair_id) !== null)
    .toSorted((a, b) => ((a.on_date ?? '') < (b.on_date ?? '') ? -1 : 1))
  const next = known.find((row) => row.phase !== 'held') ?? known.findLast((row) => row.phase === 'held')
  return next?.chair_id ?? null
}

/** What an agency told: its own, and after the promise what its agency may be told. */
const research: Rule = (rights, row) => {
  if (!sharesCase(rights, row) || given(rights, row.case_id)) return false
  const mine = agencyOf(rights.facts, row.network_id, rights.me)
  const told = JSON.parse(row.told_to ?? '[]') as string[]
  return row.agency === mine || (pledged(rights, row) && (told.length === 0 || told.includes(mine ?? '')))
}

/** Whose it is to ask her: who leads, and who speaks for victim support. */
export const asks = (rights: Rights, row: Row) =>
  leads(rights, row) ||
  (inNetwork(rights, row) && agencyOf(rights.facts, row.network_id, rights.me) === 'victim_support')

/** What she said: whoever asks her, and those who promised silence there; it stays where it was said. */
const view: Rule = (rights, row) =>
  sharesCase(rights, row) && !given(rights, row.case_id) && (asks(rights, row) || pledged(rights, row))

/** Decision 20: twelve months since the network's last meeting that heard of the case, or since it was closed, and not taken off since. */
export function flagPassed(facts: Facts, of: Row): boolean {
  const mine = (row: Row) => row.case_id === of.id
  const held = facts
    .rows('agenda_item')
    .filter((item) => mine(item) && item.removed_at === null)
    .map((item) => ({ item, meeting: facts.one('meeting', item.meeting_id) }))
    .filter(
      ({ meeting }) => meeting?.network_id === of.network_id && ['held', 'cancelled'].includes(meeting?.phase ?? ''),
    )
    .toSorted((a, b) => ((a.meeting?.on_date ?? '') < (b.meeting?.on_date ?? '') ? 1 : -1))[0]
  const outcome = held?.item.outcome ?? null
  const closedOn = facts.rows('case_closing').find((row) => mine(row) && row.reopened_at === null)?.closed_on ?? null
  if (closedOn === null && (outcome === null || outcome === 'carried')) return false
  const days = [outcome === null ? null : (held?.meeting?.on_date ?? null), closedOn].filter((day) => day !== null)
  const since = days.toSorted().at(-1)
  if (!since || addMonths(since, 12) > facts.today) return false
  const lifts = facts.rows('marac_flag_lift').filter(mine)
  return !lifts.some(({ lifted_at }) => tallinn(lifted_at) >= since)
}
export const tallinn = (at: string | null | undefined) =>
  new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Tallinn' }).format(Date.parse(at ?? ''))

const seesMeeting: Rule = (rights, row, login) => {
  const of = rights.facts.one('meeting', row.meeting_id)
  return of !== undefined && meeting(rights, of, login)
}

export const meetingRules: Record<string, Rule> = {
  // Who speaks for which agency: the network, the coordinator, and the process that reminds.
  agency_seat: (rights, row) => inNetwork(rights, row) || has(rights, 'coordinator', 'system'),
  network_rhythm: (rights, row) => inNetwork(rights, row) || has(rights, 'coordinator', 'auditor'),
  meeting,
  meeting_event: seesMeeting,
  meeting_pledge: seesMeeting,
  meeting_attendance: (rights, row, login) => inNetwork(rights, row) && seesMeeting(rights, row, login),
  minutes: pledged,
  // The mark of what the minutes say of a case.
  annex_mark: (rights, row) => sharesCase(rights, row) && pledged(rights, row) && !given(rights, row.case_id),
  // A file of the minutes that went out: who reads these, the auditor, and whoever sees that something of a case stood in it.
  outgoing_file: (rights, row) =>
    has(rights, 'auditor') ||
    pledged(rights, row) ||
    rights.facts
      .rows('outgoing_case')
      .some((of) => of.file_id === row.id && !walledOff(rights, of.case_id) && sharesCase(rights, of)),
  outgoing_case: (rights, row) => has(rights, 'auditor') || sharesCase(rights, row),
  research,
  victim_view: view,
  // Whoever took the case over reads what was decided before.
  case_decision: (rights, row) =>
    inNetwork(rights, row)
      ? sharesCase(rights, row) && pledged(rights, row) && !given(rights, row.case_id)
      : received(rights, row.case_id),
  case_action: (rights, row) => sharesCase(rights, row) || has(rights, 'coordinator', 'system'),
  risk_answer: (rights, row) => sharesCase(rights, row),
  plan_approval: (rights, row) => sharesCase(rights, row),
  // Of the network only who sees the meeting, and the case.
  agenda_item: (rights, row, login) => {
    const of = rights.facts.one('meeting', row.meeting_id)
    return (
      has(rights, 'coordinator', 'system') ||
      (of !== undefined && sharesCase(rights, row) && !given(rights, row.case_id) && meeting(rights, of, login))
    )
  },
  marac_flag_lift: (rights, row) => sharesCase(rights, row) || has(rights, 'coordinator'),
}

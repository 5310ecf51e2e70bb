// May somebody plan, move and fill a meeting? `meeting.*`: the lead of the network, and nobody else.
import { agencyOf, flagPassed } from '../rules/meetings.ts'
import { closed, given as gone, leads, unfounded } from '../rules/rights.ts'
import type { Row } from '../world/world.ts'
import { type Draw, foreign, type Given, insert, now, open, pick, pickSeen, place, update } from './draw.ts'

/** Of a network that I lead first, and of one in which I am but a member. */
function pickNetwork(given: Given): Row | null {
  const mine = ({ id }: Row) => given.rights.networks.has(id ?? '')
  return (given.random.chance(0.7) ? pick(given, 'network', mine) : null) ?? pick(given, 'network')
}
const ledBy = (given: Given, network: Row) => leads(given.rights, { network_id: network.id ?? null })

const seat: Draw = (given) => {
  const network = pickNetwork(given)
  const seated = given.rights.facts.rows('agency_seat').filter((row) => row.network_id === network?.id)
  const free = ({ id }: Row) => !seated.some((row) => row.person_id === id)
  const { today } = given.rights.facts
  const ofNetwork = given.rights.facts.rows('person_role').filter((row) => row.network_id === network?.id)
  const ahead = ofNetwork.filter(({ valid_from }) => (valid_from ?? '') > today)
  const near = given.random.pick([ofNetwork, ofNetwork, ahead, null])
  const known = near && pick(given, 'person', (row) => free(row) && near.some(({ person_id }) => person_id === row.id))
  const whom = known ?? pick(given, 'person', free)
  if (!network || !whom) return null
  // Somebody of the network, whether or not their account is open today.
  const posts = ofNetwork.filter(({ person_id }) => person_id === whom.id)
  const belongs = posts.some(({ valid_from, valid_to }) => (valid_from ?? '') <= today && today <= (valid_to ?? ''))
  const row = { network_id: network.id ?? '', person_id: whom.id ?? '', agency: 'health', recorded_by: given.signed }
  return insert('agency_seat', row, ledBy(given, network) && belongs && given.honest)
}
const leaveSeat: Draw = (given) => {
  const row = pickSeen(given, 'agency_seat')
  if (!row) return null
  return update(
    given,
    'agency_seat',
    row,
    { superseded_at: now },
    leads(given.rights, row) && row.superseded_at === null,
  )
}
const rhythm: Draw = (given) => {
  const network = pickNetwork(given)
  const row = {
    valid_from: '2031-01-01',
    mode: 'sitting',
    every_months: 2,
    week: 1,
    weekday: 1,
    recorded_by: given.signed,
  }
  return (
    network && insert('network_rhythm', { network_id: network.id ?? '', ...row }, ledBy(given, network) && given.honest)
  )
}
const plan: Draw = (given) => {
  const network = pickNetwork(given)
  if (!network) return null
  const chair_id = given.random.chance(0.4) ? (pick(given, 'person')?.id ?? null) : null
  const sits = chair_id === null || agencyOf(given.rights.facts, network.id, chair_id) !== null
  const row = { network_id: network.id ?? '', mode: 'sitting', on_date: '2031-05-05', cut_off_on: '2031-05-01' }
  const allowed = ledBy(given, network) && sits && given.honest
  return insert('meeting', { ...row, chair_id, created_by: given.signed }, allowed)
}
const move: Draw = (given) => {
  const row = pickSeen(given, 'meeting')
  if (!row) return null
  // A chair is somebody of the network: where the one who was named has left, another is named first.
  const chair = given.random.chance(0.5) ? (pick(given, 'person')?.id ?? null) : (row.chair_id ?? null)
  const sits = chair === null || agencyOf(given.rights.facts, row.network_id, chair) !== null
  const set = { place: 'Näidise 1', chair_id: chair }
  return update(given, 'meeting', row, set, leads(given.rights, row) && sits)
}
const cancelled: Draw = (given) => {
  const of = pickSeen(given, 'meeting')
  if (!of) return null
  const row = {
    network_id: of.network_id ?? '',
    meeting_id: of.id ?? '',
    kind: 'moved',
    was_on: '2031-05-05',
    reason_sealed: '\\x01',
  }
  return insert('meeting_event', { ...row, recorded_by: given.signed }, leads(given.rights, of) && given.honest)
}
const onAgenda: Draw = (given) => {
  const of = pickSeen(given, 'meeting')
  const listed = given.rights.facts.rows('agenda_item').filter((row) => row.meeting_id === of?.id)
  const one = pickSeen(
    given,
    'case_file',
    (row) => row.network_id === of?.network_id && !listed.some(({ case_id }) => case_id === row.id),
  )
  if (!of || !one) return null
  const other = foreign(given, of)
  const item = {
    network_id: of.network_id ?? '',
    case_id: other?.id ?? one.id ?? '',
    meeting_id: of.id ?? '',
    kind: 'added',
    position: 99,
    reason_sealed: '\\x01',
    added_by: given.signed,
  }
  const allowed =
    other === null &&
    !['held', 'cancelled'].includes(of.phase ?? '') &&
    leads(given.rights, of) &&
    open(given, one.id) &&
    !unfounded(given.rights, one.id) &&
    !closed(given.rights, one.id)
  return insert('agenda_item', item, allowed && given.honest)
}
const reorder: Draw = (given) => {
  const row = pickSeen(given, 'agenda_item')
  if (!row) return null
  // Whoever coordinates as well sees it where the case has gone over, and yet it is not that network's to order any more.
  const mine = leads(given.rights, row) && open(given, row.case_id) && !gone(given.rights, row.case_id)
  return update(given, 'agenda_item', row, { position: 98 }, mine)
}
const liftFlag: Draw = (given) => {
  const { facts } = given.rights
  const passed = (row: Row) => flagPassed(facts, row)
  const mine = (row: Row) => passed(row) && leads(given.rights, row)
  const waits = (row: Row) => !passed(row) && leads(given.rights, row) && row.status === 'closed'
  const near = given.random.pick([mine, mine, mine, waits, null])
  const of = (near && pick(given, 'case_file', near)) ?? pickSeen(given, 'case_file')
  if (!of) return null
  const allowed = leads(given.rights, of) && open(given, of.id) && passed(of)
  return insert('marac_flag_lift', { ...place(of), lifted_by: given.signed }, allowed && given.honest)
}

export const meetingDraws: Draw[] = [seat, leaveSeat, rhythm, plan, move, cancelled, onAgenda, reorder, liftFlag]

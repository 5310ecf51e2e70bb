// May somebody name a deputy, say that a supervisor is away, plan a talk, write it down? Decision 29.
import { has } from '../rules/rights.ts'
import { openTalk, readsNote, supervisionRules } from '../rules/supervision.ts'
import type { Row } from '../world/world.ts'
import { type Draw, type Given, insert, literal, now, pick, pickSeen, update } from './draw.ts'

const guides = ({ rights }: Given) => has(rights, 'supervisor')

/** The coordinator names the deputy, in her own name; of somebody who has none. */
const deputy: Draw = (given) => {
  const covered = new Set(
    given.rights.facts.rows('supervision_deputy').flatMap((row) => (row.ended_at ? [] : [row.supervisor_id ?? ''])),
  )
  const self = given.random.chance(0.15) ? given.rights.facts.one('person', given.me) : null
  const [of, other] = [pick(given, 'person', ({ id }) => !covered.has(id ?? '')), self ?? pick(given, 'person')]
  if (!of || !other || of.id === other.id) return null
  const row = { supervisor_id: of.id ?? '', deputy_id: other.id ?? '', set_by: given.signed }
  return insert('supervision_deputy', row, has(given.rights, 'coordinator') && given.honest && other.id !== given.me)
}
const endDeputy: Draw = (given) => {
  const row = pickSeen(given, 'supervision_deputy', ({ ended_at }) => !ended_at)
  const over = { ended_by: given.signed, ended_at: now }
  return row && update(given, 'supervision_deputy', row, over, has(given.rights, 'coordinator') && given.honest)
}

/** One's own absence, as a supervisor or a victim support worker; everybody's, as the coordinator; from today on. */
const speaksFor = (given: Given, supervisor: string | null | undefined) =>
  has(given.rights, 'coordinator') || (has(given.rights, 'supervisor', 'lead') && supervisor === given.me)
const absence: Draw = (given) => {
  const of = given.random.chance(0.5) ? given.me : (pick(given, 'person')?.id ?? '')
  const { today } = given.rights.facts
  const from_on = given.random.chance(0.7) ? today : '2026-01-01'
  const row = { supervisor_id: of, from_on, to_on: from_on, told_by: given.signed }
  return insert('supervision_absence', row, speaksFor(given, of) && given.honest && from_on === today)
}
const comeBack: Draw = (given) => {
  const own = (row: Row) => !row.ended_at && speaksFor(given, row.supervisor_id)
  const row =
    pick(given, 'supervision_absence', own) ?? pickSeen(given, 'supervision_absence', ({ ended_at }) => !ended_at)
  const allowed = row !== null && speaksFor(given, row.supervisor_id) && given.honest
  return row && update(given, 'supervision_absence', row, { ended_by: given.signed, ended_at: now }, allowed)
}

const talk: Draw = (given) => {
  const row = { kind: 'individual', planned_on: given.rights.facts.today, led_by: given.signed }
  return insert('supervision_session', row, guides(given) && given.honest)
}
const mineOr = (given: Given, wanted: (row: Row) => boolean) =>
  pick(
    given,
    'supervision_session',
    (row) => wanted(row) && readsNote(given.rights, row.id) && openTalk(given.rights, row.id),
  ) ?? pickSeen(given, 'supervision_session', wanted)
/** Now and then a talk of one's own that was held or called off: there nothing changes any more. */
function overNow(given: Given, wanted: (row: Row) => boolean = () => true): Row | null {
  const over = ({ id }: Row) => readsNote(given.rights, id) && !openTalk(given.rights, id)
  return given.random.chance(0.25) ? pick(given, 'supervision_session', (row) => wanted(row) && over(row)) : null
}
const hold: Draw = (given) => {
  const row = overNow(given) ?? mineOr(given, ({ id }) => openTalk(given.rights, id))
  const allowed = row !== null && readsNote(given.rights, row.id) && openTalk(given.rights, row.id)
  return row && update(given, 'supervision_session', row, { held_on: given.rights.facts.today }, allowed)
}

/** Somebody whom one guides, never oneself, comes into a talk that one leads and that is not over. */
const invite: Draw = (given) => {
  // A talk of one's own, or somebody else's: into that nobody else brings anybody.
  const own = given.random.chance(0.6)
  const led = (row: Row) => (row.led_by === given.me) === own
  const session =
    (given.random.chance(0.7)
      ? pick(given, 'supervision_session', (row) => led(row) && openTalk(given.rights, row.id))
      : null) ?? pick(given, 'supervision_session', led)
  const { supervisees, volunteer } = given.rights
  // Somebody guided herself, from before nobody could.
  const herself = given.random.chance(0.15)
  const near = given.random.chance(0.7)
    ? pick(given, 'volunteer', ({ id }) => supervisees.has(id ?? '') && (id === volunteer) === herself)
    : null
  const of = near ?? pick(given, 'volunteer')
  const there = given.rights.facts.rows('supervision_participant')
  if (!session || !of || there.some((row) => row.session_id === session.id && row.volunteer_id === of.id)) return null
  const row = { session_id: session.id ?? '', volunteer_id: of.id ?? '', led_by: session.led_by ?? '' }
  // A session of which I know because I may bring somebody to it, or because somebody whom I guide is in it already.
  const seen = supervisionRules.supervision_session?.(given.rights, session, 'tugivork_write') === true
  const allowed =
    (session.led_by === given.me || (session.shared === 'true' && seen)) &&
    supervisees.has(of.id ?? '') &&
    of.id !== volunteer &&
    openTalk(given.rights, session.id)
  return insert('supervision_participant', row, allowed)
}
const came: Draw = (given) => {
  const free = (row: Row) => row.attended === null
  const own = (row: Row) =>
    free(row) && readsNote(given.rights, row.session_id) && openTalk(given.rights, row.session_id)
  const row =
    (given.random.chance(0.6) ? pick(given, 'supervision_participant', own) : null) ??
    pickSeen(given, 'supervision_participant', free)
  if (!row) return null
  const where = `session_id = ${literal(row.session_id ?? '')} and volunteer_id = ${literal(row.volunteer_id ?? '')}`
  return {
    table: 'supervision_participant',
    name: 'supervision_participant update',
    text: `update supervision_participant set attended = true where ${where}`,
    allowed: own(row),
  }
}

const note: Draw = (given) => {
  const noted = new Set(given.rights.facts.rows('supervision_note').map((row) => row.session_id))
  const free = ({ id }: Row) => !noted.has(id ?? null)
  const of = overNow(given, free) ?? mineOr(given, free)
  if (!of) return null
  const row = { session_id: of.id ?? '', topics: ['safety'], words_sealed: '\\x01', written_by: given.signed }
  return insert(
    'supervision_note',
    row,
    given.honest && readsNote(given.rights, of.id) && openTalk(given.rights, of.id),
  )
}
const noteKey: Draw = (given) => {
  const keyed = new Set(given.rights.facts.rows('sealed_key').map((row) => row.owner_id))
  const of = mineOr(given, ({ id }) => !keyed.has(id ?? null))
  const row = { kind: 'session', owner_id: of?.id ?? '', master_id: 'm', wrapped: '\\x01' }
  return of && insert('sealed_key', row, readsNote(given.rights, of.id))
}

export const supervisionDraws: Draw[] = [deputy, endDeputy, absence, comeBack, talk, hold, invite, came, note, noteKey]

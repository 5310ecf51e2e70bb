// May somebody begin a look at what is sealed? §3.4, §3.6: a purpose, a fresh proof, ten minutes, and only what is theirs to ask about.
import { tallinn } from '../../rules/meetings.ts'
import { has, type Rights, sharesCase, unfounded } from '../../rules/rights.ts'
import { looksADay } from '../../world/looks.ts'
import type { Row } from '../../world/world.ts'
import { type Draw, insert, open, pick, pickSeen, place, until } from '../draw.ts'

type Look = { what: string; item: Row; of: Row; minutes: number }

const look: Draw = (given) => {
  const what = given.random.pick(['identity', 'whereabouts', 'whereabouts'])
  const { glass, supported } = given.rights
  const mine = (row: Row) => supported.has(row.id ?? '') || row.id === glass?.caseId
  const of = (given.random.chance(0.7) ? pick(given, 'case_file', mine) : null) ?? pickSeen(given, 'case_file')
  // Nor at a place as if it were a name.
  const mixed = given.random.chance(0.1)
  const item =
    of &&
    pick(
      given,
      (what === 'identity') !== mixed ? 'case_person' : 'case_whereabouts',
      (row) => row.case_id === of.id || given.random.chance(0.002),
    )
  if (!of || !item) return null
  const minutes = given.random.pick([5, 5, 5, 15])
  const meant = !mixed && open(given, of.id) && given.honest
  const allowed = mayAsk(given.rights, { what, item, of, minutes }) && meant
  const row = { ...place(of), person_id: given.signed, what, item_id: item.id ?? '', purpose_sealed: '\\x01' }
  const attempt = insert('reveal', { ...row, until: '@until' }, allowed)
  return until(attempt, `now() + interval '${minutes} minutes'`)
}

function mayAsk(rights: Rights, { what, item, of, minutes }: Look): boolean {
  if (minutes > 10 || item.case_id !== of.id || item.superseded_at) return false
  // Decision 16: in an emergency a name, and a place where life is in danger; the use itself was proved for.
  if (rights.glass?.caseId === of.id && (what === 'identity' || rights.glass?.danger)) return true
  // Decision 18: without a ground nobody but the lead has anything to ask for.
  if (!rights.fresh || spent(rights) || (unfounded(rights, of.id) && !sharesCase(rights, of))) return false
  if (has(rights, 'coordinator') || sharesCase(rights, of)) return true
  return what === 'whereabouts' && rights.supported.has(of.id ?? '') && openedNow(rights, item)
}

/** A day has so many looks, whatever they are at; to close the notes of a workbook is none. */
const spent = ({ facts, me }: Rights) =>
  facts.rows('reveal').filter((row) => row.person_id === me && row.what !== 'import' && tallinn(row.at) === facts.today)
    .length >= looksADay

/** R11: what the brief of today opens to the support person. */
function openedNow(rights: Rights, item: Row): boolean {
  const briefs = rights.facts.rows('case_brief').filter((row) => row.case_id === item.case_id && !row.superseded_at)
  return briefs.some((row) => (JSON.parse(row.whereabouts_ids ?? '[]') as string[]).includes(item.id ?? ''))
}

/** To close the notes of an old workbook the coordinator holds a key for a minute and sees no value. */
const lookOfWorkbook: Draw = (given) => {
  const of = pickSeen(given, 'case_file')
  if (!of) return null
  const minutes = given.random.pick([1, 1, 5])
  const hers = has(given.rights, 'coordinator') && (!unfounded(given.rights, of.id) || sharesCase(given.rights, of))
  // It names nobody and nothing, and is no other look.
  const what = given.random.chance(0.1) ? 'identity' : 'import'
  const named = what === 'import' && given.random.chance(0.1)
  const item = named ? pick(given, 'case_person', ({ case_id }) => case_id === of.id) : null
  const meant = what === 'import' && item === null && minutes === 1
  const allowed = hers && meant && open(given, of.id) && given.honest
  const asked = { ...place(of), person_id: given.signed, what, item_id: item?.id ?? null }
  const row = { ...asked, purpose_sealed: '\\x01', until: '@until' }
  const attempt = insert('reveal', row, allowed)
  return until(attempt, `now() + interval '${minutes} minutes'`)
}

/** What is to be done in a case is read by the coordinator, who is not of its network, for ten minutes at most. */
const lookOfPlan: Draw = (given) => {
  const of = pickSeen(given, 'case_file')
  if (!of) return null
  const [item, minutes] = [given.random.chance(0.8) ? of : pick(given, 'case_file'), given.random.pick([10, 5, 15])]
  const founded = !unfounded(given.rights, of.id) || sharesCase(given.rights, of)
  const able = given.rights.fresh && !spent(given.rights)
  const hers = has(given.rights, 'coordinator') && able && founded && open(given, of.id)
  const what = given.random.chance(0.1) ? 'identity' : 'plan'
  const row = { ...place(of), person_id: given.signed, what, item_id: item?.id ?? '', purpose_sealed: '\\x01' }
  const allowed = hers && what === 'plan' && item === of && minutes <= 10 && given.honest
  const attempt = insert('reveal', { ...row, until: '@until' }, allowed)
  return until(attempt, `now() + interval '${minutes} minutes'`)
}

export const lookDraws: Draw[] = [look, look, look, lookOfWorkbook, lookOfPlan]

// May somebody write minutes, or approve them? `meeting.minutes.*`: the lead after the promise, and whoever chaired.
import { agencyOf, pledged } from '../rules/meetings.ts'
import { leads } from '../rules/rights.ts'
import type { Row } from '../world/world.ts'
import { type Draw, type Given, insert, literal, now, pick, pickSeen, until, update } from './draw.ts'

export const meetingOf = ({ rights }: Given, { meeting_id }: Row) => rights.facts.one('meeting', meeting_id)

const write: Draw = (given) => {
  const waiting = given.rights.facts.rows('minutes').filter(({ approved_at }) => !approved_at)
  const free = (row: Row) => !waiting.some(({ meeting_id }) => meeting_id === row.id)
  const mine = (row: Row) => free(row) && row.phase === 'held' && leads(given.rights, row)
  const of = (given.random.chance(0.7) ? pick(given, 'meeting', mine) : null) ?? pickSeen(given, 'meeting', free)
  if (!of) return null
  const { today } = given.rights.facts
  const promised = pledged(given.rights, { ...of, meeting_id: of.id ?? null })
  const row = {
    network_id: of.network_id ?? '',
    meeting_id: of.id ?? '',
    version: 9,
    ground: 'private_life',
    made_on: today,
  }
  const allowed = leads(given.rights, of) && promised && of.phase === 'held' && given.honest
  const attempt = insert(
    'minutes',
    { ...row, until_on: '@until', reason_sealed: '\\x01', recorded_by: given.signed },
    allowed,
  )
  const versions = given.rights.facts.rows('minutes').filter((one) => one.meeting_id === of.id)
  const began = versions.map((one) => one.made_on ?? '').sort()[0] ?? today
  return until(attempt, `(date ${literal(began)} + interval '75 years')::date`)
}
/** Whoever was named to chair; where nobody was, or the chair does not sit there any more, the lead. */
const approve: Draw = (given) => {
  const row = pickSeen(given, 'minutes', ({ approved_at }) => !approved_at)
  if (!row) return null
  const chair = meetingOf(given, row)?.chair_id ?? null
  const sits = chair !== null && agencyOf(given.rights.facts, row.network_id, chair) !== null
  const mine = chair === given.me || (!sits && leads(given.rights, row))
  return update(given, 'minutes', row, { approved_by: given.signed, approved_at: now }, mine && given.honest)
}

export const minutesDraws: Draw[] = [write, approve]

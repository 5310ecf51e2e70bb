// May somebody say that a support person is away or back, or what she takes on?
import { has } from '../rules/rights.ts'
import type { Row } from '../world/world.ts'
import { type Draw, type Given, insert, literal, now, pick, pickSeen, update } from './draw.ts'

const coordinates = ({ rights }: Given) => has(rights, 'coordinator')

/** Days away, from today on: her own, or said by the coordinator; either says that she is back. */
const speaksFor = (given: Given, volunteer: string | null | undefined) =>
  coordinates(given) || (given.rights.volunteer !== null && volunteer === given.rights.volunteer)
const goAway: Draw = (given) => {
  const own = given.random.chance(0.4) ? pick(given, 'volunteer', ({ id }) => id === given.rights.volunteer) : null
  const of = own ?? pickSeen(given, 'volunteer')
  if (!of) return null
  const { today } = given.rights.facts
  const from_on = given.random.chance(0.7) ? today : '2026-01-01'
  const row = { volunteer_id: of.id ?? '', from_on, to_on: from_on, told_by: given.signed }
  return insert('volunteer_away', row, speaksFor(given, of.id) && given.honest && from_on === today)
}
const comeBack: Draw = (given) => {
  const open = (row: Row) => !row.ended_at
  const own = (row: Row) => open(row) && row.volunteer_id === given.rights.volunteer
  const row =
    (given.random.chance(0.5) ? pick(given, 'volunteer_away', own) : null) ?? pickSeen(given, 'volunteer_away', open)
  const set = { ended_by: given.signed, ended_at: now }
  return row && update(given, 'volunteer_away', row, set, speaksFor(given, row.volunteer_id) && given.honest)
}

/** What she takes on and what not: her own, or said by the coordinator. */
const tellLimits: Draw = (given) => {
  const own = given.random.chance(0.4) ? pick(given, 'volunteer', ({ id }) => id === given.rights.volunteer) : null
  const of = own ?? pickSeen(given, 'volunteer')
  if (!of) return null
  const row = { volunteer_id: of.id ?? '', reach: 'county', hours: ['weekend'], refuses: [], told_by: given.signed }
  return insert('volunteer_limit', row, speaksFor(given, of.id) && given.honest)
}

/** Where she goes beside home. */
const addArea: Draw = (given) => {
  const of = pickSeen(given, 'volunteer')
  const row = { volunteer_id: of?.id ?? '', county_code: '0081', municipality_code: null }
  return of && insert('volunteer_area', row, speaksFor(given, of.id))
}
const dropArea: Draw = (given) => {
  const of = pickSeen(given, 'volunteer_area')
  if (!of) return null
  const text = `delete from volunteer_area where volunteer_id = ${literal(of.volunteer_id ?? '')}`
  return {
    ...{ table: 'volunteer_area', name: 'volunteer_area delete', text },
    allowed: speaksFor(given, of.volunteer_id),
  }
}

export const awayDraws: Draw[] = [goAway, comeBack, tellLimits, addArea, dropArea]

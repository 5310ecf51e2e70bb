// In which published order do we prefer one fitting support person to another, and what does each choice cost?
import { addMonths } from '../core/calendar/working-days.ts'
import type { Candidate, Need, Settings } from './eligibility.ts'
import type { Cost } from './instance.ts'

/**
 * The published order. Covering most needs comes before all of them; then each goal outweighs every later one over the
 * whole assignment: the least sum of the first, among those the least sum of the second, and so on. Sums are kept side
 * by side (see Cost), never added with weights.
 *
 * language   0 the need's language is the volunteer's first language, 1 she speaks it as a further one
 * distance   0 same municipality, 1 same county, 1 + steps between counties, 9 by telephone only
 * load       how many cases she already has when she takes this one: sharing evenly is cheapest (0 + 1 < 0 + 0 + …)
 * wait       24 less the full months an unused volunteer has waited, at most 24; 24 for whoever has a case
 * continuity 0 she has supported this victim before, 1 not
 */
export const goals = ['language', 'distance', 'load', 'wait', 'continuity'] as const
export type Goal = (typeof goals)[number]
export type Penalties = Record<Goal, number>

/** Where a county stands on the tile map. */
export type Tiles = Readonly<Record<string, { col: number; row: number }>>

/** The wait of an unused volunteer counts up to two years. */
export const longestWait = 24
/** Telephone support comes after everybody who can travel: counties are at most 5 steps apart. */
export const byTelephone = 9

/**
 * Steps between two counties on the tile map, diagonals counting as one (Chebyshev): 0 the same county, 1 neighbours.
 * An approximation published as such, not kilometres. Throws where a county is not on the map.
 */
export function countyDistance(a: string, b: string, tiles: Tiles): number {
  const [one, other] = [tiles[a], tiles[b]]
  if (!one || !other) throw new Error(`county not on the tile map: ${one ? b : a}`)
  return Math.max(Math.abs(one.col - other.col), Math.abs(one.row - other.row))
}

/** What a pair costs whichever of her cases it becomes: language, distance, –, –, continuity. */
export function pairCost(need: Need, volunteer: Candidate, settings: Settings): Cost {
  const language = volunteer.languages[0] === need.language ? 0 : 1
  const continuity = need.supportedBefore.includes(volunteer.id) ? 0 : 1
  return [language, distance(need, volunteer, settings.tiles), 0, 0, continuity]
}

function distance(need: Need, volunteer: Candidate, tiles: Tiles): number {
  if (volunteer.remoteOnly) return byTelephone
  if (need.municipality !== null && need.municipality === volunteer.municipality) return 0
  return 1 + countyDistance(need.county, volunteer.county, tiles)
}

/** What her next case costs her, the one after it, and so on up to her limit: –, –, load, wait, –. Always rising. */
export function placeCosts(volunteer: Candidate, settings: Settings, today: string): Cost[] {
  const free = Math.max(0, maxCases(volunteer, settings) - volunteer.active)
  const first = volunteer.active === 0 ? longestWait - waited(volunteer, today) : longestWait
  return Array.from({ length: free }, (_, nth) => [0, 0, volunteer.active + nth, nth === 0 ? first : longestWait, 0])
}

/** Full months an unused volunteer has waited, at most two years; 0 for whoever has a case. */
export function waited(volunteer: Candidate, today: string): number {
  if (volunteer.active > 0 || volunteer.waitingSince === null) return 0
  return Math.min(longestWait, Math.max(0, fullMonths(volunteer.waitingSince, today)))
}

/** Her own limit of cases at a time, or the common one. */
export function maxCases(volunteer: Candidate, settings: Settings): number {
  return volunteer.maxCases ?? settings.maxActiveCases
}

/** The penalties of one pair per goal, were it her next case. */
export function penalties(need: Need, volunteer: Candidate, settings: Settings, today: string): Penalties {
  const pair = pairCost(need, volunteer, settings)
  const place = placeCosts(volunteer, settings, today)[0] ?? [0, 0, volunteer.active, longestWait, 0]
  return Object.fromEntries(goals.map((goal, at) => [goal, (pair[at] ?? 0) + (place[at] ?? 0)])) as Penalties
}

function fullMonths(from: string, to: string): number {
  const [a, b] = [from.split('-').map(Number), to.split('-').map(Number)] as [number[], number[]]
  const months = ((b[0] ?? 0) - (a[0] ?? 0)) * 12 + (b[1] ?? 0) - (a[1] ?? 0)
  return addMonths(from, months) <= to ? months : months - 1
}

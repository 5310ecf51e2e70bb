// Does a support person go where she is needed, and take on what is asked for?
import type { Candidate, Need, Say } from '../eligibility.ts'

/** Her own county or only her municipality, what she named beside it, and everywhere for who supports by telephone only. */
export function goesThere(need: Need, { remoteOnly, near = false, county, municipality, areas }: Candidate): boolean {
  if (remoteOnly || (county === need.county && !near)) return true
  const home = county === need.county ? [{ county, municipality }] : []
  const there = [...home, ...areas.filter((area) => area.county === need.county)]
  return there.some((area) => [null, need.municipality].includes(area.municipality) || need.municipality === null)
}

/** Her limits are hers: nobody asks her for what she has said she does not do. */
export function limits({ hours = [], tasks = [], childCount }: Need, volunteer: Candidate, say: Say): void {
  const { hours: hers = [], refuses = [] } = volunteer
  if (hours.length > 0 && hers.length > 0 && !hours.some((hour) => hers.includes(hour))) say('hoursApart')
  for (const task of tasks) if (refuses.includes(task)) say('taskRefused', { task })
  if (childCount > 0 && refuses.includes('children')) say('childrenRefused')
}

/** Where the place is not known, and she goes only to some of the county. */
export function partlyThere(need: Need, { county, near, areas }: Candidate): boolean {
  if (need.municipality !== null) return false
  if (need.county === county) return near === true
  return areas.some((area) => area.county === need.county && area.municipality !== null)
}

// Were one more case to come from this county, would somebody be there for it?

import { addMonths } from '../core/calendar/working-days.ts'
import { type Need, reasonsAgainst } from './eligibility.ts'
import { freeable, type Plan } from './plan.ts'

/**
 * `free`: somebody who fits has a place left beside the plan. `moved`: somebody would, once others of the plan are exchanged.
 * `full`: people fit, and all are taken. `nobody`: nobody fits at all.
 */
export type Standing = 'free' | 'moved' | 'full' | 'nobody'

/** `ready`: volunteers who could take it, by id; `full`: those who fit but are taken. */
export type OneMore = { county: string; standing: Standing; ready: string[]; full: string[] }

/**
 * One more case from every county on the map, beside all open needs: of an adult who speaks `language`, wishes nobody in particular,
 * lives anywhere in the county and is helped from today for `months`. It is covered without leaving another need uncovered just where
 * somebody who fits is among those who could get free (Berge 1957: an augmenting path).
 */
export function oneMore(plan: Plan, language: string, months: number): OneMore[] {
  const { volunteers, settings, today } = plan.world
  const free = freeable(plan)
  const used = Map.groupBy(plan.solution.assigned, (pair) => pair.volunteer)
  const room = new Map(
    plan.problem.volunteers.map(({ id, places }) => [id, places.length - (used.get(id)?.length ?? 0)]),
  )
  return Object.keys(settings.tiles).map((county) => {
    const need = oneFrom(county, language, today, addMonths(today, months))
    const fitting = volunteers.flatMap((own) => {
      const reasons = reasonsAgainst(need, own, settings, today)
      return reasons.every(({ code }) => code === 'full') ? [{ id: own.id, taken: reasons.length > 0 }] : []
    })
    const ready = fitting.filter(({ id, taken }) => !taken && free.has(id)).map(({ id }) => id)
    const full = fitting.map(({ id }) => id).filter((id) => !ready.includes(id))
    const beside = ready.some((id) => (room.get(id) ?? 0) > 0)
    const standing = beside ? 'free' : ready.length > 0 ? 'moved' : full.length > 0 ? 'full' : 'nobody'
    return { county, standing, ready, full }
  })
}

function oneFrom(county: string, language: string, from: string, until: string): Need {
  return {
    ...{
      id: '',
      county,
      municipality: null,
      language,
      wantedSex: 'any',
      childCount: 0,
      avoidLocal: false,
      from,
      until,
    },
    ...{ agreed: true, conflicts: [], declinedBy: [], supportedBefore: [] },
  }
}

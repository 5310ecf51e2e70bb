// Which needs must share too few people, who are they, and what would mend it?
import { type Fact, type NearPair, nearPairs, shortage, smallestFacts } from './facts.ts'
import type { Plan } from './plan.ts'

/**
 * Needs and everybody who fits any of them, by id and sorted. Nobody else may take one of these needs, and together these people
 * have `places` for them: `missing` (needs − places, at least 1) too few, whoever is chosen (Hall 1935). `options` are the smallest
 * changes, each of which covers one need more; null where they were not looked for.
 */
export type Gap = { needs: string[]; volunteers: string[]; places: number; missing: number; options: Fact[][] | null }

/** For so many gaps, and needs of each, changes are looked for; every need has its own on its own page. */
const explained = { gaps: 12, needs: 2 }
const mostOptions = 5

/**
 * The gaps of a plan, the most missing first. From one uncovered need the search meets the smallest set of needs, itself among
 * them, that share too few people: it holds no smaller one, for every other need of it has somebody. Sets that share people
 * are one gap. What is missing in all gaps together is what the plan leaves uncovered.
 */
export function gapsOf(plan: Plan): Gap[] {
  const { problem, solution, world } = plan
  const places = new Map(problem.volunteers.map((own) => [own.id, own.places.length]))
  const gaps = together(solution.uncovered.map((need) => ({ uncovered: [need], ...shortage(plan, need) })))
    .map(({ uncovered, needs, volunteers }) => {
      const room = [...volunteers].reduce((sum, id) => sum + (places.get(id) ?? 0), 0)
      const ids = { needs: [...needs].sort(), volunteers: [...volunteers].sort() }
      return { ...ids, uncovered, places: room, missing: needs.size - room }
    })
    .sort((a, b) => b.missing - a.missing || ((a.needs[0] ?? '') < (b.needs[0] ?? '') ? -1 : 1))
  const asked = new Set(gaps.slice(0, explained.gaps).flatMap(({ needs }) => needs))
  const near = nearPairs({ ...plan, world: { ...world, needs: world.needs.filter(({ id }) => asked.has(id)) } })
  return gaps.map(({ uncovered, ...gap }, at) => ({
    ...gap,
    options: at < explained.gaps ? optionsOf(plan, uncovered.slice(0, explained.needs), near) : null,
  }))
}

function optionsOf(plan: Plan, needs: readonly string[], near: readonly NearPair[]): Fact[][] {
  const options = needs.flatMap((need) => smallestFacts(plan, need, near).options)
  return [...new Map(options.map((facts) => [JSON.stringify(facts), facts])).values()].slice(0, mostOptions)
}

type Short = { uncovered: string[]; needs: Set<string>; volunteers: Set<string> }

/** Whoever is in two sets is full with needs of both, so sharing people is sharing needs. */
function together(shorts: readonly Short[]): Short[] {
  let gaps: Short[] = []
  for (const short of shorts) {
    const touching = gaps.filter((gap) => [...gap.needs].some((id) => short.needs.has(id)))
    gaps = [...gaps.filter((gap) => !touching.includes(gap)), touching.reduce(joined, short)]
  }
  return gaps
}

const joined = (a: Short, b: Short): Short => ({
  uncovered: [...a.uncovered, ...b.uncovered],
  needs: new Set([...a.needs, ...b.needs]),
  volunteers: new Set([...a.volunteers, ...b.volunteers]),
})

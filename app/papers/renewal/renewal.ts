// On how few days, and in which counties, can everybody renew whose papers end soon?

import type { EvidenceKind } from '../../volunteers/volunteer.ts'

/** Somebody of whom a paper ends, the first one named; `reach`: the counties to which she can come, her own among them. */
export type Lapsing = {
  id: string
  code: string
  name: string
  kind: EvidenceKind
  until: string
  home: string
  reach: readonly string[]
}

/** A day of renewal in a county, at the latest on `by`: then the first paper of those who come ends. */
export type Session = { county: string; by: string; who: Lapsing[] }

type Steps = (from: string, to: string) => number

/** More counties than these would not be tried one choice after another; Estonia has 15. */
const mostCounties = 20

/**
 * The fewest counties in which everybody finds one within reach (a smallest set cover), found by trying: first every single county, then
 * every two, and so on, so that a smaller choice that would do has been looked at before. Of several that are as small, the one to which people
 * travel least, in steps on the map of counties; then the first by its codes. Each comes to the nearest.
 */
export function renewalPlan(people: readonly Lapsing[], counties: readonly string[], steps: Steps): Session[] {
  if (people.length === 0) return []
  const known = counties.toSorted()
  if (known.length > mostCounties) throw new Error(`too many counties to try: ${known.length}`)
  for (let size = 1; size <= known.length; size++) {
    const covering = choices(known, size).filter((chosen) =>
      people.every(({ reach }) => reach.some((one) => chosen.includes(one))),
    )
    const [least] = covering
      .map((chosen) => sessionsIn(chosen, people, steps))
      .toSorted((a, b) => travel(a, steps) - travel(b, steps))
    if (least) return least
  }
  throw new Error('somebody can come to none of the counties')
}

/** Every choice of so many, in the order of the codes. */
function choices(of: readonly string[], size: number): string[][] {
  if (size === 0) return [[]]
  return of.flatMap((first, at) => choices(of.slice(at + 1), size - 1).map((rest) => [first, ...rest]))
}

function sessionsIn(chosen: readonly string[], people: readonly Lapsing[], steps: Steps): Session[] {
  const nearest = ({ home, reach }: Lapsing) =>
    chosen.filter((county) => reach.includes(county)).toSorted((a, b) => steps(home, a) - steps(home, b))[0] ?? ''
  const groups = Map.groupBy(people, nearest)
  return [...groups]
    .map(
      ([county, who]): Session => ({ county, by: who.map(({ until }) => until).toSorted()[0] ?? '', who: byDay(who) }),
    )
    .toSorted((a, b) => a.by.localeCompare(b.by) || a.county.localeCompare(b.county))
}

const byDay = (who: readonly Lapsing[]) =>
  who.toSorted((a, b) => a.until.localeCompare(b.until) || a.code.localeCompare(b.code))

const travel = (sessions: readonly Session[], steps: Steps) =>
  sessions.reduce((sum, { county, who }) => sum + who.reduce((own, { home }) => own + steps(home, county), 0), 0)

// Which small matching problems and worlds do the tests try, and what does trying every assignment say of them?
import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import type { Candidate, Need, Settings } from '../app/matching/eligibility.ts'
import type { Tiles } from '../app/matching/goals.ts'
import type { Problem, Solution } from '../app/matching/instance.ts'
import type { World } from '../app/matching/plan.ts'

export const today = '2026-11-23'

const counties = readFileSync(new URL('../db/data/ehak-counties.csv', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .slice(1)
export const tiles: Tiles = Object.fromEntries(
  counties.map((line) => {
    const [code, , , col, row] = line.split(',')
    return [code, { col: Number(col), row: Number(row) }]
  }),
)
export const settings: Settings = { maxActiveCases: 2, backgroundMonths: 12, lapseForecast: 'warn', tiles }

/** A need that anybody in `volunteer()` may take, with changes. */
export function need(change: Partial<Need> = {}): Need {
  return {
    ...{ id: 'M-2026-001', county: '0045', municipality: '0321', language: 'et', wantedSex: 'any', childCount: 0 },
    ...{ avoidLocal: false, from: '2026-12-01', until: '2027-08-01', agreed: true },
    ...{ conflicts: [], declinedBy: [], supportedBefore: [] },
    ...change,
  }
}

/** A volunteer with every paper in order, with changes. */
export function volunteer(change: Partial<Candidate> = {}): Candidate {
  return {
    ...{ id: 'TI-001', status: 'active', pausedUntil: null, trained: true, pledged: true },
    ...{ contract: { from: '2026-01-01', to: '2027-12-31' }, background: { on: '2026-03-01', passed: true } },
    ...{ childContact: false, languages: ['et', 'ru'], sex: 'F', county: '0045', municipality: '0321', areas: [] },
    ...{ remoteOnly: false, knownIn: [], active: 0, maxCases: null, waitingSince: '2026-04-10' },
    ...change,
  }
}

/** Every way to settle the needs within the pairs and places; needs left out of the map are uncovered. */
export function* assignments(
  problem: Problem,
  at = 0,
  taken = new Map<string, string>(),
): Generator<Map<string, string>> {
  const own = problem.needs[at]
  if (!own) {
    yield taken
    return
  }
  yield* assignments(problem, at + 1, taken)
  for (const pair of problem.pairs) {
    if (pair.need !== own.id) continue
    const used = [...taken.values()].filter((id) => id === pair.volunteer).length
    const places = problem.volunteers.find(({ id }) => id === pair.volunteer)?.places.length ?? 0
    if (used < places) yield* assignments(problem, at + 1, new Map(taken).set(own.id, pair.volunteer))
  }
}

/** Uncovered needs, then the sum per level, counted plainly. */
export function costOf(problem: Problem, taken: ReadonlyMap<string, string>): number[] {
  const rows = problem.pairs.filter((pair) => taken.get(pair.need) === pair.volunteer).map((pair) => pair.cost)
  for (const { id, places } of problem.volunteers)
    rows.push(...places.slice(0, [...taken.values()].filter((other) => other === id).length))
  const sums = Array.from({ length: problem.levels }, (_, level) =>
    rows.reduce((sum, row) => sum + (row[level] ?? 0), 0),
  )
  return [problem.needs.length - taken.size, ...sums]
}

export function order(a: readonly number[], b: readonly number[]): number {
  const at = a.findIndex((x, k) => x !== b[k])
  return at < 0 ? 0 : (a[at] ?? 0) - (b[at] ?? 0)
}

/** The least cost of all assignments that `allowed` lets through; undefined where there is none. */
export function bruteForce(problem: Problem, allowed: (taken: ReadonlyMap<string, string>) => boolean = () => true) {
  let best: number[] | undefined
  for (const taken of assignments(problem)) {
    if (!allowed(taken)) continue
    const cost = costOf(problem, taken)
    if (!best || order(cost, best) < 0) best = cost
  }
  return best
}

export function takenOf(solution: Pick<Solution, 'assigned'>): Map<string, string> {
  return new Map(solution.assigned.map((pair) => [pair.need, pair.volunteer]))
}

/** Problems of up to `max` needs and volunteers, several levels of small costs (so that ties are common), rising places. */
export function problems(max: number, levels: fc.Arbitrary<number>): fc.Arbitrary<Problem> {
  const count = fc.integer({ min: 0, max })
  return fc.tuple(levels, count, count).chain(([depth, needCount, volunteerCount]) => {
    const cost = fc.array(fc.integer({ min: 0, max: 4 }), { minLength: depth, maxLength: depth })
    const places = fc.array(cost, { maxLength: 3 }).map((rows) => rows.sort(order))
    const pair = fc.record({ there: fc.boolean(), cost })
    const cells = needCount * volunteerCount
    return fc
      .record({
        places: fc.array(places, { minLength: volunteerCount, maxLength: volunteerCount }),
        pairs: fc.array(pair, { minLength: cells, maxLength: cells }),
      })
      .map((drawn) => ({
        levels: depth,
        needs: Array.from({ length: needCount }, (_, at) => ({ id: `n${at}` })),
        volunteers: drawn.places.map((own, at) => ({ id: `v${at}`, places: own })),
        pairs: drawn.pairs.flatMap(({ there, cost }, cell) => {
          const ids = { need: `n${Math.floor(cell / volunteerCount)}`, volunteer: `v${cell % volunteerCount}` }
          return there ? [{ ...ids, cost }] : []
        }),
      }))
  })
}

const county = fc.constantFrom('0045', '0060', '0087')
const municipality = fc.constantFrom(null, '0321', '0511')
const rarely = (chance: number) => fc.integer({ min: 1, max: 100 }).map((drawn) => drawn <= chance)

const needs = fc.record({
  ...{ county, municipality, language: fc.constantFrom('et', 'ru'), childCount: fc.constantFrom(0, 0, 2) },
  ...{
    wantedSex: fc.constantFrom('any' as const, 'any' as const, 'F' as const),
    avoidLocal: rarely(20),
    agreed: rarely(95),
  },
  hours: fc.constantFrom([], [], [], ['evening' as const]),
  tasks: fc.constantFrom([], [], [], ['court' as const], ['court' as const, 'drive' as const]),
  supportedBefore: fc.subarray(['TI-0', 'TI-1']),
  conflicts: fc.subarray(['TI-0', 'TI-2']).map((ids) => (ids.length === 2 ? ids : [])),
})
const volunteers = fc.record({
  ...{
    county,
    municipality,
    languages: fc.constantFrom(['et'], ['et', 'ru'], ['ru', 'et']),
    sex: fc.constantFrom('F' as const, 'M' as const),
  },
  status: fc.constantFrom('active' as const, 'active' as const, 'active' as const, 'paused' as const),
  pausedUntil: fc.constantFrom(null, '2026-11-30', '2027-01-15'),
  ...{ active: fc.constantFrom(0, 0, 1, 2), maxCases: fc.constantFrom(null, 1, 3), pledged: rarely(90) },
  contract: fc.constantFrom(
    { from: '2026-01-01', to: '2027-12-31' },
    { from: '2026-01-01', to: null },
    { from: '2026-01-01', to: '2027-02-01' },
  ),
  background: fc.constantFrom({ on: '2026-03-01', passed: true }, { on: '2025-11-02', passed: true }),
  trainedUntil: fc.constantFrom(null, null, '2026-11-20', '2026-11-28', '2027-03-03'),
  areas: fc.constantFrom([], [{ county: '0045', municipality: null }], [{ county: '0087', municipality: '0511' }]),
  near: rarely(15),
  hours: fc.constantFrom([], [], ['morning' as const, 'weekend' as const], ['evening' as const]),
  refuses: fc.constantFrom([], [], [], ['court' as const], ['drive' as const], ['children' as const]),
  waitingSince: fc.constantFrom(null, '2026-04-10', '2024-01-01'),
})

/** Small worlds of facts in which every hard rule and goal plays a part now and then. */
export const worlds: fc.Arbitrary<World> = fc
  .record({
    needs: fc.array(needs, { minLength: 1, maxLength: 4 }),
    volunteers: fc.array(volunteers, { maxLength: 4 }),
  })
  .map((drawn) => ({
    needs: drawn.needs.map((change, at) => need({ ...change, id: `M-${at}` })),
    volunteers: drawn.volunteers.map((change, at) => volunteer({ ...change, id: `TI-${at}` })),
    settings,
    today,
  }))

// Is the plan the best by the published order, and is every price and every "why not" true?
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { assignments, need, order, settings, takenOf, tiles, today, volunteer, worlds } from '../../test/matching.ts'
import { translator } from '../i18n/i18n.ts'
import { judge } from './eligibility.ts'
import { countyDistance } from './goals.ts'
import { optionsFor, type Plan, type Price, plan, problemOf, secondBest, type World, whyNot } from './plan.ts'

type Taken = ReadonlyMap<string, string>

/** The published order once more, counted from the facts with none of the code under test. */
function worth(world: World, taken: Taken): number[] {
  const pairs = [...taken].map(([needId, volunteerId]) => ({
    need: world.needs.find(({ id }) => id === needId) ?? need(),
    volunteer: world.volunteers.find(({ id }) => id === volunteerId) ?? volunteer(),
  }))
  const sum = (of: (pair: (typeof pairs)[number]) => number) => pairs.reduce((total, pair) => total + of(pair), 0)
  const load = world.volunteers.flatMap(({ id, active }) =>
    Array.from({ length: [...taken.values()].filter((other) => other === id).length }, (_, nth) => active + nth),
  )
  const used = new Set(pairs.filter(({ volunteer }) => volunteer.active === 0).map(({ volunteer }) => volunteer))
  const waits = [...used].map(({ waitingSince }): number =>
    waitingSince === null ? 0 : waitingSince < '2024-11-24' ? 24 : 7,
  )
  return [
    world.needs.length - taken.size,
    sum((pair) => (pair.need.language === pair.volunteer.languages[0] ? 0 : 1)),
    sum((pair) =>
      pair.need.municipality !== null && pair.need.municipality === pair.volunteer.municipality
        ? 0
        : 1 + countyDistance(pair.need.county, pair.volunteer.county, tiles),
    ),
    load.reduce((total, cases) => total + cases, 0),
    24 * taken.size - waits.reduce((total, months) => total + months, 0),
    sum((pair) => (pair.need.supportedBefore.includes(pair.volunteer.id) ? 0 : 1)),
  ]
}

function best(world: World, allowed: (taken: Taken) => boolean = () => true): number[] | undefined {
  const all = [...assignments(problemOf(world))].filter(allowed)
  return all.map((taken) => worth(world, taken)).sort(order)[0]
}

/** The price as the difference of two rows, first the uncovered needs. */
function rowOf(price: Price): number[] {
  const by = new Map(price.difference.map((part) => [part.goal, part.by]))
  return (['cover', 'language', 'distance', 'load', 'wait', 'continuity'] as const).map((goal) => by.get(goal) ?? 0)
}
/** Sums over fewer needs are not compared. */
function minus(a: number[] = [], b: number[] = []): number[] {
  return a.map((x, at) => (at > 0 && a[0] !== b[0] ? 0 : x - (b[at] ?? 0)))
}

test('the plan is the best by the published order in 2,000 small worlds, and proven', () => {
  fc.assert(
    fc.property(worlds, (world) => {
      const { solution, violations, rows } = plan(world)
      expect(worth(world, takenOf(solution))).toEqual(best(world))
      expect(solution.cost).toEqual(best(world))
      expect(violations).toEqual([])
      expect(rows.map((row) => [row.need, row.volunteer])).toEqual(
        world.needs.map(({ id }) => [id, takenOf(solution).get(id) ?? null]),
      )
    }),
    { numRuns: 2000 },
  )
})

test('no plan ever breaks a hard rule or a limit', () => {
  fc.assert(
    fc.property(worlds, (world) => {
      const taken = takenOf(plan(world).solution)
      for (const own of world.volunteers) {
        const cases = [...taken].filter(([, id]) => id === own.id).map(([needId]) => needId)
        if (cases.length > 0) expect(own.active + cases.length).toBeLessThanOrEqual(own.maxCases ?? 2)
        for (const needId of cases) {
          const given = world.needs.find(({ id }) => id === needId) ?? need()
          expect(judge(given, own, settings, today).reasons).toEqual([])
        }
      }
    }),
    { numRuns: 1000 },
  )
})

test('the second best and its price are what trying everything else says', () => {
  fc.assert(
    fc.property(worlds, (world) => {
      const whole = plan(world)
      for (const { need: needId, volunteer: chosen } of whole.rows) {
        const second = secondBest(whole, needId)
        if (chosen === null) expect(second).toBeNull()
        if (second === null) continue
        const least = best(world, (taken) => taken.get(needId) !== chosen)
        expect(rowOf(second.price)).toEqual(minus(least, best(world)))
        expect(second.volunteer).not.toBe(chosen)
        expect(second.price.lost.includes(needId)).toBe(second.volunteer === null)
      }
    }),
    { numRuns: 700 },
  )
})

test('"why not" gives every hard reason, or the true price with its consequences', () => {
  fc.assert(
    fc.property(worlds, (world) => {
      const whole = plan(world)
      const before = takenOf(whole.solution)
      for (const { id } of world.needs) {
        for (const own of world.volunteers) {
          const answer = whyNot(whole, id, own.id)
          const fits = best(world, (taken) => taken.get(id) === own.id)
          if (answer.kind === 'hard') expect([answer.reasons.length > 0, fits]).toEqual([true, undefined])
          if (answer.kind === 'chosen') expect(before.get(id)).toBe(own.id)
          if (answer.kind !== 'price') continue
          expect(rowOf(answer.price)).toEqual(minus(fits, best(world)))
          expect(answer.price.lost.length - answer.price.gained.length).toBe(rowOf(answer.price)[0])
          const told = new Map(before)
          for (const lost of answer.price.lost) told.delete(lost)
          for (const move of answer.price.moved) told.set(move.need, move.to)
          if (before.has(id)) expect(told.get(id)).toBe(own.id)
        }
      }
    }),
    { numRuns: 500 },
  )
})

test('a price never tells of a move that the choice does not force, even among volunteers who are all alike', () => {
  fc.assert(
    fc.property(worlds, ({ volunteers, ...rest }) => {
      const world = { ...rest, volunteers: volunteers.map(({ id }) => ({ ...(volunteers[0] ?? volunteer()), id })) }
      const whole = plan(world)
      const before = takenOf(whole.solution)
      const kept = (taken: Taken) => [...taken].filter(([id, own]) => before.get(id) === own).length
      const all = [...assignments(problemOf(world))]
      for (const [needId, chosen] of before) {
        const second = secondBest(whole, needId)
        const others = all.filter((taken) => taken.get(needId) !== chosen)
        const least = others.map((taken) => worth(world, taken)).sort(order)[0]
        const best = others.filter((taken) => order(worth(world, taken), least ?? []) === 0)
        const changes = (second?.price.moved.length ?? 0) + (second?.price.lost.length ?? 0)
        expect(before.size - changes).toBe(Math.max(...best.map(kept)))
      }
    }),
    { numRuns: 500 },
  )
})

test('the same world in another order gives the same plan, the same prices and options', () => {
  fc.assert(
    fc.property(worlds, (world) => {
      const turned = { ...world, needs: [...world.needs].reverse(), volunteers: [...world.volunteers].reverse() }
      const [one, other] = [plan(world), plan(turned)]
      expect(other.solution).toEqual(one.solution)
      expect(other.rows).toEqual(one.rows)
      for (const { id } of world.needs) {
        expect(secondBest(other, id)).toEqual(secondBest(one, id))
        expect(optionsFor(other, id)).toEqual(optionsFor(one, id))
      }
    }),
    { numRuns: 300 },
  )
})

/** The sketch of the screen: TI-007 is the only other one who speaks Russian and may go to the second need. */
const sketch: World = {
  needs: [
    need({ id: 'M-014', language: 'ru' }),
    need({ id: 'M-019', language: 'ru', county: '0087', municipality: null }),
  ],
  volunteers: [
    volunteer({ id: 'TI-031', languages: ['ru'], active: 1 }),
    volunteer({
      id: 'TI-007',
      languages: ['ru'],
      active: 1,
      county: '0087',
      municipality: null,
      areas: [{ county: '0045', municipality: null }],
    }),
    volunteer({ id: 'TI-044', languages: ['ru'], contract: { from: '2026-01-01', to: '2027-01-01' } }),
  ],
  settings,
  today,
}

test('says what the coordinator needs: options in order, who would lose, and why the chosen one', () => {
  const whole: Plan = plan(sketch)
  const options = optionsFor(whole, 'M-014')
  expect(options.map(({ volunteer, answer }) => [volunteer, answer.kind])).toEqual([
    ['TI-031', 'chosen'],
    ['TI-007', 'price'],
    ['TI-044', 'hard'],
  ])
  expect(options[1]?.answer).toMatchObject({ price: { lost: ['M-019'], gained: [] } })
  const [row] = whole.rows
  expect(row?.load).toEqual({ before: 1, after: 2, max: 2 })
  const t = translator('et')
  expect(row?.why.map(({ key, args }) => t(key, args))).toEqual([
    'vene keel on tema esimene keel',
    'samas vallas või linnas',
    'juhtumeid 1 → 2, lubatud 2',
  ])
  const only = plan({ ...sketch, volunteers: sketch.volunteers.slice(0, 1) }).rows[0]
  expect(only?.why.map(({ key }) => key)).toContain('matching.goal.only')
})

test('a need or volunteer that is not in the plan is a bug, not an answer', () => {
  expect(() => whyNot(plan(sketch), 'M-014', 'TI-999')).toThrow('TI-999')
  expect(() => optionsFor(plan(sketch), 'M-999')).toThrow('M-999')
})

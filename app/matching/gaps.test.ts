// Is every gap as small as we say, does it hold everybody who fits, and does one more case find whom we promise?
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { bruteForce, need, settings, today, volunteer, worlds } from '../../test/matching.ts'
import { reasonsAgainst } from './eligibility.ts'
import { gapsOf } from './gaps.ts'
import { oneMore } from './one-more.ts'
import { type Plan, plan, problemOf, type World } from './plan.ts'

const russian = { language: 'ru', municipality: null }
const world: World = {
  needs: [
    need({ id: 'M-1', county: '0045', ...russian }),
    need({ id: 'M-2', county: '0045', ...russian }),
    need({ id: 'M-3', county: '0060', ...russian }),
    need({ id: 'M-4', county: '0087', municipality: null }),
  ],
  volunteers: [
    volunteer({ id: 'TI-1', languages: ['ru'], areas: [{ county: '0060', municipality: null }], maxCases: 1 }),
    volunteer({ id: 'TI-2', languages: ['et'], county: '0087', municipality: null, maxCases: 1 }),
    volunteer({ id: 'TI-3', languages: ['ru'], county: '0045', municipality: null, trained: false }),
  ],
  settings,
  today,
}

test('three needs in Russian in two counties, one person: two are missing, and who could be ready soon is named', () => {
  const [gap, ...others] = gapsOf(plan(world))
  expect(others).toEqual([])
  expect(gap).toMatchObject({ needs: ['M-1', 'M-2', 'M-3'], volunteers: ['TI-1'], places: 1, missing: 2 })
  expect(gap?.options?.map((facts) => facts.map(({ kind }) => kind).join())).toEqual(
    expect.arrayContaining(['training', 'capacity', 'recruit']),
  )
})

test('one more case: somebody has time, somebody could be moved, all are taken, nobody fits', () => {
  const standing = (of: World, county: string, language: string) =>
    oneMore(plan(of), language, 8).find((one) => one.county === county)
  expect(standing(world, '0045', 'ru')).toEqual({ county: '0045', standing: 'full', ready: [], full: ['TI-1'] })
  expect(standing(world, '0087', 'ru')?.standing).toBe('nobody')
  const roomier = { ...world, volunteers: world.volunteers.map((own) => ({ ...own, maxCases: 2 })) }
  expect(standing(roomier, '0087', 'et')).toMatchObject({ standing: 'free', ready: ['TI-2'] })
  // The one who could go to both is planned for the only place where the other fits too.
  const moving: World = {
    ...world,
    needs: [need({ id: 'M-1', county: '0045', municipality: '0321' })],
    volunteers: [
      volunteer({ id: 'TI-1', areas: [{ county: '0060', municipality: null }], maxCases: 1 }),
      volunteer({
        id: 'TI-2',
        municipality: null,
        county: '0060',
        areas: [{ county: '0045', municipality: null }],
        knownIn: [],
        maxCases: 1,
      }),
    ],
  }
  const planned = plan(moving).solution.assigned
  const left = planned[0]?.volunteer === 'TI-1' ? 'TI-2' : 'TI-1'
  expect(standing(moving, '0060', 'et')?.ready).toContain(left)
})

test('who is at the limit already is taken, not unfit', () => {
  const busy = { ...world, needs: [], volunteers: [volunteer({ id: 'TI-9', active: 2, county: '0074' })] }
  expect(oneMore(plan(busy), 'et', 8).find(({ county }) => county === '0074')).toMatchObject({
    standing: 'full',
    full: ['TI-9'],
  })
})

const fits = ({ world: { needs, volunteers, settings: rules, today: day } }: Plan, needId: string) => {
  const own = needs.find(({ id }) => id === needId)
  return volunteers.filter((one) => own && reasonsAgainst(own, one, rules, day).length === 0).map(({ id }) => id)
}

/** How many of these needs must go without, by trying every part of them: the most that a part has more than its people have places. */
function shortOf(whole: Plan, needs: readonly string[]): number {
  const places = new Map(whole.problem.volunteers.map((own) => [own.id, own.places.length]))
  const parts = Array.from({ length: 2 ** needs.length }, (_, bits) => needs.filter((_, at) => bits & (1 << at)))
  return Math.max(
    ...parts.map((part) => {
      const people = new Set(part.flatMap((id) => fits(whole, id)))
      return part.length - [...people].reduce((sum, id) => sum + (places.get(id) ?? 0), 0)
    }),
  )
}

test('of any world: the gaps hold all who fit, miss what is uncovered, and without any one need the set is no gap', () => {
  fc.assert(
    fc.property(worlds, (drawn) => {
      const whole = plan(drawn)
      const gaps = gapsOf(whole)
      expect(gaps.reduce((sum, { missing }) => sum + missing, 0)).toBe(whole.solution.uncovered.length)
      for (const gap of gaps) {
        expect([...new Set(gap.needs.flatMap((id) => fits(whole, id)))].sort()).toEqual(gap.volunteers)
        expect(shortOf(whole, gap.needs)).toBe(gap.missing)
        for (const id of gap.needs) {
          const rest = gap.needs.filter((other) => other !== id)
          expect(shortOf(whole, rest)).toBe(gap.missing - 1)
        }
      }
    }),
    { numRuns: 300 },
  )
})

test('of any world: one more case is covered beside all others just where we say so', () => {
  fc.assert(
    fc.property(
      worlds,
      fc.constantFrom('0045', '0060', '0087'),
      fc.constantFrom('et', 'ru'),
      (drawn, county, language) => {
        const whole = plan(drawn)
        const said = oneMore(whole, language, 8).find((one) => one.county === county)
        const more = need({ id: 'more', county, municipality: null, language, from: today, until: '2027-07-23' })
        const [short] = bruteForce(problemOf({ ...drawn, needs: [...drawn.needs, more] })) ?? []
        const covered = short === whole.solution.uncovered.length
        expect(covered).toBe(said?.standing === 'free' || said?.standing === 'moved')
      },
    ),
    { numRuns: 300 },
  )
})

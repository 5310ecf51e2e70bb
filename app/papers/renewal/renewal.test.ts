// Is the plan of renewal the smallest there is, does everybody come to a day within her reach and before her paper ends – and who is in it?
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Cast, openCast } from '../../../test/cast.ts'
import { tiles } from '../../../test/matching.ts'
import { givenSupport } from '../../../test/support.ts'
import { addDays, addMonths } from '../../core/calendar/working-days.ts'
import { today } from '../../core/clock.server.ts'
import { countyDistance } from '../../matching/goals.ts'
import { openDue } from '../due/due.server.ts'
import { type Lapsing, renewalPlan } from './renewal.ts'

const codes = Object.keys(tiles)
const steps = (from: string, to: string) => countyDistance(from, to, tiles)
const someone = (at: number, home: string, reach: string[], until = '2027-03-01'): Lapsing => ({
  ...{
    id: `v${at}`,
    code: `TI-${at}`,
    name: `Näidis ${at}`,
    home,
    until,
    kind: 'contract',
    reach: [...new Set([home, ...reach])],
  },
})

/** Another way to the same number: whoever is first comes to one of her counties, and what is left is asked again. */
function fewest(people: readonly Lapsing[], left: number): number {
  const [first] = people
  if (!first) return 0
  if (left === 0) return Number.POSITIVE_INFINITY
  return Math.min(
    ...first.reach.map(
      (county) =>
        1 +
        fewest(
          people.filter(({ reach }) => !reach.includes(county)),
          left - 1,
        ),
    ),
  )
}

const day = fc.integer({ min: 0, max: 90 }).map((days) => addDays('2027-01-01', days))
const county = fc.constantFrom(...codes.slice(0, 9))
const group = fc
  .array(fc.record({ home: county, reach: fc.array(county, { maxLength: 3 }), until: day }), { maxLength: 9 })
  .map((drawn) => drawn.map(({ home, reach, until }, at) => someone(at, home, reach, until)))

test('no smaller choice would do, everybody is in one, within reach, nearest, and before her paper ends (400 draws)', () => {
  let several = 0
  fc.assert(
    fc.property(group, (people) => {
      const plan = renewalPlan(people, codes, steps)
      expect(plan).toHaveLength(fewest(people, people.length))
      if (plan.length > 1) several++
      expect(plan.flatMap(({ who }) => who.map(({ id }) => id)).toSorted()).toEqual(
        people.map(({ id }) => id).toSorted(),
      )
      for (const { county: at, by, who } of plan)
        for (const { home, reach, until } of who) {
          expect(reach).toContain(at)
          expect(by <= until).toBe(true)
          for (const other of plan)
            if (reach.includes(other.county)) expect(steps(home, at)).toBeLessThanOrEqual(steps(home, other.county))
        }
      expect(renewalPlan(people.toReversed(), codes, steps)).toEqual(plan)
    }),
    { numRuns: 400 },
  )
  expect(several).toBeGreaterThan(100)
})

test('counted by hand: three neighbours meet in the middle, who goes nowhere has a day of her own, and it is in time for the first', () => {
  const people = [
    someone(1, '0087', ['0064'], '2027-02-10'),
    someone(2, '0064', ['0087', '0079'], '2027-04-01'),
    someone(3, '0079', ['0064'], '2027-03-01'),
    someone(4, '0074', [], '2027-05-01'),
  ]
  const plan = renewalPlan(people, codes, steps)
  expect(plan.map(({ county: at, by, who }) => [at, by, who.map(({ code }) => code)])).toEqual([
    ['0064', '2027-02-10', ['TI-1', 'TI-3', 'TI-2']],
    ['0074', '2027-05-01', ['TI-4']],
  ])
  expect(renewalPlan([], codes, steps)).toEqual([])
})

test('2,000 people in 15 counties take less than a second', () => {
  const people = Array.from({ length: 2000 }, (_, at) => {
    const home = codes[at % codes.length] ?? ''
    return someone(
      at,
      home,
      codes.filter((other) => steps(home, other) <= 1),
    )
  })
  const began = performance.now()
  expect(renewalPlan(people, codes, steps).length).toBeGreaterThan(1)
  expect(performance.now() - began).toBeLessThan(1000)
})

let cast: Cast
beforeAll(async () => {
  cast = await openCast()
})
afterAll(() => cast.close())

test('in it is whose paper ends within the days of the rule, or before her support is over; not whose has ended or holds', async () => {
  const inPlan = async () =>
    (await openDue.run(cast.kim, {})).renewal.sessions.flatMap(({ who }) => who.map(({ until }) => until))
  const ends = (days: number) =>
    cast.admin.query(`update volunteer_evidence set valid_to = $1 where kind = 'contract'`, [addDays(today(), days)])
  await cast.admin.query(`delete from volunteer_evidence where kind = 'background'`)
  await cast.admin.query(`update volunteer set child_contact = false`)
  await ends(100)
  expect(await inPlan()).toEqual([addDays(today(), 100)])
  await ends(130)
  expect(await inPlan()).toEqual([])
  await givenSupport(cast, today())
  expect(await inPlan()).toEqual([addDays(today(), 130)])
  await ends(-1)
  expect(await inPlan()).toEqual([])
})

const firsts = async () =>
  (await openDue.run(cast.kim, {})).renewal.sessions.flatMap(({ who }) => who.map(({ kind, until }) => [kind, until]))

test('a certificate that ends is in it too: by its own last day, or by the months of the rule', async () => {
  const training = (to: string | null) =>
    cast.admin.query(`update volunteer_evidence set valid_to = $1 where kind = 'training'`, [to])
  await cast.admin.query(`update volunteer_evidence set valid_to = null where kind = 'contract'`)
  expect(await firsts()).toEqual([])
  await training(addDays(today(), 60))
  expect(await firsts()).toEqual([['training', addDays(today(), 60)]])
  await training(null)
  await cast.admin.query(`update volunteer_evidence set valid_from = $1 where kind = 'training'`, [
    addMonths(addDays(today(), 20), -24),
  ])
  expect(await firsts()).toEqual([])
  await cast.admin.query(
    `insert into setting (name, value, valid_from, note, set_by) values ('trainingMonths', '24', $1, 'x', $2)`,
    [today(), cast.kim.id],
  )
  expect(await firsts()).toEqual([['training', addMonths(addMonths(addDays(today(), 20), -24), 24)]])
})

test('so is a check, by the last day that its document says', async () => {
  await cast.admin.query(`update volunteer_evidence set valid_from = $1 where kind = 'training'`, [today()])
  await cast.admin.query(`update volunteer set child_contact = true`)
  await cast.admin.query(
    `insert into volunteer_evidence (volunteer_id, kind, valid_from, passed, recorded_by) select id, 'background', $1, true, $2 from volunteer`,
    [today(), cast.kim.id],
  )
  expect(await firsts()).toEqual([])
  await cast.admin.query(`update volunteer_evidence set valid_to = $1 where kind = 'background'`, [
    addDays(today(), 50),
  ])
  expect(await firsts()).toEqual([['background', addDays(today(), 50)]])
})

// Do the figures say where people dropped out and how long they waited, and can each be counted by hand?
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Cast, openCast } from '../../../test/cast.ts'
import { givenApplication, givenCandidate } from '../../../test/recruitment.ts'
import { addDays, mondayOf } from '../../core/calendar/working-days.ts'
import { today } from '../../core/clock.server.ts'
import { moveApplicant, refuseApplicant } from '../pipeline/moves.server.ts'
import { openRecruitmentFigures } from './figures.server.ts'
import { byWeek, median, places, stageFigures } from './figures.ts'

let cast: Cast
beforeAll(async () => {
  cast = await openCast()
})
afterAll(() => cast.close())

test('the middle of nothing is nothing, of two it lies between them', () => {
  expect(median([])).toBeNull()
  expect(median([9, 1])).toBe(5)
  expect(median([9, 1, 2])).toBe(2)
})

test('whoever came has gone on, dropped out or is still there', () => {
  const passage = fc.record({
    place: fc.constantFrom(...places),
    how: fc.constantFrom('on' as const, 'no' as const, null),
    days: fc.nat(400),
  })
  fc.assert(
    fc.property(fc.array(passage), (passages) => {
      const figures = stageFigures(passages)
      expect(figures.reduce((sum, { came }) => sum + came, 0)).toBe(passages.length)
      for (const { came, on, no, here } of figures) expect(on + no + here).toBe(came)
    }),
  )
})

test('a week begins on Monday, and a day counts in one week', () => {
  const weeks = byWeek(['2026-11-22', '2026-11-23', '2026-11-29', '2020-01-01'], '2026-11-26', 2)
  expect(weeks).toEqual([
    { monday: '2026-11-16', count: 1 },
    { monday: '2026-11-23', count: 2 },
  ])
})

test('the same people counted by hand: one waits, one was told no at once, one went on and then withdrew', async () => {
  const who = (name: string, phone: string) => ({ name: `Näidis-${name}`, email: `${phone}@naidis.example`, phone })
  await givenApplication(cast, who('Ootab', '55506001'))
  const refused = await givenApplication(cast, who('Keeld', '55506002'))
  const left = await givenCandidate(cast, who('Läks', '55506003'), today())
  await refuseApplicant.run(cast.kim, { id: refused, reason: 'place', remark: 'x' })
  await moveApplicant.run(cast.kim, { id: left, status: 'interview', step: 'meet', dueOn: today(), owner: cast.kim.id })
  await refuseApplicant.run(cast.kim, { id: left, reason: 'withdrew', remark: 'x' })
  await cast.admin.query(
    `update volunteer_status set from_on = from_on - 4 where volunteer_id = $1 and status = 'candidate'`,
    [left],
  )
  const { stages, weeks } = await openRecruitmentFigures.run(cast.peep, {})
  const of = (place: string) => stages.find((one) => one.place === place)
  expect(of('new')).toEqual({ place: 'new', came: 3, on: 1, no: 1, here: 1, days: 0 })
  expect(of('candidate')).toEqual({ place: 'candidate', came: 1, on: 1, no: 0, here: 0, days: 4 })
  expect(of('interview')).toEqual({ place: 'interview', came: 1, on: 0, no: 1, here: 0, days: 0 })
  expect(weeks.at(-1)).toEqual({ monday: mondayOf(today()), count: 3 })
  expect(weeks[0]?.monday).toBe(addDays(mondayOf(today()), -77))
  for (const name of ['max', 'lou', 'sirje', 'aino'] as const)
    await expect(openRecruitmentFigures.run(cast[name], {})).rejects.toMatchObject({ status: 403 })
})

// Is a repeat found without being looked for, told to the lead alone, and counted by both definitions?
import fc from 'fast-check'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { type Changes, referCase } from '../../../test/cases.ts'
import { type Cast, openCast } from '../../../test/cast.ts'
import { standAt } from '../../core/clock.server.ts'
import { NotFound, Refused } from '../../core/errors.ts'
import { openCase } from '../case-file.server.ts'
import { revealValue } from '../identity/reveal.server.ts'
import { judgeRepeat, openRepeat } from './repeat.server.ts'
import { crimes, pairs, repeatOf } from './repeat.ts'

let cast: Cast
beforeAll(async () => {
  cast = await openCast()
})
afterAll(() => cast.close())
beforeEach(() => standAt(new Date('2026-11-26T09:00:00Z')))
afterEach(() => standAt(null))

let nth = 0
const letters = ['Aa', 'Ee', 'Oo', 'Uu', 'Ii']
// Each test has a family of its own.
const family = () => `Näidis-${letters[nth++ % letters.length]}lmik`
const victim = (givenName: string, familyName: string, more: Record<string, string> = {}): Changes => ({
  victim: { givenName, familyName, birthYear: '1985', language: 'ru', ...more },
})
const known = async (id: string) => (await openRepeat.run(cast.lea, { id })).known

test('the same name in other letters, or a former one, is found in the network, and its perpetrator with it', async () => {
  const name = family()
  const first = await referCase(cast.lea, victim('Jelena', name))
  const second = await referCase(cast.lea, victim('Елена', name.toUpperCase()))
  expect(await known(second)).toMatchObject([{ id: first, how: 'name', pair: true }])
  const third = await referCase(cast.lea, victim('Elena', 'Näidis-Uus', { formerNames: name }))
  expect((await known(third)).map((one) => one.id).toSorted()).toEqual([first, second].toSorted())
  expect(await known(first)).toEqual([])
  const person = (await openCase.run(cast.lea, { id: third })).people[0]?.id
  const { identity } = await revealValue.run(cast.lea, { id: third, what: 'identity', item: person, purpose: 'verify' })
  expect(identity?.formerNames).toBe(name)
})

test('nobody but the lead is told that somebody may have been here before', async () => {
  const name = family()
  await referCase(cast.lea, victim('Anna', name))
  const id = await referCase(cast.mall, victim('Anna', name))
  expect((await openCase.run(cast.lea, { id })).known).toBe(true)
  for (const who of ['mall', 'kim', 'aino'] as const) {
    expect((await openCase.run(cast[who], { id })).known).toBe(false)
    await expect(openRepeat.run(cast[who], { id })).rejects.toBeInstanceOf(Refused)
  }
})

test('a name that is alike in another network finds nothing there', async () => {
  const name = family()
  await referCase(cast.lea, victim('Anna', name))
  const other = await referCase(cast.max, victim('Anna', name))
  expect((await openRepeat.run(cast.max, { id: other })).known).toEqual([])
})

test('what the lead says is told under both definitions, and links the cases', async () => {
  const name = family()
  const first = await referCase(cast.lea, { ...victim('Anna', name), source: { referredOn: '01.02.2026' } })
  const id = await referCase(cast.lea, victim('Anna', name))
  const said = { id, earlier: first, incidentOn: '20.11.2026', pair: 'same', crime: 'no' }
  await judgeRepeat.run(cast.lea, said)
  const { repeat, head } = await openRepeat.run(cast.lea, { id })
  expect([repeat, head.repeatOf]).toEqual([{ within: true, older: 'no', newer: 'yes' }, first])
  await judgeRepeat.run(cast.lea, { ...said, crime: 'yes' })
  expect((await openRepeat.run(cast.lea, { id })).repeat).toEqual({ within: true, older: 'yes', newer: 'yes' })
  await expect(judgeRepeat.run(cast.lea, { ...said, incidentOn: '27.11.2026' })).rejects.toMatchObject({ status: 422 })
})

test('Max cannot, and a case that was not found cannot be named', async () => {
  const name = family()
  const first = await referCase(cast.lea, victim('Anna', name))
  const id = await referCase(cast.lea, victim('Anna', name))
  const said = { id, earlier: first, incidentOn: '20.11.2026', pair: 'same', crime: 'no' }
  await expect(openRepeat.run(cast.max, { id })).rejects.toBeInstanceOf(NotFound)
  await expect(judgeRepeat.run(cast.max, said)).rejects.toBeInstanceOf(NotFound)
  const foreign = await referCase(cast.max)
  await expect(judgeRepeat.run(cast.lea, { ...said, earlier: foreign })).rejects.toBeInstanceOf(NotFound)
  await expect(judgeRepeat.run(cast.kim, said)).rejects.toBeInstanceOf(Refused)
})

test('10,000 cases of the rule: outside the months nothing is a repeat, and each definition hears one answer alone', () => {
  const day = fc
    .date({ min: new Date('2024-01-01'), max: new Date('2028-12-31'), noInvalidDate: true })
    .map((at) => at.toISOString().slice(0, 10))
  fc.assert(
    fc.property(
      day,
      day,
      fc.constantFrom(...pairs),
      fc.constantFrom(...crimes),
      (earlierOn, incidentOn, pair, crime) => {
        const told = repeatOf({ earlierOn, incidentOn, months: 12, pair, crime })
        const months =
          (Number(incidentOn.slice(0, 4)) - Number(earlierOn.slice(0, 4))) * 12 +
          Number(incidentOn.slice(5, 7)) -
          Number(earlierOn.slice(5, 7))
        if (incidentOn < earlierOn || months > 12) expect(told).toEqual({ within: false, older: 'no', newer: 'no' })
        else if (months < 12)
          expect(told).toEqual({
            within: true,
            older: crime,
            newer: { same: 'yes', other: 'no', unknown: 'unknown' }[pair],
          })
      },
    ),
    { numRuns: 10_000 },
  )
  expect(
    repeatOf({ earlierOn: '2024-02-29', incidentOn: '2025-02-28', months: 12, pair: 'same', crime: 'no' }).within,
  ).toBe(true)
  expect(
    repeatOf({ earlierOn: '2024-02-29', incidentOn: '2025-03-01', months: 12, pair: 'same', crime: 'no' }).within,
  ).toBe(false)
})

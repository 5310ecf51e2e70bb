// Is everything that changes something raced against whoever may change the same at that moment, or is it said why it need not be?
import { expect, test } from 'vitest'
import { allOperations } from '../../../../app/core/operation.server.ts'
import '../../../../app/jobs.ts'
import '../../../../app/routes.ts'
import { contests } from '../races.ts'
import { unraced } from './unraced.ts'

const changing = allOperations()
  .filter(({ access }) => access === 'write')
  .map(({ name }) => name)
const raced = new Set(contests.flatMap(({ operations }) => operations))
const excused = unraced.flatMap(({ names }) => names)

test('every operation that changes something meets others in a contest, or stands in the list with a reason', () => {
  expect(changing.length).toBeGreaterThan(240)
  expect(changing.filter((name) => !raced.has(name) && !excused.includes(name))).toEqual([])
})

test('nothing is excused that is raced, twice, or not there', () => {
  expect(excused.filter((name, at) => raced.has(name) || excused.indexOf(name) !== at)).toEqual([])
  expect([...excused, ...raced].filter((name) => !changing.includes(name))).toEqual([])
})

test('what decides, ends, takes back or answers is never excused but by her whose own it is', () => {
  const [own] = unraced
  const deciding =
    /\.(confirm|refuse|withdraw|accept|decline|return|approve|revoke|close|reopen|end|answer|judge|lift|keep|take|join|move|sign|cancel)$/
  const others = excused.filter((name) => deciding.test(name) && !own?.names.includes(name))
  // The later word about an earlier case stands beside the earlier one; pictures are taken, not decided.
  expect(others).toEqual(['case.repeat.judge', 'case.basis.picture.take', 'expense.receipt.take'])
})

test('a contest has a name of its own', () => {
  const kinds = contests.map(({ kind }) => kind)
  expect(kinds.filter((kind, at) => kinds.indexOf(kind) !== at)).toEqual([])
})

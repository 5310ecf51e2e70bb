// Does the last line of `npm test` count what really happened?
import { expect, test } from 'vitest'
import { countTests, verdictOf } from './test.ts'

const file = (status: string, ...statuses: string[]) => ({
  status,
  assertionResults: statuses.map((each) => ({ status: each })),
})

test('single tests are counted; a skipped one did not pass', () => {
  const report = { testResults: [file('passed', 'passed', 'passed'), file('failed', 'failed', 'passed', 'skipped')] }
  expect(countTests(report)).toEqual({ passed: 3, failed: 1, skipped: 1 })
})

test('a file that could not be read is a failure', () => {
  expect(countTests({ testResults: [file('failed')] })).toEqual({ passed: 0, failed: 1, skipped: 0 })
  expect(countTests({ testResults: [file('failed', 'passed')] })).toEqual({ passed: 1, failed: 1, skipped: 0 })
})

test('what was left out is called so: on purpose in a part, and no success in a run of everything', () => {
  const count = { passed: 3, failed: 0, skipped: 2 }
  expect(verdictOf(count, true)).toEqual({ line: '3 passed, 0 failed, 2 skipped', code: 0 })
  expect(verdictOf(count, false)).toEqual({ line: '3 passed, 0 failed, 2 skipped', code: 1 })
  expect(verdictOf({ ...count, skipped: 0 }, false)).toEqual({ line: '3 passed, 0 failed', code: 0 })
  expect(verdictOf({ ...count, failed: 1 }, true).code).toBe(1)
})

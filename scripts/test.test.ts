// Does the last line of `npm test` count what really happened?
import { expect, test } from 'vitest'
import { countTests } from './test.ts'

const file = (status: string, ...statuses: string[]) => ({
  status,
  assertionResults: statuses.map((each) => ({ status: each })),
})

test('single tests are counted; a skipped one did not pass', () => {
  const report = { testResults: [file('passed', 'passed', 'passed'), file('failed', 'failed', 'passed', 'skipped')] }
  expect(countTests(report)).toEqual({ passed: 3, failed: 2 })
})

test('a file that could not be read is a failure', () => {
  expect(countTests({ testResults: [file('failed')] })).toEqual({ passed: 0, failed: 1 })
  expect(countTests({ testResults: [file('failed', 'passed')] })).toEqual({ passed: 1, failed: 1 })
})

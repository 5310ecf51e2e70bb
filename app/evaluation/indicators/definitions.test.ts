// Does a definition change only together with its version, so that a report that was handed in says truly what its figures mean?
import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { definitionsNow, redefinedSince } from './definitions.ts'

const digest = (words: string) => createHash('sha256').update(words).digest('hex').slice(0, 12)

// Whoever changes what a figure means raises its version (indicator.ts), and writes both here.
const known: Record<string, string> = {
  answerHours: '1 9cab28fb6f8e',
  casesVisited: '1 686c29fe983d',
  concernsAnswered: '1 ecbc6e5fcd08',
  concernsOpen: '1 6e01081ae212',
  concernsRaised: '1 3de27253e61e',
  contacts: '1 b4b21e008786',
  coverage: '1 dcfeb3eb393c',
  endedMonths: '1 4480c0bab240',
  expenses: '1 b559f5244408',
  hours: '1 fea28d184060',
  needsAgreed: '1 09555fedeaf3',
  needsCovered: '1 90bae048f47d',
  needsDeclined: '1 e6c7e13ce381',
  needsEnded: '1 a1b56078b4f3',
  needsOffered: '1 e998bec585fd',
  needsRunning: '1 5a56907c4a86',
  needsStanding: '1 6c0e60d6543f',
  needsStarted: '1 ed2642fad20b',
  needsUncovered: '1 aea6d5cf05db',
  needsUndecided: '1 865ba1f05f22',
  reportsDue: '1 683b398b650b',
  reportsLate: '1 2dc0c5f8d0f1',
  reportsMissing: '1 24a5776f5534',
  reportsOnTime: '1 8caf15d7d4bd',
  reportsPending: '1 29480dc1e975',
  runningMonths: '1 a31150cb4b3d',
  volunteersActive: '1 5ffc30ff600c',
  volunteersReady: '2 33a641f3f9cb',
  waitMean: '1 130ab688f926',
  waitMedian: '1 7a34576b8536',
}

test('the words of a definition and its version change together', () => {
  const now = Object.entries(definitionsNow()).map(([id, { version, meaning }]) => [
    id,
    `${version} ${digest(meaning.et)}`,
  ])
  expect(Object.fromEntries(now)).toEqual(known)
})

test('every figure is defined in every language', () => {
  for (const [id, { meaning }] of Object.entries(definitionsNow()))
    for (const words of Object.values(meaning)) expect(words.length, id).toBeGreaterThan(10)
})

test('a figure that means something else since is named, and no other', () => {
  const then = definitionsNow()
  expect(redefinedSince(then)).toEqual([])
  then.coverage.version = 0
  expect(redefinedSince(then)).toEqual(['coverage'])
})

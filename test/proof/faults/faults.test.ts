// Is what was said to be saved saved, once and whole – through kills, outages, slow lines and races?
import { expect, test } from 'vitest'
import { openCast } from '../../cast.ts'
import { seed } from '../../draws.ts'
import { isProof, record, scale } from '../record.ts'
import { proveKills } from './kills.ts'
import { proveOutages } from './outages.ts'
import { contests, proveContests, proveRaces } from './races.ts'
import { proveSlow } from './slow.ts'

const minutes = 60_000

test('kill -9 in the middle of writing loses nothing that was acknowledged and leaves nothing half done', {
  timeout: 40 * minutes,
}, async () => {
  const begun = performance.now()
  const figures = await proveKills(scale(30, 200), seed)
  const failed = figures.lost + figures.halves + figures.broken.length + figures.bugs.length
  const { slowest, engine } = figures
  record(
    {
      promise: 'kill',
      what: `rounds of kill -9, a form kept again within ${slowest} ms`,
      count: figures.rounds,
      failed,
      seed,
      engine,
    },
    begun,
  )
  record(
    { promise: 'kill', what: 'acknowledged forms', count: figures.acknowledged, failed: figures.lost, seed, engine },
    begun,
  )
  expect(figures, `seed ${seed}`).toMatchObject({ lost: 0, halves: 0, broken: [], bugs: [] })
  if (isProof) expect(slowest).toBeLessThanOrEqual(10_000)
  expect(figures.acknowledged).toBeGreaterThan(figures.rounds)
})

test('while the database is away everybody is told so with help, and nothing is called saved that was not', {
  timeout: 20 * minutes,
}, async () => {
  const begun = performance.now()
  const figures = await proveOutages(scale(8, 50))
  const { slowestAnswer, slowestRecovery, engine } = figures
  record(
    {
      promise: 'outage',
      what: `outages, all well again within ${slowestRecovery} ms`,
      count: figures.cycles,
      failed: figures.falselySaved,
      engine,
    },
    begun,
  )
  record(
    {
      promise: 'outage',
      what: `requests, each answered within ${slowestAnswer} ms`,
      count: figures.requests,
      failed: figures.wrong.length,
      engine,
    },
    begun,
  )
  expect(figures.wrong.slice(0, 3)).toEqual([])
  expect(figures.falselySaved).toBe(0)
  expect(figures.saved).toBeGreaterThan(figures.cycles)
  expect(figures.away).toBeGreaterThan(figures.cycles)
  // Each attempt that fails gives one broken connection back, and there are ten.
  expect(figures.mostAttempts).toBeLessThanOrEqual(20)
  if (isProof) expect(Math.max(slowestAnswer, slowestRecovery)).toBeLessThanOrEqual(5000)
})

test('a line that is slow answers all the same; one on which nothing comes back any more says so, and saves nothing twice', {
  timeout: 5 * minutes,
}, async () => {
  const begun = performance.now()
  const cast = await openCast()
  const delays = isProof ? Array.from({ length: 40 }, (_, nth) => 5 + nth * 4) : [20, 60]
  const figures = await proveSlow(cast, delays, isProof ? undefined : 1500)
  await cast.close()
  const { wrong, saved, visits, slowest, silent, recovery } = figures
  const times = `answered within ${slowest} ms, on a silent one within ${silent} ms, well again within ${recovery} ms`
  const failed = wrong.length + Math.abs(saved - visits)
  record({ promise: 'outage', what: `asked on a slow line, ${times}`, count: figures.requests, failed }, begun)
  expect(wrong).toEqual([])
  expect([saved, visits]).toEqual([delays.length + 3, delays.length + 3])
  if (isProof) expect(Math.max(slowest, recovery)).toBeLessThanOrEqual(5000)
  // The database itself gives a statement five seconds; then the program has its own half.
  if (isProof) expect(silent).toBeLessThanOrEqual(6500)
})

test('of those who change one record at once exactly one wins, and the others are told', {
  timeout: 10 * minutes,
}, async () => {
  const begun = performance.now()
  const cast = await openCast()
  const figures = await proveRaces(cast, 1000, seed)
  await cast.close()
  const failed = figures.lostUpdates + figures.others.length
  record({ promise: 'race', what: 'races', count: figures.races, failed, seed }, begun)
  expect(figures, `seed ${seed}`).toMatchObject({ winners: figures.races, lostUpdates: 0, others: [] })
  expect(figures.conflicts).toBeGreaterThanOrEqual(figures.races)
})

test('whatever people decide at once – money, roles, doors, cases, help – one is heard, and nothing happens twice', {
  timeout: 30 * minutes,
}, async () => {
  const begun = performance.now()
  const cast = await openCast()
  const figures = await proveContests(cast, scale(1, 10))
  await cast.close()
  const failed = figures.wrong.length
  record({ promise: 'race', what: 'contests of every kind of decision', count: figures.races, failed }, begun)
  expect(figures.wrong).toEqual([])
  expect(Object.keys(figures.byKind)).toEqual(contests.map(({ kind }) => kind))
})

// Is what was said to be saved saved, once and whole – through kills, outages, double sending and races?
import { expect, test } from 'vitest'
import { openCast } from '../../cast.ts'
import { seed } from '../../draws.ts'
import { record, scale } from '../record.ts'
import { proveKills } from './kills.ts'
import { proveOutages } from './outages.ts'
import { contests, proveContests, proveDoubleSubmit, proveRaces } from './races.ts'

const minutes = 60_000

test('kill -9 in the middle of writing loses nothing that was acknowledged and leaves nothing half done', {
  timeout: 40 * minutes,
}, async () => {
  const begun = performance.now()
  const figures = await proveKills(scale(30, 200), seed)
  const failed = figures.lost + figures.halves + figures.broken.length + figures.bugs.length
  record({ promise: 'kill', what: 'rounds of kill -9', count: figures.rounds, failed, seed }, begun)
  record(
    { promise: 'kill', what: 'acknowledged visits', count: figures.acknowledged, failed: figures.lost, seed },
    begun,
  )
  expect(figures, `seed ${seed}`).toMatchObject({ lost: 0, halves: 0, broken: [], bugs: [] })
  expect(figures.acknowledged).toBeGreaterThan(figures.rounds)
})

test('while the database is away everybody is told so with help, and nothing is called saved that was not', {
  timeout: 20 * minutes,
}, async () => {
  const begun = performance.now()
  const figures = await proveOutages(50)
  record({ promise: 'outage', what: 'outages', count: figures.cycles, failed: figures.falselySaved }, begun)
  record({ promise: 'outage', what: 'requests', count: figures.requests, failed: figures.wrong.length }, begun)
  expect(figures.wrong.slice(0, 3)).toEqual([])
  expect(figures.falselySaved).toBe(0)
  expect(figures.saved).toBeGreaterThan(figures.cycles)
  expect(figures.away).toBeGreaterThan(figures.cycles)
  // Each attempt that fails gives one broken connection back, and there are ten.
  expect(figures.mostAttempts).toBeLessThanOrEqual(20)
})

test('a thousand forms, each sent up to ten times at once, have a thousand effects', {
  timeout: 10 * minutes,
}, async () => {
  const begun = performance.now()
  const cast = await openCast()
  const figures = await proveDoubleSubmit(cast, 1000, seed)
  await cast.close()
  const failed = Math.abs(figures.effects - figures.groups) + figures.differing
  record({ promise: 'once', what: 'groups', count: figures.groups, failed, seed }, begun)
  expect(figures, `seed ${seed}`).toMatchObject({ effects: figures.groups, differing: 0 })
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

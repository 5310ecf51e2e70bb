// Does no job cost more than it must only by being asked twice a minute whether it is its time?
import { expect, test } from 'vitest'
import { jobs } from '../jobs.ts'
import { zoneOf } from './jobs.server.ts'

test('no job comes by the month: the days would be walked back each time; which days are its own it says itself', () => {
  for (const { name, cron } of jobs) expect(cron, name).toMatch(/^\S+ \S+ \* \* \S+$/)
  const [monthly] = jobs.filter(({ onlyOn }) => onlyOn)
  expect(monthly?.name).toBe('erasures.due')
  expect(['2026-12-01', '2026-12-11', '2026-11-30'].map((day) => monthly?.onlyOn?.(day))).toEqual([true, false, false])
})

test('Tallinn’s clock is reckoned with where an hour or a day is meant, and nowhere else', () => {
  const zones = jobs.map(({ cron }) => [cron, zoneOf(cron)] as const)
  for (const [cron, zone] of zones) expect(zone, cron).toBe(/^\S+ \d/.test(cron) ? 'Europe/Tallinn' : 'UTC')
  expect(new Set(zones.map(([, zone]) => zone)).size).toBe(2)
})

// Is every altered, moved or cut value refused? The full scale runs in `npm run proof`.
import { expect, test } from 'vitest'
import { seed } from '../draws.ts'
import { record, scale } from './record.ts'
import { proveSeals, sealScales } from './seals.ts'

test('no sealed value opens once it was altered, moved, cut or closed under another key', { timeout: 600_000 }, () => {
  const begun = performance.now()
  const { test: small, full } = sealScales
  const figures = proveSeals(seed, {
    values: scale(small.values, full.values),
    nonces: scale(small.nonces, full.nonces),
  })
  const failed = figures.opened.length + (figures.values - figures.sound)
  record({ promise: 'seals', what: 'altered, moved or cut values', count: figures.attempts, failed, seed }, begun)
  record({ promise: 'seals', what: 'nonces', count: figures.nonces, failed: figures.doubledNonces, seed }, begun)
  expect(figures.opened, `seed ${seed}`).toEqual([])
  expect(figures.sound).toBe(figures.values)
  expect(figures.attempts).toBeGreaterThan(15_000)
  expect(figures.doubledNonces).toBe(0)
  expect(figures.lengths.length).toBeLessThanOrEqual(8)
})

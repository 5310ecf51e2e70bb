// Is every altered, moved or cut value refused? The full scale runs in `npm run proof`.
import { expect, test } from 'vitest'
import { proveSeals, sealScales } from './seals.ts'

test('no sealed value opens once it was altered, moved, cut or closed under another key', { timeout: 60_000 }, () => {
  const seed = Number(process.env.PROOF_SEED ?? Date.now() % 1_000_000)
  const figures = proveSeals(seed, sealScales.test)
  expect(figures.opened, `seed ${seed}`).toEqual([])
  expect(figures.sound).toBe(figures.values)
  expect(figures.attempts).toBeGreaterThan(15_000)
  expect(figures.doubledNonces).toBe(0)
  expect(figures.lengths.length).toBeLessThanOrEqual(8)
})

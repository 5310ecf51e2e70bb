// Is the same matching reckoned only once, and does nobody wait long in front of an empty page?
import { expect, test } from 'vitest'
import { need, settings, today, volunteer } from '../../test/matching.ts'
import type { World } from './plan.ts'
import { explained, hashOf, oneNeedIn, soon } from './solution.server.ts'

const world = (): World => ({ needs: [need()], volunteers: [volunteer()], settings, today })

test('equal facts are solved once, and any other fact is solved anew', async () => {
  const first = explained(world())
  expect(explained(world())).toBe(first)
  expect(oneNeedIn(world(), 'M-2026-001')).toBe(oneNeedIn(world(), 'M-2026-001'))
  const other = { ...world(), volunteers: [volunteer({ active: 1 })] }
  expect(hashOf(other)).not.toBe(hashOf(world()))
  expect(explained(other)).not.toBe(first)
  expect((await first).plan.violations).toEqual([])
  expect((await explained(other)).plan.solution.assigned).toHaveLength(1)
  await oneNeedIn(world(), 'M-2026-001')
})

test('what takes longer than a second is not waited for; what is ready is given at once', async () => {
  const began = Date.now()
  expect(await soon(new Promise(() => undefined))).toBeNull()
  expect(Date.now() - began).toBeLessThan(1900)
  expect(await soon(Promise.resolve('ready'))).toBe('ready')
  await expect(soon(Promise.reject(new Error('too long')))).rejects.toThrow('too long')
})

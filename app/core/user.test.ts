// Which role leads where somebody has several, and how is it said whose work somebody does?
import { expect, test } from 'vitest'
import { mainRole, type Person, roles, standInOf } from './user.ts'

test('of several roles the one that stands first leads', () => {
  expect(mainRole({ roles: ['auditor', 'lead', 'member'] })).toBe('lead')
  expect(mainRole({ roles: ['system'] })).toBe('system')
  expect(mainRole({ roles: [] })).toBeUndefined()
  for (const role of roles) expect(mainRole({ roles: [role] })).toBe(role)
})

test('the frame tells whose work is done and until when, that it is over, or nothing', () => {
  const told = (standsInFor: Person['standsInFor'], stoodInFor: string | null) =>
    standInOf({ standsInFor, stoodInFor } as Person)
  const term = { id: 'x', name: 'Kim', until: '2026-12-03', substitutionId: 'y' }
  expect(told(term, null)).toEqual({ name: 'Kim', until: '03.12.2026', handover: '/substitution/y' })
  expect(told(null, 'Kim')).toEqual({ name: 'Kim', until: null, handover: '' })
  expect(told(null, null)).toBeNull()
})

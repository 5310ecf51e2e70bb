// Who falls through, and who has a step ahead?
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { addDays } from '../core/calendar/working-days.ts'
import { daysWaiting, fallsThrough, idleSince, toDo } from './recruitment.ts'

const step = (dueOn: string) => ({ step: 'call' as const, dueOn, owner: 'x', note: null })

test('without a step it is counted from the day of the stage, with a late one from the day it was due', () => {
  expect(idleSince({ since: '2026-11-01', next: null }, '2026-11-26')).toBe('2026-11-01')
  expect(idleSince({ since: '2026-11-01', next: step('2026-11-20') }, '2026-11-26')).toBe('2026-11-20')
  expect(idleSince({ since: '2026-11-22', next: step('2026-11-20') }, '2026-11-26')).toBe('2026-11-22')
  expect(idleSince({ since: '2026-11-01', next: step('2026-11-26') }, '2026-11-26')).toBeNull()
  expect(idleSince({ since: '2026-11-01', next: step('2026-12-20') }, '2026-11-26')).toBeNull()
})

test('the last day that is still in time is the one before N days have passed', () => {
  const one = { since: '2026-11-01', next: null }
  expect(fallsThrough(one, '2026-11-07', 7)).toBe(false)
  expect(fallsThrough(one, '2026-11-08', 7)).toBe(true)
  expect(daysWaiting(one, '2026-11-08')).toBe(7)
})

test('who has no step ahead is found by any N that has passed, and never before', () => {
  const day = fc.integer({ min: 0, max: 200 }).map((days) => addDays('2026-01-01', days))
  fc.assert(
    fc.property(day, fc.option(day, { nil: null }), day, fc.integer({ min: 1, max: 60 }), (since, due, today, days) => {
      if (since > today) return
      const one = { since, next: due === null ? null : step(due) }
      const quiet = due !== null && due >= today
      const last = due !== null && due > since ? due : since
      expect(fallsThrough(one, today, days)).toBe(!quiet && daysWaiting({ since: last }, today) >= days)
    }),
  )
})

test('the one next thing is what was agreed, or what the stage asks for', () => {
  expect(toDo({ place: 'new', next: null })).toBe('recruitment.todo.new')
  expect(toDo({ place: 'interview', next: step('2026-11-26') })).toBe('recruitment.step.call')
})

// Does no path through a meeting or an action skip what must come before?
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { addDays } from '../core/calendar/working-days.ts'
import { isLate, type Phase, refusal, type Standing, type Step } from './meeting.ts'
import { type ActionState, actionKinds, actionRefusal, ends, isAnswered } from './plan/action.ts'

const begins = '2026-11-26'
const reason = fc.boolean()
type Taken = Step | { kind: 'wait' } | { kind: 'pledge' }
const plain = fc.constantFrom<Step['kind']>('invite', 'close', 'arrange', 'research', 'attend', 'begin', 'begin', 'end')
// What leads on is tried more often than what ends a walk early.
const steps: fc.Arbitrary<Taken> = fc.oneof(
  { weight: 6, arbitrary: plain.map((kind) => ({ kind }) as Step) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('move' as const),
      to: fc.integer({ min: -5, max: 20 }).map((days) => addDays(begins, days)),
      reason,
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('add' as const), reason }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('decide' as const), pledged: fc.constant(true), reason }) },
  {
    weight: 4,
    arbitrary: fc.constantFrom<Taken>({ kind: 'wait' }, { kind: 'wait' }, { kind: 'wait' }, { kind: 'pledge' }),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom<Taken>(
      { kind: 'cancel', reason: false },
      { kind: 'cancel', reason: false },
      { kind: 'cancel', reason: true },
    ),
  },
)

const to: Partial<Record<Step['kind'], Phase>> = { close: 'closed', cancel: 'cancelled', begin: 'sitting', end: 'held' }

/** What a walk leaves behind: every step that was taken, with the state it was taken in. */
function walk(path: readonly Taken[]) {
  let standing: Standing = { phase: 'planned', onDate: addDays(begins, 10), cutOffOn: addDays(begins, 3) }
  let today = begins
  let pledged = false
  const taken: { step: Step; before: Standing; today: string; pledged: boolean }[] = []
  for (const wanted of path) {
    if (wanted.kind === 'wait') today = addDays(today, 4)
    else if (wanted.kind === 'pledge') pledged = true
    else {
      const step: Step = wanted.kind === 'decide' ? { ...wanted, pledged } : wanted
      if (refusal(standing, step, today)) continue
      taken.push({ step, before: standing, today, pledged })
      standing = {
        ...standing,
        phase: to[step.kind] ?? standing.phase,
        ...(step.kind === 'move' ? { onDate: step.to } : {}),
      }
    }
  }
  return { standing, taken }
}

/** Whether this step should never have been let through. */
function isWrong(step: Step, before: Standing, today: string, pledged: boolean): boolean {
  if (before.phase === 'held' || before.phase === 'cancelled') return true
  if (step.kind === 'decide') return !pledged || !step.reason || before.phase !== 'sitting'
  if (step.kind === 'add' || step.kind === 'cancel') return !step.reason || (isLate(before, today) && !step.reason)
  if (step.kind === 'begin') return before.phase !== 'closed' || before.onDate > today
  if (step.kind === 'move')
    return step.to !== before.onDate && (!step.reason || step.to < today || before.phase === 'sitting')
  if (step.kind === 'research' || step.kind === 'attend') return before.phase === 'planned'
  return false
}

test('12,000 random walks: nothing is decided unpledged or unheld, nothing added unexplained, nothing opened again', () => {
  const order: Phase[] = ['planned', 'closed', 'sitting', 'held']
  const count = { decide: 0, add: 0, end: 0, cancel: 0 }
  fc.assert(
    fc.property(fc.array(steps, { minLength: 20, maxLength: 60 }), (path) => {
      const { taken, standing } = walk(path)
      return taken.every(({ step, before, today, pledged }, at) => {
        if (step.kind in count) count[step.kind as keyof typeof count] += 1
        const after = taken[at + 1]?.before ?? standing
        const onward = order.indexOf(after.phase) - order.indexOf(before.phase)
        return !isWrong(step, before, today, pledged) && (after.phase === 'cancelled' || onward === 0 || onward === 1)
      })
    }),
    { numRuns: 12_000 },
  )
  // The walks went everywhere.
  for (const times of Object.values(count)) expect(times).toBeGreaterThan(300)
})

test('an action ends once, in words, by its owner or the lead; only what is or was done answers a risk', () => {
  const ending = fc.record({
    ...{ end: fc.constantFrom(...ends), words: fc.boolean(), mine: fc.boolean(), planned: fc.boolean() },
  })
  fc.assert(
    fc.property(fc.constantFrom(...actionKinds), fc.array(ending, { maxLength: 12 }), (kind, path) => {
      let state: ActionState = 'open'
      let ended = 0
      for (const step of path) {
        if (actionRefusal({ state, kind }, step)) continue
        expect([state, step.words, step.mine]).toEqual(['open', true, true])
        // She was told as it was planned, or it was not possible; that nobody told her is no end.
        if (kind === 'update') expect(step.end === 'impossible' || (step.end === 'done' && step.planned)).toBe(true)
        state = step.end
        ended += 1
      }
      expect(ended).toBeLessThanOrEqual(1)
      const action = { id: 'x', what: null, state, dueOn: begins, owner: '' }
      expect(isAnswered({ action, accepted: null })).toBe(state === 'open' || state === 'done')
    }),
    { numRuns: 6000 },
  )
  expect(isAnswered({ action: null, accepted: null })).toBe(false)
  expect(isAnswered({ action: null, accepted: 'sest' })).toBe(true)
})

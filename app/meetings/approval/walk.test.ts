// Does any order of asking, answering and changing approve a plan that nobody else has read?
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type PlanState, planAnswers, planRefusal, planState } from './approval.ts'

const step = fc.oneof(
  fc.record({ do: fc.constant('ask' as const), gaps: fc.boolean() }),
  fc.record({
    ...{ do: fc.constant('answer' as const), answer: fc.constantFrom(...planAnswers) },
    ...{ mine: fc.boolean(), read: fc.boolean() },
  }),
  fc.record({ do: fc.constant('change' as const) }),
)

test('20,000 walks: nothing is approved that was not asked about, without gaps, and read as it stood by somebody who may', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      let plan = 0
      let last: { id: string; answer: 'approved' | 'returned' | null; approvedPlan: string | null } | null = null
      const now = (): PlanState =>
        planState({
          id: last?.id ?? null,
          answer: last?.answer ?? null,
          plan: `${plan}`,
          approvedPlan: last?.approvedPlan ?? null,
        })
      for (const one of steps) {
        const before = now()
        if (one.do === 'change') plan += 1
        else if (one.do === 'ask') {
          const refused = planRefusal(before, { kind: 'ask', gaps: one.gaps })
          if (refused) continue
          expect([one.gaps, ['none', 'returned', 'changed'].includes(before)]).toEqual([false, true])
          last = { id: 'x', answer: null, approvedPlan: null }
        } else {
          const refused = planRefusal(before, { kind: 'answer', mine: one.mine, read: one.read })
          if (refused) continue
          expect([before, one.mine, one.read]).toEqual(['asked', true, true])
          last = { id: 'x', answer: one.answer, approvedPlan: `${plan}` }
        }
        if (now() === 'approved') expect(last).toMatchObject({ answer: 'approved', approvedPlan: `${plan}` })
        if (one.do === 'change') expect(now()).not.toBe('approved')
      }
    }),
    { numRuns: 20_000 },
  )
})

// Does every ground say "high" by itself, and can a count never say less than a judgement?
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Answers, answers, tally } from './instrument.ts'
import { type Criteria, groundsOf, type Level, riskOf, trendOf } from './risk.ts'

const uk = { highFrom: 14, mediumFrom: 10, escalationFrom: 3 }
const nothing: Criteria = { yesCount: 0, judgedHigh: false, callouts: null, criticalYes: 0, repeat: false }

test.each<[string, Partial<Criteria>, Level, string[]]>([
  ['nothing', {}, 'standard', []],
  ['nine yes answers', { yesCount: 9 }, 'standard', []],
  ['ten yes answers', { yesCount: 10 }, 'medium', []],
  ['thirteen yes answers', { yesCount: 13 }, 'medium', []],
  ['fourteen yes answers', { yesCount: 14 }, 'high', ['count']],
  ['a judgement and not one yes', { judgedHigh: true }, 'high', ['judgement']],
  ['two call-outs', { callouts: 2 }, 'standard', []],
  ['three call-outs', { callouts: 3 }, 'high', ['escalation']],
  ['call-outs not known', { callouts: null, yesCount: 12 }, 'medium', []],
  ['one critical answer', { yesCount: 1, criticalYes: 1 }, 'high', ['critical']],
  ['a case that came back', { repeat: true }, 'high', ['repeat']],
  [
    'everything',
    { yesCount: 24, judgedHigh: true, callouts: 9, criticalYes: 3, repeat: true },
    'high',
    ['count', 'judgement', 'escalation', 'critical', 'repeat'],
  ],
])('%s', (_name, criteria, level, grounds) => {
  const risk = riskOf({ ...nothing, ...criteria }, uk)
  expect(risk.level).toBe(level)
  expect(groundsOf(risk)).toEqual(grounds)
})

const criteria = fc.record<Criteria>({
  yesCount: fc.nat(24),
  judgedHigh: fc.boolean(),
  callouts: fc.option(fc.nat(20)),
  criticalYes: fc.nat(3),
  repeat: fc.boolean(),
})
const thresholds = fc
  .tuple(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 9 }))
  .map(([medium, more, escalationFrom]) => ({ mediumFrom: medium, highFrom: medium + more, escalationFrom }))

test('a count never lowers a judged high risk', () => {
  fc.assert(
    fc.property(
      criteria,
      thresholds,
      fc.nat(24),
      (of, by, count) => riskOf({ ...of, judgedHigh: true, yesCount: count }, by).level === 'high',
    ),
    { numRuns: 2000 },
  )
})

test('one more of anything never lowers the risk', () => {
  const order: Level[] = ['standard', 'medium', 'high']
  const rank = (of: Criteria, by: typeof uk) => order.indexOf(riskOf(of, by).level)
  fc.assert(
    fc.property(criteria, thresholds, (of, by) => {
      const base = rank(of, by)
      const more = [
        { ...of, yesCount: of.yesCount + 1 },
        { ...of, callouts: (of.callouts ?? 0) + 1 },
        { ...of, criticalYes: of.criticalYes + 1 },
        { ...of, repeat: true },
        { ...of, judgedHigh: true },
      ]
      return more.every((one) => rank(one, by) >= base)
    }),
    { numRuns: 2000 },
  )
})

test('high is said exactly where some ground holds', () => {
  fc.assert(
    fc.property(
      criteria,
      thresholds,
      (of, by) => (riskOf(of, by).level === 'high') === groundsOf(riskOf(of, by)).length > 0,
    ),
    { numRuns: 2000 },
  )
})

test('only a yes is counted; a question that was not asked is told', () => {
  const questions = ['a', 'b', 'c', 'd'].map((id) => ({ id, critical: id === 'b', et: id, en: id, ru: id }))
  const given: Answers = { a: 'yes', b: 'yes', c: 'unknown' }
  expect(tally(questions, given)).toEqual({ yesCount: 2, unknownCount: 1, unanswered: ['d'], critical: ['b'] })
  expect(answers).toEqual(['yes', 'no', 'unknown'])
})

test('the trend follows the level first and the count after it', () => {
  const of = (level: Level, yesCount: number) => ({ level, yesCount })
  expect(trendOf(of('high', 3), undefined)).toBeNull()
  expect(trendOf(of('high', 3), of('medium', 12))).toBe('rising')
  expect(trendOf(of('high', 15), of('high', 18))).toBe('falling')
  expect(trendOf(of('medium', 11), of('medium', 11))).toBe('steady')
})

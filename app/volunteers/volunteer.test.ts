// Does a volunteer's profile say rightly whether, until when and why not they may be assigned?
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  type Evidence,
  evidenceKinds,
  evidenceState,
  isForgotten,
  readiness,
  type Status,
  type StatusLine,
  statuses,
  statusOn,
  transitions,
  unusedSince,
} from './volunteer.ts'

const settings = { backgroundMonths: 12, trainingMonths: 0, evidenceWarnDays: 30, unusedMonths: 6 }
const today = '2026-11-23'
const paper = (kind: Evidence['kind'], validFrom: string, validTo: string | null = null, passed = true): Evidence => ({
  kind,
  validFrom,
  validTo,
  passed,
})
const line = (status: Status, fromOn: string, untilOn: string | null = null): StatusLine => ({
  status,
  fromOn,
  untilOn,
  recordedAt: new Date(`${fromOn}T10:00:00Z`),
})
const full = [
  paper('training', '2025-02-01'),
  paper('contract', '2025-03-01', '2027-12-31'),
  paper('pledge', '2025-03-01'),
  paper('background', '2026-03-14'),
]
const active = [line('candidate', '2025-01-01'), line('active', '2025-03-01')]
const judge = (evidence: Evidence[], history = active, childContact: boolean | null = true, day = today) =>
  readiness({ childContact }, evidence, history, settings, day)
const without = (kind: Evidence['kind'], ...instead: Evidence[]) => [
  ...full.filter((one) => one.kind !== kind),
  ...instead,
]

describe('may be assigned today', () => {
  test('with everything in order until the first paper ends', () => {
    expect(judge(full)).toEqual({ mayBeAssigned: true, until: '2027-03-14', missing: [], cautions: [] })
  })

  test('without an end where nothing ends and no check is needed', () => {
    const endless = without('contract', paper('contract', '2025-03-01')).filter((one) => one.kind !== 'background')
    expect(judge(endless, active, false)).toEqual({
      mayBeAssigned: true,
      until: null,
      missing: [],
      cautions: ['withoutChildren'],
    })
  })

  test('says everything that is missing, not only the first thing', () => {
    const answer = judge([paper('training', '2025-02-01', null, false), paper('background', '2025-11-02')])
    expect(answer.mayBeAssigned).toBe(false)
    expect(answer.missing).toEqual([
      { code: 'training.failed', args: { from: '01.02.2025', until: '' } },
      { code: 'contract.missing', args: { from: '', until: '' } },
      { code: 'pledge.missing', args: { from: '', until: '' } },
      { code: 'background.lapsed', args: { from: '02.11.2025', until: '02.11.2026' } },
    ])
  })

  test('the last day of a check is still a good day, the next is not', () => {
    expect(judge(full, active, true, '2027-03-14')).toMatchObject({ mayBeAssigned: true })
    expect(judge(full, active, true, '2027-03-15')).toMatchObject({ mayBeAssigned: false })
  })

  test('a later "no" takes away what an earlier "yes" gave, and a "yes" after it gives it back', () => {
    const no = without('background', paper('background', '2026-03-14'), paper('background', '2026-06-01', null, false))
    expect(judge(no).missing.map((one) => one.code)).toEqual(['background.failed'])
    expect(judge([...no, paper('background', '2026-07-01')])).toMatchObject({
      mayBeAssigned: true,
      until: '2027-07-01',
    })
  })

  test('a contract prolonged without a gap counts to the end of the new one', () => {
    const chain = without(
      'contract',
      paper('contract', '2025-03-01', '2026-12-31'),
      paper('contract', '2027-01-01', '2027-02-28'),
    )
    expect(judge(chain).until).toBe('2027-02-28')
    const gap = without(
      'contract',
      paper('contract', '2025-03-01', '2026-12-31'),
      paper('contract', '2027-01-02', '2027-02-28'),
    )
    expect(judge(gap).until).toBe('2026-12-31')
  })

  test('a contract that begins later, and papers replaced by a correction, do not count', () => {
    expect(judge(without('contract', paper('contract', '2026-12-01'))).missing).toEqual([
      { code: 'contract.notYet', args: { from: '01.12.2026', until: '' } },
    ])
    expect(judge(without('pledge', { ...paper('pledge', '2025-03-01'), superseded: true })).missing).toMatchObject([
      { code: 'pledge.missing' },
    ])
  })

  test('where contact with children is not decided, it is said aloud', () => {
    expect(judge(without('background'), active, null)).toMatchObject({
      mayBeAssigned: true,
      cautions: ['childContactUnknown', 'withoutChildren'],
    })
  })

  test('a training ends when its certificate does, or after the months of the rule, whichever comes first', () => {
    const until = (validTo: string | null, trainingMonths: number) => {
      const evidence = without('training', paper('training', '2025-02-01', validTo))
      return evidenceState(evidence, today, { ...settings, trainingMonths }).training
    }
    expect(until(null, 0)).toMatchObject({ state: 'valid', until: null })
    expect(until('2026-12-01', 0)).toMatchObject({ state: 'soon', until: '2026-12-01' })
    expect(until(null, 24)).toMatchObject({ state: 'valid', until: '2027-02-01' })
    expect(until('2026-12-01', 24)).toMatchObject({ until: '2026-12-01' })
    expect(until('2028-01-01', 21)).toMatchObject({ state: 'lapsed', until: '2026-11-01' })
    const lapsed = without('training', paper('training', '2025-02-01', '2026-11-22'))
    expect(judge(lapsed).missing).toEqual([
      { code: 'training.lapsed', args: { from: '01.02.2025', until: '22.11.2026' } },
    ])
  })

  test('evidence is called "soon" from thirty days before its last day', () => {
    const state = (day: string) => evidenceState(full, day, settings).background.state
    expect([state('2027-02-11'), state('2027-02-12'), state('2027-03-14'), state('2027-03-15')]).toEqual([
      'valid',
      'soon',
      'soon',
      'lapsed',
    ])
  })
})

describe('status', () => {
  test('a pause ends by itself on the day the volunteer is back; without a day it lasts', () => {
    const paused = [...active, line('paused', '2026-10-01', '2026-12-15')]
    expect(judge(full, paused).missing).toEqual([{ code: 'paused', args: { until: '15.12.2026' } }])
    expect(judge(full, paused, true, '2026-12-15').mayBeAssigned).toBe(true)
    expect(judge(full, [...active, line('paused', '2026-10-01')], true, '2027-03-01').missing).toMatchObject([
      { code: 'paused', args: { until: 'none' } },
    ])
  })

  test('the last line of a day counts, whatever the order in which the lines come', () => {
    const later = { ...line('paused', '2025-03-01'), recordedAt: new Date('2025-03-01T12:00:00Z') }
    expect(statusOn([later, ...active], today).status).toBe('paused')
    expect(statusOn([], today).status).toBe('candidate')
  })

  test('every status leads somewhere, and never to itself', () => {
    for (const status of statuses) {
      expect(transitions[status].length).toBeGreaterThan(0)
      expect(transitions[status]).not.toContain(status)
    }
  })
})

test('a promise never leans on a paper that a later "no" has taken away', () => {
  // The endless pledge was refused the day after; the new one holds for a day, and nothing behind it.
  const papers = without(
    'pledge',
    paper('pledge', '2026-01-01'),
    paper('pledge', '2026-01-02', null, false),
    paper('pledge', '2026-01-03', '2026-01-03'),
  )
  expect(judge(papers, active, false, '2026-01-03')).toMatchObject({ mayBeAssigned: true, until: '2026-01-03' })
  expect(judge(papers, active, false, '2026-01-04')).toMatchObject({ mayBeAssigned: false })
})

describe('care list', () => {
  const free = { active: 0, proposed: 0, lastUsed: null }
  test('an active volunteer without a case waits since the last one ended, or since becoming active', () => {
    expect(unusedSince(free, active, today)).toBe('2025-03-01')
    expect(unusedSince({ ...free, lastUsed: '2026-05-23' }, active, today)).toBe('2026-05-23')
    expect(unusedSince({ ...free, proposed: 1 }, active, today)).toBeNull()
    expect(unusedSince(free, [...active, line('paused', '2026-01-01')], today)).toBeNull()
  })

  test('six months on the day are long enough, one day less is not', () => {
    expect(isForgotten('2026-05-23', settings, today)).toBe(true)
    expect(isForgotten('2026-05-24', settings, today)).toBe(false)
    expect(isForgotten(null, settings, today)).toBe(false)
  })
})

const day = fc
  .integer({ min: 0, max: 1500 })
  .map((days) => new Date(Date.UTC(2024, 0, 1) + days * 86_400_000).toISOString().slice(0, 10))
const anyPaper = fc
  .record({
    kind: fc.constantFrom(...evidenceKinds),
    a: day,
    b: fc.option(day),
    passed: fc.boolean(),
    superseded: fc.boolean(),
  })
  .map(({ kind, a, b, passed, superseded }) => ({
    kind,
    validFrom: b !== null && b < a ? b : a,
    validTo: b !== null && b < a ? a : b,
    passed,
    superseded,
  }))

test('whoever may be assigned today may be assigned on each day until the promised one, unless something new is known', () => {
  fc.assert(
    fc.property(fc.array(anyPaper, { maxLength: 14 }), fc.boolean(), day, (papers, childContact, from) => {
      // Only what is known by that day: a later "no" may always shorten a promise.
      const known = papers.filter((one) => one.passed || one.validFrom <= from)
      const answer = judge(known, [line('active', '2020-01-01')], childContact, from)
      if (!answer.mayBeAssigned || answer.until === null) return true
      const last = judge(known, [line('active', '2020-01-01')], childContact, answer.until)
      const middle = new Date((Date.parse(from) + Date.parse(answer.until)) / 2).toISOString().slice(0, 10)
      return (
        last.mayBeAssigned &&
        answer.until >= from &&
        judge(known, [line('active', '2020-01-01')], childContact, middle).mayBeAssigned
      )
    }),
    { numRuns: 2000 },
  )
})

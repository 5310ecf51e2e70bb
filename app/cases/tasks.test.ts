// Is the next step the one that an experienced victim support worker would take?
import { expect, test } from 'vitest'
import { addDays, addWorkingDays, isWorkingDay } from '../core/calendar/working-days.ts'
import { dueBeforeHolidays, nextStep, type Standing } from './tasks.ts'

const high: Standing = { status: 'open', basis: 'consent', level: 'high', draft: false, need: null, tasks: [] }
const today = '2026-11-23'

test.each<[string, Partial<Standing>, string]>([
  ['a new case is assessed', { level: null }, 'assess'],
  ['a draft is finished first', { level: null, draft: true }, 'finish-draft'],
  [
    'who must be told comes before everything',
    { level: null, tasks: [{ kind: 'tell-victim-support', dueOn: today }] },
    'tell-victim-support',
  ],
  [
    'children come before the assessment',
    { level: null, tasks: [{ kind: 'tell-child-protection', dueOn: today }] },
    'tell-child-protection',
  ],
  ['without a ground nothing is shared', { basis: 'none' }, 'ground'],
  [
    'who had received something is told first',
    { basis: 'none', tasks: [{ kind: 'tell-recipients', dueOn: today }] },
    'tell-recipients',
  ],
  [
    'what came from another network is assessed anew before everything else of its own',
    {
      draft: true,
      tasks: [
        { kind: 'share-actions', dueOn: today },
        { kind: 'assess-transferred', dueOn: '2026-11-30' },
      ],
    },
    'assess-transferred',
  ],
  ['a high risk is offered a support person', {}, 'offer'],
  ['a low risk is not', { level: 'standard' }, 'none'],
  ['an open need waits to be matched', { need: 'open' }, 'wait-match'],
  ['a proposal waits for its answer', { need: 'proposed' }, 'wait-answer'],
  ['a covered need is well', { need: 'covered' }, 'supported'],
  [
    'a look that is due comes before waiting',
    { need: 'open', tasks: [{ kind: 'assess-again', dueOn: '2026-11-20' }] },
    'assess-again',
  ],
  ['a refusal is not asked again', { need: 'declined' }, 'none'],
  ['a closed case asks nothing', { status: 'closed', level: null }, 'none'],
  [
    'but to look again on its day',
    { status: 'closed', tasks: [{ kind: 'follow-up', dueOn: '2027-02-26' }] },
    'follow-up',
  ],
])('%s', (_name, of, kind) => {
  expect(nextStep({ ...high, ...of }, today).kind).toBe(kind)
})

test('a deadline in danger counts no Saturday and no Sunday, and comes before holidays rather than after them', () => {
  expect(dueBeforeHolidays('2026-11-23', 1)).toBe('2026-11-24')
  expect(dueBeforeHolidays('2026-11-27', 1)).toBe('2026-11-30')
  expect(dueBeforeHolidays('2026-11-28', 2)).toBe('2026-12-01')
  expect(dueBeforeHolidays('2026-11-23', 0)).toBe('2026-11-23')
  // Tuesday before Christmas: told the same day, not on Monday; and what may take three days still before it.
  expect(dueBeforeHolidays('2025-12-23', 1)).toBe('2025-12-23')
  expect(dueBeforeHolidays('2025-12-22', 3)).toBe('2025-12-23')
  // Good Friday, and what is found on a holiday.
  expect(dueBeforeHolidays('2026-04-01', 2)).toBe('2026-04-02')
  expect(dueBeforeHolidays('2026-12-25', 1)).toBe('2026-12-28')
})

test('it is never later than the same number of working days, never before the day itself, and never on a day on which nobody works', () => {
  for (let day = '2024-01-01'; day < '2035-01-01'; day = addDays(day, 1))
    for (const count of [1, 2, 3, 5, 10]) {
      const due = dueBeforeHolidays(day, count)
      expect(due >= day && due <= addWorkingDays(day, count), `${day} ${count}`).toBe(true)
      expect(due === day || isWorkingDay(due), `${day} ${count}`).toBe(true)
    }
})

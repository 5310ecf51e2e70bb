// Is a story told newest first, in the months of Tallinn?
import { expect, test } from 'vitest'
import { groupByMonth, Timeline } from './timeline.tsx'

// 31 October, 23.30 in Greenwich is already November in Tallinn.
const items = [
  { at: '2026-10-14', title: 'vanim' },
  { at: new Date('2026-10-31T23:30:00Z'), title: 'kuuvahetus' },
  { at: '2026-11-01', title: 'samal päeval' },
  { at: new Date('2026-11-23T12:30:00Z'), title: 'uusim' },
]

test('months and moments are those of Tallinn, newest first', () => {
  const groups = groupByMonth(items).map(([month, inMonth]) => [month, inMonth.map(({ title }) => title)])
  expect(groups).toEqual([
    ['2026-11', ['uusim', 'kuuvahetus', 'samal päeval']],
    ['2026-10', ['vanim']],
  ])
})

test('a moment is shown on the clock of Tallinn and kept exact for machines', () => {
  const html = String(<Timeline items={items} locale="et" />)
  expect(html).toContain('<time datetime="2026-11-23T12:30:00.000Z">23.11.2026 14.30</time>')
  expect(html).toContain('<time datetime="2026-10-14">14.10.2026</time>')
  expect(html).toContain('november 2026')
})

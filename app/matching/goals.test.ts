// Does every goal cost what the published order says?
import { expect, test } from 'vitest'
import { need, settings, tiles, today, volunteer } from '../../test/matching.ts'
import { byTelephone, countyDistance, pairCost, penalties, placeCosts, waited } from './goals.ts'

test('steps between counties: the same 0, neighbours 1, across the country more, the same both ways', () => {
  expect(countyDistance('0037', '0037', tiles)).toBe(0)
  expect(countyDistance('0045', '0060', tiles)).toBe(1)
  expect(countyDistance('0064', '0087', tiles)).toBe(1)
  expect(countyDistance('0039', '0045', tiles)).toBe(5)
  const codes = Object.keys(tiles)
  expect(codes).toHaveLength(15)
  for (const a of codes) {
    for (const b of codes) {
      expect(countyDistance(a, b, tiles)).toBe(countyDistance(b, a, tiles))
      expect(countyDistance(a, b, tiles) === 0).toBe(a === b)
      expect(countyDistance(a, b, tiles) + 1).toBeLessThan(byTelephone)
    }
  }
  expect(() => countyDistance('0037', '0001', tiles)).toThrow('0001')
})

test('the cost of a pair: first language, same municipality, county, neighbours, telephone, continuity', () => {
  const cost = (a = {}, b = {}) => pairCost(need(a), volunteer(b), settings)
  expect(cost()).toEqual([0, 0, 0, 0, 1])
  expect(cost({ language: 'ru' })).toEqual([1, 0, 0, 0, 1])
  expect(cost({ supportedBefore: ['TI-001'] })).toEqual([0, 0, 0, 0, 0])
  expect(cost({ municipality: '0511' })[1]).toBe(1)
  expect(cost({ municipality: null }, { municipality: null })[1]).toBe(1)
  expect(cost({ county: '0060', municipality: '0191' })[1]).toBe(2)
  expect(cost({}, { remoteOnly: true })[1]).toBe(9)
})

test('places: sharing evenly first, then whoever has waited longest; never more than the limit', () => {
  expect(placeCosts(volunteer(), settings, today)).toEqual([
    [0, 0, 0, 17, 0],
    [0, 0, 1, 24, 0],
  ])
  expect(placeCosts(volunteer({ active: 1 }), settings, today)).toEqual([[0, 0, 1, 24, 0]])
  expect(placeCosts(volunteer({ active: 2 }), settings, today)).toEqual([])
  expect(placeCosts(volunteer({ active: 3 }), settings, today)).toEqual([])
  expect(placeCosts(volunteer({ maxCases: 0 }), settings, today)).toEqual([])
  expect(placeCosts(volunteer({ maxCases: 4 }), settings, today)).toHaveLength(4)
})

test('waiting counts in full months, up to two years, only for whoever has no case', () => {
  expect(waited(volunteer({ waitingSince: '2026-10-23' }), today)).toBe(1)
  expect(waited(volunteer({ waitingSince: '2026-10-24' }), today)).toBe(0)
  expect(waited(volunteer({ waitingSince: '2019-01-01' }), today)).toBe(24)
  expect(waited(volunteer({ waitingSince: '2027-01-01' }), today)).toBe(0)
  expect(waited(volunteer({ waitingSince: null }), today)).toBe(0)
  expect(waited(volunteer({ active: 1 }), today)).toBe(0)
})

test('the penalties of one pair put both together; who is full is judged as the next case would be', () => {
  const goals = penalties(need({ language: 'ru', municipality: '0511' }), volunteer({ active: 1 }), settings, today)
  expect(goals).toEqual({ language: 1, distance: 1, load: 1, wait: 24, continuity: 1 })
  expect(penalties(need(), volunteer({ active: 2 }), settings, today).load).toBe(2)
})

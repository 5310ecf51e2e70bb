// Does a figure say truly whether it reached its goal, and does one that was not measured say so?
import { expect, test } from 'vitest'
import { atLeast, atMost, markdownOf, notRun, tableOf, told } from './rows.ts'
import { readOptions } from './session.ts'

test('a goal is reached, missed, or was never asked for', () => {
  expect(atLeast('a', 0.6, 0.6).pass).toBe(true)
  expect(atLeast('a', 0.59, 0.6).pass).toBe(false)
  expect(atMost('a', 2.01, 2).pass).toBe(false)
  expect(told('a', 3).pass).toBe(null)
})

test('a ratio to nothing is no figure and reaches no goal', () => {
  for (const value of [Number.NaN, Number.POSITIVE_INFINITY]) {
    const row = atMost('a', value, 2, { floor: 0 })
    expect([row.value, row.pass]).toEqual([null, false])
    expect(tableOf([row])).toContain('no answer')
  }
})

test('what was not measured is printed with its reason', () => {
  const row = notRun('pgbench', 'not installed | here')
  expect(tableOf([row])).toMatch(/– +pgbench +not run +not run: not installed/)
  expect(markdownOf([row])).toContain('not installed \\| here')
})

test('three figures count', () => {
  const row = atLeast('a', 0.123456, 1, { floor: 123456.7, product: 98.7654 })
  expect([row.value, row.floor, row.product]).toEqual([0.123, 123457, 98.8])
})

test('options are understood, and what is not known is refused', () => {
  const { json, quick, only, profile } = readOptions(['--json', '--quick', '--only=pages,matching', '--profile'])
  expect({ json, quick, only, profile }).toEqual({
    json: true,
    quick: true,
    only: ['pages', 'matching'],
    profile: 'profile',
  })
  expect(() => readOptions(['--fast'])).toThrow('--fast')
  expect(() => readOptions(['--only=nothing'])).toThrow('nothing')
})

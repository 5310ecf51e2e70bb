// Does what is known of a meeting that is over stand in the form without hiding or losing what was half written?
import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  asTyped,
  begunWith,
  type Draft,
  dayMeant,
  stackOf,
  type Typed,
  withFirst,
  without,
} from './browser/half-written.ts'

const today = '2026-11-27'
const known = { day: 'today', assignment: 'a', way: 'meeting', minutes: 'own', ownMinutes: '65' }
const draft = (values: Typed, more: Partial<Draft> = {}): Draft => ({
  values,
  of: null,
  on: today,
  before: null,
  ...more,
})

test('of another support or day, or an entry that came back, what was half written waits as it is', () => {
  const words = { way: 'phone', note: 'Näidis' }
  for (const other of [
    draft({ assignment: 'b', day: 'today', ...words }),
    draft({ assignment: 'a', day: 'yesterday', ...words }),
    draft({ assignment: 'a', day: 'today', ...words }, { on: '2026-11-26' }),
    draft({ assignment: 'a', day: 'own', otherDay: '', ...words }),
    draft(
      { assignment: 'a', day: 'today', ...words },
      { of: { id: 'e', kind: 'visit', values: {}, madeAt: 0, refused: null } },
    ),
  ])
    expect(begunWith(known, other, today)).toEqual({ values: known, before: other, gaveWay: null })
})

test('of the same meeting the words stay hers, and day, way and minutes are what is known now – and it is said what stood there', () => {
  const typed = { assignment: 'a', day: 'today', way: 'phone', minutes: '45', note: 'Näidis', danger: 'yes' }
  expect(begunWith(known, draft(typed), today)).toEqual({
    values: { ...typed, ...known },
    before: null,
    gaveWay: { way: 'phone', minutes: '45', ownMinutes: '' },
  })
  // Where nothing differs nothing is said.
  const agrees = { ...typed, way: 'meeting', minutes: 'own', ownMinutes: '65' }
  expect(begunWith(known, draft(agrees), today).gaveWay).toBeNull()
  expect(
    begunWith(known, draft({ assignment: 'a', day: 'own', otherDay: '27.11.2026', note: 'x' }), today),
  ).toMatchObject({
    values: { note: 'x', ownMinutes: '65' },
    gaveWay: null,
  })
})

test('what says nothing is nothing; what waits behind it still does', () => {
  const before = draft({ assignment: 'b', note: 'x' })
  expect(begunWith(known, null, today)).toEqual({ values: known, before: null, gaveWay: null })
  expect(begunWith(known, draft({ assignment: 'b', day: 'yesterday', note: '' }, { before }), today)).toEqual({
    ...{ values: known, before, gaveWay: null },
  })
})

test('what was called today when it was typed keeps its date on every later day', () => {
  const typed = (day: string, on: string) => asTyped({ values: { day, note: 'x' }, on }, today)
  expect(typed('today', today)).toEqual({ day: 'today', note: 'x' })
  expect(typed('today', '2026-11-26')).toEqual({ day: 'yesterday', note: 'x' })
  expect(typed('yesterday', '2026-11-26')).toEqual({ day: 'own', otherDay: '25.11.2026', note: 'x' })
  const days = fc
    .integer({ min: 0, max: 60 })
    .map((ago) => new Date(Date.parse(today) - ago * 86_400_000).toISOString().slice(0, 10))
  fc.assert(
    fc.property(fc.constantFrom('today', 'yesterday'), days, (day, on) => {
      expect(dayMeant(asTyped({ values: { day }, on }, today), today)).toBe(dayMeant({ day }, on))
    }),
  )
})

test('whatever is begun in whatever order, no word of anything half written is lost', () => {
  const some = fc.record({
    assignment: fc.constantFrom('a', 'b'),
    day: fc.constantFrom('today', 'yesterday'),
    way: fc.constantFrom('phone', 'meeting'),
    note: fc.string({ minLength: 1 }),
  })
  const notes = (of: Draft | null): string[] => (of ? [of.values.note ?? '', ...notes(of.before)] : [])
  fc.assert(
    fc.property(fc.array(some, { maxLength: 5 }), (typed) => {
      const stack = typed.reduce<Draft | null>((before, values) => draft(values, { before }), null)
      const { values, before } = begunWith(known, stack, today)
      expect([...(values.note ? [values.note] : []), ...notes(before)]).toEqual(notes(stack))
    }),
  )
})

test('of what waits one is gone on with or thrown away, and the others stay as they were, in their order', () => {
  const note = fc.string({ minLength: 1 })
  fc.assert(
    fc.property(fc.array(note, { minLength: 1, maxLength: 5 }), fc.nat(4), (notes, at) => {
      const nth = at % notes.length
      const stack = notes.reduceRight<Draft | null>((before, text) => draft({ note: text }, { before }), null)
      const said = (of: Draft | null) => stackOf(of).map(({ values }) => values.note)
      const others = notes.filter((_, one) => one !== nth)
      expect(said(withFirst(stack, nth))).toEqual([notes[nth], ...others])
      expect(said(without(stack, nth))).toEqual(others)
    }),
  )
})

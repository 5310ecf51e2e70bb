// Does a plan pass exactly where she said it may, and is it said at its field where it may not?
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Invalid } from '../../core/errors.ts'
import { translator } from '../../i18n/i18n.ts'
import { guardContact, PlanFields, readPlan } from './contact-plan.ts'
import { peopleWords, rulesWords } from './contact-words.ts'
import { judgeContact, type Plan, type Safe } from './judge-contact.ts'
import {
  type Channel,
  channels,
  days,
  readSpans,
  type SafeContact,
  safeContactOf,
  spanWords,
  typedOf,
} from './safe-contact.ts'

const said = safeContactOf({
  ...{ call: 'safe', through: 'safe', text: 'unsafe', workdays: '9–15', sat: '10-12, 14.30–16' },
  ...{ mayAnswer: 'õde.', codeWord: 'õunakook', never: 'ära jäta teadet kõneposti' },
  ...{
    feared: 'Igor Näidis-Kask, hall kaubik',
    tellSupport: true,
    mayTell: 'õde Mari Näidis-Õis',
    mayNotTell: 'ämm Helve, naaber Юрий',
  },
})
const plan = (more: Partial<Plan>): Plan => ({
  channel: 'call',
  onDate: '2026-11-23',
  minute: 600,
  person: null,
  ...more,
})

describe('judged against what she said', () => {
  test.each<[string, Partial<Plan>, string[]]>([
    ['a call on a Monday morning', {}, []],
    ['to the minute', { minute: 15 * 60 }, []],
    ['a minute later', { minute: 15 * 60 + 1 }, ['hours']],
    ['before it begins', { minute: 539 }, ['hours']],
    ['the second span of a Saturday', { onDate: '2026-11-28', minute: 14 * 60 + 30 }, []],
    ['between the spans', { onDate: '2026-11-28', minute: 13 * 60 }, ['hours']],
    ['on a Sunday', { onDate: '2026-11-29' }, ['day']],
    ['a message, which she ruled out', { channel: 'text' }, ['channel']],
    ['a message at night', { channel: 'text', minute: 0 }, ['channel', 'hours']],
    ['an e-mail, of which nobody asked', { channel: 'email' }, ['channel-unasked']],
    ['a day without an hour', { minute: null }, ['hour-open']],
    ['a Sunday without an hour', { onDate: '2026-11-29', minute: null }, ['day']],
    ['neither day nor hour', { onDate: null, minute: null }, ['day-open']],
    ['a message, no matter when', { channel: 'text', onDate: null, minute: null }, ['channel', 'day-open']],
    ['through her sister', { channel: 'through', person: 'Mari' }, []],
    ['through her sister, in Russian', { channel: 'through', person: 'Мари' }, []],
    ['through the mother-in-law', { channel: 'through', person: 'Helve Näidis' }, ['person']],
    ['through the neighbour, otherwise written', { channel: 'through', person: 'Juri' }, ['person']],
    ['through whom she fears', { channel: 'through', person: 'igor' }, ['person']],
    ['through somebody unknown', { channel: 'through', person: 'Tiit' }, ['person-unasked']],
  ])('%s', (_, of, broken) => {
    expect(judgeContact(plan(of), said)).toEqual(broken)
  })

  test('where nothing was said everything is asked first', () => {
    expect(judgeContact(plan({}), { rules: null, people: null })).toEqual(['unknown'])
    const noHours = safeContactOf({ call: 'safe' })
    expect(judgeContact(plan({}), noHours)).toEqual(['hours-unasked'])
    expect(judgeContact(plan({ onDate: null, minute: null }), noHours)).toEqual(['hours-unasked'])
  })
})

const minuteOf = fc.integer({ min: 0, max: 1439 })
const span = fc.tuple(minuteOf, minuteOf).filter(([a, b]) => a !== b)
const hours = fc.array(fc.array(span, { maxLength: 3 }), { minLength: 7, maxLength: 7 })
const channel = fc.constantFrom(...channels)
const answers = fc.dictionary(channel, fc.constantFrom('safe', 'unsafe'))
const day = fc
  .integer({ min: 0, max: 3000 })
  .map((at) => new Date(Date.UTC(2025, 0, 1 + at)).toISOString().slice(0, 10))

test('whatever was said, a plan passes only by a safe way within an hour of its weekday', () => {
  fc.assert(
    fc.property(hours, answers, channel, day, minuteOf, (spans, ways, way, onDate, minute) => {
      const of = spans.map((list) => list.map(([a, b]) => ({ from: Math.min(a, b), to: Math.max(a, b) })))
      const rules = { ...said.rules, hours: of, channels: ways as Partial<Record<Channel, 'safe' | 'unsafe'>> }
      const safe: Safe = { rules, people: null }
      // Said a second time, without a weekday of ours: minute by minute, and by the calendar of the language.
      const name = new Intl.DateTimeFormat('en', { weekday: 'short', timeZone: 'UTC' })
        .format(new Date(onDate))
        .toLowerCase()
      const within = (of[days.indexOf(name as 'mon')] ?? []).some((one) => minute >= one.from && minute <= one.to)
      const fits = ways[way] === 'safe' && within
      expect(judgeContact({ channel: way, onDate, minute, person: null }, safe).length === 0).toBe(fits)
    }),
    { numRuns: 2000 },
  )
})

test('without a reason a plan against her word stops at its fields; with one it passes and says what it goes against', () => {
  fc.assert(
    fc.property(channel, day, minuteOf, fc.string({ maxLength: 30 }), (way, onDate, minute, because) => {
      const of = { channel: way, onDate, minute, person: way === 'through' ? 'Helve' : null }
      const broken = judgeContact(of, said)
      const enough = because.trim().length >= 10
      const run = () => guardContact(of, said, because)
      if (broken.length === 0 || enough) expect(run()).toEqual(broken)
      else expect(run).toThrow(Invalid)
    }),
    { numRuns: 1000 },
  )
  const wrong = (of: Plan): Invalid => {
    try {
      guardContact(of, said, '')
    } catch (error) {
      return error as Invalid
    }
    throw new Error('it passed')
  }
  const t = translator('et')
  const fields = wrong(plan({ channel: 'text', minute: 16 * 60 })).fields
  expect(Object.keys(fields).toSorted()).toEqual(['because', 'channel', 'time'])
  const words = (name: string) => t(fields[name]?.key ?? 'core.error.missing', fields[name]?.args)
  expect(words('channel')).toBe('Sõnumit saata ei ole ohutu')
  expect(words('time')).toBe('Esmaspäeval on ohutu aeg 9–15')
})

test('what is typed comes back as it was said, and hours that are none are refused', () => {
  fc.assert(
    fc.property(hours, (spans) => {
      const week = spans.map((list) =>
        list.map(([a, b]) => ({ from: Math.min(a, b), to: Math.max(a, b) })).toSorted((a, b) => a.from - b.from),
      )
      for (const one of week) expect(readSpans(spanWords(one))).toEqual(one)
      const safe: SafeContact = { ...said, rules: { ...said.rules, hours: week } }
      expect(safeContactOf(typedOf(safe) as never)).toEqual(safe)
    }),
  )
  for (const wrong of ['õhtuti', '15–9', '9', '9–25', '9.75–12', '9–12 14–16', '9–9'])
    expect(readSpans(wrong), wrong).toBeNull()
})

test('a plan is of a day that has not passed, and says through whom', () => {
  const today = '2026-11-23'
  for (const [of, field] of [
    [{ channel: 'call', day: '2026-11-22' }, 'day'],
    [{ channel: 'call', time: '09:00' }, 'day'],
    [{ channel: 'through', day: today }, 'person'],
  ] as const)
    expect(() => readPlan(of, today)).toThrow(expect.objectContaining({ fields: { [field]: expect.anything() } }))
})

test('an hour typed alone is a time of the day, and other words are not', () => {
  const said = { channel: 'call', day: '24.11.2026' }
  const minuteOf = (time: string) => readPlan(PlanFields.parse({ ...said, time }), '2026-11-23').minute
  for (const time of ['9', '9.00', '09:00']) expect(minuteOf(time), time).toBe(540)
  expect(minuteOf('')).toBeNull()
  const wrong = PlanFields.safeParse({ ...said, time: 'hommikul' }).error
  expect(wrong?.issues).toMatchObject([{ path: ['time'], message: 'cases.guard.wrongTime' }])
})

test('it is read aloud in each language as one plain sentence after another', () => {
  expect(rulesWords(translator('et'), said.rules)).toBe(
    'Tohib helistada ja saata sõna teise inimese kaudu E–R 9–15; L 10–12, 14.30–16. Ei tohi saata sõnumit. ' +
      'Küsimata on, kas tohib kirjutada e-kirja või kohtuda. Mitte kunagi: ära jäta teadet kõneposti. Telefonile võib vastata ka õde. ' +
      'Koodsõna on „õunakook“. Ta kardab: Igor Näidis-Kask, hall kaubik.',
  )
  expect(peopleWords(translator('et'), said.people, said.rules)).toBe(
    'Rääkida võib: õde Mari Näidis-Õis. Teada ei tohi saada: ämm Helve, naaber Юрий.',
  )
  expect(rulesWords(translator('en'), said.rules)).toMatch(
    /^You may call and send word through another person Mon–Fri 9–15; Sat 10–12/,
  )
  expect(rulesWords(translator('ru'), said.rules)).toMatch(
    /^Можно звонить и передавать через другого человека пн–пт 9–15; сб 10–12/,
  )
})

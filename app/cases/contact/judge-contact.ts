// Does a contact that somebody plans keep to what she said is safe, and if not, against which rule does it go?

import { weekdayOf } from '../../core/calendar/working-days.ts'
import type { Message } from '../../core/errors.ts'
import { soundOf } from '../../i18n/search-name.ts'
import { type Channel, days, type People, type Rules, type Span, spanWords } from './safe-contact.ts'

export const brokenRules = [
  'unknown',
  'channel',
  'channel-unasked',
  'day',
  'hours',
  'hours-unasked',
  'day-open',
  'hour-open',
  'person',
  'person-unasked',
] as const
export type Broken = (typeof brokenRules)[number]

/** `onDate` in Tallinn; a day or an hour that is left open is no time that she said is safe. `until`: when it is over, beyond 1440 on the next day. `person`: through whom. */
export type Plan = {
  channel: Channel
  onDate: string | null
  minute: number | null
  until?: number | null | undefined
  person: string | null
}
/** `people` is missing where the one who plans may not know it. */
export type Safe = { rules: Rules | null; people: People | null }

/** Every rule the plan goes against; none where it may be done. */
export function judgeContact(plan: Plan, safe: Safe): Broken[] {
  if (!safe.rules) return ['unknown']
  const found = [ofChannel(plan, safe.rules), ofTime(plan, safe.rules), ofPerson(plan, safe)]
  return found.filter((one) => one !== null)
}

function ofChannel({ channel }: Plan, rules: Rules): Broken | null {
  const said = rules.channels[channel]
  return said === 'safe' ? null : said === 'unsafe' ? 'channel' : 'channel-unasked'
}

export const hoursOn = (rules: Rules, day: string): Span[] => rules.hours[weekdayOf(day)] ?? []

function ofTime({ onDate, minute, until }: Plan, rules: Rules): Broken | null {
  if (rules.hours.every((spans) => spans.length === 0)) return 'hours-unasked'
  if (!onDate) return 'day-open'
  const spans = hoursOn(rules, onDate)
  if (spans.length === 0) return 'day'
  if (minute === null) return 'hour-open'
  return spans.some(({ from, to }) => from <= minute && (until ?? minute) <= to) ? null : 'hours'
}

const wordsOf = (names: string | null) =>
  soundOf((names ?? '').replaceAll(/[^\p{L}\s-]/gu, ' '))
    .split(/[\s-]+/)
    .filter((word) => word.length > 2)

function ofPerson({ channel, person }: Plan, { people }: Safe): Broken | null {
  if (channel !== 'through' || !person || !people) return null
  const asked = wordsOf(person)
  const among = (names: string | null) => {
    const known = new Set(wordsOf(names))
    return asked.some((word) => known.has(word))
  }
  // A name that stands on both sides is not told.
  if (among(people.mayNotTell) || among(people.feared)) return 'person'
  return among(people.mayTell) ? null : 'person-unasked'
}

/** What says nothing against her word, and still cannot be held against it. */
export const leavesOpen = (one: Broken): boolean => one === 'day-open' || one === 'hour-open'

/** At which field of a form it is said. */
const fieldOf: Record<Broken, string> = {
  unknown: 'channel',
  channel: 'channel',
  'channel-unasked': 'channel',
  day: 'day',
  hours: 'time',
  'hours-unasked': 'day',
  'day-open': 'day',
  'hour-open': 'time',
  person: 'person',
  'person-unasked': 'person',
}

/** What is said where it does not fit, by field. */
export function brokenWords(broken: readonly Broken[], plan: Plan, rules: Rules | null): Record<string, Message> {
  const day = plan.onDate ? (days[weekdayOf(plan.onDate)] ?? 'mon') : 'mon'
  const hours = rules && plan.onDate ? spanWords(hoursOn(rules, plan.onDate)) : ''
  return Object.fromEntries(
    broken.map((one) => [
      fieldOf[one],
      { key: `cases.guard.${one}`, args: { channel: plan.channel, day, hours } } as const,
    ]),
  )
}

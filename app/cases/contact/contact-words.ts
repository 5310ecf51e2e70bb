// How is a safe contact read aloud: one plain sentence after another, in the order in which one needs them?
import type { Key, T } from '../../i18n/i18n.ts'
import { type Channel, channels, days, type People, type Rules, spanWords } from './safe-contact.ts'

const wayWords = (t: T, which: readonly Channel[], joint: 'and' | 'or' | 'nor') => {
  const words = which.map((channel) => t(`cases.safe.way.${channel}`))
  const [last] = words.slice(-1)
  return words.length > 1 ? `${words.slice(0, -1).join(', ')} ${t(`cases.safe.${joint}`)} ${last}` : (last ?? '')
}

/** `E–R 9–15, L 10–12`: days that are alike stand together. */
export function hoursWords(t: T, { hours }: Pick<Rules, 'hours'>): string {
  const groups: { first: number; last: number; spans: string }[] = []
  hours.forEach((of, at) => {
    const spans = spanWords(of)
    const before = groups.at(-1)
    if (!spans) return
    if (before && before.last === at - 1 && before.spans === spans) before.last = at
    else groups.push({ first: at, last: at, spans })
  })
  const day = (at: number) => t(`cases.safe.day.${days[at] ?? 'mon'}`)
  const some = groups.map(({ first, last, spans }) =>
    first === last ? `${day(first)} ${spans}` : `${day(first)}–${day(last)} ${spans}`,
  )
  return some.join('; ')
}

const plain = (words: string) => words.trim().replace(/[.;,\s]+$/, '')

/** What everybody needs who is about to reach her. */
export function rulesWords(t: T, rules: Rules): string {
  const said = (wanted: 'safe' | 'unsafe' | undefined) => channels.filter((one) => rules.channels[one] === wanted)
  const hours = hoursWords(t, rules)
  const [may, mayNot, unasked] = [said('safe'), said('unsafe'), said(undefined)]
  const sentences = [
    may.length ? t('cases.safe.may', { ways: wayWords(t, may, 'and'), hours: hours ? ` ${hours}` : '' }) : null,
    !may.length && hours ? t('cases.safe.hours', { hours }) : null,
    hours ? null : t('cases.safe.noHours'),
    mayNot.length ? t('cases.safe.mayNot', { ways: wayWords(t, mayNot, 'nor') }) : null,
    unasked.length ? t('cases.safe.unasked', { ways: wayWords(t, unasked, 'or') }) : null,
    one(t, 'cases.safe.never', rules.never),
    one(t, 'cases.safe.mayAnswer', rules.mayAnswer),
    one(t, 'cases.safe.codeWord', rules.codeWord),
    one(t, 'cases.safe.feared', rules.feared),
  ]
  return sentences.filter(Boolean).join(' ')
}

/** Before whom the network takes care. */
export function peopleWords(t: T, people: People, told: Pick<Rules, 'feared'> | null): string {
  const sentences = [
    told?.feared ? null : one(t, 'cases.safe.feared', people.feared),
    one(t, 'cases.safe.mayTell', people.mayTell),
    one(t, 'cases.safe.mayNotTell', people.mayNotTell),
  ]
  return sentences.filter(Boolean).join(' ')
}

const one = (t: T, key: Key, words: string | null) => (words ? t(key, { words: plain(words) }) : null)

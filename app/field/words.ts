// Which sentences does the script of this page say? Only words of the catalogue, one for each plural form of the language.
import type { Key, Locale, T } from '../i18n/i18n.ts'
import { ways } from '../support/visit/visit.ts'

// A number that takes the form; in its place the script puts the true one.
const samples = { none: 0, one: 1, few: 2, many: 5, other: 1.5 }

function counted(t: T, key: Key): Record<string, string> {
  const write = (count: number) => t(key, { count }).replace(/\d+([.,]\d+)?/, '%{count}')
  return Object.fromEntries(Object.entries(samples).map(([form, count]) => [form, write(count)]))
}

/** `%{count}`, `%{time}`, `%{date}` and the like are filled in on the device. */
export function wordsFor(t: T, locale: Locale) {
  const put = (key: Key, ...names: string[]) => t(key, Object.fromEntries(names.map((name) => [name, `%{${name}}`])))
  return {
    locale,
    title: t('field.title'),
    waiting: counted(t, 'field.waiting'),
    sent: put('field.sent', 'time'),
    nothing: t('field.nothing'),
    sending: t('field.sending'),
    sendingSome: put('field.sendingSome', 'done', 'all'),
    away: t('field.away'),
    over: t('field.over'),
    foreign: t('field.foreign'),
    left: counted(t, 'field.left'),
    clock: t('field.clock'),
    tries: counted(t, 'field.tries'),
    short: put('field.error.short', 'count'),
    different: t('field.error.different'),
    passkey: t('field.error.passkey'),
    signIn: t('field.error.signIn'),
    network: t('field.error.network'),
    choose: t('core.error.choose'),
    date: t('core.error.dateMissing'),
    future: t('support.error.future'),
    number: t('core.error.numberMissing'),
    summary: t('support.error.summary'),
    monthRuns: t('support.error.monthRuns'),
    sure: counted(t, 'field.wipe.sure'),
    discardSure: t('field.refused.discardSure'),
    since: put('field.since', 'date'),
    guide: put('field.guide', 'name'),
    minutes: put('field.minutes', 'count'),
    sums: put('field.sums', 'contacts', 'hours'),
    noSums: t('field.sums.none'),
    due: put('field.due', 'date'),
    unsent: t('field.unsent'),
    outing: {
      meeting: t('support.outing.title'),
      drill: t('support.drill.mark'),
      span: put('support.outing.span', 'from', 'until'),
    },
    half: {
      before: put('field.half.before', 'what'),
      gaveWay: put('field.half.gaveWay', 'what'),
      note: put('field.half.note', 'count'),
      sure: put('field.half.sure', 'what'),
      sureChanges: put('field.half.sureChanges', 'what'),
      thrown: t('field.half.thrown'),
    },
    danger: t('support.visit.flagged'),
    ways: Object.fromEntries(ways.map((way) => [way, t(`support.way.${way}`)])),
    gone: {
      gone: t('field.gone.gone'),
      none: t('field.gone.none'),
      silent: t('field.gone.silent'),
      tries: t('field.gone.tries'),
      own: t('field.gone.own'),
    },
  }
}
export type Words = ReturnType<typeof wordsFor>

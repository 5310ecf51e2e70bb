// What does a round say of all entries, in plain words and as a chart, and how did it go from round to round?
import { formatDate } from '../../i18n/format.ts'
import type { Locale, T } from '../../i18n/i18n.ts'
import { type Range, RangeChart } from '../../ui/chart/ranges.tsx'
import { atLeastPercent, atMostPercent, type Ended, lookedAt, type Told, toldBy } from './sample.ts'

type Props = { t: T; locale: Locale; round: Ended }

/** „05.09.2026–30.11.2026“ */
export const daysOf = ({ fromOn, toOn }: { fromOn: string; toOn: string }) =>
  `${formatDate(fromOn)}–${formatDate(toOn)}`

/** What was found, question by question: a sentence each, then the chart. */
export function Result({ t, locale, round }: Props) {
  const looked = lookedAt(round)
  if (looked === null) return <p>{t('supervision.sample.tooFew', { threshold: round.threshold ?? 0 })}</p>
  const told = toldBy(round, round.questions)
  const unseen = round.sample - looked
  return (
    <>
      <p class="tv-lead">{t('supervision.sample.looked', { looked, entries: round.entries })}</p>
      {unseen > 0 ? <p>{t('supervision.sample.unseen', { unseen })}</p> : null}
      {told.map((one) => (
        <p>
          <strong>{one.question[locale]}</strong>
          <br />
          {sentence(t, round, one)}
        </p>
      ))}
      <RangeChart
        title={t('supervision.sample.wanting')}
        kind={t('supervision.sample.question')}
        measure={t('supervision.sample.seen')}
        range={t('supervision.sample.range', { confidence: round.confidence })}
        rows={told.map((one) => rangeOf(t, round, one, one.question[locale]))}
        empty={t('supervision.sample.noResult')}
      />
      <p class="tv-quiet">{t('supervision.sample.how', { confidence: round.confidence })}</p>
      {round.closed > 0 ? <p class="tv-quiet">{t('supervision.sample.closed', { closed: round.closed })}</p> : null}
    </>
  )
}

/** „Puudu oli 3 sissekandes. 95% kindlusega on selliseid kuni 21% kõigist.“ */
function sentence(t: T, round: Ended, { no, na, bounds }: Told): string {
  if (no === null || bounds === null) return t('supervision.sample.hidden')
  const seen =
    no === 'few'
      ? t('supervision.sample.fewWanting', { threshold: round.threshold ?? 0 })
      : t('supervision.sample.countWanting', { no })
  const most = t('supervision.sample.most', {
    confidence: round.confidence,
    percent: atMostPercent(bounds.most, round.entries),
    count: bounds.most,
  })
  return [seen, most, na ? t('supervision.sample.notAsked', { na }) : ''].filter(Boolean).join(' ')
}

function rangeOf(t: T, round: Ended, { no, bounds }: Told, name: string, href?: string): Range {
  const looked = lookedAt(round)
  if (no === null || bounds === null || !looked)
    return { name, href, seen: null, low: null, high: null, text: '–', range: '–' }
  const [low, high] = [atLeastPercent(bounds.low, round.entries), atMostPercent(bounds.high, round.entries)]
  const few = no === 'few'
  const words = few
    ? t('supervision.sample.fewOf', { threshold: round.threshold ?? 0, looked })
    : t('supervision.sample.of', { no, looked })
  return { name, href, seen: few ? null : (no * 100) / looked, low, high, text: words, range: `${low}–${high}%` }
}

/** Each question that was asked in at least two rounds in the same words, round by round. */
export function Trend({ t, locale, rounds, at }: { t: T; locale: Locale; rounds: readonly Ended[]; at: string }) {
  const asked = Map.groupBy(
    rounds.flatMap((round) => toldBy(round, round.questions).map((told) => ({ round, told }))),
    ({ told }) => told.question.et,
  )
  const trends = [...asked.values()].filter((rows) => rows.length > 1)
  if (trends.length === 0) return null
  const drawn = trends.map((rows) =>
    rows.map(({ round, told }) => ({ told, range: rangeOf(t, round, told, daysOf(round), `${at}/${round.id}`) })),
  )
  // All on one scale, so that one question can be held against another.
  const end = Math.max(...drawn.flat().map(({ range }) => range.high ?? 0))
  return (
    <>
      <h2>{t('supervision.sample.trend')}</h2>
      {drawn.map((rows) => (
        <RangeChart
          title={rows[0]?.told.question[locale] ?? ''}
          kind={t('supervision.sample.days')}
          measure={t('supervision.sample.seen')}
          range={t('supervision.sample.rangeOnly')}
          rows={rows.map(({ range }) => range)}
          end={end}
          empty=""
        />
      ))}
    </>
  )
}

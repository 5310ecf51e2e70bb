// What happened, when, by whom and why – newest first?
import type { Child } from 'hono/jsx'
import { formatDate, formatInstant, formatMonth, isoDate } from '../../i18n/format.ts'
import type { Locale } from '../../i18n/i18n.ts'

/** `at` is an instant, or an ISO date where the hour is not known or does not matter. */
export type TimelineItem = { at: Date | string; title: Child; who?: string; children?: Child }

/** Grouped by month. `level` is that of the months' headings. */
export function Timeline({
  items,
  locale,
  level = 2,
}: {
  items: readonly TimelineItem[]
  locale: Locale
  level?: 2 | 3
}) {
  const Month = level === 2 ? 'h2' : 'h3'
  const Title = level === 2 ? 'h3' : 'h4'
  return (
    <>
      {groupByMonth(items).map(([month, inMonth]) => (
        <section class="tv-month">
          <Month class="tv-month__name">{formatMonth(month, locale)}</Month>
          <ol class="moj-timeline">
            {inMonth.map((item) => (
              <li class="moj-timeline__item">
                <Title class="moj-timeline__title">{item.title}</Title>
                <p class="moj-timeline__byline">
                  <Moment at={item.at} />
                  {item.who ? ` · ${item.who}` : null}
                </p>
                {item.children ? <div class="moj-timeline__description">{item.children}</div> : null}
              </li>
            ))}
          </ol>
        </section>
      ))}
    </>
  )
}

function Moment({ at }: { at: Date | string }) {
  const iso = typeof at === 'string' ? at.slice(0, 10) : at.toISOString()
  return <time datetime={iso}>{typeof at === 'string' ? formatDate(at) : formatInstant(at)}</time>
}

/** Newest first; the month is that of Tallinn. Within one day an instant stands above a bare date. */
export function groupByMonth(items: readonly TimelineItem[]): [month: string, items: TimelineItem[]][] {
  const placed = items.map((item) => {
    const day = dayOf(item)
    return { item, month: day.slice(0, 7), order: `${day} ${typeof item.at === 'string' ? '' : item.at.toISOString()}` }
  })
  const newest = placed.toSorted((a, b) => (a.order < b.order ? 1 : a.order > b.order ? -1 : 0))
  const months = Map.groupBy(newest, ({ month }) => month)
  return [...months].map(([month, inMonth]) => [month, inMonth.map(({ item }) => item)])
}

function dayOf({ at }: TimelineItem): string {
  return typeof at === 'string' ? at.slice(0, 10) : isoDate(at)
}

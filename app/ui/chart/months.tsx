// How did a number go from month to month, as columns or a line and as a table?
import { scaleBand, scaleLinear } from 'd3-scale'
import { formatNumber } from '../../i18n/format.ts'
import { Table } from '../table.tsx'

export type MonthPoint = {
  /** "nov", under the column, and "november 2026", in the table. */
  short: string
  name: string
  /** Null where there is nothing or nothing that may be shown; `text` says which. */
  value: number | null
  text?: string
  href?: string | undefined
}

type MonthsProps = {
  /** Unique on the page. */
  id: string
  title: string
  /** The chart in one sentence, for those who do not see it. */
  description: string
  measure: string
  /** Columns for amounts, a line for levels (waiting time, active volunteers). */
  kind: 'columns' | 'line'
  points: readonly MonthPoint[]
  words: { month: string; table: string; empty: string }
}

// In the drawing's own units; at 360 a letter of 12 is 12 px on the narrowest phone.
const frame = { width: 360, height: 200, left: 34, right: 6, top: 18, bottom: 24 }
const [digit, gap] = [7, 6]

/** Where the columns begin: behind the widest number of the axis. */
const leftOf = (ticks: readonly number[]): number =>
  Math.max(frame.left, ...ticks.map((tick) => formatNumber(tick).length * digit + 2 * gap))

/** Months from left to right over an axis from zero; the same as a table below. */
export function MonthChart(props: MonthsProps) {
  const { id, title, description, measure, points, words } = props
  const numbers = points.flatMap((point) => (point.value === null ? [] : [point.value]))
  if (numbers.length === 0) return <p class="tv-empty">{words.empty}</p>
  return (
    <figure class="tv-months" aria-labelledby={`${id}-title`}>
      <figcaption class="govuk-heading-s" id={`${id}-title`}>
        {title}
      </figcaption>
      <svg
        class="tv-months__drawing"
        viewBox={`0 0 ${frame.width} ${frame.height}`}
        role="img"
        aria-label={description}
        focusable="false"
      >
        <Drawing {...props} top={Math.max(...numbers)} />
      </svg>
      <details class="govuk-details">
        <summary class="govuk-details__summary">
          <span class="govuk-details__summary-text">{words.table}</span>
          <span class="govuk-visually-hidden">: {title}</span>
        </summary>
        <Table
          caption={title}
          captionLook="hidden"
          columns={[
            { name: words.month, cell: named },
            { name: measure, number: true, cell: said },
          ]}
          rows={points}
          empty={words.empty}
          phone="scroll"
        />
      </details>
    </figure>
  )
}

function named(point: MonthPoint) {
  return point.href ? <a href={point.href}>{point.name}</a> : point.name
}

function said(point: MonthPoint): string {
  return point.text ?? (point.value === null ? '–' : formatNumber(point.value))
}

type Place = { point: MonthPoint; x: number; y: number; wide: number; named: boolean; numbered: boolean }

function Drawing({ kind, points, top }: MonthsProps & { top: number }) {
  const y = scaleLinear()
    .domain([0, Math.max(1, top)])
    .nice(4)
    .range([frame.height - frame.bottom, frame.top])
  const ticks = y.ticks(4)
  const left = leftOf(ticks)
  const places = placesOf(kind, points, left, (value) => round(y(value)))
  return (
    <>
      {ticks.map((tick) => (
        <g>
          <line
            class="tv-months__grid"
            x1={left}
            x2={frame.width - frame.right}
            y1={round(y(tick))}
            y2={round(y(tick))}
          />
          <text class="tv-months__tick" x={left - gap} y={round(y(tick)) + 4}>
            {formatNumber(tick)}
          </text>
        </g>
      ))}
      {kind === 'line' ? <path class="tv-months__line" d={linePath(places)} /> : null}
      {places.map((place) => (
        <Mark kind={kind} place={place} />
      ))}
    </>
  )
}

// More than six names under each other's feet cannot be read: every second, third … is written, the last one always.
function placesOf(
  kind: MonthsProps['kind'],
  points: readonly MonthPoint[],
  left: number,
  level: (value: number) => number,
): Place[] {
  const x = scaleBand<number>()
    .domain(points.map((_, index) => index))
    .range([left, frame.width - frame.right])
    .padding(0.25)
  const every = Math.ceil(points.length / 6)
  const short = points.every((point) => said(point).length <= 3)
  const last = points.findLastIndex((point) => point.value !== null)
  return points.map((point, index) => {
    const named = (points.length - 1 - index) % every === 0
    const numbered = kind === 'line' ? index === last : short || named
    const middle = round((x(index) ?? 0) + x.bandwidth() / 2)
    return { point, x: middle, y: level(point.value ?? 0), wide: round(x.bandwidth()), named, numbered }
  })
}

function Mark({ kind, place }: { kind: MonthsProps['kind']; place: Place }) {
  const { point, x, y, wide } = place
  const column = (
    <rect
      class="tv-months__column"
      x={round(x - wide / 2)}
      y={y}
      width={wide}
      height={round(frame.height - frame.bottom - y)}
    />
  )
  const dot = <circle class="tv-months__dot" cx={x} cy={y} r="3.5" />
  return (
    <g>
      {point.value === null ? null : kind === 'line' ? dot : column}
      {place.named ? (
        <text class="tv-months__name" x={x} y={frame.height - 7}>
          {point.short}
        </text>
      ) : null}
      {place.numbered ? (
        <text class="tv-months__value" x={x} y={y - 7}>
          {point.value === null ? '–' : said(point)}
        </text>
      ) : null}
    </g>
  )
}

/** The line through the known months; a month without a number breaks it. */
export function linePath(places: readonly { point: { value: number | null }; x: number; y: number }[]): string {
  let pen = 'M'
  const parts: string[] = []
  for (const { point, x, y } of places) {
    if (point.value !== null) parts.push(`${pen}${x} ${y}`)
    pen = point.value === null ? 'M' : 'L'
  }
  return parts.join('')
}

function round(value: number): number {
  return Math.round(value * 10) / 10
}

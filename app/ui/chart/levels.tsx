// How did a level go up and down over time, what happened meanwhile, and the same as a table?
import { scaleLinear } from 'd3-scale'
import { formatDate } from '../../i18n/format.ts'
import { Table } from '../table.tsx'

/** `value` counts from 0, the lowest of `levels`; it holds until the next point. Dates are `YYYY-MM-DD`. */
export type LevelPoint = { on: string; value: number; text: string }
/** What happened on a day: `grave` is drawn as a filled mark, anything else as an empty one. */
export type LevelEvent = { on: string; text: string; grave: boolean }

type LevelsProps = {
  /** Unique on the page. */
  id: string
  title: string
  /** The chart in one sentence, for those who do not see it. */
  description: string
  /** From the lowest to the highest. */
  levels: readonly string[]
  points: readonly LevelPoint[]
  events: readonly LevelEvent[]
  today: string
  words: { day: string; what: string; table: string; grave: string; other: string; empty: string }
}

// In the drawing's own units; at 360 a letter of 12 is 12 px on the narrowest phone.
const frame = { width: 360, height: 168, left: 74, right: 10, top: 14, bottom: 46 }

/** A stair of levels over the days, the events beneath it; the same as a table below. */
export function LevelChart(props: LevelsProps) {
  const { id, title, description, points, events, words } = props
  if (points.length === 0) return <p class="tv-empty">{words.empty}</p>
  const rows = [...points, ...events].toSorted((a, b) => (a.on < b.on ? 1 : a.on > b.on ? -1 : 0))
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
        <Drawing {...props} />
      </svg>
      {events.length > 0 ? <Legend events={events} words={words} /> : null}
      <details class="govuk-details">
        <summary class="govuk-details__summary">
          <span class="govuk-details__summary-text">{words.table}</span>
          <span class="govuk-visually-hidden">: {title}</span>
        </summary>
        <Table
          caption={title}
          captionLook="hidden"
          columns={[
            { name: words.day, cell: (row) => <span class="tv-nowrap">{formatDate(row.on)}</span> },
            { name: words.what, cell: (row) => row.text },
          ]}
          rows={rows}
          empty={words.empty}
          phone="scroll"
        />
      </details>
    </figure>
  )
}

function Legend({ events, words }: Pick<LevelsProps, 'events' | 'words'>) {
  const [grave, other] = [events.some((event) => event.grave), events.some((event) => !event.grave)]
  return (
    <ul class="tv-levels__legend">
      {grave ? (
        <li>
          <svg viewBox="0 0 16 16" aria-hidden="true" focusable="false">
            <path class="tv-levels__grave" d={diamond(8, 8)} />
          </svg>
          {words.grave}
        </li>
      ) : null}
      {other ? (
        <li>
          <svg viewBox="0 0 16 16" aria-hidden="true" focusable="false">
            <circle class="tv-levels__other" cx="8" cy="8" r="4.5" />
          </svg>
          {words.other}
        </li>
      ) : null}
    </ul>
  )
}

function Drawing({ levels, points, events, today }: LevelsProps) {
  const days = [...points, ...events].map(({ on }) => dayOf(on))
  const first = Math.min(...days)
  const last = Math.max(dayOf(today), first + 1, ...days)
  const x = scaleLinear()
    .domain([first, last])
    .range([frame.left, frame.width - frame.right])
  const y = scaleLinear()
    .domain([0, Math.max(1, levels.length - 1)])
    .range([frame.height - frame.bottom, frame.top])
  const at = (on: string) => round(x(dayOf(on)))
  const stair = points.toSorted((a, b) => (a.on < b.on ? -1 : 1))
  const [begin, end] = [stair[0]?.on ?? today, today]
  const row = frame.height - 26
  return (
    <>
      {levels.map((name, value) => (
        <g>
          <line class="tv-months__grid" x1={frame.left} x2={frame.width - frame.right} y1={y(value)} y2={y(value)} />
          <text class="tv-months__tick" x={frame.left - 8} y={y(value) + 4}>
            {name}
          </text>
        </g>
      ))}
      <path class="tv-months__line" d={stairPath(stair, at, (value) => round(y(value)), round(x(last)))} />
      {stair.map((point) => (
        <circle class="tv-months__dot" cx={at(point.on)} cy={round(y(point.value))} r="3.5">
          <title>{`${formatDate(point.on)}: ${point.text}`}</title>
        </circle>
      ))}
      {events.map((event) => (
        <EventMark event={event} x={at(event.on)} y={row} />
      ))}
      <text class="tv-levels__edge" x={frame.left} y={frame.height - 4}>
        {formatDate(begin)}
      </text>
      <text class="tv-levels__edge tv-levels__edge--end" x={frame.width - frame.right} y={frame.height - 4}>
        {formatDate(end)}
      </text>
    </>
  )
}

function EventMark({ event, x, y }: { event: LevelEvent; x: number; y: number }) {
  const title = <title>{`${formatDate(event.on)}: ${event.text}`}</title>
  return event.grave ? (
    <path class="tv-levels__grave" d={diamond(x, y)}>
      {title}
    </path>
  ) : (
    <circle class="tv-levels__other" cx={x} cy={y} r="4.5">
      {title}
    </circle>
  )
}

const diamond = (x: number, y: number) => `M${x} ${y - 6}L${x + 6} ${y}L${x} ${y + 6}L${x - 6} ${y}Z`

/** A level holds until the next one is said, the last one until `end`. */
export function stairPath(
  points: readonly Pick<LevelPoint, 'on' | 'value'>[],
  x: (on: string) => number,
  y: (value: number) => number,
  end: number,
): string {
  const steps = points.map((point, index) =>
    index === 0 ? `M${x(point.on)} ${y(point.value)}` : `H${x(point.on)}V${y(point.value)}`,
  )
  return points.length > 0 ? `${steps.join('')}H${end}` : ''
}

const dayOf = (on: string): number => Date.parse(`${on.slice(0, 10)}T00:00:00Z`) / 86_400_000

function round(value: number): number {
  return Math.round(value * 10) / 10
}

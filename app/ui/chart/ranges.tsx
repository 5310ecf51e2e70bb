// Where between nothing and all may something lie, as points with ranges in a table?
import { scaleLinear } from 'd3-scale'
import { Table } from '../table.tsx'

export type Range = {
  name: string
  /** What was seen, and between what the truth lies, in hundredths; nothing where it may not be told. */
  seen: number | null
  low: number | null
  high: number | null
  /** The same in words: what was seen, and between what the truth lies. */
  text: string
  range: string
  href?: string | undefined
}

type RangesProps = {
  title: string
  /** What the rows are, and what the two columns say: the headings. */
  kind: string
  measure: string
  range: string
  rows: readonly Range[]
  /** How far the scale reaches at least, in hundredths, where several charts are read beside each other. */
  end?: number
  empty: string
}

/** A bar from the least to the most that may be, with a mark at what was seen; the table is the chart, so nothing is lost on whoever does not see it. */
export function RangeChart({ title, kind, measure, range, rows, empty, end: least = 20 }: RangesProps) {
  // As far as the longest one reaches, and never so far in that a few hundredths look like much.
  const end = Math.max(20, least, ...rows.map(({ high }) => high ?? 0))
  const place = scaleLinear().domain([0, end]).range([0, 100])
  return (
    <div class="tv-bars">
      <Table
        caption={title}
        captionLook="s"
        columns={[
          { name: kind, cell: (row: Range) => <Named row={row} place={(value) => round(place(value))} /> },
          { name: measure, number: true, cell: (row) => row.text },
          { name: range, number: true, nowrap: true, cell: (row) => row.range },
        ]}
        rows={rows}
        empty={empty}
      />
    </div>
  )
}

function Named({ row, place }: { row: Range; place: (value: number) => number }) {
  const { name, href, seen, low, high } = row
  return (
    <>
      {href ? <a href={href}>{name}</a> : name}
      <svg class="tv-bars__bar" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true" focusable="false">
        <rect class="tv-bars__ground" width="100" height="8" />
        {low === null || high === null ? null : (
          <rect
            class="tv-bars__range"
            x={place(low)}
            width={round(Math.max(0.5, place(high) - place(low)))}
            height="8"
          />
        )}
        {seen === null ? null : <rect class="tv-bars__seen" x={Math.min(99, place(seen))} width="1" height="8" />}
      </svg>
    </>
  )
}

function round(value: number): number {
  return Math.round(value * 100) / 100
}

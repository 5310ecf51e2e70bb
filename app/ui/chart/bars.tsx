// Which of several things is more, as bars in a table?
import { scaleLinear } from 'd3-scale'
import { formatNumber } from '../../i18n/format.ts'
import { Table } from '../table.tsx'

export type Bar = {
  name: string
  /** Null where there is nothing or nothing that may be shown; `text` says which. */
  value: number | null
  text?: string
  href?: string | undefined
}

type BarsProps = {
  title: string
  /** What the bars are, and what the numbers are: the two headings. */
  kind: string
  measure: string
  bars: readonly Bar[]
  /** What is said where there are no bars at all. */
  empty: string
  total?: { name: string; text: string }
}

/** Horizontal bars from zero; the table is the chart, so nothing of it is lost on those who do not see the bars. */
export function BarChart({ title, kind, measure, bars, empty, total }: BarsProps) {
  const length = scaleLinear()
    .domain([0, Math.max(1, ...bars.map((bar) => bar.value ?? 0))])
    .range([0, 100])
  return (
    <div class="tv-bars">
      <Table
        caption={title}
        captionLook="s"
        columns={[
          { name: kind, cell: (bar: Bar) => <Named bar={bar} length={round(length(bar.value ?? 0))} /> },
          { name: measure, number: true, cell: said },
        ]}
        rows={bars}
        empty={empty}
        phone="scroll"
        foot={total ? [total.name, total.text] : undefined}
      />
    </div>
  )
}

function Named({ bar, length }: { bar: Bar; length: number }) {
  return (
    <>
      {bar.href ? <a href={bar.href}>{bar.name}</a> : bar.name}
      <svg class="tv-bars__bar" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true" focusable="false">
        <rect class="tv-bars__ground" width="100" height="8" />
        <rect class="tv-bars__length" width={length} height="8" />
      </svg>
    </>
  )
}

function said(bar: Bar): string {
  return bar.text ?? (bar.value === null ? '–' : formatNumber(bar.value))
}

function round(value: number): number {
  return Math.round(value * 100) / 100
}

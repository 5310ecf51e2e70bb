// Which square and which of five shades does each region of a map get?
import { scaleThreshold } from 'd3-scale'

export type Step = 1 | 2 | 3 | 4 | 5

/** One region as a square: where it stands (0 = left, top), what it shows, and the rows behind it where they may be seen. */
export type Tile = {
  code: string
  name: string
  /** Two letters or so, written in the square. */
  short: string
  column: number
  row: number
  /** Null where there is nothing to show; with `hidden`, where there is something that may not be shown. */
  value: number | null
  hidden?: boolean
  /** How the value is written where not as a plain number: "75%". */
  text?: string
  href?: string | undefined
}

/** The five shades: the whole numbers each begins and ends with, and the shade of a value. */
export type Shades = { legend: readonly { step: Step; from: number; to: number }[]; stepOf: (value: number) => Step }

const steps: readonly Step[] = [1, 2, 3, 4, 5]

/**
 * Five shades of equal width from 0 up to `max` (the largest value where left out); pass 100 for percentages.
 * Widths are whole numbers, so that a legend reads "0–2, 3–5 …"; shades that no number can reach are left out of it.
 */
export function shadesOf(values: readonly number[], max = Math.max(0, ...values)): Shades {
  const top = Math.ceil(max)
  const width = top === 100 ? 20 : Math.max(1, Math.ceil((top + 1) / steps.length))
  const scale = scaleThreshold<number, Step>()
    .domain(steps.slice(1).map((step) => (step - 1) * width))
    .range(steps)
  const legend = steps
    .map((step) => ({
      step,
      from: (step - 1) * width,
      to: step === 5 ? Math.max(top, 5 * width - 1) : step * width - 1,
    }))
    .filter(({ from }) => from <= top)
  return { legend, stepOf: (value) => scale(value) }
}

/** Tiles in reading order: row by row, each from the left. */
export function inReadingOrder<Kind extends Pick<Tile, 'row' | 'column'>>(tiles: readonly Kind[]): Kind[] {
  return [...tiles].sort((a, b) => a.row - b.row || a.column - b.column)
}

// What is a measured figure, and how is it printed?

export type Row = {
  name: string
  /** What was measured, in `unit`; nothing where it was not. */
  value: number | null
  unit: string
  goal: string
  /** Nothing where there is no goal, or no figure. */
  pass: boolean | null
  floor: number | null
  product: number | null
  note: string
  /** A figure that is the same on a slow or a busy machine: what is counted is so exactly, processor time nearly. The gate judges no others. */
  steady?: 'exactly' | 'nearly'
}

type Given = { unit?: string; floor?: number; product?: number; note?: string; steady?: Row['steady'] }

const row = (name: string, value: number | null, goal: string, pass: boolean | null, given: Given): Row => ({
  ...{ name, value: rounded(value), unit: given.unit ?? '×', goal, pass },
  ...{ floor: rounded(given.floor), product: rounded(given.product), note: given.note ?? '' },
  ...(given.steady ? { steady: given.steady } : {}),
})

export const atLeast = (name: string, value: number, goal: number, given: Given = {}): Row =>
  row(name, value, `≥ ${goal}`, value >= goal, given)
export const atMost = (name: string, value: number, goal: number, given: Given = {}): Row =>
  row(name, value, `≤ ${goal}`, value <= goal, given)
/** A part that broke off: what it was to measure has not been reached. */
export const broken = (name: string, why: string): Row => row(name, null, '', false, { unit: '', note: why })
/** A figure without a goal of its own, which helps to read the others. */
export const told = (name: string, value: number, given: Given = {}): Row => row(name, value, '', null, given)
export const notRun = (name: string, why: string): Row =>
  row(name, null, '', null, { unit: '', note: `not run: ${why}` })

// Three figures that count; a ratio to nothing is no figure, and its goal is missed.
function rounded(value: number | null | undefined): number | null {
  if (value === null || value === undefined || !Number.isFinite(value)) return null
  return Math.abs(value) >= 1000 ? Math.round(value) : Number(value.toPrecision(3))
}

const columns = ['', 'figure', 'value', 'goal', 'floor', 'product', 'note']

function cellsOf(one: Row): string[] {
  const mark = one.pass === null ? (one.value === null ? '–' : ' ') : one.pass ? '✓' : '✗'
  const value = one.value === null ? (one.pass === null ? 'not run' : 'no answer') : `${one.value} ${one.unit}`.trim()
  return [mark, one.name, value, one.goal, one.floor ?? '', one.product ?? '', one.note].map(String)
}

/** The rows as a table for a terminal. */
export function tableOf(rows: readonly Row[]): string {
  const lines = [columns, ...rows.map(cellsOf)]
  const widths = columns.map((_, at) => Math.max(...lines.map((line) => (line[at] ?? '').length)))
  return lines
    .map((line) =>
      line
        .map((cell, at) => cell.padEnd(widths[at] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}

/** The same for a page of the documentation. */
export function markdownOf(rows: readonly Row[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`
  return [line(columns), line(columns.map(() => '---')), ...rows.map((one) => line(cellsOf(one)))].join('\n')
}

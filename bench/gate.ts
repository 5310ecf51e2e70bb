// Does what is steady still hold – so that a change which makes the program dearer is noticed before it is taken in?
import type { Row } from './rows.ts'

/** Processor time moves by as much from run to run, and from machine to machine (performance.md, G6). */
const allowance = 1.25

type Reached = { reached: number; decision: number }

/**
 * What misses its goal, is known to, and is told of in a decision: it may not get worse than it was. The one place where such figures stand; a
 * figure that comes to reach its goal is taken out here.
 */
export const accepted: Readonly<Record<string, Reached>> = {
  'case list of 50 @10: CPU a request, app': { reached: 3.34, decision: 49 },
  'one case with its log @10: CPU a request, app': { reached: 3.65, decision: 49 },
  'visit entry @10: CPU a request, app': { reached: 2.11, decision: 49 },
  'case list of 50, packed for a browser @10: CPU a request, app': { reached: 5.09, decision: 49 },
  'one case with its log, packed for a browser @10: CPU a request, app': { reached: 4.65, decision: 49 },
  'visit entry, packed for a browser @10: CPU a request, app': { reached: 2.1, decision: 49 },
  'install for production': { reached: 150, decision: 49 },
}

/**
 * The same row as the gate sees it: a gate that could not look has not passed. A steady figure is held to its goal – or to what was reached – and where it is processor time, to that with
 * the allowance. Of another only this counts: that there is a figure, for a wrong answer leaves none.
 */
export function gated(row: Row, known: Readonly<Record<string, Reached>> = accepted): Row {
  if (row.value === null) return { ...row, pass: false }
  if (!row.steady) return { ...row, pass: null }
  const [sign, goal] = [row.goal.slice(0, 1), Number(row.goal.slice(2))]
  const most = sign === '≤'
  const reached = known[row.name]
  const from = reached ? (most ? Math.max : Math.min)(goal, reached.reached) : goal
  const widened = row.steady === 'nearly' ? (most ? from * allowance : from / allowance) : from
  const limit = Number(widened.toPrecision(3))
  const why = [
    reached ? `goal ${row.goal}, ${reached.reached} accepted in decision ${reached.decision}` : '',
    row.steady === 'nearly' ? `with ${allowance} × allowed` : '',
    row.note,
  ]
  const pass = most ? row.value <= limit : row.value >= limit
  return { ...row, goal: `${sign} ${limit}`, pass, note: why.filter(Boolean).join('; ') }
}

/** What a run comes to: nothing measured is no success, and one goal missed is a failure. */
export const exitCodeOf = (rows: readonly Row[]): 0 | 1 =>
  rows.length === 0 || rows.some(({ pass }) => pass === false) ? 1 : 0

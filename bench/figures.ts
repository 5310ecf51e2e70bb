// How do the figures of a run come into the documentation?
import type { Machine } from './machine.ts'
import { markdownOf, type Row } from './rows.ts'
import type { Part } from './session.ts'

const placeOf = (part: Part) => [`<!-- figures of ${part} -->`, `<!-- end of ${part} -->`] as const

/** The page with the figures of one part in the place of its last ones; throws where the page has no such place. */
export function withFigures(
  page: string,
  part: Part,
  rows: readonly Row[],
  on: { machine: Machine; day: string; quick: boolean },
): string {
  const [begin, end] = placeOf(part)
  const [from, to] = [page.indexOf(begin), page.indexOf(end)]
  if (from < 0 || to < from) throw new Error(`the page has no place for figures of ${part}`)
  const { processor, cores, memory, kernel, node, load } = on.machine
  const measured = rows.filter(({ pass }) => pass !== null)
  const reached = measured.filter(({ pass }) => pass).length
  const about = [
    `${on.day}${on.quick ? ', `--quick`' : ''}: ${processor}, ${cores} cores, ${memory}, ${kernel}, Node ${node}; load average at the start ${load}.`,
    `${reached} of ${measured.length} goals reached; ${rows.filter(({ value, pass }) => value === null && pass === null).length} figures not run.`,
  ]
  return `${page.slice(0, from)}${begin}\n${about.join(' ')}\n\n${markdownOf(rows)}\n${page.slice(to)}`
}

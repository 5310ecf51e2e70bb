// How wide is each column of a table on a page, and in letters of which size?
import type { TableBlock } from './document.ts'
import { page, textWidth } from './pdf-page.ts'
import { type Pen, widthsOf } from './pdf-text.ts'

/** A column's text between `left` and `left + width`, in points. */
export type Placed = { left: number; width: number; numeric: boolean }

type Need = { least: number; most: number }

// Running size first; a table of many columns is set smaller before any of its words is broken.
const sizes = [9, 8, 7, 6] as const

/** Each column gets at least its longest word and shares the rest by need; `rows` are the texts, the header first. */
export function placeColumns(
  pen: Pen,
  table: TableBlock,
  rows: readonly (readonly string[])[],
): { size: number; places: Placed[] } {
  const gap = table.columns.length > 8 ? 6 : 10
  const room = textWidth - gap * table.columns.length
  const tried = sizes.map((size) => ({ size, needs: needsOf(pen, table, rows, size) }))
  const { size, needs } = tried.find((each) => total(each.needs, 'least') <= room) ??
    tried[sizes.length - 1] ?? { size: 6, needs: [] }
  const least = total(needs, 'least')
  const spread = Math.max(0, Math.min(1, (room - least) / Math.max(1, total(needs, 'most') - least)))
  const tight = Math.min(1, room / Math.max(1, least))
  const widths = needs.map((need) => (need.least + (need.most - need.least) * spread) * tight)
  // What nobody needs goes to the first column, so that the numbers stand together at the right.
  widths[0] = (widths[0] ?? 0) + Math.max(0, room - widths.reduce((sum, width) => sum + width, 0))
  let left = page.left + gap / 2
  const places = table.columns.map((column, at) => {
    const place = { left, width: widths[at] ?? 0, numeric: column.numeric === true }
    left += place.width + gap
    return place
  })
  return { size, places }
}

function needsOf(pen: Pen, table: TableBlock, rows: readonly (readonly string[])[], size: number): Need[] {
  return table.columns.map((_, column) => {
    // The header and the last row may be bold, and bold is wider.
    const widths = rows.map((row, at) => widthsOf(pen, row[column] ?? '', size, at === 0 || at === rows.length - 1))
    return {
      least: Math.max(12, ...widths.map((each) => each.least)) + 1,
      most: Math.max(12, ...widths.map((each) => each.most)) + 1,
    }
  })
}

function total(needs: readonly Need[], which: keyof Need): number {
  return needs.reduce((sum, need) => sum + need[which], 0)
}

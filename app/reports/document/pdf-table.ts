// How does a table stand on pages of PDF: tagged, its header on every page, no text cut?
import type { T } from '../../i18n/i18n.ts'
import type { TableBlock, Value } from './document.ts'
import { type Placed, placeColumns } from './pdf-columns.ts'
import {
  artifact,
  lineGap,
  newPage,
  page,
  type Sheet,
  tag,
  tagged,
  textWidth,
  writeBlock,
  writeLine,
} from './pdf-page.ts'
import { breakLines, type Line } from './pdf-text.ts'
import { inks, valueText } from './values.ts'

type Tag = PDFKit.PDFStructureElement
type TableCell = { lines: Line[]; element: Tag; name: string; place: Placed }
type Grid = { sheet: Sheet; places: Placed[]; size: number; header: string[]; pad: number }

/** The table with its caption above and its footnotes below. */
export function writeTable(sheet: Sheet, table: TableBlock, caption: string, t: T): void {
  const { grid, rows } = gridOf(sheet, table, t)
  const { size } = grid
  const element = tag(sheet, sheet.root, 'Table')
  writeBlock(sheet, tag(sheet, element, 'Caption'), 'Caption', [{ text: caption }], {
    ...captionLook,
    keep: roomFor(grid, rows),
  })
  const head = tag(sheet, tag(sheet, element, 'THead'), 'TR')
  const headCells = grid.header.map((text, at) => cell(grid, head, 'TH', 'Column', text, at, true))
  writeRow(grid, headCells, { ground: true, rule: inks.ink, repeat: false, keep: 0 })
  const body = tag(sheet, element, 'TBody')
  rows.forEach((row, index) => {
    const last = table.total !== undefined && index === rows.length - 1
    // A total alone on a page tells nothing: the row before it waits for it.
    const keep = table.total !== undefined && index === rows.length - 2 ? 3 * size * lineGap : 0
    const line = tag(sheet, body, 'TR')
    const cells = row.map((text, at) =>
      cell(grid, line, at === 0 ? 'TH' : 'TD', at === 0 ? 'Row' : undefined, text, at, last),
    )
    writeRow(grid, cells, { ground: false, rule: last ? inks.ink : inks.line, repeat: true, keep })
  })
  sheet.y += 4
  for (const note of table.footnotes ?? []) {
    writeBlock(sheet, tag(sheet, sheet.root, 'P'), 'P', [{ text: note }], { size: 8, colour: inks.quiet, after: 2 })
  }
  sheet.y += 8
}

/** How many points of room the table asks for below its place, so that what leads up to it stays with it. */
export function tableLead(sheet: Sheet, table: TableBlock, t: T): number {
  const { grid, rows } = gridOf(sheet, table, t)
  return roomFor(grid, rows) + 30
}

function gridOf(sheet: Sheet, table: TableBlock, t: T): { grid: Grid; rows: string[][] } {
  const texts = (row: readonly Value[]) => row.map((value) => valueText(value, t))
  const header = table.columns.map((column) => column.name)
  const rows = [...table.rows.map(texts), ...(table.total ? [texts(table.total)] : [])]
  const { size, places } = placeColumns(sheet.pen, table, [header, ...rows])
  return { rows, grid: { sheet, size, header, pad: 4, places } }
}

const captionLook = { size: 10, bold: true, before: 10, after: 4 }

// A table begins where its header and three rows have room; a short one that would be parted near a page's end begins on the next.
function roomFor(grid: Grid, rows: readonly (readonly string[])[]): number {
  const { sheet, size, pad, places } = grid
  const lines = (row: readonly string[]) =>
    Math.max(1, ...row.map((text, at) => breakLines(sheet.pen, [{ text }], places[at]?.width ?? 0, size).length))
  const heights = rows.map((row) => lines(row) * size * lineGap + 2 * pad)
  const sum = (some: readonly number[]) => some.reduce((a, b) => a + b, headerHeight(grid))
  const height = page.bottom - page.top
  const short = sum(heights) < height * 0.6 && page.bottom - sheet.y < height * 0.4
  return short ? sum(heights) : Math.min(sum(heights.slice(0, 3)), height / 2)
}

function cell(
  grid: Grid,
  row: Tag,
  name: 'TH' | 'TD',
  scope: 'Column' | 'Row' | undefined,
  text: string,
  at: number,
  bold: boolean,
): TableCell {
  const place = grid.places[at] as Placed
  const element = tag(grid.sheet, row, name, scope ? { scope } : {})
  return { element, name, place, lines: breakLines(grid.sheet.pen, [{ text, bold }], place.width, grid.size) }
}

// A row stays whole where a page can hold it; a row higher than a page goes on, line by line, on the next.
function writeRow(
  grid: Grid,
  cells: readonly TableCell[],
  look: { ground: boolean; rule: string; repeat: boolean; keep: number },
): void {
  const { sheet, pad } = grid
  const height = grid.size * lineGap
  const most = Math.max(1, ...cells.map((each) => each.lines.length))
  const whole = most * height + 2 * pad + look.keep
  const heading = headerHeight(grid)
  if (whole <= page.bottom - page.top - heading && sheet.y + whole > page.bottom && sheet.y > page.top)
    turnPage(grid, look.repeat)
  for (let next = 0; next < most; ) {
    if (sheet.y + height + 2 * pad > page.bottom) turnPage(grid, look.repeat)
    const fits = Math.max(1, Math.floor((page.bottom - sheet.y - 2 * pad + 0.01) / height))
    const count = Math.min(fits, most - next)
    if (look.ground) artifact(sheet, 'Layout', () => ground(grid, count * height + 2 * pad))
    for (const each of cells) drawCell(grid, each, next, count)
    sheet.y += count * height + 2 * pad
    next += count
  }
  artifact(sheet, 'Layout', () => rule(grid, look.rule))
}

function drawCell(
  { sheet, size, pad }: Grid,
  { lines, element, name, place }: TableCell,
  from: number,
  count: number,
): void {
  const here = lines.slice(from, from + count)
  if (here.length === 0) return
  tagged(sheet, element, name, () => {
    here.forEach((line, at) => {
      writeLine(
        sheet.pen,
        line,
        place.left,
        sheet.y + pad + at * size * lineGap,
        size,
        inks.ink,
        place.numeric ? place.width : 0,
      )
    })
  })
}

function turnPage(grid: Grid, repeat: boolean): void {
  const { sheet, places, header, size, pad } = grid
  newPage(sheet)
  if (!repeat) return
  const height = headerHeight(grid)
  // The header is heard once, from its tags; on later pages it is for the eye only.
  artifact(sheet, 'Pagination', () => {
    ground(grid, height)
    header.forEach((text, column) => {
      const place = places[column] as Placed
      breakLines(sheet.pen, [{ text, bold: true }], place.width, size).forEach((line, at) => {
        writeLine(
          sheet.pen,
          line,
          place.left,
          sheet.y + pad + at * size * lineGap,
          size,
          inks.ink,
          place.numeric ? place.width : 0,
        )
      })
    })
    sheet.y += height
    rule(grid, inks.ink)
  })
}

function headerHeight({ sheet, places, header, size, pad }: Grid): number {
  const lines = header.map(
    (text, at) => breakLines(sheet.pen, [{ text, bold: true }], places[at]?.width ?? 0, size).length,
  )
  return Math.max(1, ...lines) * size * lineGap + 2 * pad
}

function ground({ sheet }: Grid, height: number): void {
  sheet.pen.rect(page.left, sheet.y, textWidth, height).fill(inks.ground)
}

function rule({ sheet }: Grid, colour: string): void {
  sheet.pen.lineWidth(0.6).strokeColor(colour).moveTo(page.left, sheet.y).lineTo(page.right, sheet.y).stroke()
}

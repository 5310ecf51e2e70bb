// How is a map of squares drawn on a page of PDF, with its words for those who do not see it?
import type { T } from '../../i18n/i18n.ts'
import type { MapBlock } from './document.ts'
import { type LegendMark, type MapDrawing, type MapSquare, mapDrawing, squareSize } from './map-drawing.ts'
import { ensureRoom, page, type Sheet, tag, tagged, writeBlock, writeLine } from './pdf-page.ts'
import { breakLines, type Pen } from './pdf-text.ts'
import { inks } from './values.ts'

const zoom = 0.72
const legendHeight = 26

/** How many points of room the map asks for below its place, caption included. */
export function mapLead(map: MapBlock, t: T): number {
  return mapDrawing(map, t).height * zoom + legendHeight + 36
}

/** The caption and, in one tagged figure, the squares and their legend. The map's table is written by the caller. */
export function writeMap(sheet: Sheet, map: MapBlock, caption: string, t: T): void {
  const drawing = mapDrawing(map, t)
  const height = drawing.height * zoom + legendHeight
  const look = { size: 10, bold: true, before: 10, after: 6, keep: height }
  writeBlock(sheet, tag(sheet, sheet.root, 'P'), 'P', [{ text: caption }], look)
  ensureRoom(sheet, height)
  const box = [page.left, sheet.y, page.right, sheet.y + height] as const
  const figure = tag(sheet, sheet.root, 'Figure', { alt: map.alternative, bbox: box })
  tagged(sheet, figure, 'Figure', () => draw(sheet, drawing))
  sheet.y += height + 6
}

function draw(sheet: Sheet, drawing: MapDrawing): void {
  for (const square of drawing.squares) drawSquare(sheet.pen, square, page.left, sheet.y)
  let x = page.left
  const top = sheet.y + drawing.height * zoom + 10
  for (const mark of drawing.legend) x += drawMark(sheet.pen, mark, x, top)
}

function drawSquare(pen: Pen, square: MapSquare, left: number, top: number): void {
  const [x, y, size] = [left + square.x * zoom, top + square.y * zoom, squareSize * zoom]
  patch(pen, square, x, y, size, 3)
  const write = (text: string, down: number, points: number, bold: boolean, centred: boolean) => {
    const [line] = breakLines(pen, [{ text, bold }], 200, points)
    if (line) writeLine(pen, line, centred ? x + (size - line.width) / 2 : x + 5, y + down, points, square.ink)
  }
  write(square.short, 3, 8, false, false)
  write(square.value, size * 0.42, 12, true, true)
}

function drawMark(pen: Pen, mark: LegendMark, x: number, y: number): number {
  patch(pen, mark, x, y, 10, 2)
  const [line] = breakLines(pen, [{ text: mark.text }], 200, 8)
  if (line) writeLine(pen, line, x + 14, y - 1, 8)
  return 14 + (line?.width ?? 0) + 14
}

// What is hidden is hatched: it must not be told from "none" by colour alone.
function patch(
  pen: Pen,
  mark: { fill: string; crossed: boolean },
  x: number,
  y: number,
  size: number,
  round: number,
): void {
  pen.lineWidth(0.7).roundedRect(x, y, size, size, round).fillAndStroke(mark.fill, inks.edge)
  if (!mark.crossed) return
  pen.save().roundedRect(x, y, size, size, round).clip().lineWidth(1.4).strokeColor('#b6c0ce')
  for (let at = -size; at < size; at += 6)
    pen
      .moveTo(x + at, y + size)
      .lineTo(x + at + size, y)
      .stroke()
  pen.restore()
}

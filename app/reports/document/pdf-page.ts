// How is something put on a page of a tagged PDF, and on the next when it does not fit?

import type { T } from '../../i18n/i18n.ts'
import type { ReportDocument } from './document.ts'
import { breakLines, type Line, type Pen, type Run, setFont } from './pdf-text.ts'
import { inks, markLines } from './values.ts'

/** Where writing goes on: `y` is the top of the next line, in points from the page's top; `root` is the tag of the whole. */
export type Sheet = { pen: Pen; y: number; root: PDFKit.PDFStructureElement }
type Tag = PDFKit.PDFStructureElement
type TagOptions = {
  alt?: string
  scope?: 'Column' | 'Row'
  bbox?: readonly [number, number, number, number]
  title?: string
}

/** A4 in points; everything is written between these edges. */
export const page = { width: 595.28, height: 841.89, left: 60, right: 535, top: 72, bottom: 776 }
export const textWidth = page.right - page.left
export const lineGap = 1.45

/** A new tag as the next part of `parent`. */
export function tag(sheet: Sheet, parent: Tag, name: string, options: TagOptions = {}): Tag {
  const element = sheet.pen.struct(name, options as PDFKit.Mixins.StructureElementOptions)
  parent.add(element)
  return element
}

/** Draws something that belongs to a tag, in one piece on this page. */
export function tagged(sheet: Sheet, element: Tag, name: string, draw: () => void): void {
  element.add(sheet.pen.markStructureContent(name))
  draw()
  sheet.pen.endMarkedContent()
}

/** Draws something that is no content: rules, grounds, repeated headings. */
export function artifact(sheet: Sheet, type: 'Layout' | 'Pagination', draw: () => void): void {
  sheet.pen.markContent('Artifact', { type })
  draw()
  sheet.pen.endMarkedContent()
}

/** Begins a new page when less than `height` points are left on this one. True when it did. */
export function ensureRoom(sheet: Sheet, height: number): boolean {
  if (sheet.y + height <= page.bottom || sheet.y <= page.top) return false
  newPage(sheet)
  return true
}

export function newPage(sheet: Sheet): void {
  sheet.pen.addPage()
  sheet.y = page.top
}

type BlockLook = {
  size: number
  bold?: boolean
  colour?: string
  left?: number
  before?: number
  after?: number
  keep?: number
}

/** Text in one tag, over as many lines and pages as it takes. `keep` is room that must be left below its first line. */
export function writeBlock(sheet: Sheet, element: Tag, name: string, runs: readonly Run[], look: BlockLook): void {
  const left = look.left ?? page.left
  const dressed = look.bold ? runs.map((run) => ({ ...run, bold: true })) : runs
  const lines = breakLines(sheet.pen, dressed, page.right - left, look.size)
  const height = look.size * lineGap
  sheet.y += sheet.y > page.top ? (look.before ?? 0) : 0
  ensureRoom(sheet, Math.min(lines.length, 2) * height + (look.keep ?? 0))
  for (let next = 0; next < lines.length; ) {
    ensureRoom(sheet, height)
    const fits = Math.max(1, Math.floor((page.bottom - sheet.y + 0.01) / height))
    const here = lines.slice(next, next + fits)
    tagged(sheet, element, name, () => {
      here.forEach((line, at) => {
        writeLine(sheet.pen, line, left, sheet.y + at * height, look.size, look.colour)
      })
    })
    sheet.y += here.length * height
    next += here.length
  }
  sheet.y += look.after ?? 0
}

/** One line at a place; numbers are set so that they end at `left + width` when `width` is given. */
export function writeLine(
  pen: Pen,
  line: Line,
  left: number,
  top: number,
  size: number,
  colour: string = inks.ink,
  width = 0,
): void {
  let x = width > 0 ? left + width - lineWidth(pen, line, size) : left
  for (const run of line.runs) {
    const wide = setFont(pen, run, size).widthOfString(run.text)
    pen.fillColor(colour).text(run.text, x, top + (run.raised ? -1 : 1), { lineBreak: false })
    if (run.underline) {
      const seen = pen.widthOfString(run.text.trimEnd())
      pen
        .lineWidth(0.6)
        .strokeColor(colour)
        .moveTo(x, top + size * 1.25)
        .lineTo(x + seen, top + size * 1.25)
        .stroke()
    }
    x += wide
  }
}

/** On every page at the end, when their number is known: the mark above, date and "Leht 1/3" below. */
export function writeFrame(sheet: Sheet, document: ReportDocument, date: string, t: T): void {
  const { start, count } = sheet.pen.bufferedPageRange()
  const [mark] = markLines(document, t)
  for (let at = start; at < start + count; at += 1) {
    sheet.pen.switchToPage(at)
    const number = t('reports.document.page', { page: String(at - start + 1), pages: String(count) })
    artifact(sheet, 'Pagination', () => {
      if (at > start) edgeLine(sheet.pen, document.title, page.left, 34)
      if (mark && at > start) edgeLine(sheet.pen, mark, page.left, 46, true)
      sheet.pen.lineWidth(0.5).strokeColor(inks.line).moveTo(page.left, 792).lineTo(page.right, 792).stroke()
      edgeLine(sheet.pen, date, page.left, 798)
      edgeLine(sheet.pen, number, page.left, 798, false, true)
    })
  }
}

// At the edge there is one line of room: a long title ends in "…" there, and stands whole on the first page.
function edgeLine(pen: Pen, text: string, left: number, top: number, bold = false, right = false): void {
  const [first, ...more] = breakLines(pen, [{ text, bold }], textWidth - 20, 8)
  const runs = first && more.length > 0 ? [...first.runs, { text: '…', bold }] : (first?.runs ?? [])
  writeLine(pen, { runs, width: 0 }, left, top, 8, inks.quiet, right ? textWidth : 0)
}

function lineWidth(pen: Pen, line: Line, size: number): number {
  const last = line.runs.length - 1
  return line.runs.reduce((sum, run, at) => {
    const text = at === last ? run.text.trimEnd() : run.text
    return sum + setFont(pen, run, size).widthOfString(text)
  }, 0)
}

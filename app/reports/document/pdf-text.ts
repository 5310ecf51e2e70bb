// Where do lines break, and how wide is a text, on a page of PDF?
import { createRequire } from 'node:module'
import type { Inline, ReportDocument } from './document.ts'
import { definitionNumber } from './document.ts'

/** A stretch of text of one look; `raised` is a small number above the line. */
export type Run = { text: string; bold?: boolean; underline?: boolean; raised?: boolean }
export type Line = { runs: readonly Run[]; width: number }

/** What measuring and writing text needs of a PDF document. */
export type Pen = PDFKit.PDFDocument

type Piece = Run & { width: number }

const find = createRequire(import.meta.url).resolve
const files = { regular: 'dejavu-fonts-ttf/ttf/DejaVuSans.ttf', bold: 'dejavu-fonts-ttf/ttf/DejaVuSans-Bold.ttf' }

/** Names the two fonts to the document; both hold Estonian and Cyrillic letters and are embedded in part. */
export function registerFonts(pen: Pen): void {
  for (const [name, file] of Object.entries(files)) pen.registerFont(name, find(file))
}

/** Sets font and size for a run and gives its width. */
export function setFont(pen: Pen, run: Run, size: number): Pen {
  return pen.font(run.bold ? 'bold' : 'regular').fontSize(run.raised ? size * 0.65 : size)
}

/** Running text as runs: figures bold and underlined, with the number of their definition above the line. */
export function runsOf(document: ReportDocument, content: readonly Inline[]): Run[] {
  return content.flatMap((part): Run[] => {
    if (typeof part === 'string') return [{ text: part }]
    const number = definitionNumber(document, part.definition)
    const figure = { text: part.figure, bold: true, underline: true }
    return number ? [figure, { text: String(number), raised: true }] : [figure]
  })
}

/** The text in lines no wider than `width`: breaks at spaces and line ends, and inside a word only when it alone is too wide. */
export function breakLines(pen: Pen, runs: readonly Run[], width: number, size: number): Line[] {
  const lines: Piece[][] = [[]]
  let used = 0
  for (const piece of piecesOf(pen, runs, width, size)) {
    const space = piece.text.trimEnd() === '' ? 0 : widthOf(pen, { ...piece, text: piece.text.trimEnd() }, size)
    if (piece.text === '\n' || (used > 0 && used + space > width && !piece.raised)) {
      lines.push([])
      used = 0
    }
    if (piece.text === '\n') continue
    lines.at(-1)?.push(piece)
    used += piece.width
  }
  return lines.map((pieces) => ({ runs: joined(pieces), width: pieces.reduce((sum, piece) => sum + piece.width, 0) }))
}

/** The widest word of a text, and the whole of it on one line: between them a column may be. */
export function widthsOf(pen: Pen, text: string, size: number, bold = false): { least: number; most: number } {
  const words = text.split(/[ \n]/).map((word) => widthOf(pen, { text: word, bold }, size))
  const whole = text.split('\n').map((line) => widthOf(pen, { text: line, bold }, size))
  return { least: Math.max(0, ...words), most: Math.max(0, ...whole) }
}

// Words keep the space after them, so that a reader of the file's text finds words apart across line ends too.
function piecesOf(pen: Pen, runs: readonly Run[], width: number, size: number): Piece[] {
  return runs.flatMap((run) =>
    (run.text.match(/\n|[^ \n]* +|[^ \n]+/g) ?? [])
      .flatMap((word) =>
        widthOf(pen, { ...run, text: word.trimEnd() }, size) > width ? letters(pen, run, word, width, size) : [word],
      )
      .map((text) => ({ ...run, text, width: text === '\n' ? 0 : widthOf(pen, { ...run, text }, size) })),
  )
}

function letters(pen: Pen, run: Run, word: string, width: number, size: number): string[] {
  const parts = ['']
  for (const { segment } of new Intl.Segmenter('et').segment(word)) {
    const grown = `${parts.at(-1)}${segment}`
    if (parts.at(-1) === '' || widthOf(pen, { ...run, text: grown }, size) <= width) parts[parts.length - 1] = grown
    else parts.push(segment)
  }
  return parts
}

function widthOf(pen: Pen, run: Run, size: number): number {
  return setFont(pen, run, size).widthOfString(run.text)
}

function joined(pieces: readonly Piece[]): Run[] {
  const runs: Run[] = []
  for (const { text, bold, underline, raised } of pieces) {
    const last = runs.at(-1)
    if (last && last.bold === bold && last.underline === underline && last.raised === raised) {
      runs[runs.length - 1] = { ...last, text: last.text + text }
    } else runs.push({ text, bold, underline, raised })
  }
  return runs
}

// How does a report become a PDF that a screen reader can read and an archive can keep?
import PDFDocument from 'pdfkit'
import { formatDate } from '../../i18n/format.ts'
import { type T, translator } from '../../i18n/i18n.ts'
import { assertDocument, type Block, cleaned, mapTable, type ReportDocument } from './document.ts'
import { mapLead, writeMap } from './pdf-map.ts'
import { ensureRoom, lineGap, page, type Sheet, tag, writeBlock, writeFrame } from './pdf-page.ts'
import { tableLead, writeTable } from './pdf-table.ts'
import { registerFonts, runsOf } from './pdf-text.ts'
import { figuresTable, inks, languageTags, markLines, originLines } from './values.ts'

type Numbers = { table: number; map: number; outline: PDFKit.PDFOutline[] }

const headingLook = {
  1: { size: 14, bold: true, before: 18, after: 5, keep: 40 },
  2: { size: 11.5, bold: true, before: 12, after: 4, keep: 36 },
  3: { size: 10, bold: true, before: 10, after: 3, keep: 32 },
} as const
const body = { size: 10, after: 7 }
const wholePage = { expanded: true, fit: true }

/** A tagged PDF (PDF/UA mark, language, headings, lists, tables, figures with words), fonts embedded. Same document, same bytes. */
export async function renderPdf(source: ReportDocument): Promise<Buffer> {
  assertDocument(source)
  const document = cleaned(source)
  const t = translator(document.locale)
  const pen = open(document)
  const done = collect(pen)
  const sheet: Sheet = { pen, y: page.top, root: pen.struct('Document') }
  pen.addStructure(sheet.root)
  pen.addPage()
  const numbers: Numbers = { table: 0, map: 0, outline: [pen.outline] }
  writeOpening(sheet, document, numbers, t)
  document.blocks.forEach((block, at) => {
    if (block.kind === 'heading') ensureRoom(sheet, leadOf(sheet, document, at, t))
    writePart(sheet, document, block, numbers, t)
  })
  writeDefinitions(sheet, document, numbers, t)
  writeFrame(sheet, document, formatDate(document.madeOn), t)
  sheet.root.end()
  pen.end()
  return done
}

function open(document: ReportDocument): PDFKit.PDFDocument {
  const options = {
    size: [page.width, page.height],
    margin: 0,
    autoFirstPage: false,
    bufferPages: true,
    pdfVersion: '1.7',
    subset: 'PDF/UA',
    tagged: true,
    lang: languageTags[document.locale],
    displayTitle: true,
    info: {
      Title: document.title,
      Author: document.author,
      Subject: document.subtitle ?? '',
      Creator: 'Tugivõrk',
      CreationDate: new Date(`${document.madeOn}T09:00:00Z`),
    },
  }
  const pen = new PDFDocument(options as PDFKit.PDFDocumentOptions)
  registerFonts(pen)
  return pen
}

function collect(pen: PDFKit.PDFDocument): Promise<Buffer> {
  const parts: Buffer[] = []
  return new Promise((resolve, reject) => {
    pen.on('data', (part: Buffer) => parts.push(part))
    pen.on('end', () => resolve(Buffer.concat(parts)))
    pen.on('error', reject)
  })
}

function writeOpening(sheet: Sheet, document: ReportDocument, numbers: Numbers, t: T): void {
  markLines(document, t).forEach((line, at) => {
    const look = at === 0 ? { size: 10, bold: true } : { size: 8.5, colour: inks.quiet }
    writeBlock(sheet, tag(sheet, sheet.root, 'P'), 'P', [{ text: line }], look)
  })
  if (document.accessMark) sheet.y += 14
  writeHeading(sheet, document.title, 0, numbers)
  if (document.subtitle)
    writeBlock(sheet, tag(sheet, sheet.root, 'P'), 'P', [{ text: document.subtitle }], { size: 12, after: 6 })
  for (const line of originLines(document, t)) {
    writeBlock(sheet, tag(sheet, sheet.root, 'P'), 'P', [{ text: line }], { size: 9, colour: inks.quiet })
  }
  sheet.y += 8
}

// The title is the first heading; the document's levels 1–3 stand one below it, in tags and in the outline alike.
function writeHeading(sheet: Sheet, text: string, level: 0 | 1 | 2 | 3, numbers: Numbers): void {
  const look = level === 0 ? { size: 20, bold: true, after: 6, keep: 40 } : headingLook[level]
  const name = `H${level + 1}`
  writeBlock(sheet, tag(sheet, sheet.root, name), name, [{ text }], look)
  const above = numbers.outline[level] ?? sheet.pen.outline
  numbers.outline.length = level + 1
  numbers.outline.push(above.addItem(text, wholePage))
}

function writePart(sheet: Sheet, document: ReportDocument, block: Block, numbers: Numbers, t: T): void {
  if (block.kind === 'heading') writeHeading(sheet, block.text, block.level, numbers)
  else if (block.kind === 'paragraph') {
    writeBlock(sheet, tag(sheet, sheet.root, 'P'), 'P', runsOf(document, block.content), body)
  } else if (block.kind === 'list') writeList(sheet, document, block)
  else if (block.kind === 'figures') writeTable(sheet, figuresTable(document, block, t), block.caption, t)
  else {
    if (block.kind === 'map') {
      numbers.map += 1
      writeMap(sheet, block, t('reports.document.figure', { number: String(numbers.map), caption: block.caption }), t)
    }
    numbers.table += 1
    const caption = t('reports.document.table', { number: String(numbers.table), caption: block.caption })
    writeTable(sheet, block.kind === 'map' ? mapTable(block) : block, caption, t)
  }
}

// A heading is never the last thing on a page: it asks for room for what it leads to, other headings in between included.
function leadOf(sheet: Sheet, document: ReportDocument, at: number, t: T): number {
  const block = document.blocks[at]
  if (!block) return 0
  if (block.kind === 'heading') {
    const look = headingLook[block.level]
    return look.before + look.size * lineGap + look.after + leadOf(sheet, document, at + 1, t)
  }
  if (block.kind === 'map') return mapLead(block, t)
  if (block.kind === 'table') return tableLead(sheet, block, t)
  return block.kind === 'figures' ? tableLead(sheet, figuresTable(document, block, t), t) : 2 * body.size * lineGap
}

function writeList(sheet: Sheet, document: ReportDocument, block: Extract<Block, { kind: 'list' }>): void {
  const list = tag(sheet, sheet.root, 'L')
  block.items.forEach((item, at) => {
    const entry = tag(sheet, list, 'LI')
    const label = tag(sheet, entry, 'Lbl')
    // The mark and its text begin on one line, so the page is turned before the mark or not at all.
    ensureRoom(sheet, 2 * body.size * lineGap)
    writeBlock(sheet, label, 'Lbl', [{ text: block.ordered ? `${at + 1}.` : '•' }], { size: body.size })
    sheet.y -= body.size * lineGap
    writeBlock(sheet, tag(sheet, entry, 'LBody'), 'LBody', runsOf(document, item), {
      size: body.size,
      left: page.left + 20,
      after: 3,
    })
  })
  sheet.y += 5
}

function writeDefinitions(sheet: Sheet, document: ReportDocument, numbers: Numbers, t: T): void {
  if (document.definitions.length === 0) return
  writeHeading(sheet, t('reports.document.definitions'), 1, numbers)
  document.definitions.forEach(({ term, meaning }, at) => {
    const runs = [{ text: `${at + 1}. ${term}. `, bold: true }, { text: meaning }]
    writeBlock(sheet, tag(sheet, sheet.root, 'P'), 'P', runs, { size: 9, after: 4 })
  })
}

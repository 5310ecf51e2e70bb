// How does a report become a workbook: numbers as numbers, dates as dates, and no text that could run?
import writeXlsxFile, { type Cell, type Row, type Sheet } from 'write-excel-file/node'
import { type T, translator } from '../../i18n/i18n.ts'
import {
  assertDocument,
  cleaned,
  definitionNumber,
  mapTable,
  type ReportDocument,
  type TableBlock,
  type Value,
} from './document.ts'
import { markLines, originLines, valueText } from './values.ts'

const fonts = { fontFamily: 'Calibri', fontSize: 11 }
const heading = { fontWeight: 'bold', backgroundColor: '#f4f6f9', alignVertical: 'top', wrap: true } as const

/** A workbook: one sheet of figures, one for each table and map, one of definitions. The same document gives the same cells. */
export async function renderXlsx(source: ReportDocument): Promise<Buffer> {
  assertDocument(source)
  const document = cleaned(source)
  const t = translator(document.locale)
  const tables = document.blocks.flatMap((block) => {
    if (block.kind === 'table') return [block]
    return block.kind === 'map' ? [mapTable(block)] : []
  })
  const sheets = [
    figuresSheet(document, t),
    ...tables.map((table, at) => tableSheet(document, table, at + 1, t)),
    ...(document.definitions.length > 0 ? [definitionsSheet(document, t)] : []),
  ]
  return writeXlsxFile(sheets, fonts).toBuffer()
}

function figuresSheet(document: ReportDocument, t: T): Sheet<Buffer> {
  const figures = document.blocks.flatMap((block) => (block.kind === 'figures' ? block.figures : []))
  const head: Row = ['figureName', 'value', 'unit', 'definition'].map((name) =>
    headCell(t(`reports.document.${name as 'figureName' | 'value' | 'unit' | 'definition'}`)),
  )
  const rows = figures.map((figure): Row => {
    const number = definitionNumber(document, figure.definition)
    const meaning = number ? (document.definitions[number - 1]?.meaning ?? '') : ''
    return [textCell(figure.name), valueCell(figure.value, t), textCell(figure.unit ?? ''), textCell(meaning)]
  })
  const origin = [
    [textCell(document.title, { fontWeight: 'bold', fontSize: 14 })],
    ...(document.subtitle ? [[textCell(document.subtitle)]] : []),
    ...originLines(document, t).map((line) => [textCell(line)]),
    ...markRows(document, t, 'all'),
    [null],
  ]
  return {
    sheet: sheetName(t('reports.document.figures')),
    columns: [{ width: 44 }, { width: 16 }, { width: 14 }, { width: 90 }],
    data: figures.length > 0 ? [...origin, head, ...rows] : origin,
  }
}

function tableSheet(document: ReportDocument, table: TableBlock, number: number, t: T): Sheet<Buffer> {
  const row = (values: readonly Value[], style: object): Row => values.map((value) => valueCell(value, t, style))
  return {
    sheet: sheetName(t('reports.document.sheetTable', { number: String(number) })),
    columns: table.columns.map((column, at) => ({
      width: at === 0 ? 32 : Math.max(12, Math.min(30, column.name.length + 2)),
    })),
    data: [
      ...markRows(document, t, 'first'),
      [textCell(table.caption, { fontWeight: 'bold', fontSize: 13 })],
      table.columns.map((column) => headCell(column.name, column.numeric ? 'right' : 'left')),
      ...table.rows.map((values) => row(values, {})),
      ...(table.total ? [row(table.total, { fontWeight: 'bold' })] : []),
      ...(table.footnotes ?? []).map((note) => [textCell(note)]),
    ],
  }
}

function definitionsSheet(document: ReportDocument, t: T): Sheet<Buffer> {
  return {
    sheet: sheetName(t('reports.document.definitions')),
    columns: [{ width: 6 }, { width: 36 }, { width: 100 }],
    data: [
      ...markRows(document, t, 'first'),
      [headCell('#'), headCell(t('reports.document.term')), headCell(t('reports.document.meaning'))],
      ...document.definitions.map(
        ({ term, meaning }, at): Row => [{ type: Number, value: at + 1 }, textCell(term), textCell(meaning)],
      ),
    ],
  }
}

// The first sheet says the whole mark; a sheet that is copied out of the workbook still says that it is restricted.
function markRows(document: ReportDocument, t: T, which: 'all' | 'first'): Row[] {
  const lines = markLines(document, t)
  return (which === 'all' ? lines : lines.slice(0, 1)).map((line) => [textCell(line, { fontWeight: 'bold' })])
}

function headCell(text: string, align: 'left' | 'right' = 'left'): Cell {
  return textCell(text, { ...heading, align })
}

function textCell(text: string, style: object = {}): Cell {
  return { type: String, value: safeText(text), wrap: text.length > 40, alignVertical: 'top', ...style }
}

function valueCell(value: Value, t: T, style: object = {}): Cell {
  const look = { alignVertical: 'top' as const, ...style }
  if (typeof value === 'string') return textCell(value, style)
  if ('number' in value)
    return { type: Number, value: value.number, format: numberFormat(value.number, value.digits), ...look }
  if ('percent' in value) return { type: Number, value: value.percent, format: '0%', ...look }
  if ('cents' in value) return { type: Number, value: value.cents / 100, format: '#,##0.00 "€"', ...look }
  if ('date' in value) return { type: Date, value: new Date(`${value.date}T00:00:00Z`), format: 'dd.mm.yyyy', ...look }
  return textCell(valueText(value, t), { align: 'right', ...style })
}

function numberFormat(value: number, digits = 1): string {
  return Number.isInteger(value) || digits === 0 ? '#,##0' : `#,##0.${'0'.repeat(digits)}`
}

/** Text that no spreadsheet program can take for a formula, even after somebody edits the cell or saves it as CSV. */
export function safeText(text: string): string {
  return /^[=+\-@\t\r\n]/.test(text) ? `'${text}` : text
}

// A sheet's name has at most 31 letters and none of seven marks.
function sheetName(name: string): string {
  return name.replace(/[[\]:*?/\\]/g, ' ').slice(0, 31)
}

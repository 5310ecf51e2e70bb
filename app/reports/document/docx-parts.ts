// What do a text document's paragraphs, tables and pictures look like inside?
import {
  AlignmentType,
  BorderStyle,
  HeadingLevel,
  ImageRun,
  type IStylesOptions,
  Paragraph,
  ShadingType,
  Table,
  TableCell,
  TableRow,
  TextRun,
  WidthType,
} from 'docx'
import { type T, translator } from '../../i18n/i18n.ts'
import {
  definitionNumber,
  type Inline,
  type MapBlock,
  type ReportDocument,
  type TableBlock,
  type Value,
} from './document.ts'
import { mapDrawing } from './map-drawing.ts'
import { imageSize, mapPng, mapSvg } from './map-image.ts'
import { inks, languageTags, valueText } from './values.ts'

const ink = inks.ink.slice(1)
const font = 'Calibri'

/** The text's width on the page in twentieths of a point: A4 less 2.2 cm on both sides. */
export const textTwips = 9412

/** The document's styles: its language, and the built-in title, headings and caption in our looks. */
export function stylesOf(document: ReportDocument): IStylesOptions {
  const heading = (size: number, before: number) => ({
    run: { font, size: size * 2, bold: true, color: ink },
    paragraph: { spacing: { before: before * 20, after: 80 }, keepNext: true, keepLines: true },
  })
  return {
    default: {
      document: {
        run: { font, size: 22, color: ink, language: { value: languageTags[document.locale] } },
        paragraph: { spacing: { after: 140, line: 288 } },
      },
      title: { run: { font, size: 44, bold: true, color: ink }, paragraph: { spacing: { after: 120 } } },
      heading1: heading(16, 22),
      heading2: heading(13, 16),
      heading3: heading(11.5, 12),
      caption: {
        run: { font, size: 21, bold: true, italics: false, color: ink },
        paragraph: { keepNext: true, spacing: { before: 200, after: 80 } },
      },
    },
  }
}

/** Running text; figures bold and underlined, with the number of their definition above the line. */
export function runs(document: ReportDocument, content: readonly Inline[]): TextRun[] {
  return content.flatMap((part) => {
    if (typeof part === 'string') return textRuns(part)
    const number = definitionNumber(document, part.definition)
    const figure = new TextRun({ text: part.figure, bold: true, underline: {} })
    return number ? [figure, new TextRun({ text: String(number), superScript: true })] : [figure]
  })
}

/** Text as runs, its line ends kept. */
export function textRuns(text: string, bold = false): TextRun[] {
  return text.split('\n').map((line, at) => new TextRun({ text: line, bold, break: at > 0 ? 1 : 0 }))
}

/** A heading of the document's level 1–3, in the style of that name. */
export function headingParagraph(text: string, level: 1 | 2 | 3): Paragraph {
  const levels = { 1: HeadingLevel.HEADING_1, 2: HeadingLevel.HEADING_2, 3: HeadingLevel.HEADING_3 }
  return new Paragraph({ heading: levels[level], children: textRuns(text) })
}

/** Caption, table with a header row that repeats on every page, footnotes. */
export function tableParts(table: TableBlock, caption: string, t: T): (Paragraph | Table)[] {
  const widths = columnWidths(table, t)
  const header = new TableRow({
    tableHeader: true,
    cantSplit: true,
    children: table.columns.map((column, at) =>
      cell(column.name, { width: widths[at], right: column.numeric, bold: true, head: true }),
    ),
  })
  const row = (values: readonly Value[], bold: boolean) =>
    new TableRow({
      cantSplit: values.every((value) => valueText(value, t).length < 600),
      children: values.map((value, at) =>
        cell(valueText(value, t), { width: widths[at], right: table.columns[at]?.numeric, bold }),
      ),
    })
  return [
    new Paragraph({ style: 'Caption', keepNext: true, children: textRuns(caption) }),
    new Table({
      width: { size: textTwips, type: WidthType.DXA },
      columnWidths: widths,
      borders,
      // What voice programs go by: the first row and the first column are headings.
      tableLook: {
        firstRow: true,
        firstColumn: true,
        lastRow: table.total !== undefined,
        noHBand: true,
        noVBand: true,
      },
      rows: [
        header,
        ...table.rows.map((values) => row(values, false)),
        ...(table.total ? [row(table.total, true)] : []),
      ],
    }),
    ...(table.footnotes ?? []).map(footnote),
    new Paragraph({ children: [], spacing: { after: 60 } }),
  ]
}

/** Caption and picture of a map, with its words for those who do not see it. */
export function mapParts(document: ReportDocument, map: MapBlock, caption: string): Paragraph[] {
  const drawing = mapDrawing(map, translator(document.locale))
  const { width, height } = imageSize(drawing)
  const picture = new ImageRun({
    type: 'svg',
    data: Buffer.from(mapSvg(drawing)),
    fallback: { type: 'png', data: mapPng(drawing) },
    transformation: { width: Math.round(width * 1.1), height: Math.round(height * 1.1) },
    altText: { name: map.caption, title: map.caption, description: map.alternative },
  })
  return [
    new Paragraph({ style: 'Caption', keepNext: true, children: textRuns(caption) }),
    new Paragraph({ children: [picture] }),
  ]
}

function footnote(text: string): Paragraph {
  return new Paragraph({ spacing: { before: 60 }, children: [new TextRun({ text, size: 18 })] })
}

const none = { style: BorderStyle.NONE, size: 0, color: 'auto' }
const line = { style: BorderStyle.SINGLE, size: 4, color: inks.line.slice(1) }
const borders = { left: none, right: none, insideVertical: none, top: line, bottom: line, insideHorizontal: line }

type CellLook = { width: number | undefined; right: boolean | undefined; bold: boolean; head?: boolean }

function cell(text: string, { width = 1000, right, bold, head }: CellLook): TableCell {
  return new TableCell({
    width: { size: width, type: WidthType.DXA },
    margins: { top: 50, bottom: 50, left: 90, right: 90 },
    ...(head ? { shading: { type: ShadingType.CLEAR, color: 'auto', fill: inks.ground.slice(1) } } : {}),
    children: [
      new Paragraph({
        alignment: right ? AlignmentType.RIGHT : AlignmentType.LEFT,
        spacing: { after: 0, line: 252 },
        children: textRuns(text, bold),
      }),
    ],
  })
}

// By the longest text of each column, between a tenth and a half of the page; the first takes what is left.
function columnWidths(table: TableBlock, t: T): number[] {
  const rows = [...table.rows, ...(table.total ? [table.total] : [])]
  const longest = table.columns.map(({ name }, at) =>
    Math.max(name.length, ...rows.map((row) => valueText(row[at] ?? '', t).length), 6),
  )
  const shares = longest.map((length) => Math.min(length, 40))
  const sum = shares.reduce((a, b) => a + b, 0)
  const widths = shares.map((share) => Math.floor((textTwips * share) / sum))
  widths[0] = (widths[0] ?? 0) + textTwips - widths.reduce((a, b) => a + b, 0)
  return widths
}

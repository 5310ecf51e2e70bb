// How does a report become a text document that can be worked on: real headings, real tables, its language said?
import {
  AlignmentType,
  Document,
  Footer,
  Header,
  HeadingLevel,
  LevelFormat,
  Packer,
  PageNumber,
  Paragraph,
  type Table,
  TabStopType,
  TextRun,
} from 'docx'
import { formatDate } from '../../i18n/format.ts'
import { type T, translator } from '../../i18n/i18n.ts'
import { assertDocument, type Block, cleaned, mapTable, type ReportDocument } from './document.ts'
import { headingParagraph, mapParts, runs, stylesOf, tableParts, textRuns, textTwips } from './docx-parts.ts'
import { figuresTable, inks, markLines, originLines } from './values.ts'

type Part = Paragraph | Table
type Numbers = { table: number; map: number; list: number }

const ordered = 'ordered'
const quiet = { size: 18, color: inks.quiet.slice(1) }

/** A DOCX with the built-in styles (Title, Heading 1–3, Caption), repeating table headers, alternative texts and language. */
export async function renderDocx(source: ReportDocument): Promise<Buffer> {
  assertDocument(source)
  const document = cleaned(source)
  const t = translator(document.locale)
  const numbers: Numbers = { table: 0, map: 0, list: 0 }
  const children = [
    ...opening(document, t),
    ...document.blocks.flatMap((block) => parts(document, block, numbers, t)),
    ...annex(document, t),
  ]
  const footer = footerOf(document, t)
  const file = new Document({
    title: document.title,
    subject: document.subtitle ?? '',
    creator: document.author,
    lastModifiedBy: document.author,
    description: '',
    styles: stylesOf(document),
    numbering: { config: [{ reference: ordered, levels: [orderedLevel] }] },
    sections: [
      {
        properties: {
          titlePage: true,
          page: { size: { width: 11906, height: 16838 }, margin: { top: 1300, bottom: 1200, left: 1247, right: 1247 } },
        },
        headers: { default: headerOf(document, t), first: new Header({ children: [new Paragraph('')] }) },
        footers: { default: footer, first: footerOf(document, t) },
        children,
      },
    ],
  })
  return Packer.toBuffer(file)
}

const orderedLevel = {
  level: 0,
  format: LevelFormat.DECIMAL,
  text: '%1.',
  alignment: AlignmentType.START,
  style: { paragraph: { indent: { left: 440, hanging: 440 } } },
}

function opening(document: ReportDocument, t: T): Paragraph[] {
  const mark = markLines(document, t).map(
    (line, at) =>
      new Paragraph({
        spacing: { after: 20 },
        children: [new TextRun(at === 0 ? { text: line, bold: true } : { text: line, ...quiet })],
      }),
  )
  return [
    ...mark,
    new Paragraph({
      heading: HeadingLevel.TITLE,
      spacing: { before: mark.length > 0 ? 240 : 0 },
      children: textRuns(document.title),
    }),
    ...(document.subtitle ? [new Paragraph({ children: [new TextRun({ text: document.subtitle, size: 26 })] })] : []),
    ...originLines(document, t).map(
      (line) => new Paragraph({ spacing: { after: 20 }, children: [new TextRun({ text: line, ...quiet })] }),
    ),
  ]
}

function parts(document: ReportDocument, block: Block, numbers: Numbers, t: T): Part[] {
  if (block.kind === 'heading') return [headingParagraph(block.text, block.level)]
  if (block.kind === 'paragraph') return [new Paragraph({ children: runs(document, block.content) })]
  if (block.kind === 'list') return listParts(document, block, numbers)
  if (block.kind === 'figures') return tableParts(figuresTable(document, block, t), block.caption, t)
  numbers.table += 1
  const caption = t('reports.document.table', { number: String(numbers.table), caption: block.caption })
  if (block.kind === 'table') return tableParts(block, caption, t)
  numbers.map += 1
  const figure = t('reports.document.figure', { number: String(numbers.map), caption: block.caption })
  return [...mapParts(document, block, figure), ...tableParts(mapTable(block), caption, t)]
}

// Every list has its own instance of the numbering, or the second would go on counting where the first stopped.
function listParts(document: ReportDocument, block: Extract<Block, { kind: 'list' }>, numbers: Numbers): Paragraph[] {
  numbers.list += 1
  const look = block.ordered
    ? { numbering: { reference: ordered, level: 0, instance: numbers.list } }
    : { bullet: { level: 0 } }
  return block.items.map((item) => new Paragraph({ ...look, spacing: { after: 60 }, children: runs(document, item) }))
}

function annex(document: ReportDocument, t: T): Paragraph[] {
  if (document.definitions.length === 0) return []
  return [
    headingParagraph(t('reports.document.definitions'), 1),
    ...document.definitions.map(
      ({ term, meaning }, at) =>
        new Paragraph({ children: [new TextRun({ text: `${at + 1}. ${term}. `, bold: true }), ...textRuns(meaning)] }),
    ),
  ]
}

function headerOf(document: ReportDocument, t: T): Header {
  const [mark] = markLines(document, t)
  const lines = [document.title, ...(mark ? [mark] : [])]
  return new Header({
    children: lines.map(
      (line) => new Paragraph({ spacing: { after: 0 }, children: [new TextRun({ text: line, ...quiet })] }),
    ),
  })
}

// "Leht 1/3": the words of the catalogue with Word's own fields in place of the numbers.
function footerOf(document: ReportDocument, t: T): Footer {
  const [before = '', between = '', after = ''] = t('reports.document.page', { page: '\u0001', pages: '\u0001' }).split(
    '\u0001',
  )
  const number = new TextRun({
    children: ['\t', before, PageNumber.CURRENT, between, PageNumber.TOTAL_PAGES, after],
    ...quiet,
  })
  return new Footer({
    children: [
      new Paragraph({
        tabStops: [{ type: TabStopType.RIGHT, position: textTwips }],
        children: [new TextRun({ text: formatDate(document.madeOn), ...quiet }), number],
      }),
    ],
  })
}

// What is a report made of, whichever kind of file it becomes?
import { isDate } from '../../core/calendar/working-days.ts'
import type { Locale } from '../../i18n/i18n.ts'
import type { Tile } from '../../ui/chart/tiles.ts'

/** A value as it is kept, so that a workbook gets numbers and dates and a page gets words. `percent` is 0–1; text is a string. */
export type Value =
  | string
  | { number: number; digits?: number }
  | { percent: number }
  | { cents: number }
  | { date: string }
  | { hidden: true }
  | { none: true }

/** Running text; a figure in it is set apart and, with `definition` (an id of the annex), numbered like a footnote. */
export type Inline = string | { figure: string; definition?: string }

/** A figure with its name; `definition` is an id of the annex. */
export type KeyFigure = { name: string; value: Value; unit?: string; definition?: string }

/** The first column names the row. `total` is the last row, set apart. */
export type TableBlock = {
  kind: 'table'
  caption: string
  columns: readonly { name: string; numeric?: boolean }[]
  rows: readonly (readonly Value[])[]
  total?: readonly Value[]
  footnotes?: readonly string[]
}

/** A map of equal squares with its words for those who do not see it, followed by its table. `max` as in `shadesOf`. */
export type MapBlock = {
  kind: 'map'
  caption: string
  alternative: string
  region: string
  measure: string
  tiles: readonly Tile[]
  max?: number
  total?: { name: string; value: Value }
  footnotes?: readonly string[]
}

export type Block =
  | { kind: 'heading'; level: 1 | 2 | 3; text: string }
  | { kind: 'paragraph'; content: readonly Inline[] }
  | { kind: 'list'; ordered?: boolean; items: readonly (readonly Inline[])[] }
  | { kind: 'figures'; caption: string; figures: readonly KeyFigure[] }
  | TableBlock
  | MapBlock

/** What a figure means; printed as the last annex, in this order. */
export type Definition = { id: string; term: string; meaning: string }

/** "For internal use only", with what the Public Information Act § 41 wants beside it. */
export type AccessMark = { holder: string; markedOn: string; until: string; basis: string }

export type ReportDocument = {
  locale: Locale
  title: string
  subtitle?: string
  /** The role that wrote it: a report names no person. */
  author: string
  /** The date it carries, `2026-11-23`; files made again from the same records are the same. */
  madeOn: string
  accessMark?: AccessMark
  /** A paper that somebody signs or is given: without the lines that say which role made it and when. */
  plain?: boolean
  blocks: readonly Block[]
  definitions: readonly Definition[]
}

/** Throws where the document contradicts itself: that is a bug of whoever built it, and no file may be made of it. */
export function assertDocument(document: ReportDocument): void {
  const { blocks, definitions, accessMark } = document
  const dates = [document.madeOn, ...(accessMark ? [accessMark.markedOn, accessMark.until] : [])]
  for (const date of dates) if (!isDate(date)) throw new Error('the document carries a date that does not exist')
  if (new Set(definitions.map(({ id }) => id)).size !== definitions.length)
    throw new Error('a definition is there twice')
  const known = new Set(definitions.map(({ id }) => id))
  for (const id of usedDefinitions(blocks)) if (!known.has(id)) throw new Error(`no such definition: ${id}`)
  let level = 0
  for (const block of blocks) {
    if (block.kind === 'heading') {
      if (block.level > level + 1) throw new Error(`a heading level is left out before "${block.text}"`)
      level = block.level
    }
    if (block.kind === 'table') assertTable(block)
  }
}

/** The number under which the annex explains a figure, from 1; undefined where it explains none. */
export function definitionNumber(document: ReportDocument, id: string | undefined): number | undefined {
  const at = document.definitions.findIndex((definition) => definition.id === id)
  return at < 0 ? undefined : at + 1
}

/** A map's numbers as a table, counties in Estonian order. */
export function mapTable(map: MapBlock): TableBlock {
  const order = new Intl.Collator('et')
  const shownOf = (tile: Tile): Value => {
    if (tile.hidden) return { hidden: true }
    if (tile.value === null) return { none: true }
    return map.max === 100 ? { percent: tile.value / 100 } : { number: tile.value }
  }
  return {
    kind: 'table',
    caption: map.caption,
    columns: [{ name: map.region }, { name: map.measure, numeric: true }],
    rows: [...map.tiles].sort((a, b) => order.compare(a.name, b.name)).map((tile) => [tile.name, shownOf(tile)]),
    ...(map.total ? { total: [map.total.name, map.total.value] } : {}),
    ...(map.footnotes ? { footnotes: map.footnotes } : {}),
  }
}

/** A document of clean text: marks that no file may hold (control characters, halves of letters) are gone, letters composed. */
export function cleaned(document: ReportDocument): ReportDocument {
  const clean = (value: unknown): unknown => {
    if (typeof value === 'string') return cleanText(value)
    if (Array.isArray(value)) return value.map(clean)
    if (value === null || typeof value !== 'object') return value
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, clean(inner)]))
  }
  return clean(document) as ReportDocument
}

function cleanText(text: string): string {
  const noControls = [...text.replace(/\r\n?/g, '\n')].filter((letter) => {
    const code = letter.codePointAt(0) ?? 0
    return code === 10 || (code >= 32 && code !== 127 && (code & 0xfffe) !== 0xfffe)
  })
  return noControls.join('').toWellFormed().normalize('NFC')
}

function assertTable(table: TableBlock): void {
  const rows = [...table.rows, ...(table.total ? [table.total] : [])]
  if (table.columns.length === 0 || rows.some((row) => row.length !== table.columns.length)) {
    throw new Error(`the table "${table.caption}" has a row of another length than its header`)
  }
}

function usedDefinitions(blocks: readonly Block[]): string[] {
  const inText = (content: readonly Inline[]) =>
    content.map((part) => (typeof part === 'string' ? undefined : part.definition))
  const used = blocks.flatMap((block) => {
    if (block.kind === 'paragraph') return inText(block.content)
    if (block.kind === 'list') return block.items.flatMap(inText)
    return block.kind === 'figures' ? block.figures.map((figure) => figure.definition) : []
  })
  return used.filter((id) => id !== undefined)
}

// How is a value of a report written, and what else do all kinds of file say alike?
import { formatDate, formatMoney, formatNumber } from '../../i18n/format.ts'
import type { T } from '../../i18n/i18n.ts'
import { definitionNumber, type KeyFigure, type ReportDocument, type TableBlock, type Value } from './document.ts'

/** A value in words and figures: "1 234,5", "75%", "1 234,56 €", "23.11.2026", "peidetud". */
export function valueText(value: Value, t: T): string {
  if (typeof value === 'string') return value
  if ('number' in value) return formatNumber(value.number, value.digits ?? 1)
  if ('percent' in value) return `${formatNumber(value.percent * 100, 0)}%`
  if ('cents' in value) return formatMoney(value.cents)
  if ('date' in value) return formatDate(value.date)
  return t('hidden' in value ? 'reports.document.hidden' : 'reports.document.noValue')
}

/** The lines under the access mark, as the Public Information Act § 41 wants them; none where there is no mark. */
export function markLines(document: ReportDocument, t: T): string[] {
  const { accessMark } = document
  if (!accessMark) return []
  return [
    t('reports.document.mark'),
    t('reports.document.holder', { holder: accessMark.holder }),
    t('reports.document.markedOn', { date: formatDate(accessMark.markedOn) }),
    t('reports.document.until', { date: formatDate(accessMark.until) }),
    t('reports.document.basis', { basis: accessMark.basis }),
  ]
}

/** "Koostaja: koordinaator" and "Koostatud 23.11.2026". */
export function originLines(document: ReportDocument, t: T): string[] {
  if (document.plain) return []
  return [
    t('reports.document.madeBy', { role: document.author }),
    t('reports.document.madeOn', { date: formatDate(document.madeOn) }),
  ]
}

/** Key figures as a table: name with unit and the number of its definition, value. */
export function figuresTable(
  document: ReportDocument,
  block: { caption: string; figures: readonly KeyFigure[] },
  t: T,
): TableBlock {
  const name = (figure: KeyFigure) => {
    const number = definitionNumber(document, figure.definition)
    return `${figure.name}${figure.unit ? `, ${figure.unit}` : ''}${number ? ` [${number}]` : ''}`
  }
  return {
    kind: 'table',
    caption: block.caption,
    columns: [{ name: t('reports.document.figureName') }, { name: t('reports.document.value'), numeric: true }],
    rows: block.figures.map((figure) => [name(figure), figure.value]),
  }
}

/** The tag by which software knows the language: voice, hyphenation, spelling. */
export const languageTags = { et: 'et-EE', en: 'en-GB', ru: 'ru-RU' } as const

/** Marks' colours on paper; the shades are those of the map on screen (app/ui/charts.scss). */
export const inks = {
  ink: '#17233c',
  quiet: '#4a566e',
  line: '#ccd3de',
  ground: '#f4f6f9',
  edge: '#5f6f88',
  shades: ['#e6eff9', '#b9d3ee', '#7fadde', '#2a6cb3', '#0a3f7a'],
} as const

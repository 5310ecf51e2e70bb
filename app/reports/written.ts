// How does a report become a document that leaves the house?
import { addDays } from '../core/calendar/working-days.ts'
import { countyTiles } from '../evaluation/county-tiles.ts'
import { everywhere } from '../evaluation/indicators/figures.ts'
import { type FigureId, figureIds, indicatorOf } from '../evaluation/indicators/indicator.ts'
import type { Shown } from '../evaluation/indicators/publish.ts'
import { periodLabel } from '../evaluation/period.ts'
import { formatInstant, isoDate } from '../i18n/format.ts'
import type { Locale, T } from '../i18n/i18n.ts'
import type { Block, Inline, ReportDocument } from './document/document.ts'
import { valueText } from './document/values.ts'
import type { OpenReport } from './reports.server.ts'
import { countyFigures, figureText, figureValue, keyFigures, type Part, tellReport } from './told.ts'

/** `inside` carries the mark "for internal use only"; `outside` holds nothing that would need it. */
export type Audience = 'inside' | 'outside'

/** The report as the documents write it, whichever kind of file: the same words and figures as on the page. */
export function writtenReport(report: OpenReport, t: T, locale: Locale, audience: Audience): ReportDocument {
  const label = periodLabel(report.period)
  const madeOn = isoDate(report.knownAt)
  const mark = {
    holder: t('reports.mark.holder'),
    markedOn: madeOn,
    until: addDays(`${Number(madeOn.slice(0, 4)) + 5}${madeOn.slice(4).replace('-02-29', '-03-01')}`, -1),
    basis: t('reports.mark.basis'),
  }
  return {
    locale,
    title: t('reports.document.title', { period: t(label.key, label.args) }),
    subtitle: t('reports.document.subtitle'),
    author: t('core.role.coordinator'),
    madeOn,
    ...(audience === 'inside' ? { accessMark: mark } : {}),
    blocks: [
      opening(report, t),
      keyFigureBlock(report, t),
      ...tellReport(t).flatMap(({ heading, paragraphs }): Block[] => [
        { kind: 'heading', level: 1, text: heading },
        ...paragraphs.map((parts): Block => ({ kind: 'paragraph', content: inline(report, parts, t) })),
      ]),
      ...countyBlocks(report, t),
      { kind: 'heading', level: 1, text: t('reports.told.own') },
      ...report.ownText.split(/\n{2,}/).map((text): Block => ({ kind: 'paragraph', content: [text] })),
    ],
    definitions: figureIds
      .filter((id) => report.definitions[id])
      .map((id) => ({
        id,
        term: t(`evaluation.indicator.${id}.name`),
        meaning: definitionText(report, id, t, locale),
      })),
  }
}

/** What a figure means in this report, whatever it means today. */
export function definitionText({ definitions }: Pick<OpenReport, 'definitions'>, id: FigureId, t: T, locale: Locale) {
  const { meaning, version } = definitions[id]
  return t('reports.definition', { definition: meaning[locale], version })
}

function opening(report: OpenReport, t: T): Block {
  const known = t('reports.known', { at: formatInstant(report.knownAt) })
  const hidden = isHiding(report) ? ` ${t('evaluation.hidden.note', { threshold: report.threshold })}` : ''
  return { kind: 'paragraph', content: [`${known}${hidden}`] }
}

/** True where any figure of the report is hidden. */
export function isHiding(report: Pick<OpenReport, 'shown'>): boolean {
  return Object.values(report.shown).some((places) => Object.values(places).includes('hidden'))
}

function keyFigureBlock(report: OpenReport, t: T): Block {
  const figures = keyFigures.map((id) => ({
    name: t(`evaluation.indicator.${id}.name`),
    value: figureValue(id, report.shown[id][everywhere]),
    ...(indicatorOf(id).unit === 'days' ? { unit: t('evaluation.unit.days') } : {}),
    definition: id,
  }))
  return { kind: 'figures', caption: t('reports.document.figures'), figures }
}

function inline(report: OpenReport, parts: readonly Part[], t: T): Inline[] {
  return parts.map((part) =>
    typeof part === 'string'
      ? part
      : { figure: figureText(part.figure, report.shown[part.figure][everywhere], t), definition: part.figure },
  )
}

function countyBlocks(report: OpenReport, t: T): Block[] {
  const at = (place: string) => countyFigures.map((id) => figureValue(id, report.shown[id][place]))
  return [
    { kind: 'heading', level: 1, text: t('reports.told.counties') },
    {
      kind: 'map',
      caption: t('reports.map.title'),
      alternative: t('reports.map.description'),
      region: t('evaluation.map.region'),
      measure: t('evaluation.indicator.coverage.name'),
      tiles: coverageTiles(report, t),
      max: 100,
      total: { name: t('evaluation.map.all'), value: figureValue('coverage', report.shown.coverage[everywhere]) },
    },
    {
      kind: 'table',
      caption: t('reports.counties.title'),
      columns: [
        { name: t('evaluation.map.region') },
        ...countyFigures.map((id) => ({ name: t(`evaluation.indicator.${id}.short`), numeric: true })),
      ],
      rows: report.counties.map(({ code, name }) => [name, ...at(code)]),
      total: [t('evaluation.map.all'), ...at(everywhere)],
    },
  ]
}

/** The share of covered needs of every county as squares; `href` where the rows may be seen. */
export function coverageTiles(report: OpenReport, t: T, href?: (county: string) => string) {
  const values = report.counties.map(({ code }) => {
    const shown: Shown = report.shown.coverage[code] ?? null
    const number = typeof shown === 'number'
    const value = number ? Math.round(shown * 100) : null
    const text = number ? valueText({ percent: shown }, t) : undefined
    const tile = { value, hidden: shown === 'hidden', ...(text ? { text } : {}) }
    return [code, href && number ? { ...tile, href: href(code) } : tile] as const
  })
  return countyTiles(report.counties, new Map(values))
}

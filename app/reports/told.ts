// How is a report told: which sentences, with which figures set in them, and which tables?
import { type FigureId, figureIds, indicatorOf, isFigureId } from '../evaluation/indicators/indicator.ts'
import type { Shown } from '../evaluation/indicators/publish.ts'
import type { Key, T } from '../i18n/i18n.ts'
import type { Value } from './document/document.ts'
import { valueText } from './document/values.ts'

/** Running text with figures in it. */
export type Part = string | { figure: FigureId }
export type Section = { key: SectionKey; heading: string; paragraphs: Part[][] }

const sections = {
  coverage: ['intake', 'covered', 'wait'],
  length: ['running', 'ended'],
  people: ['active'],
  work: ['contacts'],
  reporting: ['reports'],
  concerns: ['concerns'],
} as const
export type SectionKey = keyof typeof sections

/** Figures beside each other at the top: what the manager asks first. */
export const keyFigures = ['needsCovered', 'coverage', 'waitMedian', 'volunteersActive', 'contacts', 'hours'] as const

/** Columns of the table by county. */
export const countyFigures = [
  'needsStanding',
  'needsCovered',
  'coverage',
  'volunteersActive',
  'casesVisited',
  'contacts',
  'hours',
] as const

const mark = '\u0001'

/** The report's sentences in a language; each figure is a part of its own, so that a page can link it and a document number it. */
export function tellReport(t: T): Section[] {
  // Every figure travels through the message as a token that no text holds.
  const tokens = Object.fromEntries(figureIds.map((id) => [id, `${mark}${id}${mark}`]))
  return (Object.keys(sections) as SectionKey[]).map((key) => ({
    key,
    heading: t(`reports.told.${key}`),
    paragraphs: sections[key].map((name) => partsOf(t(`reports.told.${name}.text` as Key, tokens))),
  }))
}

function partsOf(text: string): Part[] {
  return text
    .split(mark)
    .filter((part) => part !== '')
    .map((part) => (isFigureId(part) ? { figure: part } : part))
}

/** A figure as a value that documents and pages write alike. */
export function figureValue(id: FigureId, shown: Shown | undefined): Value {
  if (shown === 'hidden') return { hidden: true }
  if (shown === null || shown === undefined) return { none: true }
  const { unit } = indicatorOf(id)
  if (unit === 'share') return { percent: shown }
  if (unit === 'money') return { cents: shown }
  return { number: shown, digits: 1 }
}

/** "46,5 tundi", "75%", "peidetud": the figure with its unit. */
export function figureText(id: FigureId, shown: Shown | undefined, t: T): string {
  const text = valueText(figureValue(id, shown), t)
  const { unit } = indicatorOf(id)
  const bare = typeof shown !== 'number' || unit === 'count' || unit === 'share' || unit === 'money'
  return bare ? text : `${text}\u00a0${t(`evaluation.unit.${unit}`)}`
}

/** "46,5": the figure where its name or column already says the unit. */
export function bareText(id: FigureId, shown: Shown | undefined, t: T): string {
  return valueText(figureValue(id, shown), t)
}

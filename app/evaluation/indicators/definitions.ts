// What does each figure mean on the day on which a report is handed in, and which of them mean something else since?
import { type Locale, locales, translator } from '../../i18n/i18n.ts'
import { type FigureId, indicators } from './indicator.ts'

/** What a figure means, as it was put into words; the version is raised whenever that changes. */
export type Definition = { version: number; meaning: Record<Locale, string> }
export type Definitions = Record<FigureId, Definition>

/** As they are in force now, in every language: a report keeps them as they stood. */
export function definitionsNow(): Definitions {
  const meaning = (id: FigureId) =>
    Object.fromEntries(locales.map((locale) => [locale, translator(locale)(`evaluation.indicator.${id}.definition`)]))
  return Object.fromEntries(indicators.map(({ id, version }) => [id, { version, meaning: meaning(id) }])) as Definitions
}

/** Which figures mean something else now than when these were kept. */
export const redefinedSince = (kept: Definitions): FigureId[] =>
  indicators.filter(({ id, version }) => kept[id] !== undefined && kept[id].version !== version).map(({ id }) => id)

// How are the ratios said: in a sentence, in a cell, and what they are held against?
import { countyShortName } from '../../evaluation/county-tiles.ts'
import { formatDate, formatNumber } from '../../i18n/format.ts'
import type { T } from '../../i18n/i18n.ts'
import { shortCounty } from '../../partners/county.ts'
import type { Tile } from '../../ui/chart/tiles.ts'
import type { CapacityFacts } from './capacity.server.ts'
import { bandOf, type CountyLine, everywhere, type Measure, type Ratio } from './capacity.ts'

export const spanOf = ({ fromOn, toOn }: { fromOn: string; toOn: string }) =>
  `${formatDate(fromOn)}–${formatDate(toOn)}`

export const ratioText = (ratio: Ratio, t: T): string =>
  ratio.hidden ? t('evaluation.hidden.mark') : ratio.value === null ? '–' : formatNumber(ratio.value)

export const casesText = (cases: number | null, t: T): string =>
  cases === null ? t('evaluation.hidden.mark') : formatNumber(cases)

export const nameOf = ({ counties }: CapacityFacts, code: string, t: T): string =>
  code === everywhere ? t('evaluation.map.all') : shortCounty(counties, code)

/** What the country's numbers say, a sentence each; what is not known is said as well. */
export function sentences(facts: CapacityFacts, t: T): string[] {
  const { half, lines } = facts
  const country = lines.find(({ code }) => code === everywhere)
  if (!half || !country) return []
  const counties = lines.filter(({ code }) => code !== everywhere)
  return [
    t('reports.capacity.said.cases', { span: spanOf(half), cases: casesText(country.cases, t) }),
    ...(['women', 'workers', 'coordination'] as const).map((what) => {
      const unknown = counties.filter(({ known }) => known[what] === null).length
      if (unknown > 0) return t(`reports.capacity.said.${what}Unknown`, { count: unknown })
      const band = bandOf(facts.band)[what]
      return t(`reports.capacity.said.${what}`, { value: ratioText(country[what], t), band })
    }),
    ...farthest(facts, counties, t),
  ]
}

// Between which counties the country stretches, where at least two may be compared.
function farthest(facts: CapacityFacts, counties: readonly CountyLine[], t: T): string[] {
  const shown = counties
    .filter(({ women }) => women.value !== null)
    .toSorted((a, b) => (a.women.value ?? 0) - (b.women.value ?? 0))
  const [least, most] = [shown[0], shown.at(-1)]
  if (!least || !most || least === most) return []
  const said = (line: CountyLine) => `${nameOf(facts, line.code, t)} (${ratioText(line.women, t)})`
  return [t('reports.capacity.said.farthest', { most: said(most), least: said(least) })]
}

export function tilesOf(facts: CapacityFacts, t: T): Tile[] {
  const lines = new Map(facts.lines.map((line) => [line.code, line]))
  return facts.counties.map(({ code, col, row }) => {
    const women = lines.get(code)?.women
    return {
      ...{ code, name: nameOf(facts, code, t), short: countyShortName(code), column: col, row },
      value: women?.value ?? null,
      hidden: women?.hidden ?? false,
    }
  })
}

/** Where a measure comes from, as it was said: each source once, with its days. */
export function sourcesOf(facts: CapacityFacts, what: Measure): string[] {
  const said = facts.facts.filter((fact) => fact.what === what)
  return [...new Set(said.map(({ source, validFrom }) => `${source} (${formatDate(validFrom)})`))]
}

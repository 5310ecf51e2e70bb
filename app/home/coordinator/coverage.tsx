// In which counties do needs have a support person today, as a map of squares and as a table?
import { type CountyValue, countyMapWords, countyTiles } from '../../evaluation/county-tiles.ts'
import type { T } from '../../i18n/i18n.ts'
import type { CountyCoverage } from '../../matching/home.server.ts'
import { shortName } from '../../partners/county.ts'
import { TileMap } from '../../ui/chart/tile-map.tsx'
import { shadesOf } from '../../ui/chart/tiles.ts'

/** Shade: the share of needs covered; in the square: covered of all; a square opens the county's cases. */
export function Coverage({ t, counties }: { t: T; counties: readonly CountyCoverage[] }) {
  const needs = sum(counties, (county) => county.needs)
  const covered = sum(counties, (county) => county.covered)
  const lacking = counties.filter((county) => county.covered < county.needs).map((county) => shortName(county.name))
  const where = lacking.length ? lacking.join(', ') : t('home.coverage.nowhere')
  const words = { ...countyMapWords(t), noValue: t('home.coverage.none') }
  return (
    <>
      <h2>{t('home.coverage')}</h2>
      <p>
        {t('home.coverage.lead')} <span class="tv-quiet">{t('home.coverage.shade')}</span>
      </p>
      <TileMap
        id="coverage"
        title={`${t('home.coverage.measure')}: ${t('home.coverage.of', { covered, needs })}`}
        description={t('home.coverage.description', { needs, covered, where })}
        measure={t('home.coverage.measure')}
        tiles={countyTiles(named(counties), new Map(counties.map((county) => [county.code, shareIn(t, county)])))}
        shades={shadesOf([], 100)}
        words={words}
        total={{ name: t('home.coverage.total'), text: t('home.coverage.of', { covered, needs }) }}
      />
    </>
  )
}

const named = (counties: readonly CountyCoverage[]) =>
  counties.map((county) => ({ ...county, name: shortName(county.name) }))

function shareIn(t: T, { code, needs, covered }: CountyCoverage): CountyValue {
  if (needs === 0) return { value: null }
  return {
    value: Math.floor((100 * covered) / needs),
    text: t('home.coverage.of', { covered, needs }),
    href: `/cases?county=${code}`,
  }
}

const sum = (counties: readonly CountyCoverage[], of: (county: CountyCoverage) => number) =>
  counties.reduce((total, county) => total + of(county), 0)

// Where on the map of squares does each Estonian county stand, and what is written in it?
import type { T } from '../i18n/i18n.ts'
import type { MapWords } from '../ui/chart/tile-map.tsx'
import type { Tile } from '../ui/chart/tiles.ts'

/** A county as the product knows it: its EHAK code, its name and its place on the map of squares (db/data/ehak-counties.csv). */
export type County = { code: string; name: string; tileCol: number; tileRow: number }

/** What a county shows: a number, or null with `hidden` where there is one that may not be shown. */
export type CountyValue = { value: number | null; hidden?: boolean; text?: string; href?: string | undefined }

// By EHAK code: L and V alone would each mean several counties.
const shortNames: Readonly<Record<string, string>> = {
  '0037': 'Ha',
  '0039': 'Hi',
  '0045': 'IV',
  '0050': 'Jõ',
  '0052': 'Jä',
  '0056': 'La',
  '0060': 'LV',
  '0064': 'Põ',
  '0068': 'Pä',
  '0071': 'Ra',
  '0074': 'Sa',
  '0079': 'Ta',
  '0081': 'Va',
  '0084': 'Vi',
  '0087': 'Võ',
}

/** The short name of a county by its EHAK code: "Ha" for 0037; the code itself where it is no county's. */
export function countyShortName(code: string): string {
  return shortNames[code] ?? code
}

/** The counties as tiles, each with its value by EHAK code; a county without one shows that there is nothing. */
export function countyTiles(counties: readonly County[], values: ReadonlyMap<string, CountyValue>): Tile[] {
  return counties.map(({ code, name, tileCol, tileRow }) => ({
    code,
    name,
    short: countyShortName(code),
    column: tileCol,
    row: tileRow,
    ...(values.get(code) ?? { value: null }),
  }))
}

/** What the county map says about itself in the person's language. */
export function countyMapWords(t: T): MapWords {
  return {
    region: t('evaluation.map.region'),
    hidden: t('evaluation.hidden.mark'),
    noValue: t('evaluation.map.noValue'),
    legend: t('evaluation.map.legend'),
    table: t('evaluation.map.table'),
  }
}

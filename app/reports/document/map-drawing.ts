// What stands where on a map of squares, for whatever draws it?
import { formatNumber } from '../../i18n/format.ts'
import type { T } from '../../i18n/i18n.ts'
import { inReadingOrder, shadesOf, type Tile } from '../../ui/chart/tiles.ts'
import type { MapBlock } from './document.ts'
import { inks } from './values.ts'

/** A square in units of 60 with a gap of 4; `crossed` marks a number that is hidden. */
export type MapSquare = {
  x: number
  y: number
  short: string
  value: string
  fill: string
  ink: string
  crossed: boolean
}
export type LegendMark = { fill: string; crossed: boolean; text: string }
export type MapDrawing = { width: number; height: number; squares: MapSquare[]; legend: LegendMark[] }

export const squareSize = 60
const pitch = 64

/** Places, shades and texts of a map. */
export function mapDrawing(map: MapBlock, t: T): MapDrawing {
  const known = map.tiles.flatMap((tile) => (tile.hidden || tile.value === null ? [] : [tile.value]))
  const shades = shadesOf(known, map.max)
  const stepOf = (tile: Tile) => (tile.hidden || tile.value === null ? 0 : shades.stepOf(tile.value))
  const legend: LegendMark[] = shades.legend.map(({ step, from, to }) => ({
    fill: inks.shades[step - 1] ?? '#ffffff',
    crossed: false,
    text: from === to ? String(from) : `${from}–${to}`,
  }))
  if (map.tiles.some((tile) => tile.hidden))
    legend.push({ fill: '#ffffff', crossed: true, text: t('reports.document.hidden') })
  if (map.tiles.some((tile) => tile.value === null && !tile.hidden)) {
    legend.push({ fill: '#ffffff', crossed: false, text: t('reports.document.noValue') })
  }
  return {
    width: Math.max(0, ...map.tiles.map((tile) => tile.column)) * pitch + squareSize,
    height: Math.max(0, ...map.tiles.map((tile) => tile.row)) * pitch + squareSize,
    legend,
    squares: inReadingOrder(map.tiles).map((tile) => ({
      x: tile.column * pitch,
      y: tile.row * pitch,
      short: tile.short,
      value: tile.hidden || tile.value === null ? '–' : (tile.text ?? formatNumber(tile.value)),
      fill: inks.shades[stepOf(tile) - 1] ?? '#ffffff',
      ink: stepOf(tile) > 3 ? '#ffffff' : inks.ink,
      crossed: tile.hidden === true,
    })),
  }
}

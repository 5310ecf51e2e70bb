// How do regions compare, as a map of equal squares and as a table?
import { formatNumber } from '../../i18n/format.ts'
import { Table } from '../table.tsx'
import { inReadingOrder, type Shades, shadesOf, type Tile } from './tiles.ts'

/** What the map says about itself, in the person's language. */
export type MapWords = {
  region: string
  hidden: string
  noValue: string
  legend: string
  table: string
}

type MapProps = {
  /** Unique on the page. */
  id: string
  title: string
  /** The map in one sentence, for those who do not see it: what it shows and what stands out. */
  description: string
  /** What the numbers are: heads their column. */
  measure: string
  tiles: readonly Tile[]
  words: MapWords
  shades?: Shades
  /** The last row of the table: "Eesti kokku". */
  total?: { name: string; text: string }
}

// A square of 60 with a gap of 4, in the map's own units: six beside each other are 376 wide.
const square = 60
const pitch = 64

/** One square a region, its shade the value; every square opens its rows where they may be seen. The same as a table below. */
export function TileMap(props: MapProps) {
  const { id, title, description, tiles, words } = props
  const known = tiles.flatMap((tile) => (tile.value === null || tile.hidden ? [] : [tile.value]))
  const shades = props.shades ?? shadesOf(known)
  const width = (Math.max(0, ...tiles.map((tile) => tile.column)) + 1) * pitch - 4
  const height = (Math.max(0, ...tiles.map((tile) => tile.row)) + 1) * pitch - 4
  const linked = tiles.some((tile) => tile.href)
  return (
    <figure class="tv-map" aria-labelledby={`${id}-title`}>
      <figcaption class="govuk-heading-s" id={`${id}-title`}>
        {title}
      </figcaption>
      <p class="govuk-visually-hidden" id={`${id}-description`}>
        {description}
      </p>
      <svg
        class="tv-map__squares"
        viewBox={`-2 -2 ${width + 4} ${height + 4}`}
        role={linked ? 'group' : 'img'}
        aria-labelledby={`${id}-title`}
        aria-describedby={`${id}-description`}
        focusable="false"
      >
        <title>{title}</title>
        <Hatch id={id} />
        {inReadingOrder(tiles).map((tile) => (
          <Square id={id} tile={tile} shades={shades} words={words} />
        ))}
      </svg>
      <Legend id={id} tiles={tiles} shades={shades} words={words} />
      <Rows {...props} />
    </figure>
  )
}

function said(tile: Tile, words: MapWords): string {
  if (tile.hidden) return words.hidden
  return tile.value === null ? words.noValue : (tile.text ?? formatNumber(tile.value))
}

// The fill is an attribute, not a style: an address inside the page cannot be named from a stylesheet's file.
function Hatch({ id }: { id: string }) {
  return (
    <defs>
      <pattern id={`${id}-hatch`} width="8" height="8" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
        <rect class="tv-map__hatch-ground" width="8" height="8" />
        <line class="tv-map__hatch-line" x1="0" y1="0" x2="0" y2="8" />
      </pattern>
    </defs>
  )
}

type SquareProps = { id: string; tile: Tile; shades: Shades; words: MapWords }

function Square({ id, tile, shades, words }: SquareProps) {
  const [x, y] = [tile.column * pitch, tile.row * pitch]
  const shade = tile.hidden ? 'hidden' : tile.value === null ? 'none' : shades.stepOf(tile.value)
  const marks = (
    <>
      <rect
        class={`tv-map__square tv-shade-${shade}`}
        x={x}
        y={y}
        width={square}
        height={square}
        rx="4"
        fill={tile.hidden ? `url(#${id}-hatch)` : undefined}
      />
      <text class={`tv-map__short tv-on-shade-${shade}`} x={x + 8} y={y + 20}>
        {tile.short}
      </text>
      <text class={`tv-map__value tv-on-shade-${shade}`} x={x + square / 2} y={y + 47}>
        {tile.hidden || tile.value === null ? '–' : said(tile, words)}
      </text>
    </>
  )
  const name = `${tile.short}, ${tile.name}: ${said(tile, words)}`
  if (!tile.href) return <g>{marks}</g>
  return (
    <a class="tv-map__link" href={tile.href} aria-label={name}>
      {marks}
    </a>
  )
}

function Legend({ id, tiles, shades, words }: { id: string; tiles: readonly Tile[]; shades: Shades; words: MapWords }) {
  const marks: { shade: string | number; text: string }[] = shades.legend.map(({ step, from, to }) => ({
    shade: step,
    text: from === to ? String(from) : `${from}–${to}`,
  }))
  if (tiles.some((tile) => tile.hidden)) marks.push({ shade: 'hidden', text: words.hidden })
  if (tiles.some((tile) => tile.value === null && !tile.hidden)) marks.push({ shade: 'none', text: words.noValue })
  return (
    <ul class="tv-map__legend" aria-label={words.legend}>
      {marks.map(({ shade, text }) => (
        <li>
          <svg viewBox="0 0 20 20" aria-hidden="true" focusable="false">
            <rect
              class={`tv-map__square tv-shade-${shade}`}
              x="1"
              y="1"
              width="18"
              height="18"
              rx="3"
              fill={shade === 'hidden' ? `url(#${id}-hatch)` : undefined}
            />
          </svg>
          {text}
        </li>
      ))}
    </ul>
  )
}

function Rows({ title, measure, tiles, words, total }: MapProps) {
  const rows = [...tiles].sort((a, b) => new Intl.Collator('et').compare(a.name, b.name))
  return (
    <details class="govuk-details">
      <summary class="govuk-details__summary">
        <span class="govuk-details__summary-text">{words.table}</span>
        <span class="govuk-visually-hidden">: {title}</span>
      </summary>
      <Table
        caption={title}
        captionLook="hidden"
        columns={[
          { name: words.region, cell: (tile: Tile) => (tile.href ? <a href={tile.href}>{tile.name}</a> : tile.name) },
          { name: measure, number: true, cell: (tile: Tile) => said(tile, words) },
        ]}
        rows={rows}
        empty={words.noValue}
        phone="scroll"
        foot={total ? [total.name, total.text] : undefined}
      />
    </details>
  )
}

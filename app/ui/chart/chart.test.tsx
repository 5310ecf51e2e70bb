// Do maps and charts show each number once to the eye, once as text, and never by colour alone?
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { BarChart } from './bars.tsx'
import { LevelChart, type LevelEvent, type LevelPoint, stairPath } from './levels.tsx'
import { linePath, MonthChart } from './months.tsx'
import { RangeChart } from './ranges.tsx'
import { TileMap } from './tile-map.tsx'
import { inReadingOrder, shadesOf, type Tile } from './tiles.ts'

const words = { region: 'Maakond', hidden: 'peidetud', noValue: 'andmeid pole', legend: 'Värvid', table: 'Tabelina' }
const tiles: Tile[] = [
  { code: '45', name: 'Ida-Viru maakond', short: 'IV', column: 5, row: 0, value: 14, href: '/vajadused?maakond=45' },
  { code: '37', name: 'Harju maakond', short: 'Ha', column: 3, row: 0, value: 0, href: '/vajadused?maakond=37' },
  { code: '39', name: 'Hiiu maakond', short: 'Hi', column: 0, row: 1, value: null, hidden: true },
  { code: '56', name: 'Lääne maakond', short: 'La', column: 1, row: 1, value: null },
]
const map = (list: readonly Tile[] = tiles) =>
  String(
    <TileMap id="m" title="Vajadused" description="Enim Ida-Virus" measure="Vajadusi" tiles={list} words={words} />,
  )

test('every square opens its rows and says its county and number', () => {
  const html = map()
  expect(html).toContain('<a class="tv-map__link" href="/vajadused?maakond=45" aria-label="IV, Ida-Viru maakond: 14">')
  expect(html.indexOf('Ha, Harju')).toBeLessThan(html.indexOf('IV, Ida-Viru'))
  expect(html.match(/class="tv-map__link"/g)).toHaveLength(2)
  expect(html).toContain('role="group"')
  expect(html).toContain('aria-describedby="m-description"')
})

test('a hidden number is a dash on the map and a word in the legend and the table', () => {
  const html = map()
  expect(html).toMatch(/tv-shade-hidden[^>]*fill="url\(#m-hatch\)"/)
  expect(html).toMatch(/Hiiu maakond<\/th><td[^>]*>peidetud</)
  expect(html).toMatch(/Lääne maakond<\/th><td[^>]*>andmeid pole</)
  expect(html).toMatch(/<\/svg>peidetud<\/li>/)
})

test('a hidden number is nowhere in the page, even where it was handed over by mistake', () => {
  expect(map([{ ...(tiles[0] as Tile), value: 3, hidden: true, href: undefined }])).not.toMatch(/>3</)
})

test('nothing is styled in place, and without rows to open the map is one picture', () => {
  expect(map()).not.toContain('style=')
  const plain = map(tiles.map((tile) => ({ ...tile, href: undefined })))
  expect(plain).toContain('role="img"')
  expect(plain).not.toContain('<a ')
})

test('what a person typed is text', () => {
  expect(map([{ ...(tiles[0] as Tile), name: '<b>"&', short: '<i>' }])).not.toMatch(/<b>|<i>/)
})

test('five shades of equal width, and no shade in the legend that nothing can reach', () => {
  expect(shadesOf([0, 14]).legend.map(({ from, to }) => [from, to])).toEqual([
    [0, 2],
    [3, 5],
    [6, 8],
    [9, 11],
    [12, 14],
  ])
  expect(shadesOf([0, 2]).legend.map(({ from, to }) => [from, to])).toEqual([
    [0, 0],
    [1, 1],
    [2, 2],
  ])
  expect(shadesOf([], 100).legend.at(-1)).toEqual({ step: 5, from: 80, to: 100 })
  expect([0, 19.9, 20, 79, 80, 100].map(shadesOf([], 100).stepOf)).toEqual([1, 1, 2, 4, 5, 5])
  expect(shadesOf([]).stepOf(0)).toBe(1)
  expect(inReadingOrder(tiles).map((tile) => tile.short)).toEqual(['Ha', 'IV', 'Hi', 'La'])
})

test('text on every shade and every edge can be read', () => {
  const scss = readFileSync('app/ui/charts.scss', 'utf8')
  const shades = [...scss.matchAll(/^ {2}(\d): (#[0-9a-f]{6}),/gm)].map(([, step, shade]) => ({
    step: Number(step),
    shade: shade ?? '',
  }))
  expect(shades).toHaveLength(5)
  for (const { step, shade } of shades)
    expect(contrast(shade, step > 3 ? '#ffffff' : '#17233c')).toBeGreaterThanOrEqual(4.5)
  expect(contrast('#5f6f88', '#ffffff')).toBeGreaterThanOrEqual(3)
})

test('bars are in the table itself, as long as their number', () => {
  const bars = [
    { name: 'Näidis-Mari', value: 10, href: '/tugiisikud/1' },
    { name: 'Näidis-Jüri', value: 5 },
    { name: 'Näidis-Aino', value: null, text: 'peidetud' },
  ]
  const html = String(<BarChart title="Tunnid" kind="Tugiisik" measure="Tunde" bars={bars} empty="Veel pole tunde." />)
  expect([...html.matchAll(/tv-bars__length" width="([\d.]+)"/g)].map(([, width]) => width)).toEqual(['100', '50', '0'])
  expect(html).toContain('<a href="/tugiisikud/1">Näidis-Mari</a>')
  expect(html).toMatch(/>peidetud<\/td>/)
  const none = String(<BarChart title="Tunnid" kind="Tugiisik" measure="Tunde" bars={[]} empty="Veel pole tunde." />)
  expect(none).toContain('Veel pole tunde.')
})

test('a range reaches from the least to the most, with a mark at what was seen; what may not be told is not drawn', () => {
  const rows = [
    { name: 'Esimene', seen: 10, low: 4, high: 40, text: '3 / 29', range: '4–40%' },
    { name: 'Teine', seen: null, low: 1, high: 20, text: 'alla 5', range: '1–20%' },
    { name: 'Kolmas', seen: null, low: null, high: null, text: '–', range: '–' },
  ]
  const html = String(<RangeChart {...{ title: 'Puudu', kind: 'K', measure: 'L', range: 'V', rows, empty: '–' }} />)
  const drawn = (mark: string) => [
    ...html.matchAll(new RegExp(`tv-bars__${mark}" x="([\\d.]+)" width="([\\d.]+)"`, 'g')),
  ]
  expect(drawn('range').map(([, x, width]) => [x, width])).toEqual([
    ['10', '90'],
    ['2.5', '47.5'],
  ])
  expect(drawn('seen').map(([, x]) => x)).toEqual(['25'])
  expect(html).toContain('4–40%')
  expect(html).not.toContain('style=')
})

test('months are drawn over an axis from zero and listed in full', () => {
  const points = ['okt', 'nov', 'dets'].map((short, index) => ({
    short,
    name: `${short} 2026`,
    value: index === 1 ? null : 6 + index,
  }))
  const chart = (kind: 'columns' | 'line', list = points) =>
    String(
      <MonthChart
        id="c"
        title="Tunnid"
        description="Kuus kuni kaheksa"
        measure="Tunde"
        kind={kind}
        points={list}
        words={{ month: 'Kuu', table: 'Tabelina', empty: 'Veel pole andmeid.' }}
      />,
    )
  expect(chart('columns').match(/class="tv-months__column"/g)).toHaveLength(2)
  expect(chart('columns')).toContain('aria-label="Kuus kuni kaheksa"')
  expect(chart('columns')).toMatch(/nov 2026<\/th><td[^>]*>–</)
  expect(chart('line').match(/class="tv-months__dot"/g)).toHaveLength(2)
  expect(chart('line')).not.toContain('style=')
  expect(chart('line', [])).toContain('Veel pole andmeid.')
  // A thousand is wider than the margin that hundreds need, and stands whole.
  const left = (value: number) => {
    const [first = ''] =
      chart(
        'columns',
        points.map((point) => ({ ...point, value })),
      ).match(/<text class="tv-months__tick" x="[\d.]+"/) ?? []
    return Number(/x="([\d.]+)"/.exec(first)?.[1])
  }
  expect(left(8)).toBe(28)
  expect(left(120_000)).toBeGreaterThanOrEqual('120 000'.length * 7)
  expect(linePath([1, null, 2, 3].map((value, x) => ({ point: { value }, x, y: 0 })))).toBe('M0 0M2 0L3 0')
})

function contrast(a: string, b: string): number {
  const light = (colour: string) => {
    const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
      const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
    })
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
  }
  const [low = 0, high = 0] = [light(a), light(b)].sort((x, y) => x - y)
  return (high + 0.05) / (low + 0.05)
}

const said = { day: 'Päev', what: 'Mis', table: 'Tabelina', grave: 'sündmus', other: 'muu', empty: 'Veel pole' }
const levelChart = (points: LevelPoint[], events: LevelEvent[] = []) =>
  String(
    <LevelChart
      {...{ id: 'r', title: 'Risk ajas', description: 'Kaks hinnangut', levels: ['madal', 'kõrge'], points, events }}
      today="2026-03-01"
      words={said}
    />,
  )

test('a level holds until the next one is said, and the last one until today', () => {
  const points = [
    { on: '2026-01-01', value: 1 },
    { on: '2026-02-01', value: 0 },
  ]
  const x = (on: string) => Number(on.slice(5, 7)) * 10
  expect(stairPath(points, x, (value) => value * 100, 99)).toBe('M10 100H20V0H99')
  expect(stairPath([], x, (value) => value, 99)).toBe('')
})

test('levels and events are drawn, told apart by their shape, and stand in the table, the newest first', () => {
  const html = levelChart(
    [{ on: '2026-01-01', value: 1, text: 'Kõrge' }],
    [
      { on: '2026-02-01', text: 'Uus vägivald', grave: true },
      { on: '2026-02-03', text: 'Koosolek', grave: false },
    ],
  )
  expect(html.match(/<path class="tv-levels__grave"/g)).toHaveLength(2)
  expect(html.match(/<circle class="tv-levels__other"/g)).toHaveLength(2)
  expect(html.lastIndexOf('Koosolek')).toBeLessThan(html.lastIndexOf('Uus vägivald'))
  expect(html).not.toContain('style=')
  expect(levelChart([])).toContain('Veel pole')
})

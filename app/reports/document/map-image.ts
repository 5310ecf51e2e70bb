// How does a map of squares become a picture for a text document: sharp where SVG is shown, plain squares elsewhere?
import { crc32, deflateSync } from 'node:zlib'
import type { LegendMark, MapDrawing, MapSquare } from './map-drawing.ts'
import { squareSize } from './map-drawing.ts'
import { inks } from './values.ts'

const legendHeight = 34
const hatch = '#b6c0ce'

/** The picture's size in its own units, legend included. */
export function imageSize(drawing: MapDrawing): { width: number; height: number } {
  return { width: Math.max(drawing.width, 380) + 2, height: drawing.height + legendHeight * 2 }
}

/** The map as SVG text, legend included. */
export function mapSvg(drawing: MapDrawing): string {
  const { width, height } = imageSize(drawing)
  const legend = legendPlaces(drawing).map(({ mark, x, y }) => legendSvg(mark, x, y))
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="-1 -1 ${width} ${height}" width="${width}" height="${height}" font-family="Calibri, Arial, sans-serif">`,
    `<defs><pattern id="hatch" width="8" height="8" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="8" height="8" fill="#ffffff"/><line x1="0" y1="0" x2="0" y2="8" stroke="${hatch}" stroke-width="3"/></pattern></defs>`,
    ...drawing.squares.map(squareSvg),
    ...legend,
    '</svg>',
  ].join('')
}

/** The same as PNG for programs that show no SVG: the shades without letters, whose words are in the picture's text. */
export function mapPng(drawing: MapDrawing): Buffer {
  const { width, height } = imageSize(drawing)
  const pixels = Buffer.alloc(width * height * 3, 255)
  const paint = (x: number, y: number, side: number, colour: string) => {
    for (let row = Math.max(0, y); row < Math.min(height, y + side); row += 1) {
      for (let column = Math.max(0, x); column < Math.min(width, x + side); column += 1) {
        pixels.set(rgb(colour), (row * width + column) * 3)
      }
    }
  }
  for (const { x, y, fill, crossed } of drawing.squares) {
    paint(x, y, squareSize, inks.edge)
    paint(x + 1, y + 1, squareSize - 2, crossed ? hatch : fill)
  }
  return png(pixels, width, height)
}

function squareSvg({ x, y, short, value, fill, ink, crossed }: MapSquare): string {
  const ground = crossed ? 'url(#hatch)' : fill
  return [
    `<rect x="${x}" y="${y}" width="${squareSize}" height="${squareSize}" rx="4" fill="${ground}" stroke="${inks.edge}"/>`,
    `<text x="${x + 8}" y="${y + 18}" font-size="14" fill="${ink}">${escaped(short)}</text>`,
    `<text x="${x + squareSize / 2}" y="${y + 46}" font-size="20" font-weight="bold" text-anchor="middle" fill="${ink}">${escaped(value)}</text>`,
  ].join('')
}

function legendSvg(mark: LegendMark, x: number, y: number): string {
  const ground = mark.crossed ? 'url(#hatch)' : mark.fill
  return `<rect x="${x}" y="${y}" width="14" height="14" rx="2" fill="${ground}" stroke="${inks.edge}"/><text x="${x + 20}" y="${y + 12}" font-size="13" fill="${inks.ink}">${escaped(mark.text)}</text>`
}

// Letters are not measured here: eight units each is wide enough for every digit and nearly every letter.
function legendPlaces(drawing: MapDrawing): { mark: LegendMark; x: number; y: number }[] {
  let [x, y] = [0, drawing.height + 14]
  return drawing.legend.map((mark) => {
    const width = 34 + mark.text.length * 8
    if (x + width > imageSize(drawing).width) [x, y] = [0, y + 24]
    const place = { mark, x, y }
    x += width
    return place
  })
}

function escaped(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;')
}

function rgb(colour: string): number[] {
  return [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16))
}

// PNG, W3C Recommendation: eight-bit RGB, every line unfiltered.
function png(pixels: Buffer, width: number, height: number): Buffer {
  const head = Buffer.alloc(13)
  head.writeUInt32BE(width, 0)
  head.writeUInt32BE(height, 4)
  head.set([8, 2, 0, 0, 0], 8)
  const lines = Array.from({ length: height }, (_, row) => [
    Buffer.from([0]),
    pixels.subarray(row * width * 3, (row + 1) * width * 3),
  ])
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
  return Buffer.concat([
    signature,
    chunk('IHDR', head),
    chunk('IDAT', deflateSync(Buffer.concat(lines.flat()))),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

function chunk(name: string, data: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(name, 'latin1'), data])
  const frame = Buffer.alloc(8)
  frame.writeUInt32BE(data.length, 0)
  frame.writeUInt32BE(crc32(named), 4)
  return Buffer.concat([frame.subarray(0, 4), named, frame.subarray(4)])
}

// Which pictures do the tests send in, with what in them that is no picture?
import { crc32, deflateSync, inflateSync } from 'node:zlib'

const segment = (marker: number, body: Buffer): Buffer => {
  const head = Buffer.from([0xff, marker, 0, 0])
  head.writeUInt16BE(body.length + 2, 2)
  return Buffer.concat([head, body])
}

type Jpeg = {
  turned?: number
  exif?: string
  comment?: string
  after?: string
  /** Behind a table, within its segment. */
  stuffed?: string
  segment?: [marker: number, words: string]
}

/** One grey point of 8 × 8, as small as a JPEG can be, and around it what was asked for. */
export function jpegWith({ turned, exif, comment, after = '', stuffed = '', segment: more }: Jpeg): Buffer {
  const quantum = Buffer.concat([Buffer.from([0]), Buffer.alloc(64, 1), Buffer.from(stuffed)])
  const frame = Buffer.from([8, 0, 8, 0, 8, 1, 1, 0x11, 0])
  const huffman = (kind: number) => Buffer.concat([Buffer.from([kind, 1]), Buffer.alloc(15), Buffer.from([0])])
  return Buffer.concat([
    Buffer.from([0xff, 0xd8]),
    ...(exif === undefined ? [] : [segment(0xe1, camera(turned ?? 1, exif))]),
    ...(comment === undefined ? [] : [segment(0xfe, Buffer.from(comment))]),
    ...(more ? [segment(more[0], Buffer.from(more[1]))] : []),
    ...[segment(0xdb, quantum), segment(0xc0, frame), segment(0xc4, huffman(0)), segment(0xc4, huffman(0x10))],
    segment(0xda, Buffer.from([1, 1, 0, 0, 63, 0])),
    Buffer.from([0x3f, 0xff, 0x00, 0xff, 0xd0, 0x3f]),
    Buffer.from([0xff, 0xd9]),
    Buffer.from(after),
  ])
}

/** What a camera writes of itself, little-endian as most do: which way is up, and some words. */
function camera(turned: number, words: string): Buffer {
  const head = Buffer.from('Exif\0\0II*\0', 'latin1')
  const entry = [0x12, 0x01, 3, 0, 1, 0, 0, 0, turned, 0, 0, 0]
  return Buffer.concat([head, Buffer.from([8, 0, 0, 0, 1, 0, ...entry, 0, 0, 0, 0]), Buffer.from(words)])
}

const chunk = (kind: string, body: Buffer): Buffer => {
  const named = Buffer.concat([Buffer.from(kind), body])
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)]
  length.writeUInt32BE(body.length)
  sum.writeUInt32BE(crc32(named))
  return Buffer.concat([length, named, sum])
}

type Png = { text?: string; after?: string; lines?: Buffer; width?: number; height?: number; colour?: number }

/** Three points by two, in full colour unless another way is asked for. */
export function pngWith({ text, after = '', lines, width = 3, height = 2, colour = 2 }: Png): Buffer {
  const head = Buffer.alloc(13)
  head.writeUInt32BE(width, 0)
  head.writeUInt32BE(height, 4)
  head.set([8, colour, 0, 0, 0], 8)
  const points = Buffer.from([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 11, 12, 13, 14, 15, 16, 17, 18, 19])
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    chunk('IHDR', head),
    ...(text ? [chunk('tEXt', Buffer.from(`Comment\0${text}`)), chunk('eXIf', Buffer.from(text))] : []),
    chunk('IDAT', lines ?? deflateSync(points, { level: 1 })),
    chunk('IEND', Buffer.alloc(0)),
    Buffer.from(after),
  ])
}

/** The lines of a small PNG, unpacked. */
export function picture(png: Buffer): Buffer {
  const at = png.indexOf('IDAT')
  return inflateSync(png.subarray(at + 4, at + 4 + png.readUInt32BE(at - 4)))
}
